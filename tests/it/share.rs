//! Making links, each opened by a client that has no credentials and judged by a server.

use std::sync::Arc;

use guestpass_core::{Action, Checked, DeniedBy, Disposition, Expiry, Kind, LimitedBy};
use guestpass_testkit::memory::FixedClock;
use reqwest::StatusCode;

use crate::on_every_server;
use crate::world::{BUCKET, World, link_to, profile};

async fn a_link_opens_without_an_account_and_ends_as_said(world: World) {
    world.put("2026/film.mp4", "moving pictures").await;
    let mut request = link_to("2026/film.mp4");
    request.disposition = Disposition::Inline;
    request.expiry = Expiry::For(604_800);
    let (link, copied) = world.app.copy_link(&request).await.unwrap();
    assert_eq!((link.checked, link.end.limited_by, copied), (Checked::Opens, LimitedBy::Chosen, true));
    let pasted = world.clipboard.text().unwrap();
    assert!(pasted.contains("X-Amz-Expires=604800"));

    let answer = reqwest::get(&pasted).await.unwrap();
    assert_eq!(answer.status(), StatusCode::OK);
    assert_eq!(answer.headers()["content-type"], "video/mp4");
    assert_eq!(answer.headers()["content-disposition"], "inline; filename=\"film.mp4\"");
    assert_eq!(answer.text().await.unwrap(), "moving pictures");

    let tampered = reqwest::get(pasted.replace("X-Amz-Expires=604800", "X-Amz-Expires=604799")).await.unwrap();
    assert_eq!(tampered.status(), StatusCode::FORBIDDEN);
    let elsewhere = reqwest::get(pasted.replace("film.mp4?", "other.mp4?")).await.unwrap();
    assert_eq!(elsewhere.status(), StatusCode::FORBIDDEN);
}

async fn an_empty_file_has_a_link_too(world: World) {
    world.put("empty", "").await;
    assert_eq!(world.app.link(&link_to("empty")).await.unwrap().checked, Checked::Opens);
}

async fn a_link_that_would_not_open_says_why(world: World) {
    let missing = world.app.copy_link(&link_to("nothing")).await.unwrap_err();
    assert_eq!(missing.into_kind(), Kind::ObjectMissing { bucket: BUCKET.into(), key: "nothing".into() });
    let mut stranger = link_to("nothing");
    stranger.profile = profile("stranger");
    let refused = world.app.copy_link(&stranger).await.unwrap_err();
    assert_eq!(refused.into_kind(), Kind::CredentialsRefused { profile: "stranger".into() });
    let mut nowhere = link_to("nothing");
    nowhere.profile = profile("nowhere");
    assert_eq!(world.app.link(&nowhere).await.unwrap().checked, Checked::Offline);
    assert_eq!(world.clipboard.text(), None);
}

async fn a_link_is_dead_after_its_end(world: World) {
    world.put("short", "x").await;
    let two_hours_ago = jiff::Timestamp::now() - jiff::SignedDuration::from_hours(2);
    let earlier = world.app_at(Arc::new(FixedClock::at(&two_hours_ago.to_string())));
    let mut request = link_to("short");
    request.check = false;
    let ended = earlier.link(&request).await.unwrap();
    assert_eq!(reqwest::get(ended.url.reveal()).await.unwrap().status(), StatusCode::FORBIDDEN);
    request.expiry = Expiry::For(3 * 3_600);
    let alive = earlier.link(&request).await.unwrap();
    assert_eq!(reqwest::get(alive.url.reveal()).await.unwrap().status(), StatusCode::OK);
}

#[tokio::test]
async fn seaweedfs_opens_no_link_of_someone_who_may_not_read() {
    let world = World::seaweedfs().await;
    world.put("letter.pdf", "x").await;
    let mut request = link_to("letter.pdf");
    request.profile = profile("listless");
    let denied = world.app.copy_link(&request).await.unwrap_err();
    assert_eq!(
        denied.into_kind(),
        Kind::AccessDenied {
            action: Action::Read,
            by: DeniedBy::NotSaid,
            profile: "listless".into(),
            bucket: Some(BUCKET.into()),
            key: Some("letter.pdf".into())
        }
    );
    request.profile = profile("reader");
    assert!(world.app.copy_link(&request).await.is_ok());
}

on_every_server!(
    a_link_opens_without_an_account_and_ends_as_said,
    an_empty_file_has_a_link_too,
    a_link_that_would_not_open_says_why,
    a_link_is_dead_after_its_end,
);
