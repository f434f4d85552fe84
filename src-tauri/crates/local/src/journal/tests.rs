use std::os::unix::ffi::OsStrExt;

use guestpass_core::journal::KeptFile;
use guestpass_core::ports::{Multipart, Part};
use guestpass_core::{
    BucketName, Disposition, Expiry, IfTaken, ObjectKey, OfferedFile, Place, Prefix, ProfileId, SendRequest,
};

use super::*;

fn transfer() -> KeptTransfer {
    let file = |name: &str, path: &[u8]| OfferedFile {
        name: name.into(),
        size: 20 << 20,
        path: std::ffi::OsStr::from_bytes(path).into(),
    };
    let request = SendRequest {
        profile: ProfileId::Aws("press".into()),
        place: Place {
            bucket: BucketName::parse("acme-press").unwrap(),
            prefix: Prefix::parse("in/").unwrap(),
        },
        files: vec![file("film.mov", b"/tmp/film \xff.mov"), file("Photos/a.jpg", b"/tmp/a.jpg")],
        if_taken: IfTaken::Replace,
        taken: ["film.mov".to_owned()].into(),
        expiry: Expiry::For(3_600),
        disposition: Disposition::Inline,
    };
    let started_at = "2026-11-23T17:20:00Z".parse().unwrap();
    KeptTransfer { request, token: "t".into(), started_at, is_paused: false, files: vec![KeptFile::Waiting; 2] }
}

fn begun() -> KeptFile {
    let multipart = Multipart {
        upload_id: Some("u".into()),
        asked_at: "2026-11-23T17:20:00Z".parse().unwrap(),
        size: 20 << 20,
        modified_at: Some("2026-11-23T17:20:00.123456789Z".parse().unwrap()),
        part_size: 8 << 20,
        parts: Vec::new(),
    };
    KeptFile::Begun(ObjectKey::parse("in/film.mov").unwrap(), multipart)
}

async fn written(journal: &SqliteJournal) -> KeptTransfer {
    journal.transfers().await.unwrap().remove(0).1
}

#[tokio::test]
async fn the_next_process_finds_what_the_last_one_wrote() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("transfers.sqlite");
    let mut expected = transfer();
    let id = TransferId(7);
    let journal = SqliteJournal::new(&path);
    journal.keep(id, &expected).await.unwrap();
    let entries = [
        Entry::File(0, begun()),
        Entry::Part(0, Part { number: 2, etag: "\"b\"".into(), crc: u64::MAX }),
        Entry::Part(0, Part { number: 3, etag: "\"c\"".into(), crc: 1 }),
        Entry::File(1, KeptFile::Sent(ObjectKey::parse("in/Photos/a (2).jpg").unwrap())),
        Entry::Paused(true),
    ];
    for entry in entries {
        journal.note(id, &entry).await.unwrap();
        expected.apply(entry);
    }
    drop(journal);
    let journal = SqliteJournal::new(&path);
    assert_eq!(journal.transfers().await.unwrap()[0].0, id);
    let found = written(&journal).await;
    assert_eq!(format!("{found:?}"), format!("{expected:?}"), "names, paths, parts and all");
    journal.note(id, &Entry::File(0, KeptFile::Waiting)).await.unwrap();
    journal.note(id, &Entry::File(0, begun())).await.unwrap();
    assert_eq!(written(&journal).await.files[0], begun(), "from the start there are no parts");
    journal.forget(id).await.unwrap();
    assert!(journal.transfers().await.unwrap().is_empty());
    journal.keep(id, &transfer()).await.unwrap();
    assert_eq!(written(&journal).await.files, [KeptFile::Waiting, KeptFile::Waiting], "nothing stayed behind");
}

#[tokio::test]
async fn leftovers_are_known_until_they_are_removed() {
    let folder = tempfile::tempdir().unwrap();
    let journal = SqliteJournal::new(folder.path().join("transfers.sqlite"));
    let leftover = Leftover {
        profile: ProfileId::Practice,
        bucket: BucketName::parse("acme-press").unwrap(),
        key: ObjectKey::parse("film.mov").unwrap(),
        upload_id: Some("u".into()),
        asked_at: "2026-11-23T17:10:00Z".parse().unwrap(),
        since: "2026-11-23T17:20:00Z".parse().unwrap(),
    };
    let nameless = Leftover { upload_id: None, ..leftover.clone() };
    for one in [&leftover, &leftover, &nameless] {
        journal.keep_leftover(one).await.unwrap();
    }
    assert_eq!(journal.leftovers().await.unwrap(), [leftover.clone(), nameless.clone()]);
    journal.forget_leftover(&nameless).await.unwrap();
    assert_eq!(journal.leftovers().await.unwrap(), std::slice::from_ref(&leftover));
    journal.forget_leftover(&leftover).await.unwrap();
    assert!(journal.leftovers().await.unwrap().is_empty());
}

#[tokio::test]
async fn a_second_process_is_told_that_there_is_none_for_it() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("transfers.sqlite");
    let first = SqliteJournal::new(&path);
    first.keep(TransferId(1), &transfer()).await.unwrap();
    assert!(SqliteJournal::new(&path).transfers().await.is_err());
    assert_eq!(first.transfers().await.unwrap().len(), 1);
}

#[tokio::test]
async fn a_damaged_journal_is_put_aside_and_a_new_one_begun() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("transfers.sqlite");
    std::fs::write(&path, "not a database, and long enough to be looked at as one ".repeat(100)).unwrap();
    let journal = SqliteJournal::new(&path);
    journal.keep(TransferId(1), &transfer()).await.unwrap();
    assert_eq!(journal.transfers().await.unwrap().len(), 1);
    assert!(folder.path().join("transfers.sqlite.damaged").exists());
}

#[tokio::test]
async fn without_room_on_the_disk_there_is_an_error_and_no_half_of_a_change() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("transfers.sqlite");
    let journal = SqliteJournal::new(&path);
    journal.keep(TransferId(1), &transfer()).await.unwrap();
    journal.with(|open| open.pragma_update(None, "max_page_count", 1)).await.unwrap();
    let mut large = transfer();
    large.request.files = vec![large.request.files[0].clone(); 9_999];
    large.files = vec![KeptFile::Waiting; 9_999];
    assert!(journal.keep(TransferId(2), &large).await.unwrap_err().detail().unwrap().contains("full"));
    assert_eq!(journal.transfers().await.unwrap().len(), 1);
    journal.note(TransferId(1), &Entry::Paused(true)).await.unwrap();
}
