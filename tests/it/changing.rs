//! Files that change while they are being sent: what arrives was the file at one moment, or nothing arrives.

use std::fs::{File, OpenOptions};
use std::io::Write;
use std::path::Path;
use std::sync::Arc;

use guestpass_core::{Kind, Transfer, TransferState};
use guestpass_local::SystemClock;
use guestpass_s3::Limits;
use guestpass_testkit::faulty::{Fault, FaultyLine};
use guestpass_testkit::memory::{MemoryClipboard, MemoryJournal};

use crate::world::{Through, World, app_over, send_request};

/// Three parts.
const SIZE: usize = 20 << 20;

/// Sends a file, and does this to it after each two megabytes that have gone out.
async fn sent_while(world: &World, change: impl Fn(&Path, u64) + Send + 'static) -> (Transfer, Vec<u8>) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mov");
    std::fs::write(&path, vec![1; SIZE]).unwrap();
    let line = FaultyLine::start(world.address(), |_| Some(Fault::Throttle(8 << 20))).await;
    let connect = Arc::new(Through { keys: world.keys_at(line.endpoint()), limits: Limits::default() });
    let (clipboard, journal) = (Arc::new(MemoryClipboard::default()), Arc::new(MemoryJournal::default()));
    let app = app_over(connect, clipboard, Arc::new(SystemClock), Some(journal));
    let mut bytes = line.bytes();
    let changed = path.clone();
    let changing = tokio::spawn(async move {
        for time in 1.. {
            bytes.wait_for(|bytes| *bytes >= time << 21).await.unwrap();
            change(&changed, time);
        }
    });
    app.send(send_request("in/", std::slice::from_ref(&path))).await.unwrap();
    let mut states = app.transfers().watch();
    let ended = states.wait_for(|all| all[0].state.is_ended()).await.unwrap()[0].clone();
    changing.abort();
    assert!(world.unfinished("in/").await.is_empty());
    (ended, std::fs::read(&path).unwrap())
}

async fn arrives_anew(change: impl Fn(&Path) + Send + 'static) {
    let world = World::seaweedfs().await;
    let once = move |path: &Path, time| {
        if time == 1 {
            change(path)
        }
    };
    let (transfer, content) = sent_while(&world, once).await;
    assert_eq!(transfer.state, TransferState::Finished, "{:?}", transfer.failed);
    assert_eq!(transfer.restarted.len(), 1, "it is told that it was sent again");
    assert!(world.body("in/film.mov").await == content, "as it is now, and whole");
    assert_eq!(world.keys("in/").await, ["in/film.mov"]);
}

#[tokio::test]
async fn a_file_that_grows_under_way_arrives_as_it_is_then() {
    let grow = |path: &Path| OpenOptions::new().append(true).open(path).unwrap().write_all(b"more").unwrap();
    arrives_anew(grow).await;
}

#[tokio::test]
async fn a_file_that_shrinks_under_way_arrives_as_it_is_then() {
    let shrink = |path: &Path| OpenOptions::new().write(true).open(path).unwrap().set_len(9 << 20).unwrap();
    arrives_anew(shrink).await;
}

#[tokio::test]
async fn a_file_that_never_rests_is_not_sent_at_all() {
    let world = World::seaweedfs().await;
    let (transfer, _) = sent_while(&world, |path, time| {
        let content = vec![u8::try_from(time % 251).unwrap(); SIZE + usize::try_from(time).unwrap()];
        File::create(path).unwrap().write_all(&content).unwrap();
    })
    .await;
    assert_eq!(transfer.state, TransferState::Failed);
    assert_eq!(transfer.failed[0].error.kind(), &Kind::FileChanged { name: "film.mov".into() });
    assert!(world.keys("in/").await.is_empty());
}
