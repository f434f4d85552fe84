//! Removes what a killed run left behind: blobs that no row names, and bytes that never got a name.
//!
//! It goes folder by folder, each in a transaction that keeps writers of every process out, so that a blob
//! which is just being put in its place is not taken for an orphan.

use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

use rusqlite::TransactionBehavior;

use super::blobs;
use super::index::{Index, is_named};
use super::{StorageError, StorageResult};

/// Bytes that arrived longer ago than this and have no key are from another run.
const STALE: Duration = Duration::from_secs(24 * 60 * 60);

/// The folders `blobs/ab`.
pub(super) fn shards(root: &Path) -> Vec<PathBuf> {
    entries(&root.join("blobs"))
}

/// Removes the blobs of one folder that no row names.
pub(super) fn sweep(index: &mut Index, shard: &Path) -> StorageResult<()> {
    let change = index.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    for blob in entries(shard) {
        let name = blob.file_name().and_then(|name| name.to_str()).unwrap_or_default();
        if blobs::is_name(name) && !is_named(&change, name)? {
            std::fs::remove_file(&blob).map_err(StorageError::from)?;
        }
    }
    Ok(change.commit()?)
}

/// Removes staged bytes that nobody can still be sending.
pub(super) fn forget_stale(root: &Path) {
    for staged in entries(&root.join("staging")) {
        let age = staged.metadata().and_then(|about| about.modified()).ok();
        let age = age.and_then(|at| SystemTime::now().duration_since(at).ok());
        if age.is_some_and(|age| age > STALE) {
            // Next time, then.
            let _ = std::fs::remove_file(staged);
        }
    }
}

fn entries(folder: &Path) -> Vec<PathBuf> {
    std::fs::read_dir(folder)
        .map(|found| found.flatten().map(|entry| entry.path()).collect())
        .unwrap_or_default()
}
