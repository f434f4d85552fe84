//! The clipboard, by `arboard`.
//!
//! On X11 and Wayland the text belongs to the process that offered it, so the one [`SystemClipboard`] lives as
//! long as the app and hands over when it is closed. It opens at first use: without a display only copying fails.

mod keeper;

use std::fmt::Write;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use guestpass_core::ports::Clipboard;
use guestpass_core::{Error, Kind, Link, Result};
pub(crate) use keeper::keep_from_stdin;
use serde::{Deserialize, Serialize};

/// What is put on the clipboard: text for every program, and HTML for those that take it.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Flavours {
    pub(crate) text: String,
    pub(crate) html: Option<String>,
}

impl Flavours {
    /// One URL a line; in HTML, one titled hyperlink a line.
    pub(crate) fn of_links(links: &[Link]) -> Self {
        let text: Vec<&str> = links.iter().map(|link| link.url.reveal()).collect();
        let mut html = String::new();
        for (n, link) in links.iter().enumerate() {
            let line_break = if n == 0 { "" } else { "<br>" };
            let (url, name) = (escape(link.url.reveal()), escape(&link.name));
            // Writing to a String cannot fail.
            let _ = write!(html, "{line_break}<a href=\"{url}\">{name}</a>");
        }
        Self { text: text.join("\n"), html: Some(html) }
    }
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The clipboard of this computer.
#[derive(Default)]
pub(crate) struct SystemClipboard {
    open: Arc<Mutex<Option<arboard::Clipboard>>>,
    /// Whether this process ends soon after copying, and so must leave the text with another.
    hands_over: bool,
}

impl SystemClipboard {
    /// For a command that ends at once: what is copied stays with a process of its own where it must.
    pub(crate) fn for_a_command() -> Self {
        Self { hands_over: cfg!(target_os = "linux"), ..Self::default() }
    }

    /// Gives up the clipboard, so that a clipboard manager may take over what was copied.
    pub(crate) fn close(&self) {
        *self.open.lock().unwrap_or_else(PoisonError::into_inner) = None;
    }

    async fn put(&self, flavours: Flavours) -> Result<()> {
        if self.hands_over {
            return keeper::start(&flavours).map_err(|e| unavailable(&e));
        }
        let clipboard = self.open.clone();
        // arboard blocks: it talks to the display server.
        let put = tokio::task::spawn_blocking(move || {
            let mut slot = clipboard.lock().unwrap_or_else(PoisonError::into_inner);
            let open = match slot.take() {
                Some(open) => slot.insert(open),
                None => slot.insert(arboard::Clipboard::new()?),
            };
            match flavours.html {
                Some(html) => open.set_html(html, Some(flavours.text)),
                None => open.set_text(flavours.text),
            }
        });
        match put.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(e)) => Err(unavailable(&e)),
            Err(e) => Err(Error::from(Kind::Internal).with_source(e)),
        }
    }
}

fn unavailable(error: &dyn std::error::Error) -> Error {
    Error::from(Kind::ClipboardUnavailable).with_detail(error.to_string())
}

#[async_trait]
impl Clipboard for SystemClipboard {
    async fn copy_links(&self, links: &[Link]) -> Result<()> {
        self.put(Flavours::of_links(links)).await
    }

    async fn copy_text(&self, text: &str) -> Result<()> {
        self.put(Flavours { text: text.to_owned(), html: None }).await
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use guestpass_core::{BucketName, Checked, LimitedBy, LinkEnd, LinkUrl, ObjectKey};

    fn link(name: &str, url: &str) -> Link {
        let expires_at = "2026-11-26T17:20:00Z".parse().unwrap();
        Link {
            bucket: BucketName::parse("acme").unwrap(),
            key: ObjectKey::parse(name).unwrap(),
            name: name.into(),
            url: LinkUrl::new(url.into()),
            end: LinkEnd { expires_at, limited_by: LimitedBy::Chosen, certain: true },
            checked: Checked::Opens,
        }
    }

    #[test]
    fn text_is_the_urls_alone_and_html_a_titled_hyperlink() {
        let flavours = Flavours::of_links(&[link("a.pdf", "https://x/?a=1&b=2"), link("<b>\"", "https://y/")]);
        assert_eq!(flavours.text, "https://x/?a=1&b=2\nhttps://y/");
        assert_eq!(
            flavours.html.unwrap(),
            "<a href=\"https://x/?a=1&amp;b=2\">a.pdf</a><br><a href=\"https://y/\">&lt;b&gt;&quot;</a>"
        );
    }
}
