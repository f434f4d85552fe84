//! Moving, deleting and saving over real servers.

mod bad_day;

use std::collections::HashMap;
use std::path::Path;

use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{BucketVersioningStatus, Tag, Tagging, VersioningConfiguration};
use futures_util::StreamExt;
use guestpass_core::app::{App, SaveTo};
use guestpass_core::{BucketName, Entry, Keeps, Kind, Object, ObjectKey, Prefix, Task, TaskId, TaskState};
use guestpass_s3::{Copies, Limits};

use crate::on_every_server;
use crate::world::{BUCKET, World, profile};

const MIB: usize = 1024 * 1024;

fn bucket() -> BucketName {
    BucketName::parse(BUCKET).unwrap()
}

fn folder(prefix: &str) -> Entry {
    Entry::Folder(Prefix::parse(prefix).unwrap())
}

fn file(key: &str) -> Entry {
    let key = ObjectKey::parse(key).unwrap();
    Entry::Object(Object { key, size: 0, modified_at: None, etag: None, storage_class: None })
}

async fn until(app: &App, id: TaskId, holds: impl Fn(&Task) -> bool) -> Task {
    let mut tasks = app.tasks().watch();
    let found = tasks.wait_for(|all| all.iter().any(|task| task.id == id && holds(task))).await.unwrap();
    found.iter().find(|task| task.id == id).unwrap().clone()
}

/// Waits for the end, and gives its word where it is asked for that.
async fn end(app: &App, id: TaskId) -> Task {
    let task = until(app, id, |task| task.state.is_ended() || task.state == TaskState::Asking).await;
    if task.state == TaskState::Asking {
        app.consent_task(id);
    }
    until(app, id, |task| task.state.is_ended()).await
}

/// Keys that have broken one tool or another, as far as SeaweedFS keeps them.
const ODD: [&str; 16] = [
    "a b",
    " lead and trail ",
    "a+b",
    "a%2Fb",
    "100%",
    "?x=1&y#z",
    "'\"",
    "Ü",
    "U\u{308}",
    "新製品 🎉.txt",
    "a;b=c:d,e@f",
    "<script>",
    "\u{202e}cod.exe",
    "a\tb",
    "...",
    "line\nbreak",
];
const ODDER: [&str; 6] = ["/lead", "a//b", "//", "..", "a/../b", "./x"];

async fn odd_keys_are_moved_saved_and_deleted_exactly(world: World) {
    let odder = ODDER.into_iter().filter(|_| !world.is_seaweedfs());
    let keys: Vec<&str> = ODD.into_iter().chain(odder).collect();
    for key in &keys {
        world.put(&format!("from/{key}"), *key).await;
    }
    let id = world.app.rename(&profile("press"), &bucket(), folder("from/"), "to +%2F").await.unwrap();
    let task = end(&world.app, id).await;
    assert_eq!((task.files_failed, task.files_done), (0, keys.len()), "{:?}", task.failed);
    assert!(world.keys("from/").await.is_empty());
    for key in &keys {
        let moved = world.admin.get_object().bucket(BUCKET).key(format!("to +%2F/{key}")).send().await.unwrap();
        assert_eq!(moved.body.collect().await.unwrap().into_bytes(), key.as_bytes(), "{key:?}");
    }
    let disk = tempfile::tempdir().unwrap();
    let to = SaveTo::Folder(disk.path().to_owned());
    let id = world.app.save(&profile("press"), &bucket(), vec![folder("to +%2F/")], to).await.unwrap();
    let task = end(&world.app, id).await;
    assert_eq!((task.files_failed, task.files_done), (0, keys.len()), "{:?}", task.failed);
    let mut saved = files_below(disk.path());
    saved.sort();
    let mut expected: Vec<String> = keys.iter().map(|key| (*key).to_owned()).collect();
    expected.sort();
    assert_eq!(saved, expected, "each file holds its own key");
    let id = world.app.delete(&profile("press"), &bucket(), vec![folder("to +%2F/")]).await.unwrap();
    let task = end(&world.app, id).await;
    assert_eq!((task.state, task.files_failed), (TaskState::Finished, 0), "{:?}", task.failed);
    assert!(world.keys("to +%2F/").await.is_empty());
}

/// What is in all files below a folder.
fn files_below(folder: &Path) -> Vec<String> {
    let entries = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let below = |path: std::path::PathBuf| {
        if path.is_dir() { files_below(&path) } else { vec![std::fs::read_to_string(path).unwrap()] }
    };
    entries.flat_map(below).collect()
}

async fn what_belongs_to_a_file_goes_with_it(world: World) {
    put_with_all(&world, "film.mp4", vec![1; 1_000]).await;
    let id = world.app.rename(&profile("press"), &bucket(), file("film.mp4"), "new.mp4").await.unwrap();
    let task = end(&world.app, id).await;
    assert_eq!(task.state, TaskState::Finished, "{:?}", task.failed);
    assert_all(&world, "new.mp4").await;
    assert_eq!(world.keys("").await, ["new.mp4"]);
}

async fn put_with_all(world: &World, key: &str, bytes: Vec<u8>) {
    let put = world.admin.put_object().bucket(BUCKET).key(key).body(ByteStream::from(bytes));
    put.content_type("video/x-acme").cache_control("no-store").metadata("maker", "ada").send().await.unwrap();
    if world.is_seaweedfs() {
        let tag = Tag::builder().key("t k").value("v=1+2").build().unwrap();
        let tags = Tagging::builder().tag_set(tag).build().unwrap();
        world.admin.put_object_tagging().bucket(BUCKET).key(key).tagging(tags).send().await.unwrap();
    }
}

async fn assert_all(world: &World, key: &str) {
    let head = world.admin.head_object().bucket(BUCKET).key(key).send().await.unwrap();
    assert_eq!((head.content_type(), head.cache_control()), (Some("video/x-acme"), Some("no-store")));
    assert_eq!(head.metadata(), Some(&HashMap::from([("maker".to_owned(), "ada".to_owned())])));
    if world.is_seaweedfs() {
        let tags = world.admin.get_object_tagging().bucket(BUCKET).key(key).send().await.unwrap().tag_set;
        assert_eq!((tags[0].key(), tags[0].value()), ("t k", "v=1+2"));
    }
}

/// The server copies ranges; with a limit that is lower than S3's.
async fn a_large_file_is_moved_in_parts(world: World) {
    let copies = Copies { in_one: 6 * MIB as u64, part: 5 * MIB as u64, ..Copies::default() };
    let app = world.app_within(Limits { copies, ..Limits::default() });
    let bytes: Vec<u8> = (0..11 * MIB + 3).map(|n| (n % 253) as u8).collect();
    put_with_all(&world, "big.bin", bytes.clone()).await;
    let id = app.rename(&profile("press"), &bucket(), file("big.bin"), "new.bin").await.unwrap();
    let task = end(&app, id).await;
    assert_eq!(task.state, TaskState::Finished, "{:?}", task.failed);
    assert_eq!(world.keys("").await, ["new.bin"]);
    assert_all(&world, "new.bin").await;
    let moved = world.admin.get_object().bucket(BUCKET).key("new.bin").send().await.unwrap();
    assert!(moved.body.collect().await.unwrap().into_bytes() == bytes);
    assert!(world.unfinished("").await.is_empty());
}

async fn nothing_is_moved_over_something(world: World) {
    world.put("one/a", "first").await;
    world.put("two/a", "second").await;
    let to = Prefix::parse("two/").unwrap();
    world.put("one/b", "third").await;
    let both = vec![file("one/a"), file("one/b")];
    let id = world.app.move_to(&profile("press"), &bucket(), both, to).await.unwrap();
    let task = end(&world.app, id).await;
    assert_eq!((task.files_done, task.files_failed), (2, 1));
    assert_eq!(*task.failed[0].error.kind(), Kind::NameTaken { name: "a".into() });
    assert_eq!(world.keys("").await, ["one/a", "two/a", "two/b"]);
    let taken = world.app.rename(&profile("press"), &bucket(), folder("one/"), "two").await.unwrap_err();
    assert_eq!(taken.into_kind(), Kind::NameTaken { name: "two".into() });
}

/// More than one request may name.
async fn many_files_are_deleted(world: World) {
    let keys: Vec<String> = (0..1_010).map(|n| format!("many/{n:04}")).collect();
    let puts: Vec<_> = keys.iter().map(|key| world.put_owned(key.clone())).collect();
    futures_util::stream::iter(puts).buffer_unordered(32).count().await;
    let id = world.app.delete(&profile("press"), &bucket(), vec![folder("many/")]).await.unwrap();
    let asking = until(&world.app, id, |task| task.state == TaskState::Asking).await;
    assert_eq!((asking.files, asking.keeps), (1_010, Some(Keeps::Nothing)));
    let task = end(&world.app, id).await;
    assert_eq!((task.files_done, task.files_failed, task.undoable), (1_010, 0, 0));
    assert!(world.keys("").await.is_empty());
}

async fn a_large_file_is_saved_with_its_date(world: World) {
    let bytes: Vec<u8> = (0..33 * MIB + 1).map(|n| (n % 241) as u8).collect();
    let put = world.admin.put_object().bucket(BUCKET).key("big.bin").body(ByteStream::from(bytes.clone()));
    put.send().await.unwrap();
    let disk = tempfile::tempdir().unwrap();
    let path = disk.path().join("mine.bin");
    let to = SaveTo::File { path: path.clone(), replaces: false };
    let id = world.app.save(&profile("press"), &bucket(), vec![file("big.bin")], to).await;
    let task = end(&world.app, id.unwrap()).await;
    assert_eq!((task.state, task.bytes_done), (TaskState::Finished, bytes.len() as u64), "{:?}", task.failed);
    assert!(std::fs::read(&path).unwrap() == bytes);
    let head = world.admin.head_object().bucket(BUCKET).key("big.bin").send().await.unwrap();
    let saved = std::fs::metadata(&path).unwrap().modified().unwrap();
    let since = saved.duration_since(std::time::UNIX_EPOCH).unwrap().as_secs();
    assert_eq!(i64::try_from(since).unwrap(), head.last_modified().unwrap().secs());
}

on_every_server!(
    odd_keys_are_moved_saved_and_deleted_exactly,
    what_belongs_to_a_file_goes_with_it,
    a_large_file_is_moved_in_parts,
    nothing_is_moved_over_something,
    many_files_are_deleted,
    a_large_file_is_saved_with_its_date,
);

async fn set_versions(world: &World, status: BucketVersioningStatus) {
    let on = VersioningConfiguration::builder().status(status).build();
    world.admin.put_bucket_versioning().bucket(BUCKET).versioning_configuration(on).send().await.unwrap();
}

#[tokio::test]
async fn where_versions_are_kept_a_deletion_is_undone() {
    let world = World::seaweedfs().await;
    set_versions(&world, BucketVersioningStatus::Enabled).await;
    for key in ["a/1", "a/2 +ü", "b"] {
        world.put(key, key).await;
    }
    let id = world.app.delete(&profile("press"), &bucket(), vec![folder("a/"), file("b")]).await.unwrap();
    let task = until(&world.app, id, |task| task.state.is_ended()).await;
    assert_eq!(
        (task.keeps, task.files_done, task.files_failed),
        (Some(Keeps::Versions), 3, 0),
        "{:?}",
        task.failed
    );
    assert_eq!(task.undoable, 3);
    assert!(world.keys("").await.is_empty());
    world.app.undo_task(id).await.unwrap();
    let task = until(&world.app, id, |task| task.state.is_ended() && task.undoable == 0).await;
    assert_eq!((task.state, task.files_failed), (TaskState::Undone, 0), "{:?}", task.failed);
    assert_eq!(world.keys("").await, ["a/1", "a/2 +ü", "b"]);
    let back = world.admin.get_object().bucket(BUCKET).key("a/2 +ü").send().await.unwrap();
    assert_eq!(back.body.collect().await.unwrap().into_bytes(), "a/2 +ü");
}

#[tokio::test]
async fn where_versions_are_not_kept_any_more_it_asks() {
    let world = World::seaweedfs().await;
    set_versions(&world, BucketVersioningStatus::Enabled).await;
    set_versions(&world, BucketVersioningStatus::Suspended).await;
    world.put("a", "a").await;
    let id = world.app.delete(&profile("press"), &bucket(), vec![file("a")]).await.unwrap();
    let task = until(&world.app, id, |task| task.state == TaskState::Asking).await;
    assert_eq!(task.keeps, Some(Keeps::Nothing));
    assert_eq!(end(&world.app, id).await.undoable, 0);
}
