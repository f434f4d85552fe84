//! The clipboard, by `arboard`.
//!
//! On X11 and Wayland the text belongs to the process that offered it, so the one [`SystemClipboard`] lives as
//! long as the app and hands over when it is closed. It opens at first use: without a display only copying fails.

mod keeper;

use std::hash::{BuildHasher, RandomState};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
use guestpass_core::ports::{Clipboard, TitledLink};
use guestpass_core::{Error, Kind, Result, Secret};
pub(crate) use keeper::keep_from_stdin;
use serde::{Deserialize, Serialize};

/// What is put on the clipboard: text for every program, and HTML for those that take it.
#[derive(Clone, Deserialize, Serialize)]
pub(crate) struct Flavours {
    pub(crate) text: String,
    pub(crate) html: Option<String>,
    /// Whether programs that keep a history of the clipboard are asked to leave this out.
    pub(crate) is_private: bool,
}

impl Flavours {
    /// One URL a line; in HTML a titled hyperlink, or a list of them.
    pub(crate) fn of_links(links: &[TitledLink<'_>], is_private: bool) -> Self {
        let text: Vec<&str> = links.iter().map(|link| link.url.reveal()).collect();
        let hyperlink = |link: &TitledLink<'_>| {
            format!("<a href=\"{}\">{}</a>", escape(link.url.reveal()), escape(link.title))
        };
        let html = match links {
            [one] => hyperlink(one),
            many => {
                let items: Vec<String> =
                    many.iter().map(|link| format!("<li>{}</li>", hyperlink(link))).collect();
                format!("<ul>{}</ul>", items.concat())
            }
        };
        Self { text: text.join("\n"), html: Some(html), is_private }
    }

    /// Puts this on offer.
    fn set_on(&self, clipboard: &mut arboard::Clipboard) -> Result<(), arboard::Error> {
        let set = if self.is_private { unrecorded(clipboard.set()) } else { clipboard.set() };
        match &self.html {
            Some(html) => set.html(html, Some(&self.text)),
            None => set.text(&self.text),
        }
    }
}

/// The convention of the platform by which a history leaves something out.
fn unrecorded(set: arboard::Set<'_>) -> arboard::Set<'_> {
    #[cfg(target_os = "macos")]
    use arboard::SetExtApple as _;
    #[cfg(target_os = "linux")]
    use arboard::SetExtLinux as _;
    #[cfg(windows)]
    {
        use arboard::SetExtWindows as _;
        set.exclude_from_history().exclude_from_cloud()
    }
    #[cfg(not(windows))]
    set.exclude_from_history()
}

fn escape(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

/// The clipboard of this computer.
#[derive(Default)]
pub(crate) struct SystemClipboard {
    open: Arc<Mutex<Option<arboard::Clipboard>>>,
    /// What is on the clipboard is known by numbers that mean nothing outside of this run.
    seed: RandomState,
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
        self.with(move |open| flavours.set_on(open)).await
    }

    async fn with<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut arboard::Clipboard) -> Result<T, arboard::Error> + Send + 'static,
    ) -> Result<T> {
        let clipboard = self.open.clone();
        // arboard blocks: it talks to the display server.
        let done = tokio::task::spawn_blocking(move || {
            let mut slot = clipboard.lock().unwrap_or_else(PoisonError::into_inner);
            let open = match slot.take() {
                Some(open) => slot.insert(open),
                None => slot.insert(arboard::Clipboard::new()?),
            };
            act(open)
        });
        match done.await {
            Ok(Ok(done)) => Ok(done),
            Ok(Err(e)) => Err(unavailable(&e)),
            Err(e) => Err(Error::from(Kind::Internal).with_source(e)),
        }
    }

    /// The text that is on the clipboard.
    pub(crate) async fn secret_text(&self) -> Result<Option<Secret<String>>> {
        self.with(|open| match open.get_text() {
            Ok(text) => Ok(Some(Secret::new(text))),
            Err(arboard::Error::ContentNotAvailable | arboard::Error::ConversionFailure) => Ok(None),
            Err(e) => Err(e),
        })
        .await
    }

    /// The files that are on the clipboard, or the picture.
    pub(crate) async fn pasted(&self) -> Result<Option<Pasted>> {
        self.with(|open| {
            if let Ok(files) = open.get().file_list()
                && !files.is_empty()
            {
                return Ok(Some(Pasted::Files(files)));
            }
            match open.get().image() {
                Ok(picture) => Ok(Some(Pasted::Picture(picture.to_owned_img()))),
                Err(arboard::Error::ContentNotAvailable | arboard::Error::ConversionFailure) => Ok(None),
                Err(e) => Err(e),
            }
        })
        .await
    }
}

/// What can be sent of a clipboard.
pub(crate) enum Pasted {
    /// Files that were copied in a file manager.
    Files(Vec<PathBuf>),
    /// A picture, such as a screenshot.
    Picture(arboard::ImageData<'static>),
}

fn unavailable(error: &dyn std::error::Error) -> Error {
    Error::from(Kind::ClipboardUnavailable).with_detail(error.to_string())
}

#[async_trait]
impl Clipboard for SystemClipboard {
    async fn copy_links(&self, links: &[TitledLink<'_>], is_private: bool) -> Result<()> {
        self.put(Flavours::of_links(links, is_private)).await
    }

    async fn copy_text(&self, text: &str) -> Result<()> {
        self.put(Flavours { text: text.to_owned(), html: None, is_private: false }).await
    }

    async fn fingerprint(&self) -> Option<u64> {
        let content = self.with(|open| {
            let (text, files) = (open.get_text().ok(), open.get().file_list().ok());
            // Only a picture is told by its pixels: they take a while to read.
            let is_told = text.is_some() || files.is_some();
            let picture = if is_told { None } else { open.get().image().ok().map(|picture| picture.bytes) };
            Ok((text, files, picture))
        });
        Some(self.seed.hash_one(content.await.ok()?))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use guestpass_core::LinkUrl;

    fn flavours(links: &[(&str, &str)]) -> Flavours {
        let urls: Vec<LinkUrl> = links.iter().map(|(_, url)| LinkUrl::new((*url).into())).collect();
        let titled: Vec<TitledLink<'_>> =
            links.iter().zip(&urls).map(|((title, _), url)| TitledLink { title, url }).collect();
        Flavours::of_links(&titled, true)
    }

    #[test]
    fn one_link_is_its_url_and_a_titled_hyperlink() {
        let one = flavours(&[("a.pdf", "https://x/?a=1&b=2")]);
        assert_eq!(one.text, "https://x/?a=1&b=2");
        assert_eq!(one.html.unwrap(), "<a href=\"https://x/?a=1&amp;b=2\">a.pdf</a>");
    }

    #[test]
    fn several_are_a_list_and_names_are_no_markup() {
        let two = flavours(&[("a.pdf", "https://x/"), ("<b>\"&", "https://y/")]);
        assert_eq!(two.text, "https://x/\nhttps://y/");
        assert_eq!(
            two.html.unwrap(),
            "<ul><li><a href=\"https://x/\">a.pdf</a></li>\
             <li><a href=\"https://y/\">&lt;b&gt;&quot;&amp;</a></li></ul>"
        );
    }
}
