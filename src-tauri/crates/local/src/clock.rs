//! The time by this computer. The only place of the app that reads it; the rules are given it.

use std::time::Duration;

use async_trait::async_trait;
use guestpass_core::ports::Clock;
use jiff::Timestamp;

/// The operating system's clock, which a person may have set wrong.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemClock;

#[async_trait]
impl Clock for SystemClock {
    fn now(&self) -> Timestamp {
        Timestamp::now()
    }

    async fn pass(&self, seconds: u64) {
        tokio::time::sleep(Duration::from_secs(seconds)).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_the_systems_time() {
        let before = Timestamp::now();
        let now = SystemClock.now();
        assert!(before <= now && now <= Timestamp::now());
    }
}
