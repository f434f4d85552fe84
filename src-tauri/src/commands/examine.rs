//! "Can I share from here?"

use guestpass_core::app::App;
use tauri::State;
use tauri::ipc::Channel;

use crate::ipc::connection::profile_id;
use crate::ipc::{AppError, Finding, Place};

/// Tries what sharing needs; the channel hears each finding. Answers when all is told.
#[tauri::command]
#[specta::specta]
pub(crate) async fn examine(
    app: State<'_, App>,
    profile: String,
    place: Option<Place>,
    writes: bool,
    on_finding: Channel<Finding>,
) -> Result<(), AppError> {
    let place = place.map(TryInto::try_into).transpose()?;
    // A window that has gone away hears nothing.
    let tell = move |finding: guestpass_core::app::Finding| drop(on_finding.send(finding.into()));
    Ok(app.examine(&profile_id(profile)?, place.as_ref(), writes, &tell).await?)
}
