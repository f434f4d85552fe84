//! The icon in the system's tray: there while the window is hidden and the app goes on, so that nobody loses it.
//!
//! It says what the window tells it, and knows no words of its own. When it is wanted is decided by `leaving`.

#[cfg(not(target_os = "linux"))]
mod native;
#[cfg(target_os = "linux")]
mod notifier;
#[cfg(test)]
mod tests;

use std::sync::{Arc, Mutex, PoisonError};

use async_trait::async_trait;
#[cfg(not(target_os = "linux"))]
pub(crate) use native::Native as SystemTray;
#[cfg(target_os = "linux")]
pub(crate) use notifier::Notifier as SystemTray;
use tauri::image::Image;
#[cfg(test)]
pub(crate) use tests::NoPanel;

use crate::ipc::TrayWords;

/// Large enough for panels on dense screens; each makes it as small as it needs it.
const PICTURE: Image<'_> = tauri::include_image!("../icons/128x128.png");

/// What the person wants of the icon.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Pressed {
    /// The window.
    Open,
    /// The end of the app.
    Quit,
}

/// Who is told what the person wants; it must not wait.
pub(crate) type OnPress = Arc<dyn Fn(Pressed) + Send + Sync>;

/// Where icons are shown, as the system has it.
#[async_trait]
pub(crate) trait Panel: Send + Sync {
    /// Whether there is one now.
    async fn is_there(&self) -> bool;

    /// Puts an icon there, or answers none and says why in the log.
    async fn put(&self, words: TrayWords, on_press: OnPress) -> Option<Box<dyn Icon>>;
}

/// An icon that is there.
#[async_trait]
pub(crate) trait Icon: Send + Sync {
    /// Says this from now on.
    async fn tell(&self, words: TrayWords);

    /// Goes away.
    async fn remove(self: Box<Self>);
}

/// The one icon, wanted or not.
pub(crate) struct Tray {
    panel: Box<dyn Panel>,
    on_press: OnPress,
    is_wanted: Mutex<bool>,
    icon: tokio::sync::Mutex<Option<Box<dyn Icon>>>,
}

impl Tray {
    pub(crate) fn over(panel: Box<dyn Panel>, on_press: OnPress) -> Self {
        Self { panel, on_press, is_wanted: Mutex::default(), icon: tokio::sync::Mutex::default() }
    }

    /// Whether the system has a place for it.
    pub(crate) async fn is_there(&self) -> bool {
        self.panel.is_there().await
    }

    /// Wants the icon or not from now on, and moves the window in the same step: a window that goes and comes within a
    /// moment leaves neither an icon beside itself nor none behind itself. `tell` and `clear` do the rest.
    pub(crate) fn want(&self, is_wanted: bool, move_window: impl FnOnce()) {
        let mut wanted = self.is_wanted.lock().unwrap_or_else(PoisonError::into_inner);
        move_window();
        *wanted = is_wanted;
    }

    /// Has the icon say this, if it is wanted; answers whether it is there.
    pub(crate) async fn tell(&self, words: TrayWords) -> bool {
        let mut icon = self.icon.lock().await;
        if !self.is_wanted() {
            return false;
        }
        match icon.as_ref() {
            Some(icon) => icon.tell(words).await,
            None => *icon = self.panel.put(words, self.on_press.clone()).await,
        }
        icon.is_some()
    }

    /// Takes the icon away, if it is not wanted.
    pub(crate) async fn clear(&self) {
        let mut icon = self.icon.lock().await;
        if let Some(icon) = icon.take_if(|_| !self.is_wanted()) {
            icon.remove().await;
        }
    }

    fn is_wanted(&self) -> bool {
        *self.is_wanted.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
