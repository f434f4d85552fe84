//! A Wayland session without a screen: a compositor, its clipboard, and nothing of X11.

use std::os::unix::net::UnixStream;
use std::process::{Command, Stdio};

use rustix::process::getuid;
use tempfile::TempDir;

use crate::process::{Group, command, installed, spawn};
use crate::until;

/// The user who owns nothing.
const NOBODY: u32 = 65_534;

/// A session of its own; it ends with its value.
pub struct Wayland {
    // Ended before its folder is removed.
    _compositor: Group,
    folder: TempDir,
}

/// The name of every session's socket: each has a folder of its own.
const SOCKET: &str = "wayland-1";

impl Wayland {
    /// Starts a session and answers when programs can connect.
    pub async fn start() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let rules = folder.path().join("rules");
        std::fs::write(&rules, "xwayland disable\n").unwrap();
        let mut compositor = command("sway");
        compositor.arg("-c").arg(&rules);
        if getuid().is_root() {
            // It refuses to run as root.
            compositor = as_nobody(&compositor);
            std::os::unix::fs::chown(folder.path(), Some(NOBODY), Some(NOBODY)).unwrap();
        }
        for name in ["DISPLAY", "WAYLAND_DISPLAY", "SWAYSOCK"] {
            compositor.env_remove(name);
        }
        compositor.env("HOME", folder.path()).env("XDG_RUNTIME_DIR", folder.path());
        compositor.envs([("WLR_BACKENDS", "headless"), ("WLR_LIBINPUT_NO_DEVICES", "1")]);
        compositor.env("WLR_RENDERER", "pixman"); // draws without a graphics card
        compositor.stdin(Stdio::null()).stdout(Stdio::null()).stderr(Stdio::null());
        let compositor = spawn(&mut compositor, "sway");
        let socket = folder.path().join(SOCKET);
        until("the compositor listens", async || UnixStream::connect(&socket).ok()).await;
        Self { _compositor: compositor, folder }
    }

    /// What a program needs to find the session.
    pub fn env(&self) -> [(&'static str, &str); 2] {
        [("XDG_RUNTIME_DIR", self.folder.path().to_str().unwrap()), ("WAYLAND_DISPLAY", SOCKET)]
    }

    /// The text on the clipboard.
    pub fn clipboard(&self) -> Option<String> {
        self.paste("text/plain;charset=utf-8")
    }

    /// Its HTML flavour.
    pub fn clipboard_html(&self) -> Option<String> {
        self.paste("text/html")
    }

    /// Lets another program put this on the clipboard.
    pub fn copy(&self, text: &str) {
        let status =
            self.tool("wl-copy").args(["--", text]).stdout(Stdio::null()).stderr(Stdio::null()).status();
        assert!(status.unwrap().success(), "wl-copy copies");
    }

    fn paste(&self, kind: &str) -> Option<String> {
        let output = self.tool("wl-paste").args(["--no-newline", "--type", kind]).output().unwrap();
        output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
    }

    fn tool(&self, name: &str) -> Command {
        let mut tool = Command::new("timeout");
        tool.args(["5", installed(name)]);
        tool.envs(self.env()).env_remove("DISPLAY").stdin(Stdio::null());
        tool
    }
}

/// The same command as a user who owns nothing. What ends it with this process is set last: it does not outlive a
/// change of user.
fn as_nobody(command: &Command) -> Command {
    let (user, group) = (format!("--reuid={NOBODY}"), format!("--regid={NOBODY}"));
    let mut changed = Command::new("setpriv");
    changed.args([&user, &group, "--clear-groups", "--"]).arg(command.get_program()).args(command.get_args());
    changed
}
