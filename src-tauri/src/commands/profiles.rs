//! Choosing a way in, and removing one.

use guestpass_core::Secret;
use guestpass_core::app::App;
use tauri::State;

use crate::ipc::connection::profile_id;
use crate::ipc::{AppError, Connection, Forgotten, Policy, Profile, Profiles, Recalled, SignedIn};

/// The ways in of this computer; the practice bucket is always there and not among them.
#[tauri::command]
#[specta::specta]
pub(crate) async fn profiles(app: State<'_, App>) -> Result<Profiles, AppError> {
    let (found, files) = app.profiles().await;
    let profiles = found.into_iter().map(|profile| Profile::of(&app, profile)).collect();
    Ok(Profiles { profiles, error: files.err().map(Into::into) })
}

/// What the last session chose.
#[tauri::command]
#[specta::specta]
pub(crate) async fn recall(app: State<'_, App>) -> Result<Recalled, AppError> {
    Ok(app.recall().await.into())
}

/// Takes a profile, and remembers it. The code is what some roles ask for.
#[tauri::command]
#[specta::specta]
pub(crate) async fn connect(
    app: State<'_, App>,
    profile: String,
    insists_on_http: bool,
    code: Option<String>,
) -> Result<Connection, AppError> {
    let connection = app.connect(&profile_id(profile)?, insists_on_http, code.map(Secret::new)).await?;
    Ok(Connection::of(&app, connection))
}

/// Until when one is signed in, asked anew.
#[tauri::command]
#[specta::specta]
pub(crate) async fn signed_in(app: State<'_, App>, profile: String) -> Result<SignedIn, AppError> {
    Ok(app.signed_in(&profile_id(profile)?).await?.into())
}

/// Removes a connection, and all that it left on this computer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn forget_connection(app: State<'_, App>, profile: String) -> Result<Forgotten, AppError> {
    Ok(app.forget_connection(&profile_id(profile)?).await?.into())
}

/// What IT allows on this computer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn policy(app: State<'_, App>) -> Result<Policy, AppError> {
    Ok(app.policy()?.as_ref().into())
}
