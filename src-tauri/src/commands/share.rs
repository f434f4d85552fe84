//! Making links.

use guestpass_core::app::App;
use tauri::State;
use tauri::ipc::Channel;

use crate::ipc::connection::profile_id;
use crate::ipc::{AppError, Expiry, Link, LinkEnd, LinkRequest, Links, LinksRequest};
use crate::stop::Stoppable;

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

/// Copies the object to a name that a link can carry, and copies the link to that.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_link_to_copy(app: State<'_, App>, request: LinkRequest) -> Result<Link, AppError> {
    let (link, copied) = app.copy_link_to_copy(&request.try_into()?).await?;
    Ok(Link::new(link, copied))
}

/// The links that are being made by one click, so that they can be stopped.
#[derive(Default)]
pub(crate) struct ManyRunning(Stoppable);

/// Makes many links, tests each, and puts those that open on the clipboard. The channel hears how many are done.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_links(
    app: State<'_, App>,
    running: State<'_, ManyRunning>,
    request: LinksRequest,
    on_done: Channel<u32>,
) -> Result<Links, AppError> {
    let tell = |done: usize| {
        // A window that has gone away hears nothing.
        let _ = on_done.send(u32::try_from(done).unwrap_or(u32::MAX));
    };
    Ok(app.copy_many(&request.each()?, tell, &running.0.begin()).await?.into())
}

/// Stops the links that are being made; nothing of them is copied.
#[tauri::command]
#[specta::specta]
pub(crate) async fn stop_links(running: State<'_, ManyRunning>) -> Result<(), AppError> {
    running.0.begin();
    Ok(())
}

/// Asks for an archived object to be brought back; that takes hours.
#[tauri::command]
#[specta::specta]
pub(crate) async fn bring_back(app: State<'_, App>, request: LinkRequest) -> Result<(), AppError> {
    Ok(app.bring_back(&request.try_into()?).await?)
}

/// Puts technical details on the clipboard.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_text(app: State<'_, App>, text: String) -> Result<(), AppError> {
    Ok(app.copy_text(&text).await?)
}
