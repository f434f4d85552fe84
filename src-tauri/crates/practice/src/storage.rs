//! What the practice bucket keeps: an index of keys beside blobs named by their hash.
//!
//! Keys live in the index alone, as bytes, so that `../x`, `a//b`, NFC and NFD are just different rows and no
//! key ever becomes a path. Two processes may use the folder at once (the window and a command): every change
//! is one immediate transaction, and blobs come and go within it.

mod blobs;
mod index;
mod page;

use std::path::PathBuf;
use std::sync::{Arc, Mutex, PoisonError};

pub(crate) use blobs::{Staged, Staging};
use index::Index;
pub(crate) use index::{Headers, Object};
pub(crate) use page::{Page, PageRequest};
use tokio::fs::File;

use crate::PracticeError;

/// The folder of the practice bucket.
#[derive(Clone)]
pub(crate) struct Storage {
    index: Arc<Mutex<Index>>,
    root: Arc<PathBuf>,
    is_new: bool,
}

impl Storage {
    pub(crate) async fn open(root: PathBuf) -> Result<Self, PracticeError> {
        let folder = root.clone();
        let (index, is_new) = blocking(move || Index::open(&folder)).await?;
        Ok(Self { index: Arc::new(Mutex::new(index)), root: Arc::new(root), is_new })
    }

    /// Whether the folder was made just now.
    pub(crate) fn is_new(&self) -> bool {
        self.is_new
    }

    /// Room for the bytes of an object on their way in.
    pub(crate) async fn stage(&self) -> Result<Staging, PracticeError> {
        Ok(Staging::new(&self.root).await?)
    }

    /// Puts what was staged under a key; with `only_new`, not over what is there: then the answer is `None`.
    pub(crate) async fn store(
        &self,
        bucket: &str,
        key: &str,
        staged: Staged,
        headers: Headers,
        only_new: bool,
    ) -> Result<Option<Object>, PracticeError> {
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        self.with(move |index| index.store(&bucket, &key, staged, headers, only_new)).await
    }

    pub(crate) async fn object(&self, bucket: &str, key: &str) -> Result<Option<Object>, PracticeError> {
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        self.with(move |index| index.object(&bucket, &key)).await
    }

    /// The bytes of an object. A blob that was replaced since is still read to its end.
    pub(crate) async fn open_blob(&self, object: &Object) -> Result<File, PracticeError> {
        Ok(File::open(blobs::path(&self.root, &object.blob)).await?)
    }

    pub(crate) async fn delete(&self, bucket: &str, key: &str) -> Result<(), PracticeError> {
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        self.with(move |index| index.delete(&bucket, &key)).await
    }

    pub(crate) async fn page(&self, bucket: &str, request: PageRequest) -> Result<Page, PracticeError> {
        let bucket = bucket.to_owned();
        self.with(move |index| page::read(index, &bucket, &request)).await
    }

    /// Buckets by name, with when they were made, in Unix seconds.
    pub(crate) async fn buckets(&self) -> Result<Vec<(String, i64)>, PracticeError> {
        self.with(|index| index.buckets()).await
    }

    pub(crate) async fn has_bucket(&self, bucket: &str) -> Result<bool, PracticeError> {
        let bucket = bucket.to_owned();
        self.with(move |index| index.has_bucket(&bucket)).await
    }

    /// False when it was there already.
    pub(crate) async fn create_bucket(&self, bucket: &str) -> Result<bool, PracticeError> {
        let bucket = bucket.to_owned();
        self.with(move |index| index.create_bucket(&bucket)).await
    }

    /// False when it holds anything.
    pub(crate) async fn delete_bucket(&self, bucket: &str) -> Result<bool, PracticeError> {
        let bucket = bucket.to_owned();
        self.with(move |index| index.delete_bucket(&bucket)).await
    }

    async fn with<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut Index) -> Result<T, PracticeError> + Send + 'static,
    ) -> Result<T, PracticeError> {
        let index = self.index.clone();
        // A panic leaves no half-made change: each is a transaction.
        blocking(move || work(&mut index.lock().unwrap_or_else(PoisonError::into_inner))).await
    }
}

async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, PracticeError> + Send + 'static,
) -> Result<T, PracticeError> {
    let done = tokio::task::spawn_blocking(work).await;
    done.unwrap_or_else(|e| Err(std::io::Error::other(e).into()))
}

#[cfg(test)]
mod tests;
