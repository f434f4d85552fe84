//! Tidying: new folders, other names and places, deleting, saving on this computer, and what becomes of it.

use guestpass_core::TaskId;
use guestpass_core::app::App;
use tauri::State;
use tauri::ipc::Channel;

use crate::ipc::connection::profile_id;
use crate::ipc::place::bucket_name;
use crate::ipc::{AppError, Chosen, ChosenRow, Place, TaskEvent};
use crate::window::{Chooser, TaskWatchers};

/// Makes an empty folder; answers where.
#[tauri::command]
#[specta::specta]
pub(crate) async fn new_folder(
    app: State<'_, App>,
    profile: String,
    place: Place,
    name: String,
) -> Result<Place, AppError> {
    Ok(app.new_folder(&profile_id(profile)?, &place.try_into()?, &name).await?.into())
}

/// Gives a file or a folder another name; answers the id of the task.
#[tauri::command]
#[specta::specta]
pub(crate) async fn rename_row(
    app: State<'_, App>,
    profile: String,
    bucket: String,
    row: ChosenRow,
    name: String,
) -> Result<u32, AppError> {
    Ok(app.rename(&profile_id(profile)?, &bucket_name(bucket)?, row.try_into()?, &name).await?.0)
}

/// Puts files and folders into another folder; answers the id of the task.
#[tauri::command]
#[specta::specta]
pub(crate) async fn move_rows(
    app: State<'_, App>,
    profile: String,
    bucket: String,
    chosen: Chosen,
    to: Place,
) -> Result<u32, AppError> {
    let to: guestpass_core::Place = to.try_into()?;
    let entries = chosen.entries(&app)?;
    Ok(app.move_to(&profile_id(profile)?, &bucket_name(bucket)?, entries, to.prefix).await?.0)
}

/// Deletes files and folders; answers the id of the task, which may ask before anything goes.
#[tauri::command]
#[specta::specta]
pub(crate) async fn delete_rows(
    app: State<'_, App>,
    profile: String,
    bucket: String,
    chosen: Chosen,
) -> Result<u32, AppError> {
    let entries = chosen.entries(&app)?;
    Ok(app.delete(&profile_id(profile)?, &bucket_name(bucket)?, entries).await?.0)
}

/// Asks in the system's dialog where to save, and begins; nothing when the person closes it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn save_rows(
    app: State<'_, App>,
    chooser: State<'_, Chooser>,
    profile: String,
    bucket: String,
    chosen: Chosen,
) -> Result<Option<u32>, AppError> {
    let entries = chosen.entries(&app)?;
    let Some(to) = chooser.where_to_save(&entries).await? else { return Ok(None) };
    Ok(Some(app.save(&profile_id(profile)?, &bucket_name(bucket)?, entries, to).await?.0))
}

/// The person has seen what goes for good.
#[tauri::command]
#[specta::specta]
pub(crate) async fn consent_task(app: State<'_, App>, id: u32) -> Result<(), AppError> {
    app.consent_task(TaskId(id));
    Ok(())
}

/// Brings back what a task has deleted.
#[tauri::command]
#[specta::specta]
pub(crate) async fn undo_task(app: State<'_, App>, id: u32) -> Result<(), AppError> {
    Ok(app.undo_task(TaskId(id)).await?)
}

/// Halts a task.
#[tauri::command]
#[specta::specta]
pub(crate) async fn pause_task(app: State<'_, App>, id: u32) -> Result<(), AppError> {
    app.pause_task(TaskId(id));
    Ok(())
}

/// Goes on with a task.
#[tauri::command]
#[specta::specta]
pub(crate) async fn resume_task(app: State<'_, App>, id: u32) -> Result<(), AppError> {
    app.resume_task(TaskId(id));
    Ok(())
}

/// Stops a task; what was done stays done.
#[tauri::command]
#[specta::specta]
pub(crate) async fn cancel_task(app: State<'_, App>, id: u32) -> Result<(), AppError> {
    app.cancel_task(TaskId(id)).await;
    Ok(())
}

/// Takes a task off the list.
#[tauri::command]
#[specta::specta]
pub(crate) async fn forget_task(app: State<'_, App>, id: u32) -> Result<(), AppError> {
    app.forget_task(TaskId(id)).await;
    Ok(())
}

/// Tells this channel of all tasks, and of no other window any more.
#[tauri::command]
#[specta::specta]
pub(crate) async fn watch_tasks(
    app: State<'_, App>,
    watchers: State<'_, TaskWatchers>,
    channel: Channel<TaskEvent>,
) -> Result<(), AppError> {
    watchers.watch(app.tasks().watch(), channel);
    Ok(())
}
