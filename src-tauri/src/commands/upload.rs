//! Offering files, sending them, and what becomes of the transfers.

use guestpass_core::TransferId;
use guestpass_core::app::App;
use tauri::State;
use tauri::ipc::Channel;

use crate::drops::{Drops, Offer};
use crate::ipc::connection::profile_id;
use crate::ipc::{AppError, Drop, DropEvent, Place, SendRequest, Taken, TransferEvent};
use crate::window::{Chooser, Wanted, Watchers};

/// Opens the system's file dialog; nothing when the person closes it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_files(
    chooser: State<'_, Chooser>,
    drops: State<'_, Drops>,
) -> Result<Option<Drop>, AppError> {
    choose(&chooser, &drops, Wanted::Files).await
}

/// Opens the system's folder dialog; nothing when the person closes it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn choose_folder(
    chooser: State<'_, Chooser>,
    drops: State<'_, Drops>,
) -> Result<Option<Drop>, AppError> {
    choose(&chooser, &drops, Wanted::Folder).await
}

/// Offers the files on the clipboard, or the picture on it under this name; nothing where there is neither.
#[tauri::command]
#[specta::specta]
pub(crate) async fn paste(
    chooser: State<'_, Chooser>,
    drops: State<'_, Drops>,
    picture_name: String,
) -> Result<Option<Drop>, AppError> {
    choose(&chooser, &drops, Wanted::Pasted { picture_name }).await
}

async fn choose(chooser: &Chooser, drops: &Drops, wanted: Wanted) -> Result<Option<Drop>, AppError> {
    match chooser.choose(wanted).await? {
        Some(paths) => Ok(Some(drops.offer(paths).await?)),
        None => Ok(None),
    }
}

/// Which names of the offered files are taken where they are to go.
#[tauri::command]
#[specta::specta]
pub(crate) async fn taken(
    app: State<'_, App>,
    drops: State<'_, Drops>,
    profile: String,
    place: Place,
    drop: u32,
) -> Result<Taken, AppError> {
    let names = drops.names(drop)?;
    let taken = app.taken(&profile_id(profile)?, &place.try_into()?, &names).await?;
    let told = Taken::of(&taken);
    drops.set_taken(drop, taken);
    Ok(told)
}

/// Makes empty folders, by their paths below the place.
#[tauri::command]
#[specta::specta]
pub(crate) async fn make_folders(
    app: State<'_, App>,
    profile: String,
    place: Place,
    names: Vec<String>,
) -> Result<(), AppError> {
    Ok(app.make_folders(&profile_id(profile)?, &place.try_into()?, &names).await?)
}

/// Starts sending offered files; answers the id of the transfer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn send(
    app: State<'_, App>,
    drops: State<'_, Drops>,
    request: SendRequest,
) -> Result<u32, AppError> {
    let Offer { files, taken } = drops.take(request.drop)?;
    Ok(app.send(request.with_files(files, taken)?).await?.0)
}

/// Stops a transfer.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_transfer(app: State<'_, App>, id: u32) -> Result<(), AppError> {
    app.cancel(TransferId(id)).await;
    Ok(())
}

/// Halts a transfer; what has arrived stays, and it can go on later.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pause_transfer(app: State<'_, App>, id: u32) -> Result<(), AppError> {
    app.pause(TransferId(id)).await;
    Ok(())
}

/// Goes on with a transfer that was paused, and tries again what failed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn resume_transfer(app: State<'_, App>, id: u32) -> Result<(), AppError> {
    app.resume(TransferId(id)).await;
    Ok(())
}

/// Takes a transfer off the list, and what it left unfinished off the server.
#[tauri::command]
#[specta::specta]
pub(crate) async fn forget_transfer(app: State<'_, App>, id: u32) -> Result<(), AppError> {
    app.forget(TransferId(id)).await;
    Ok(())
}

/// How many uploads of more than a week ago left parts on a server that could not be removed.
#[tauri::command]
#[specta::specta]
pub(crate) async fn leftovers(app: State<'_, App>) -> Result<u32, AppError> {
    Ok(crate::ipc::count(app.stale_leftovers().await))
}

/// Removes them, as far as that can be done. Error: why the first stays.
#[tauri::command]
#[specta::specta]
pub(crate) async fn remove_leftovers(app: State<'_, App>) -> Result<(), AppError> {
    Ok(app.remove_leftovers().await?)
}

/// Tells this channel of all transfers, and of no other window any more.
#[tauri::command]
#[specta::specta]
pub(crate) async fn watch_transfers(
    app: State<'_, App>,
    watchers: State<'_, Watchers>,
    channel: Channel<TransferEvent>,
) -> Result<(), AppError> {
    app.restore_transfers().await;
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
