//! Looking for what is in the way, against a server that answers by a script.

use guestpass_testkit::scripted::{Answer, Scripted};
use http::HeaderName;

use crate::guest::S3;
use crate::house::{Guest, House};

const KMS: &str = "<ServerSideEncryptionConfiguration><Rule><ApplyServerSideEncryptionByDefault>\
                   <SSEAlgorithm>{algorithm}</SSEAlgorithm>{key}</ApplyServerSideEncryptionByDefault></Rule>\
                   </ServerSideEncryptionConfiguration>";

fn encryption(algorithm: &str, key: &str) -> Answer {
    Answer::document(KMS.replace("{algorithm}", algorithm).replace("{key}", key))
}

async fn server() -> Scripted {
    let region = HeaderName::from_static("x-amz-bucket-region");
    let id = "<KMSMasterKeyID>arn:aws:kms:eu-west-1:1:key/9</KMSMasterKeyID>";
    Scripted::start(move |asked| match (asked.method.as_str(), asked.uri.path().trim_end_matches('/')) {
        ("GET", "") => Answer::xml(403, "AccessDenied", "not allowed to list buckets"),
        ("HEAD", "/moved") => Answer::status(200).header(region.clone(), "eu-north-1"),
        ("HEAD", "/gone") => Answer::status(404),
        ("HEAD", _) => Answer::status(200),
        ("GET", "/kms") => encryption("aws:kms", id),
        ("GET", "/dsse") => encryption("aws:kms:dsse", ""),
        ("GET", "/aes") => encryption("AES256", ""),
        ("GET", "/none") => Answer::xml(404, "ServerSideEncryptionConfigurationNotFoundError", "none"),
        ("GET", "/unknown") => Answer::xml(501, "NotImplemented", "no such thing"),
        ("DELETE", "/acme/a%20b.txt") => Answer::status(204),
        _ => Answer::xml(403, "AccessDenied", "with an explicit deny in an identity-based policy"),
    })
    .await
}

async fn connected(server: &Scripted) -> (House, Guest) {
    let mut house = House::new().await;
    house.variables.push((S3, server.endpoint().to_owned()));
    let mut guest = house.guest();
    assert!(guest.ask("connect key").await.starts_with("http"));
    (house, guest)
}

#[tokio::test]
async fn a_server_elsewhere_takes_the_credentials_or_not() {
    let server = server().await;
    let (_house, mut guest) = connected(&server).await;
    assert_eq!(guest.ask("identity").await, "None", "to be allowed nothing is an answer");
    let unknown = Scripted::start(|_| Answer::xml(403, "InvalidAccessKeyId", "who is that")).await;
    let (_house, mut guest) = connected(&unknown).await;
    let said = guest.ask("identity").await;
    assert!(said.starts_with("error CredentialsRefused { profile: \"Press\" } |"), "{said}");
}

#[tokio::test]
async fn a_bucket_tells_its_region_and_its_key() {
    let server = server().await;
    let (_house, mut guest) = connected(&server).await;
    assert_eq!(guest.ask("region moved").await, "eu-north-1");
    assert_eq!(guest.ask("region acme").await, "eu-west-1");
    assert!(guest.ask("region gone").await.starts_with("error BucketMissing"));
    for (bucket, key) in [
        ("kms", "Some(\"arn:aws:kms:eu-west-1:1:key/9\")"),
        ("dsse", "Some(\"alias/aws/s3\")"),
        ("aes", "None"),
        ("none", "None"),
        ("unknown", "None"),
    ] {
        assert_eq!(guest.ask(&format!("kms {bucket}")).await, key, "{bucket}");
    }
    assert!(guest.ask("kms denied").await.starts_with("error AccessDenied"));
    let before = server.requests().len();
    guest.ask("region moved").await;
    assert_eq!(server.requests().len(), before + 1, "it is asked each time");
}

#[tokio::test]
async fn an_object_is_deleted_or_it_is_told_who_forbids_it() {
    let server = server().await;
    let (_house, mut guest) = connected(&server).await;
    assert_eq!(guest.ask("delete acme a%20b.txt").await.split(' ').next(), Some("error"), "as it is written");
    let said = guest.ask("delete acme c.txt").await;
    assert!(said.starts_with("error AccessDenied { action: Delete, by: Identity"), "{said}");
}

#[tokio::test]
async fn aws_knows_whose_credentials_these_are() {
    let mut house = House::new().await;
    house.variables.push(("AWS_ENDPOINT_URL_STS", house.sts.endpoint().to_owned()));
    house.configure(
        "[profile press]\naws_access_key_id = AKIDOFKEYS\naws_secret_access_key = never-print-this\n",
    );
    let mut guest = house.guest();
    let link = guest.ask("connect aws press").await;
    assert!(link.starts_with("error Offline"), "AWS would be asked for the bucket's region: {link}");
    let said = guest.ask("identity").await;
    assert_eq!(said, "Some(\"arn:aws:sts::111111111111:assumed-role/Reader/kim\")");
    assert_eq!(house.sts.asked()[0]["signed by"], "AKIDOFKEYS");
}

#[tokio::test]
async fn the_way_is_told_without_asking_anybody() {
    let mut house = House::new().await;
    let bundle = house.path("house.pem");
    std::fs::write(&bundle, "").unwrap();
    for (name, value) in [
        (S3, "https://minio.acme.test:9000"),
        ("HTTPS_PROXY", "http://kim:hunter2@proxy.acme.test:3128"),
        ("AWS_CA_BUNDLE", bundle.to_str().unwrap()),
    ] {
        house.variables.push((name, value.to_owned()));
    }
    let mut guest = house.guest();
    assert!(guest.ask("connect key").await.starts_with("https://minio.acme.test:9000/"));
    let said = guest.ask("route").await;
    assert!(said.contains("host: \"minio.acme.test:9000\", is_encrypted: true, is_aws: false"), "{said}");
    assert!(said.contains("proxy: Some(\"http://proxy.acme.test:3128\")"), "{said}");
    assert!(said.contains("house.pem") && !said.contains("hunter2"), "{said}");
    assert_eq!(guest.ask("route acme").await, said);

    house.variables.push(("NO_PROXY", ".acme.test".into()));
    house.variables.retain(|(name, _)| *name != S3);
    let mut guest = house.guest();
    let said = guest.ask("connect key").await;
    assert!(
        said.starts_with("error Offline") || said.starts_with("error ServerBusy"),
        "behind no proxy: {said}"
    );
    let said = guest.ask("route").await;
    assert!(said.contains("host: \"s3.eu-west-1.amazonaws.com\", is_encrypted: true, is_aws: true"), "{said}");
    let said = guest.ask("route acme-press").await;
    assert!(said.contains("host: \"acme-press.s3.eu-west-1.amazonaws.com\""), "{said}");
}
