//! Work of which there is one at a time, and which a person may stop.

use std::sync::{Mutex, PoisonError};

use tokio_util::sync::CancellationToken;

/// The work that is under way.
#[derive(Default)]
pub(crate) struct Stoppable(Mutex<CancellationToken>);

impl Stoppable {
    /// A new run ends the one before; to begin and do nothing is to stop.
    pub(crate) fn begin(&self) -> CancellationToken {
        let stop = CancellationToken::new();
        let before =
            std::mem::replace(&mut *self.0.lock().unwrap_or_else(PoisonError::into_inner), stop.clone());
        before.cancel();
        stop
    }
}
