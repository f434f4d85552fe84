//! Readings of made-up places, in rounds: what is under way is answered at once. A round is a server's distance.

use super::page::name;
use super::*;
use crate::{Listing, Object, ObjectKey, Prefix};

const PAGE: usize = 1_000;

fn object(key: &str) -> Entry {
    let key = ObjectKey::parse(key).unwrap();
    Entry::Object(Object { key, size: 1, modified_at: None, etag: None, storage_class: None })
}

/// How a place was read.
#[derive(Debug)]
struct Read {
    rounds: usize,
    requests: usize,
    /// The most pages that were asked for or read, and not handed on.
    ahead: usize,
    /// How many requests there were at once, round by round.
    at_once: Vec<usize>,
}

/// Reads a bucket of these keys, and assures that each comes once.
fn read(keys: &[String], order: ReadOrder) -> Read {
    read_from(keys, order, |_, _| None)
}

/// The same from a server that refuses some requests, by their number and their start.
fn read_from(
    keys: &[String],
    order: ReadOrder,
    refuses: impl Fn(usize, Option<&PageStart>) -> Option<Kind>,
) -> Read {
    let mut ranges = Ranges::of(&Prefix::root(), order);
    let mut read = Read { rounds: 0, requests: 0, ahead: 0, at_once: Vec::new() };
    let mut handed_on = Vec::new();
    let mut pages = 0;
    loop {
        let asked: Vec<_> = std::iter::from_fn(|| ranges.ask()).collect();
        if asked.is_empty() {
            break;
        }
        read.rounds += 1;
        read.at_once.push(asked.len());
        let before = read.requests;
        read.requests += asked.len();
        read.ahead = read.ahead.max(read.requests - pages);
        let mut answered = Vec::new();
        // A refusal is quicker than an answer.
        for (number, (range, start)) in asked.into_iter().enumerate() {
            match refuses(before + number, start.as_ref()) {
                Some(kind) => ranges.fail(range, kind.into()).expect("it is asked again, or was a guess"),
                None => answered.push((range, start)),
            }
        }
        for (range, start) in answered {
            let from = match start {
                None => 0,
                Some(PageStart::After(after)) => keys.partition_point(|key| *key <= after),
                Some(PageStart::Token(token)) => token.parse().unwrap(),
            };
            let end = keys.len().min(from + PAGE);
            let entries = keys[from..end].iter().map(|key| object(key)).collect();
            let next = (end < keys.len()).then(|| PageStart::Token(end.to_string()));
            ranges.take(range, Page::of(Listing { entries, next }));
        }
        while let Some(entries) = ranges.hand_on() {
            pages += 1;
            handed_on.extend(entries);
        }
    }
    let mut names: Vec<&str> = handed_on.iter().map(name).collect();
    if order == ReadOrder::Any {
        names.sort_unstable();
    }
    assert!(names.iter().eq(keys), "every key once, in order");
    read
}

/// A bucket of so many keys that people have: what it is, and the key of each number.
fn buckets(count: u32) -> Vec<(&'static str, Vec<String>)> {
    const WORDS: [&str; 7] = ["alpha", "autumn", "beta", "brand", "campaign", "winter", "zeta"];
    let word = |n: u32| WORDS[n as usize % WORDS.len()];
    let photo = |n: u32| format!("2026/Autumn-launch/batch-{:06}/photo-{n:08}.jpg", n / 100);
    let hash = |n: u32| format!("{:016x}", u64::from(n).wrapping_mul(0x9e37_79b9_7f4a_7c15));
    let day = |n: u32| {
        format!("logs/{}/{:02}/{:02}/{n:07}.gz", 2020 + n / 30_000, n / 2_500 % 12 + 1, n / 90 % 28 + 1)
    };
    let character = |n: u32| char::from_u32(0x4e00 + n % 3_000).unwrap();
    let all = |key: &dyn Fn(u32) -> String| {
        let mut keys: Vec<String> = (0..count).map(key).collect();
        keys.sort_unstable();
        keys
    };
    vec![
        ("photos", all(&photo)),
        (
            "photos, and one file that stands before them",
            all(&|n| if n == 0 { ".DS_Store".into() } else { photo(n) }),
        ),
        ("hashes", all(&hash)),
        ("days", all(&day)),
        ("numbers of any length", all(&|n| format!("export/{n}.json"))),
        ("folders by name", all(&|n| format!("{}/assets/{n:06}.png", word(n)))),
        ("words", all(&|n| format!("{}/{}/{n}.pdf", word(n), word(n / 7)))),
        ("Chinese", all(&|n| format!("照片/{}/{n}.jpg", character(n)))),
    ]
}

#[test]
fn a_distant_server_is_waited_for_a_few_times() {
    for (what, keys) in buckets(100_000) {
        for order in [ReadOrder::Any, ReadOrder::ByKey] {
            let read = read(&keys, order);
            assert!(read.rounds <= 24, "{what}, {order:?}: {read:?} for 100 pages");
            assert!(read.requests <= 100 + 1 + 48 + 100 / 4, "{what}, {order:?}: {read:?} for 100 pages");
        }
    }
}

#[test]
fn names_that_are_numbers_to_the_base_of_sixteen_are_shared_out_evenly() {
    let hash = |n: u64| n.wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let kinds: [(&str, &dyn Fn(u64) -> String); 3] = [
        ("hashes", &|n| format!("{:016x}", hash(n))),
        ("in upper case", &|n| format!("by-hash/{:016X}.jpg", hash(n))),
        ("UUIDs", &|n| format!("{:08x}-{:04x}-4{:03x}.pdf", hash(n) >> 32, hash(n) >> 16 & 0xffff, n & 0xfff)),
    ];
    for (what, key) in kinds {
        let mut keys: Vec<String> = (0..300_000).map(key).collect();
        keys.sort_unstable();
        let read = read(&keys, ReadOrder::Any);
        assert!(read.rounds <= 14, "{what}: {read:?} for 300 pages");
    }
}

#[test]
fn one_guess_that_is_refused_is_not_the_last_one() {
    for (what, keys) in buckets(100_000) {
        let first = std::cell::Cell::new(true);
        let refuses = |_, start: Option<&PageStart>| {
            (matches!(start, Some(PageStart::After(_))) && first.take()).then_some(Kind::ServerFault)
        };
        let read = read_from(&keys, ReadOrder::Any, refuses);
        assert!(read.rounds <= 28, "{what}: {read:?} for 100 pages");
    }
}

#[test]
fn a_server_that_is_not_busy_any_more_is_asked_for_more_at_once() {
    let keys: Vec<String> = (0..1_000_000).map(|n| format!("IMG {n:06}.jpg")).collect();
    let is_busy = |number, _: Option<&PageStart>| {
        ((60..90).contains(&number) && number % 2 == 0).then_some(Kind::ServerBusy)
    };
    let read = read_from(&keys, ReadOrder::Any, is_busy);
    let fewest = read.at_once.iter().skip(10).position(|count| *count <= 8).expect("it was busy") + 10;
    let most = read.at_once[fewest..].iter().max().unwrap();
    assert!(*most >= 12, "{read:?}");
}

#[test]
fn a_small_place_costs_a_request_a_page() {
    for pages in 0..=2 {
        let keys: Vec<String> = (0..pages * PAGE).map(|n| format!("IMG {n:06}.jpg")).collect();
        assert_eq!(read(&keys, ReadOrder::Any).requests, pages.max(1));
    }
}

#[test]
fn what_waits_for_its_turn_does_not_fill_the_memory() {
    let keys: Vec<String> = (0..1_000_000).map(|n| format!("IMG {n:06}.jpg")).collect();
    let read = read(&keys, ReadOrder::ByKey);
    assert!(read.ahead < 700, "{read:?}");
}
