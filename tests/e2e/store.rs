//! A store outside the app, with profiles that find it: what a person has whose organisation uses S3.

use std::path::PathBuf;
use std::process::Command;

use guestpass_testkit::seaweedfs::{Identity, SeaweedFs};
use guestpass_tests::{Desktop, Window};

/// SeaweedFS with the bucket `acme-press`, and the AWS files of a desktop that name it.
pub(crate) struct Store {
    pub(crate) server: SeaweedFs,
    config: PathBuf,
    credentials: PathBuf,
}

impl Store {
    pub(crate) async fn start(desktop: &Desktop) -> Self {
        let server = SeaweedFs::start();
        let (config, credentials) = server.write_profiles(&desktop.home().join("aws"));
        let store = Self { server, config, credentials };
        for bucket in ["acme-press", "acme-video", "legal"] {
            store.admin().create_bucket().bucket(bucket).send().await.unwrap();
        }
        store
    }

    /// A client past the app.
    pub(crate) fn admin(&self) -> aws_sdk_s3::Client {
        use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};
        let (id, secret) = self.server.keys(Identity::Admin);
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(self.server.endpoint())
            .region(Region::new(self.server.region()))
            .credentials_provider(Credentials::new(id, secret, None, None, "test"))
            .force_path_style(true);
        aws_sdk_s3::Client::from_conf(config.build())
    }

    /// Puts a small file there.
    pub(crate) async fn put(&self, key: &str, text: &'static str) {
        let body = aws_sdk_s3::primitives::ByteStream::from_static(text.as_bytes());
        self.admin().put_object().bucket("acme-press").key(key).body(body).send().await.unwrap();
    }

    /// The same, for many at once.
    pub(crate) async fn put_owned(&self, key: String) {
        self.put(&key, "x").await;
    }

    /// The window of somebody with these profiles.
    pub(crate) async fn open(&self, desktop: &Desktop, more: &[(&str, &str)]) -> Window {
        let mut env = vec![
            ("AWS_CONFIG_FILE", self.config.to_str().unwrap()),
            ("AWS_SHARED_CREDENTIALS_FILE", self.credentials.to_str().unwrap()),
        ];
        env.extend(more);
        desktop.open(&[], &env).await
    }

    /// The secret of the profile `press`.
    pub(crate) fn secret(&self) -> &'static str {
        self.server.keys(Identity::Admin).1
    }
}

/// Whether any file below the desktop's home, but the AWS files themselves, holds this text.
pub(crate) fn is_written_anywhere(desktop: &Desktop, text: &str) -> bool {
    let mut grep = Command::new("grep");
    grep.args(["--recursive", "--fixed-strings", "--quiet", "--exclude-dir=aws", "--devices=skip", text]);
    grep.arg(desktop.home()).status().unwrap().success()
}
