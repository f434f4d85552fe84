//! Asking somebody outside for files.

use guestpass_core::app::App;
use tauri::State;

use crate::ipc::{AppError, FileRequest, UploadLink};
use crate::pages::Pages;

/// Puts a page for uploads into the bucket, tests the link to it, and puts that on the clipboard.
#[tauri::command]
#[specta::specta]
pub(crate) async fn copy_upload_link(
    app: State<'_, App>,
    request: FileRequest,
) -> Result<UploadLink, AppError> {
    let (place, title) = (request.place.clone(), request.title.clone());
    let link = app.request_files(&request.try_into()?, &Pages).await?;
    let copied = app.copy_upload_link(&link, &title).await.is_ok();
    Ok(UploadLink::of(place, link, copied)?)
}
