//! A set of places, by prefixes.

use serde::{Deserialize, Serialize};

use crate::address::Address;
use crate::{BucketName, Place};

/// Where something is allowed. None at all is a set too, and not the same as everywhere.
///
/// A prefix is compared by bytes, as S3 does: what ends in `/` is a folder, and nothing beside it begins so. Buckets
/// are compared by name: the ARN or alias of an access point is another name, whatever bucket is behind it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(try_from = "Option<Vec<String>>", into = "Option<Vec<String>>")]
pub enum Places {
    /// Anywhere.
    #[default]
    Everywhere,
    /// In these alone.
    Only(Vec<Place>),
}

/// What was kept is no list of places.
#[derive(Debug, thiserror::Error)]
#[error("a place is s3://bucket/ or s3://bucket/folder/")]
pub struct PlaceInvalid;

impl Places {
    /// Whether there is no limit.
    pub fn is_everywhere(&self) -> bool {
        matches!(self, Self::Everywhere)
    }

    /// Whether a key, or every key that begins with a prefix, is in here.
    pub fn allow(&self, bucket: &BucketName, key_or_prefix: &str) -> bool {
        match self {
            Self::Everywhere => true,
            Self::Only(places) => places.iter().any(|place| {
                place.bucket == *bucket
                    && key_or_prefix.as_bytes().starts_with(place.prefix.as_str().as_bytes())
            }),
        }
    }

    /// What is in both.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let (ours, theirs) = match (self, other) {
            (Self::Everywhere, limit) | (limit, Self::Everywhere) => return limit.clone(),
            (Self::Only(ours), Self::Only(theirs)) => (ours, theirs),
        };
        let inside = |place: &&Place, set: &Self| set.allow(&place.bucket, place.prefix.as_str());
        let mut both: Vec<Place> = ours.iter().filter(|place| inside(place, other)).cloned().collect();
        let more = theirs.iter().filter(|place| inside(place, self));
        for place in more {
            if !both.contains(place) {
                both.push(place.clone());
            }
        }
        Self::Only(both)
    }

    /// The places as addresses, for a person to read; `None` where there is none to name.
    pub fn text(&self) -> Option<String> {
        match self {
            Self::Only(places) if !places.is_empty() => {
                Some(places.iter().map(address).collect::<Vec<_>>().join(", "))
            }
            _ => None,
        }
    }
}

/// `s3://bucket/prefix`
pub(crate) fn address(place: &Place) -> String {
    format!("s3://{}/{}", place.bucket, place.prefix.as_str())
}

/// A bucket, or a folder that ends in `/`: anything else would allow what merely begins alike.
pub(crate) fn parse(text: &str) -> Result<Place, PlaceInvalid> {
    let address = Address::parse(text).map_err(|_| PlaceInvalid)?;
    if address.rest.is_empty() || address.rest.ends_with('/') {
        address.prefix().map_err(|_| PlaceInvalid)
    } else {
        Err(PlaceInvalid)
    }
}

/// Lists of places in what is kept: as short as the file that they came from.
pub(crate) mod addresses {
    use serde::{Deserialize as _, Deserializer, Serializer, de::Error as _};

    use crate::Place;

    pub(crate) fn serialize<S: Serializer>(places: &[Place], serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(places.iter().map(super::address))
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Place>, D::Error> {
        let texts = Vec::<String>::deserialize(deserializer)?;
        texts.iter().map(|text| super::parse(text).map_err(D::Error::custom)).collect()
    }
}

impl TryFrom<Option<Vec<String>>> for Places {
    type Error = PlaceInvalid;
    fn try_from(texts: Option<Vec<String>>) -> Result<Self, PlaceInvalid> {
        let Some(texts) = texts else { return Ok(Self::Everywhere) };
        texts.iter().map(|text| parse(text)).collect::<Result<_, _>>().map(Self::Only)
    }
}

impl From<Places> for Option<Vec<String>> {
    fn from(places: Places) -> Self {
        match places {
            Places::Everywhere => None,
            Places::Only(places) => Some(places.iter().map(address).collect()),
        }
    }
}
