//! What survives a session: the chosen profile, the last place, and what is kept of each profile.
//!
//! Kept in the operating system's keyring and nowhere else. Without one the session works all the same, and
//! forgets; [`Memory`] says which it is.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use serde::{Deserialize, Serialize};

use super::kept::Item;
use super::{App, Settings};
use crate::ports::VaultRefusal;
use crate::{Place, ProfileId, Secret};

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
            VaultRefusal::Refused | VaultRefusal::TooLong => Self::Refused,
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
    known: Arc<Mutex<Known>>,
}

#[derive(Default)]
struct Known {
    settings: Option<Settings>,
    items: HashMap<ProfileId, Item>,
    /// The connections that were set up here, once the keyring has told them.
    own: Option<Vec<ProfileId>>,
    /// Those that are kept nowhere.
    for_session: Vec<ProfileId>,
    /// Whose credentials they are, as ARNs.
    identities: HashMap<ProfileId, String>,
}

impl Session {
    pub(super) fn new(forced: Option<ProfileId>) -> Self {
        Self { forced, known: Arc::default() }
    }

    fn known(&self) -> MutexGuard<'_, Known> {
        self.known.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn settings(&self) -> Option<Settings> {
        self.known().settings.clone()
    }

    pub(super) fn set_settings(&self, settings: Settings) {
        self.known().settings = Some(settings);
    }

    pub(super) fn item(&self, profile: &ProfileId) -> Option<Item> {
        self.known().items.get(profile).cloned()
    }

    pub(super) fn set_item(&self, profile: &ProfileId, item: Item) {
        self.known().items.insert(profile.clone(), item);
    }

    pub(super) fn knows_own(&self) -> bool {
        self.known().own.is_some()
    }

    pub(super) fn set_own(&self, kept: Vec<ProfileId>) {
        self.known().own = Some(kept);
    }

    pub(super) fn add_own(&self, id: &ProfileId, item: Item, for_session: bool) {
        let mut known = self.known();
        known.items.insert(id.clone(), item);
        match for_session {
            true => known.for_session.push(id.clone()),
            false => known.own.get_or_insert_default().push(id.clone()),
        }
    }

    /// Those in the keyring, then those that are kept nowhere.
    pub(super) fn own_ids(&self) -> Vec<ProfileId> {
        let known = self.known();
        known.own.iter().flatten().chain(&known.for_session).cloned().collect()
    }

    pub(super) fn kept_ids(&self) -> Vec<ProfileId> {
        self.known().own.clone().unwrap_or_default()
    }

    pub(super) fn is_for_session(&self, profile: &ProfileId) -> bool {
        self.known().for_session.contains(profile)
    }

    pub(super) fn identity(&self, profile: &ProfileId) -> Option<String> {
        self.known().identities.get(profile).cloned()
    }

    pub(super) fn set_identity(&self, profile: &ProfileId, identity: String) {
        self.known().identities.insert(profile.clone(), identity);
    }

    pub(super) fn forget(&self, profile: &ProfileId) {
        let mut known = self.known();
        known.items.remove(profile);
        known.identities.remove(profile);
        known.for_session.retain(|one| one != profile);
        known.own.iter_mut().for_each(|own| own.retain(|one| one != profile));
    }
}

impl App {
    /// What the last session chose, or what this run was told to open.
    pub async fn recall(&self) -> Recalled {
        let (selection, memory) = match self.ports.vault.load(SELECTION).await {
            // An item of another layout is as good as none.
            Ok(text) => {
                (text.and_then(|text| serde_json::from_str::<Selection>(text.reveal()).ok()), Memory::Kept)
            }
            Err(refusal) => (None, refusal.into()),
        };
        match (&self.session.forced, selection) {
            (Some(forced), _) => Recalled { profile: Some(self.meant_by(forced).await), place: None, memory },
            (None, Some(Selection { profile, place })) => Recalled { profile: Some(profile), place, memory },
            (None, None) => Recalled { profile: None, place: None, memory },
        }
    }

    /// Remembers the place that is open, and with it the profile.
    pub async fn remember(&self, profile: &ProfileId, place: Option<&Place>) -> Memory {
        let is_forced = match &self.session.forced {
            Some(forced) => self.meant_by(forced).await == *profile,
            None => false,
        };
        if is_forced || self.session.is_for_session(profile) {
            return Memory::Kept;
        }
        let selection = Selection { profile: profile.clone(), place: place.cloned() };
        self.keep(SELECTION, &selection).await
    }

    /// Forgets the selection if it is this profile; true where it was.
    pub(super) async fn forget_selection(&self, profile: &ProfileId) -> Result<bool, VaultRefusal> {
        let kept = self.ports.vault.load(SELECTION).await?;
        let selection = kept.and_then(|text| serde_json::from_str::<Selection>(text.reveal()).ok());
        match selection {
            Some(selection) if selection.profile == *profile => self.ports.vault.remove(SELECTION).await,
            _ => Ok(false),
        }
    }

    /// The buckets and folders that a person added to this profile.
    pub(super) async fn added_places(&self, profile: &ProfileId) -> Vec<Place> {
        self.item(profile).await.map(|item| item.places).unwrap_or_default()
    }

    pub(super) async fn keep(&self, item: &str, value: &impl Serialize) -> Memory {
        let Ok(text) = serde_json::to_string(value) else {
            return Memory::Refused;
        };
        self.ports.vault.save(item, &Secret::new(text)).await.map_or_else(Memory::from, |()| Memory::Kept)
    }
}
