//! Uploads on a bad day, and what the window says of it.

use std::io::Write;
use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use guestpass_core::journal::Leftover;
use guestpass_core::ports::Journal;
use guestpass_core::{BucketName, ObjectKey, ProfileId};
use guestpass_local::{DataDir, SqliteJournal};
use guestpass_testkit::faulty::{Fault, FaultyLine};
use guestpass_tests::{Desktop, Drag, Keyring, Window, fetch, until};

use crate::screens::DARK;
use crate::store::Store;

/// Long enough to act while it is on its way.
const SIZE: usize = 48 << 20;

/// A store behind a line that can be cut.
struct Cut {
    line: FaultyLine,
    is_cut: Arc<AtomicBool>,
}

impl Cut {
    async fn between(store: &Store) -> Self {
        let is_cut = Arc::new(AtomicBool::new(false));
        let now = is_cut.clone();
        let address = store.server.endpoint().trim_start_matches("http://").parse().unwrap();
        let line = FaultyLine::start(address, move |_| {
            let is_cut = now.load(Ordering::Relaxed);
            Some(if is_cut { Fault::Reset(0) } else { Fault::Throttle(2 << 20) })
        });
        let line = line.await;
        store.behind(&line);
        Self { line, is_cut }
    }

    async fn at(&self, bytes: u64) {
        self.line.bytes().wait_for(|passed| *passed > bytes).await.unwrap();
    }

    fn set(&self, is_cut: bool) {
        self.is_cut.store(is_cut, Ordering::Relaxed);
    }
}

async fn in_bucket(desktop: &Desktop, store: &Store, more: &[(&str, &str)]) -> Window {
    let window = store.open(desktop, more).await;
    window.click("button", "press").await;
    window.click("button", "acme-press").await;
    window.find("row", "letter.txt").await;
    window
}

fn film(desktop: &Desktop) -> PathBuf {
    let path = desktop.home().join("film.mov");
    std::fs::write(&path, vec![7; SIZE]).unwrap();
    path
}

#[tokio::test]
async fn an_upload_waits_for_the_network_says_so_and_goes_on() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    store.put("letter.txt", "x").await;
    let cut = Cut::between(&store).await;
    let window = in_bucket(&desktop, &store, &[]).await;
    Drag::hold(&desktop, &[&film(&desktop)]).drop();
    cut.at(4 << 20).await;
    cut.set(true);
    // The requests under way end; the next ones find nobody.
    until("it is told", async || window.text().await.contains("Waiting for the network").then_some(())).await;
    window.screenshot("waiting-foot").await;
    window.click("button", "Uploads, 1 under way").await;
    window.sees("It goes on by itself").await;
    window.screenshot("waiting").await;
    window.resize(900, 700).await;
    window.screenshot("waiting-narrow").await;
    cut.set(false);
    window.click("button", "Try now").await;
    window.sees("The link was copied").await;
    window.screenshot("waited").await;
    assert_eq!(fetch(&desktop.clipboard().unwrap()).await.bytes.len(), SIZE);
    window.close().await;
}

#[tokio::test]
async fn a_file_that_changes_under_way_is_sent_again_and_that_is_told() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    store.put("letter.txt", "x").await;
    let cut = Cut::between(&store).await;
    let window = in_bucket(&desktop, &store, &[DARK]).await;
    let film = film(&desktop);
    Drag::hold(&desktop, &[&film]).drop();
    cut.at(4 << 20).await;
    std::fs::OpenOptions::new().append(true).open(&film).unwrap().write_all(b"more").unwrap();
    window.click("button", "Uploads, 1 under way").await;
    window.sees("changed while it was being uploaded").await;
    window.sees("The link was copied").await;
    window.screenshot("dark-changed").await;
    assert_eq!(fetch(&desktop.clipboard().unwrap()).await.bytes.len(), SIZE + 4);
    window.close().await;
}

#[tokio::test]
async fn a_name_that_is_taken_can_be_replaced_or_skipped() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    store.put("letter.txt", "old").await;
    let window = in_bucket(&desktop, &store, &[]).await;
    let write = |name: &str, text: &str| {
        std::fs::write(desktop.home().join(name), text).unwrap();
        desktop.home().join(name)
    };
    let (letter, other) = (write("letter.txt", "new"), write("other.txt", "other"));
    Drag::hold(&desktop, &[&letter, &other]).drop();
    window.click("button", "Skip it").await;
    window.find("row", "other.txt").await;
    window.sees("was left out because its name was taken").await;
    window.screenshot("skipped").await;
    assert_eq!(store.body("letter.txt").await, b"old");
    Drag::hold(&desktop, &[&letter]).drop();
    window.click("button", "Replace").await;
    until("it is replaced", async || (store.body("letter.txt").await == b"new").then_some(())).await;
    window.close().await;
}

#[tokio::test]
async fn what_lies_in_the_storage_for_a_week_is_offered_for_removal() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    store.put("letter.txt", "x").await;
    let begun =
        store.admin().create_multipart_upload().bucket("acme-press").key("film.mov").send().await.unwrap();
    let left = |profile: &str| {
        let now = jiff::Timestamp::now();
        Leftover {
            profile: ProfileId::Aws(profile.into()),
            bucket: BucketName::parse("acme-press").unwrap(),
            key: ObjectKey::parse("film.mov").unwrap(),
            upload_id: begun.upload_id.clone(),
            asked_at: now,
            since: now - jiff::SignedDuration::from_hours(24 * 8),
        }
    };
    let data = desktop.home().join("data").join("guestpass");
    let journal = DataDir::open_at(&data).unwrap().journal();
    // Somebody who may not remove it, so that it stays when the app starts.
    SqliteJournal::new(&journal).keep_leftover(&left("reader")).await.unwrap();
    let window = in_bucket(&desktop, &store, &[]).await;
    window.click("button", "Uploads").await;
    window.sees("Parts of 1 unfinished upload are still in the storage").await;
    window.screenshot("leftovers").await;
    window.click("button", "Remove them").await;
    window.sees("The parts were not removed").await;
    window.screenshot("leftovers-denied").await;
    window.close().await;

    let kept = SqliteJournal::new(&journal);
    kept.forget_leftover(&left("reader")).await.unwrap();
    kept.keep_leftover(&left("press")).await.unwrap();
    drop(kept);
    let window = store.open(&desktop, &[]).await;
    window.find("row", "letter.txt").await;
    let unfinished = async || {
        let listed = store.admin().list_multipart_uploads().bucket("acme-press").send().await.unwrap();
        listed.uploads().len()
    };
    until("it is removed without a word", async || (unfinished().await == 0).then_some(())).await;
    window.close().await;
}
