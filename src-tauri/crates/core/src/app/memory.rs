//! What survives a session: the chosen profile, the last place, and places added by name.
//!
//! Kept in the operating system's keyring and nowhere else. Without one the session works all the same, and
//! forgets; [`Memory`] says which it is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::{App, Settings};
use crate::ports::VaultRefusal;
use crate::{BucketName, Place, ProfileId};

/// Whether choices outlive the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Memory {
    /// The keyring keeps them.
    Kept,
    /// The keyring is locked.
    Locked,
    /// There is no keyring.
    Missing,
    /// The keyring said no.
    Refused,
}

impl From<VaultRefusal> for Memory {
    fn from(refusal: VaultRefusal) -> Self {
        match refusal {
            VaultRefusal::Locked => Self::Locked,
            VaultRefusal::Missing => Self::Missing,
            VaultRefusal::Refused => Self::Refused,
        }
    }
}

/// What the last session chose.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Recalled {
    /// The profile.
    pub profile: Option<ProfileId>,
    /// The place that was open.
    pub place: Option<Place>,
    /// Whether the keyring answers.
    pub memory: Memory,
}

/// The keyring item that holds the selection. Its layout is read by later versions too.
const SELECTION: &str = "selection";

#[derive(Serialize, Deserialize)]
struct Selection {
    profile: ProfileId,
    #[serde(default)]
    place: Option<Place>,
}

/// The session's own copy, which works without a keyring.
#[derive(Clone)]
pub(super) struct Session {
    forced: Option<ProfileId>,
    added: Arc<Mutex<HashMap<ProfileId, Vec<BucketName>>>>,
    settings: Arc<Mutex<Option<Settings>>>,
}

impl Session {
    pub(super) fn new(forced: Option<ProfileId>) -> Self {
        Self { forced, added: Arc::default(), settings: Arc::default() }
    }

    fn added(&self) -> MutexGuard<'_, HashMap<ProfileId, Vec<BucketName>>> {
        self.added.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn settings(&self) -> Option<Settings> {
        self.settings.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    pub(super) fn set_settings(&self, settings: Settings) {
        *self.settings.lock().unwrap_or_else(PoisonError::into_inner) = Some(settings);
    }
}

impl App {
    /// What the last session chose, or what this run was told to open.
    pub async fn recall(&self) -> Recalled {
        let (selection, memory) = match self.ports.vault.load(SELECTION).await {
            // An item of another layout is as good as none.
            Ok(text) => (text.and_then(|text| serde_json::from_str::<Selection>(&text).ok()), Memory::Kept),
            Err(refusal) => (None, refusal.into()),
        };
        match (&self.session.forced, selection) {
            (Some(forced), _) => Recalled { profile: Some(forced.clone()), place: None, memory },
            (None, Some(Selection { profile, place })) => Recalled { profile: Some(profile), place, memory },
            (None, None) => Recalled { profile: None, place: None, memory },
        }
    }

    /// Remembers the place that is open, and with it the profile.
    pub async fn remember(&self, profile: &ProfileId, place: Option<&Place>) -> Memory {
        if self.session.forced.as_ref() == Some(profile) {
            return Memory::Kept;
        }
        let selection = Selection { profile: profile.clone(), place: place.cloned() };
        self.keep(SELECTION, &selection).await
    }

    /// The buckets that a person added by name to this profile.
    pub(super) async fn added_buckets(&self, profile: &ProfileId) -> Vec<BucketName> {
        let known = self.session.added().get(profile).cloned();
        if let Some(known) = known {
            return known;
        }
        let kept = self.ports.vault.load(&added_item(profile)).await.ok().flatten();
        let buckets: Vec<BucketName> =
            kept.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default();
        self.session.added().entry(profile.clone()).or_insert(buckets).clone()
    }

    pub(super) async fn set_added_buckets(&self, profile: &ProfileId, buckets: Vec<BucketName>) -> Memory {
        self.session.added().insert(profile.clone(), buckets.clone());
        self.keep(&added_item(profile), &buckets).await
    }

    pub(super) async fn keep(&self, item: &str, value: &impl Serialize) -> Memory {
        let Ok(text) = serde_json::to_string(value) else {
            return Memory::Refused;
        };
        self.ports.vault.save(item, &text).await.map_or_else(Memory::from, |()| Memory::Kept)
    }
}

fn added_item(profile: &ProfileId) -> String {
    format!("places of {profile}")
}
