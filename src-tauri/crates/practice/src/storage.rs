//! What the practice bucket keeps: an index of keys beside blobs named by their hash.
//!
//! Keys live in the index alone, as bytes, so that `../x`, `a//b`, NFC and NFD are just different rows and no
//! key ever becomes a path. Two processes may use the folder at once (the window and a command): every change
//! is one immediate transaction, and a blob is removed only in one that sees that no row names it.
//! `ops` and `form` call this; it knows no S3 but for the order of keys.

mod blobs;
mod error;
mod index;
mod page;
mod tidy;
mod uploads;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

pub(crate) use blobs::{Staged, Staging};
pub(crate) use error::{StorageError, StorageResult};
use index::Index;
pub(crate) use index::{Condition, Headers, Object};
pub(crate) use page::{Page, PageRequest};
use tokio::fs::File;
pub(crate) use uploads::{Assembly, Part};

/// The folder of the practice bucket.
#[derive(Clone)]
pub(crate) struct Storage {
    index: Arc<Mutex<Index>>,
    root: Arc<PathBuf>,
}

impl Storage {
    pub(crate) async fn open(root: PathBuf) -> StorageResult<Self> {
        let folder = root.clone();
        let index = blocking(move || Index::open(&folder)).await?;
        Ok(Self { index: Arc::new(Mutex::new(index)), root: Arc::new(root) })
    }

    /// Whether nothing was ever put here, not even samples that were deleted since.
    pub(crate) async fn is_new(&self) -> StorageResult<bool> {
        self.with(|index| index.is_new()).await
    }

    /// Makes the first bucket with all its objects, or nothing if another process was faster.
    pub(crate) async fn found(
        &self,
        bucket: &'static str,
        objects: Vec<(&'static str, Staged, Headers)>,
    ) -> StorageResult<()> {
        self.with(move |index| index.found(bucket, &objects)).await
    }

    /// Removes what an earlier run left behind when it was killed.
    pub(crate) async fn tidy(&self) -> StorageResult<()> {
        let root = self.root.clone();
        for shard in blocking(move || Ok(tidy::shards(&root))).await? {
            self.with(move |index| tidy::sweep(index, &shard)).await?;
        }
        let root = self.root.clone();
        blocking(move || {
            tidy::forget_stale(&root);
            Ok(())
        })
        .await
    }

    /// Room for the bytes of an object on their way in.
    pub(crate) async fn stage(&self) -> StorageResult<Staging> {
        Ok(Staging::new(&self.root).await?)
    }

    /// Puts what was staged under a key, if the condition holds.
    pub(crate) async fn store(
        &self,
        bucket: &str,
        key: &str,
        staged: Staged,
        headers: Headers,
        condition: Condition,
    ) -> StorageResult<Object> {
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        self.with(move |index| index.store(&bucket, &key, &staged, headers, &condition)).await
    }

    /// Puts the bytes of one object under another key too, without copying them.
    pub(crate) async fn copy(
        &self,
        from: &Object,
        bucket: &str,
        key: &str,
        headers: Headers,
    ) -> StorageResult<Object> {
        let copied = Object { key: key.to_owned(), headers, ..from.clone() };
        let bucket = bucket.to_owned();
        self.with(move |index| index.refer(&bucket, copied)).await
    }

    pub(crate) async fn object(&self, bucket: &str, key: &str) -> StorageResult<Option<Object>> {
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        self.with(move |index| index.object(&bucket, &key)).await
    }

    /// An object with its bytes, which are then read to their end whatever happens to the key.
    pub(crate) async fn open_object(&self, bucket: &str, key: &str) -> StorageResult<Option<(Object, File)>> {
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        let opened = self.with(move |index| index.open_object(&bucket, &key)).await?;
        Ok(opened.map(|(object, file)| (object, File::from_std(file))))
    }

    pub(crate) async fn delete(&self, bucket: &str, key: &str) -> StorageResult<()> {
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        self.with(move |index| index.delete(&bucket, &key)).await
    }

    pub(crate) async fn page(&self, bucket: &str, request: PageRequest) -> StorageResult<Page> {
        let bucket = bucket.to_owned();
        self.with(move |index| page::read(index, &bucket, &request)).await
    }

    /// Buckets by name, with when they were made, in Unix seconds.
    pub(crate) async fn buckets(&self) -> StorageResult<Vec<(String, i64)>> {
        self.with(|index| index.buckets()).await
    }

    pub(crate) async fn has_bucket(&self, bucket: &str) -> StorageResult<bool> {
        let bucket = bucket.to_owned();
        self.with(move |index| index.has_bucket(&bucket)).await
    }

    /// False when it was there already.
    pub(crate) async fn create_bucket(&self, bucket: &str) -> StorageResult<bool> {
        let bucket = bucket.to_owned();
        self.with(move |index| index.create_bucket(&bucket)).await
    }

    /// False when it holds objects. Uploads that were not finished go with it.
    pub(crate) async fn delete_bucket(&self, bucket: &str) -> StorageResult<bool> {
        let bucket = bucket.to_owned();
        self.with(move |index| index.delete_bucket(&bucket)).await
    }

    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Index) -> StorageResult<T> + Send + 'static,
    ) -> StorageResult<T> {
        let index = self.index.clone();
        // A panic leaves no half-made change: each is a transaction.
        blocking(move || work(&mut index.lock().unwrap_or_else(PoisonError::into_inner))).await
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> StorageResult<T> + Send + 'static,
) -> StorageResult<T> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|e| Err(std::io::Error::other(e).into()))
}

#[cfg(test)]
mod tests;
