//! What a server tells of a file that is looked at, where it tells only some of it, or of another file.

use std::time::{Duration, Instant};

use guestpass_core::app::Look;
use guestpass_core::ports::Tags;
use guestpass_core::{BucketName, Error, Kind, ObjectKey, Result, Unseen};
use guestpass_testkit::scripted::Answer;
use http::header::{CONTENT_LENGTH, CONTENT_RANGE, ETAG};
use http::request::Parts;
use http::{HeaderName, Method};

use super::Hostile;
use crate::world::{BUCKET, profile};

const CHECKSUM: &str = "x-amz-checksum-mode";
const PAYER: &str = "x-amz-request-payer";

fn names(key: &str) -> (BucketName, ObjectKey) {
    (BucketName::parse(BUCKET).unwrap(), ObjectKey::parse(key).unwrap())
}

impl Hostile {
    async fn look(&self) -> Result<Look> {
        let (bucket, key) = names("film.mp4");
        self.app.look(&profile("press"), &bucket, &key).await
    }
}

fn is_tagging(asked: &Parts) -> bool {
    asked.uri.query().is_some_and(|query| query.contains("tagging"))
}

/// An object of seven bytes.
fn found() -> Answer {
    Answer::status(200).header(CONTENT_LENGTH, "7").header(ETAG, "\"one\"")
}

#[tokio::test]
async fn who_may_not_use_the_key_sees_the_file_without_its_checksum() {
    // https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html (x-amz-checksum-mode, kms:Decrypt)
    let hostile = Hostile::bucket(|asked| match asked.headers.contains_key(CHECKSUM) {
        true => Answer::status(403),
        false => found(),
    })
    .await;
    let Look { details, sight, trouble } = hostile.look().await.unwrap();
    assert_eq!((details.size, details.checksum), (7, None));
    // Nor is what it holds.
    assert_eq!(sight, Err(Unseen::Unread));
    assert!(matches!(trouble.unwrap().kind(), Kind::AccessDenied { .. }));
}

#[tokio::test]
async fn who_would_have_to_pay_is_told_also_where_the_key_is_not_theirs() {
    for checksum_is_told in [true, false] {
        let hostile = Hostile::bucket(move |asked| {
            let may = checksum_is_told || !asked.headers.contains_key(CHECKSUM);
            if may && asked.headers.contains_key(PAYER) { found() } else { Answer::status(403) }
        })
        .await;
        let refused = hostile.look().await.unwrap_err().into_kind();
        assert_eq!(refused, Kind::RequesterPays { bucket: BUCKET.into() }, "{checksum_is_told}");
    }
}

#[tokio::test]
async fn a_range_of_another_object_is_not_taken_for_one_of_this() {
    for (told, is_this) in [("\"two\"", false), ("\"one\"", true), ("one", true)] {
        // Whatever `If-Match` says.
        let hostile = Hostile::bucket(move |_| {
            let part = Answer::status(206).header(CONTENT_RANGE, "bytes 2-4/7").header(ETAG, told);
            part.body("abc")
        })
        .await;
        let (bucket, key) = names("film.mp4");
        let read = hostile.app.read(&profile("press"), &bucket, &key, Some(2..5), Some("\"one\"")).await;
        let expected = if is_this { Ok(2..5) } else { Err(Kind::FileChanged { name: "film.mp4".into() }) };
        assert_eq!(read.map(|body| body.range).map_err(Error::into_kind), expected, "{told}");
    }
}

#[tokio::test]
async fn tags_that_are_not_told_are_told_apart() {
    for (answer, expected) in [
        (Answer::xml(403, "AccessDenied", "Access Denied"), Tags::Denied),
        (Answer::xml(501, "NotImplemented", "not here"), Tags::Unsupported),
        (Answer::xml(405, "MethodNotAllowed", "not here"), Tags::Unsupported),
        (Answer::xml(400, "InvalidRequest", "what?"), Tags::Unknown),
        (Answer::document("<Tagging><TagSet/></Tagging>"), Tags::Read(Vec::new())),
    ] {
        let hostile =
            Hostile::bucket(move |asked| if is_tagging(asked) { answer.clone() } else { found() }).await;
        assert_eq!(hostile.look().await.unwrap().details.tags, expected);
    }
}

#[tokio::test]
async fn nobody_waits_long_for_tags() {
    let silent = |asked: &Parts| if is_tagging(asked) { Answer::silence() } else { found() };
    let hostile = Hostile::bucket(silent).await;
    let begin = Instant::now();
    assert_eq!(hostile.look().await.unwrap().details.tags, Tags::Unknown);
    assert!(begin.elapsed() < Duration::from_secs(10), "{:?}", begin.elapsed());
}

#[tokio::test]
async fn a_class_that_no_header_names_is_not_made_up() {
    let class = HeaderName::from_static("x-amz-storage-class");
    for told in [None, Some("STANDARD"), Some("STANDARD_IA")] {
        let class = class.clone();
        let hostile = Hostile::bucket(move |asked| match (told, &asked.method) {
            (Some(told), &Method::HEAD) => found().header(class.clone(), told),
            _ => found(),
        })
        .await;
        assert_eq!(hostile.look().await.unwrap().details.storage_class.as_deref(), told);
    }
}
