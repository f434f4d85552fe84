//! A store outside the app, with profiles that find it: what a person has whose organisation uses S3.

use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use guestpass_testkit::faulty::FaultyLine;
use guestpass_testkit::seaweedfs::{Identity, SeaweedFs};
use guestpass_tests::{Desktop, Window, app_binary};

/// SeaweedFS with the bucket `acme-press`, and the AWS files of a desktop that name it.
pub(crate) struct Store {
    pub(crate) server: SeaweedFs,
    config: PathBuf,
    credentials: PathBuf,
}

impl Store {
    pub(crate) async fn start(desktop: &Desktop) -> Self {
        Self::start_below(desktop.home()).await
    }

    /// The same for a home folder without a desktop.
    pub(crate) async fn start_below(home: &Path) -> Self {
        let server = SeaweedFs::start();
        let (config, credentials) = server.write_profiles(&home.join("aws"));
        let store = Self { server, config, credentials };
        for bucket in ["acme-press", "acme-video", "legal"] {
            store.admin().create_bucket().bucket(bucket).send().await.unwrap();
        }
        store
    }

    /// From now on the profiles lead through this line to the store.
    pub(crate) fn behind(&self, line: &FaultyLine) {
        let config = std::fs::read_to_string(&self.config).unwrap();
        std::fs::write(&self.config, config.replace(&self.server.endpoint(), line.endpoint())).unwrap();
    }

    /// Reads a file past the app.
    pub(crate) async fn body(&self, key: &str) -> Vec<u8> {
        let object = self.admin().get_object().bucket("acme-press").key(key).send().await.unwrap();
        object.body.collect().await.unwrap().to_vec()
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

    /// The same, where `acme-press` with its file `letter.txt` is open.
    pub(crate) async fn open_bucket(&self, desktop: &Desktop, more: &[(&str, &str)]) -> Window {
        self.put("letter.txt", "x").await;
        let window = self.open(desktop, more).await;
        window.click("button", "press").await;
        window.click("button", "acme-press").await;
        window.find("row", "letter.txt").await;
        window
    }

    /// `guestpass --profile press …`, run by somebody with this home folder who has nothing else of this computer:
    /// what it printed.
    pub(crate) fn run(&self, home: &Path, arguments: &[&str], env: &[(&str, &str)]) -> String {
        let mut command = Command::new(app_binary());
        command.env_clear().env("HOME", home).env("XDG_DATA_HOME", home.join("data"));
        command.env("AWS_CONFIG_FILE", &self.config).env("AWS_SHARED_CREDENTIALS_FILE", &self.credentials);
        command.envs(env.iter().copied()).args(["--profile", "press"]).args(arguments).stdin(Stdio::null());
        let output = command.output().unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        assert!(output.status.success(), "guestpass {arguments:?}: {said}");
        String::from_utf8(output.stdout).unwrap()
    }

    /// The secret of the profile `press`.
    pub(crate) fn secret(&self) -> &'static str {
        self.server.keys(Identity::Admin).1
    }
}
