//! What a person can do, proved without a window, a network or a disk.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use guestpass_core::app::{App, KnownPlace, Memory, Origin};
use guestpass_core::ports::Clipboard;
use guestpass_core::ports::VaultRefusal;
use guestpass_core::{
    Action, BucketName, Checked, CredentialsEnd, DeniedBy, Disposition, Expiry, Handover, IfTaken, Kind,
    LimitedBy, LinkRequest, ObjectKey, OfferedFile, Place, Prefix, ProfileId, SendRequest, Transfer,
    TransferId, TransferState,
};
use guestpass_testkit::memory::World;

fn marketing() -> ProfileId {
    ProfileId::Aws("Marketing".into())
}

fn place(bucket: &str, prefix: &str) -> Place {
    Place { bucket: BucketName::parse(bucket).unwrap(), prefix: Prefix::parse(prefix).unwrap() }
}

fn link_to(key: &str) -> LinkRequest {
    let (bucket, key) = (BucketName::parse("acme").unwrap(), ObjectKey::parse(key).unwrap());
    let plain = LinkRequest::new(marketing(), bucket, key, Expiry::For(3_600));
    LinkRequest { disposition: Disposition::Inline, ..plain }
}

fn send(names: &[&str]) -> SendRequest {
    let file = |name: &&str| OfferedFile { name: (*name).into(), size: 10, path: name.into() };
    SendRequest {
        profile: marketing(),
        place: place("acme", "in/"),
        files: names.iter().map(file).collect(),
        if_taken: IfTaken::KeepBoth,
        taken: BTreeSet::new(),
        expiry: Expiry::For(3_600),
        disposition: Disposition::Attachment,
    }
}

async fn until(app: &App, id: TransferId, wanted: impl Fn(&Transfer) -> bool) -> Transfer {
    let mut watch = app.transfers().watch();
    let all = watch.wait_for(|all| all.iter().any(|one| one.id == id && wanted(one))).await.unwrap();
    all.iter().find(|one| one.id == id).unwrap().clone()
}

fn ended(transfer: &Transfer) -> bool {
    transfer.state.is_ended()
}

#[tokio::test]
async fn the_next_start_comes_back_to_profile_and_place() {
    let world = World::default();
    world.store.fill("acme", &["a/b"]);
    let first = world.app(None);
    assert_eq!(first.recall().await.profile, None);
    assert_eq!(first.connect(&marketing(), false, None).await.unwrap().memory, Memory::Kept);
    first.remember(&marketing(), Some(&place("acme", "a/"))).await;

    let second = world.app(None);
    let recalled = second.recall().await;
    assert_eq!(recalled.profile, Some(marketing()));
    assert_eq!(recalled.place, Some(place("acme", "a/")));
    second.connect(&marketing(), false, None).await.unwrap();
    assert_eq!(second.recall().await.place, Some(place("acme", "a/")), "connecting again forgets no place");
}

#[tokio::test]
async fn a_run_told_where_to_open_forgets_nothing_of_the_others() {
    let world = World::default();
    world.app(None).remember(&marketing(), Some(&place("acme", ""))).await;
    let practice = world.app(Some(ProfileId::Practice));
    assert_eq!(practice.recall().await.profile, Some(ProfileId::Practice));
    practice.connect(&ProfileId::Practice, false, None).await.unwrap();
    practice.remember(&ProfileId::Practice, Some(&place("practice", ""))).await;
    assert_eq!(world.app(None).recall().await.profile, Some(marketing()));
}

#[tokio::test]
async fn without_a_keyring_the_session_works_and_says_that_it_forgets() {
    let world = World::default();
    world.store.fill("acme", &["a"]);
    for (refusal, memory) in [
        (VaultRefusal::Locked, Memory::Locked),
        (VaultRefusal::Missing, Memory::Missing),
        (VaultRefusal::Refused, Memory::Refused),
    ] {
        world.vault.refuse(refusal);
        let app = world.app(None);
        assert_eq!(app.recall().await.memory, memory);
        assert_eq!(app.connect(&marketing(), false, None).await.unwrap().memory, memory);
        app.add_place(&marketing(), "acme").await.unwrap();
        assert!(app.link(&link_to("a")).await.is_ok());
    }
}

#[tokio::test]
async fn a_profile_that_is_gone_is_named() {
    let world = World::default();
    let gone = ProfileId::Aws("Legal".into());
    let error = world.app(None).connect(&gone, false, None).await.unwrap_err();
    assert_eq!(error.into_kind(), Kind::ProfileMissing { profile: "Legal".into() });
}

#[tokio::test]
async fn a_bucket_that_is_not_listed_can_be_added_by_name_and_stays() {
    let world = World::default();
    world.store.fill("acme", &["2026/a"]);
    let denied = Kind::AccessDenied {
        action: Action::ListBuckets,
        by: DeniedBy::NotSaid,
        profile: "Marketing".into(),
        bucket: None,
        key: None,
    };
    *world.store.buckets_refusal.lock().unwrap() = Some(denied);
    let app = world.app(None);
    let places = app.places(&marketing()).await.unwrap();
    assert!(!places.may_list && places.places.is_empty());

    let opened = app.add_place(&marketing(), "https://acme.s3.eu-west-1.amazonaws.com/2026/a").await.unwrap();
    assert_eq!(opened, place("acme", "2026/"));
    let later = world.app(None);
    let known = KnownPlace { place: place("acme", ""), origin: Origin::Added };
    assert_eq!(later.places(&marketing()).await.unwrap().places, [known]);
    assert!(later.places(&ProfileId::Practice).await.unwrap().places.is_empty(), "each profile has its own");
    later.remove_place(&marketing(), &place("acme", "")).await;
    assert!(
        world
            .app(None)
            .places(&marketing())
            .await
            .unwrap()
            .places
            .iter()
            .all(|known| known.origin != Origin::Added)
    );
}

#[tokio::test]
async fn a_place_that_does_not_open_is_not_added() {
    let world = World::default();
    let app = world.app(None);
    let error = app.add_place(&marketing(), "nowhere").await.unwrap_err();
    assert_eq!(error.into_kind(), Kind::BucketMissing { bucket: "nowhere".into() });
    assert!(app.places(&marketing()).await.unwrap().places.iter().all(|known| known.origin != Origin::Added));
}

#[tokio::test]
async fn a_copied_link_is_signed_for_what_was_chosen() {
    let world = World::default();
    let app = world.app(None);
    let (link, copied) = app.copy_link(&link_to("a/film.mp4")).await.unwrap();
    assert!(copied);
    assert_eq!(link.checked, Checked::Opens);
    assert_eq!(link.name, "film.mp4");
    assert_eq!(link.end.expires_at, "2026-11-23T18:20:00Z".parse().unwrap());
    assert_eq!(
        world.clipboard.text().unwrap(),
        "memory://acme/a/film.mp4?at=2026-11-23T17:20:00Z&seconds=3600"
    );
}

#[tokio::test]
async fn the_end_is_honest_before_and_after_the_click() {
    let world = World::default();
    *world.store.credentials_end.lock().unwrap() = CredentialsEnd::At("2026-11-23T17:50:00Z".parse().unwrap());
    let app = world.app(None);
    let before = app.link_end(&marketing(), Expiry::For(3_600)).await.unwrap();
    assert_eq!(before.limited_by, LimitedBy::Credentials);
    assert_eq!(app.link(&link_to("a")).await.unwrap().end, before);
    world.clock.advance(1_800);
    let error = app.link(&link_to("a")).await.unwrap_err();
    assert_eq!(error.into_kind(), Kind::CredentialsEnded { profile: "Marketing".into() });
}

#[tokio::test]
async fn a_link_that_does_not_open_is_not_copied() {
    let world = World::default();
    let app = world.app(None);
    let refused = Kind::ObjectMissing { bucket: "acme".into(), key: "a".into() };
    world.checked.finds(Err(refused.clone()));
    assert_eq!(app.copy_link(&link_to("a")).await.unwrap_err().into_kind(), refused);
    let dead = app.copy_link(&link_to("a/../b")).await.unwrap_err();
    assert_eq!(dead.into_kind(), Kind::KeyNotLinkable { key: "a/../b".into() });
    assert_eq!(world.clipboard.text(), None);
}

#[tokio::test]
async fn a_link_that_cannot_be_tested_is_copied_and_says_so() {
    let world = World::default();
    world.checked.finds(Ok(Checked::TimedOut));
    let (link, copied) = world.app(None).copy_link(&link_to("a")).await.unwrap();
    assert_eq!((link.checked, copied), (Checked::TimedOut, true));
}

#[tokio::test]
async fn a_clipboard_that_refuses_loses_no_link() {
    let world = World::default();
    world.clipboard.refuse();
    let (link, copied) = world.app(None).copy_link(&link_to("a")).await.unwrap();
    assert!(!copied && !link.url.reveal().is_empty());
}

#[tokio::test]
async fn dropped_files_arrive_and_their_links_are_copied_in_order() {
    let world = World::default();
    world.store.fill("acme", &["in/b.txt"]);
    let app = world.app(None);
    let id = app.send(send(&["c.txt", "b.txt", "a.txt", "d.txt", "e.txt"])).await.unwrap();
    let transfer = until(&app, id, ended).await;
    assert_eq!(transfer.state, TransferState::Finished);
    assert!(transfer.handover == Handover::Copied && transfer.failed.is_empty());
    assert_eq!((transfer.bytes_sent, transfer.bytes_total, transfer.files_done), (50, 50, 5));
    let keys: Vec<&str> = transfer.sent.iter().map(|file| file.key.as_str()).collect();
    assert_eq!(keys, ["in/c.txt", "in/b (2).txt", "in/a.txt", "in/d.txt", "in/e.txt"]);
    let copied = world.clipboard.text().unwrap();
    let lines: Vec<&str> = copied.lines().collect();
    assert!(lines.len() == 5 && lines[1].starts_with("memory://acme/in/b (2).txt?"), "{copied}");
}

#[tokio::test]
async fn one_failure_does_not_lose_the_rest() {
    let world = World::default();
    world.store.fill("acme", &[]);
    let unreadable = Kind::FileUnreadable { name: "b".into() };
    *world.store.put_refusal.lock().unwrap() = Some(("b".into(), unreadable.clone(), u32::MAX));
    let app = world.app(None);
    let mut request = send(&["a", "b", "c"]);
    request.files[2].size = 5_000;
    let id = app.send(request).await.unwrap();
    let transfer = until(&app, id, ended).await;
    assert_eq!(transfer.state, TransferState::Finished);
    let failed: Vec<_> = transfer.failed.iter().map(|file| file.error.kind().clone()).collect();
    assert_eq!(failed, [unreadable, Kind::FileTooLarge { name: "c".into(), limit: 1_000 }]);
    assert_eq!(world.clipboard.text().unwrap().lines().count(), 1);

    let id = app.send(send(&["b"])).await.unwrap();
    assert_eq!(until(&app, id, ended).await.state, TransferState::Failed);
    assert_eq!(world.clipboard.text().unwrap().lines().count(), 1, "nothing new was copied");
}

#[tokio::test]
async fn a_stopped_transfer_ends_and_copies_nothing() {
    let world = World::default();
    world.store.fill("acme", &[]);
    let permits = world.store.gate.acquire_many(1_000).await.unwrap();
    permits.forget();
    let app = world.app(None);
    let id = app.send(send(&["a", "b", "c", "d", "e", "f"])).await.unwrap();
    until(&app, id, |transfer| transfer.bytes_sent > 0).await;
    app.cancel(id).await;
    let transfer = until(&app, id, ended).await;
    assert_eq!(transfer.state, TransferState::Cancelled);
    assert!(transfer.failed.is_empty(), "what was stopped is not a failure");
    assert!(world.store.keys("acme").is_empty());
    assert_eq!(world.clipboard.text(), None);
}

fn without_permits(world: &World) {
    world.store.gate.try_acquire_many(1_000).unwrap().forget();
}

#[tokio::test]
async fn a_paused_transfer_goes_on_where_it_was() {
    let world = World::default();
    world.store.fill("acme", &[]);
    without_permits(&world);
    world.store.gate.add_permits(2);
    let app = world.app(None);
    let id = app.send(send(&["a", "b", "c"])).await.unwrap();
    until(&app, id, |transfer| transfer.files_done == 2).await;
    app.pause(id).await;
    let paused = until(&app, id, |transfer| transfer.state == TransferState::Paused).await;
    assert!(paused.failed.is_empty() && paused.trouble.is_none());
    world.store.gate.add_permits(1);
    app.resume(id).await;
    let transfer = until(&app, id, ended).await;
    assert_eq!((transfer.state, transfer.sent.len()), (TransferState::Finished, 3));
    assert_eq!((transfer.bytes_sent, transfer.files_done), (30, 3), "nothing is counted twice");
    assert_eq!(world.store.keys("acme"), ["in/a", "in/b", "in/c"]);
    assert_eq!(world.clipboard.text().unwrap().lines().count(), 3);
}

#[tokio::test]
async fn what_was_under_way_goes_on_at_the_next_start_and_what_was_paused_waits() {
    let world = World::default();
    world.store.fill("acme", &[]);
    without_permits(&world);
    world.store.gate.add_permits(1);
    let first = world.app(None);
    let (id, paused) = (first.send(send(&["a", "b"])).await.unwrap(), first.send(send(&["c"])).await.unwrap());
    until(&first, id, |transfer| transfer.files_done == 1).await;
    first.pause(paused).await;
    first.halt_transfers().await;

    world.store.gate.add_permits(10);
    let second = world.app(None);
    second.restore_transfers().await;
    let transfer = until(&second, id, ended).await;
    assert_eq!((transfer.state, transfer.sent.len()), (TransferState::Finished, 2));
    assert_eq!(transfer.handover, Handover::InUse, "nobody knows what is on the clipboard by now");
    assert_eq!(until(&second, paused, |_| true).await.state, TransferState::Paused);
    assert_eq!(world.store.keys("acme"), ["in/a", "in/b"]);
    second.resume(paused).await;
    until(&second, paused, ended).await;
    let third = world.app(None);
    third.restore_transfers().await;
    assert!(third.transfers().watch().borrow().is_empty(), "what has ended is not written down any more");
}

#[tokio::test]
async fn a_clipboard_that_was_used_meanwhile_is_left_alone() {
    let world = World::default();
    world.store.fill("acme", &[]);
    without_permits(&world);
    let app = world.app(None);
    let id = app.send(send(&["a"])).await.unwrap();
    until(&app, id, |transfer| transfer.bytes_sent > 0).await;
    world.clipboard.copy_text("something else").await.unwrap();
    world.store.gate.add_permits(1);
    assert_eq!(until(&app, id, ended).await.handover, Handover::InUse);
    assert_eq!(world.clipboard.text().unwrap(), "something else");
}

#[tokio::test]
async fn what_failed_is_tried_again_alone() {
    let world = World::default();
    world.store.fill("acme", &[]);
    let unreadable = Kind::FileUnreadable { name: "b".into() };
    *world.store.put_refusal.lock().unwrap() = Some(("b".into(), unreadable, 1));
    let app = world.app(None);
    let id = app.send(send(&["a", "b"])).await.unwrap();
    assert_eq!(until(&app, id, ended).await.failed.len(), 1);
    app.resume(id).await;
    let transfer = until(&app, id, |transfer| ended(transfer) && transfer.failed.is_empty()).await;
    assert_eq!(transfer.sent.len(), 2);
    assert_eq!(world.store.keys("acme"), ["in/a", "in/b"], "what had arrived is not sent again");
    app.forget(id).await;
    assert!(app.transfers().watch().borrow().is_empty());
}

#[tokio::test]
async fn a_transfer_waits_for_the_network_and_goes_on() {
    let world = World::default();
    world.store.fill("acme", &[]);
    let offline = Kind::Offline { host: "s3.test".into() };
    *world.store.put_refusal.lock().unwrap() = Some(("a".into(), offline.clone(), 1));
    let app = world.app(None);
    let id = app.send(send(&["a"])).await.unwrap();
    let waiting = until(&app, id, |transfer| transfer.state == TransferState::Waiting).await;
    assert_eq!(*waiting.trouble.unwrap().kind(), offline);
    // By itself after a while; at once where the person does not want to wait.
    app.resume(id).await;
    let transfer = until(&app, id, ended).await;
    assert_eq!((transfer.state, transfer.bytes_sent), (TransferState::Finished, 10));
    assert!(transfer.trouble.is_none());
}

#[tokio::test]
async fn names_that_are_taken_are_kept_replaced_or_left_out_as_was_said() {
    let world = World::default();
    world.store.fill("acme", &["in/a", "in/F/x", "in/G/y"]);
    let app = world.app(None);
    let names = ["a", "b", "F/x", "F/z"];
    let given: Vec<String> = names.iter().map(|name| (*name).to_owned()).collect();
    let taken = app.taken(&marketing(), &place("acme", "in/"), &given).await.unwrap();
    assert_eq!(taken, BTreeSet::from(["F/x".to_owned(), "a".to_owned()]));
    let arrived = async |if_taken| {
        let request = SendRequest { if_taken, taken: taken.clone(), ..send(&names) };
        let id = app.send(request).await.unwrap();
        let transfer = until(&app, id, ended).await;
        let keys: Vec<_> = transfer.sent.iter().map(|file| file.key.as_str().to_owned()).collect();
        (keys, transfer.left_out)
    };
    let (keys, left_out) = arrived(IfTaken::Skip).await;
    assert_eq!((keys, left_out), (vec!["in/b".into(), "in/F/z".into()], vec!["a".into(), "F/x".into()]));
    // "b" has come meanwhile, and nobody was asked about it.
    let (keys, _) = arrived(IfTaken::Replace).await;
    assert_eq!(keys, ["in/a", "in/b (2)", "in/F/x", "in/F/z (2)"]);
    let (keys, _) = arrived(IfTaken::KeepBoth).await;
    assert_eq!(keys, ["in/a (2)", "in/b (3)", "in/F/x (2)", "in/F/z (3)"]);
    app.make_folders(&marketing(), &place("acme", "in/"), &["E/empty".into()]).await.unwrap();
    assert!(world.store.keys("acme").contains(&"in/E/empty/".to_owned()));
}

#[tokio::test]
async fn a_full_disk_costs_the_memory_of_a_transfer_and_nothing_else() {
    let world = World::default();
    world.store.fill("acme", &[]);
    world.journal.is_full.store(true, Ordering::Relaxed);
    let app = world.app(None);
    let id = app.send(send(&["a"])).await.unwrap();
    let transfer = until(&app, id, ended).await;
    assert!(!transfer.is_kept);
    assert_eq!((transfer.state, transfer.handover), (TransferState::Finished, Handover::Copied));
}

#[tokio::test]
async fn paging_shows_every_row_once() {
    let world = World::default();
    world.store.fill("acme", &["a/1", "a/2", "b", "c/1", "d"]);
    let app = world.app(None);
    let (mut rows, mut page) = (0, None);
    loop {
        let listing = app.list(&marketing(), &place("acme", ""), page.as_ref(), false).await.unwrap();
        rows += listing.entries.len();
        page = listing.next;
        if page.is_none() {
            break;
        }
    }
    assert_eq!(rows, 4);
}
