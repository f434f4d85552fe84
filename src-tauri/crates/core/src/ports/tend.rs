//! What is there already: copied, moved, deleted, brought back.

use async_trait::async_trait;
use jiff::Timestamp;

use super::PutOutcome;
use crate::{BucketName, Keeps, Object, ObjectKey, Result, VersionId};

/// Can what is there be made fit to be lent?
#[async_trait]
pub trait Tend: Send + Sync {
    /// Copies an object to a key that must be free, within its bucket.
    async fn copy_new(&self, bucket: &BucketName, from: &ObjectKey, to: &ObjectKey) -> Result<PutOutcome>;
    /// The largest object that [`Tend::copy_new`] takes, in bytes.
    fn copy_limit(&self) -> u64;
    /// Copies an object of any size to a key that must be free, within its bucket, with what belongs to it: content
    /// type, headers, metadata, tags, storage class, key of encryption. Grants of an ACL stay behind: a copy is its
    /// owner's. Answers only when the copy was looked at and found to be the same. Of what stands for a folder
    /// (no bytes, and a key that ends in `/`), one that is there already is as good.
    ///
    /// Errors: [`crate::Kind::FileHeld`] where the object may not be deleted afterwards, [`crate::Kind::FileChanged`]
    /// where it was replaced under way, [`crate::Kind::CopyDiffers`], [`crate::Kind::CopyLeft`] where there is a copy
    /// that cannot be looked at, [`crate::Kind::Cancelled`] where the witness says so, and those of reading and
    /// writing.
    ///
    /// # Cancellation
    /// Through the witness alone, and in bounded time. What had begun in parts stays on the server and is known to the witness: abandon it
    /// by [`super::Upload::abandon`]. That holds for errors, too.
    async fn copy_whole(&self, copy: CopyWhole<'_>, witness: &dyn CopyWitness) -> Result<CopyOutcome>;
    /// Deletes an object, if it is the one with this ETag: by a delete marker where versions are kept.
    /// Error: [`crate::Kind::FileChanged`], and it stays.
    async fn remove_copied(&self, bucket: &BucketName, key: &ObjectKey, etag: &str) -> Result<()>;
    /// What the bucket does with what is deleted.
    async fn keeps(&self, bucket: &BucketName) -> Result<Keeps>;
    /// What is under these keys now, an answer for each in their order. An object that may not be looked at is an
    /// error of its own.
    async fn look(&self, bucket: &BucketName, keys: &[ObjectKey]) -> Result<Vec<Result<Option<Object>>>>;
    /// Deletes objects, or versions of them; one answer for each, in their order. One that is not there is deleted
    /// already. Each is asked for once: repeated, a deletion whose answer was lost would make a second marker, or
    /// delete what came since.
    ///
    /// Error of the whole: whether they are deleted is not known. Ask again with `since`, the server's time before the
    /// first try: what is deleted since then is told, with its marker, and only the others are deleted.
    async fn delete_many(
        &self,
        bucket: &BucketName,
        doomed: &[Doomed],
        since: Option<Timestamp>,
    ) -> Result<Vec<Result<Deleted>>>;
    /// Asks the server to bring an archived object back for some days. It takes hours; asking twice is no error.
    async fn bring_back(
        &self,
        bucket: &BucketName,
        key: &ObjectKey,
        version: Option<&VersionId>,
        days: u32,
    ) -> Result<()>;
}

/// What to copy where.
#[derive(Clone, Copy, Debug)]
pub struct CopyWhole<'a> {
    /// The bucket of both.
    pub bucket: &'a BucketName,
    /// The object.
    pub from: &'a ObjectKey,
    /// A key that nothing has.
    pub to: &'a ObjectKey,
    /// When an earlier try of the same asked for the copy, by the server's clock. Its answer may have been lost: an
    /// equal object there that is no older is the copy then.
    pub asked_at: Option<Timestamp>,
}

/// What became of a copy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CopyOutcome {
    /// It is there. ETags in the quotes that the server sends.
    Copied {
        /// Of what it was made of.
        from: String,
        /// Its own, which need not be the same.
        to: String,
    },
    /// The key is taken, and what is there is untouched.
    Taken,
}

/// Hears how a copy gets on, and can stop one that goes in parts.
#[async_trait]
pub trait CopyWitness: Send + Sync {
    /// Bytes that are copied, counted from the start again when something is repeated.
    fn copied(&self, bytes: u64);
    /// Returns when the copy is not wanted any more.
    async fn stopped(&self);
    /// The copy is asked for now, by the server's clock. From here on it may be there, whatever is answered.
    fn asks(&self, at: Timestamp);
    /// A copy in parts is about to begin. The server is not asked before this returns: whatever happens next,
    /// somebody knows what may lie there.
    async fn begins(&self, asked_at: Timestamp);
    /// It has begun, under this name.
    async fn began(&self, upload_id: &str);
}

/// What is to be deleted.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Doomed {
    /// The object.
    pub key: ObjectKey,
    /// One version of it, for good; the object as it is shown, if `None`.
    pub version: Option<VersionId>,
}

/// What became of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Deleted {
    /// The marker that hides it now, if the server kept what was there.
    pub marker: Option<VersionId>,
}
