//! Uploads over a line on which anything goes wrong: each ends with the file whole where it belongs, or with a clear
//! failure and nothing left behind.

mod schedule;

use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::{Arc, Mutex, OnceLock};
use std::time::Duration;

use async_trait::async_trait;
use futures_util::StreamExt;
use guestpass_core::app::App;
use guestpass_core::ports::{Clock, Journal};
use guestpass_core::{Kind, Transfer, TransferId, TransferState};
use guestpass_local::SystemClock;
use guestpass_s3::{Limits, Pace};
use guestpass_testkit::faulty::{Fault, FaultyLine};
use guestpass_testkit::memory::{MemoryClipboard, MemoryJournal};
use jiff::Timestamp;
use schedule::Schedule;
use tokio::sync::watch;

use crate::world::{Through, World, app_over, send_and_wait, send_request};

/// Schedules at the same time: most of their time is waiting.
const AT_ONCE: usize = 6;

/// What one upload may take before the test gives up.
const PATIENCE: Duration = Duration::from_secs(60);

/// Short enough for a test: a silence is a fault after half a second, and pauses are a hundredth of the usual.
const HURRIED: Pace = Pace { answer: Duration::from_millis(500), pause: Duration::from_millis(10) };

fn limits() -> Limits {
    let (attempt, operation) = (HURRIED.answer, HURRIED.answer * 4);
    Limits { attempt, operation, upload: HURRIED, ..Limits::default() }
}

/// A clock by which a wait for the network is soon over.
struct Impatient;

#[async_trait]
impl Clock for Impatient {
    fn now(&self) -> Timestamp {
        SystemClock.now()
    }

    async fn pass(&self, _: u64) {
        tokio::time::sleep(HURRIED.pause).await;
    }
}

/// One file, one line, one app.
struct Attempt {
    world: Arc<World>,
    schedule: Arc<Schedule>,
    app: App,
    journal: Arc<MemoryJournal>,
    // Ends with the attempt.
    _line: FaultyLine,
    folder: tempfile::TempDir,
    prefix: String,
}

impl Attempt {
    async fn new(world: Arc<World>, seed: u64) -> Self {
        let schedule = Arc::new(Schedule::new(seed));
        let faults = schedule.clone();
        let line = FaultyLine::start(world.address(), move |asked| faults.fault_of(asked)).await;
        let journal = Arc::new(MemoryJournal::default());
        let through = Through { keys: world.keys_at(line.endpoint()), limits: limits() };
        let clipboard = Arc::new(MemoryClipboard::default());
        let app = app_over(Arc::new(through), clipboard, Arc::new(Impatient), Some(journal.clone()));
        let folder = tempfile::tempdir().unwrap();
        std::fs::write(folder.path().join("film.mov"), schedule.content()).unwrap();
        Self { world, schedule, app, journal, _line: line, folder, prefix: format!("{seed}/") }
    }

    async fn send(&self) -> TransferId {
        let request = send_request(&self.prefix, &[self.folder.path().join("film.mov")]);
        self.app.send(request).await.unwrap()
    }

    async fn ended(&self) -> Transfer {
        let mut states = self.app.transfers().watch();
        let ended = states.wait_for(|all| all[0].state.is_ended());
        let ended = tokio::time::timeout(PATIENCE, ended).await;
        ended.unwrap_or_else(|_| panic!("{:?} has not ended", self.schedule)).unwrap()[0].clone()
    }

    /// Whether the file arrived at once.
    async fn run(self) -> bool {
        let id = self.send().await;
        let transfer = self.ended().await;
        let at_once = transfer.state == TransferState::Finished;
        if !at_once {
            let error = &transfer.failed[0].error;
            let is_clear = matches!(
                error.kind(),
                Kind::AccessDenied { .. } | Kind::Offline { .. } | Kind::ServerBusy | Kind::ServerFault
            );
            assert!(is_clear, "{:?}: {error:?}", self.schedule);
        }
        // A better day: the person tries again, or gives up.
        self.schedule.end();
        if !at_once && self.schedule.tries_again() {
            self.app.resume(id).await;
            let transfer = self.ended().await;
            assert_eq!(transfer.state, TransferState::Finished, "{:?}: {:?}", self.schedule, transfer.failed);
            self.is_whole().await;
        } else if at_once {
            self.is_whole().await;
        } else {
            self.app.forget(id).await;
            let keys = self.world.keys(&self.prefix).await;
            assert!(keys.is_empty(), "{:?} failed and left {keys:?}", self.schedule);
        }
        self.app.remove_leftovers().await.unwrap();
        assert!(self.journal.leftovers().await.unwrap().is_empty());
        let unfinished = self.world.unfinished(&self.prefix).await;
        assert!(unfinished.is_empty(), "{:?} left {unfinished:?}", self.schedule);
        at_once
    }

    async fn is_whole(&self) {
        let keys = self.world.keys(&self.prefix).await;
        assert_eq!(keys, [format!("{}film.mov", self.prefix)], "{:?}", self.schedule);
        assert!(self.world.body(&keys[0]).await == self.schedule.content(), "{:?}", self.schedule);
    }
}

async fn survive(seeds: std::ops::Range<u64>) {
    let world = Arc::new(World::seaweedfs().await);
    let count = seeds.end - seeds.start;
    let attempts = seeds.map(|seed| {
        let world = world.clone();
        // Each on a task of its own: the work of one is not held up by the checks of another.
        async move {
            let attempt = tokio::spawn(async move { Attempt::new(world, seed).await.run().await });
            attempt.await.unwrap_or_else(|e| std::panic::resume_unwind(e.into_panic()))
        }
    });
    let attempts: Vec<_> = attempts.collect();
    let at_once: Vec<bool> = futures_util::stream::iter(attempts).buffer_unordered(AT_ONCE).collect().await;
    let arrived = at_once.iter().filter(|arrived| **arrived).count() as u64;
    assert!(arrived > count / 2, "most bad lines are no reason to fail: {arrived} of {count} arrived");
    assert!(arrived < count, "and some are");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_says_slow_down_is_sent_fewer_parts_at_a_time() {
    const PARTS: u64 = 18;
    let world = World::seaweedfs().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mov");
    std::fs::File::create(&path).unwrap().set_len(PARTS << 23).unwrap();
    let (under_way, refused) = (Arc::new(OnceLock::<watch::Receiver<u32>>::new()), AtomicU32::new(0));
    let late = Arc::new(Mutex::new(Vec::new()));
    let (seen, counts) = (under_way.clone(), late.clone());
    let line = FaultyLine::start(world.address(), move |asked| {
        let query = asked.uri.query().unwrap_or_default();
        let number = query.split('&').find_map(|pair| pair.strip_prefix("partNumber="))?;
        let is_late = number.parse::<u64>().unwrap() > 12;
        if is_late {
            counts.lock().unwrap().push(*seen.get().unwrap().borrow());
        }
        let is_slow = !is_late && refused.fetch_add(1, Ordering::Relaxed) < 8;
        let slow_down = Fault::Refuse { status: 503, code: "SlowDown", is_early: false };
        Some(if is_slow { slow_down } else { Fault::Throttle(64 << 20) })
    })
    .await;
    under_way.set(line.under_way()).unwrap();
    let pace = Pace { answer: PATIENCE, ..HURRIED };
    let connect = Through { keys: world.keys_at(line.endpoint()), limits: Limits { upload: pace, ..limits() } };
    let app = app_over(Arc::new(connect), Arc::default(), Arc::new(Impatient), None);
    let sent = send_and_wait(&app, &send_request("in/", &[path])).await;
    assert!(sent[0].is_ok());
    let most = late.lock().unwrap().iter().copied().max();
    assert!(most.is_some_and(|most| most <= 6), "8 before it was said, and then {most:?}");
}

#[tokio::test(flavor = "multi_thread")]
async fn small_files_go_many_at_a_time_to_a_server_that_is_far() {
    let world = World::seaweedfs().await;
    let folder = tempfile::tempdir().unwrap();
    let paths: Vec<_> = (0..400).map(|n| folder.path().join(format!("{n}.txt"))).collect();
    for path in &paths {
        std::fs::write(path, "x").unwrap();
    }
    let (under_way, most) = (Arc::new(OnceLock::<watch::Receiver<u32>>::new()), Arc::new(AtomicU32::new(0)));
    let (now, seen) = (under_way.clone(), most.clone());
    let line = FaultyLine::start(world.address(), move |_| {
        seen.fetch_max(*now.get().unwrap().borrow(), Ordering::Relaxed);
        Some(Fault::Late(Duration::from_millis(60)))
    })
    .await;
    under_way.set(line.under_way()).unwrap();
    let connect = Through { keys: world.keys_at(line.endpoint()), limits: Limits::default() };
    let app = app_over(Arc::new(connect), Arc::default(), Arc::new(Impatient), None);
    let sent = send_and_wait(&app, &send_request("in/", &paths)).await;
    assert!(sent.iter().all(Result::is_ok));
    let most = most.load(Ordering::Relaxed);
    assert!(most > 40, "at most {most} at a time");
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_survive_the_first_fifty_schedules() {
    survive(0..50).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_survive_the_second_fifty_schedules() {
    survive(50..100).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_survive_the_third_fifty_schedules() {
    survive(100..150).await;
}

#[tokio::test(flavor = "multi_thread")]
async fn uploads_survive_the_last_fifty_schedules() {
    survive(150..200).await;
}
