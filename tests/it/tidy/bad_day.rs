//! The same with others at work, over lines that break: nothing is lost, and nothing is said to be done that is not.

use std::sync::Arc;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use guestpass_local::SystemClock;
use guestpass_testkit::faulty::{Fault, FaultyLine};
use http::request::Parts;

use super::*;
use crate::world::{Through, app_over, place};

async fn what_stands_for_a_folder_goes_with_it(world: World) {
    let root = place("");
    world.app.new_folder(&profile("press"), &root, "empty").await.unwrap();
    let id = world.app.rename(&profile("press"), &bucket(), folder("empty/"), "moved").await.unwrap();
    let task = end(&world.app, id).await;
    assert_eq!((task.state, task.files_failed), (TaskState::Finished, 0), "{:?}", task.failed);
    assert_eq!(world.keys("").await, ["moved/"]);
    let there = world.app.new_folder(&profile("press"), &root, "moved").await.unwrap_err();
    assert_eq!(there.into_kind(), Kind::NameTaken { name: "moved".into() });
    world.put("moved/in it", "x").await;
    world.app.new_folder(&profile("press"), &place("moved/"), "deeper").await.unwrap();
    let id = world.app.rename(&profile("press"), &bucket(), folder("moved/"), "again").await.unwrap();
    let task = end(&world.app, id).await;
    assert_eq!((task.files_done, task.files_failed), (1, 0), "{:?}", task.failed);
    let mut keys = world.keys("").await;
    // SeaweedFS has a folder as soon as something is in it, and lists it only where it was made for itself.
    keys.retain(|key| !world.is_seaweedfs() || key != "again/");
    let all = ["again/", "again/deeper/", "again/in it"];
    assert_eq!(keys, all[usize::from(world.is_seaweedfs())..]);
    let id = world.app.delete(&profile("press"), &bucket(), vec![folder("again/")]).await.unwrap();
    let task = end(&world.app, id).await;
    assert_eq!((task.state, task.files_failed), (TaskState::Finished, 0), "{:?}", task.failed);
    assert!(world.keys("").await.is_empty());
}

async fn what_replaces_a_file_while_it_is_asked_for_stays(world: World) {
    for key in ["a/1", "a/2", "one"] {
        world.put(key, "old").await;
    }
    let both = vec![folder("a/"), file("one")];
    let id = world.app.delete(&profile("press"), &bucket(), both).await.unwrap();
    until(&world.app, id, |task| task.state == TaskState::Asking).await;
    world.put("a/1", "new").await;
    world.put("one", "new").await;
    let task = end(&world.app, id).await;
    assert_eq!((task.files_done, task.files_failed), (3, 2), "{:?}", task.failed);
    assert_eq!(*task.failed[0].error.kind(), Kind::FileChanged { name: "1".into() });
    assert_eq!(world.keys("").await, ["a/1", "one"]);
    assert_eq!(world.body("a/1").await, b"new");
}

/// An app whose first request of this kind goes wrong so. The practice server takes nobody who comes over a line.
async fn over(world: &World, limits: Limits, which: fn(&Parts) -> bool, fault: Fault) -> (FaultyLine, App) {
    let seen = AtomicU32::new(0);
    let first = move |asked: &Parts| which(asked) && seen.fetch_add(1, Ordering::Relaxed) == 0;
    let line = FaultyLine::start(world.address(), move |asked| first(asked).then_some(fault)).await;
    let way = Through { keys: world.keys_at(line.endpoint()), limits };
    let app = app_over(Arc::new(way), world.clipboard.clone(), Arc::new(SystemClock), None);
    (line, app)
}

fn is_copy(asked: &Parts) -> bool {
    asked.headers.contains_key("x-amz-copy-source")
}

fn is_removal(asked: &Parts) -> bool {
    asked.method == "DELETE"
}

fn is_deletion(asked: &Parts) -> bool {
    asked.method == "POST" && asked.uri.query().is_some_and(|query| query.starts_with("delete"))
}

fn is_tagging(asked: &Parts) -> bool {
    asked.method == "GET" && asked.uri.query().is_some_and(|query| query.starts_with("tagging"))
}

#[tokio::test]
async fn a_move_whose_answers_are_lost_is_one() {
    let world = World::seaweedfs().await;
    for (number, which) in [is_copy as fn(&Parts) -> bool, is_removal].into_iter().enumerate() {
        let (from, to) = (format!("from {number}"), format!("to {number}"));
        world.put(&from, "bytes").await;
        let (_line, app) = over(&world, Limits::default(), which, Fault::LoseAnswer).await;
        let id = app.rename(&profile("press"), &bucket(), file(&from), &to).await.unwrap();
        let task = end(&app, id).await;
        assert_eq!((task.state, task.files_failed), (TaskState::Finished, 0), "{from}: {:?}", task.failed);
        assert!(world.keys("from").await.is_empty(), "{from}");
        assert_eq!(world.body(&to).await, b"bytes");
    }
}

/// The computer slept, say, and the line does not know yet that it is cut.
#[tokio::test]
async fn a_copy_without_an_answer_can_be_stopped() {
    let world = World::seaweedfs().await;
    let copies = Copies { grace: Duration::from_millis(100), ..Copies::default() };
    for (fault, is_moved) in [(Fault::StallAnswer, true), (Fault::Stall(0), false)] {
        let (from, to) = (format!("from {is_moved}"), format!("to {is_moved}"));
        world.put(&from, "bytes").await;
        let (line, app) = over(&world, Limits { copies, ..Limits::default() }, is_copy, fault).await;
        let id = app.rename(&profile("press"), &bucket(), file(&from), &to).await.unwrap();
        let is_asked = || line.passed().iter().any(|passed| is_copy(&passed.asked));
        while !is_asked() {
            world.keys("").await;
        }
        app.cancel_task(id).await;
        let task = end(&app, id).await;
        assert_eq!(task.state, TaskState::Cancelled);
        if is_moved {
            assert_eq!((task.files_done, task.files_failed), (1, 0), "{:?}", task.failed);
            assert!(world.keys(&from).await.is_empty());
            assert_eq!(world.body(&to).await, b"bytes");
        } else {
            let left = Kind::CopyLeft { name: from.clone(), copy: to.clone() };
            assert_eq!(*task.failed[0].error.kind(), left);
            assert_eq!(world.body(&from).await, b"bytes");
            assert!(world.keys(&to).await.is_empty());
        }
    }
}

/// A copy in parts has no tags but those that it is given.
#[tokio::test]
async fn nothing_is_moved_without_its_tags() {
    let world = World::seaweedfs().await;
    let copies = Copies { in_one: 6 * MIB as u64, part: 5 * MIB as u64, ..Copies::default() };
    let refused = Fault::Refuse { status: 403, code: "AccessDenied", is_early: false };
    let (_line, app) = over(&world, Limits { copies, ..Limits::default() }, is_tagging, refused).await;
    put_with_all(&world, "big.bin", vec![7; 7 * MIB]).await;
    let id = app.rename(&profile("press"), &bucket(), file("big.bin"), "new.bin").await.unwrap();
    let task = end(&app, id).await;
    assert!(matches!(task.failed[0].error.kind(), Kind::AccessDenied { .. }), "{:?}", task.failed);
    assert_eq!(world.keys("").await, ["big.bin"]);
}

on_every_server!(what_stands_for_a_folder_goes_with_it, what_replaces_a_file_while_it_is_asked_for_stays);

/// What stands for a folder may hold something all the same.
#[tokio::test]
async fn a_new_folder_takes_the_place_of_nothing() {
    let world = World::practice().await;
    world.put("x/", "mine").await;
    let there = world.app.new_folder(&profile("press"), &place(""), "x").await.unwrap_err();
    assert_eq!(there.into_kind(), Kind::NameTaken { name: "x".into() });
    // Nor where it came after the look.
    world.app.make_folders(&profile("press"), &place(""), &["x".into()]).await.unwrap();
    assert_eq!(world.body("x/").await, b"mine");
}

#[tokio::test]
async fn a_deletion_whose_answer_is_lost_is_undone_all_the_same() {
    let world = World::seaweedfs().await;
    set_versions(&world, BucketVersioningStatus::Enabled).await;
    for key in ["a/1", "a/2", "one"] {
        world.put(key, key).await;
    }
    for (chosen, which) in [(folder("a/"), is_deletion as fn(&Parts) -> bool), (file("one"), is_removal)] {
        let before = world.keys("").await;
        let (_line, app) = over(&world, Limits::default(), which, Fault::LoseAnswer).await;
        let id = app.delete(&profile("press"), &bucket(), vec![chosen]).await.unwrap();
        let task = until(&app, id, |task| task.state.is_ended()).await;
        assert_eq!((task.files_failed, task.undoable), (0, task.files), "{:?}", task.failed);
        app.undo_task(id).await.unwrap();
        let task = until(&app, id, |task| task.state == TaskState::Undone && task.undoable == 0).await;
        assert_eq!(task.files_failed, 0, "{:?}", task.failed);
        assert_eq!(world.keys("").await, before);
    }
}

#[tokio::test]
async fn what_was_put_there_since_is_not_what_was_deleted() {
    let world = World::seaweedfs().await;
    set_versions(&world, BucketVersioningStatus::Enabled).await;
    world.put("a", "old").await;
    let id = world.app.delete(&profile("press"), &bucket(), vec![file("a")]).await.unwrap();
    until(&world.app, id, |task| task.state.is_ended()).await;
    world.put("a", "new").await;
    world.app.undo_task(id).await.unwrap();
    let task = until(&world.app, id, |task| task.state == TaskState::Undone).await;
    assert_eq!(*task.failed[0].error.kind(), Kind::NameTaken { name: "a".into() });
    assert_eq!(world.body("a").await, b"new");
}
