//! Seeing what is there.

use guestpass_core::app::App;
use tauri::State;

use crate::ipc::connection::profile_id;
use crate::ipc::{AppError, Memory, Place, Places};

/// The buckets of a profile.
#[tauri::command]
#[specta::specta]
pub(crate) async fn places(app: State<'_, App>, profile: String) -> Result<Places, AppError> {
    Ok(app.places(&profile_id(profile)?).await?.into())
}

/// Adds a bucket by its name or any S3 address; answers the place that the address names.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_place(
    app: State<'_, App>,
    profile: String,
    address: String,
) -> Result<Place, AppError> {
    Ok(app.add_place(&profile_id(profile)?, &address).await?.into())
}

/// Puts a folder on the list.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pin_place(app: State<'_, App>, profile: String, place: Place) -> Result<Memory, AppError> {
    Ok(app.pin(&profile_id(profile)?, place.try_into()?).await.into())
}

/// Takes what was added off the list.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_place(
    app: State<'_, App>,
    profile: String,
    place: Place,
) -> Result<Memory, AppError> {
    Ok(app.remove_place(&profile_id(profile)?, &place.try_into()?).await.into())
}

/// Remembers the place that is open.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remember_place(
    app: State<'_, App>,
    profile: String,
    place: Place,
) -> Result<Memory, AppError> {
    Ok(app.remember(&profile_id(profile)?, Some(&place.try_into()?)).await.into())
}
