//! What signing in needs of the person's desktop: their own browser, and the text on the clipboard.

use std::pin::Pin;
use std::sync::Arc;

use guestpass_core::{Result, Secret};

use crate::clipboard::SystemClipboard;

type Text = Pin<Box<dyn Future<Output = Result<Option<Secret<String>>>> + Send>>;

/// A value, so that the commands do not depend on a real desktop.
pub(crate) struct Desktop {
    open: Box<dyn Fn(&str) -> bool + Send + Sync>,
    text: Box<dyn Fn() -> Text + Send + Sync>,
}

impl Desktop {
    /// The browser that the system opens pages with, and the system's clipboard.
    pub(crate) fn system(clipboard: Arc<SystemClipboard>) -> Self {
        let text = move || -> Text {
            let clipboard = clipboard.clone();
            Box::pin(async move { clipboard.secret_text().await })
        };
        Self { open: Box::new(open_in_browser), text: Box::new(text) }
    }

    /// No browser, and this text.
    #[cfg(test)]
    pub(crate) fn bare(text: Option<&str>) -> Self {
        let text = text.map(|text| Secret::new(text.to_owned()));
        let text = move || -> Text { Box::pin(std::future::ready(Ok(text.clone()))) };
        Self { open: Box::new(|_| false), text: Box::new(text) }
    }

    /// Whether the page was opened, as far as the system tells.
    pub(crate) fn open_page(&self, url: &str) -> bool {
        (self.open)(url)
    }

    /// The text on the clipboard; nothing where there is none.
    pub(crate) async fn clipboard_text(&self) -> Result<Option<Secret<String>>> {
        (self.text)().await
    }
}

fn open_in_browser(url: &str) -> bool {
    let opened = open::that_detached(url);
    if let Err(e) = &opened {
        // Without the address, which leads to this very sign-in.
        tracing::warn!("no browser could be opened: {:?}", e.kind());
    }
    opened.is_ok()
}
