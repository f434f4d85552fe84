//! Places and what they hold, as the window sees them.

use guestpass_core::{BucketName, Error, Kind, Prefix, app};
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

/// A bucket, or a folder in it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Place {
    /// The bucket.
    pub bucket: String,
    /// The folder; empty for the bucket itself, else ending in `/`.
    pub prefix: String,
}

/// Who named a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Origin {
    /// IT.
    Given,
    /// The server.
    Listed,
    /// The person, who alone can take it off the list.
    Added,
}

/// A place to start from.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct KnownPlace {
    /// The bucket, or the folder in it.
    pub place: Place,
    /// Whose word it is that it is there.
    pub origin: Origin,
}

/// The places of a profile.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Places {
    /// Those that IT gives, then those that the server names, then those that were added.
    pub places: Vec<KnownPlace>,
    /// False where this profile may not list buckets: the person adds them by name.
    pub may_list: bool,
}

/// A row of a listing.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum Entry {
    /// A folder.
    Folder {
        /// What its keys begin with.
        prefix: String,
        /// Its name.
        name: String,
    },
    /// An object.
    Object {
        /// Its key.
        key: String,
        /// Its name.
        name: String,
        /// Bytes.
        #[specta(type = Number)]
        size: u64,
        /// When it was last written, in Unix seconds.
        #[specta(type = Option<Number>)]
        modified_at: Option<i64>,
        /// Its storage class, where it is not the standard one.
        storage_class: Option<String>,
    },
}

/// Reads a bucket's name. Error: [`Kind::AddressInvalid`].
pub(crate) fn bucket_name(name: String) -> Result<BucketName, Error> {
    BucketName::parse(&name).map_err(|_| Kind::AddressInvalid { address: name }.into())
}

impl TryFrom<Place> for guestpass_core::Place {
    type Error = Error;
    fn try_from(place: Place) -> Result<Self, Error> {
        let prefix =
            Prefix::parse(&place.prefix).map_err(|_| Kind::AddressInvalid { address: place.prefix.clone() })?;
        Ok(Self { bucket: bucket_name(place.bucket)?, prefix })
    }
}

impl From<guestpass_core::Place> for Place {
    fn from(place: guestpass_core::Place) -> Self {
        Self { bucket: place.bucket.into(), prefix: place.prefix.into() }
    }
}

impl From<app::Places> for Places {
    fn from(places: app::Places) -> Self {
        Self { places: places.places.into_iter().map(Into::into).collect(), may_list: places.may_list }
    }
}

impl From<app::KnownPlace> for KnownPlace {
    fn from(known: app::KnownPlace) -> Self {
        let origin = match known.origin {
            app::Origin::Given => Origin::Given,
            app::Origin::Listed => Origin::Listed,
            app::Origin::Added => Origin::Added,
        };
        Self { place: known.place.into(), origin }
    }
}

impl Entry {
    /// A row under the name that it is shown by.
    pub(crate) fn named(entry: guestpass_core::Entry, name: String) -> Self {
        match entry {
            guestpass_core::Entry::Folder(prefix) => Self::Folder { name, prefix: prefix.into() },
            guestpass_core::Entry::Object(object) => Self::Object {
                name,
                key: object.key.into(),
                size: object.size,
                modified_at: object.modified_at.map(|at| at.as_second()),
                storage_class: object.storage_class,
            },
        }
    }
}
