//! What an object is, and its bytes: the contract of `Read`, on every store.

use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{ChecksumAlgorithm, Tag, Tagging};
use guestpass_core::app::App;
use guestpass_core::ports::{Body, Tags};
use guestpass_core::{BucketName, Kind, ObjectKey, Policy, ProfileId, Sight};
use guestpass_testkit::memory;

use crate::on_every_server;
use crate::world::{BUCKET, World, profile};

fn bucket() -> BucketName {
    BucketName::parse(BUCKET).unwrap()
}

fn key(key: &str) -> ObjectKey {
    ObjectKey::parse(key).unwrap()
}

async fn bytes(body: Body) -> Vec<u8> {
    body.within(u64::MAX).await.unwrap()
}

/// `digits.txt` holds ten digits, `empty.txt` nothing.
async fn keeps_the_contract(app: &App, profile: &ProfileId, digits: &str, empty: &str) {
    let (bucket, digits, empty) = (bucket(), key(digits), key(empty));
    let look = app.look(profile, &bucket, &digits).await.unwrap();
    assert_eq!((look.details.size, look.sight), (10, Ok(Sight::Text)));
    let etag = look.details.etag.unwrap();

    let whole = app.read(profile, &bucket, &digits, None, None).await.unwrap();
    assert_eq!((whole.range.clone(), whole.size), (0..10, 10));
    assert_eq!(whole.etag.as_ref(), Some(&etag));
    assert_eq!(bytes(whole).await, b"0123456789");

    for (asked, range, expected) in
        [(2..5, 2..5, "234"), (0..1, 0..1, "0"), (7..99, 7..10, "789"), (0..10, 0..10, "0123456789")]
    {
        let body = app.read(profile, &bucket, &digits, Some(asked), Some(&etag)).await.unwrap();
        assert_eq!((body.range.clone(), body.size), (range, 10));
        assert_eq!(bytes(body).await, expected.as_bytes());
    }
    let behind = app.read(profile, &bucket, &digits, Some(10..20), Some(&etag)).await.unwrap();
    assert_eq!(behind.range, 10..10);
    assert_eq!(bytes(behind).await, b"");
    let nothing = app.read(profile, &bucket, &empty, Some(0..64), None).await.unwrap();
    assert_eq!((nothing.range.clone(), nothing.size), (0..0, 0));
    assert_eq!(bytes(nothing).await, b"");

    let whole = app.read(profile, &bucket, &digits, None, None).await.unwrap();
    let refused = whole.within(9).await.unwrap_err();
    assert_eq!(refused.into_kind(), Kind::ServerFault, "no more is read than was meant");

    let other = app.read(profile, &bucket, &digits, None, Some("\"0123456789abcdef\"")).await.err().unwrap();
    assert_eq!(other.into_kind(), Kind::FileChanged { name: digits.name().to_owned() });
    let missing = || Kind::ObjectMissing { bucket: BUCKET.into(), key: "nowhere.txt".into() };
    let nowhere = app.read(profile, &bucket, &key("nowhere.txt"), None, None).await.err().unwrap();
    assert_eq!(nowhere.into_kind(), missing());
    assert_eq!(app.look(profile, &bucket, &key("nowhere.txt")).await.unwrap_err().into_kind(), missing());
}

async fn an_object_is_read_as_it_was_asked_for(world: World) {
    world.put("a b/digits.txt", "0123456789").await;
    world.put("empty.txt", "").await;
    keeps_the_contract(&world.app, &profile("press"), "a b/digits.txt", "empty.txt").await;
}

#[tokio::test]
async fn the_store_in_memory_keeps_the_contract() {
    let world = memory::World::default();
    world.store.write(BUCKET, "digits.txt", "0123456789");
    world.store.write(BUCKET, "empty.txt", "");
    keeps_the_contract(&world.app(None), &profile("Marketing"), "digits.txt", "empty.txt").await;
}

#[tokio::test]
async fn what_it_does_not_allow_is_not_looked_at() {
    let world = memory::World::default();
    world.store.write(BUCKET, "secret/a.txt", "x");
    world.store.write(BUCKET, "open/a.txt", "x");
    let text = format!("places = [\"s3://{BUCKET}/open/\"]");
    world.policy.set(Ok(Policy::parse(text.as_bytes(), "policy.toml").unwrap()));
    let app = world.app(None);
    let forbidden = |error: guestpass_core::Error| matches!(error.kind(), Kind::Forbidden { .. });
    let (marketing, secret) = (profile("Marketing"), key("secret/a.txt"));
    assert!(forbidden(app.look(&marketing, &bucket(), &secret).await.unwrap_err()));
    assert!(forbidden(app.read(&marketing, &bucket(), &secret, None, None).await.err().unwrap()));
    app.look(&marketing, &bucket(), &key("open/a.txt")).await.unwrap();
}

async fn a_large_object_comes_in_pieces_and_whole(world: World) {
    // Longer than any answer that is parsed may be, and every byte a tag to whoever counts those.
    let large = b"<".repeat(9 * 1024 * 1024);
    world.put("large.txt", large.clone()).await;
    let body = world.app.read(&profile("press"), &bucket(), &key("large.txt"), None, None).await.unwrap();
    assert!(bytes(body).await == large);
}

async fn details_are_told_as_far_as_the_server_knows_them(world: World) {
    let put = world.admin.put_object().bucket(BUCKET).key("a.txt").content_type("text/x-odd");
    let put = put.checksum_algorithm(ChecksumAlgorithm::Sha256).body(ByteStream::from_static(b"abc"));
    put.send().await.unwrap();
    let tag = Tag::builder().key("team").value("press").build().unwrap();
    let tagging = Tagging::builder().tag_set(tag).build().unwrap();
    let tagged = world.admin.put_object_tagging().bucket(BUCKET).key("a.txt").tagging(tagging).send().await;
    let details = world.app.look(&profile("press"), &bucket(), &key("a.txt")).await.unwrap().details;
    assert_eq!(details.content_type.as_deref(), Some("text/x-odd"));
    assert!(details.modified_at.is_some() && !details.is_archived);
    assert_eq!((details.storage_class, details.encryption, details.version), (None, None, None));
    let tags = if tagged.is_ok() { vec![("team".to_owned(), "press".to_owned())] } else { Vec::new() };
    assert_eq!(details.tags, Tags::Read(tags));
    assert_eq!(tagged.is_ok(), world.is_seaweedfs(), "the practice server keeps no tags");
    if let Some((algorithm, value)) = details.checksum {
        assert_eq!(algorithm, "SHA256");
        assert_eq!(value, "ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=");
    }
}

on_every_server!(
    an_object_is_read_as_it_was_asked_for,
    a_large_object_comes_in_pieces_and_whole,
    details_are_told_as_far_as_the_server_knows_them,
);
