//! What others do meanwhile, answers that get lost, rights that end half-way: nothing is lost, and nothing is said to be
//! done that is not.

use guestpass_core::{Arrangement, Depth};

use super::*;

/// What stands for a key that something may still be at, beside the original.
fn left(name: &str, copy: &str) -> Kind {
    Kind::CopyLeft { name: name.into(), copy: copy.into() }
}

fn taken(name: &str) -> Kind {
    Kind::NameTaken { name: name.into() }
}

fn changed(name: &str) -> Kind {
    Kind::FileChanged { name: name.into() }
}

fn reports() -> World {
    let world = World::default();
    world.store.write("acme", "x/report.pdf", "one");
    world.store.write("acme", "y/report.pdf", "two");
    world
}

#[tokio::test]
async fn two_that_would_have_one_name_are_not_moved() {
    let world = reports();
    world.store.write("acme", "x/report/1", "of a folder");
    world.store.write("acme", "y/report", "a file");
    let app = world.app(None);
    let (profile, acme) = (marketing(), bucket());
    let to_z = |entries| app.move_to(&profile, &acme, entries, Prefix::parse("z/").unwrap());
    let both = vec![file("x/report.pdf"), file("y/report.pdf")];
    assert_eq!(to_z(both).await.unwrap_err().into_kind(), taken("report.pdf"));
    let both = vec![folder("x/report/"), file("y/report")];
    assert_eq!(to_z(both).await.unwrap_err().into_kind(), taken("report"), "a folder and a file");
    assert_eq!(world.store.keys("acme").len(), 4);
}

#[tokio::test]
async fn two_tasks_do_not_write_one_name() {
    let world = reports();
    world.store.tending.gate.forget_permits(1_000_000);
    let app = world.app(None);
    let mut ids = Vec::new();
    for key in ["x/report.pdf", "y/report.pdf"] {
        let to = Prefix::parse("z/").unwrap();
        let id = app.move_to(&marketing(), &bucket(), vec![file(key)], to).await.unwrap();
        until(&app, id, |task| task.current_name.is_some() || task.state.is_ended()).await;
        ids.push(id);
    }
    // While a move writes a name, no folder gets it either.
    let folder = app.new_folder(&marketing(), &place("z/"), "report.pdf").await;
    assert_eq!(folder.unwrap_err().into_kind(), taken("report.pdf"));
    world.store.tending.gate.add_permits(10);
    assert_eq!(end(&app, ids[0]).await.state, TaskState::Finished);
    assert_eq!(*end(&app, ids[1]).await.failed[0].error.kind(), taken("report.pdf"));
    assert_eq!(world.store.keys("acme"), ["y/report.pdf", "z/report.pdf"]);
}

#[tokio::test]
async fn what_stands_for_a_folder_goes_with_it() {
    let world = World::default();
    for (key, bytes) in [("a/", ""), ("b/", ""), ("b/1", "x")] {
        world.store.write("acme", key, bytes);
    }
    let app = world.app(None);
    let id = app.rename(&marketing(), &bucket(), folder("a/"), "new").await.unwrap();
    let task = end(&app, id).await;
    assert_eq!((task.state, task.files, task.files_done), (TaskState::Finished, 0, 0), "it is no file");
    assert_eq!(world.store.keys("acme"), ["b/", "b/1", "new/"]);
    let there = app.new_folder(&marketing(), &place(""), "new").await.unwrap_err();
    assert_eq!(there.into_kind(), taken("new"));
    let id = app.delete(&marketing(), &bucket(), vec![folder("b/"), folder("new/")]).await.unwrap();
    assert_eq!(until(&app, id, |task| task.state == TaskState::Asking).await.files, 1);
    app.consent_task(id);
    assert_eq!(end(&app, id).await.files_failed, 0);
    assert!(world.store.keys("acme").is_empty());
}

#[tokio::test]
async fn what_replaces_a_file_while_it_is_asked_for_stays() {
    let world = World::default();
    for key in ["a/1.txt", "a/2.txt", "one.txt"] {
        world.store.write("acme", key, "old");
    }
    let app = world.app(None);
    // The row is older than the file: what is there at the click is what is counted.
    let id = app.delete(&marketing(), &bucket(), vec![folder("a/"), file("one.txt")]).await.unwrap();
    assert_eq!(until(&app, id, |task| task.state == TaskState::Asking).await.bytes, 9);
    world.store.write("acme", "a/1.txt", "new");
    world.store.write("acme", "one.txt", "new");
    app.consent_task(id);
    let task = end(&app, id).await;
    assert_eq!((task.state, task.files_done, task.files_failed), (TaskState::Finished, 3, 2));
    let kinds: Vec<_> = task.failed.iter().map(|failed| failed.error.kind().clone()).collect();
    assert_eq!(kinds, [changed("1.txt"), changed("one.txt")]);
    assert_eq!(world.store.keys("acme"), ["a/1.txt", "one.txt"]);
}

#[tokio::test]
async fn a_folder_into_which_something_came_is_still_shown() {
    let world = World::default();
    world.store.fill("acme", &["a/", "a/1", "b/", "b/1"]);
    let app = world.app(None);
    let root = app.open_folder(&marketing(), place(""), Depth::Here, Arrangement::default()).await.unwrap();
    let mut shown = app.watch_folder(root).unwrap();
    shown.wait_for(|state| !state.is_reading).await.unwrap();
    let id = app.delete(&marketing(), &bucket(), vec![folder("a/"), folder("b/")]).await.unwrap();
    until(&app, id, |task| task.state == TaskState::Asking).await;
    world.store.write("acme", "a/late", "late");
    app.consent_task(id);
    assert_eq!(end(&app, id).await.files_failed, 0);
    // Changes are shown in their order.
    app.make_folders(&marketing(), &place(""), &["last".into()]).await.unwrap();
    let names = || -> Vec<String> {
        app.folder_rows(root, 0, 10).unwrap().rows.into_iter().map(|row| row.name).collect()
    };
    while !names().contains(&"last".to_owned()) {
        shown.changed().await.unwrap();
    }
    assert_eq!(names(), ["a", "last"]);
}

#[tokio::test]
async fn a_file_that_was_there_before_the_copy_was_asked_for_is_no_copy() {
    let world = world();
    let app = world.app(None);
    world.store.tending.fail(Step::Look, "other.txt", offline(), false, 1);
    let id = app.rename(&marketing(), &bucket(), file("other.txt"), "new.txt").await.unwrap();
    until(&app, id, |task| task.state == TaskState::Waiting).await;
    // Somebody else has put the very same there.
    world.store.fill("acme", &["new.txt", "other.txt"]);
    app.resume_task(id);
    assert_eq!(*end(&app, id).await.failed[0].error.kind(), taken("new.txt"));
    assert_eq!(world.store.keys("acme"), ["new.txt", "other.txt"]);
}

#[tokio::test]
async fn a_name_that_cannot_be_looked_at_is_not_free() {
    let world = world();
    let app = world.app(None);
    world.store.tending.fail(Step::Look, "new.txt", offline(), false, 1);
    let refused = app.rename(&marketing(), &bucket(), file("other.txt"), "new.txt").await;
    assert_eq!(refused.unwrap_err().into_kind(), offline());
    world.store.tending.fail(Step::Look, "new/", offline(), false, 1);
    let refused = app.new_folder(&marketing(), &place(""), "new").await;
    assert_eq!(refused.unwrap_err().into_kind(), offline());
    assert_eq!(world.store.keys("acme"), FILES);
}

#[tokio::test]
async fn a_copy_is_not_taken_back_while_the_end_of_the_original_is_open() {
    // Stopped while the answer is awaited, or refused after a try that had none.
    for is_stopped in [true, false] {
        let world = world();
        let app = world.app(None);
        world.store.tending.fail(Step::Remove, "other.txt", offline(), false, 1);
        world.store.tending.fail(Step::Remove, "other.txt", denied(Action::Delete), false, 1);
        let id = app.rename(&marketing(), &bucket(), file("other.txt"), "new.txt").await.unwrap();
        until(&app, id, |task| task.state == TaskState::Waiting).await;
        if is_stopped {
            app.cancel_task(id).await;
        } else {
            app.resume_task(id);
        }
        let task = end(&app, id).await;
        assert_eq!(*task.failed[0].error.kind(), left("other.txt", "new.txt"), "{is_stopped}");
        assert_eq!(world.store.keys("acme")[3..], ["new.txt", "other.txt"], "{is_stopped}");
    }
}

#[tokio::test]
async fn a_copy_that_was_asked_for_and_not_heard_of_is_told() {
    let world = world();
    let app = world.app(None);
    world.store.tending.fail(Step::Copy, "other.txt", offline(), true, 1);
    let id = app.rename(&marketing(), &bucket(), file("other.txt"), "new.txt").await.unwrap();
    until(&app, id, |task| task.state == TaskState::Waiting).await;
    app.cancel_task(id).await;
    assert_eq!(*end(&app, id).await.failed[0].error.kind(), left("other.txt", "new.txt"));
    assert_eq!(world.store.keys("acme")[3..], ["new.txt", "other.txt"]);
}

#[tokio::test]
async fn who_may_delete_nothing_leaves_one_copy_and_is_told() {
    let world = World::default();
    let keys: Vec<String> = (0..50).map(|n| format!("a/{n:02}")).collect();
    world.store.fill("acme", &keys.iter().map(String::as_str).collect::<Vec<_>>());
    for key in &keys {
        for key in [key.clone(), key.replace("a/", "b/")] {
            world.store.tending.fail(Step::Remove, &key, denied(Action::Delete), false, 9);
        }
    }
    world.store.tending.gate.forget_permits(1_000_000);
    let app = world.app(None);
    let id = app.rename(&marketing(), &bucket(), folder("a/"), "b").await.unwrap();
    // As many as go at once are about to be copied.
    until(&app, id, |task| task.current_name.is_some()).await;
    world.store.tending.gate.add_permits(100);
    let task = end(&app, id).await;
    assert_eq!((task.state, task.files_failed), (TaskState::Failed, 1));
    assert_eq!(*task.failed[0].error.kind(), left("00", "b/00"));
    assert_eq!(world.store.keys("acme").len(), 51);
}

#[tokio::test]
async fn a_deletion_whose_answer_is_lost_is_undone_all_the_same() {
    let world = world();
    *world.store.tending.keeps.lock().unwrap() = Keeps::Versions;
    world.store.tending.fail(Step::DeleteMany, "a/1.txt", offline(), true, 1);
    let app = world.app(None);
    let id = app.delete(&marketing(), &bucket(), vec![folder("a/")]).await.unwrap();
    until(&app, id, |task| task.state == TaskState::Waiting).await;
    app.resume_task(id);
    let task = end(&app, id).await;
    assert_eq!((task.state, task.files_failed, task.undoable), (TaskState::Finished, 0, 3));
    app.undo_task(id).await.unwrap();
    until(&app, id, |task| task.state == TaskState::Undone).await;
    assert_eq!(world.store.keys("acme"), FILES);
}

#[tokio::test]
async fn what_was_put_there_since_is_not_what_was_deleted() {
    let world = world();
    *world.store.tending.keeps.lock().unwrap() = Keeps::Versions;
    let app = world.app(None);
    let id = app.delete(&marketing(), &bucket(), vec![folder("a/")]).await.unwrap();
    end(&app, id).await;
    world.store.write("acme", "a/1.txt", "newer");
    world.store.tending.fail(Step::Restore, "a/b/2.txt", denied(Action::Delete), false, 1);
    app.undo_task(id).await.unwrap();
    let task = until(&app, id, |task| task.state == TaskState::Undone).await;
    let kinds: Vec<_> = task.failed.iter().map(|failed| failed.error.kind().clone()).collect();
    assert_eq!(kinds, [taken("1.txt"), denied(Action::Undelete)]);
}
