//! The clipboard as another program finds it.

use std::process::Command;

use crate::Desktop;

impl Desktop {
    /// The text on the clipboard.
    pub fn clipboard(&self) -> Option<String> {
        self.selection("UTF8_STRING")
    }

    /// Its HTML flavour.
    pub fn clipboard_html(&self) -> Option<String> {
        self.selection("text/html")
    }

    /// Any of its flavours; `TARGETS` lists them.
    pub fn selection(&self, target: &str) -> Option<String> {
        let mut xclip = Command::new("timeout");
        xclip.args(["5", "xclip", "-selection", "clipboard", "-o", "-t", target]).envs(self.env());
        let output = xclip.output().expect("xclip is installed by `cargo xtask test`");
        output.status.success().then(|| String::from_utf8(output.stdout).unwrap())
    }
}
