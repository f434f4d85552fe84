//! Looking into a folder: opening it, its rows, what of it is chosen.

use guestpass_core::FolderId;
use guestpass_core::app::App;
use tauri::State;
use tauri::ipc::Channel;

use crate::ipc::connection::profile_id;
use crate::ipc::{
    AppError, Arrangement, Depth, Destination, FolderRows, FolderState, Place, RowRef, SelectAct, Selected,
};
use crate::window::watch_folder;

/// Opens a folder and begins to read it; the channel hears how it stands, at most ten times a second.
#[tauri::command]
#[specta::specta]
pub(crate) async fn open_folder(
    app: State<'_, App>,
    profile: String,
    place: Place,
    depth: Depth,
    arrangement: Arrangement,
    on_state: Channel<FolderState>,
) -> Result<u32, AppError> {
    let id =
        app.open_folder(&profile_id(profile)?, place.try_into()?, depth.into(), arrangement.into()).await?;
    watch_folder(app.watch_folder(id)?, on_state);
    Ok(id.0)
}

/// Shows other rows, or in another order. Answers when they stand so.
#[tauri::command]
#[specta::specta]
pub(crate) async fn arrange_folder(
    app: State<'_, App>,
    id: u32,
    arrangement: Arrangement,
) -> Result<FolderState, AppError> {
    Ok((&app.arrange_folder(FolderId(id), arrangement.into()).await?).into())
}

/// A window of rows, at most a thousand.
#[tauri::command]
#[specta::specta]
pub(crate) async fn folder_rows(
    app: State<'_, App>,
    id: u32,
    from: u32,
    count: u32,
) -> Result<FolderRows, AppError> {
    Ok(app.folder_rows(FolderId(id), from as usize, count as usize)?.into())
}

/// Chooses rows.
#[tauri::command]
#[specta::specta]
pub(crate) async fn select_rows(app: State<'_, App>, id: u32, act: SelectAct) -> Result<Selected, AppError> {
    Ok(app.select_rows(FolderId(id), act.into())?.into())
}

/// What is chosen.
#[tauri::command]
#[specta::specta]
pub(crate) async fn selected_rows(app: State<'_, App>, id: u32) -> Result<Selected, AppError> {
    Ok(app.selected_rows(FolderId(id))?.into())
}

/// The position of a row as it is shown.
#[tauri::command]
#[specta::specta]
pub(crate) async fn find_row(app: State<'_, App>, id: u32, row: RowRef) -> Result<Option<u32>, AppError> {
    Ok(app.find_row(FolderId(id), &row.into())?.map(crate::ipc::count))
}

/// The position of the first row from here on, and then from the top, whose name begins with what was typed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn type_ahead(
    app: State<'_, App>,
    id: u32,
    text: String,
    from: u32,
) -> Result<Option<u32>, AppError> {
    Ok(app.type_ahead(FolderId(id), &text, from as usize)?.map(crate::ipc::count))
}

/// Reads a folder on where it was stopped, else anew. What is shown stays until then.
#[tauri::command]
#[specta::specta]
pub(crate) async fn reload_folder(app: State<'_, App>, id: u32) -> Result<(), AppError> {
    Ok(app.reload_folder(FolderId(id)).await?)
}

/// Stops reading; what was read stays.
#[tauri::command]
#[specta::specta]
pub(crate) async fn stop_folder(app: State<'_, App>, id: u32) -> Result<(), AppError> {
    app.stop_folder(FolderId(id));
    Ok(())
}

/// Closes a folder, and stops all that is done for it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn close_folder(app: State<'_, App>, id: u32) -> Result<(), AppError> {
    app.close_folder(FolderId(id));
    Ok(())
}

/// Where a typed or pasted address leads: `s3://…`, `https://…`, an ARN, or a bucket's name.
#[tauri::command]
#[specta::specta]
pub(crate) async fn destination(
    app: State<'_, App>,
    profile: String,
    address: String,
) -> Result<Destination, AppError> {
    Ok(app.destination(&profile_id(profile)?, &address).await?.into())
}

/// The folders that were open lately, latest first.
#[tauri::command]
#[specta::specta]
pub(crate) async fn recent_places(app: State<'_, App>, profile: String) -> Result<Vec<Place>, AppError> {
    Ok(app.recent_places(&profile_id(profile)?).await.into_iter().map(Into::into).collect())
}
