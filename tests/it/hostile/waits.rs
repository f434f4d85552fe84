//! Servers that take their time, and those that lead in circles.

use std::sync::atomic::{AtomicU32, Ordering};
use std::time::{Duration, Instant};

use guestpass_core::{Checked, Kind, PageStart, SendRequest};
use guestpass_testkit::scripted::Answer;

use super::{Hostile, page};
use crate::world::{BUCKET, profile, send_and_wait, send_request};

/// What "at once" and "in time" may take on a computer that is busy with other tests.
const IN_TIME: Duration = Duration::from_millis(2_500);

#[tokio::test]
async fn a_listing_that_comes_by_drops_is_given_up() {
    for answer in [Answer::document("").drip("<ListBucketResult>"), Answer::silence()] {
        let hostile = Hostile::hurried(move |_| answer.clone()).await;
        let asked = Instant::now();
        assert_eq!(hostile.no_listing().await.into_kind(), Kind::ServerBusy);
        assert!(asked.elapsed() < IN_TIME);
    }
}

#[tokio::test]
async fn a_refusal_that_comes_by_drops_is_given_up() {
    let hostile = Hostile::hurried(|_| Answer::error_document(403, "").drip("<Error>")).await;
    let asked = Instant::now();
    let error = hostile.app.places(&profile("press")).await.unwrap_err();
    assert_eq!(error.into_kind(), Kind::ServerBusy);
    assert!(asked.elapsed() < IN_TIME);
}

#[tokio::test]
async fn a_connection_that_breaks_is_no_answer() {
    let hostile = Hostile::bucket(|_| Answer::reset()).await;
    assert_eq!(hostile.no_listing().await.into_kind(), Kind::Offline { host: BUCKET.into() });
    assert_eq!(hostile.check().await.unwrap(), Checked::Offline);
}

#[tokio::test]
async fn the_check_does_not_wait() {
    let asked = Instant::now();
    let opens = Hostile::bucket(|_| Answer::status(200).drip("")).await;
    assert_eq!(opens.check().await.unwrap(), Checked::Opens);
    opens.server.broken_off().await;
    let silent = Hostile::bucket(|_| Answer::silence()).await;
    assert_eq!(silent.check().await.unwrap(), Checked::TimedOut);
    assert!(asked.elapsed() < IN_TIME);
}

#[tokio::test]
async fn the_check_does_not_wait_for_a_refusal_s_reasons() {
    let hostile = Hostile::hurried(|_| Answer::error_document(403, "").drip("<Error>")).await;
    let asked = Instant::now();
    let denied = hostile.check().await.unwrap_err();
    assert!(matches!(denied.kind(), Kind::AccessDenied { .. }), "the status alone says that much: {denied}");
    assert!(asked.elapsed() < IN_TIME);
}

/// The look before an upload is bounded like every request. Without an answer nothing is sent: it could take the place
/// of something.
#[tokio::test]
async fn an_upload_does_not_wait_for_ever_for_the_look_before_it() {
    let hostile = Hostile::hurried(|asked| match asked.method.as_str() {
        "HEAD" => Answer::silence(),
        _ => Answer::status(200),
    })
    .await;
    let (_file, request) = a_file();
    let asked = Instant::now();
    let sent = send_and_wait(&hostile.app, &request).await.remove(0).unwrap_err();
    assert_eq!(sent.error.kind(), &Kind::ServerBusy);
    assert!(asked.elapsed() < IN_TIME);
    assert!(hostile.server.requests().iter().all(|asked| asked.method == "HEAD"));
}

/// An upload may take as long as the file does.
#[tokio::test]
async fn an_upload_is_not_held_to_the_limits_of_other_requests() {
    let hostile = Hostile::hurried(|asked| match asked.method.as_str() {
        "HEAD" => Answer::status(404),
        // Longer than the limits on other requests.
        "PUT" => Answer::status(200).after(Duration::from_millis(700)),
        _ => Answer::status(206),
    })
    .await;
    let (_file, request) = a_file();
    assert!(send_and_wait(&hostile.app, &request).await[0].is_ok());
}

fn a_file() -> (tempfile::NamedTempFile, SendRequest) {
    let file = tempfile::NamedTempFile::new().unwrap();
    let request = send_request("", &[file.path().to_owned()]);
    (file, request)
}

#[tokio::test]
async fn redirects_are_not_followed() {
    for status in [301, 302, 307] {
        // Back to where it came from, for ever.
        let hostile = Hostile::bucket(move |asked| Answer::redirect(status, &asked.uri.to_string())).await;
        assert_eq!(hostile.no_listing().await.into_kind(), Kind::ServerFault);
        assert_eq!(hostile.check().await.unwrap_err().into_kind(), Kind::ServerFault);
        assert_eq!(hostile.server.requests().len(), 2, "one request each");
    }
}

#[tokio::test]
async fn a_listing_that_leads_back_to_the_same_page_ends() {
    let hostile = Hostile::bucket(|_| {
        page(
            "<IsTruncated>true</IsTruncated><NextContinuationToken>again</NextContinuationToken>\
             <Contents><Key>film.mp4</Key></Contents>",
        )
    })
    .await;
    let first = hostile.list("").await.unwrap();
    assert_eq!(first.next, Some(PageStart::Token("again".into())));
    let second = hostile.list_from("", first.next.as_ref()).await.unwrap_err();
    assert_eq!(second.kind(), &Kind::ServerFault);
    assert_eq!(second.detail(), Some("the next page of the listing is this page"));
}

#[tokio::test]
async fn a_listing_that_goes_on_and_does_not_say_where_is_not_taken_for_all() {
    for token in ["", "<NextContinuationToken/>"] {
        let hostile = Hostile::bucket(move |_| {
            page(&format!("<IsTruncated>true</IsTruncated>{token}<Contents><Key>film.mp4</Key></Contents>"))
        })
        .await;
        assert_eq!(hostile.no_listing().await.kind(), &Kind::ServerFault, "{token:?}");
    }
}

#[tokio::test]
async fn a_list_of_buckets_that_does_not_end_is_given_up() {
    let buckets = |token: &str| {
        Answer::document(format!(
            "<ListAllMyBucketsResult><Buckets><Bucket><Name>acme-press</Name></Bucket></Buckets>\
             <ContinuationToken>{token}</ContinuationToken></ListAllMyBucketsResult>"
        ))
    };
    let same = Hostile::bucket(move |_| buckets("again")).await;
    assert_eq!(same.app.places(&profile("press")).await.unwrap_err().into_kind(), Kind::ServerFault);
    assert_eq!(same.server.requests().len(), 2);
    let counted = AtomicU32::new(0);
    let other = Hostile::bucket(move |_| buckets(&counted.fetch_add(1, Ordering::Relaxed).to_string())).await;
    assert_eq!(other.app.places(&profile("press")).await.unwrap_err().into_kind(), Kind::ServerFault);
    assert_eq!(other.server.requests().len(), 100);
}
