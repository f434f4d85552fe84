//! Leaving while something is under way, and telling about it from behind.

use guestpass_core::app::App;
use tauri::State;
use tauri::ipc::Channel;

use crate::ipc::{AppError, Leave, TrayWords};
use crate::window::{Leaving, notify as show};

/// Tells this channel when the person closes the window while transfers are under way.
#[tauri::command]
#[specta::specta]
pub(crate) async fn watch_leaving(leaving: State<'_, Leaving>, channel: Channel<()>) -> Result<(), AppError> {
    leaving.listen(channel);
    Ok(())
}

/// What is to become of the window and the transfers then.
#[tauri::command]
#[specta::specta]
pub(crate) async fn leave(
    app: State<'_, App>,
    leaving: State<'_, Leaving>,
    how: Leave,
) -> Result<(), AppError> {
    match how {
        Leave::Background => leaving.hide(),
        Leave::Quit => leaving.quit(&app).await,
    }
    Ok(())
}

/// Whether the system has a tray, from whose icon a hidden window comes back.
#[tauri::command]
#[specta::specta]
pub(crate) async fn has_tray(leaving: State<'_, Leaving>) -> Result<bool, AppError> {
    Ok(leaving.tray().is_there().await)
}

/// What the icon in the tray says from now on; answers whether it is there, as it is while the window is hidden.
#[tauri::command]
#[specta::specta]
pub(crate) async fn tell_tray(leaving: State<'_, Leaving>, words: TrayWords) -> Result<bool, AppError> {
    Ok(leaving.tray().tell(words).await)
}

/// Shows a message of the system, if the window is not in front.
#[tauri::command]
#[specta::specta]
pub(crate) async fn notify(leaving: State<'_, Leaving>, title: String, body: String) -> Result<(), AppError> {
    if !leaving.is_in_front() {
        show(title, body);
    }
    Ok(())
}
