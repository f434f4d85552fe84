//! What holds for all links.

use guestpass_core::app::App;
use tauri::State;

use crate::ipc::{AppError, Memory, Settings};

/// The decisions that hold now.
#[tauri::command]
#[specta::specta]
pub(crate) async fn settings(app: State<'_, App>) -> Result<Settings, AppError> {
    Ok(app.settings().await.into())
}

/// Keeps links out of the clipboard's history, or no longer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn set_private_clipboard(
    app: State<'_, App>,
    private_clipboard: bool,
) -> Result<Memory, AppError> {
    Ok(app.set_private_clipboard(private_clipboard).await.into())
}
