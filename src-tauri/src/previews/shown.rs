//! What the window may look at now, by names that nobody guesses. The window is given a name for each file that it
//! looks at, and gives it back; where the bytes are stays here.

use std::collections::{HashMap, VecDeque};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use guestpass_core::{BucketName, Error, Kind, ObjectKey, ProfileId, Result, Sight};
use tauri::http::StatusCode;
use tokio_util::sync::CancellationToken;

use super::pace::Pace;

/// The most that is looked at at a time; a list has far fewer rows on screen. The oldest is forgotten first.
const MOST: usize = 2_000;

/// One file that is looked at.
pub(crate) struct Shown {
    pub(super) profile: ProfileId,
    pub(super) bucket: BucketName,
    pub(super) key: ObjectKey,
    /// How it is shown.
    pub(super) sight: Sight,
    /// The very object, where that is known.
    pub(super) etag: Option<String>,
    /// Changes with the object.
    pub(super) stamp: String,
    /// The size in bytes.
    pub(super) size: u64,
    pub(super) content_type: String,
    /// How fast it is played, over all connections of one player.
    pub(super) pace: Pace,
    /// Over when nobody looks at it any more.
    pub(super) over: CancellationToken,
    /// Why its bytes were last not to be had. A player and a picture are told a status, which says nothing to a person.
    pub(super) trouble: Mutex<Option<Arc<Error>>>,
}

impl Shown {
    /// Keeps why there are no bytes, and answers the status for it.
    pub(super) fn refuse(&self, why: Error) -> StatusCode {
        let status = status_of(why.kind());
        if *why.kind() != Kind::Cancelled {
            *self.trouble() = Some(Arc::new(why));
        }
        status
    }

    pub(super) fn trouble(&self) -> MutexGuard<'_, Option<Arc<Error>>> {
        self.trouble.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What is answered where there are no bytes.
fn status_of(kind: &Kind) -> StatusCode {
    match kind {
        Kind::FileChanged { .. } | Kind::ObjectMissing { .. } | Kind::Cancelled => StatusCode::GONE,
        Kind::AccessDenied { .. } | Kind::Forbidden { .. } => StatusCode::FORBIDDEN,
        _ => StatusCode::BAD_GATEWAY,
    }
}

/// All of them.
#[derive(Default)]
pub(super) struct Looks(Mutex<Kept>);

#[derive(Default)]
struct Kept {
    by_id: HashMap<String, Arc<Shown>>,
    order: VecDeque<String>,
}

impl Looks {
    /// Keeps it, and answers its name.
    pub(super) fn add(&self, shown: Shown) -> Result<String> {
        let id = guestpass_core::unguessable()?;
        let mut kept = self.kept();
        kept.order.push_back(id.clone());
        kept.by_id.insert(id.clone(), Arc::new(shown));
        while kept.order.len() > MOST {
            if let Some(oldest) = kept.order.pop_front() {
                kept.forget(&oldest);
            }
        }
        Ok(id)
    }

    pub(super) fn find(&self, id: &str) -> Option<Arc<Shown>> {
        self.kept().by_id.get(id).cloned()
    }

    /// Stops what is done for them.
    pub(super) fn forget(&self, ids: &[String]) {
        let mut kept = self.kept();
        ids.iter().for_each(|id| kept.forget(id));
        let Kept { by_id, order } = &mut *kept;
        order.retain(|id| by_id.contains_key(id));
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Kept {
    fn forget(&mut self, id: &str) {
        if let Some(shown) = self.by_id.remove(id) {
            shown.over.cancel();
        }
    }
}
