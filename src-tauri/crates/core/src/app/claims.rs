//! The keys that this app is writing just now. Between a look and the write that follows it, two of its own tasks could
//! both find a name free, and a server that knows no conditions would keep only the later of the two.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, PoisonError};

use crate::{BucketName, ObjectKey};

/// Who may write where.
#[derive(Clone, Debug, Default)]
pub(super) struct Claims(Arc<Mutex<HashSet<Claimed>>>);

/// A key without its last `/`: a file and a folder may not share a name.
type Claimed = (BucketName, String);

/// The right to write a key, until it is dropped.
#[derive(Debug)]
pub(super) struct Claim {
    all: Claims,
    claimed: Claimed,
}

impl Claims {
    /// `None` where somebody else is writing it.
    pub(super) fn take(&self, bucket: &BucketName, key: &ObjectKey) -> Option<Claim> {
        let bare = key.as_str().strip_suffix('/').unwrap_or(key.as_str());
        let claimed = (bucket.clone(), bare.to_owned());
        let is_free = self.0.lock().unwrap_or_else(PoisonError::into_inner).insert(claimed.clone());
        is_free.then(|| Claim { all: self.clone(), claimed })
    }
}

impl Drop for Claim {
    fn drop(&mut self) {
        self.all.0.lock().unwrap_or_else(PoisonError::into_inner).remove(&self.claimed);
    }
}
