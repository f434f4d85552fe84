//! Making links.

use guestpass_core::app::App;
use tauri::State;

use crate::ipc::connection::profile_id;
use crate::ipc::{AppError, Expiry, Link, LinkEnd, LinkRequest};

/// When a link made now would end.
#[tauri::command]
#[specta::specta]
pub(crate) async fn link_end(
    app: State<'_, App>,
    profile: String,
    expiry: Expiry,
) -> Result<LinkEnd, AppError> {
    Ok(app.link_end(&profile_id(profile)?, expiry.try_into()?).await?.into())
}

/// Makes a link, tests it, and puts it on the clipboard.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_link(app: State<'_, App>, request: LinkRequest) -> Result<Link, AppError> {
    let (link, copied) = app.copy_link(&request.try_into()?).await?;
    Ok(Link::new(link, copied))
}

/// Puts technical details on the clipboard.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_text(app: State<'_, App>, text: String) -> Result<(), AppError> {
    Ok(app.copy_text(&text).await?)
}
