//! Where files are saved on this computer.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use bytes::Bytes;
use jiff::Timestamp;

use crate::Result;

/// Can this file be saved here?
#[async_trait]
pub trait Disk: Send + Sync {
    /// Makes a folder, unless it is there; `false` where a file has its name. Errors: as of [`Disk::begin`].
    async fn make_folder(&self, path: &Path) -> Result<bool>;
    /// Begins a file of so many bytes beside the one that it is to become.
    ///
    /// Errors: [`crate::Kind::DiskFull`], [`crate::Kind::FileUnwritable`].
    async fn begin(&self, path: &Path, size: u64) -> Result<Arc<dyn Arriving>>;
}

/// A file on its way to the disk. Whoever drops it before [`Arriving::keep`] leaves nothing behind.
#[async_trait]
pub trait Arriving: Send + Sync {
    /// Writes bytes at a place of the file. Errors: as of [`Disk::begin`].
    async fn write(&self, at: u64, bytes: Bytes) -> Result<()>;
    /// The checksum of what has been written, in base64, by one of S3's algorithms; `None` for another.
    async fn checksum(&self, algorithm: &str) -> Result<Option<String>>;
    /// Gives the file its name once all of it is on the disk; `false` where something has that name, unless it may be
    /// replaced. Errors: as of [`Disk::begin`].
    async fn keep(&self, path: &Path, modified_at: Option<Timestamp>, replaces: bool) -> Result<bool>;
}
