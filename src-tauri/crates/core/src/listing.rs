//! What a place holds, a page at a time.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{BucketName, ObjectKey, Prefix, VersionId};

/// A bucket, or a folder in it.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Place {
    /// The bucket.
    pub bucket: BucketName,
    /// The folder; empty for the bucket itself.
    pub prefix: Prefix,
}

/// Where a page of a listing begins.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PageStart {
    /// Where the page before ended: the server's own token, opaque to us.
    Token(String),
    /// Behind this text, in the order of bytes. It need not be a key that is there.
    After(String),
}

/// One object as a listing shows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Object {
    /// Its key.
    pub key: ObjectKey,
    /// Its size in bytes.
    pub size: u64,
    /// When it was last written.
    pub modified_at: Option<Timestamp>,
    /// Its ETag, in the quotes that the server sends.
    pub etag: Option<String>,
    /// Its storage class, where it is not the standard one.
    pub storage_class: Option<String>,
}

/// What the server tells of one object when it is asked for that alone.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct ObjectFacts {
    /// Its size in bytes.
    pub size: u64,
    /// The content type that is stored with it.
    pub content_type: Option<String>,
    /// Its version, where versions are kept.
    pub version: Option<VersionId>,
    /// Whether it is on its way back from the archive.
    pub coming_back: bool,
}

/// A row of a listing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Entry {
    /// A folder: what several keys begin with, up to a `/`.
    Folder(Prefix),
    /// An object.
    Object(Object),
}

/// One page: entries in the server's order, and where the next page begins, if there is one.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Listing {
    /// The rows.
    pub entries: Vec<Entry>,
    /// The next page.
    pub next: Option<PageStart>,
}
