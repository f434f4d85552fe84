//! The server's time: signatures are judged by its clock, whatever this computer's says.

use std::sync::atomic::{AtomicI64, Ordering};

use jiff::{SignedDuration, Timestamp};

/// How far a server's clock is ahead of this computer's, learnt from the `Date` of its answers
/// (RFC 9110, 6.6.1). Right until an answer says otherwise.
#[derive(Debug, Default)]
pub struct ServerClock(AtomicI64);

/// `Date` counts whole seconds and an answer takes a while, so smaller differences say nothing.
const NOISE_SECONDS: i64 = 5;

impl ServerClock {
    /// Compares an answer's `Date` with this computer's time at that moment.
    pub fn learn(&self, server: Timestamp, here: Timestamp) {
        let measured = server.as_second() - here.as_second();
        let measured = if measured.abs() <= NOISE_SECONDS { 0 } else { measured };
        if measured == 0 || (measured - self.offset_seconds()).abs() > NOISE_SECONDS {
            self.0.store(measured, Ordering::Relaxed);
        }
    }

    /// Seconds to add to this computer's time.
    pub fn offset_seconds(&self) -> i64 {
        self.0.load(Ordering::Relaxed)
    }

    /// The server's time, when it is `here` on this computer.
    pub fn at(&self, here: Timestamp) -> Timestamp {
        here.checked_add(SignedDuration::from_secs(self.offset_seconds())).unwrap_or(here)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(second: i64) -> Timestamp {
        Timestamp::from_second(1_800_000_000 + second).unwrap()
    }

    #[test]
    fn a_clock_that_is_right_stays_as_it_is() {
        let clock = ServerClock::default();
        clock.learn(at(0), at(4));
        assert_eq!(clock.at(at(9)), at(9));
    }

    #[test]
    fn a_clock_that_is_wrong_is_corrected_and_does_not_tremble() {
        let clock = ServerClock::default();
        clock.learn(at(840), at(0));
        assert_eq!(clock.at(at(0)), at(840));
        clock.learn(at(838), at(0));
        assert_eq!(clock.offset_seconds(), 840);
        clock.learn(at(-86_400), at(0));
        assert_eq!(clock.offset_seconds(), -86_400);
    }

    #[test]
    fn a_clock_that_was_set_right_is_believed_again() {
        let clock = ServerClock::default();
        clock.learn(at(8), at(0));
        clock.learn(at(4), at(0));
        assert_eq!(clock.offset_seconds(), 0);
    }
}
