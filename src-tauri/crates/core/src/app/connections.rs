//! Connections that a person has set up in this app: adding them, and what is kept of each.

use super::kept::{Given, Item, KeptWay, Own};
use super::{App, Memory};
use crate::ports::VaultRefusal;
use crate::random::random;
use crate::{Error, Kind, Profile, ProfileId, ProfileKind, Result, Secret, Standing, Way};

/// The keyring item that names all of them, in their order.
const INDEX: &str = "connections";

/// Characters of an id.
const ID_CHARS: usize = 10;

/// The longest name, in characters.
const MAX_NAME: usize = 60;

/// A connection to set up.
#[derive(Clone, Debug)]
pub struct NewConnection {
    /// What the person calls it.
    pub name: String,
    /// How it signs in.
    pub way: Way,
    /// What IT's file gives with it.
    pub given: Given,
}

impl App {
    /// Sets up a connection, once one request has shown that its server takes it.
    ///
    /// With `session_only` nothing is kept, and it ends with the app. What would ask the person for something is not
    /// tried before they go in. Errors: those of the credentials, [`Kind::Forbidden`] for an access key
    /// where the policy has none, [`Kind::NameInvalid`], and where it could not be kept (and is not there then)
    /// [`Kind::KeyringLocked`], [`Kind::KeyringMissing`], [`Kind::KeyringRefused`] or [`Kind::TooLongToKeep`].
    pub async fn add_connection(
        &self,
        new: NewConnection,
        session_only: bool,
        insists_on_http: bool,
    ) -> Result<Profile> {
        if let Way::Key { .. } = new.way {
            self.policy()?.check_access_keys()?;
        }
        let name = self.free_name_for(&new.name).await?;
        let store = match &new.way {
            way if self.can_be_tried(way).await => {
                let store = self.ports.connect.connect(way, &name, insists_on_http).await?;
                store.identity().await?;
                Some(store)
            }
            _ => None,
        };
        let id = ProfileId::Own(random(ID_CHARS)?);
        let way = KeptWay::of(new.way).ok_or(Kind::Internal)?;
        let item = Item { own: Some(Own { name, way, given: new.given }), ..Item::default() };
        if !session_only {
            self.keep_connection(&id, &item).await.map_err(|refusal| self.not_kept(refusal))?;
        }
        self.session.add_own(&id, item, session_only);
        if insists_on_http {
            self.allow_http(&id).await;
            if !session_only {
                self.set_settings(self.settings().await).await;
            }
        }
        if let Some(store) = store {
            self.known_stores().insert(id.clone(), store);
        }
        let own = self.own(&id).await?;
        Ok(self.own_profile(id, &own).await)
    }

    /// Whether nothing is asked of the person: no code, and no sign-in.
    async fn can_be_tried(&self, way: &Way) -> bool {
        match way {
            Way::Aws { .. } => false,
            Way::Role { organisation, .. } => self.ports.sign_in.signed_in_until(organisation).await.is_some(),
            Way::Key { .. } | Way::Practice | Way::Environment => true,
        }
    }

    /// Whether a connection is kept nowhere and ends with the app.
    pub fn is_for_session(&self, profile: &ProfileId) -> bool {
        self.session.is_for_session(profile)
    }

    /// The connections that were set up here, as they are offered to a person.
    pub(super) async fn own_profiles(&self) -> Vec<Profile> {
        let mut profiles = Vec::new();
        for id in self.own_ids().await {
            if let Ok(own) = self.own(&id).await {
                profiles.push(self.own_profile(id, &own).await);
            }
        }
        profiles
    }

    pub(super) async fn own_profile(&self, id: ProfileId, own: &Own) -> Profile {
        let mut profile = Profile { id, name: own.name.clone(), ..Profile::practice() };
        match &own.way {
            KeptWay::Key { token, server, .. } => {
                (profile.kind, profile.standing) = match token {
                    None => (ProfileKind::AccessKey, Standing::Ready),
                    Some(_) => (ProfileKind::Session, Standing::Untried),
                };
                (profile.region, profile.endpoint) = (server.region.clone(), server.endpoint.clone());
            }
            KeptWay::Role { organisation, account, role, server } => {
                profile.kind = ProfileKind::Sso;
                profile.standing = self.ports.sign_in.standing(organisation).await;
                (profile.role, profile.account) = (Some(role.clone()), Some(account.clone()));
                (profile.region, profile.endpoint) = (server.region.clone(), server.endpoint.clone());
                profile.organisation = Some(organisation.clone());
            }
            KeptWay::Aws { profile: section } => {
                let all = self.ports.profiles.profiles().await.unwrap_or_default();
                let behind = all.into_iter().find(|one| one.id == ProfileId::Aws(section.clone()));
                profile = match behind {
                    Some(behind) => Profile { id: profile.id, name: profile.name, is_default: false, ..behind },
                    None => Profile { kind: ProfileKind::Unknown, standing: Standing::Broken, ..profile },
                };
            }
        }
        profile
    }

    /// The ids of all of them. A keyring that does not answer now is asked again next time.
    pub(super) async fn own_ids(&self) -> Vec<ProfileId> {
        if let Err(refusal) = self.read_index().await {
            tracing::warn!("the connections in the keyring are not known: {refusal}");
        }
        self.session.own_ids()
    }

    /// Makes sure that the list in the keyring is known. One that cannot be understood is not an empty one.
    pub(super) async fn read_index(&self) -> Result<(), VaultRefusal> {
        if self.session.knows_own() {
            return Ok(());
        }
        let ids = match self.ports.vault.load(INDEX).await? {
            Some(text) => serde_json::from_str(text.reveal()).map_err(|_| VaultRefusal::Refused)?,
            None => Vec::new(),
        };
        self.session.set_own(ids);
        Ok(())
    }

    /// What was set up under this id. Errors: [`Kind::ProfileMissing`], and those of the keyring.
    pub(super) async fn own(&self, id: &ProfileId) -> Result<Own> {
        let item = self.item(id).await.map_err(|refusal| self.not_kept(refusal))?;
        item.own.ok_or_else(|| Kind::ProfileMissing { profile: id.name().to_owned() }.into())
    }

    /// What is kept of a profile.
    pub(super) async fn item(&self, profile: &ProfileId) -> Result<Item, VaultRefusal> {
        if let Some(known) = self.session.item(profile) {
            return Ok(known);
        }
        let kept = self.ports.vault.load(&item_name(profile)).await?;
        let item = kept.and_then(|text| Item::read(&text)).unwrap_or_default();
        self.session.set_item(profile, item.clone());
        Ok(item)
    }

    /// Changes what is kept of a profile; without a keyring, for this session.
    pub(super) async fn change_item(&self, profile: &ProfileId, change: impl FnOnce(&mut Item)) -> Memory {
        let mut item = self.item(profile).await.unwrap_or_default();
        change(&mut item);
        self.session.set_item(profile, item.clone());
        if self.session.is_for_session(profile) {
            return Memory::Kept;
        }
        let saved = match item.write(self.ports.vault.limit()) {
            Some(text) => self.ports.vault.save(&item_name(profile), &text).await,
            None => Err(VaultRefusal::TooLong),
        };
        saved.map_or_else(Memory::from, |()| Memory::Kept)
    }

    async fn keep_connection(&self, id: &ProfileId, item: &Item) -> Result<(), VaultRefusal> {
        let vault = &self.ports.vault;
        let text = item.write(vault.limit()).ok_or(VaultRefusal::TooLong)?;
        self.read_index().await?;
        let before = self.session.kept_ids();
        let after: Vec<ProfileId> = before.iter().chain([id]).cloned().collect();
        // First the list: a secret that a keyring takes too late to tell is found again, and can be removed.
        self.keep_index(&after).await?;
        let saved = vault.save(&item_name(id), &text).await;
        if saved.is_err() {
            let _ = self.keep_index(&before).await;
        }
        saved
    }

    pub(super) async fn keep_index(&self, ids: &[ProfileId]) -> Result<(), VaultRefusal> {
        let text = serde_json::to_string(ids).map_err(|_| VaultRefusal::Refused)?;
        self.ports.vault.save(INDEX, &Secret::new(text)).await
    }

    /// The name of a profile, for the words of failures.
    pub(super) async fn name_of(&self, profile: &ProfileId) -> String {
        match profile {
            ProfileId::Own(_) => self.own(profile).await.map(|own| own.name).unwrap_or_default(),
            named => named.name().to_owned(),
        }
    }

    /// The name as typed, with a number behind it where another connection has it.
    async fn free_name_for(&self, typed: &str) -> Result<String> {
        let name = typed.trim();
        if !is_plain(name) {
            return Err(Kind::NameInvalid { name: name.to_owned() }.into());
        }
        let others: Vec<String> = self.own_profiles().await.into_iter().map(|profile| profile.name).collect();
        let numbered = (2..).map(|number| format!("{name} ({number})"));
        let mut names = std::iter::once(name.to_owned()).chain(numbered);
        names.find(|name| !others.contains(name)).ok_or_else(|| Kind::Internal.into())
    }

    pub(super) fn not_kept(&self, refusal: VaultRefusal) -> Error {
        let kind = match refusal {
            VaultRefusal::Locked => Kind::KeyringLocked,
            VaultRefusal::Missing => Kind::KeyringMissing,
            VaultRefusal::Refused => Kind::KeyringRefused,
            VaultRefusal::TooLong => Kind::TooLongToKeep { limit: self.ports.vault.limit() as u64 },
        };
        kind.into()
    }
}

/// Whether people can tell it from other names by looking at it.
pub(crate) fn is_plain(name: &str) -> bool {
    let hides = |c: char| {
        c.is_control()
            || matches!(c, '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2060}'..='\u{2069}' | '\u{feff}')
    };
    !name.trim().is_empty() && name.chars().count() <= MAX_NAME && !name.chars().any(hides)
}

pub(super) fn item_name(profile: &ProfileId) -> String {
    format!("connection {profile}")
}
