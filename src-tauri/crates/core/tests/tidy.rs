//! Moving, deleting and saving, with a failure at every step: no file is lost, and what became of each is told.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

use guestpass_core::app::{App, SaveTo};
use guestpass_core::{
    Action, BucketName, DeniedBy, Entry, Keeps, Kind, Object, ObjectKey, Place, Policy, Prefix, ProfileId,
    Rule, Task, TaskId, TaskPhase, TaskState, TaskWork,
};
use guestpass_testkit::memory::{Step, World};

#[path = "tidy/bad_day.rs"]
mod bad_day;

const FILES: [&str; 4] = ["a/1.txt", "a/b/2.txt", "a/b/3.txt", "other.txt"];

fn marketing() -> ProfileId {
    ProfileId::Aws("Marketing".into())
}

fn bucket() -> BucketName {
    BucketName::parse("acme").unwrap()
}

fn place(prefix: &str) -> Place {
    Place { bucket: bucket(), prefix: Prefix::parse(prefix).unwrap() }
}

fn folder(prefix: &str) -> Entry {
    Entry::Folder(Prefix::parse(prefix).unwrap())
}

fn file(key: &str) -> Entry {
    let key = ObjectKey::parse(key).unwrap();
    Entry::Object(Object { key, size: 7, modified_at: None, etag: None, storage_class: None })
}

fn world() -> World {
    let world = World::default();
    world.store.fill("acme", &FILES);
    world
}

async fn until(app: &App, id: TaskId, holds: impl Fn(&Task) -> bool) -> Task {
    let mut tasks = app.tasks().watch();
    let found = tasks.wait_for(|all| all.iter().any(|task| task.id == id && holds(task))).await.unwrap();
    found.iter().find(|task| task.id == id).unwrap().clone()
}

fn save_as(path: &str, replaces: bool) -> SaveTo {
    SaveTo::File { path: path.into(), replaces }
}

async fn end(app: &App, id: TaskId) -> Task {
    until(app, id, |task| task.state.is_ended()).await
}

fn denied(action: Action) -> Kind {
    Kind::AccessDenied { action, by: DeniedBy::NotSaid, profile: "Marketing".into(), bucket: None, key: None }
}

fn offline() -> Kind {
    Kind::Offline { host: "acme".into() }
}

#[tokio::test]
async fn a_folder_gets_another_name_with_all_that_is_in_it() {
    let world = world();
    let app = world.app(None);
    let id = app.rename(&marketing(), &bucket(), folder("a/"), "new").await.unwrap();
    let task = end(&app, id).await;
    assert_eq!((task.state, task.files, task.files_done, task.files_failed), (TaskState::Finished, 3, 3, 0));
    assert_eq!((task.bytes, task.bytes_done), (21, 21));
    assert_eq!(world.store.keys("acme"), ["new/1.txt", "new/b/2.txt", "new/b/3.txt", "other.txt"]);
}

#[tokio::test]
async fn a_move_that_fails_anywhere_loses_nothing() {
    for step in [Step::Copy, Step::Remove] {
        for is_done in [false, true] {
            let world = world();
            let app = world.app(None);
            let refused = Kind::FileChanged { name: "2.txt".into() };
            world.store.tending.fail(step, "a/b/2.txt", refused, is_done, 1);
            let id =
                app.move_to(&marketing(), &bucket(), vec![folder("a/")], Prefix::parse("to/").unwrap()).await;
            let task = end(&app, id.unwrap()).await;
            let keys = world.store.keys("acme");
            let copies = keys.iter().filter(|key| key.ends_with("2.txt")).count();
            // A server that says no to what it has done leaves two files, or has moved it.
            let is_moved = step == Step::Remove && is_done;
            assert_eq!(
                copies,
                if step == Step::Copy && is_done { 2 } else { 1 },
                "{step:?} {is_done}: {keys:?}"
            );
            assert_eq!(keys.contains(&"a/b/2.txt".to_owned()), !is_moved, "{step:?} {is_done}: {keys:?}");
            let failed: Vec<_> = task.failed.iter().map(|failed| failed.name.as_str()).collect();
            assert_eq!(failed, if is_moved { vec![] } else { vec!["a/b/2.txt"] });
            assert_eq!((task.state, task.files_done), (TaskState::Finished, 3));
            for moved in ["to/a/1.txt", "to/a/b/3.txt", "other.txt"] {
                assert!(keys.iter().any(|key| key == moved), "{step:?} {is_done}: {keys:?}");
            }
        }
    }
}

#[tokio::test]
async fn an_answer_that_is_lost_is_waited_for_and_nothing_is_there_twice() {
    for step in [Step::Copy, Step::Remove] {
        for is_done in [false, true] {
            let world = world();
            let app = world.app(None);
            world.store.tending.fail(step, "other.txt", offline(), is_done, 1);
            let id = app.rename(&marketing(), &bucket(), file("other.txt"), "new.txt").await.unwrap();
            let waiting = until(&app, id, |task| task.state == TaskState::Waiting).await;
            assert_eq!(*waiting.trouble.unwrap().kind(), offline());
            app.resume_task(id);
            assert_eq!(end(&app, id).await.state, TaskState::Finished, "{step:?} {is_done}");
            let keys = world.store.keys("acme");
            assert_eq!(keys[3..], ["new.txt"], "{step:?} {is_done}");
        }
    }
}

#[tokio::test]
async fn who_may_not_delete_moves_nothing_and_leaves_no_copies() {
    let world = World::default();
    let keys: Vec<String> = (0..200).map(|n| format!("a/{n:03}")).collect();
    let keys: Vec<&str> = keys.iter().map(String::as_str).collect();
    world.store.fill("acme", &keys);
    for key in &keys {
        world.store.tending.fail(Step::Remove, key, denied(Action::Delete), false, 9);
    }
    let app = world.app(None);
    let id = app.rename(&marketing(), &bucket(), folder("a/"), "b").await.unwrap();
    let task = end(&app, id).await;
    assert_eq!(task.state, TaskState::Failed);
    assert!(task.files_failed < 50, "the rest was not begun: {}", task.files_failed);
    assert_eq!(world.store.keys("acme"), keys, "all is as it was");
}

#[tokio::test]
async fn nothing_is_moved_over_something() {
    let world = world();
    world.store.fill("acme", &["a/1.txt", "b/1.txt", "c/other", "same"]);
    let app = world.app(None);
    let taken = |name: &str| Kind::NameTaken { name: name.into() };
    let (profile, acme) = (marketing(), bucket());
    let rename = |entry, name| app.rename(&profile, &acme, entry, name);
    assert_eq!(rename(folder("a/"), "b").await.unwrap_err().into_kind(), taken("b"));
    assert_eq!(rename(folder("a/"), "same").await.unwrap_err().into_kind(), taken("same"), "a file, too");
    assert_eq!(rename(file("same"), "a").await.unwrap_err().into_kind(), taken("a"), "a folder, too");
    let to_b = |entries| app.move_to(&profile, &acme, entries, Prefix::parse("b/").unwrap());
    assert_eq!(to_b(vec![file("a/1.txt")]).await.unwrap_err().into_kind(), taken("1.txt"));
    let id = to_b(vec![file("a/1.txt"), file("c/other")]).await.unwrap();
    let task = end(&app, id).await;
    assert_eq!((task.files_done, task.failed[0].error.kind()), (2, &taken("1.txt")));
    let inside = app.move_to(&marketing(), &bucket(), vec![folder("a/")], Prefix::parse("a/x/").unwrap()).await;
    assert_eq!(inside.unwrap_err().into_kind(), Kind::IntoItself { name: "a".into() });
    assert_eq!(world.store.keys("acme"), ["a/1.txt", "b/1.txt", "b/other", "same"]);
}

#[tokio::test]
async fn odd_keys_are_moved_byte_for_byte() {
    let odd =
        ["/lead", "//", "a//b", "..", "e\u{301}", "é", "🎉 x+y%2F.txt", " sp ", "a/", "\u{1}", "./x", "a/../b"];
    let inside: Vec<String> = odd.iter().map(|key| format!("from/{key}")).collect();
    let world = World::default();
    world.store.fill("acme", &inside.iter().map(String::as_str).collect::<Vec<_>>());
    let app = world.app(None);
    let id = app.rename(&marketing(), &bucket(), folder("from/"), "to").await.unwrap();
    assert_eq!(end(&app, id).await.files_failed, 0);
    let mut expected: Vec<String> = odd.iter().map(|key| format!("to/{key}")).collect();
    expected.sort();
    assert_eq!(world.store.keys("acme"), expected);
    let id = app.delete(&marketing(), &bucket(), vec![file("to/.."), file("to/🎉 x+y%2F.txt")]).await.unwrap();
    until(&app, id, |task| task.state == TaskState::Asking).await;
    app.consent_task(id);
    end(&app, id).await;
    assert_eq!(world.store.keys("acme").len(), odd.len() - 2);
}

#[tokio::test]
async fn a_copy_in_parts_that_is_stopped_is_taken_off_the_server() {
    let world = world();
    world.store.write("acme", "big.bin", vec![1; 1_000_000]);
    let app = world.app(None);
    let id = app.rename(&marketing(), &bucket(), file("big.bin"), "new.bin").await.unwrap();
    until(&app, id, |task| task.bytes_done > 0).await;
    assert_eq!(guestpass_core::ports::Journal::leftovers(world.journal.as_ref()).await.unwrap().len(), 1);
    // Whoever cleans up meanwhile leaves it alone.
    app.remove_leftovers().await.unwrap();
    assert_eq!(world.store.tending.unfinished.lock().unwrap().len(), 1);
    app.cancel_task(id).await;
    let task = app.tasks().watch().borrow()[0].clone();
    assert_eq!((task.state, task.files_done, task.bytes_done), (TaskState::Cancelled, 0, 0));
    assert!(world.store.tending.unfinished.lock().unwrap().is_empty());
    assert!(guestpass_core::ports::Journal::leftovers(world.journal.as_ref()).await.unwrap().is_empty());
    assert!(world.store.keys("acme").contains(&"big.bin".to_owned()));
    assert!(!world.store.keys("acme").contains(&"new.bin".to_owned()));
}

#[tokio::test]
async fn a_copy_in_parts_that_fails_leaves_nothing_and_one_that_works_moves() {
    let world = world();
    world.store.write("acme", "big.bin", vec![1; 5_000]);
    let app = world.app(None);
    let lost = Kind::CopyDiffers { name: "big.bin".into() };
    world.store.tending.fail(Step::Copy, "big.bin", lost.clone(), false, 1);
    let id = app.rename(&marketing(), &bucket(), file("big.bin"), "new.bin").await.unwrap();
    assert_eq!(*end(&app, id).await.failed[0].error.kind(), lost);
    assert!(world.store.tending.unfinished.lock().unwrap().is_empty());
    let id = app.rename(&marketing(), &bucket(), file("big.bin"), "new.bin").await.unwrap();
    assert_eq!(end(&app, id).await.state, TaskState::Finished);
    assert!(guestpass_core::ports::Journal::leftovers(world.journal.as_ref()).await.unwrap().is_empty());
    assert!(world.store.keys("acme").contains(&"new.bin".to_owned()));
    assert!(!world.store.keys("acme").contains(&"big.bin".to_owned()));
}

#[tokio::test]
async fn a_move_is_paused_and_stopped_between_files() {
    let world = World::default();
    let keys: Vec<String> = (0..100).map(|n| format!("a/{n:03}")).collect();
    world.store.fill("acme", &keys.iter().map(String::as_str).collect::<Vec<_>>());
    world.store.tending.gate.forget_permits(1_000_000);
    let app = world.app(None);
    let id = app.rename(&marketing(), &bucket(), folder("a/"), "b").await.unwrap();
    world.store.tending.gate.add_permits(10);
    until(&app, id, |task| task.files_done == 10).await;
    app.pause_task(id);
    world.store.tending.gate.add_permits(1_000);
    // What is under way comes to its end, and no more is begun.
    let paused = until(&app, id, |task| task.state == TaskState::Paused && task.files_done >= 26).await;
    assert!(paused.files_done <= 27, "{}", paused.files_done);
    assert!(paused.state.is_under_way(), "the end of the app would cut it off");
    app.cancel_task(id).await;
    let task = app.tasks().watch().borrow()[0].clone();
    assert_eq!((task.state, task.files_failed), (TaskState::Cancelled, 0));
    let keys = world.store.keys("acme");
    assert_eq!(keys.len(), 100, "every file once");
    assert_eq!(keys.iter().filter(|key| key.starts_with("b/")).count(), task.files_done);
}

#[tokio::test]
async fn what_is_kept_is_deleted_at_once_and_brought_back() {
    let world = world();
    *world.store.tending.keeps.lock().unwrap() = Keeps::Versions;
    let app = world.app(None);
    let id = app.delete(&marketing(), &bucket(), vec![folder("a/"), file("other.txt")]).await.unwrap();
    let task = end(&app, id).await;
    assert_eq!((task.state, task.files, task.undoable), (TaskState::Finished, 4, 4));
    assert!(world.store.keys("acme").is_empty());
    app.undo_task(id).await.unwrap();
    let task = until(&app, id, |task| task.state == TaskState::Undone).await;
    assert_eq!((task.phase, task.undoable, task.files_failed), (TaskPhase::Undoing, 0, 0));
    assert_eq!(world.store.keys("acme"), FILES);
}

#[tokio::test]
async fn what_could_not_be_brought_back_can_be_tried_again() {
    let world = world();
    *world.store.tending.keeps.lock().unwrap() = Keeps::Versions;
    world.store.tending.fail(Step::Restore, "a/1.txt", denied(Action::Delete), false, 1);
    let app = world.app(None);
    let id = app.delete(&marketing(), &bucket(), vec![folder("a/")]).await.unwrap();
    end(&app, id).await;
    app.undo_task(id).await.unwrap();
    let task = until(&app, id, |task| task.state == TaskState::Undone && task.undoable == 1).await;
    assert_eq!((task.files_failed, task.failed[0].name.as_str()), (1, "a/1.txt"));
    app.undo_task(id).await.unwrap();
    until(&app, id, |task| task.state == TaskState::Undone && task.undoable == 0).await;
    assert_eq!(world.store.keys("acme"), FILES);
}

#[tokio::test]
async fn what_is_not_kept_goes_only_after_a_word_and_no_more_than_was_counted() {
    for keeps in [Keeps::Nothing, Keeps::NotSaid, Keeps::VersionsLocked] {
        let world = world();
        *world.store.tending.keeps.lock().unwrap() = keeps;
        let app = world.app(None);
        let id = app.delete(&marketing(), &bucket(), vec![folder("a/")]).await.unwrap();
        let asking = until(&app, id, |task| task.state == TaskState::Asking).await;
        assert_eq!((asking.files, asking.bytes, asking.keeps), (3, 21, Some(keeps)));
        assert_eq!(world.store.keys("acme"), FILES, "nothing is gone yet");
        world.store.write("acme", "a/late.txt", "late");
        app.consent_task(id);
        let task = end(&app, id).await;
        assert_eq!((task.state, task.undoable), (TaskState::Finished, 0));
        assert_eq!(world.store.keys("acme"), ["a/late.txt", "other.txt"]);

        let id = app.delete(&marketing(), &bucket(), vec![file("other.txt")]).await.unwrap();
        until(&app, id, |task| task.state == TaskState::Asking).await;
        app.forget_task(id).await;
        assert_eq!(world.store.keys("acme"), ["a/late.txt", "other.txt"]);
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_deleted_is_named_and_the_others_go() {
    let world = world();
    *world.store.tending.keeps.lock().unwrap() = Keeps::Versions;
    world.store.tending.fail(Step::Delete, "a/b/2.txt", denied(Action::Delete), false, 1);
    world.store.tending.fail(Step::Delete, "a/1.txt", Kind::ServerBusy, false, 2);
    let app = world.app(None);
    // A file in a chosen folder goes with that, once.
    let id = app.delete(&marketing(), &bucket(), vec![folder("a/"), file("a/1.txt")]).await.unwrap();
    let task = end(&app, id).await;
    assert_eq!((task.files, task.files_done, task.files_failed, task.undoable), (3, 3, 1, 2));
    assert_eq!(task.failed[0].name, "a/b/2.txt");
    assert_eq!(world.store.keys("acme"), ["a/b/2.txt", "other.txt"]);
}

#[tokio::test]
async fn nothing_is_changed_outside_of_what_it_allows() {
    let world = world();
    world.policy.set(Ok(Policy::parse(b"upload-to = \"s3://acme/a/b/\"", "policy.toml").unwrap()));
    let app = world.app(None);
    let rule = |kind: Kind| matches!(kind, Kind::Forbidden { rule: Rule::UploadPlace, .. });
    let (profile, bucket) = (marketing(), bucket());
    assert!(rule(app.delete(&profile, &bucket, vec![file("a/1.txt")]).await.unwrap_err().into_kind()));
    assert!(rule(app.delete(&profile, &bucket, vec![folder("a/")]).await.unwrap_err().into_kind()));
    assert!(rule(app.rename(&profile, &bucket, file("a/1.txt"), "x").await.unwrap_err().into_kind()));
    let out = Prefix::parse("out/").unwrap();
    assert!(rule(app.move_to(&profile, &bucket, vec![file("a/b/2.txt")], out).await.unwrap_err().into_kind()));
    assert!(rule(app.new_folder(&profile, &place("a/"), "x").await.unwrap_err().into_kind()));
    app.new_folder(&profile, &place("a/b/"), "x").await.unwrap();
    world.policy.set(Ok(Policy::parse(b"places = [\"s3://acme/a/b/\"]", "policy.toml").unwrap()));
    let refused = app.save(&profile, &bucket, vec![file("a/1.txt")], SaveTo::Folder("/home".into())).await;
    assert!(matches!(refused.unwrap_err().into_kind(), Kind::Forbidden { rule: Rule::Place, .. }));
    // A task that runs when the rules change goes no further.
    world.policy.set(Ok(Policy::default()));
    let id = app.delete(&profile, &bucket, vec![file("a/1.txt")]).await.unwrap();
    until(&app, id, |task| task.state == TaskState::Asking).await;
    world.policy.set(Ok(Policy::parse(b"upload-to = \"s3://acme/a/b/\"", "policy.toml").unwrap()));
    app.consent_task(id);
    assert_eq!(end(&app, id).await.state, TaskState::Failed);
    assert!(world.store.keys("acme").contains(&"a/1.txt".to_owned()));
}

#[tokio::test]
async fn a_new_folder_is_an_empty_object_and_never_a_second_one() {
    let world = world();
    let app = world.app(None);
    let made = app.new_folder(&marketing(), &place("a/"), "New 🎉").await.unwrap();
    assert_eq!(made, place("a/New 🎉/"));
    assert!(world.store.keys("acme").contains(&"a/New 🎉/".to_owned()));
    for name in ["New 🎉", "b", "1.txt"] {
        let taken = app.new_folder(&marketing(), &place("a/"), name).await.unwrap_err();
        assert_eq!(taken.into_kind(), Kind::NameTaken { name: name.into() });
    }
    let long = "x".repeat(1_022);
    for name in ["", "a/b", ".", "..", &long] {
        let invalid = app.new_folder(&marketing(), &place("a/"), name).await.unwrap_err();
        assert_eq!(invalid.into_kind(), Kind::NameInvalid { name: name.into() });
    }
}

#[tokio::test]
async fn files_are_saved_whole_under_safe_names_and_over_nothing() {
    let world = World::default();
    for (key, bytes) in [("p/film: 1.mp4", "film"), ("p/b/../nul", "odd"), ("p/b/", ""), ("p/e", "")] {
        world.store.write("acme", key, bytes);
    }
    world.disk.write("/home/p/film_ 1.mp4", b"mine");
    let app = world.app(None);
    let id =
        app.save(&marketing(), &bucket(), vec![folder("p/")], SaveTo::Folder("/home".into())).await.unwrap();
    let task = end(&app, id).await;
    assert_eq!((task.state, task.files, task.files_done, task.files_failed), (TaskState::Finished, 3, 3, 0));
    assert_eq!(
        world.disk.paths(),
        ["/home/p/b/__/_nul", "/home/p/e", "/home/p/film_ 1 (2).mp4", "/home/p/film_ 1.mp4"]
    );
    assert_eq!(world.disk.bytes("/home/p/film_ 1 (2).mp4").unwrap(), b"film");
    let one = save_as("/home/p/film_ 1.mp4", true);
    let id = app.save(&marketing(), &bucket(), vec![file("p/film: 1.mp4")], one).await.unwrap();
    assert_eq!(end(&app, id).await.state, TaskState::Finished);
    assert_eq!(world.disk.bytes("/home/p/film_ 1.mp4").unwrap(), b"film", "the dialog has asked");
    assert_eq!(world.disk.begun(), 0);
}

#[tokio::test]
async fn a_name_that_was_free_when_it_was_chosen_is_not_replaced_later() {
    let world = World::default();
    world.store.write("acme", "2024/report.pdf", "old");
    world.store.write("acme", "2025/report.pdf", "new");
    let app = world.app(None);
    let name = "/home/report.pdf";
    for key in ["2024/report.pdf", "2025/report.pdf"] {
        let id = app.save(&marketing(), &bucket(), vec![file(key)], save_as(name, false)).await.unwrap();
        let task = end(&app, id).await;
        let to = if key.starts_with("2024") { "report.pdf" } else { "report (2).pdf" };
        assert_eq!(task.work, TaskWork::Save { to: to.into(), into_folder: false }, "it says which");
    }
    assert_eq!(world.disk.bytes(name).unwrap(), b"old");
    assert_eq!(world.disk.bytes("/home/report (2).pdf").unwrap(), b"new");
}

#[tokio::test]
async fn a_folder_whose_name_a_file_has_gets_another_one() {
    let world = World::default();
    for key in ["p/a/b/c", "p/a/d", "p/e"] {
        world.store.write("acme", key, key);
    }
    world.disk.write("/home/p/a", b"mine");
    let app = world.app(None);
    let to = SaveTo::Folder("/home".into());
    let id = app.save(&marketing(), &bucket(), vec![folder("p/")], to.clone()).await.unwrap();
    assert_eq!(end(&app, id).await.files_failed, 0);
    assert_eq!(world.disk.paths(), ["/home/p/a", "/home/p/a (2)/b/c", "/home/p/a (2)/d", "/home/p/e"]);
    // And a file whose name a folder has.
    world.store.write("acme", "p", "p");
    let id = app.save(&marketing(), &bucket(), vec![file("p"), file("p/e")], to).await.unwrap();
    assert_eq!(end(&app, id).await.files_failed, 0);
    assert_eq!(world.disk.bytes("/home/p (2)").unwrap(), b"p");
}

#[tokio::test]
async fn two_objects_never_become_one_file() {
    let world = World::default();
    world.store.write("acme", "a.bin", vec![1; 100]);
    world.store.ignores_conditions.store(true, std::sync::atomic::Ordering::Relaxed);
    world.store.tending.fail(Step::Read, "a.bin", offline(), false, 1);
    let app = world.app(None);
    let id =
        app.save(&marketing(), &bucket(), vec![file("a.bin")], save_as("/home/a.bin", false)).await.unwrap();
    until(&app, id, |task| task.state == TaskState::Waiting).await;
    world.store.write("acme", "a.bin", vec![2; 100]);
    app.resume_task(id);
    let task = end(&app, id).await;
    assert_eq!(*task.failed[0].error.kind(), Kind::FileChanged { name: "a.bin".into() });
    assert!(world.disk.paths().is_empty());
}

#[tokio::test]
async fn a_task_that_waits_is_known_by_what_it_is_at() {
    let world = world();
    let app = world.app(None);
    *world.store.list_refusal.lock().unwrap() = Some(offline());
    let id = app.delete(&marketing(), &bucket(), vec![folder("a/")]).await.unwrap();
    let waiting = until(&app, id, |task| task.state == TaskState::Waiting).await;
    assert_eq!(waiting.phase, TaskPhase::Counting, "nothing is agreed to");
    app.pause_task(id);
    app.resume_task(id);
    let paused = until(&app, id, |task| task.state == TaskState::Waiting).await;
    assert_eq!(paused.phase, TaskPhase::Counting);
    *world.store.list_refusal.lock().unwrap() = None;
    app.resume_task(id);
    let asking = until(&app, id, |task| task.state == TaskState::Asking).await;
    assert_eq!(asking.phase, TaskPhase::Counting);
    assert!(!asking.state.is_under_way(), "nothing is lost with it");
    app.consent_task(id);
    assert_eq!(end(&app, id).await.phase, TaskPhase::Doing);
}

#[tokio::test]
async fn a_large_file_arrives_in_order_whatever_the_order_of_its_parts() {
    let world = World::default();
    let bytes: Vec<u8> = (0..40_000_003_u32).map(|n| (n % 251) as u8).collect();
    world.store.write("acme", "big.bin", bytes.clone());
    let app = world.app(None);
    let one = save_as("/home/big.bin", false);
    let id = app.save(&marketing(), &bucket(), vec![file("big.bin")], one).await.unwrap();
    let task = end(&app, id).await;
    assert_eq!((task.bytes, task.bytes_done), (40_000_003, 40_000_003));
    assert!(world.disk.bytes("/home/big.bin").unwrap() == bytes);
}

#[tokio::test]
async fn a_disk_that_is_full_is_told_and_nothing_stays() {
    let world = World::default();
    for key in ["a/1", "a/2", "a/3"] {
        world.store.write("acme", key, vec![1; 100]);
    }
    world.disk.set_free(150);
    let app = world.app(None);
    let id =
        app.save(&marketing(), &bucket(), vec![folder("a/")], SaveTo::Folder("/home".into())).await.unwrap();
    let task = end(&app, id).await;
    assert!(matches!(task.trouble.unwrap().kind(), Kind::DiskFull { .. }));
    assert!(task.files_failed >= 1);
    assert_eq!((world.disk.paths().len(), world.disk.begun()), (1, 0));
}

#[tokio::test]
async fn a_task_outlives_a_sign_in_that_is_renewed() {
    let world = world();
    let app = world.app(None);
    let ended = Kind::CredentialsEnded { profile: "Marketing".into() };
    world.store.tending.fail(Step::Copy, "other.txt", ended, false, 1);
    let id = app.rename(&marketing(), &bucket(), file("other.txt"), "new.txt").await.unwrap();
    until(&app, id, |task| task.state == TaskState::Waiting).await;
    app.connect(&marketing(), false, None).await.unwrap();
    assert_eq!(end(&app, id).await.state, TaskState::Finished);
}

#[tokio::test]
async fn the_end_of_the_app_stops_tasks_and_loses_nothing() {
    let world = world();
    world.store.tending.gate.forget_permits(1_000_000);
    let app = world.app(None);
    let id = app.rename(&marketing(), &bucket(), folder("a/"), "b").await.unwrap();
    until(&app, id, |task| task.state == TaskState::Running).await;
    world.store.tending.gate.add_permits(3);
    app.halt_transfers().await;
    assert!(app.tasks().watch().borrow()[0].state.is_ended());
    assert_eq!(world.store.keys("acme").len(), FILES.len());
}
