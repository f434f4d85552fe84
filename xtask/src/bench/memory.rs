//! How much memory a process held at its peak, as Linux tells while it runs.

use std::{
    fs,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{self, JoinHandle},
    time::Duration,
};

/// How often is looked. The figure only grows, so a peak between two looks is seen by the second one.
const EVERY: Duration = Duration::from_millis(10);

/// Looks at a process until it is asked.
pub(super) struct Watch {
    has_ended: Arc<AtomicBool>,
    looking: JoinHandle<Option<u64>>,
}

impl Watch {
    pub(super) fn of(process: u32) -> Self {
        let has_ended = Arc::new(AtomicBool::new(false));
        let ended = has_ended.clone();
        let looking = thread::spawn(move || {
            let mut peak = None;
            // What has ended but was not waited for has no such line any more.
            while !ended.load(Ordering::Relaxed) {
                let status = fs::read_to_string(format!("/proc/{process}/status"));
                peak = status.ok().and_then(|status| high_water(&status)).max(peak);
                thread::sleep(EVERY);
            }
            peak
        });
        Self { has_ended, looking }
    }

    /// In KiB; `None` where the system does not tell.
    pub(super) fn peak(self) -> Option<u64> {
        self.has_ended.store(true, Ordering::Relaxed);
        self.looking.join().ok().flatten()
    }
}

/// The most that was resident at any time, in KiB (`man 5 proc_pid_status`).
fn high_water(status: &str) -> Option<u64> {
    let line = status.lines().find_map(|line| line.strip_prefix("VmHWM:"))?;
    line.trim().strip_suffix("kB")?.trim().parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_high_water_is_read_among_the_rest() {
        let status = "Name:\tguestpass\nVmPeak:\t  301234 kB\nVmHWM:\t   98304 kB\nVmRSS:\t   4 kB\n";
        assert_eq!(high_water(status), Some(98_304));
        assert_eq!(high_water("Name:\tguestpass\nState:\tZ (zombie)\n"), None, "it has ended");
        assert_eq!(high_water(""), None);
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn a_process_that_runs_has_one() {
        let watch = Watch::of(std::process::id());
        thread::sleep(EVERY * 5);
        assert!(watch.peak().is_some_and(|peak| peak > 1_000), "a megabyte at least");
    }
}
