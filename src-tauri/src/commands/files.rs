//! Files from IT that set up a connection.

use guestpass_core::app::App;
use tauri::State;
use tauri::ipc::Channel;

use crate::connection_files::ConnectionFiles;
use crate::ipc::{AppError, ConnectionFileEvent, ConnectionOffer, Profile};
use crate::window::{Chooser, Wanted};

/// Opens the system's file dialog, and reads what was chosen; nothing when the person closes it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_connection_file(
    app: State<'_, App>,
    chooser: State<'_, Chooser>,
) -> Result<Option<ConnectionOffer>, AppError> {
    let chosen = chooser.choose(Wanted::ConnectionFile).await?;
    match chosen.and_then(|paths| paths.into_iter().next()) {
        Some(path) => Ok(Some(ConnectionFiles::read(&app, &path).await?.into())),
        None => Ok(None),
    }
}

/// Tells this channel of files that are opened from elsewhere.
#[tauri::command]
#[specta::specta]
pub(crate) async fn watch_connection_files(
    files: State<'_, ConnectionFiles>,
    channel: Channel<ConnectionFileEvent>,
) -> Result<(), AppError> {
    files.listen(channel);
    Ok(())
}

/// Sets up what a file describes.
#[tauri::command]
#[specta::specta]
pub(crate) async fn accept_connection(
    app: State<'_, App>,
    offer: u32,
    account: Option<String>,
    role: Option<String>,
    session_only: bool,
) -> Result<Profile, AppError> {
    let profile = app.accept_connection(offer, account, role, session_only).await?;
    Ok(Profile::of(&app, profile))
}
