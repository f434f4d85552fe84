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
    /// the server is asked, and where it does not say, a file is meant.
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
        limits.check_place(&place.bucket, key.as_str())?;
        let store = self.store(profile).await?;
        let missing = match store.facts(&place.bucket, &key, None).await {
            Err(error) if matches!(error.kind(), Kind::ObjectMissing { .. }) => error,
            _ => return Ok(Destination { place, key: Some(key) }),
        };
        let Ok(prefix) = Prefix::parse(&format!("{}/", key.as_str())) else {
            return Err(missing);
        };
        let folder = Place { bucket: place.bucket, prefix };
        match store.list(&folder, None, false).await {
            Ok(listing) if !listing.entries.is_empty() => Ok(Destination { place: folder, key: None }),
            _ => Err(missing),
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
