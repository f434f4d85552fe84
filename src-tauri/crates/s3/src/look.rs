//! What is under some keys now: a listing tells of those that lie together, a HEAD of each that it does not show.

use std::collections::{HashMap, HashSet};

use futures_util::StreamExt;
use guestpass_core::ports::Browse;
use guestpass_core::{
    Action, BucketName, Entry, Error, Kind, Object, ObjectKey, PageStart, Place, Prefix, Result,
};
use jiff::Timestamp;

use crate::S3Store;
use crate::error::{Asked, of_sdk};
use crate::upload::status_of;

/// Rows of a page (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html>).
const PAGE_ROWS: usize = 1_000;

/// Objects that are asked for one by one at the same time.
const HEADS_AT_ONCE: usize = 16;

/// What a listing has shown.
#[derive(Default)]
struct Shown {
    objects: HashMap<String, Object>,
    /// Whether it was read to its end.
    is_whole: bool,
}

impl S3Store {
    pub(crate) async fn look_at(
        &self,
        bucket: &BucketName,
        keys: &[ObjectKey],
    ) -> Result<Vec<Result<Option<Object>>>> {
        let shown = self.list_around(bucket, keys).await?;
        let shown = &shown;
        let looks = futures_util::stream::iter(0..keys.len()).map(|at| async move {
            match shown.objects.get(keys[at].as_str()) {
                Some(object) => Ok(Ok(Some(object.clone()))),
                None => self.look_at_one(bucket, &keys[at], shown.is_whole).await,
            }
        });
        let seen: Vec<_> = looks.buffered(HEADS_AT_ONCE).collect().await;
        seen.into_iter().collect()
    }

    /// Reads the listing from the first of the keys on, as far as they can reach. Not every server begins where it is
    /// told, or goes by the order of bytes: what is not shown is asked for.
    async fn list_around(&self, bucket: &BucketName, keys: &[ObjectKey]) -> Result<Shown> {
        let mut shown = Shown::default();
        let (Some(first), Some(last)) = (keys.iter().min(), keys.iter().max()) else { return Ok(shown) };
        let prefix = shared(first.as_str(), last.as_str());
        let start = before(first.as_str()).filter(|text| text.len() > prefix.len());
        let prefix = Prefix::parse(prefix).map_err(|e| Error::from(Kind::Internal).with_source(e))?;
        let place = Place { bucket: bucket.clone(), prefix };
        let mut wanted: HashSet<&str> = keys.iter().map(ObjectKey::as_str).collect();
        let mut page = start.map(|text| PageStart::After(text.to_owned()));
        for _ in 0..=keys.len().div_ceil(PAGE_ROWS) {
            let listing = match self.list(&place, page.as_ref(), true).await {
                Ok(listing) => listing,
                Err(e) if matches!(e.kind(), Kind::AccessDenied { .. }) => return Ok(shown),
                Err(e) => return Err(e),
            };
            for entry in listing.entries {
                if let Entry::Object(object) = entry
                    && wanted.remove(object.key.as_str())
                {
                    shown.objects.insert(object.key.as_str().to_owned(), object);
                }
            }
            shown.is_whole = listing.next.is_none();
            page = listing.next;
            if wanted.is_empty() || page.is_none() {
                break;
            }
        }
        Ok(shown)
    }

    /// Who may list and not read is told by the listing alone.
    async fn look_at_one(
        &self,
        bucket: &BucketName,
        key: &ObjectKey,
        is_listed: bool,
    ) -> Result<Result<Option<Object>>> {
        let client = self.regions.of(bucket, &self.profile).await?.client;
        let answer = client.head_object().bucket(bucket.as_str()).key(key.as_str()).send().await;
        match (status_of(&answer), answer) {
            (_, Ok(found)) => Ok(Ok(Some(Object {
                key: key.clone(),
                size: found.content_length().unwrap_or_default().try_into().unwrap_or_default(),
                modified_at: found.last_modified().and_then(|at| Timestamp::from_second(at.secs()).ok()),
                etag: found.e_tag().map(str::to_owned),
                storage_class: found.storage_class().map(|class| class.as_str().to_owned()),
            }))),
            (Some(404), Err(_)) => Ok(Ok(None)),
            (Some(401 | 403), Err(_)) if is_listed => Ok(Ok(None)),
            (_, Err(e)) => {
                let refused = of_sdk(e, Asked::object(Action::Read, &self.profile, bucket, key));
                if matches!(refused.kind(), Kind::AccessDenied { .. }) {
                    Ok(Err(refused))
                } else {
                    Err(refused)
                }
            }
        }
    }
}

/// What both begin with.
fn shared<'a>(one: &'a str, other: &str) -> &'a str {
    let differs = one.char_indices().zip(other.chars()).find(|((_, one), other)| one != other);
    let end = differs.map_or(one.len().min(other.len()), |((at, _), _)| at);
    &one[..end]
}

/// A text before this one, with little in between.
fn before(text: &str) -> Option<&str> {
    text.char_indices().last().map(|(at, _)| &text[..at])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_that_lie_together_share_a_beginning() {
        for (one, other, both) in [("a/1", "a/2", "a/"), ("a", "a/b", "a"), ("é", "è", ""), ("x", "x", "x")] {
            assert_eq!(shared(one, other), both);
        }
        assert_eq!((before("a/é"), before("a"), before("")), (Some("a/"), Some(""), None));
    }
}
