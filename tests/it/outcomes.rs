//! What the test of a link can find, told apart by the answers that S3 gives. No server on this machine has an
//! archive, keys of its own for encryption or readers who pay, so these are answers as AWS documents and sends them.

use guestpass_core::app::App;
use guestpass_core::{Action, Checked, DeniedBy, Kind, LinkRequest};
use guestpass_testkit::scripted::Answer;
use http::request::Parts;
use http::{HeaderName, Method};

use crate::hostile::Hostile;
use crate::world::{BUCKET, link_to};

const KEY: &str = "film.mp4";

/// A guest's GET, which is signed in the query, is answered by `guest`; what the signer asks of its own, by `signer`.
async fn bucket(
    guest: impl Fn() -> Answer + Send + Sync + 'static,
    signer: impl Fn(&Parts) -> Answer + Send + Sync + 'static,
) -> Hostile {
    Hostile::bucket(move |asked| {
        let query = asked.uri.query().unwrap_or_default();
        let is_guest = asked.method == Method::GET && query.contains("X-Amz-Signature");
        if is_guest { guest() } else { signer(asked) }
    })
    .await
}

async fn reason(app: &App) -> Kind {
    app.link(&link_to(KEY)).await.unwrap_err().into_kind()
}

fn denied(by: DeniedBy) -> Kind {
    Kind::AccessDenied {
        action: Action::Read,
        by,
        profile: "press".into(),
        bucket: Some(BUCKET.into()),
        key: Some(KEY.into()),
    }
}

fn refused(_: &Parts) -> Answer {
    Answer::status(403)
}

#[tokio::test]
async fn forbidden_by_whom_as_far_as_s3_says() {
    let user = "User: arn:aws:iam::123456789012:user/press is not authorized to perform: s3:GetObject on resource: \
                \"arn:aws:s3:::acme-press/film.mp4\"";
    for (message, by) in [
        ("Access Denied".to_owned(), DeniedBy::NotSaid),
        (format!("{user} because no identity-based policy allows the s3:GetObject action"), DeniedBy::Identity),
        (format!("{user} with an explicit deny in a resource-based policy"), DeniedBy::BucketPolicy),
        (format!("{user} with an explicit deny in a service control policy"), DeniedBy::Organisation),
        (format!("{user} with an explicit deny in a VPC endpoint policy"), DeniedBy::Network),
        (
            "User: arn:aws:iam::123456789012:user/press is not authorized to perform: kms:Decrypt on resource: \
             arn:aws:kms:eu-west-1:123456789012:key/1234abcd because no identity-based policy allows the \
             kms:Decrypt action"
                .to_owned(),
            DeniedBy::KmsKey,
        ),
    ] {
        let Hostile { app, server: _server, .. } = bucket(move || Answer::xml(403, "AccessDenied", &message), refused).await;
        assert_eq!(reason(&app).await, denied(by));
    }
    let disabled = || Answer::xml(400, "KMS.DisabledException", "arn:aws:kms:…:key/1234abcd is disabled.");
    let Hostile { app, server: _server, .. } = bucket(disabled, refused).await;
    assert_eq!(reason(&app).await, denied(DeniedBy::KmsKey));
}

#[tokio::test]
async fn a_bucket_that_forbids_links_alone() {
    // https://docs.aws.amazon.com/AmazonS3/latest/API/bucket-policy-s3-sigv4-conditions.html (s3:authType)
    let forbidden = || Answer::xml(403, "AccessDenied", "Access Denied");
    let Hostile { app, server: _server, .. } = bucket(forbidden, |_| Answer::status(200)).await;
    assert_eq!(reason(&app).await, denied(DeniedBy::Links));
}

#[tokio::test]
async fn who_reads_has_to_pay_and_can() {
    let payer = HeaderName::from_static("x-amz-request-payer");
    let forbidden = || Answer::xml(403, "AccessDenied", "Access Denied");
    let pays = move |asked: &Parts| Answer::status(if asked.headers.contains_key(&payer) { 200 } else { 403 });
    let Hostile { server, app, .. } = bucket(forbidden, pays).await;
    assert_eq!(reason(&app).await, Kind::RequesterPays { bucket: BUCKET.into() });
    let paid = LinkRequest { pays: true, check: false, ..link_to(KEY) };
    let url = app.link(&paid).await.unwrap().url;
    assert!(url.reveal().contains("&x-amz-request-payer=requester&"), "as a parameter, which a browser sends");
    assert!(server.requests().len() <= 3);
}

const ARCHIVED: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<Error><Code>InvalidObjectState</Code><Message>The \
                        operation is not valid for the object's storage class</Message><StorageClass>DEEP_ARCHIVE\
                        </StorageClass><RequestId>9FEFFF118E15B86F</RequestId><HostId>x</HostId></Error>";

#[tokio::test]
async fn in_the_archive_and_on_its_way_back() {
    let restore = HeaderName::from_static("x-amz-restore");
    for (header, coming_back) in [("ongoing-request=\"true\"", true), ("", false)] {
        let restore = restore.clone();
        let head = move |_: &Parts| Answer::status(200).header(restore.clone(), header);
        let Hostile { app, server: _server, .. } = bucket(|| Answer::error_document(403, ARCHIVED), head).await;
        assert_eq!(
            reason(&app).await,
            Kind::ObjectArchived { bucket: BUCKET.into(), key: KEY.into(), coming_back }
        );
    }
}

#[tokio::test]
async fn bringing_back_is_asked_for_once_and_twice_is_no_error() {
    let answers = [
        Answer::status(202),
        Answer::xml(409, "RestoreAlreadyInProgress", "Object restore is already in progress"),
    ];
    for answer in answers {
        let Hostile { server, app, .. } = bucket(|| Answer::status(500), move |_| answer.clone()).await;
        app.bring_back(&link_to(KEY)).await.unwrap();
        let asked = &server.requests()[0];
        assert_eq!((asked.method.as_str(), asked.uri.query()), ("POST", Some("restore")));
    }
    let Hostile { app, server: _server, .. } =
        bucket(|| Answer::status(500), |_| Answer::xml(403, "AccessDenied", "Access Denied")).await;
    let refused = app.bring_back(&link_to(KEY)).await.unwrap_err();
    assert!(matches!(refused.kind(), Kind::AccessDenied { action: Action::Restore, .. }));
}

#[tokio::test]
async fn not_there_and_deleted() {
    let marker = HeaderName::from_static("x-amz-delete-marker");
    let gone = || Answer::xml(404, "NoSuchKey", "The specified key does not exist.");
    let Hostile { app, server: _server, .. } = bucket(gone, |_| Answer::status(404)).await;
    assert_eq!(reason(&app).await, Kind::ObjectMissing { bucket: BUCKET.into(), key: KEY.into() });
    let deleted = move || gone().header(marker.clone(), "true");
    let Hostile { app, server: _server, .. } = bucket(deleted, |_| Answer::status(404)).await;
    assert_eq!(reason(&app).await, Kind::ObjectDeleted { bucket: BUCKET.into(), key: KEY.into() });
}

#[tokio::test]
async fn the_credentials_have_ended_or_are_unknown() {
    let ended = || Answer::xml(400, "ExpiredToken", "The provided token has expired.");
    let Hostile { app, server: _server, .. } = bucket(ended, refused).await;
    assert_eq!(reason(&app).await, Kind::CredentialsEnded { profile: "press".into() });
    let unknown =
        || Answer::xml(403, "InvalidAccessKeyId", "The AWS Access Key Id you provided does not exist");
    let Hostile { app, server: _server, .. } = bucket(unknown, refused).await;
    assert_eq!(reason(&app).await, Kind::CredentialsRefused { profile: "press".into() });
}

#[tokio::test]
async fn what_could_not_be_tested_is_a_link_all_the_same() {
    let checked = async |app: App| app.link(&link_to(KEY)).await.unwrap().checked;
    for (status, code) in [(503, "SlowDown"), (500, "InternalError"), (502, "")] {
        let Hostile { app, server: _server, .. } =
            bucket(move || Answer::xml(status, code, "Please try again."), refused).await;
        assert_eq!(checked(app).await, Checked::ServerBusy, "{code}");
    }
    let Hostile { app, server: _server, .. } = bucket(Answer::silence, refused).await;
    assert_eq!(checked(app).await, Checked::TimedOut);
    let Hostile { app, server: _server, .. } = bucket(Answer::reset, refused).await;
    assert_eq!(checked(app).await, Checked::Offline);
}
