//! A server of its own for each test, and the clients that judge it.

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::{BehaviorVersion, Region};
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use guestpass_practice::{BUCKET, Options, Practice};
use hmac::{Hmac, KeyInit, Mac};
use sha2::Sha256;
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

pub(crate) struct Server {
    pub(crate) practice: Practice,
    pub(crate) folder: tempfile::TempDir,
}

impl Server {
    pub(crate) async fn start() -> Self {
        Self::with(true, None).await
    }

    pub(crate) async fn with(seed: bool, session_token: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { root: folder.path().join("practice"), seed, session_token };
        Self { practice: Practice::start(options).await.unwrap(), folder }
    }

    /// With an empty bucket.
    pub(crate) async fn empty() -> (Self, Client) {
        let server = Self::with(false, None).await;
        let client = server.client();
        client.create_bucket().bucket(BUCKET).send().await.unwrap();
        (server, client)
    }

    pub(crate) fn client(&self) -> Client {
        self.client_for(self.practice.region(), self.practice.session_token())
    }

    pub(crate) fn client_for(&self, region: &str, token: Option<&str>) -> Client {
        self.client_at(self.practice.endpoint(), region, token)
    }

    /// Signs for an address that may be another than ours.
    pub(crate) fn client_at(&self, endpoint: &str, region: &str, token: Option<&str>) -> Client {
        let (id, secret) = (self.practice.access_key_id(), self.practice.secret_access_key());
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(endpoint)
            .region(Region::new(region.to_owned()))
            .credentials_provider(Credentials::new(id, secret, token.map(str::to_owned), None, "test"))
            .force_path_style(true);
        Client::from_conf(config.build())
    }

    pub(crate) async fn link(&self, key: &str) -> String {
        self.link_by(&self.client(), key).await
    }

    pub(crate) async fn link_by(&self, client: &Client, key: &str) -> String {
        client.get_object().bucket(BUCKET).key(key).presigned(hour()).await.unwrap().uri().to_owned()
    }

    /// `127.0.0.1:54321`
    pub(crate) fn address(&self) -> &str {
        self.practice.endpoint().strip_prefix("http://").unwrap()
    }

    /// Sends these very bytes and gives what comes back until the server closes the connection.
    pub(crate) async fn raw(&self, request: &[u8]) -> String {
        let mut stream = TcpStream::connect(self.address()).await.unwrap();
        // It may refuse before it has read everything.
        let _ = stream.write_all(request).await;
        let mut answer = Vec::new();
        let reading = stream.read_to_end(&mut answer);
        let _ = tokio::time::timeout(Duration::from_secs(30), reading).await.unwrap();
        String::from_utf8_lossy(&answer).into_owned()
    }
}

pub(crate) fn hour() -> PresigningConfig {
    PresigningConfig::expires_in(Duration::from_secs(3_600)).unwrap()
}

pub(crate) async fn put(client: &Client, key: &str, body: &'static [u8]) {
    client.put_object().bucket(BUCKET).key(key).body(ByteStream::from_static(body)).send().await.unwrap();
}

pub(crate) async fn get(client: &Client, key: &str) -> Vec<u8> {
    let object = client.get_object().bucket(BUCKET).key(key).send().await.unwrap();
    object.body.collect().await.unwrap().to_vec()
}

/// One step of Signature Version 4.
pub(crate) fn mac(key: &[u8], text: &str) -> Vec<u8> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key).unwrap();
    mac.update(text.as_bytes());
    mac.finalize().into_bytes().to_vec()
}
