//! Too much of everything.

use bytes::Bytes;
use guestpass_core::{Action, Checked, Kind};
use guestpass_testkit::scripted::Answer;
use http::header::CONTENT_LENGTH;

use super::{Hostile, page};
use crate::world::profile;

const MIB: u64 = 1 << 20;

/// What memory may grow by: several times the longest answer that is read, and nothing like a flood.
const MEMORY: u64 = 64 * MIB;

/// Rows of a listing, without end.
fn endless() -> Answer {
    let row = format!("<Contents><Key>{}</Key></Contents>", "film".repeat(250));
    Answer::document("").endless("<ListBucketResult><Name>acme-press</Name>", row.repeat(1_000))
}

/// The most memory that this process ever held, in bytes; 0 where the system does not say.
fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap_or_default();
    let peak = status.lines().find_map(|line| line.strip_prefix("VmHWM:"));
    peak.map_or(0, |peak| peak.trim().trim_end_matches(" kB").parse::<u64>().unwrap() * 1_024)
}

#[tokio::test]
async fn a_listing_without_end_is_broken_off() {
    let length = (10_000 * MIB).to_string();
    for answer in [endless(), endless().header(CONTENT_LENGTH, &length)] {
        let hostile = Hostile::bucket(move |_| answer.clone()).await;
        let before = peak_memory();
        let error = hostile.no_listing().await;
        assert_eq!(error.kind(), &Kind::ServerFault);
        assert_eq!(error.detail(), Some("the answer is larger than 8 MiB"));
        let grown = peak_memory() - before;
        assert!(grown < MEMORY, "{grown} bytes");
        assert!(hostile.server.broken_off().await < MEMORY);
        assert_eq!(hostile.server.requests().len(), 1, "a flood is not asked for twice");
    }
}

#[tokio::test]
async fn a_refusal_without_end_is_broken_off() {
    for status in [200, 403, 500] {
        let hostile = Hostile::bucket(move |_| {
            Answer::error_document(status, "")
                .endless("<Error><Code>AccessDenied</Code><Message>", [b'a'; 65_536].to_vec())
        })
        .await;
        let error = hostile.app.places(&profile("press")).await.unwrap_err();
        assert_eq!(error.kind(), &Kind::ServerFault);
        assert_eq!(hostile.server.requests().len(), 1);
    }
}

#[tokio::test]
async fn a_page_of_more_rows_than_a_page_has_is_refused() {
    let hostile = Hostile::bucket(|_| page(&"<Contents><Key>a</Key></Contents>".repeat(10_001))).await;
    let error = hostile.no_listing().await;
    assert_eq!(error.kind(), &Kind::ServerFault);
    assert_eq!(error.detail(), Some("a page of the listing has too many rows"));
}

/// The SDK makes an object of each element, a multiple of its bytes, before anybody can count rows.
#[tokio::test]
async fn the_smallest_rows_do_not_fill_the_memory() {
    let rows = Bytes::from("<Contents/>".repeat(119_000));
    let hostile = Hostile::bucket(move |_| page(str::from_utf8(&rows).unwrap())).await;
    let before = peak_memory();
    let error = hostile.no_listing().await;
    assert_eq!(error.detail(), Some("a page of the listing has too many rows"), "the most that is parsed");
    let grown = peak_memory() - before;
    assert!(grown < MEMORY, "{grown} bytes");
}

#[tokio::test]
async fn more_tags_than_an_answer_has_are_not_parsed() {
    let hostile = Hostile::bucket(|_| page(&"<a/>".repeat(120_000))).await;
    assert_eq!(hostile.no_listing().await.detail(), Some("the answer has more than 120000 tags"));
    assert_eq!(hostile.server.requests().len(), 1);
}

#[tokio::test]
async fn elements_in_elements_do_not_exhaust_the_stack() {
    let nested = "<a>".repeat(119_000);
    let refusal = Answer::error_document(403, format!("<Error>{nested}"));
    let listing = page(&nested);
    let hostile = Hostile::bucket(move |_| listing.clone()).await;
    assert!(hostile.list("").await.unwrap().entries.is_empty());
    let hostile = Hostile::bucket(move |_| refusal.clone()).await;
    let denied = |error: guestpass_core::Error| matches!(error.kind(), Kind::AccessDenied { .. });
    assert!(denied(hostile.no_listing().await));
    assert!(denied(hostile.check().await.unwrap_err()));
}

#[tokio::test]
async fn the_check_takes_no_more_of_an_object_than_it_must() {
    let film = Answer::status(200).endless("", vec![0; 65_536]);
    let hostile = Hostile::bucket(move |_| film.clone()).await;
    assert_eq!(hostile.check().await.unwrap(), Checked::Opens);
    // What the system buffers on both sides goes out as well.
    let taken = hostile.server.broken_off().await;
    assert!(taken < 16 * MIB, "{taken} bytes");
    assert_eq!(hostile.server.requests()[0].headers["range"], "bytes=0-0");
}

#[tokio::test]
async fn the_check_reads_no_refusal_without_end() {
    let hostile =
        Hostile::bucket(|_| Answer::error_document(403, "").endless("<Error><Message>", vec![b'a'; 65_536]))
            .await;
    let denied = hostile.check().await.unwrap_err();
    assert!(matches!(denied.kind(), Kind::AccessDenied { action: Action::Read, .. }));
    assert_eq!(denied.detail(), Some("HTTP 403"));
    assert!(hostile.server.broken_off().await < 16 * MIB);
}
