//! How fast a film is handed out: faster than it is played, and only while it is. A web view reads what it
//! plays to the end, as fast as it can and also while it is paused; whoever looks for some seconds would load all of
//! it.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use tokio::sync::Notify;

/// What comes at once, in bytes, and the most that is saved up: enough to begin.
const BURST: f64 = 16.0 * 1024.0 * 1024.0;

/// The slowest that it goes on, in bytes a second: a disc of Blu-ray is as fast. WebKitGTK plays on only when much has
/// come, so that at the pace of a sound it was silent for half a minute after a jump.
const SLOWEST: f64 = 6.0 * 1024.0 * 1024.0;

/// How much faster than it is played on the average: some scenes take more.
const AHEAD: f64 = 2.0;

/// What whoever asks for another place is given at once, in seconds: a picture of it, also of a film that is paused.
const GLIMPSE: f64 = 2.0;

/// How fast one player is served, over all of its connections.
pub(super) struct Pace {
    state: Mutex<State>,
    changed: Notify,
}

struct State {
    since: Instant,
    /// Bytes that may go out now; below zero, those that went out too soon.
    left: f64,
    /// Bytes a second, while it is played.
    rate: f64,
    is_playing: bool,
}

impl Default for Pace {
    fn default() -> Self {
        let state = State { since: Instant::now(), left: BURST, rate: SLOWEST, is_playing: false };
        Self { state: Mutex::new(state), changed: Notify::new() }
    }
}

impl Pace {
    /// The player goes on, or stops; `average` are the bytes a second that it needs, where that is known.
    pub(super) fn follow(&self, is_playing: bool, average: Option<f64>, now: Instant) {
        self.at(now, |state| {
            state.is_playing = is_playing;
            if let Some(average) = average {
                state.rate = (average * AHEAD).max(SLOWEST);
            }
        });
        self.changed.notify_waiters();
    }

    /// The player has gone to another place.
    pub(super) fn begin(&self, now: Instant) {
        self.at(now, |state| state.left = state.left.max((GLIMPSE * state.rate).min(BURST)));
    }

    /// So many bytes have gone out.
    pub(super) fn take(&self, bytes: usize, now: Instant) {
        self.at(now, |state| state.left -= bytes as f64);
    }

    /// Waits until more may go out.
    pub(super) async fn turn(&self) {
        loop {
            let changed = self.changed.notified();
            match self.wait(Instant::now()) {
                Some(Duration::ZERO) => return,
                Some(wait) => tokio::select! {
                    () = tokio::time::sleep(wait) => {}
                    () = changed => {}
                },
                None => changed.await,
            }
        }
    }

    /// How long until more may go out; `None`: not before it is played.
    fn wait(&self, now: Instant) -> Option<Duration> {
        self.at(now, |state| match state {
            State { left, .. } if *left >= 0.0 => Some(Duration::ZERO),
            State { left, rate, is_playing: true, .. } => Some(Duration::from_secs_f64(-*left / *rate)),
            _ => None,
        })
    }

    fn at<T>(&self, now: Instant, act: impl FnOnce(&mut State) -> T) -> T {
        let mut state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        let passed = now.saturating_duration_since(state.since).as_secs_f64();
        if state.is_playing {
            state.left = (state.left + passed * state.rate).min(BURST);
        }
        state.since = now;
        act(&mut state)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SECOND: Duration = Duration::from_secs(1);
    const HOUR: Duration = Duration::from_secs(3_600);

    /// A pace whose beginning has gone out, one byte too much of it.
    fn begun() -> (Pace, Instant) {
        let (pace, begin) = (Pace::default(), Instant::now());
        pace.take(BURST as usize, begin);
        assert_eq!(pace.wait(begin), Some(Duration::ZERO), "the beginning comes at once");
        pace.take(1, begin);
        (pace, begin)
    }

    #[test]
    fn what_is_not_played_does_not_come() {
        let (pace, begin) = begun();
        assert_eq!(pace.wait(begin + HOUR), None);
        pace.follow(true, None, begin + HOUR);
        assert!(pace.wait(begin + HOUR) > Some(Duration::ZERO), "an hour of waiting is not saved up");
        assert_eq!(pace.wait(begin + HOUR + SECOND), Some(Duration::ZERO));
        pace.take(BURST as usize, begin + HOUR + SECOND);
        pace.follow(false, None, begin + HOUR + SECOND);
        assert_eq!(pace.wait(begin + 2 * HOUR), None, "paused, and gone to lunch");
    }

    #[test]
    fn what_is_played_comes_faster_than_it_is_needed() {
        for (average, rate) in [(None, SLOWEST), (Some(20_000_000.0), 40_000_000.0), (Some(10.0), SLOWEST)] {
            let (pace, begin) = begun();
            pace.follow(true, average, begin);
            pace.take(100_000_000, begin);
            let wait = pace.wait(begin).unwrap().as_secs_f64();
            assert!((wait - 100_000_001.0 / rate).abs() < 0.001, "{average:?}: {wait}");
        }
        let (pace, begin) = begun();
        pace.follow(true, None, begin);
        pace.take(BURST as usize, begin + HOUR);
        pace.take(1, begin + HOUR);
        assert!(pace.wait(begin + HOUR) > Some(Duration::ZERO), "what was not used is not saved up");
    }

    #[test]
    fn another_place_is_seen_also_while_nothing_is_played() {
        let (pace, begin) = begun();
        pace.follow(false, Some(4_000_000.0), begin);
        pace.begin(begin);
        pace.take(16_000_000, begin);
        assert_eq!(pace.wait(begin), Some(Duration::ZERO));
        pace.take(1, begin);
        assert_eq!(pace.wait(begin + HOUR), None);
    }

    #[tokio::test]
    async fn whoever_waits_hears_that_it_is_played() {
        let (pace, _) = begun();
        let mut turn = std::pin::pin!(pace.turn());
        assert!(futures_util::poll!(turn.as_mut()).is_pending());
        pace.follow(true, None, Instant::now());
        turn.await;
    }
}
