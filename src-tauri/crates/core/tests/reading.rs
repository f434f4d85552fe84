//! A place that is read in ranges holds what it holds when it is read page by page, whatever its keys and its server.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

use std::collections::BTreeSet;
use std::sync::atomic::Ordering;

use futures_util::{StreamExt, TryStreamExt};
use guestpass_core::app::{App, ReadOrder};
use guestpass_core::{BucketName, Entry, Kind, Place, Prefix, ProfileId};
use guestpass_testkit::contract;
use guestpass_testkit::memory::{ListOrder, Lists, World};
use proptest::prelude::*;
use proptest::sample::select;

const ORDERS: [ReadOrder; 2] = [ReadOrder::Any, ReadOrder::ByKey];

fn profile() -> ProfileId {
    ProfileId::Aws("Marketing".into())
}

fn place(prefix: &str) -> Place {
    Place { bucket: BucketName::parse("acme").unwrap(), prefix: Prefix::parse(prefix).unwrap() }
}

fn name(entry: &Entry) -> String {
    match entry {
        Entry::Folder(prefix) => prefix.as_str().to_owned(),
        Entry::Object(object) => object.key.as_str().to_owned(),
    }
}

/// The names page by page, and how many pages there are.
async fn sequential(app: &App, place: &Place, recursive: bool) -> (Vec<String>, usize) {
    let (mut names, mut pages, mut start) = (Vec::new(), 0, None);
    loop {
        let page = app.list(&profile(), place, start.as_ref(), recursive).await.unwrap();
        names.extend(page.entries.iter().map(name));
        pages += 1;
        start = page.next;
        if start.is_none() {
            return (names, pages);
        }
    }
}

/// The names as they are handed on, and how many requests that took.
async fn read(world: &World, place: &Place, recursive: bool, order: ReadOrder) -> (Vec<String>, usize) {
    let before = world.store.listings.load(Ordering::Relaxed);
    let pages = world.app(None).read_place(&profile(), place, recursive, order).await.unwrap();
    let entries: Vec<Vec<Entry>> = pages.try_collect().await.unwrap();
    assert!(entries.iter().all(|page| !page.is_empty()));
    let names = entries.iter().flatten().map(name).collect();
    (names, world.store.listings.load(Ordering::Relaxed) - before)
}

/// What a reading may cost, in requests, where so many pages are read one after the other.
fn bound(pages: usize) -> usize {
    if pages <= 2 { pages } else { pages + 1 + (3 * pages).min(48) + pages / 4 }
}

fn world(keys: &BTreeSet<String>, lists: Lists) -> World {
    let world = World::default();
    world.store.fill("acme", &keys.iter().map(String::as_str).collect::<Vec<_>>());
    *world.store.lists.lock().unwrap() = lists;
    world
}

/// Reads a place in both ways; `in_order` where the server lists by bytes.
async fn assert_the_same(world: &World, place: &Place, recursive: bool, in_order: bool) {
    let (mut expected, pages) = sequential(&world.app(None), place, recursive).await;
    for order in ORDERS {
        let (mut names, requests) = read(world, place, recursive, order).await;
        if in_order && order == ReadOrder::ByKey {
            assert!(names.is_sorted(), "folders stand among the objects");
        }
        names.sort_unstable();
        expected.sort_unstable();
        assert_eq!(names, expected, "{order:?}, recursive: {recursive}");
        assert!(requests <= bound(pages), "{requests} requests for {pages} pages");
    }
}

/// Keys as people have them, many of a kind.
fn keys() -> impl Strategy<Value = BTreeSet<String>> {
    let odd =
        select(vec!["", " ", "a", "A", "é", "新製品", "🎉", "\u{1}", "~", "%", "+", "-", "//", "\u{10ffff}"]);
    let folder =
        select(vec!["", "2026/", "2026-old/", "2026/Autumn launch/", "a/", "a-b/", "照片/", "~/", "//"]);
    let count = prop_oneof![3 => 1..12_u32, 1 => 60..260_u32];
    let kind = (folder, odd, select(vec![1, 7, 13, 997]), 0..3, count);
    let many = kind.prop_map(|(folder, odd, step, form, count)| {
        let number = move |n: u32| n * step;
        let key = move |n: u32| match form {
            0 => format!("{folder}IMG {:06}{odd}.jpg", number(n)),
            1 => format!("{folder}{odd}{}/file.txt", number(n)),
            _ => format!("{folder}{:08x}{odd}", number(n).wrapping_mul(2_654_435_761)),
        };
        (0..count).map(key).collect::<Vec<_>>()
    });
    proptest::collection::vec(many, 0..5).prop_map(|all| all.into_iter().flatten().collect())
}

fn run(future: impl Future<Output = ()>) {
    tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap().block_on(future);
}

fn somewhere() -> impl Strategy<Value = &'static str> {
    select(vec!["", "", "2026/", "2026", "a"])
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(400))]

    #[test]
    fn every_entry_comes_once(keys in keys(), rows in 1..9_usize, recursive in any::<bool>(), prefix in somewhere()) {
        let world = world(&keys, Lists { rows, ..Lists::default() });
        run(assert_the_same(&world, &place(prefix), recursive, true));
    }

    #[test]
    fn a_server_that_keeps_objects_in_folders_hides_nothing(
        keys in keys(), rows in 1..9_usize, recursive in any::<bool>(), prefix in somewhere(),
    ) {
        let world = world(&keys, Lists { rows, order: ListOrder::Folders, ..Lists::default() });
        run(assert_the_same(&world, &place(prefix), recursive, false));
    }

    #[test]
    fn a_server_that_cannot_begin_anywhere_is_read_page_by_page(
        keys in keys(), rows in 1..9_usize, recursive in any::<bool>(),
        order in select(vec![ListOrder::Bytes, ListOrder::Folders, ListOrder::Backwards]),
    ) {
        let world = world(&keys, Lists { rows, order, ignores_start_after: true, ..Lists::default() });
        run(assert_the_same(&world, &place(""), recursive, order == ListOrder::Bytes));
    }
}

/// The page on which the objects end and the folders begin holds both, the folders before the objects.
#[tokio::test]
async fn objects_before_folders_of_a_server_that_keeps_objects_in_folders_are_not_lost() {
    let objects = (0..257).map(|n| format!("IMG {:06}a.jpg", n * 997));
    let keys: BTreeSet<String> = objects.chain(["a/x", "a-b/x", "~/x"].map(str::to_owned)).collect();
    for ignores_start_after in [false, true] {
        for rows in 1..16 {
            let lists = Lists { rows, order: ListOrder::Folders, ignores_start_after, ..Lists::default() };
            assert_the_same(&world(&keys, lists), &place(""), false, false).await;
        }
    }
}

#[tokio::test]
async fn the_store_in_memory_begins_behind_any_text() {
    let keys = contract::KEYS.map(|key| format!("any text/{key}"));
    let world = world(&keys.into(), Lists::default());
    contract::begins_behind_any_text(&world.app(None), &profile(), &place("any text/")).await;
}

fn many() -> BTreeSet<String> {
    (0..600).map(|n| format!("2026/IMG {n:06}.jpg")).collect()
}

#[tokio::test]
async fn a_large_place_is_asked_for_in_many_requests_at_once() {
    for order in ORDERS {
        let world = world(&many(), Lists::default());
        let (names, _) = read(&world, &place(""), true, order).await;
        assert_eq!(names.len(), 600);
        let most = world.store.most_listings.load(Ordering::Relaxed);
        assert!((24..=48).contains(&most), "{most} at once");
    }
}

#[tokio::test]
async fn a_server_that_is_busy_is_asked_for_less_at_once_and_for_all_of_it() {
    for order in ORDERS {
        let world = world(&many(), Lists { busy_above: 4, ..Lists::default() });
        let (mut names, _) = read(&world, &place(""), true, order).await;
        names.sort_unstable();
        assert!(names.iter().eq(&many()));
        let most = world.store.most_listings.load(Ordering::Relaxed);
        assert!((5..16).contains(&most), "it was busy: {most} at once");
    }
}

#[tokio::test]
async fn a_server_that_stays_busy_ends_the_reading() {
    let world = world(&many(), Lists { busy_above: 0, ..Lists::default() });
    let mut pages = world.app(None).read_place(&profile(), &place(""), true, ReadOrder::Any).await.unwrap();
    let error = pages.next().await.unwrap().unwrap_err();
    assert_eq!(error.kind(), &Kind::ServerBusy);
    assert!(pages.next().await.is_none());
}

#[tokio::test]
async fn nothing_is_asked_for_once_nobody_reads() {
    let world = world(&many(), Lists::default());
    let mut pages = world.app(None).read_place(&profile(), &place(""), true, ReadOrder::Any).await.unwrap();
    pages.next().await.unwrap().unwrap();
    drop(pages);
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert!(world.store.listings.load(Ordering::Relaxed) <= 2, "the first page, and the one behind it");
}
