//! Looking at a file before it is lent.

use std::ops::Range;
use std::sync::Arc;

use super::App;
use crate::ports::{Body, Details};
use crate::sight::FIRST_BYTES;
use crate::{BucketName, Error, ObjectKey, ProfileId, Result, Sight, Unseen};

/// What is known of an object, and how it is shown.
#[derive(Clone, Debug)]
pub struct Look {
    /// What the server tells of it.
    pub details: Details,
    /// How it is shown, or why it is not.
    pub sight: Result<Sight, Unseen>,
    /// Why its beginning could not be read, where it is [`Unseen::Unread`].
    pub trouble: Option<Arc<Error>>,
}

impl App {
    /// Whether a file may be looked at. Error: [`crate::Kind::Forbidden`] outside of what IT allows.
    pub async fn may_look(&self, profile: &ProfileId, bucket: &BucketName, key: &ObjectKey) -> Result<()> {
        self.limits(profile).await?.check_place(bucket, key.as_str())
    }

    /// What an object is. Error: [`crate::Kind::Forbidden`] outside of what IT allows, [`crate::Kind::RequesterPays`]
    /// where looking costs, and those of reading.
    pub async fn look(&self, profile: &ProfileId, bucket: &BucketName, key: &ObjectKey) -> Result<Look> {
        self.may_look(profile, bucket, key).await?;
        let store = self.store(profile).await?;
        let details = store.details(bucket, key, None).await?;
        let mut look = Look { sight: Sight::of(key.name(), &details), details, trouble: None };
        if let Ok(played @ (Sight::Video | Sight::Sound)) = look.sight {
            let first = 0..look.details.size.min(FIRST_BYTES);
            let beginning = async {
                let body = store.read(bucket, key, Some(first), look.details.etag.as_deref()).await?;
                body.within(FIRST_BYTES).await
            };
            match beginning.await {
                Ok(bytes) => look.sight = Ok(played.by_first_bytes(&bytes)),
                // Who may not read it sees its details all the same.
                Err(e) => (look.sight, look.trouble) = (Err(Unseen::Unread), Some(Arc::new(e))),
            }
        }
        Ok(look)
    }

    /// Bytes of an object: see [`crate::ports::Read::read`]. Error: also [`crate::Kind::Forbidden`] outside of what IT
    /// allows.
    pub async fn read(
        &self,
        profile: &ProfileId,
        bucket: &BucketName,
        key: &ObjectKey,
        range: Option<Range<u64>>,
        etag: Option<&str>,
    ) -> Result<Body> {
        self.may_look(profile, bucket, key).await?;
        self.store(profile).await?.read(bucket, key, range, etag).await
    }
}
