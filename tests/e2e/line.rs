//! A slow line between the app and the store, so that there is time to act while something is on its way.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use guestpass_testkit::faulty::{Fault, FaultyLine};

use crate::store::Store;

/// So slow that nothing ends while a person acts, in bytes a second for each part.
pub(crate) const SLOW: u64 = 400 << 10;

/// Over in a few seconds.
pub(crate) const QUICK: u64 = 3 << 20;

/// It takes so long that the person has turned to something else, and the end of it is told by the system.
pub(crate) const STEADY: u64 = 700 << 10;

/// Nothing gets through.
pub(crate) const CUT: u64 = 0;

/// The size of a film that takes a while on it, in bytes: six parts.
pub(crate) const FILM: usize = 48 << 20;

/// A line to a store; it ends with its value.
pub(crate) struct Line {
    line: FaultyLine,
    rate: Arc<AtomicU64>,
}

impl Line {
    /// Leads the profiles of this store through a line of such a speed.
    pub(crate) async fn to(store: &Store, rate: u64) -> Self {
        let rate = Arc::new(AtomicU64::new(rate));
        let now = rate.clone();
        let address = store.server.endpoint().trim_start_matches("http://").parse().unwrap();
        let line = FaultyLine::start(address, move |_| match now.load(Ordering::Relaxed) {
            CUT => Some(Fault::Reset(0)),
            rate => Some(Fault::Throttle(rate)),
        });
        let line = line.await;
        store.behind(&line);
        Self { line, rate }
    }

    /// Where it begins, for profiles that the store does not know.
    pub(crate) fn endpoint(&self) -> &str {
        self.line.endpoint()
    }

    /// The speed of every request from now on.
    pub(crate) fn set(&self, rate: u64) {
        self.rate.store(rate, Ordering::Relaxed);
    }

    /// Waits until so many bytes have gone through.
    pub(crate) async fn at(&self, bytes: u64) {
        self.line.bytes().wait_for(|passed| *passed > bytes).await.unwrap();
    }
}
