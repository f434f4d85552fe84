//! Looking at files before they are lent.

use guestpass_core::app::App;
use tauri::State;

use crate::ipc::connection::profile_id;
use crate::ipc::place::bucket_name;
use crate::ipc::preview::{address, object_key};
use crate::ipc::{AppError, ListedFile, Look, TextBeginning, Thumbnail};
use crate::previews::Previews;

/// What a file is, and where what is shown of it is found.
#[tauri::command]
#[specta::specta]
pub(crate) async fn look(
    app: State<'_, App>,
    previews: State<'_, Previews>,
    profile: String,
    bucket: String,
    key: String,
) -> Result<Look, AppError> {
    let (bucket, key) = (bucket_name(bucket)?, object_key(key)?);
    let address = address(&bucket, &key);
    let (look, seen) = previews.look(&app, profile_id(profile)?, bucket, key).await?;
    Ok(Look::of(address, look, seen))
}

/// The beginning of a text that is looked at.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_text(
    app: State<'_, App>,
    previews: State<'_, Previews>,
    id: String,
) -> Result<TextBeginning, AppError> {
    Ok(previews.text(&app, &id).await?.into())
}

/// Where small pictures of files are found, in their order; `null` for those without one.
#[tauri::command]
#[specta::specta]
pub(crate) async fn thumbnails(
    previews: State<'_, Previews>,
    profile: String,
    bucket: String,
    files: Vec<ListedFile>,
) -> Result<Vec<Option<Thumbnail>>, AppError> {
    let rows = files.into_iter().map(TryInto::try_into).collect::<Result<_, _>>()?;
    let found = previews.thumbnails(&profile_id(profile)?, &bucket_name(bucket)?, rows)?;
    Ok(found.into_iter().map(|found| found.map(Into::into)).collect())
}

/// Nobody looks at these any more: what is done for them stops.
#[tauri::command]
#[specta::specta]
pub(crate) async fn forget_previews(previews: State<'_, Previews>, ids: Vec<String>) -> Result<(), AppError> {
    previews.forget(&ids);
    Ok(())
}

/// Why a file that is looked at cannot be shown; `null` where its bytes came, and are not understood.
#[tauri::command]
#[specta::specta]
pub(crate) async fn preview_trouble(
    previews: State<'_, Previews>,
    id: String,
) -> Result<Option<AppError>, AppError> {
    Ok(previews.trouble(&id).map(|why| (&*why).into()))
}

/// What is played goes on, or stops; as a whole it takes so many seconds, where that is known.
#[tauri::command]
#[specta::specta]
pub(crate) async fn follow_playing(
    previews: State<'_, Previews>,
    id: String,
    is_playing: bool,
    seconds: Option<u32>,
) -> Result<(), AppError> {
    previews.follow(&id, is_playing, seconds);
    Ok(())
}
