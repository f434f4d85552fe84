//! Large places, read in ranges: SeaweedFS with 50,000 objects, and a million keys that a server makes up.

use std::sync::Arc;
use std::time::Duration;

use futures_util::{StreamExt, TryStreamExt};
use guestpass_core::app::{App, ReadOrder};
use guestpass_core::{Entry, Place};
use guestpass_local::SystemClock;
use guestpass_s3::Limits;
use guestpass_testkit::memory::MemoryClipboard;
use guestpass_testkit::sink::{Catalogue, Sink};

use crate::world::{Keys, Through, World, app_over, place, profile};

/// Where the number of a made-up key stands in it.
const NUMBER: std::ops::Range<usize> = 38..46;

/// How many objects are on their way to the server at a time.
const PUTS: usize = 64;

fn name(entry: &Entry) -> String {
    match entry {
        Entry::Folder(prefix) => prefix.as_str().to_owned(),
        Entry::Object(object) => object.key.as_str().to_owned(),
    }
}

/// The names in the order in which they come.
async fn read(app: &App, place: &Place, recursive: bool, order: ReadOrder) -> Vec<String> {
    let pages = app.read_place(&profile("press"), place, recursive, order).await.unwrap();
    let pages: Vec<Vec<Entry>> = pages.try_collect().await.unwrap();
    pages.iter().flatten().map(name).collect()
}

/// The names page by page.
async fn sequential(app: &App, place: &Place, recursive: bool) -> Vec<String> {
    let (mut names, mut start) = (Vec::new(), None);
    loop {
        let page = app.list(&profile("press"), place, start.as_ref(), recursive).await.unwrap();
        names.extend(page.entries.iter().map(name));
        start = page.next;
        if start.is_none() {
            return names;
        }
    }
}

/// Many in one folder, many folders in one, and names that stand elsewhere in the order of folders than in that of bytes.
fn fifty_thousand() -> Vec<String> {
    let photos = (0..30_000).map(|n| format!("photos/2026/IMG {n:05}.jpg"));
    let folders = (0..6_000).map(|n| format!("jobs/{n}/brief.pdf"));
    let beside = (0..6_000).map(|n| format!("jobs/{n}-old.pdf"));
    let deep = (0..8_000).map(|n| format!("archive/{:02}/{:02}/scan {n}.tif", n / 1_000, n / 100 % 10));
    photos.chain(folders).chain(beside).chain(deep).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn seaweedfs_with_fifty_thousand_objects_is_read_to_the_last() {
    let world = World::seaweedfs().await;
    let mut keys = fifty_thousand();
    let puts = keys.iter().map(|key| world.put_owned(key.clone()));
    futures_util::stream::iter(puts).buffer_unordered(PUTS).count().await;
    keys.sort_unstable();
    for (prefix, recursive) in
        [("", true), ("photos/2026/", false), ("jobs/", false), ("jobs/", true), ("archive/", true)]
    {
        let mut expected = sequential(&world.app, &place(prefix), recursive).await;
        expected.sort_unstable();
        if recursive {
            assert!(expected.iter().eq(keys.iter().filter(|key| key.starts_with(prefix))), "below {prefix:?}");
        }
        for order in [ReadOrder::Any, ReadOrder::ByKey] {
            let mut names = read(&world.app, &place(prefix), recursive, order).await;
            names.sort_unstable();
            assert!(names == expected, "{} of {} in {prefix:?}, {order:?}", names.len(), expected.len());
        }
    }
}

/// An app in front of a server with made-up keys.
async fn listing(catalogue: Catalogue) -> (Sink, App) {
    let sink = Sink::listing(catalogue).await;
    let through = Through { keys: Keys::any(sink.endpoint()), limits: Limits::default() };
    let app = app_over(Arc::new(through), Arc::new(MemoryClipboard::default()), Arc::new(SystemClock), None);
    (sink, app)
}

#[tokio::test(flavor = "multi_thread")]
async fn a_million_keys_come_once_each_for_few_more_requests_than_pages() {
    let delay = Duration::from_millis(10);
    let (sink, app) = listing(Catalogue { keys: 1_000_000, delay, ..Catalogue::default() }).await;
    // Not kept: other tests of this process measure its memory.
    let mut pages = app.read_place(&profile("press"), &place(""), true, ReadOrder::Any).await.unwrap();
    let (mut came, mut last, mut is_in_order) = (vec![false; 1_000_000], 0, true);
    while let Some(entries) = pages.try_next().await.unwrap() {
        for entry in entries {
            let number: usize = name(&entry)[NUMBER].parse().unwrap();
            assert!(!std::mem::replace(&mut came[number], true), "{number} came twice");
            is_in_order &= last <= number;
            last = number;
        }
    }
    assert!(came.iter().all(|came| *came));
    assert!(!is_in_order, "several ranges were under way at once");
    let requests = sink.reset().requests;
    assert!((1_000..=1_000 + 1 + 48 + 250).contains(&requests), "{requests} requests for a thousand pages");
}

#[tokio::test(flavor = "multi_thread")]
async fn folders_of_a_large_place_come_once_each_and_in_order() {
    let (_sink, app) = listing(Catalogue { keys: 2_000_000, ..Catalogue::default() }).await;
    let names = read(&app, &place("2026/Autumn-launch/"), false, ReadOrder::ByKey).await;
    assert_eq!(names.len(), 20_000);
    assert!(names.is_sorted_by(|one, next| one < next));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_server_that_begins_where_it_wants_is_read_page_by_page() {
    let deaf = Catalogue { keys: 60_000, ignores_start_after: true, ..Catalogue::default() };
    let (sink, app) = listing(deaf).await;
    let names = read(&app, &place(""), true, ReadOrder::Any).await;
    assert_eq!(names.len(), 60_000);
    assert!(names.is_sorted_by(|one, next| one < next));
    let requests = sink.reset().requests;
    assert!(requests <= 70, "{requests}: it is tried a few times, and then no more");
}
