//! The system's file dialog.

use std::path::PathBuf;
use std::pin::Pin;

use tauri::{AppHandle, Wry};
use tauri_plugin_dialog::DialogExt;
use tokio::sync::oneshot;

type Choice = Pin<Box<dyn Future<Output = Option<Vec<PathBuf>>> + Send>>;

/// Asks a person for files. A value, so that the commands do not depend on a real window.
pub(crate) struct Chooser(Box<dyn Fn() -> Choice + Send + Sync>);

impl Chooser {
    /// The dialog of the operating system.
    pub(crate) fn system(handle: AppHandle<Wry>) -> Self {
        Self(Box::new(move || {
            let (tell, chosen) = oneshot::channel();
            handle.dialog().file().pick_files(move |paths| {
                // Nobody waits any more when the window was closed meanwhile.
                let _ = tell.send(paths);
            });
            Box::pin(async move {
                let paths = chosen.await.ok().flatten()?;
                Some(paths.into_iter().filter_map(|path| path.into_path().ok()).collect())
            })
        }))
    }

    /// A person who always chooses the same.
    #[cfg(test)]
    pub(crate) fn always(chosen: Option<Vec<PathBuf>>) -> Self {
        Self(Box::new(move || Box::pin(std::future::ready(chosen.clone()))))
    }

    /// The files that were chosen; nothing when the dialog was closed.
    pub(crate) async fn choose(&self) -> Option<Vec<PathBuf>> {
        (self.0)().await
    }
}
