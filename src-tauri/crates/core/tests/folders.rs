//! Open folders over a store in memory, which answers two rows a page and as many pages as a test lets it.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

use std::collections::BTreeSet;

use guestpass_core::app::App;
use guestpass_core::{
    Action, Arrangement, BucketName, DeniedBy, Depth, Disposition, Expiry, FolderId, FolderState, IfTaken,
    Kind, OfferedFile, Place, Policy, Prefix, ProfileId, RowRef, SelectAct, SendRequest, SortBy,
};
use guestpass_testkit::memory::{ListOrder, World};

fn marketing() -> ProfileId {
    ProfileId::Aws("Marketing".into())
}

fn place(prefix: &str) -> Place {
    Place { bucket: BucketName::parse("acme").unwrap(), prefix: Prefix::parse(prefix).unwrap() }
}

fn searching(search: &str) -> Arrangement {
    Arrangement { search: search.into(), locale: "en".into(), ..Arrangement::default() }
}

fn world(keys: &[&str]) -> (World, App) {
    let world = World::default();
    world.store.fill("acme", keys);
    let app = world.app(None);
    (world, app)
}

async fn open(app: &App, prefix: &str) -> FolderId {
    app.open_folder(&marketing(), place(prefix), Depth::Here, Arrangement::default()).await.unwrap()
}

async fn until(app: &App, id: FolderId, wanted: impl Fn(&FolderState) -> bool) -> FolderState {
    let mut watch = app.watch_folder(id).unwrap();
    let waited =
        tokio::time::timeout(std::time::Duration::from_secs(20), watch.wait_for(|state| wanted(state)));
    waited.await.expect("the folder never stood so").unwrap().clone()
}

async fn read(app: &App, id: FolderId) -> FolderState {
    until(app, id, |state| !state.is_reading).await
}

fn names(app: &App, id: FolderId) -> Vec<String> {
    app.folder_rows(id, 0, 1_000).unwrap().rows.into_iter().map(|row| row.name).collect()
}

fn few_pages(world: &World, count: usize) {
    world.store.pages.forget_permits(usize::MAX >> 4);
    world.store.pages.add_permits(count);
}

#[tokio::test]
async fn a_folder_is_read_to_its_end_and_shown_in_windows() {
    let (_, app) = world(&["b.txt", "a.txt", "in/1", "in/2", "10.txt", "9.txt"]);
    let id = open(&app, "").await;
    let state = read(&app, id).await;
    assert!(state.is_complete && state.is_arranged && state.error.is_none(), "{state:?}");
    assert_eq!((state.shown, state.loaded, state.scanned), (5, 5, 5));
    assert_eq!(names(&app, id), ["in", "9.txt", "10.txt", "a.txt", "b.txt"]);
    let window = app.folder_rows(id, 3, 10).unwrap();
    assert_eq!((window.from, window.rows.len(), window.generation), (3, 2, state.generation));
}

#[tokio::test]
async fn the_first_page_is_shown_while_the_others_are_on_their_way() {
    let (world, app) = world(&["a", "b", "c", "d", "e"]);
    few_pages(&world, 1);
    let id = open(&app, "").await;
    let state = until(&app, id, |state| state.shown == 2).await;
    assert!(state.is_reading && !state.is_complete);
    assert_eq!(names(&app, id), ["a", "b"]);
    app.stop_folder(id);
    let state = read(&app, id).await;
    assert!(!state.is_complete && state.error.is_none());
    assert_eq!(names(&app, id), ["a", "b"], "what was read stays");
    world.store.pages.add_permits(100);
    app.reload_folder(id).await.unwrap();
    assert_eq!(until(&app, id, |state| state.is_complete).await.shown, 5);
}

#[tokio::test]
async fn leaving_a_folder_stops_its_work() {
    let (world, app) = world(&["a", "b", "c", "d", "e"]);
    few_pages(&world, 1);
    let id = open(&app, "").await;
    let mut watch = app.watch_folder(id).unwrap();
    watch.wait_for(|state| state.shown == 2).await.unwrap();
    app.close_folder(id);
    while watch.changed().await.is_ok() {}
    world.store.pages.add_permits(1);
    assert_eq!(world.store.pages.available_permits(), 1, "nobody asks for a page any more");
    assert!(app.folder_rows(id, 0, 1).is_err());
}

fn long(rows: usize) -> (World, App) {
    let names: Vec<String> = (0..rows).map(|n| format!("{n:06}")).collect();
    let (world, app) = world(&names.iter().map(String::as_str).collect::<Vec<_>>());
    world.store.lists.lock().unwrap().rows = 1_000;
    (world, app)
}

#[tokio::test]
async fn a_long_folder_that_is_left_is_not_put_in_order_any_more() {
    let (world, app) = long(20_000);
    // One page after the other, so that it is known how much of it is there.
    world.store.lists.lock().unwrap().order = ListOrder::Backwards;
    few_pages(&world, 12);
    let id = open(&app, "").await;
    let mut watch = app.watch_folder(id).unwrap();
    let state = until(&app, id, |state| state.shown == 12_000).await;
    assert!(state.is_reading && !state.is_arranged, "the latest stand at the end: {state:?}");
    app.close_folder(id);
    while watch.changed().await.is_ok() {}
    assert!(!watch.borrow().is_arranged, "for nobody");
}

#[tokio::test]
async fn a_long_folder_stays_in_order_whatever_is_changed_in_it() {
    let (_, app) = long(12_000);
    let id = open(&app, "").await;
    until(&app, id, |state| state.is_complete && state.is_arranged).await;
    app.make_folders(&marketing(), &place(""), &["new".into(), "another".into()]).await.unwrap();
    until(&app, id, |state| state.shown == 12_002 && state.is_arranged).await;
    assert_eq!(names(&app, id)[..3], ["another", "new", "000000"]);
}

#[tokio::test]
async fn all_of_many_rows_stay_chosen_when_they_are_read_anew() {
    let (_, app) = long(20_000);
    let id = open(&app, "").await;
    until(&app, id, |state| state.is_complete && state.is_arranged).await;
    let chosen = app.select_rows(id, SelectAct::All).unwrap().selection;
    assert_eq!((chosen.files, app.chosen_entries(id).unwrap().len()), (20_000, 20_000));
    app.reload_folder(id).await.unwrap();
    let state = until(&app, id, |state| !state.is_reading).await;
    assert_eq!((state.selection.files, state.selection.bytes), (chosen.files, chosen.bytes));
}

#[tokio::test]
async fn reading_that_was_stopped_goes_on_and_keeps_what_was_read() {
    let (world, app) = world(&["a", "b", "c", "d", "e", "f"]);
    few_pages(&world, 1);
    let id = open(&app, "").await;
    until(&app, id, |state| state.shown == 2).await;
    app.stop_folder(id);
    read(&app, id).await;
    app.make_folders(&marketing(), &place(""), &["new".into()]).await.unwrap();
    until(&app, id, |state| state.shown == 3).await;
    app.reload_folder(id).await.unwrap();
    world.store.pages.add_permits(1);
    let state = until(&app, id, |state| state.shown == 5).await;
    assert!(state.is_reading, "seen as it goes on");
    app.stop_folder(id);
    assert_eq!(read(&app, id).await.shown, 5, "and kept");
    app.reload_folder(id).await.unwrap();
    world.store.pages.add_permits(100);
    let state = until(&app, id, |state| state.is_complete).await;
    assert_eq!((state.shown, state.scanned), (7, 7), "each page once, and nothing twice");
}

#[tokio::test]
async fn each_state_is_later_than_the_one_before() {
    let (_, app) = world(&["a", "b", "c"]);
    let id = open(&app, "").await;
    let mut watch = app.watch_folder(id).unwrap();
    let mut last = watch.borrow_and_update().sequence;
    while !watch.borrow().is_complete {
        watch.changed().await.unwrap();
        let next = watch.borrow_and_update().sequence;
        assert!(next > last);
        last = next;
    }
    assert!(app.arrange_folder(id, searching("a")).await.unwrap().sequence > last);
}

#[tokio::test]
async fn whoever_looked_at_folders_and_is_gone_leaves_none_open() {
    let (_, app) = world(&["a", "in/b"]);
    let ids = [open(&app, "").await, open(&app, "in/").await];
    app.close_folders();
    for id in ids {
        assert!(app.folder_rows(id, 0, 1).is_err());
    }
}

#[tokio::test]
async fn what_is_not_allowed_any_more_is_not_read_again() {
    let (world, app) = world(&["a", "in/1"]);
    let id = open(&app, "").await;
    read(&app, id).await;
    world.policy.set(Ok(Policy::parse(b"places = ['s3://acme/in/']", "policy.toml").unwrap()));
    assert!(matches!(app.reload_folder(id).await.unwrap_err().kind(), Kind::Forbidden { .. }));
}

#[tokio::test]
async fn an_error_in_between_keeps_what_was_read() {
    let (world, app) = world(&["a", "b", "c"]);
    few_pages(&world, 1);
    let id = open(&app, "").await;
    until(&app, id, |state| state.shown == 2).await;
    let offline = Kind::Offline { host: "s3.example".into() };
    *world.store.list_refusal.lock().unwrap() = Some(offline.clone());
    world.store.pages.add_permits(100);
    let state = read(&app, id).await;
    assert_eq!((state.shown, state.is_complete), (2, false));
    assert_eq!(state.error.unwrap().kind(), &offline);
    *world.store.list_refusal.lock().unwrap() = None;
    app.reload_folder(id).await.unwrap();
    let state = until(&app, id, |state| state.is_complete).await;
    assert_eq!((state.shown, state.error.is_none()), (3, true));
}

#[tokio::test]
async fn what_the_policy_allows_is_all_that_can_be_opened() {
    let (world, app) = world(&["a", "in/1"]);
    let policy = Policy::parse(b"places = ['s3://acme/in/']", "policy.toml").unwrap();
    world.policy.set(Ok(policy));
    let refused = app.open_folder(&marketing(), place(""), Depth::Here, Arrangement::default()).await;
    assert!(matches!(refused.unwrap_err().kind(), Kind::Forbidden { .. }));
    let id = open(&app, "in/").await;
    assert_eq!(read(&app, id).await.shown, 1);
    assert!(matches!(
        app.destination(&marketing(), "s3://acme/a").await.unwrap_err().kind(),
        Kind::Forbidden { .. }
    ));
}

#[tokio::test]
async fn a_search_narrows_what_is_shown_and_asks_the_server_ahead() {
    let many: Vec<String> = (0..100).map(|n| format!("a{n:03}")).collect();
    let keys: Vec<&str> = many.iter().map(String::as_str).chain(["Zebra.pdf", "zebra.txt"]).collect();
    let (world, app) = world(&keys);
    few_pages(&world, 1);
    let id = open(&app, "").await;
    until(&app, id, |state| state.shown == 2).await;
    assert_eq!(names(&app, id), ["a000", "Zebra.pdf"], "the first page, as S3 sorts: upper case first");
    // For the pages that the reading waits for, and for those that are asked for ahead of it.
    world.store.pages.add_permits(8);
    app.arrange_folder(id, searching("ZEBRA")).await.unwrap();
    let state = until(&app, id, |state| state.shown == 2).await;
    assert!(state.is_reading && state.loaded < 20, "{state:?}");
    world.store.pages.add_permits(1_000);
    let state = until(&app, id, |state| state.is_complete && state.is_arranged).await;
    assert_eq!((state.shown, state.loaded), (2, 102), "none twice");
    assert_eq!(names(&app, id), ["Zebra.pdf", "zebra.txt"]);
    app.arrange_folder(id, searching("")).await.unwrap();
    assert_eq!(names(&app, id).len(), 102);
}

#[tokio::test]
async fn a_folder_that_is_opened_with_a_search_is_looked_through_ahead_as_well() {
    let many: Vec<String> = (0..100).map(|n| format!("a{n:03}")).collect();
    let (world, app) = world(&many.iter().map(String::as_str).chain(["zebra.txt"]).collect::<Vec<_>>());
    few_pages(&world, 8);
    let id = app.open_folder(&marketing(), place(""), Depth::Here, searching("zebra")).await.unwrap();
    let state = until(&app, id, |state| state.shown == 1).await;
    assert!(state.is_reading && state.loaded < 20, "{state:?}");
}

#[tokio::test]
async fn a_search_with_a_slash_shows_nothing_of_another_folder() {
    let many: Vec<String> = (0..100).map(|n| format!("a{n:03}")).collect();
    let keys: Vec<&str> = many.iter().map(String::as_str).chain(["photos/1.jpg", "photos/2.jpg"]).collect();
    let (world, app) = world(&keys);
    few_pages(&world, 1);
    let id = open(&app, "").await;
    until(&app, id, |state| state.shown == 2).await;
    app.arrange_folder(id, searching("photos/")).await.unwrap();
    world.store.pages.add_permits(1_000);
    let state = until(&app, id, |state| state.is_complete && state.is_arranged).await;
    assert_eq!((state.shown, state.loaded, state.search.as_str()), (1, 101, "photos/"));
    assert_eq!(names(&app, id), ["photos"], "the folder, as any of its kind");
}

#[tokio::test]
async fn a_reload_while_the_server_is_asked_ahead_loses_nothing() {
    let many: Vec<String> = (0..100).map(|n| format!("a{n:03}")).collect();
    let keys: Vec<&str> = many.iter().map(String::as_str).chain(["zebra.pdf", "zebra.txt"]).collect();
    let (world, app) = world(&keys);
    few_pages(&world, 1);
    let id = open(&app, "").await;
    until(&app, id, |state| state.shown == 2).await;
    app.arrange_folder(id, searching("zebra")).await.unwrap();
    // Both wait for their pages now, and the reading is ended.
    tokio::task::yield_now().await;
    app.reload_folder(id).await.unwrap();
    world.store.pages.add_permits(1_000);
    let state = until(&app, id, |state| state.is_complete).await;
    assert_eq!((state.shown, state.loaded), (2, 102));
}

#[tokio::test]
async fn below_a_folder_another_word_finds_what_a_fresh_search_finds() {
    let (_, app) = world(&["film/clip.mp4", "film/tea.txt", "x.mp4"]);
    let id = app.open_folder(&marketing(), place(""), Depth::Below, searching("film")).await.unwrap();
    until(&app, id, |state| state.is_complete && state.is_arranged).await;
    assert_eq!(names(&app, id), ["film"]);
    app.arrange_folder(id, searching("film mp4")).await.unwrap();
    until(&app, id, |state| state.is_complete && state.is_arranged && state.search == "film mp4").await;
    assert_eq!(names(&app, id), ["film/clip.mp4"]);
}

#[tokio::test]
async fn another_search_below_begins_at_once_and_takes_nothing_of_the_one_before() {
    let (world, app) = world(&["1 tea", "2 film", "3 tea", "4 film"]);
    few_pages(&world, 1);
    let id = app.open_folder(&marketing(), place(""), Depth::Below, searching("film")).await.unwrap();
    until(&app, id, |state| state.shown == 1).await;
    world.policy.set(Ok(Policy::parse(b"places = ['s3://other/']", "policy.toml").unwrap()));
    assert!(app.arrange_folder(id, searching("tea")).await.is_err());
    let state = app.watch_folder(id).unwrap().borrow().clone();
    assert_eq!((state.search.as_str(), state.shown, state.is_reading), ("film", 1, true), "as it was");
    world.policy.set(Ok(Policy::default()));
    let state = app.arrange_folder(id, searching("tea")).await.unwrap();
    assert_eq!((state.search.as_str(), state.shown, state.scanned, state.is_reading), ("tea", 0, 0, true));
    world.store.pages.add_permits(1);
    let state = until(&app, id, |state| state.shown > 0).await;
    assert!(state.is_reading, "shown page by page");
    assert_eq!(names(&app, id), ["1 tea"]);
    world.store.pages.add_permits(100);
    until(&app, id, |state| state.is_complete).await;
    assert_eq!(names(&app, id), ["1 tea", "3 tea"]);
}

#[tokio::test]
async fn below_a_folder_another_search_begins_anew() {
    let (_, app) = world(&["x/film.mp4", "x/y/film.txt", "x/y/tea.txt", "film.pdf"]);
    let id = app.open_folder(&marketing(), place("x/"), Depth::Below, searching("film")).await.unwrap();
    let state = until(&app, id, |state| state.is_complete && state.is_arranged).await;
    assert_eq!((state.shown, state.scanned), (2, 3));
    assert_eq!(names(&app, id), ["film.mp4", "y/film.txt"]);
    app.arrange_folder(id, searching("tea")).await.unwrap();
    until(&app, id, |state| state.is_complete && state.shown == 1).await;
    assert_eq!(names(&app, id), ["y/tea.txt"]);
}

#[tokio::test]
async fn what_this_app_uploads_is_seen_at_once() {
    let (world, app) = world(&["in/a.txt", "in/z.txt"]);
    let (folder, root) = (open(&app, "in/").await, open(&app, "").await);
    read(&app, folder).await;
    read(&app, root).await;
    let file = |name: &str| OfferedFile { name: name.into(), size: 10, path: name.into() };
    let request = SendRequest {
        profile: marketing(),
        place: place("in/"),
        files: vec![file("m.txt"), file("deep/n.txt")],
        if_taken: IfTaken::KeepBoth,
        taken: BTreeSet::new(),
        expiry: Expiry::For(3_600),
        disposition: Disposition::Attachment,
    };
    let before = world.store.pages.available_permits();
    app.send_and_wait(request, |_| {}).await.unwrap();
    until(&app, folder, |state| state.shown == 4 && state.is_arranged).await;
    assert_eq!(names(&app, folder), ["deep", "a.txt", "m.txt", "z.txt"]);
    assert_eq!(world.store.pages.available_permits(), before, "without asking anybody");
    app.make_folders(&marketing(), &place(""), &["new".into()]).await.unwrap();
    until(&app, root, |state| state.shown == 2).await;
    assert_eq!(names(&app, root), ["in", "new"]);
}

#[tokio::test]
async fn what_others_changed_is_seen_after_a_reload_and_what_is_chosen_stays() {
    let (world, app) = world(&["a", "b", "c"]);
    let id = open(&app, "").await;
    read(&app, id).await;
    app.select_rows(id, SelectAct::All).unwrap();
    world.store.fill("acme", &["b", "c", "d"]);
    assert_eq!(names(&app, id), ["a", "b", "c"]);
    app.reload_folder(id).await.unwrap();
    assert_eq!(names(&app, id).len(), 3, "something is always shown");
    until(&app, id, |state| !state.is_reading && state.is_arranged).await;
    assert_eq!(names(&app, id), ["b", "c", "d"]);
    let chosen = app.selected_rows(id).unwrap();
    assert_eq!(chosen.rows.into_iter().map(|row| row.name).collect::<Vec<_>>(), ["b", "c"]);
}

#[tokio::test]
async fn an_order_is_there_when_it_is_answered() {
    let (_, app) = world(&["a", "b", "c"]);
    let id = open(&app, "").await;
    read(&app, id).await;
    let down = Arrangement { sort: SortBy::Name, descending: true, ..searching("") };
    let state = app.arrange_folder(id, down).await.unwrap();
    assert!(state.is_arranged);
    assert_eq!(names(&app, id), ["c", "b", "a"]);
    assert_eq!(app.find_row(id, &RowRef::Object("a".into())).unwrap(), Some(2));
    assert_eq!(app.type_ahead(id, "B", 0).unwrap(), Some(1));
}

#[tokio::test]
async fn an_address_leads_to_a_file_a_folder_or_nowhere() {
    let (_, app) = world(&["in/a.txt"]);
    let lead = async |address: &str| app.destination(&marketing(), address).await;
    let file = lead("https://acme.s3.eu-west-1.amazonaws.com/in/a.txt").await.unwrap();
    assert_eq!((file.place, file.key.unwrap().as_str()), (place("in/"), "in/a.txt"));
    for folder in ["s3://acme/in/", "s3://acme/in"] {
        let led = lead(folder).await.unwrap();
        assert_eq!((led.place, led.key), (place("in/"), None), "{folder}");
    }
    assert!(matches!(lead("s3://acme/nothing").await.unwrap_err().kind(), Kind::ObjectMissing { .. }));
    assert!(matches!(lead("a b").await.unwrap_err().kind(), Kind::AddressInvalid { .. }));
}

#[tokio::test]
async fn an_address_of_a_folder_leads_there_for_those_who_see_nothing_else() {
    let (world, app) = world(&["in/a.txt", "b.txt"]);
    *world.store.missing_refusal.lock().unwrap() = Some(Kind::AccessDenied {
        action: Action::Read,
        by: DeniedBy::NotSaid,
        profile: "Marketing".into(),
        bucket: Some("acme".into()),
        key: None,
    });
    let lead = async |address: &str| app.destination(&marketing(), address).await;
    let led = lead("s3://acme/in").await.unwrap();
    assert_eq!((led.place, led.key), (place("in/"), None));
    let led = lead("s3://acme/nothing").await.unwrap();
    assert_eq!((led.place, led.key.unwrap().as_str()), (place(""), "nothing"), "nobody says otherwise");
    world.policy.set(Ok(Policy::parse(b"places = ['s3://acme/in/']", "policy.toml").unwrap()));
    let led = lead("s3://acme/in").await.unwrap();
    assert_eq!((led.place, led.key), (place("in/"), None));
    assert!(matches!(lead("s3://acme/i").await.unwrap_err().kind(), Kind::Forbidden { .. }));
}

#[tokio::test]
async fn folders_that_were_open_are_remembered_latest_first_and_once() {
    let (world, app) = world(&["in/a.txt", "out/b.txt"]);
    for prefix in ["in/", "none/", "out/", "in/"] {
        let id = open(&app, prefix).await;
        read(&app, id).await;
        let awaited = async {
            while app.recent_places(&marketing()).await.first() != Some(&place(prefix)) {
                tokio::task::yield_now().await;
            }
        };
        tokio::time::timeout(std::time::Duration::from_secs(20), awaited).await.expect("remembered");
        app.close_folder(id);
    }
    let next_start = world.app(None);
    assert_eq!(next_start.recent_places(&marketing()).await, [place("in/"), place("out/"), place("none/")]);
}
