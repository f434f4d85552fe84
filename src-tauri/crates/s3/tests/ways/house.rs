//! A home with the servers of an organisation, and the guests in it.

use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use guestpass_testkit::identity_center::{self, IdentityCenter};
use guestpass_testkit::sts::Sts;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, Lines};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};

use crate::guest::{ANSWER, INVITED, S3, SESSION, START_URL};

/// Longer than anything here takes, even on a busy machine.
const LIMIT: Duration = Duration::from_secs(60);

/// What may be in no log and in no error. The organisation and STS of the tests name their secrets so.
const SECRETS: [&str; 8] = [
    "access-token",
    "refresh-token",
    "client-secret",
    "device-",
    "wJalrXUtnFEMI",
    "FwoGZXIvYXdz",
    "never-print-this",
    "314159",
];

pub(crate) struct House {
    home: tempfile::TempDir,
    pub(crate) identity: IdentityCenter,
    pub(crate) sts: Sts,
    /// Variables of the guests.
    pub(crate) variables: Vec<(&'static str, String)>,
}

impl House {
    pub(crate) async fn new() -> Self {
        let (identity, sts) = (IdentityCenter::start().await, Sts::start().await);
        let home = tempfile::tempdir().unwrap();
        let variables = vec![
            (START_URL, identity.start_url()),
            (SESSION, "acme".to_owned()),
            (S3, "http://127.0.0.1:9".to_owned()),
            // Nobody leaves the house: AWS itself hears nothing of the tests.
            ("HTTPS_PROXY", "http://127.0.0.1:9".to_owned()),
            ("AWS_ENDPOINT_URL_SSO_OIDC", identity.endpoint().to_owned()),
            ("AWS_ENDPOINT_URL_SSO", identity.endpoint().to_owned()),
        ];
        Self { home, identity, sts, variables }
    }

    /// Writes the person's config file. `{home}`, `{sts}` and `{start_url}` stand for what they are here.
    pub(crate) fn configure(&self, text: &str) {
        std::fs::create_dir_all(self.path(".aws")).unwrap();
        let text = text
            .replace("{home}", self.home.path().to_str().unwrap())
            .replace("{sts}", self.sts.endpoint())
            .replace("{start_url}", &self.identity.start_url());
        std::fs::write(self.path(".aws/config"), text).unwrap();
    }

    pub(crate) fn path(&self, below: &str) -> PathBuf {
        self.home.path().join(below)
    }

    /// The file of the token, by the name that AWS CLI v2 gives it: SHA-1 of the session's name, `acme`.
    pub(crate) fn token_file(&self) -> PathBuf {
        self.path(".aws/sso/cache/293abb6b76d7791c0732cc517d38c4b5c734b87f.json")
    }

    /// A command in this home, with nothing of what this computer has for AWS.
    pub(crate) fn command(&self, program: PathBuf) -> Command {
        let mut command = Command::new(program);
        let foreign = |name: &str| name.starts_with("AWS_") || name.to_uppercase().ends_with("_PROXY");
        for (name, _) in std::env::vars_os().filter(|(name, _)| foreign(&name.to_string_lossy())) {
            command.env_remove(name);
        }
        command.env("HOME", self.home.path()).env("AWS_EC2_METADATA_DISABLED", "true");
        command.envs(self.variables.iter().map(|(name, value)| (name, value))).kill_on_drop(true);
        command
    }

    pub(crate) fn guest(&self) -> Guest {
        let mut command = self.command(std::env::current_exe().unwrap());
        command.args(["--exact", "--ignored", "--nocapture", "guest::guest"]);
        let log = self.path("log");
        let errors = std::fs::OpenOptions::new().create(true).append(true).open(&log).unwrap();
        command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(errors);
        let mut process = command.spawn().unwrap();
        let lines = process.stdin.take().unwrap();
        let said = BufReader::new(process.stdout.take().unwrap()).lines();
        Guest { _process: process, lines, said, log }
    }
}

/// The adapters in a process of their own, which ends with this.
pub(crate) struct Guest {
    _process: Child,
    lines: ChildStdin,
    said: Lines<BufReader<ChildStdout>>,
    /// What it says when it cannot go on.
    log: PathBuf,
}

impl Guest {
    pub(crate) async fn tell(&mut self, line: &str) {
        self.lines.write_all(format!("{line}\n").as_bytes()).await.unwrap();
    }

    /// What is said to a line in the end. It never holds a secret; but a link is one.
    pub(crate) async fn ask(&mut self, line: &str) -> String {
        self.tell(line).await;
        self.answer().await
    }

    pub(crate) async fn answer(&mut self) -> String {
        let said = self.hear(ANSWER).await;
        if !said.starts_with("http") {
            for secret in SECRETS {
                assert!(!said.contains(secret), "{secret} in {said}");
            }
        }
        said
    }

    /// Where the person sets out.
    pub(crate) async fn start(&mut self) -> String {
        self.hear(INVITED).await.trim_end().to_owned()
    }

    /// Where the person is invited to, and the code.
    pub(crate) async fn invitation(&mut self) -> (String, String) {
        let said = self.hear(INVITED).await;
        let (page, code) = said.split_once(' ').unwrap();
        // A browser sets out from this computer; a code is typed anywhere.
        let page = match code {
            "" => identity_center::led_on(page).await.unwrap(),
            _ => page.to_owned(),
        };
        (page, code.to_owned())
    }

    async fn hear(&mut self, what: &str) -> String {
        let hearing = async {
            loop {
                let Some(line) = self.said.next_line().await.unwrap() else {
                    panic!("the guest has gone: {}", std::fs::read_to_string(&self.log).unwrap_or_default());
                };
                if let Some(said) = line.strip_prefix(what) {
                    return said.to_owned();
                }
            }
        };
        tokio::time::timeout(LIMIT, hearing).await.expect("the guest says nothing")
    }
}
