//! How fast a film is handed out. A web view that plays reads as fast as it can, to the end; whoever looks for some
//! seconds would load all of it.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

/// What comes at once, in bytes: enough to begin, and to begin anew elsewhere a few times.
const BURST: f64 = 16.0 * 1024.0 * 1024.0;

/// What comes after that, in bytes a second: as much as a disc of Blu-ray gives its player.
const RATE: f64 = 6.0 * 1024.0 * 1024.0;

/// Bytes that may go out now; below zero, those that went out too soon.
pub(super) struct Pace(Mutex<(Instant, f64)>);

impl Default for Pace {
    fn default() -> Self {
        Self(Mutex::new((Instant::now(), BURST)))
    }
}

impl Pace {
    /// Takes so many bytes, and answers how long to wait before the next.
    pub(super) fn take(&self, bytes: usize, now: Instant) -> Duration {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (since, left) = *state;
        let gained = now.saturating_duration_since(since).as_secs_f64() * RATE;
        let left = (left + gained).min(BURST) - bytes as f64;
        *state = (now, left);
        Duration::from_secs_f64((-left / RATE).max(0.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_beginning_comes_at_once_and_the_rest_at_its_pace() {
        let (pace, begin) = (Pace::default(), Instant::now());
        assert_eq!(pace.take(BURST as usize, begin), Duration::ZERO);
        assert_eq!(pace.take(RATE as usize, begin).as_secs(), 1);
        let later = begin + Duration::from_secs(2);
        assert_eq!(pace.take(0, later), Duration::ZERO, "two seconds pay for one");
        let much_later = begin + Duration::from_secs(3_600);
        assert_eq!(pace.take(BURST as usize, much_later), Duration::ZERO);
        assert!(pace.take(1_024, much_later) > Duration::ZERO, "what was not used is not saved up");
    }
}
