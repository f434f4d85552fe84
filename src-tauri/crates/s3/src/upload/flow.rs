//! How many bodies go out at the same time: as many as help.
//!
//! More at once fill a fast line. On a slow one they only make each of them take longer, and all that is on its way is
//! lost with the line; a server that says SlowDown has said it. So the number follows what is seen: one more for each
//! quick body, one less where they take long, half after trouble, and from then on one more for a whole round.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use guestpass_core::{Error, Kind, Result};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};

/// At first, and at most. Small files are mostly waiting for a distant server; large ones are fewer at a time because
/// of the memory that they take.
const LANES: (usize, usize) = (8, 64);

/// A body that is through in this time leaves room for more.
const QUICK: Duration = Duration::from_secs(4);

/// A body that takes longer than this costs too much when the line breaks.
const LONG: Duration = Duration::from_secs(30);

/// The lanes of one store.
#[derive(Debug)]
pub(super) struct Flow {
    lanes: Arc<Semaphore>,
    state: Mutex<State>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct State {
    /// How many lanes there should be.
    wanted: usize,
    /// How many there are, used or not.
    there: usize,
    /// Counts the times that there became fewer: what began before cannot be news.
    round: u32,
    /// Quick bodies since the last change.
    quick: usize,
    /// Whether the line has shown its limit once.
    is_known: bool,
}

/// The right to send a body.
pub(super) struct Lane<'a> {
    flow: &'a Flow,
    permit: Option<OwnedSemaphorePermit>,
    since: Instant,
    round: u32,
}

impl Default for Flow {
    fn default() -> Self {
        let state = State { wanted: LANES.0, there: LANES.0, round: 0, quick: 0, is_known: false };
        Self { lanes: Arc::new(Semaphore::new(LANES.0)), state: Mutex::new(state) }
    }
}

impl Flow {
    /// Waits for a lane.
    pub(super) async fn lane(&self) -> Result<Lane<'_>> {
        let permit = self.lanes.clone().acquire_owned().await;
        let permit = permit.map_err(|e| Error::from(Kind::Internal).with_source(e))?;
        Ok(Lane { flow: self, permit: Some(permit), since: Instant::now(), round: self.state().round })
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.state.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Lane<'_> {
    /// From now on the line is used; before, it was the memory or the disk that was waited for.
    pub(super) fn begin(&mut self) {
        self.since = Instant::now();
    }

    /// The body is through, or given up; `trouble` where it had to be sent more than once.
    pub(super) fn through(self, trouble: bool) {
        let took = self.since.elapsed();
        let mut state = self.flow.state();
        state.heard(self.round, took, trouble);
        let more = state.wanted.saturating_sub(state.there);
        state.there += more;
        drop(state);
        self.flow.lanes.add_permits(more);
    }
}

impl Drop for Lane<'_> {
    fn drop(&mut self) {
        let mut state = self.flow.state();
        if state.there > state.wanted
            && let Some(permit) = self.permit.take()
        {
            state.there -= 1;
            permit.forget();
        }
    }
}

impl State {
    fn heard(&mut self, round: u32, took: Duration, trouble: bool) {
        let fewer = if trouble {
            self.wanted / 2
        } else if took > LONG {
            self.wanted - 1
        } else {
            self.quick += usize::from(took < QUICK);
            let enough = if self.is_known { self.wanted } else { 1 };
            if self.quick >= enough && self.wanted < LANES.1 {
                self.wanted += 1;
                self.quick = 0;
            }
            return;
        };
        if round == self.round {
            *self = Self { wanted: fewer.max(1), round: round + 1, quick: 0, is_known: true, ..*self };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at_first() -> State {
        Flow::default().state.into_inner().unwrap()
    }

    #[test]
    fn a_fast_line_gets_more_and_more_up_to_a_limit() {
        let mut state = at_first();
        for _ in 0..8 {
            state.heard(0, Duration::from_millis(100), false);
        }
        assert_eq!(state.wanted, 16, "as many again after a round");
        state.heard(0, Duration::from_millis(100), true);
        for _ in 0..8 {
            state.heard(1, Duration::from_millis(100), false);
        }
        assert_eq!(state.wanted, 9, "one more for a whole round, once there was trouble");
        for _ in 0..10_000 {
            state.heard(1, Duration::from_millis(100), false);
        }
        assert_eq!(state.wanted, 64);
    }

    #[test]
    fn a_slow_line_gets_fewer_down_to_one() {
        let mut state = at_first();
        for round in 0..20 {
            state.heard(round, Duration::from_secs(60), false);
        }
        assert_eq!(state.wanted, 1);
        state.heard(state.round, Duration::from_secs(10), false);
        assert_eq!(state.wanted, 1, "neither quick nor long changes nothing");
    }

    #[test]
    fn trouble_counts_once_for_all_that_were_on_their_way() {
        let mut state = at_first();
        for _ in 0..8 {
            state.heard(0, Duration::from_secs(1), true);
        }
        assert_eq!(state.wanted, 4);
        state.heard(1, Duration::from_secs(1), true);
        assert_eq!(state.wanted, 2);
    }

    #[tokio::test]
    async fn there_are_as_many_lanes_as_are_wanted() {
        let flow = Flow::default();
        let mut lanes = Vec::new();
        for _ in 0..LANES.0 {
            lanes.push(flow.lane().await.unwrap());
        }
        assert_eq!(flow.lanes.available_permits(), 0);
        for lane in lanes.drain(..) {
            lane.through(true);
        }
        assert_eq!(flow.lanes.available_permits(), 4, "half of them are gone for good");
        for _ in 0..4 {
            flow.lane().await.unwrap().through(false);
        }
        assert_eq!(flow.lanes.available_permits(), 5, "and one is new");
        // Given up in the middle: that says nothing about the line.
        drop(flow.lane().await.unwrap());
        assert_eq!(flow.lanes.available_permits(), 5);
    }
}
