//! Seeing what is there.

use futures_util::stream::BoxStream;

use super::reading::{ReadOrder, read_place};
use super::{App, Memory};
use crate::address::Address;
use crate::{BucketName, Entry, Kind, Limits, Listing, PageStart, Place, Prefix, ProfileId, Result};

/// The places of a profile.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Places {
    /// Those that IT gives, then those that the server names, then those that the person added; each once.
    pub places: Vec<KnownPlace>,
    /// False where this profile may not list buckets: the person adds them by name.
    pub may_list: bool,
}

/// A place to start from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct KnownPlace {
    /// The bucket, or the folder in it.
    pub place: Place,
    /// Whose word it is that it is there.
    pub origin: Origin,
}

/// Who named a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Origin {
    /// IT, in the file of the connection or in the policy.
    Given,
    /// The server.
    Listed,
    /// The person.
    Added,
}

impl App {
    /// The places of a profile, as far as IT allows them. A profile that may not list buckets is no error.
    pub async fn places(&self, profile: &ProfileId) -> Result<Places> {
        let store = self.store(profile).await?;
        let limits = self.limits(profile).await?;
        let (listed, may_list) = match store.buckets().await {
            Ok(buckets) => (buckets, true),
            Err(error) if matches!(error.kind(), Kind::AccessDenied { .. }) => (Vec::new(), false),
            Err(error) => return Err(error),
        };
        let mut given = self.given_places(profile).await;
        if let crate::Places::Only(places) = &limits.places {
            given.extend(places.iter().cloned());
        }
        let named = |buckets: Vec<BucketName>| buckets.into_iter().map(whole);
        let all = [
            (Origin::Given, given),
            (Origin::Listed, named(listed).collect()),
            (Origin::Added, self.added_places(profile).await),
        ];
        Ok(Places { places: allowed_once(&limits, all), may_list })
    }

    /// Adds a bucket by its name or any S3 address, once it has let us look inside; answers the place that the
    /// address names. Who may see only a part of the bucket gets that part as a place of its own.
    ///
    /// Errors: [`Kind::AddressInvalid`] and those of listing.
    pub async fn add_place(&self, profile: &ProfileId, address: &str) -> Result<Place> {
        let place = Address::parse(address)?.place()?;
        self.list(profile, &place, None, false).await?;
        let bucket = whole(place.bucket.clone());
        let sees_all = place == bucket || self.list(profile, &bucket, None, false).await.is_ok();
        self.pin(profile, if sees_all { bucket } else { place.clone() }).await;
        Ok(place)
    }

    /// Puts a bucket or folder on the list. It is not looked into.
    pub async fn pin(&self, profile: &ProfileId, place: Place) -> Memory {
        self.change_item(profile, |item| {
            if !item.places.contains(&place) {
                item.places.push(place);
            }
        })
        .await
    }

    /// Takes what the person added off the list. Nothing in the bucket changes.
    pub async fn remove_place(&self, profile: &ProfileId, place: &Place) -> Memory {
        self.change_item(profile, |item| item.places.retain(|one| one != place)).await
    }

    /// One page of a place: folders by `/`, or with `recursive` every object below it. Error: [`Kind::Forbidden`]
    /// outside of what IT allows, and those of the server.
    pub async fn list(
        &self,
        profile: &ProfileId,
        place: &Place,
        page: Option<&PageStart>,
        recursive: bool,
    ) -> Result<Listing> {
        self.limits(profile).await?.check_place(&place.bucket, place.prefix.as_str())?;
        self.store(profile).await?.list(place, page, recursive).await
    }

    /// All of a place, some entries at a time: folders by `/`, or with `recursive` every object below it. A large place
    /// is read in several ranges at once. Dropping the stream stops that; an error ends it. Error: as of [`App::list`].
    pub async fn read_place(
        &self,
        profile: &ProfileId,
        place: &Place,
        recursive: bool,
        order: ReadOrder,
    ) -> Result<BoxStream<'static, Result<Vec<Entry>>>> {
        self.limits(profile).await?.check_place(&place.bucket, place.prefix.as_str())?;
        Ok(read_place(self.store(profile).await?, place.clone(), recursive, order))
    }
}

fn whole(bucket: BucketName) -> Place {
    Place { bucket, prefix: Prefix::default() }
}

fn allowed_once(limits: &Limits, all: [(Origin, Vec<Place>); 3]) -> Vec<KnownPlace> {
    let mut known: Vec<KnownPlace> = Vec::new();
    for (origin, places) in all {
        for place in places {
            let is_allowed = limits.allows(&place.bucket, place.prefix.as_str());
            if is_allowed && !known.iter().any(|one| one.place == place) {
                known.push(KnownPlace { place, origin });
            }
        }
    }
    known
}
