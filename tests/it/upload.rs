//! Sending files.

use std::path::PathBuf;
use std::sync::Arc;

use guestpass_core::{Action, FailedFile, Handover, Kind, Link, SendRequest, TransferState};

use guestpass_local::SqliteJournal;

use crate::many::peak_memory;
use crate::on_every_server;
use crate::world::{World, place, profile, send_and_wait, send_request};

fn send(paths: &[&PathBuf]) -> SendRequest {
    let paths: Vec<PathBuf> = paths.iter().map(|path| (*path).clone()).collect();
    send_request("in/", &paths)
}

fn keys(results: &[Result<Link, FailedFile>]) -> Vec<&str> {
    results.iter().map(|result| result.as_ref().map_or("failed", |link| link.key.as_str())).collect()
}

async fn files_arrive_whole_and_their_links_open(world: World) {
    let folder = tempfile::tempdir().unwrap();
    let mut files = Vec::new();
    for (name, size) in [("Übersicht 新.txt", 5), ("empty", 0), ("a+b %2F#?&'.bin", 3 << 20)] {
        let path = folder.path().join(name);
        let bytes: Vec<u8> = (0..size).map(|n: u32| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
        std::fs::write(&path, bytes).unwrap();
        files.push(path);
    }
    let sent = send_and_wait(&world.app, &send_request("in/", &files)).await;
    for (path, link) in files.iter().zip(sent) {
        let answer = reqwest::get(link.unwrap().url.reveal()).await.unwrap();
        assert!(answer.bytes().await.unwrap() == std::fs::read(path).unwrap(), "{path:?}");
    }
}

async fn a_file_in_parts_arrives_whole_and_leaves_nothing_unfinished(world: World) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mov");
    let bytes: Vec<u8> =
        (0..(20 << 20) + 7).map(|n: u32| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    std::fs::write(&path, &bytes).unwrap();
    let sent = send_and_wait(&world.app, &send(&[&path, &path])).await;
    for link in sent {
        assert!(world.body(link.unwrap().key.as_str()).await == bytes);
    }
    assert!(world.unfinished("").await.is_empty());
}

async fn nothing_is_overwritten(world: World) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.pdf");
    std::fs::write(&path, "new").unwrap();
    world.put("in/letter.pdf", "old").await;
    let sent = send_and_wait(&world.app, &send(&[&path, &path])).await;
    let mut arrived = keys(&sent);
    arrived.sort_unstable();
    assert_eq!(arrived, ["in/letter (2).pdf", "in/letter (3).pdf"]);
    assert_eq!(world.body("in/letter.pdf").await, b"old");
}

async fn a_file_is_sent_as_it_is_when_it_is_its_turn_and_one_that_went_is_named(world: World) {
    let folder = tempfile::tempdir().unwrap();
    let (grown, gone, fine) =
        (folder.path().join("grown"), folder.path().join("gone"), folder.path().join("fine"));
    for path in [&grown, &gone, &fine] {
        std::fs::write(path, "12345").unwrap();
    }
    let request = send(&[&grown, &gone, &fine]);
    std::fs::write(&grown, "1234567890").unwrap();
    std::fs::remove_file(&gone).unwrap();
    let sent = send_and_wait(&world.app, &request).await;
    let kinds: Vec<_> =
        sent.iter().map(|one| one.as_ref().err().map(|failed| failed.error.kind().clone())).collect();
    assert_eq!(kinds, [None, Some(Kind::FileUnreadable { name: "gone".into() }), None]);
    assert_eq!(world.body("in/grown").await, b"1234567890");
    let listing = world.app.list(&profile("press"), &place("in/"), None, false).await.unwrap();
    assert_eq!(listing.entries.len(), 2, "only what was whole");
}

async fn a_drop_is_watched_to_its_end_and_its_links_are_copied(world: World) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mp4");
    std::fs::write(&path, vec![7; 4 << 20]).unwrap();
    let mut states = world.app.transfers().watch();
    world.app.send(send(&[&path])).await.unwrap();
    let ended = states.wait_for(|all| all.iter().all(|one| one.state == TransferState::Finished));
    let transfer = ended.await.unwrap()[0].clone();
    assert_eq!(
        (transfer.bytes_sent, transfer.bytes_total, transfer.handover),
        (4 << 20, 4 << 20, Handover::Copied)
    );
    let answer = reqwest::get(world.clipboard.text().unwrap()).await.unwrap();
    assert_eq!(answer.bytes().await.unwrap().len(), 4 << 20);
}

async fn an_upload_goes_on_after_a_restart_with_what_the_server_has(world: World) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mov");
    let bytes: Vec<u8> =
        (0..(96 << 20) + 7).map(|n: u32| (n.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    std::fs::write(&path, &bytes).unwrap();
    let journal = Arc::new(SqliteJournal::new(folder.path().join("transfers.sqlite")));
    let first = world.app_with(journal.clone());
    let mut states = first.transfers().watch();
    first.send(send(&[&path])).await.unwrap();
    states.wait_for(|all| all[0].bytes_sent > 24 << 20).await.unwrap();
    first.halt_transfers().await;
    let second = world.app_with(journal);
    second.restore_transfers().await;
    let mut states = second.transfers().watch();
    let transfer = states.wait_for(|all| all[0].state.is_ended()).await.unwrap()[0].clone();
    assert_eq!(transfer.state, TransferState::Finished, "{:?}", transfer.failed);
    assert!(transfer.restarted.is_empty());
    assert!(world.body("in/film.mov").await == bytes);
    assert!(world.unfinished("").await.is_empty(), "nothing was begun anew");
}

#[tokio::test]
async fn seaweedfs_takes_nothing_from_someone_who_may_not_write() {
    let world = World::seaweedfs().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("letter.pdf");
    std::fs::write(&path, "x").unwrap();
    let request = SendRequest { profile: profile("reader"), ..send(&[&path]) };
    let denied = send_and_wait(&world.app, &request).await.remove(0).unwrap_err();
    assert!(
        matches!(denied.error.kind(), Kind::AccessDenied { action: Action::Write, .. }),
        "{:?}",
        denied.error
    );
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn a_gigabyte_goes_through_in_bounded_memory_with_progress() {
    let world = World::practice().await;
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mov");
    std::fs::File::create(&path).unwrap().set_len(1 << 30).unwrap();
    let before = peak_memory();
    let mut states = world.app.transfers().watch();
    world.app.send(send(&[&path])).await.unwrap();
    let mut steps = 0;
    loop {
        states.changed().await.unwrap();
        let transfer = states.borrow_and_update()[0].clone();
        steps += usize::from(transfer.bytes_sent > 0 && transfer.bytes_sent < transfer.bytes_total);
        match transfer.state {
            TransferState::Uploading | TransferState::Linking => {}
            TransferState::Finished => break,
            other => panic!("{other:?}: {:?}", transfer.failed),
        }
    }
    assert!(steps > 10, "progress was seen {steps} times");
    let grown = peak_memory() - before;
    assert!(grown < 160, "server and client together grew by {grown} MiB");
}

on_every_server!(
    an_upload_goes_on_after_a_restart_with_what_the_server_has,
    a_file_in_parts_arrives_whole_and_leaves_nothing_unfinished,
    files_arrive_whole_and_their_links_open,
    nothing_is_overwritten,
    a_file_is_sent_as_it_is_when_it_is_its_turn_and_one_that_went_is_named,
    a_drop_is_watched_to_its_end_and_its_links_are_copied,
);
