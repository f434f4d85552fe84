//! What a person has decided for all links.

use serde::Serialize;
use specta::Type;

/// Decisions that hold until they are changed.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Settings {
    /// Links are kept out of the clipboard's history.
    pub private_clipboard: bool,
}

impl From<guestpass_core::app::Settings> for Settings {
    fn from(settings: guestpass_core::app::Settings) -> Self {
        Self { private_clipboard: settings.private_clipboard }
    }
}
