//! Seeing what is there.

use super::App;
use crate::address::Address;
use crate::{BucketName, Kind, Listing, PageToken, Place, ProfileId, Result};

/// The buckets of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// Those that the server names.
    pub listed: Vec<BucketName>,
    /// Those that the person added by name, without those that the server names too.
    pub added: Vec<BucketName>,
    /// False where this profile may not list buckets: the person adds them by name.
    pub may_list: bool,
}

impl App {
    /// The buckets of a profile. A profile that may not list them is no error.
    pub async fn places(&self, profile: &ProfileId) -> Result<Places> {
        let store = self.store(profile).await?;
        let (listed, may_list) = match store.buckets().await {
            Ok(buckets) => (buckets, true),
            Err(error) if matches!(error.kind(), Kind::AccessDenied { .. }) => (Vec::new(), false),
            Err(error) => return Err(error),
        };
        let mut added = self.added_buckets(profile).await;
        added.retain(|bucket| !listed.contains(bucket));
        Ok(Places { listed, added, may_list })
    }

    /// Adds a bucket by its name or any S3 address, once it has let us look inside; answers the place that the
    /// address names. Errors: [`Kind::AddressInvalid`] and those of listing.
    pub async fn add_place(&self, profile: &ProfileId, address: &str) -> Result<Place> {
        let place = Address::parse(address)?.place()?;
        self.list(profile, &place, None, false).await?;
        let mut added = self.added_buckets(profile).await;
        if !added.contains(&place.bucket) {
            added.push(place.bucket.clone());
            self.set_added_buckets(profile, added).await;
        }
        Ok(place)
    }

    /// Takes a bucket that was added by name off the list. Nothing in the bucket changes.
    pub async fn remove_place(&self, profile: &ProfileId, bucket: &BucketName) {
        let mut added = self.added_buckets(profile).await;
        added.retain(|one| one != bucket);
        self.set_added_buckets(profile, added).await;
    }

    /// One page of a place: folders by `/`, or with `recursive` every object below it.
    pub async fn list(
        &self,
        profile: &ProfileId,
        place: &Place,
        page: Option<&PageToken>,
        recursive: bool,
    ) -> Result<Listing> {
        self.store(profile).await?.list(place, page, recursive).await
    }
}
