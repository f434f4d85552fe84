//! Names and messages that pretend to be something else, and documents that are none.

use guestpass_core::{Entry, Error, Kind};
use guestpass_testkit::scripted::Answer;

use super::{Hostile, page};
use crate::world::profile;

fn names(entries: &[Entry]) -> Vec<&str> {
    entries
        .iter()
        .map(|entry| match entry {
            Entry::Folder(prefix) => prefix.as_str(),
            Entry::Object(object) => object.key.as_str(),
        })
        .collect()
}

fn object(key: &str) -> String {
    format!("<Contents><Key>{key}</Key><Size>7</Size></Contents>")
}

#[tokio::test]
async fn a_server_s_message_is_one_bounded_line_of_text() {
    let message = format!("&lt;script&gt;&#13;&#10;&#x1b;[2J&#x202e;{}", "x".repeat(10_000));
    let refusal = Answer::xml(403, "AccessDenied", &message);
    let hostile = Hostile::bucket(move |_| refusal.clone()).await;
    for error in [hostile.no_listing().await, hostile.check().await.unwrap_err()] {
        assert!(matches!(error.kind(), Kind::AccessDenied { .. }));
        let detail = error.detail().unwrap();
        assert!(detail.starts_with("AccessDenied (HTTP 403): <script> [2J xxx"), "{detail}");
        assert_eq!(detail.chars().count(), 501);
        assert!(detail.ends_with('…'));
    }
    assert_eq!(hostile.clipboard.text(), None);
}

#[tokio::test]
async fn a_request_id_is_one_bounded_line_too() {
    let id = "x".repeat(10_000);
    let refusal =
        Answer::xml(403, "AccessDenied", "no").header(http::HeaderName::from_static("x-amz-request-id"), &id);
    let hostile = Hostile::bucket(move |_| refusal.clone()).await;
    for error in [hostile.no_listing().await, hostile.check().await.unwrap_err()] {
        assert_eq!(error.reference().unwrap().chars().count(), 501);
    }
}

#[tokio::test]
async fn entities_are_not_expanded() {
    // Ten to the ninth, if they were; and a file of this computer.
    let mut bombs = String::from("<!ENTITY e0 \"ha\"><!ENTITY file SYSTEM \"file:///etc/hostname\">");
    for n in 1..10 {
        bombs.push_str(&format!("<!ENTITY e{n} \"{}\">", format!("&e{};", n - 1).repeat(10)));
    }
    for entity in ["&e9;", "&file;"] {
        let refusal = Answer::error_document(
            403,
            format!(
                "<?xml version=\"1.0\"?><!DOCTYPE Error [{bombs}]><Error><Code>{entity}</Code><Message>{entity}</Message></Error>"
            ),
        );
        let hostile = Hostile::bucket(move |_| refusal.clone()).await;
        for error in [hostile.no_listing().await, hostile.check().await.unwrap_err()] {
            // The status alone decides: nothing of such a document is believed.
            assert!(matches!(error.kind(), Kind::AccessDenied { .. }), "{error}");
            assert_eq!(error.detail(), Some("HTTP 403"));
        }
    }
}

#[tokio::test]
async fn what_is_no_listing_is_said_to_be_none() {
    for nonsense in [
        "",
        "<",
        "<ListBucketResult>",
        "<ListBucketResult><Contents></ListBucketResult></Contents>",
        "<ListBucketResult><Contents><Size>many</Size></Contents></ListBucketResult>",
        "<html><body>Sign in to the hotel's network</body></html>",
        "{\"listing\": []}",
        "\0\u{1}\u{fffd}",
    ] {
        let hostile = Hostile::bucket(move |_| Answer::document(nonsense)).await;
        let listing = hostile.list("").await.map_err(Error::into_kind);
        assert_eq!(listing, Err(Kind::ServerFault), "{nonsense:?}");
        let places = hostile.app.places(&profile("press")).await.map_err(Error::into_kind);
        assert_eq!(places.map(|places| places.places), Err(Kind::ServerFault), "{nonsense:?}");
    }
}

#[tokio::test]
async fn names_are_kept_whatever_they_pretend() {
    let longest = "l".repeat(1_024);
    let keys = [
        "<script>alert(1)</script>",
        "invoice\u{202e}fdp.exe",
        "nul\0l",
        "two\nlines",
        "../../etc",
        longest.as_str(),
    ];
    let rows: String = keys
        .iter()
        .map(|key| object(&key.bytes().map(|byte| format!("%{byte:02X}")).collect::<String>()))
        .collect();
    let hostile = Hostile::bucket(move |_| page(&rows)).await;
    assert_eq!(names(&hostile.list("").await.unwrap().entries), keys);
}

#[tokio::test]
async fn what_cannot_be_a_name_here_does_not_cost_the_page() {
    let long = "l".repeat(1_025);
    let folder = |prefix: &str| format!("<CommonPrefixes><Prefix>{prefix}</Prefix></CommonPrefixes>");
    let rows = [
        folder("2026/"),
        folder(""),
        folder(&format!("2026/{long}/")),
        folder("2026/Autumn/"),
        folder("2025/"),
        object(""),
        object("2026/"),
        object(&format!("2026/{long}")),
        object("2026/%FF"),
        "<Contents><Size>7</Size></Contents>".to_owned(),
        object("salaries.xlsx"),
        object("2026/plan.txt"),
    ]
    .concat();
    let hostile = Hostile::bucket(move |_| page(&rows)).await;
    assert_eq!(names(&hostile.list("2026/").await.unwrap().entries), ["2026/Autumn/", "2026/plan.txt"]);
}
