//! An app with the real adapters over one server, and a second, plain client that fills the server.

use std::collections::BTreeSet;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use async_trait::async_trait;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::MultipartUpload;
use guestpass_core::app::{App, Ports};
use guestpass_core::ports::{Clock, Connect, Journal, ProfileBook, Store};
use guestpass_core::{
    BucketName, Disposition, Expiry, FailedFile, IfTaken, Link, LinkRequest, ObjectKey, OfferedFile, Place,
    Prefix, Profile, ProfileId, Result, Secret, SendRequest, Way,
};
use guestpass_local::{LocalDisk, SystemClock};
use guestpass_practice::{Options, Practice};
use guestpass_s3::{Access, AnonymousCheck, Limits, S3Store};
use guestpass_testkit::memory::{MemoryAudit, MemoryClipboard, MemoryPolicy, MemorySignIn, MemoryVault};
use guestpass_testkit::seaweedfs::{Identity, SeaweedFs};
use serde::{Deserialize, Serialize};

/// The bucket of every test; SeaweedFS's lesser identities have their rights on it.
pub(crate) const BUCKET: &str = "acme-press";

enum Server {
    Practice { server: Practice, _folder: tempfile::TempDir },
    SeaweedFs(SeaweedFs),
}

/// A server with one empty bucket, and an app in front of it.
pub(crate) struct World {
    server: Server,
    pub(crate) app: App,
    pub(crate) clipboard: Arc<MemoryClipboard>,
    pub(crate) admin: Client,
}

/// The profiles of these tests, by name: "press" may do all.
pub(crate) fn profile(name: &str) -> ProfileId {
    ProfileId::Aws(name.into())
}

pub(crate) fn place(prefix: &str) -> Place {
    Place { bucket: BucketName::parse(BUCKET).unwrap(), prefix: Prefix::parse(prefix).unwrap() }
}

pub(crate) fn link_to(key: &str) -> LinkRequest {
    let (bucket, key) = (BucketName::parse(BUCKET).unwrap(), ObjectKey::parse(key).unwrap());
    LinkRequest::new(profile("press"), bucket, key, Expiry::For(3_600))
}

impl World {
    pub(crate) async fn practice() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { root: folder.path().to_owned(), ..Options::default() };
        let server = Practice::start(options).await.unwrap();
        Self::over(Server::Practice { server, _folder: folder }).await
    }

    pub(crate) async fn seaweedfs() -> Self {
        Self::over(Server::SeaweedFs(SeaweedFs::start())).await
    }

    async fn over(server: Server) -> Self {
        let keys = server.keys("press");
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(keys.endpoint.clone())
            .region(Region::new("us-east-1"))
            .credentials_provider(Credentials::new(keys.id.clone(), keys.secret.clone(), None, None, "test"))
            .force_path_style(true);
        let admin = Client::from_conf(config.build());
        admin.create_bucket().bucket(BUCKET).send().await.unwrap();
        let clipboard = Arc::new(MemoryClipboard::default());
        let app = app(&server, clipboard.clone(), Arc::new(SystemClock), None);
        Self { server, app, clipboard, admin }
    }

    /// The same world at another time.
    pub(crate) fn app_at(&self, clock: Arc<dyn Clock>) -> App {
        app(&self.server, self.clipboard.clone(), clock, None)
    }

    /// The same world, with one more run of the app over this journal.
    pub(crate) fn app_with(&self, journal: Arc<dyn Journal>) -> App {
        app(&self.server, self.clipboard.clone(), Arc::new(SystemClock), Some(journal))
    }

    /// The same world, with other limits to what a request may cost.
    pub(crate) fn app_within(&self, limits: Limits) -> App {
        let way = Through { keys: self.server.keys("press"), limits };
        app_over(Arc::new(way), self.clipboard.clone(), Arc::new(SystemClock), None)
    }

    /// The keys of "press", for somebody who reaches the server at this endpoint.
    pub(crate) fn keys_at(&self, endpoint: &str) -> Keys {
        Keys { endpoint: endpoint.to_owned(), ..self.server.keys("press") }
    }

    /// Where the server itself listens.
    pub(crate) fn address(&self) -> SocketAddr {
        self.server.keys("press").endpoint.trim_start_matches("http://").parse().unwrap()
    }

    /// What has begun in parts below this prefix, and has not come to its end.
    pub(crate) async fn unfinished(&self, prefix: &str) -> Vec<MultipartUpload> {
        let list = self.admin.list_multipart_uploads().bucket(BUCKET).prefix(prefix);
        list.send().await.unwrap().uploads.unwrap_or_default()
    }

    /// The keys below this prefix.
    pub(crate) async fn keys(&self, prefix: &str) -> Vec<String> {
        let listed = self.admin.list_objects_v2().bucket(BUCKET).prefix(prefix).send().await.unwrap();
        listed.contents().iter().map(|object| object.key().unwrap().to_owned()).collect()
    }

    pub(crate) fn is_seaweedfs(&self) -> bool {
        matches!(self.server, Server::SeaweedFs(_))
    }

    /// Writes a small object past the app.
    pub(crate) async fn put_owned(&self, key: String) {
        self.put(&key, "x").await;
    }

    /// Reads an object past the app.
    pub(crate) async fn body(&self, key: &str) -> Vec<u8> {
        let object = self.admin.get_object().bucket(BUCKET).key(key).send().await.unwrap();
        object.body.collect().await.unwrap().to_vec()
    }

    /// Writes an object past the app.
    pub(crate) async fn put(&self, key: &str, body: impl Into<Vec<u8>>) {
        let body = ByteStream::from(body.into());
        self.admin.put_object().bucket(BUCKET).key(key).body(body).send().await.unwrap();
    }
}

/// What it takes to sign in.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Keys {
    endpoint: String,
    id: String,
    secret: String,
}

impl Keys {
    /// For a server that does not look at them.
    pub(crate) fn any(endpoint: &str) -> Self {
        Self { endpoint: endpoint.to_owned(), id: "GPTESTANYBODY0000001".into(), secret: "any".into() }
    }

    fn access(&self) -> Access {
        Access::Local {
            endpoint: self.endpoint.clone(),
            region: "us-east-1".into(),
            access_key_id: Secret::new(self.id.clone()),
            secret_access_key: Secret::new(self.secret.clone()),
        }
    }
}

impl Server {
    /// "press", "reader" and "listless" where the server has them, "stranger" with a wrong secret, "nowhere" at an
    /// address where nothing listens.
    fn keys(&self, name: &str) -> Keys {
        let mut keys = match self {
            Self::Practice { server, .. } => Keys {
                endpoint: server.endpoint().into(),
                id: server.access_key_id().into(),
                secret: server.secret_access_key().into(),
            },
            Self::SeaweedFs(server) => {
                let identity = Identity::ALL.into_iter().find(|identity| identity.profile() == name);
                let (id, secret) = server.keys(identity.unwrap_or(Identity::Admin));
                Keys { endpoint: server.endpoint(), id: id.into(), secret: secret.into() }
            }
        };
        match name {
            "stranger" => keys.secret = "not the secret".into(),
            "nowhere" => keys.endpoint = "http://127.0.0.1:9".into(),
            _ => {}
        }
        keys
    }
}

fn app(
    server: &Server,
    clipboard: Arc<MemoryClipboard>,
    clock: Arc<dyn Clock>,
    journal: Option<Arc<dyn Journal>>,
) -> App {
    let names = ["press", "reader", "listless", "stranger", "nowhere"];
    let access = names.map(|name| (name, server.keys(name)));
    let ways = Ways { access: access.into(), clock: clock.clone() };
    app_over(Arc::new(ways), clipboard, clock, journal)
}

/// An app whose profiles lead wherever `connect` says.
pub(crate) fn app_over(
    connect: Arc<dyn Connect>,
    clipboard: Arc<MemoryClipboard>,
    clock: Arc<dyn Clock>,
    journal: Option<Arc<dyn Journal>>,
) -> App {
    let ports = Ports {
        clock,
        profiles: Arc::new(NoFiles),
        policy: Arc::new(MemoryPolicy::default()),
        audit: Arc::new(MemoryAudit::default()),
        sign_in: Arc::new(MemorySignIn::default()),
        vault: Arc::new(MemoryVault::default()),
        connect,
        check: Arc::new(AnonymousCheck::new().unwrap()),
        clipboard,
        disk: Arc::new(LocalDisk::default()),
        journal,
    };
    App::new(ports, None)
}

/// These files into this folder, each under its own name.
pub(crate) fn send_request(prefix: &str, paths: &[PathBuf]) -> SendRequest {
    let offer = |path: &PathBuf| {
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        OfferedFile { name, size: path.metadata().unwrap().len(), path: path.clone() }
    };
    SendRequest {
        profile: profile("press"),
        place: place(prefix),
        files: paths.iter().map(offer).collect(),
        if_taken: IfTaken::KeepBoth,
        taken: BTreeSet::new(),
        expiry: Expiry::For(3_600),
        disposition: Disposition::Attachment,
    }
}

/// Sends, and answers links and failures in the order of the files.
pub(crate) async fn send_and_wait(app: &App, request: &SendRequest) -> Vec<Result<Link, FailedFile>> {
    app.send_and_wait(request.clone(), |_| ()).await.unwrap()
}

struct NoFiles;

#[async_trait]
impl ProfileBook for NoFiles {
    async fn profiles(&self) -> Result<Vec<Profile>> {
        Ok(Vec::new())
    }
}

/// One way in for every profile, with limits of its own.
pub(crate) struct Through {
    pub(crate) keys: Keys,
    pub(crate) limits: Limits,
}

#[async_trait]
impl Connect for Through {
    async fn connect(&self, _: &Way, name: &str, allows_http: bool) -> Result<Arc<dyn Store>> {
        let (access, clock) = (self.keys.access(), Arc::new(SystemClock));
        Ok(Arc::new(S3Store::connect_within(self.limits, access, name, clock, allows_http).await?))
    }
}

struct Ways {
    access: Vec<(&'static str, Keys)>,
    clock: Arc<dyn Clock>,
}

#[async_trait]
impl Connect for Ways {
    async fn connect(&self, _: &Way, profile: &str, allows_http: bool) -> Result<Arc<dyn Store>> {
        let (_, keys) = self.access.iter().find(|(name, _)| *name == profile).unwrap();
        let access = keys.access();
        Ok(Arc::new(S3Store::connect(access, profile, self.clock.clone(), allows_http).await?))
    }
}
