//! Seeing what is there.

use futures_util::StreamExt;
use guestpass_core::{Action, DeniedBy, Entry, Kind, PageStart, Place};
use guestpass_testkit::contract;

use crate::on_every_server;
use crate::world::{BUCKET, World, place, profile};

/// Every row of a place, page by page; the number of pages with it.
async fn all(world: &World, place: &Place, recursive: bool) -> (Vec<Entry>, usize) {
    let (mut entries, mut pages, mut page) = (Vec::new(), 0, None::<PageStart>);
    loop {
        let listing = world.app.list(&profile("press"), place, page.as_ref(), recursive).await.unwrap();
        entries.extend(listing.entries);
        pages += 1;
        page = listing.next;
        if page.is_none() {
            return (entries, pages);
        }
    }
}

fn name(entry: &Entry) -> &str {
    match entry {
        Entry::Folder(prefix) => prefix.as_str(),
        Entry::Object(object) => object.key.as_str(),
    }
}

async fn folders_and_files_are_told_apart(world: World) {
    for key in ["2026/Autumn launch/film.mp4", "2026/plan.txt", "readme.txt"] {
        world.put(key, "seven b").await;
    }
    let (root, _) = all(&world, &place(""), false).await;
    assert_eq!(root.iter().map(name).collect::<Vec<_>>(), ["2026/", "readme.txt"]);
    let (inner, _) = all(&world, &place("2026/"), false).await;
    assert_eq!(inner.iter().map(name).collect::<Vec<_>>(), ["2026/Autumn launch/", "2026/plan.txt"]);
    let Entry::Object(object) = &inner[1] else { panic!("a file") };
    assert_eq!(object.size, 7);
    assert!(object.modified_at.is_some() && object.etag.is_some());
    let (below, _) = all(&world, &place("2026/"), true).await;
    assert_eq!(below.len(), 2);
    let (empty, _) = all(&world, &place("nothing here/"), false).await;
    assert!(empty.is_empty());
}

async fn odd_keys_are_listed_byte_for_byte(world: World) {
    let keys = [
        "k/a b",
        "k/a+b",
        "k/a%2Fb",
        "k/100%",
        "k/?x=1&y#z",
        "k/'\"",
        "k/Ü",
        "k/U\u{308}",
        "k/新製品",
        "k/🎉",
        "k/<b>&amp;",
        "k/\u{1}control",
    ];
    for key in keys {
        world.put(key, key).await;
    }
    let (entries, _) = all(&world, &place("k/"), false).await;
    let mut listed: Vec<&str> = entries.iter().map(name).collect();
    let mut expected = keys.to_vec();
    listed.sort_unstable();
    expected.sort_unstable();
    assert_eq!(listed, expected);
}

async fn long_folders_come_in_pages(world: World) {
    let puts = (0..1_030).map(|n| world.put_owned(format!("many/{n:04}")));
    futures_util::stream::iter(puts).buffer_unordered(32).count().await;
    let (entries, pages) = all(&world, &place("many/"), false).await;
    assert_eq!((entries.len(), pages), (1_030, 2));
    assert!(entries.is_sorted_by_key(name), "the pages join in order, and nothing comes twice");
}

async fn a_listing_begins_behind_any_text(world: World) {
    for key in contract::KEYS {
        world.put_owned(format!("any text/{key}")).await;
    }
    contract::begins_behind_any_text(&world.app, &profile("press"), &place("any text/")).await;
}

async fn what_cannot_be_seen_says_why(world: World) {
    let list = async |name: &str, bucket: &str| {
        let place = Place { bucket: guestpass_core::BucketName::parse(bucket).unwrap(), ..place("") };
        world.app.list(&profile(name), &place, None, false).await.unwrap_err().into_kind()
    };
    assert_eq!(list("press", "not-there").await, Kind::BucketMissing { bucket: "not-there".into() });
    assert_eq!(list("stranger", BUCKET).await, Kind::CredentialsRefused { profile: "stranger".into() });
    assert_eq!(list("nowhere", BUCKET).await, Kind::Offline { host: BUCKET.into() });
    let places = world.app.places(&profile("press")).await.unwrap();
    assert!(places.may_list && places.places.iter().any(|known| known.place == place("")));
}

#[tokio::test]
async fn seaweedfs_denies_what_an_identity_may_not_see() {
    let world = World::seaweedfs().await;
    world.admin.create_bucket().bucket("legal").send().await.unwrap();
    let place = Place { bucket: guestpass_core::BucketName::parse("legal").unwrap(), ..place("") };
    let denied = world.app.list(&profile("reader"), &place, None, false).await.unwrap_err();
    assert_eq!(
        denied.kind(),
        &Kind::AccessDenied {
            action: Action::List,
            by: DeniedBy::NotSaid,
            profile: "reader".into(),
            bucket: Some("legal".into()),
            key: None
        }
    );
    assert!(denied.detail().unwrap().starts_with("AccessDenied (HTTP 403)"));
}

on_every_server!(
    folders_and_files_are_told_apart,
    odd_keys_are_listed_byte_for_byte,
    long_folders_come_in_pages,
    a_listing_begins_behind_any_text,
    what_cannot_be_seen_says_why,
);
