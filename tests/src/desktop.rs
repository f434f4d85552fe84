//! A desktop session: a virtual display, a window manager, a message bus, a keyring, a home.

use std::fs::OpenOptions;
use std::io::{BufRead, BufReader, Write};
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;

use crate::process::{Group, command, spawn};
use crate::{Window, until};

/// The state of the keyring.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keyring {
    /// Open, as after signing in to the computer.
    Unlocked,
    /// There, and locked.
    Locked,
    /// Not there.
    Absent,
}

/// Who has this name on the bus is the one app of the session.
const ONLY_ONE: &str = "org.guestpass.desktop.SingleInstance";

/// The bus's rules: everybody may do everything, and no service is started because it is called.
const BUS: &str = r#"<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig><type>session</type><listen>unix:path=ADDRESS</listen><auth>EXTERNAL</auth>
<policy context="default"><allow send_destination="*" eavesdrop="true"/><allow eavesdrop="true"/><allow own="*"/></policy></busconfig>"#;

/// Where the address of a page is written that was to be opened in a browser.
const OPENED: &str = "opened-page";

/// A session of its own; everything in it ends with it.
pub struct Desktop {
    display: String,
    // Ended in this order: what needs the display before the display.
    _keyring: Option<Group>,
    _manager: Group,
    _bus: Group,
    _xvfb: Group,
    home: TempDir,
}

impl Desktop {
    /// Starts a session and answers when all of it is there.
    pub async fn start(keyring: Keyring) -> Self {
        let home = tempfile::tempdir().unwrap();
        let run = home.path().join("run");
        std::fs::create_dir(&run).unwrap();
        std::fs::create_dir(home.path().join("tmp")).unwrap();
        opener(home.path());
        std::fs::set_permissions(&run, PermissionsExt::from_mode(0o700)).unwrap();
        let (xvfb, display) = xvfb();
        let bus = bus(home.path());
        let mut manager = command("openbox");
        manager.envs(env(home.path(), &display)).stdout(Stdio::null()).stderr(Stdio::null());
        let manager = spawn(&mut manager, "openbox");
        let keyring = match keyring {
            Keyring::Absent => None,
            Keyring::Unlocked => Some(ring(home.path(), true).await),
            Keyring::Locked => {
                // The first daemon makes the keyring that the second then finds locked.
                end(ring(home.path(), true).await, home.path()).await;
                Some(ring(home.path(), false).await)
            }
        };
        Self { display, _keyring: keyring, _manager: manager, _bus: bus, _xvfb: xvfb, home }
    }

    /// Opens the app's window and answers when it shows something.
    pub async fn open(&self, arguments: &[&str], more: &[(&str, &str)]) -> Window {
        // A second start hands over to the first, also to one that is just ending.
        await_name(self.home(), ONLY_ONE, false).await;
        let mut env = self.env();
        env.extend(more.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())));
        let log = OpenOptions::new().create(true).append(true).open(self.home().join("app.log")).unwrap();
        Window::open(&crate::app_binary(), arguments, env, log).await
    }

    /// Starts the app a second time, as a file manager does, and answers when that one has ended.
    pub fn start_again(&self, arguments: &[&str]) {
        let mut second = Command::new(crate::app_binary());
        second.args(arguments).envs(self.env()).stdout(Stdio::null()).stderr(Stdio::null());
        assert!(second.status().unwrap().success(), "it hands over and ends");
    }

    /// The files of this session that hold this text: what the app and its web view stored, cached and logged. The
    /// AWS files, which the person wrote, do not count.
    pub fn files_with(&self, text: &str) -> String {
        let mut grep = Command::new("grep");
        grep.args(["--recursive", "--fixed-strings", "--text", "--files-with-matches"]);
        grep.args(["--exclude-dir=aws", "--devices=skip", text]).arg(self.home()).stderr(Stdio::null());
        String::from_utf8_lossy(&grep.output().unwrap().stdout).into_owned()
    }

    /// The page that the app has opened in the person's browser; the browser itself is for the test to play.
    pub async fn opened_page(&self) -> String {
        let file = self.home().join(OPENED);
        until("a page is opened", async || {
            let page = std::fs::read_to_string(&file).ok()?;
            std::fs::remove_file(&file).unwrap();
            Some(page)
        })
        .await
    }

    /// The home folder of this session.
    pub fn home(&self) -> &Path {
        self.home.path()
    }

    /// The display's name, such as `:99`.
    pub fn display(&self) -> &str {
        &self.display
    }

    /// What another program of the same person finds in the keyring under this name.
    pub fn keyring_item(&self, item: &str) -> Option<String> {
        let mut tool = Command::new("timeout");
        tool.args(["5", "secret-tool", "lookup", "service", "guestpass", "username", item]).envs(self.env());
        let output = tool.output().expect("secret-tool is installed by `cargo xtask test`");
        output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
    }

    /// The address of the session's bus.
    pub(crate) fn bus(&self) -> String {
        address(self.home())
    }

    /// The environment of a program in this session.
    pub fn env(&self) -> Vec<(String, String)> {
        env(self.home.path(), &self.display)
    }
}

impl Drop for Desktop {
    /// Whatever a test did: no link lies in a file afterwards, the log at its most talkative among them.
    fn drop(&mut self) {
        if !std::thread::panicking() {
            let leaks = self.files_with("X-Amz-Signature");
            assert!(leaks.is_empty(), "a link was written to {leaks}");
        }
    }
}

fn env(home: &Path, display: &str) -> Vec<(String, String)> {
    let at = |name: &str| home.join(name).display().to_string();
    let path = std::env::var("PATH").unwrap();
    [
        ("PATH", format!("{}:{path}", home.join("bin").display())),
        ("HOME", home.display().to_string()),
        ("XDG_DATA_HOME", at("data")),
        ("XDG_CONFIG_HOME", at("config")),
        ("XDG_CACHE_HOME", at("cache")),
        ("XDG_RUNTIME_DIR", at("run")),
        ("TMPDIR", at("tmp")),
        ("GUESTPASS_LOG", "trace".to_owned()),
        ("DBUS_SESSION_BUS_ADDRESS", address(home)),
        // Nothing of the computer that runs the test.
        ("DBUS_SYSTEM_BUS_ADDRESS", address(home)),
        ("DISPLAY", display.to_owned()),
        ("GDK_BACKEND", "x11".to_owned()),
        ("NO_AT_BRIDGE", "1".to_owned()),
        ("AWS_EC2_METADATA_DISABLED", "true".to_owned()),
    ]
    .map(|(name, value)| (name.to_owned(), value))
    .into()
}

/// The program with which desktops open pages, for a session without a browser. What it is told appears whole.
fn opener(home: &Path) {
    let (folder, opened) = (home.join("bin"), home.join(OPENED).display().to_string());
    std::fs::create_dir(&folder).unwrap();
    let program = folder.join("xdg-open");
    let script = format!("#!/bin/sh\nprintf %s \"$1\" > '{opened}.part' && mv '{opened}.part' '{opened}'\n");
    std::fs::write(&program, script).unwrap();
    std::fs::set_permissions(&program, PermissionsExt::from_mode(0o755)).unwrap();
}

fn address(home: &Path) -> String {
    format!("unix:path={}", home.join("bus").display())
}

fn xvfb() -> (Group, String) {
    let mut xvfb = command("Xvfb");
    xvfb.args(["-displayfd", "1", "-screen", "0", "1280x900x24", "-nolisten", "tcp", "-noreset"]);
    let mut xvfb = spawn(xvfb.stdout(Stdio::piped()).stderr(Stdio::null()), "Xvfb");
    let mut number = String::new();
    BufReader::new(xvfb.child.stdout.take().unwrap()).read_line(&mut number).unwrap();
    assert!(!number.trim().is_empty(), "Xvfb says which display it is");
    (xvfb, format!(":{}", number.trim()))
}

fn bus(home: &Path) -> Group {
    let rules = home.join("bus.conf");
    std::fs::write(&rules, BUS.replace("ADDRESS", home.join("bus").to_str().unwrap())).unwrap();
    let mut bus = command("dbus-daemon");
    bus.args(["--nofork", "--print-address=1", "--config-file"]).arg(rules).env("HOME", home);
    let mut bus = spawn(bus.stdout(Stdio::piped()).stderr(Stdio::null()), "dbus-daemon");
    let mut address = String::new();
    BufReader::new(bus.child.stdout.take().unwrap()).read_line(&mut address).unwrap();
    assert!(address.starts_with("unix:"), "the bus listens");
    bus
}

async fn ring(home: &Path, unlocked: bool) -> Group {
    let mut daemon = command("gnome-keyring-daemon");
    daemon.args(["--foreground", "--components=secrets"]).envs(env(home, ""));
    if unlocked {
        daemon.arg("--unlock");
    }
    let mut daemon =
        spawn(daemon.stdin(Stdio::piped()).stdout(Stdio::null()).stderr(Stdio::null()), "gnome-keyring-daemon");
    let mut stdin = daemon.child.stdin.take().unwrap();
    if unlocked {
        stdin.write_all(b"open sesame").unwrap();
    }
    drop(stdin);
    await_secrets(home, true).await;
    daemon
}

/// Asks the daemon to end: it is to write its files first.
async fn end(daemon: Group, home: &Path) {
    let group = Pid::from_raw(i32::try_from(daemon.child.id()).unwrap()).unwrap();
    kill_process_group(group, Signal::TERM).unwrap();
    await_secrets(home, false).await;
}

async fn await_secrets(home: &Path, owned: bool) {
    await_name(home, "org.freedesktop.secrets", owned).await;
}

/// Waits until somebody on the bus has this name, or nobody.
async fn await_name(home: &Path, name: &str, owned: bool) {
    let connection = zbus::connection::Builder::address(address(home).as_str()).unwrap().build().await.unwrap();
    let bus = zbus::fdo::DBusProxy::new(&connection).await.unwrap();
    until(&format!("{name} is on the bus: {owned}"), async || {
        let has = bus.name_has_owner(name.try_into().unwrap()).await.unwrap();
        (has == owned).then_some(())
    })
    .await;
}
