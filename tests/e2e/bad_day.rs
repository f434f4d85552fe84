//! Uploads on a bad day, and what the window says of it.

use std::io::Write;
use std::path::PathBuf;

use guestpass_core::journal::Leftover;
use guestpass_core::ports::Journal;
use guestpass_core::{BucketName, ObjectKey, ProfileId};
use guestpass_local::{DataDir, SqliteJournal};
use guestpass_tests::{Desktop, Drag, Keyring, fetch, until};

use crate::line::{CUT, FILM, Line, QUICK};
use crate::screens::DARK;
use crate::store::Store;

fn film(desktop: &Desktop) -> PathBuf {
    let path = desktop.home().join("film.mov");
    std::fs::write(&path, vec![7; FILM]).unwrap();
    path
}

#[tokio::test]
async fn an_upload_waits_for_the_network_says_so_and_goes_on() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    let line = Line::to(&store, QUICK).await;
    let window = store.open_bucket(&desktop, &[]).await;
    Drag::hold(&desktop, &[&film(&desktop)]).drop();
    line.at(4 << 20).await;
    line.set(CUT);
    // The requests under way end; the next ones find nobody.
    until("it is told", async || window.text().await.contains("Waiting for the network").then_some(())).await;
    window.screenshot("waiting-foot").await;
    window.click("button", "Uploads, 1 under way").await;
    window.sees("It goes on by itself").await;
    window.screenshot("waiting").await;
    window.resize(900, 700).await;
    window.screenshot("waiting-narrow").await;
    line.set(QUICK);
    window.click("button", "Try now").await;
    window.sees("The link was copied").await;
    window.screenshot("waited").await;
    assert_eq!(fetch(&desktop.clipboard().unwrap()).await.bytes.len(), FILM);
    window.close().await;
}

#[tokio::test]
async fn a_file_that_changes_under_way_is_sent_again_and_that_is_told() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    let line = Line::to(&store, QUICK).await;
    let window = store.open_bucket(&desktop, &[DARK]).await;
    let film = film(&desktop);
    Drag::hold(&desktop, &[&film]).drop();
    line.at(4 << 20).await;
    std::fs::OpenOptions::new().append(true).open(&film).unwrap().write_all(b"more").unwrap();
    window.click("button", "Uploads, 1 under way").await;
    window.sees("changed while it was being uploaded").await;
    window.sees("The link was copied").await;
    window.screenshot("dark-changed").await;
    assert_eq!(fetch(&desktop.clipboard().unwrap()).await.bytes.len(), FILM + 4);
    window.close().await;
}

#[tokio::test]
async fn a_name_that_is_taken_can_be_replaced_or_skipped() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    let window = store.open_bucket(&desktop, &[]).await;
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
    assert_eq!(store.body("letter.txt").await, b"x");
    Drag::hold(&desktop, &[&letter]).drop();
    window.click("button", "Replace").await;
    until("it is replaced", async || (store.body("letter.txt").await == b"new").then_some(())).await;
    window.close().await;
}

#[tokio::test]
async fn what_lies_in_the_storage_for_a_week_is_offered_for_removal() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
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
    let window = store.open_bucket(&desktop, &[]).await;
    window.click("button", "Uploads").await;
    window.sees("Parts of 1 unfinished upload are still in the storage").await;
    window.screenshot("leftovers").await;
    window.click("button", "Remove them").await;
    window.sees("is not allowed to remove unfinished uploads").await;
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
