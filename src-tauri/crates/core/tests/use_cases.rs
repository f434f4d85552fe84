//! What a person can do, proved without a window, a network or a disk.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

use guestpass_core::app::{App, Memory};
use guestpass_core::ports::VaultRefusal;
use guestpass_core::{
    Action, BucketName, Checked, CredentialsEnd, DeniedBy, Disposition, Expiry, Kind, LimitedBy, LinkRequest,
    ObjectKey, OfferedFile, Place, Prefix, ProfileId, SendRequest, Transfer, TransferId, TransferState,
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
    !matches!(transfer.state, TransferState::Uploading | TransferState::Linking)
}

#[tokio::test]
async fn the_next_start_comes_back_to_profile_and_place() {
    let world = World::default();
    world.store.fill("acme", &["a/b"]);
    let first = world.app(None);
    assert_eq!(first.recall().await.profile, None);
    assert_eq!(first.connect(&marketing(), false).await.unwrap().memory, Memory::Kept);
    first.remember(&marketing(), Some(&place("acme", "a/"))).await;

    let second = world.app(None);
    let recalled = second.recall().await;
    assert_eq!(recalled.profile, Some(marketing()));
    assert_eq!(recalled.place, Some(place("acme", "a/")));
    second.connect(&marketing(), false).await.unwrap();
    assert_eq!(second.recall().await.place, Some(place("acme", "a/")), "connecting again forgets no place");
}

#[tokio::test]
async fn a_run_told_where_to_open_forgets_nothing_of_the_others() {
    let world = World::default();
    world.app(None).remember(&marketing(), Some(&place("acme", ""))).await;
    let practice = world.app(Some(ProfileId::Practice));
    assert_eq!(practice.recall().await.profile, Some(ProfileId::Practice));
    practice.connect(&ProfileId::Practice, false).await.unwrap();
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
        assert_eq!(app.connect(&marketing(), false).await.unwrap().memory, memory);
        app.add_place(&marketing(), "acme").await.unwrap();
        assert!(app.link(&link_to("a")).await.is_ok());
    }
}

#[tokio::test]
async fn a_profile_that_is_gone_is_named() {
    let world = World::default();
    let gone = ProfileId::Aws("Legal".into());
    let error = world.app(None).connect(&gone, false).await.unwrap_err();
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
    assert!(!places.may_list && places.listed.is_empty());

    let opened = app.add_place(&marketing(), "https://acme.s3.eu-west-1.amazonaws.com/2026/a").await.unwrap();
    assert_eq!(opened, place("acme", "2026/"));
    let later = world.app(None);
    assert_eq!(later.places(&marketing()).await.unwrap().added, std::slice::from_ref(&opened.bucket));
    assert!(later.places(&ProfileId::Practice).await.unwrap().added.is_empty(), "each profile has its own");
    later.remove_place(&marketing(), &opened.bucket).await;
    assert!(world.app(None).places(&marketing()).await.unwrap().added.is_empty());
}

#[tokio::test]
async fn a_place_that_does_not_open_is_not_added() {
    let world = World::default();
    let app = world.app(None);
    let error = app.add_place(&marketing(), "nowhere").await.unwrap_err();
    assert_eq!(error.into_kind(), Kind::BucketMissing { bucket: "nowhere".into() });
    assert!(app.places(&marketing()).await.unwrap().added.is_empty());
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
    let id = app.send(send(&["c.txt", "b.txt", "a.txt", "d.txt", "e.txt"]));
    let transfer = until(&app, id, ended).await;
    assert_eq!(transfer.state, TransferState::Finished);
    assert!(transfer.copied && transfer.failed.is_empty());
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
    *world.store.put_refusal.lock().unwrap() = Some(("b".into(), unreadable.clone()));
    let app = world.app(None);
    let mut request = send(&["a", "b", "c"]);
    request.files[2].size = 5_000;
    let id = app.send(request);
    let transfer = until(&app, id, ended).await;
    assert_eq!(transfer.state, TransferState::Finished);
    let failed: Vec<_> = transfer.failed.iter().map(|file| file.error.kind().clone()).collect();
    assert_eq!(failed, [unreadable, Kind::FileTooLarge { name: "c".into(), limit: 1_000 }]);
    assert_eq!(world.clipboard.text().unwrap().lines().count(), 1);

    let id = app.send(send(&["b"]));
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
    let id = app.send(send(&["a", "b", "c", "d", "e", "f"]));
    until(&app, id, |transfer| transfer.bytes_sent > 0).await;
    app.cancel(id);
    let transfer = until(&app, id, ended).await;
    assert_eq!(transfer.state, TransferState::Cancelled);
    assert!(transfer.failed.is_empty(), "what was stopped is not a failure");
    assert!(world.store.keys("acme").is_empty());
    assert_eq!(world.clipboard.text(), None);
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
