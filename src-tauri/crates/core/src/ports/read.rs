//! What an object is, and its bytes.

use std::ops::Range;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::TryStreamExt;
use futures_util::stream::BoxStream;
use jiff::Timestamp;

use crate::{BucketName, Error, Kind, ObjectKey, Result, VersionId};

/// Everything that a server tells of one object.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Details {
    /// Its size in bytes.
    pub size: u64,
    /// The content type that is stored with it.
    pub content_type: Option<String>,
    /// When it was last written.
    pub modified_at: Option<Timestamp>,
    /// Its ETag, in the quotes that the server sends.
    pub etag: Option<String>,
    /// Its storage class, in S3's word; `None` where the server does not say.
    pub storage_class: Option<String>,
    /// Whether it lies in an archive, so that nothing of it can be read now.
    pub is_archived: bool,
    /// How it is encrypted, in the server's word (`AES256`, `aws:kms`).
    pub encryption: Option<String>,
    /// The KMS key that it is encrypted with.
    pub kms_key: Option<String>,
    /// Its version, where versions are kept.
    pub version: Option<VersionId>,
    /// Its checksum: the algorithm in S3's word, and the value in base64.
    pub checksum: Option<(String, String)>,
    /// Its tags.
    pub tags: Tags,
}

/// The tags of an object, or why they are not known.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum Tags {
    /// These, by name.
    Read(Vec<(String, String)>),
    /// They are not this person's to see.
    Denied,
    /// The server knows none.
    Unsupported,
    /// No answer came in time, or none that says.
    #[default]
    Unknown,
}

/// Bytes of an object, as they come.
pub struct Body {
    /// Which bytes of the object these are.
    pub range: Range<u64>,
    /// The size of the whole object in bytes.
    pub size: u64,
    /// The content type that is stored with it.
    pub content_type: Option<String>,
    /// The object's ETag, so that a later request can ask for the same object.
    pub etag: Option<String>,
    /// The bytes. Dropping the stream stops the request.
    pub bytes: BoxStream<'static, Result<Bytes>>,
}

impl Body {
    /// All of the bytes in memory, where they are at most `limit`. Error: [`Kind::ServerFault`] where more come.
    pub async fn within(mut self, limit: u64) -> Result<Vec<u8>> {
        let mut all = Vec::new();
        while let Some(chunk) = self.bytes.try_next().await? {
            if (all.len() + chunk.len()) as u64 > limit {
                return Err(Error::from(Kind::ServerFault).with_detail("the object is larger than its size"));
            }
            all.extend_from_slice(&chunk);
        }
        Ok(all)
    }
}

/// What is in this object?
#[async_trait]
pub trait Read: Send + Sync {
    /// What the server tells of an object, its tags included. Errors: those of reading; that tags are not told is none.
    async fn details(
        &self,
        bucket: &BucketName,
        key: &ObjectKey,
        version: Option<&VersionId>,
    ) -> Result<Details>;
    /// Bytes of an object: all of them, or those of `range` as far as it has them, which may be none. With `etag`, of
    /// that object and of no other under the same key.
    ///
    /// Errors: those of reading; [`crate::Kind::FileChanged`] where it is not the object of `etag` any more.
    async fn read(
        &self,
        bucket: &BucketName,
        key: &ObjectKey,
        range: Option<Range<u64>>,
        etag: Option<&str>,
    ) -> Result<Body>;
}
