//! What a link is, proved without a window, a network or a disk.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

use std::sync::Mutex;

use guestpass_core::{
    Action, BucketName, Checked, DeniedBy, Disposition, Expiry, FileRequest, Kind, LinkEnd, LinkRequest,
    ObjectFacts, ObjectKey, PageLink, Place, Prefix, ProfileId, RequestKind, RequestPage, UploadForm,
    UploadLink, VersionChoice, VersionId,
};
use guestpass_testkit::memory::World;
use tokio_util::sync::CancellationToken;

fn link_to(key: &str) -> LinkRequest {
    let (bucket, key) = (BucketName::parse("acme").unwrap(), ObjectKey::parse(key).unwrap());
    LinkRequest::new(ProfileId::Aws("Marketing".into()), bucket, key, Expiry::For(3_600))
}

fn world(keys: &[&str]) -> World {
    let world = World::default();
    world.store.fill("acme", keys);
    world
}

fn denied(by: DeniedBy) -> Kind {
    let (profile, bucket, key) = ("Marketing".into(), Some("acme".into()), Some("film.mp4".into()));
    Kind::AccessDenied { action: Action::Read, by, profile, bucket, key }
}

#[tokio::test]
async fn a_link_can_stay_with_the_version_that_is_there_now() {
    let world = world(&["film.mp4"]);
    let version = VersionId::kept("v1");
    *world.store.facts.lock().unwrap() = Ok(ObjectFacts { version: version.clone(), ..ObjectFacts::default() });
    let pinned = LinkRequest { version: VersionChoice::Current, ..link_to("film.mp4") };
    let link = world.app(None).link(&pinned).await.unwrap();
    assert_eq!(link.version, version);
    assert!(link.url.reveal().ends_with("&version=v1"));

    let follows = world.app(None).link(&link_to("film.mp4")).await.unwrap();
    assert!(follows.version.is_none() && !follows.url.reveal().contains("version"));

    *world.store.facts.lock().unwrap() = Ok(ObjectFacts::default());
    let unversioned = world.app(None).link(&pinned).await.unwrap();
    assert_eq!(unversioned.version, None, "where no versions are kept, the link says that it follows the name");
}

#[tokio::test]
async fn a_version_that_cannot_be_seen_is_not_promised() {
    let world = world(&["film.mp4"]);
    *world.store.facts.lock().unwrap() = Err(denied(DeniedBy::NotSaid));
    let pinned = LinkRequest { version: VersionChoice::Current, ..link_to("film.mp4") };
    assert_eq!(world.app(None).link(&pinned).await.unwrap_err().into_kind(), denied(DeniedBy::NotSaid));
}

#[tokio::test]
async fn a_wrong_clock_is_found_by_the_test_and_the_link_is_made_again() {
    let world = world(&["film.mp4"]);
    world.checked.answers_at("2026-11-23T17:34:00Z");
    let app = world.app(None);
    let link = app.link(&link_to("film.mp4")).await.unwrap();
    assert_eq!(link.url.reveal(), "memory://acme/film.mp4?at=2026-11-23T17:34:00Z&seconds=3600");
    assert_eq!(link.end.clock_offset_seconds, 840, "this computer is 14 minutes behind");
    assert_eq!(link.end.expires_at.to_string(), "2026-11-23T18:34:00Z");

    let shown = app.link_end(&link_to("film.mp4").profile, Expiry::For(3_600)).await.unwrap();
    assert_eq!(shown, link.end, "what is shown before the click is known now too");
}

#[tokio::test]
async fn a_clock_that_is_years_off_does_not_end_a_link_early() {
    let world = world(&["film.mp4"]);
    world.checked.answers_at("2031-02-03T04:05:06Z");
    let link = world.app(None).link(&link_to("film.mp4")).await.unwrap();
    assert_eq!(link.end.expires_at.to_string(), "2031-02-03T05:05:06Z");
}

#[tokio::test]
async fn a_refusal_is_explained_as_far_as_the_signer_can_find_out() {
    let world = world(&["film.mp4"]);
    let app = world.app(None);
    world.checked.finds(Err(denied(DeniedBy::NotSaid)));
    let reason = async || app.link(&link_to("film.mp4")).await.unwrap_err().into_kind();
    assert_eq!(
        reason().await,
        denied(DeniedBy::Links),
        "the signer may read it: it is the link that is refused"
    );

    *world.store.facts.lock().unwrap() = Err(denied(DeniedBy::NotSaid));
    assert_eq!(reason().await, denied(DeniedBy::NotSaid));

    let pays = Kind::RequesterPays { bucket: "acme".into() };
    *world.store.facts.lock().unwrap() = Err(pays.clone());
    assert_eq!(reason().await, pays);

    world.checked.finds(Err(denied(DeniedBy::KmsKey)));
    assert_eq!(reason().await, denied(DeniedBy::KmsKey), "what the server said stands");
}

#[tokio::test]
async fn an_archived_object_can_be_asked_back_and_says_when_it_was() {
    let world = world(&["film.mp4"]);
    let app = world.app(None);
    let archived =
        |coming_back| Kind::ObjectArchived { bucket: "acme".into(), key: "film.mp4".into(), coming_back };
    world.checked.finds(Err(archived(false)));
    let reason = async || app.link(&link_to("film.mp4")).await.unwrap_err().into_kind();
    assert_eq!(reason().await, archived(false));
    app.bring_back(&link_to("film.mp4")).await.unwrap();
    assert_eq!(*world.store.brought_back.lock().unwrap(), ["film.mp4"]);
    *world.store.facts.lock().unwrap() = Ok(ObjectFacts { coming_back: true, ..ObjectFacts::default() });
    assert_eq!(reason().await, archived(true));
}

#[tokio::test]
async fn a_requester_pays_bucket_can_be_paid_for() {
    let world = world(&["film.mp4"]);
    let link = world.app(None).link(&LinkRequest { pays: true, ..link_to("film.mp4") }).await.unwrap();
    assert!(link.pays && link.url.reveal().ends_with("&pays"));
}

#[tokio::test]
async fn a_file_without_an_ending_is_shown_by_its_stored_type() {
    let world = world(&["film"]);
    let app = world.app(None);
    let inline = LinkRequest { disposition: Disposition::Inline, ..link_to("film") };
    let disposition = async || app.link(&inline).await.unwrap().disposition;
    assert_eq!(disposition().await, Disposition::Attachment, "nothing is known of it");
    let stored = |kind: &str| Ok(ObjectFacts { content_type: Some(kind.into()), ..ObjectFacts::default() });
    *world.store.facts.lock().unwrap() = stored("video/mp4");
    assert_eq!(disposition().await, Disposition::Inline);
    *world.store.facts.lock().unwrap() = stored("text/html");
    assert_eq!(disposition().await, Disposition::Attachment, "it could run scripts");
}

#[tokio::test]
async fn what_no_link_can_carry_is_shared_as_a_copy() {
    let world = world(&["a/../film.mp4", "a/__/film.mp4"]);
    let app = world.app(None);
    let odd = link_to("a/../film.mp4");
    let refused = app.copy_link(&odd).await.unwrap_err();
    assert_eq!(refused.into_kind(), Kind::KeyNotLinkable { key: "a/../film.mp4".into() });
    let (link, copied) = app.copy_link_to_copy(&odd).await.unwrap();
    assert_eq!((link.key.as_str(), link.name.as_str(), copied), ("a/__/film (2).mp4", "film (2).mp4", true));
    assert_eq!(world.store.keys("acme").len(), 3, "the object itself stays, and nothing is overwritten");

    *world.store.facts.lock().unwrap() = Ok(ObjectFacts { size: 1_001, ..ObjectFacts::default() });
    let too_large = app.copy_link_to_copy(&odd).await.unwrap_err().into_kind();
    assert_eq!(too_large, Kind::FileTooLarge { name: "film.mp4".into(), limit: 1_000 });
}

#[tokio::test]
async fn many_links_are_copied_in_order_and_one_failure_loses_no_other() {
    let keys: Vec<String> = (0..500).map(|n| format!("{n:03}.jpg")).collect();
    let world = world(&keys.iter().map(String::as_str).collect::<Vec<_>>());
    let mut requests: Vec<LinkRequest> = keys.iter().map(|key| link_to(key)).collect();
    requests[7] = link_to("..");
    let heard = Mutex::new(Vec::new());
    let tell = |done| heard.lock().unwrap().push(done);
    let many = world.app(None).copy_many(&requests, tell, &CancellationToken::new()).await.unwrap();
    assert_eq!((many.made.len(), many.failed.len(), many.copied), (499, 1, true));
    assert_eq!(many.failed[0].0.as_str(), "..");
    assert_eq!(*heard.lock().unwrap(), (1..=500).collect::<Vec<_>>());
    let text = world.clipboard.text().unwrap();
    let copied: Vec<&str> = text.lines().map(|line| &line["memory://acme/".len()..][..3]).collect();
    let expected: Vec<&str> = keys.iter().filter(|key| *key != "007.jpg").map(|key| &key[..3]).collect();
    assert_eq!(copied, expected);
}

#[tokio::test]
async fn many_links_can_be_stopped_and_then_nothing_is_copied() {
    let world = world(&["a", "b"]);
    let stop = CancellationToken::new();
    stop.cancel();
    let stopped = world.app(None).copy_many(&[link_to("a"), link_to("b")], |_| (), &stop).await.unwrap_err();
    assert_eq!(stopped.into_kind(), Kind::Cancelled);
    assert_eq!(world.clipboard.text(), None);
}

#[tokio::test]
async fn links_stay_out_of_the_history_if_the_person_wants_it_and_that_is_remembered() {
    let world = world(&["a"]);
    let app = world.app(None);
    app.copy_link(&link_to("a")).await.unwrap();
    assert!(!world.clipboard.is_private());
    app.set_private_clipboard(true).await;
    app.copy_link(&link_to("a")).await.unwrap();
    assert!(world.clipboard.is_private());
    assert!(world.app(None).settings().await.private_clipboard, "in the next session too");
}

/// Draws what it was given, as text.
struct Plain;

impl RequestPage for Plain {
    fn draw(&self, title: &str, form: &UploadForm, end: LinkEnd) -> Vec<u8> {
        format!("{title} {} {}", form.prefix.as_str(), end.expires_at).into_bytes()
    }
}

fn request(kind: RequestKind) -> FileRequest {
    FileRequest {
        profile: ProfileId::Aws("Marketing".into()),
        place: Place { bucket: BucketName::parse("acme").unwrap(), prefix: Prefix::parse("in/").unwrap() },
        title: "Photos from Kim".into(),
        expiry: Expiry::For(3_600),
        kind,
    }
}

#[tokio::test]
async fn whoever_asks_for_files_hands_out_a_page_that_lies_beside_a_folder_of_its_own() {
    let world = world(&[]);
    let app = world.app(None);
    let link = app.request_files(&request(RequestKind::Page { max_bytes: u64::MAX }), &Plain).await.unwrap();
    let UploadLink::Page(PageLink { url, page, folder, end }) = &link else { panic!("not a page") };
    let stem = folder.as_str().strip_suffix('/').unwrap();
    assert!(stem.starts_with("in/Photos from Kim ") && stem.len() == "in/Photos from Kim ".len() + 8, "{stem}");
    assert_eq!(page.as_str(), format!("{stem}.html"), "what arrives in the folder cannot replace the page");
    assert_eq!(world.store.keys("acme"), [page.as_str()]);
    assert_eq!(end.expires_at.to_string(), "2026-11-23T18:20:00Z");
    assert!(url.reveal().ends_with("seconds=3600"), "page and form end together");
    app.copy_upload_link(&link, "Photos from Kim").await.unwrap();
    assert_eq!(world.clipboard.text().as_deref(), Some(url.reveal()));
}

#[tokio::test]
async fn a_page_that_does_not_open_is_not_handed_out() {
    let world = world(&[]);
    world.checked.finds(Err(denied(DeniedBy::Identity)));
    let refused = world.app(None).request_files(&request(RequestKind::Page { max_bytes: 9 }), &Plain).await;
    assert_eq!(refused.unwrap_err().into_kind(), denied(DeniedBy::Identity));
}

#[tokio::test]
async fn a_form_and_a_single_put_lead_to_folders_that_nobody_has_met() {
    let world = world(&[]);
    let app = world.app(None);
    let form = app.request_files(&request(RequestKind::Form { max_bytes: u64::MAX }), &Plain).await.unwrap();
    let UploadLink::Form { form, .. } = form else { panic!("not a form") };
    assert_eq!(form.max_bytes, 5 << 30, "no form carries more than 5 GiB");
    let put = app.request_files(&request(RequestKind::Put { name: "film.mp4".into() }), &Plain).await.unwrap();
    let UploadLink::Put { key, url, .. } = put else { panic!("not a PUT") };
    assert!(key.as_str().starts_with("in/Photos from Kim ") && key.name() == "film.mp4");
    assert_ne!(form.prefix.as_str(), &key.as_str()[..form.prefix.as_str().len()]);
    assert!(url.reveal().contains("?put&"));
    assert!(world.store.keys("acme").is_empty(), "neither writes anything");
    for odd in ["..", "a/b", ""] {
        let refused = app.request_files(&request(RequestKind::Put { name: odd.into() }), &Plain).await;
        assert_eq!(refused.unwrap_err().into_kind(), Kind::NameInvalid { name: odd.into() });
    }
}

#[tokio::test]
async fn a_name_that_turns_around_is_not_handed_to_the_recipient() {
    let world = world(&["in/film\u{202e}4pm.exe"]);
    let link = world.app(None).link(&link_to("in/film\u{202e}4pm.exe")).await.unwrap();
    assert_eq!((link.name.as_str(), link.checked), ("film4pm.exe", Checked::Opens));
}
