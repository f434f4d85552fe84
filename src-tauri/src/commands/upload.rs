//! Offering files and sending them.

use guestpass_core::TransferId;
use guestpass_core::app::App;
use tauri::State;
use tauri::ipc::Channel;

use crate::drops::Drops;
use crate::ipc::{AppError, Drop, DropEvent, SendRequest, TransferEvent};
use crate::window::{Chooser, Watchers};

/// Opens the system's file dialog; nothing when the person closes it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_files(
    chooser: State<'_, Chooser>,
    drops: State<'_, Drops>,
) -> Result<Option<Drop>, AppError> {
    match chooser.choose().await {
        Some(paths) => Ok(Some(drops.offer(paths).await?)),
        None => Ok(None),
    }
}

/// Starts sending offered files; answers the id of the transfer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn send(
    app: State<'_, App>,
    drops: State<'_, Drops>,
    request: SendRequest,
) -> Result<u32, AppError> {
    let files = drops.take(request.drop)?;
    Ok(app.send(request.with_files(files)?).0)
}

/// Stops a transfer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_transfer(app: State<'_, App>, id: u32) -> Result<(), AppError> {
    app.cancel(TransferId(id));
    Ok(())
}

/// Tells this channel of all transfers, and of no other window any more.
#[tauri::command]
#[specta::specta]
pub(crate) async fn watch_transfers(
    app: State<'_, App>,
    watchers: State<'_, Watchers>,
    channel: Channel<TransferEvent>,
) -> Result<(), AppError> {
    watchers.watch(app.transfers().watch(), channel);
    Ok(())
}

/// Tells this channel of files held over the window.
#[tauri::command]
#[specta::specta]
pub(crate) async fn watch_drops(drops: State<'_, Drops>, channel: Channel<DropEvent>) -> Result<(), AppError> {
    drops.listen(channel);
    Ok(())
}
