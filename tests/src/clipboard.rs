//! The clipboard as another program finds it.

use std::path::Path;
use std::process::{Command, Stdio};

use crate::{Desktop, until};

impl Desktop {
    /// The text on the clipboard.
    pub fn clipboard(&self) -> Option<String> {
        self.selection("UTF8_STRING")
    }

    /// Its HTML flavour.
    pub fn clipboard_html(&self) -> Option<String> {
        self.selection("text/html")
    }

    /// Another program offers this file as this flavour, such as `text/uri-list` or `image/png`.
    pub async fn offer_on_clipboard(&self, target: &str, file: &Path) {
        let mut xclip = Command::new("xclip");
        xclip.args(["-selection", "clipboard", "-t", target, "-i"]).arg(file).envs(self.env());
        // It leaves a process behind that answers for the clipboard; that one must not hold our pipes open.
        let status = xclip.stdout(Stdio::null()).stderr(Stdio::null()).status();
        assert!(status.expect("xclip is installed by `cargo xtask test`").success());
        until(&format!("{target} is on the clipboard"), async || {
            self.selection("TARGETS")?.lines().any(|offered| offered == target).then_some(())
        })
        .await;
    }

    /// Any of its flavours; `TARGETS` lists them.
    pub fn selection(&self, target: &str) -> Option<String> {
        let mut xclip = Command::new("timeout");
        xclip.args(["5", "xclip", "-selection", "clipboard", "-o", "-t", target]).envs(self.env());
        let output = xclip.output().expect("xclip is installed by `cargo xtask test`");
        output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
    }
}
