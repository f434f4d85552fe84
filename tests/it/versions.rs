//! Links that stay with a version, on a server that keeps them.

use aws_sdk_s3::types::{BucketVersioningStatus, VersioningConfiguration};
use guestpass_core::{Kind, LinkRequest, VersionChoice, VersionId};

use crate::world::{BUCKET, World, link_to};

async fn versioned() -> World {
    let world = World::seaweedfs().await;
    let on = VersioningConfiguration::builder().status(BucketVersioningStatus::Enabled).build();
    world.admin.put_bucket_versioning().bucket(BUCKET).versioning_configuration(on).send().await.unwrap();
    world
}

async fn read(url: &str) -> String {
    reqwest::get(url).await.unwrap().text().await.unwrap()
}

#[tokio::test]
async fn a_pinned_link_opens_what_was_there_and_the_other_what_is() {
    let world = versioned().await;
    world.put("report.txt", "first").await;
    let pinned = LinkRequest { version: VersionChoice::Current, ..link_to("report.txt") };
    let pinned = world.app.link(&pinned).await.unwrap();
    let follows = world.app.link(&link_to("report.txt")).await.unwrap();
    assert!(pinned.version.is_some() && follows.version.is_none());
    world.put("report.txt", "second").await;
    assert_eq!(read(pinned.url.reveal()).await, "first");
    assert_eq!(read(follows.url.reveal()).await, "second");

    let exact = LinkRequest { version: VersionChoice::Exact(pinned.version.unwrap()), ..link_to("report.txt") };
    assert_eq!(read(world.app.link(&exact).await.unwrap().url.reveal()).await, "first");
}

#[tokio::test]
async fn a_deleted_object_says_so_and_its_versions_stay_within_reach() {
    let world = versioned().await;
    world.put("report.txt", "first").await;
    let pinned = LinkRequest { version: VersionChoice::Current, ..link_to("report.txt") };
    let before = world.app.link(&pinned).await.unwrap();
    world.admin.delete_object().bucket(BUCKET).key("report.txt").send().await.unwrap();
    let deleted = Kind::ObjectDeleted { bucket: BUCKET.into(), key: "report.txt".into() };
    assert_eq!(world.app.link(&link_to("report.txt")).await.unwrap_err().into_kind(), deleted);
    assert_eq!(world.app.link(&pinned).await.unwrap_err().into_kind(), deleted);
    assert_eq!(read(before.url.reveal()).await, "first");
}

#[tokio::test]
async fn a_version_that_is_not_there_is_missing() {
    let world = versioned().await;
    world.put("report.txt", "first").await;
    let nowhere = VersionId::kept("0123456789abcdef0123456789abcdef").unwrap();
    let gone = LinkRequest { version: VersionChoice::Exact(nowhere), ..link_to("report.txt") };
    let missing = Kind::ObjectMissing { bucket: BUCKET.into(), key: "report.txt".into() };
    assert_eq!(world.app.link(&gone).await.unwrap_err().into_kind(), missing);
}
