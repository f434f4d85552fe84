//! Choosing a way in.

use guestpass_core::app::App;
use tauri::State;

use crate::ipc::connection::profile_id;
use crate::ipc::{AppError, Connection, Profile, Recalled};

/// The profiles of this computer; the practice bucket is always there and not among them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn profiles(app: State<'_, App>) -> Result<Vec<Profile>, AppError> {
    let profiles = app.profiles().await?;
    Ok(profiles.into_iter().map(Into::into).collect())
}

/// What the last session chose.
#[tauri::command]
#[specta::specta]
pub(crate) async fn recall(app: State<'_, App>) -> Result<Recalled, AppError> {
    Ok(app.recall().await.into())
}

/// Takes a profile, and remembers it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connect(
    app: State<'_, App>,
    profile: String,
    insists_on_http: bool,
) -> Result<Connection, AppError> {
    Ok(app.connect(&profile_id(profile)?, insists_on_http).await?.into())
}
