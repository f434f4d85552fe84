//! A desktop session in small: a home, a message bus without anything to start by itself, a keyring's daemon.
//!
//! Everything waits for a condition, with a deadline. Processes end with what started them.

use std::os::unix::fs::PermissionsExt;
use std::os::unix::net::UnixListener;
use std::path::PathBuf;
use std::process::Stdio;
use std::time::Duration;

use futures_util::StreamExt;
use tempfile::TempDir;
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader};
use tokio::process::{Child, Command};
use tokio::time::timeout;

use crate::guest::{ROLE, Role, YOUR_TURN};

const PATIENCE: Duration = Duration::from_secs(20);
const SECRETS: &str = "org.freedesktop.secrets";
const PROMPTER: &str = "org.gnome.keyring.SystemPrompter";

/// The bus's rules: everybody may do everything, and no service is started because it is called.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=ADDRESS</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#;

#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Ring {
    None,
    Locked,
    Unlocked,
}

pub(crate) struct Session {
    bus: Option<Child>,
    ring: Option<Child>,
    home: TempDir,
}

impl Session {
    pub(crate) async fn start(ring: Ring) -> Self {
        let home = tempfile::tempdir().unwrap();
        let run = home.path().join("run");
        std::fs::create_dir(&run).unwrap();
        std::fs::set_permissions(&run, PermissionsExt::from_mode(0o700)).unwrap();
        let mut session = Self { bus: None, ring: None, home };

        let rules = session.path("bus.conf");
        std::fs::write(&rules, BUS.replace("ADDRESS", session.socket().to_str().unwrap())).unwrap();
        let mut bus = session.program("dbus-daemon");
        bus.arg("--nofork").arg("--print-address=1").arg("--config-file").arg(&rules);
        let mut bus = spawn(bus.stdout(Stdio::piped()), "dbus-daemon");
        let mut address = String::new();
        let mut lines = BufReader::new(bus.stdout.take().unwrap());
        timeout(PATIENCE, lines.read_line(&mut address)).await.unwrap().unwrap();
        assert!(address.starts_with("unix:"), "the bus listens");
        session.bus = Some(bus);
        session.start_ring(ring).await;
        session
    }

    /// Another daemon over the same files.
    pub(crate) async fn restart(&mut self, ring: Ring) {
        self.stop_ring().await;
        self.start_ring(ring).await;
    }

    pub(crate) async fn start_ring(&mut self, ring: Ring) {
        if ring == Ring::None {
            return;
        }
        let mut daemon = self.program("gnome-keyring-daemon");
        daemon.args(["--foreground", "--components=secrets"]).stdin(Stdio::piped()).stdout(Stdio::null());
        if ring == Ring::Unlocked {
            daemon.arg("--unlock");
        }
        let mut daemon = spawn(&mut daemon, "gnome-keyring");
        let mut stdin = daemon.stdin.take().unwrap();
        if ring == Ring::Unlocked {
            stdin.write_all(b"open sesame").await.unwrap();
        }
        drop(stdin);
        self.ring = Some(daemon);
        self.await_owner(SECRETS, true).await;
    }

    pub(crate) async fn stop_ring(&mut self) {
        if let Some(mut daemon) = self.ring.take() {
            // Asked and not killed: it is to write its files first.
            let id = daemon.id().unwrap().to_string();
            assert!(Command::new("kill").arg(id).status().await.unwrap().success());
            timeout(PATIENCE, daemon.wait()).await.unwrap().unwrap();
        }
        self.await_owner(SECRETS, false).await;
    }

    pub(crate) async fn stop_bus(&mut self) {
        let mut bus = self.bus.take().unwrap();
        bus.kill().await.unwrap();
        let _ = std::fs::remove_file(self.socket());
    }

    /// Something listens where the bus should, and says nothing.
    pub(crate) fn silent_bus(&mut self) -> UnixListener {
        drop(self.bus.take());
        let _ = std::fs::remove_file(self.socket());
        UnixListener::bind(self.socket()).unwrap()
    }

    /// Takes the name of the desktop's password prompt and does nothing when called.
    pub(crate) async fn prompter_that_never_answers(&self) -> zbus::Connection {
        let connection = self.connect().await;
        connection.request_name(PROMPTER).await.unwrap();
        connection
    }

    /// What another program of the same person finds.
    pub(crate) async fn secret_tool_lookup(&self, item: &str) -> Option<String> {
        let mut tool = self.program("secret-tool");
        let found = tool.args(["lookup", "service", "guestpass", "username", item]).output();
        let found =
            timeout(PATIENCE, found).await.unwrap().expect("secret-tool (libsecret-tools) is installed");
        found.status.success().then(|| String::from_utf8(found.stdout).unwrap())
    }

    /// Runs the adapter in a role, in a process of its own that lives in this session.
    pub(crate) async fn run(&self, role: Role) {
        let said = finished(spawn(&mut self.guest(role), "this test"), role).await;
        assert!(said.contains("1 passed"), "{role:?} was played: {said}");
    }

    /// The same, with something done to the session when the child says that it is time.
    pub(crate) async fn run_across(&mut self, role: Role, meanwhile: impl AsyncFnOnce(&mut Self)) {
        let mut child = spawn(&mut self.guest(role), "this test");
        let mut stdin = child.stdin.take().unwrap();
        let mut lines = BufReader::new(child.stdout.take().unwrap()).lines();
        let said = async { while lines.next_line().await.unwrap().expect("it says so") != YOUR_TURN {} };
        timeout(PATIENCE, said).await.unwrap();
        meanwhile(self).await;
        stdin.write_all(b"go on\n").await.unwrap();
        finished(child, role).await;
    }

    fn guest(&self, role: Role) -> Command {
        let mut guest = self.program(std::env::current_exe().unwrap());
        guest.args(["--exact", "guest::guest", "--ignored", "--nocapture"]).env(ROLE, format!("{role:?}"));
        guest.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        guest
    }

    fn program(&self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.env_clear().env("PATH", std::env::var_os("PATH").unwrap()).kill_on_drop(true);
        command.env("HOME", self.home.path()).env("XDG_RUNTIME_DIR", self.path("run"));
        for (variable, folder) in
            [("XDG_DATA_HOME", "data"), ("XDG_CONFIG_HOME", "config"), ("XDG_CACHE_HOME", "cache")]
        {
            command.env(variable, self.path(folder));
        }
        command.env("DBUS_SESSION_BUS_ADDRESS", self.address());
        command
    }

    async fn await_owner(&self, name: &str, owned: bool) {
        let connection = self.connect().await;
        let bus = zbus::fdo::DBusProxy::new(&connection).await.unwrap();
        let mut changes = bus.receive_name_owner_changed().await.unwrap();
        let settled = async {
            while bus.name_has_owner(name.try_into().unwrap()).await.unwrap() != owned {
                changes.next().await;
            }
        };
        timeout(PATIENCE, settled).await.unwrap_or_else(|_| panic!("{name} owned: {owned}"));
    }

    async fn connect(&self) -> zbus::Connection {
        let builder = zbus::connection::Builder::address(self.address().as_str()).unwrap();
        timeout(PATIENCE, builder.build()).await.unwrap().unwrap()
    }

    fn path(&self, name: &str) -> PathBuf {
        self.home.path().join(name)
    }

    fn socket(&self) -> PathBuf {
        self.path("bus")
    }

    fn address(&self) -> String {
        format!("unix:path={}", self.socket().display())
    }
}

fn spawn(command: &mut Command, needs: &str) -> Child {
    command.spawn().unwrap_or_else(|error| panic!("these tests need {needs} on Linux: {error}"))
}

async fn finished(child: Child, role: Role) -> String {
    let end =
        timeout(PATIENCE, child.wait_with_output()).await.unwrap_or_else(|_| panic!("{role:?} ends in time"));
    let end = end.unwrap();
    let said = String::from_utf8_lossy(&end.stdout).into_owned();
    assert!(end.status.success(), "{role:?}: {said}{}", String::from_utf8_lossy(&end.stderr));
    said
}
