//! Leaving while something is under way, and telling about it from behind.

use guestpass_core::app::App;
use tauri::State;
use tauri::ipc::Channel;

use crate::ipc::{AppError, Leave};
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
        Leave::Quit => {
            app.halt_transfers().await;
            leaving.exit();
        }
    }
    Ok(())
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
