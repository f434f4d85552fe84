//! The server as independent clients see it: the AWS SDK with its keys, and an HTTP client with none.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::{BehaviorVersion, Region};
use aws_sdk_s3::error::ProvideErrorMetadata;
use aws_sdk_s3::presigning::PresigningConfig;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{ChecksumAlgorithm, EncodingType};
use guestpass_practice::{BUCKET, Options, Practice};
use reqwest::StatusCode;

struct Server {
    practice: Practice,
    folder: tempfile::TempDir,
}

impl Server {
    async fn start() -> Self {
        Self::with(true, None).await
    }

    async fn with(seed: bool, session_token: Option<String>) -> Self {
        let folder = tempfile::tempdir().unwrap();
        let options = Options { root: folder.path().join("practice"), seed, session_token };
        Self { practice: Practice::start(options).await.unwrap(), folder }
    }

    fn client(&self) -> Client {
        self.client_for(self.practice.region(), self.practice.session_token())
    }

    fn client_for(&self, region: &str, token: Option<&str>) -> Client {
        let (id, secret) = (self.practice.access_key_id(), self.practice.secret_access_key());
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(self.practice.endpoint())
            .region(Region::new(region.to_owned()))
            .credentials_provider(Credentials::new(id, secret, token.map(str::to_owned), None, "test"))
            .force_path_style(true);
        Client::from_conf(config.build())
    }

    async fn link(&self, key: &str) -> String {
        let hour = PresigningConfig::expires_in(Duration::from_secs(3_600)).unwrap();
        self.client().get_object().bucket(BUCKET).key(key).presigned(hour).await.unwrap().uri().to_owned()
    }
}

async fn put(client: &Client, key: &str, body: &'static [u8]) {
    client.put_object().bucket(BUCKET).key(key).body(ByteStream::from_static(body)).send().await.unwrap();
}

#[tokio::test]
async fn a_new_folder_holds_real_files_of_the_kinds_that_people_share() {
    let server = Server::start().await;
    let listing = server.client().list_objects_v2().bucket(BUCKET).send().await.unwrap();
    let keys: Vec<&str> = listing.contents().iter().filter_map(|object| object.key()).collect();
    assert!(keys.len() >= 12, "{keys:?}");
    for (key, magic) in [
        ("Launch film.mp4", &b"ftyp"[..]),
        ("Embargo letter.pdf", b"%PDF"),
        ("Autumn launch/Photos/Héro image 4000×2250.jpg", b"\xff\xd8\xff"),
        ("Autumn launch/Budget.xlsx", b"PK\x03\x04"),
        ("Autumn launch/Jingle – it's short.mp3", b"ID3"),
        ("Übersicht – 新製品 🎉.docx", b"PK\x03\x04"),
        ("100% final + approved #2 & \"signed\".pdf", b"%PDF"),
    ] {
        let body = reqwest::get(server.link(key).await).await.unwrap().bytes().await.unwrap();
        assert!(body[..16].windows(magic.len()).any(|window| window == magic), "{key}");
    }
    // The next start finds the folder as it was left.
    server.client().delete_object().bucket(BUCKET).key("Launch film.mp4").send().await.unwrap();
    let options = Options { root: server.folder.path().join("practice"), seed: true, session_token: None };
    let again =
        Server { practice: Practice::start(options).await.unwrap(), folder: tempfile::tempdir().unwrap() };
    let missing = again.client().head_object().bucket(BUCKET).key("Launch film.mp4").send().await;
    assert!(missing.is_err(), "what was deleted stays deleted");
}

#[tokio::test]
async fn odd_keys_go_in_and_come_out_by_list_link_and_get() {
    let server = Server::start().await;
    let client = server.client();
    let keys =
        ["x/a+b", "x/a b", "x/a%2Fb", "x//y", "x/../z", "x/\u{1}c", "x/é", "x/e\u{301}", "x/?#&=;:'\"<>"];
    for key in keys {
        put(&client, key, b"here").await;
    }
    let page = client.list_objects_v2().bucket(BUCKET).prefix("x/").encoding_type(EncodingType::Url);
    let page = page.send().await.unwrap();
    assert_eq!(page.contents().len(), keys.len());
    let encoded: Vec<&str> = page.contents().iter().filter_map(|object| object.key()).collect();
    assert!(encoded.contains(&"x/a%2Bb") && encoded.contains(&"x/a%20b") && encoded.contains(&"x/%01c"));
    for key in keys {
        let body =
            client.get_object().bucket(BUCKET).key(key).send().await.unwrap().body.collect().await.unwrap();
        assert_eq!(&body.into_bytes()[..], b"here", "{key:?}");
        if !key.contains("..") {
            let answer = reqwest::get(server.link(key).await).await.unwrap();
            assert_eq!(answer.status(), StatusCode::OK, "{key:?}");
        }
    }
    let long = "k".repeat(1_025);
    let refused = client.put_object().bucket(BUCKET).key(long).send().await.unwrap_err();
    assert_eq!(refused.code(), Some("KeyTooLongError"));
}

#[tokio::test]
async fn ranges_are_served_and_headers_are_as_the_link_asks() {
    let server = Server::start().await;
    put(&server.client(), "digits", b"0123456789").await;
    put(&server.client(), "empty file", b"").await;
    let http = reqwest::Client::new();
    let link = server.link("digits").await;
    for (range, status, expected) in [
        ("bytes=0-0", 206, "0"),
        ("bytes=2-4", 206, "234"),
        ("bytes=7-", 206, "789"),
        ("bytes=-2", 206, "89"),
        ("bytes=5-99", 206, "56789"),
    ] {
        let answer = http.get(&link).header("range", range).send().await.unwrap();
        assert_eq!(answer.status(), status, "{range}");
        assert_eq!(answer.text().await.unwrap(), expected, "{range}");
    }
    let beyond = http.get(&link).header("range", "bytes=10-").send().await.unwrap();
    assert_eq!(beyond.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    let empty = http.get(server.link("empty file").await).header("range", "bytes=0-0").send().await.unwrap();
    assert_eq!(empty.status(), StatusCode::RANGE_NOT_SATISFIABLE);

    let hour = PresigningConfig::expires_in(Duration::from_secs(3_600)).unwrap();
    let named = server.client().get_object().bucket(BUCKET).key("digits");
    let named =
        named.response_content_disposition("inline; filename=\"x.txt\"").response_content_type("text/x-odd");
    let answer = reqwest::get(named.presigned(hour).await.unwrap().uri()).await.unwrap();
    assert_eq!(answer.headers()["content-disposition"], "inline; filename=\"x.txt\"");
    assert_eq!(answer.headers()["content-type"], "text/x-odd");
    assert!(answer.headers().contains_key("date") && answer.headers().contains_key("x-amz-request-id"));
}

#[tokio::test]
async fn nothing_opens_without_a_signature_that_fits() {
    let server = Server::start().await;
    let plain = format!("{}/{BUCKET}/Launch%20film.mp4", server.practice.endpoint());
    let answer = reqwest::get(&plain).await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert!(answer.text().await.unwrap().contains("<Code>AccessDenied</Code>"));

    let link = server.link("Launch film.mp4").await;
    let status = async |url: String| reqwest::get(url).await.unwrap().status().as_u16();
    assert_eq!(status(link.clone()).await, 200);
    assert_eq!(status(link.replace("X-Amz-Expires=3600", "X-Amz-Expires=3601")).await, 403);
    assert_eq!(status(link.replace("X-Amz-Expires=3600", "X-Amz-Expires=604801")).await, 400);
    assert_eq!(status(link.replace("Launch%20film.mp4", "Embargo%20letter.pdf")).await, 403);
    let head = reqwest::Client::new().head(&link).send().await.unwrap();
    assert_eq!(head.status(), StatusCode::FORBIDDEN, "the method is signed");
}

#[tokio::test]
async fn a_link_ends_when_it_says() {
    let server = Server::start().await;
    let started = std::time::SystemTime::now() - Duration::from_secs(3_601);
    let ended =
        PresigningConfig::builder().start_time(started).expires_in(Duration::from_secs(3_600)).build().unwrap();
    let link =
        server.client().get_object().bucket(BUCKET).key("Launch film.mp4").presigned(ended).await.unwrap();
    let answer = reqwest::get(link.uri()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert!(answer.text().await.unwrap().contains("Request has expired"));
}

#[tokio::test]
async fn another_region_and_another_token_are_refused() {
    let server = Server::with(true, Some("the token".into())).await;
    let code = async |region: &str, token: Option<&str>| {
        let listed = server.client_for(region, token).list_buckets().send().await;
        listed.err().and_then(|e| e.code().map(str::to_owned))
    };
    assert_eq!(code("us-east-1", Some("the token")).await, None);
    assert_eq!(code("us-east-1", Some("another")).await.as_deref(), Some("InvalidToken"));
    assert_eq!(code("us-east-1", None).await.as_deref(), Some("InvalidToken"));
    assert_eq!(code("eu-west-1", Some("the token")).await.as_deref(), Some("AuthorizationHeaderMalformed"));
}

#[tokio::test]
async fn what_is_taken_is_not_overwritten_when_it_must_be_new() {
    let server = Server::start().await;
    let client = server.client();
    let put =
        || client.put_object().bucket(BUCKET).key("new").if_none_match("*").body(ByteStream::from_static(b"x"));
    put().send().await.unwrap();
    assert_eq!(put().send().await.unwrap_err().code(), Some("PreconditionFailed"));
}

#[tokio::test]
async fn bytes_that_changed_on_the_way_are_refused() {
    let server = Server::start().await;
    let client = server.client();
    for algorithm in [ChecksumAlgorithm::Crc32, ChecksumAlgorithm::Crc64Nvme, ChecksumAlgorithm::Sha256] {
        let put = client.put_object().bucket(BUCKET).key("summed").checksum_algorithm(algorithm);
        put.body(ByteStream::from_static(b"x")).send().await.unwrap();
    }
    let wrong = client.put_object().bucket(BUCKET).key("summed").checksum_crc32("AAAAAA==");
    let refused = wrong.body(ByteStream::from_static(b"x")).send().await.unwrap_err();
    assert_eq!(refused.code(), Some("BadDigest"));
    let wrong = client.put_object().bucket(BUCKET).key("summed").content_md5("AAAAAAAAAAAAAAAAAAAAAA==");
    let refused = wrong.body(ByteStream::from_static(b"x")).send().await.unwrap_err();
    assert_eq!(refused.code(), Some("BadDigest"));
}

#[tokio::test]
async fn buckets_come_and_go() {
    let server = Server::with(false, None).await;
    let client = server.client();
    client.create_bucket().bucket("second").send().await.unwrap();
    let put = client.put_object().bucket("second").key("k").body(ByteStream::from_static(b"x"));
    put.send().await.unwrap();
    let full = client.delete_bucket().bucket("second").send().await.unwrap_err();
    assert_eq!(full.code(), Some("BucketNotEmpty"));
    client.delete_object().bucket("second").key("k").send().await.unwrap();
    client.delete_bucket().bucket("second").send().await.unwrap();
    let gone = client.list_objects_v2().bucket("second").send().await.unwrap_err();
    assert_eq!(gone.code(), Some("NoSuchBucket"));
}

#[tokio::test]
async fn browsers_of_any_origin_may_read_with_a_signature() {
    let server = Server::start().await;
    let http = reqwest::Client::new();
    let link = server.link("Launch film.mp4").await;
    let answer = http.get(&link).header("origin", "https://mail.test").send().await.unwrap();
    assert_eq!(answer.headers()["access-control-allow-origin"], "*");
    let asked = http
        .request(reqwest::Method::OPTIONS, &link)
        .header("origin", "https://mail.test")
        .header("access-control-request-method", "PUT")
        .header("access-control-request-headers", "content-type")
        .send()
        .await
        .unwrap();
    assert_eq!(asked.status(), StatusCode::OK);
    assert_eq!(asked.headers()["access-control-allow-headers"], "content-type");
}

#[tokio::test]
async fn keys_are_new_for_each_start_and_do_not_print() {
    let (one, other) = (Server::start().await, Server::start().await);
    assert_ne!(one.practice.secret_access_key(), other.practice.secret_access_key());
    assert_ne!(one.practice.endpoint(), other.practice.endpoint());
    let printed = format!("{:?}", one.practice);
    assert!(
        !printed.contains(one.practice.secret_access_key()) && !printed.contains(one.practice.access_key_id())
    );
    let (endpoint, link) = (one.practice.endpoint().to_owned(), one.link("Launch film.mp4").await);
    drop(one);
    let ended =
        tokio::time::timeout(Duration::from_secs(5), async { while reqwest::get(&link).await.is_ok() {} });
    assert!(ended.await.is_ok(), "{endpoint} still answers");
}
