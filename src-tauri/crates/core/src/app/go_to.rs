//! Going to a folder by its address, or back to one that was open lately.

use super::App;
use crate::address::Address;
use crate::{Kind, ObjectKey, Place, Prefix, ProfileId, Result};

/// How many folders are remembered for each profile.
const MOST_RECENT: usize = 8;

/// Where an address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Destination {
    /// The folder.
    pub place: Place,
    /// The file in it, if the address names one.
    pub key: Option<ObjectKey>,
}

impl App {
    /// Where a typed or pasted address leads. What does not end in `/` may be a file, or a folder as people write it:
    /// the server is asked, and where it does not say, a file is meant. Who may see but a part of the bucket is not told
    /// what is missing, so a refusal says nothing.
    ///
    /// Errors: [`Kind::AddressInvalid`], [`Kind::Forbidden`] outside of what IT allows, [`Kind::ObjectMissing`] where
    /// there is neither file nor folder, and those of signing in.
    pub async fn destination(&self, profile: &ProfileId, address: &str) -> Result<Destination> {
        let address = Address::parse(address)?;
        let place = address.place()?;
        let limits = self.limits(profile).await?;
        if address.rest == place.prefix.as_str() {
            limits.check_place(&place.bucket, place.prefix.as_str())?;
            return Ok(Destination { place, key: None });
        }
        let key = address.key()?;
        let prefix = Prefix::parse(&format!("{}/", key.as_str()))
            .ok()
            .filter(|prefix| limits.allows(&place.bucket, prefix.as_str()));
        let folder = prefix.map(|prefix| Place { bucket: place.bucket.clone(), prefix });
        if let Err(forbidden) = limits.check_place(&place.bucket, key.as_str()) {
            let place = folder.ok_or(forbidden)?;
            return Ok(Destination { place, key: None });
        }
        let store = self.store(profile).await?;
        let Err(refusal) = store.facts(&place.bucket, &key, None).await else {
            return Ok(Destination { place, key: Some(key) });
        };
        if let Some(folder) = folder
            && store.list(&folder, None, false).await.is_ok_and(|listing| !listing.entries.is_empty())
        {
            return Ok(Destination { place: folder, key: None });
        }
        match refusal.kind() {
            Kind::ObjectMissing { .. } => Err(refusal),
            _ => Ok(Destination { place, key: Some(key) }),
        }
    }

    /// The folders that were open lately, latest first, as far as IT allows them.
    pub async fn recent_places(&self, profile: &ProfileId) -> Vec<Place> {
        let Ok(limits) = self.limits(profile).await else {
            return Vec::new();
        };
        let recent = self.item(profile).await.map(|item| item.recent).unwrap_or_default();
        recent.into_iter().filter(|place| limits.allows(&place.bucket, place.prefix.as_str())).collect()
    }

    /// A folder has been looked into. Where the keyring has no room for it, the session remembers it.
    pub(super) async fn note_recent(&self, profile: &ProfileId, place: &Place) {
        let known = self.item(profile).await.map(|item| item.recent).unwrap_or_default();
        if known.first() == Some(place) {
            return;
        }
        self.change_item(profile, |item| {
            item.recent.retain(|one| one != place);
            item.recent.insert(0, place.clone());
            item.recent.truncate(MOST_RECENT);
        })
        .await;
    }
}
