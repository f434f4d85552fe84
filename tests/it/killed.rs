//! An app that is killed again and again while it uploads.

use std::collections::{BTreeMap, BTreeSet};
use std::env;
use std::io::Read;
use std::path::PathBuf;
use std::process::{Child, Command, ExitStatus, Stdio};
use std::sync::{Arc, Mutex};

use fastrand::Rng;
use guestpass_core::TransferState;
use guestpass_core::ports::Journal;
use guestpass_local::{SqliteJournal, SystemClock};
use guestpass_s3::Limits;
use guestpass_testkit::faulty::{Fault, FaultyLine, Passed};
use guestpass_testkit::memory::MemoryClipboard;
use serde::{Deserialize, Serialize};

use crate::world::{BUCKET, Keys, Through, World, app_over, send_request};

const SIZE: usize = 200_000_000;

const KILLS: usize = 20;

/// In the environment of a child: what it is to do.
const JOB: &str = "GUESTPASS_TEST_UPLOAD";

#[derive(Deserialize, Serialize)]
struct Job {
    keys: Keys,
    journal: PathBuf,
    file: PathBuf,
}

impl Job {
    /// One run of an app: begins the upload, or goes on with it, and stays until it has ended.
    async fn run(self) {
        // Nobody is left to end this process when the test was killed.
        std::thread::spawn(|| {
            let _ = std::io::stdin().read(&mut [0]);
            std::process::exit(3);
        });
        let journal = Arc::new(SqliteJournal::new(self.journal));
        let is_new = journal.transfers().await.unwrap().is_empty();
        let connect = Arc::new(Through { keys: self.keys, limits: Limits::default() });
        let clipboard = Arc::new(MemoryClipboard::default());
        let app = app_over(connect, clipboard, Arc::new(SystemClock), Some(journal));
        if is_new {
            app.send(send_request("in/", &[self.file])).await.unwrap();
        } else {
            app.restore_transfers().await;
        }
        let mut states = app.transfers().watch();
        let ended = states.wait_for(|all| all[0].state.is_ended()).await.unwrap()[0].clone();
        assert_eq!(ended.state, TransferState::Finished, "{:?}", ended.failed);
        assert!(ended.restarted.is_empty(), "nothing was sent from the start again");
    }

    /// This very test in a process of its own, which finds the job in its environment.
    fn start(&self) -> Running {
        let mut child = Command::new(env::current_exe().unwrap());
        child.args(["--exact", std::thread::current().name().unwrap(), "--nocapture"]);
        child.env(JOB, serde_json::to_string(self).unwrap()).stdin(Stdio::piped()).stdout(Stdio::null());
        Running(child.spawn().unwrap())
    }
}

struct Running(Child);

impl Running {
    fn kill(mut self) {
        // SIGKILL, on every Unix.
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    async fn end(mut self) -> ExitStatus {
        // Waiting closes its standard input first, and it would take that for the end of the test.
        let _stdin = self.0.stdin.take();
        tokio::task::spawn_blocking(move || self.0.wait().unwrap()).await.unwrap()
    }
}

/// The parts that the server has, by upload.
async fn parts(world: &World) -> BTreeMap<String, BTreeSet<i32>> {
    let mut parts = BTreeMap::new();
    for upload in world.unfinished("in/").await {
        let id = upload.upload_id.unwrap();
        let listed = world.admin.list_parts().bucket(BUCKET).key("in/film.mov").upload_id(&id).send().await;
        let numbers = listed.unwrap().parts().iter().map(|part| part.part_number.unwrap()).collect();
        parts.insert(id, numbers);
    }
    parts
}

/// Upload and number of the part that this request sent.
fn part(passed: &Passed) -> Option<(String, i32)> {
    let query = passed.asked.uri.query()?;
    let value = |name: &str| query.split('&').find_map(|pair| pair.strip_prefix(name)?.strip_prefix('='));
    Some((value("uploadId")?.to_owned(), value("partNumber")?.parse().ok()?))
}

#[tokio::test(flavor = "multi_thread")]
async fn an_upload_that_is_killed_twenty_times_arrives_whole_and_no_part_is_sent_that_is_there() {
    if let Ok(job) = env::var(JOB) {
        return serde_json::from_str::<Job>(&job).unwrap().run().await;
    }
    let world = World::seaweedfs().await;
    let folder = tempfile::tempdir().unwrap();
    let (file, journal) = (folder.path().join("film.mov"), folder.path().join("transfers.sqlite"));
    let mut content = vec![0; SIZE];
    let mut rng = Rng::with_seed(20);
    rng.fill(&mut content);
    std::fs::write(&file, &content).unwrap();
    // Parts at different speeds: at each moment some are nearly there, and some have just begun.
    let speeds = Mutex::new(rng.fork());
    let slowly = move |_: &_| Some(Fault::Throttle(speeds.lock().unwrap().u64(8 << 20..128 << 20)));
    let line = FaultyLine::start(world.address(), slowly).await;
    let job = Job { keys: world.keys_at(line.endpoint()), journal, file };

    let mut there = BTreeMap::new();
    let mut seen = 0;
    for kill in 0..KILLS {
        let run = job.start();
        let mut bytes = line.bytes();
        let has_enough = there.values().map(BTreeSet::len).sum::<usize>() > 12;
        if kill % 2 == 1 && !has_enough {
            // One more part is there, and others nearly are.
            while line.passed()[seen..].iter().filter_map(part).next().is_none() {
                bytes.changed().await.unwrap();
            }
        } else {
            let moment = *bytes.borrow() + rng.u64(0..12 << 20);
            bytes.wait_for(|bytes| *bytes >= moment).await.unwrap();
        }
        run.kill();
        line.quiet().await;
        let passed = line.passed();
        let sent: Vec<_> = passed[seen..].iter().filter_map(part).collect();
        seen = passed.len();
        for (id, number) in sent {
            let had = there.get(&id).is_some_and(|parts: &BTreeSet<i32>| parts.contains(&number));
            assert!(!had, "part {number} was sent although the server had it, after {kill} kills");
        }
        let now = parts(&world).await;
        for (id, before) in &there {
            assert!(now.get(id).is_some_and(|parts| parts.is_superset(before)), "{id} is gone with its parts");
        }
        there = now;
    }
    let had: usize = there.values().map(BTreeSet::len).sum();
    assert!(had > 0, "the kills came too early to tell anything");
    assert!(job.start().end().await.success());
    let sent = line.passed()[seen..].iter().filter_map(part).count();
    assert_eq!(sent + had, SIZE.div_ceil(8 << 20), "only what was missing was sent at the end");
    assert!(world.body("in/film.mov").await == content);
    assert_eq!(world.keys("in/").await, ["in/film.mov"]);
    assert!(world.unfinished("in/").await.is_empty());
}
