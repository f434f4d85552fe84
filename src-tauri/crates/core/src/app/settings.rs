//! What a person has decided for all links.

use serde::{Deserialize, Serialize};

use super::{App, Memory};
use crate::ProfileId;

/// The keyring item of the settings. Its layout is read by later versions too.
pub(super) const SETTINGS: &str = "settings";

/// Decisions that hold until they are changed.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Settings {
    /// Links are kept out of the clipboard's history.
    pub private_clipboard: bool,
    /// Profiles whose server may be spoken to without encryption.
    pub http_profiles: Vec<ProfileId>,
}

impl App {
    /// The decisions that hold now. Without a keyring, those of this session.
    pub async fn settings(&self) -> Settings {
        if let Some(known) = self.session.settings() {
            return known;
        }
        let kept = self.ports.vault.load(SETTINGS).await.ok().flatten();
        let kept = kept.and_then(|text| serde_json::from_str(text.reveal()).ok());
        let settings: Settings = kept.unwrap_or_default();
        self.session.set_settings(settings.clone());
        settings
    }

    /// Keeps links out of the clipboard's history, or no longer.
    pub async fn set_private_clipboard(&self, private_clipboard: bool) -> Memory {
        let settings = Settings { private_clipboard, ..self.settings().await };
        self.set_settings(settings).await
    }

    /// Lets a profile's server be spoken to without encryption in this session, because the person insists.
    pub async fn allow_http(&self, profile: &ProfileId) {
        let mut settings = self.settings().await;
        if !settings.http_profiles.contains(profile) {
            settings.http_profiles.push(profile.clone());
        }
        self.session.set_settings(settings);
    }

    pub(super) async fn set_settings(&self, settings: Settings) -> Memory {
        self.session.set_settings(settings.clone());
        let mut kept = settings;
        kept.http_profiles.retain(|profile| !self.session.is_for_session(profile));
        self.keep(SETTINGS, &kept).await
    }
}
