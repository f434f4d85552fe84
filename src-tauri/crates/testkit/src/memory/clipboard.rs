//! A clipboard that a test can read.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;

use async_trait::async_trait;
use guestpass_core::ports::{Clipboard, TitledLink};
use guestpass_core::{Kind, Result};

/// Holds the last thing that was copied, a URL a line.
#[derive(Default)]
pub struct MemoryClipboard {
    text: Mutex<Option<String>>,
    refuses: Mutex<bool>,
    is_private: Mutex<bool>,
}

impl MemoryClipboard {
    /// What was copied.
    pub fn text(&self) -> Option<String> {
        self.text.lock().unwrap().clone()
    }

    /// Whether the last links were to be kept out of the history.
    pub fn is_private(&self) -> bool {
        *self.is_private.lock().unwrap()
    }

    /// From now on nothing can be copied.
    pub fn refuse(&self) {
        *self.refuses.lock().unwrap() = true;
    }
}

#[async_trait]
impl Clipboard for MemoryClipboard {
    async fn copy_links(&self, links: &[TitledLink<'_>], is_private: bool) -> Result<()> {
        *self.is_private.lock().unwrap() = is_private;
        let urls: Vec<&str> = links.iter().map(|link| link.url.reveal()).collect();
        self.copy_text(&urls.join("\n")).await
    }

    async fn copy_text(&self, text: &str) -> Result<()> {
        if *self.refuses.lock().unwrap() {
            return Err(Kind::ClipboardUnavailable.into());
        }
        *self.text.lock().unwrap() = Some(text.to_owned());
        Ok(())
    }

    async fn fingerprint(&self) -> Option<u64> {
        let mut hasher = DefaultHasher::new();
        self.text().hash(&mut hasher);
        Some(hasher.finish())
    }
}
