//! Writing: what arrives is what was sent, and nothing is overwritten that must not be.

use aws_sdk_s3::error::ProvideErrorMetadata;
use aws_sdk_s3::primitives::{ByteStream, DateTime, DateTimeFormat};
use aws_sdk_s3::types::{ChecksumAlgorithm, Delete, MetadataDirective, ObjectIdentifier};
use guestpass_practice::{BUCKET, Options, Practice};
use sha2::{Digest, Sha256};

use crate::server::{Server, get, hour, mac, put};

/// Each checksum of S3 with one that nothing has.
const WRONG_SUMS: [(&str, &str); 5] = [
    ("x-amz-checksum-crc32", "AAAAAA=="),
    ("x-amz-checksum-crc32c", "AAAAAA=="),
    ("x-amz-checksum-crc64nvme", "AAAAAAAAAAA="),
    ("x-amz-checksum-sha1", "AAAAAAAAAAAAAAAAAAAAAAAAAAA="),
    ("x-amz-checksum-sha256", "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA="),
];

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
async fn every_checksum_in_front_of_the_body_is_looked_at() {
    let (server, client) = Server::empty().await;
    for (name, sum) in WRONG_SUMS {
        let put = client.put_object().bucket(BUCKET).key("k").body(ByteStream::from_static(b"x")).customize();
        let put = put.mutate_request(move |request| {
            request.headers_mut().insert(name, sum);
        });
        assert_eq!(put.send().await.unwrap_err().code(), Some("BadDigest"), "{name}");
    }
    for algorithm in [
        ChecksumAlgorithm::Crc32,
        ChecksumAlgorithm::Crc32C,
        ChecksumAlgorithm::Crc64Nvme,
        ChecksumAlgorithm::Sha1,
        ChecksumAlgorithm::Sha256,
    ] {
        let put = client.put_object().bucket(BUCKET).key("k").checksum_algorithm(algorithm.clone());
        put.body(ByteStream::from_static(b"right")).send().await.unwrap();
        assert_eq!(get(&client, "k").await, b"right", "{algorithm}");
    }
    let put = client.put_object().bucket(BUCKET).key("changed").body(ByteStream::from_static(b"x"));
    let link = put.presigned(hour()).await.unwrap().uri().to_owned();
    let path = link.strip_prefix(server.practice.endpoint()).unwrap();
    let request = format!(
        "PUT {path} HTTP/1.1\r\nhost: {}\r\nx-amz-checksum-crc32: AAAAAA==\r\ncontent-length: 1\r\n\r\nx",
        server.address()
    );
    assert!(server.raw(request.as_bytes()).await.contains("AccessDenied"), "an unsigned header of S3");
    let missing = client.head_object().bucket(BUCKET).key("changed").send().await;
    assert!(missing.is_err(), "nothing of it is kept");
}

#[tokio::test]
async fn a_body_that_breaks_off_leaves_nothing() {
    let (server, client) = Server::empty().await;
    let put = client.put_object().bucket(BUCKET).key("half");
    let link = put.presigned(hour()).await.unwrap().uri().to_owned();
    let path = link.strip_prefix(server.practice.endpoint()).unwrap();
    let request =
        format!("PUT {path} HTTP/1.1\r\nhost: {}\r\ncontent-length: 100\r\n\r\nhalf", server.address());
    let mut stream = tokio::net::TcpStream::connect(server.address()).await.unwrap();
    tokio::io::AsyncWriteExt::write_all(&mut stream, request.as_bytes()).await.unwrap();
    drop(stream);
    let staging = server.folder.path().join("practice/staging");
    let emptied = async {
        while !std::fs::read_dir(&staging).is_ok_and(|mut files| files.next().is_none()) {
            tokio::time::sleep(std::time::Duration::from_millis(20)).await;
        }
    };
    tokio::time::timeout(std::time::Duration::from_secs(10), emptied).await.unwrap();
    assert!(client.head_object().bucket(BUCKET).key("half").send().await.is_err());
}

#[tokio::test]
async fn what_is_there_is_replaced_only_as_it_was_seen() {
    let (_server, client) = Server::empty().await;
    put(&client, "k", b"first").await;
    let seen = client.head_object().bucket(BUCKET).key("k").send().await.unwrap().e_tag().unwrap().to_owned();
    let replace = |etag: &str| client.put_object().bucket(BUCKET).key("k").if_match(etag).send();
    replace(&seen).await.unwrap();
    assert_eq!(replace(&seen).await.unwrap_err().code(), Some("PreconditionFailed"));
}

#[tokio::test]
async fn copies_are_made_with_their_headers_or_with_others() {
    let (_server, client) = Server::empty().await;
    let put = client.put_object().bucket(BUCKET).key("ä/q+ %20").content_type("text/x-odd").metadata("a", "1");
    put.body(ByteStream::from_static(b"bytes")).send().await.unwrap();
    let copy =
        |key: &str| client.copy_object().bucket(BUCKET).copy_source("practice/%C3%A4/q%2B%20%2520").key(key);
    copy("../as it is").send().await.unwrap();
    let same = client.get_object().bucket(BUCKET).key("../as it is").send().await.unwrap();
    assert_eq!((same.content_type(), same.content_length()), (Some("text/x-odd"), Some(5)));
    assert_eq!(same.metadata().unwrap()["a"], "1");
    let replace = copy("other").metadata_directive(MetadataDirective::Replace).content_type("text/plain");
    replace.send().await.unwrap();
    let other = client.head_object().bucket(BUCKET).key("other").send().await.unwrap();
    assert_eq!(other.content_type(), Some("text/plain"));
    assert!(other.metadata().is_none_or(|metadata| metadata.is_empty()));
    let itself = copy("ä/q+ %20").send().await.unwrap_err();
    assert_eq!(itself.code(), Some("InvalidRequest"));
    let changed = copy("late").copy_source_if_match("\"00000000000000000000000000000000\"").send().await;
    assert_eq!(changed.unwrap_err().code(), Some("PreconditionFailed"));
    // The copy is its own object.
    client.delete_object().bucket(BUCKET).key("ä/q+ %20").send().await.unwrap();
    assert_eq!(get(&client, "../as it is").await, b"bytes");
    assert_eq!(copy("gone").send().await.unwrap_err().code(), Some("NoSuchKey"));
}

#[tokio::test]
async fn many_are_deleted_at_once() {
    let (_server, client) = Server::empty().await;
    let keys = ["a//b", "../x", "e\u{301}", "<&>\"'", "plus+space %"];
    for key in keys {
        put(&client, key, b"x").await;
    }
    put(&client, "stays", b"x").await;
    put(&client, "control\u{1}", b"x").await;
    let object = |key: &&str| ObjectIdentifier::builder().key(*key).build().unwrap();
    let delete = Delete::builder()
        .set_objects(Some(keys.iter().chain(&["never there", "control\u{1}"]).map(object).collect()));
    let deleted = client.delete_objects().bucket(BUCKET).delete(delete.build().unwrap()).send().await.unwrap();
    assert_eq!(
        deleted.deleted().len(),
        keys.len() + 1,
        "what is not there is deleted too, and what XML cannot name is left out"
    );
    assert!(deleted.errors().is_empty());
    let left = client.list_objects_v2().bucket(BUCKET).send().await.unwrap();
    assert_eq!(left.contents().iter().filter_map(|object| object.key()).collect::<Vec<_>>(), ["stays"]);
    let versioned = ObjectIdentifier::builder().key("stays").version_id("v").build().unwrap();
    let quiet = Delete::builder().objects(versioned).quiet(true).build().unwrap();
    let refused = client.delete_objects().bucket(BUCKET).delete(quiet).send().await.unwrap();
    assert_eq!((refused.deleted().len(), refused.errors()[0].code()), (0, Some("NoSuchVersion")));
}

#[tokio::test]
async fn a_checksum_behind_the_body_is_looked_at() {
    let (server, client) = Server::empty().await;
    // CRC32 of "hello".
    assert_eq!(chunked(&server, "x-amz-checksum-crc32", "NhCmhg==").await, "200");
    assert_eq!(get(&client, "chunked").await, b"hello", "and the chunks are unpacked");
    for (name, sum) in WRONG_SUMS {
        assert_eq!(chunked(&server, name, sum).await, "400 BadDigest", "{name}");
    }
    assert_eq!(chunked(&server, "x-amz-checksum-sha256", "").await, "400 BadDigest", "promised, and not there");
}

/// Puts "hello" in chunks with a checksum behind them, signed by hand: what clients send is out of our hands.
async fn chunked(server: &Server, name: &str, sum: &str) -> String {
    let now = DateTime::from(std::time::SystemTime::now()).fmt(DateTimeFormat::DateTime).unwrap();
    let date = format!("{}Z", now.replace(['-', ':'], "").split(['.', 'Z']).next().unwrap());
    let day = &date[..8];
    let headers = [
        ("host", server.address()),
        ("x-amz-content-sha256", "STREAMING-UNSIGNED-PAYLOAD-TRAILER"),
        ("x-amz-date", &date),
        ("x-amz-decoded-content-length", "5"),
        ("x-amz-trailer", name),
    ];
    let signed = headers.map(|(name, _)| name).join(";");
    let lines = |between: &str, end: &str| {
        headers.iter().map(|(name, value)| format!("{name}{between}{value}{end}")).collect::<String>()
    };
    let canonical =
        format!("PUT\n/practice/chunked\n\n{}\n{signed}\nSTREAMING-UNSIGNED-PAYLOAD-TRAILER", lines(":", "\n"));
    let scope = format!("{day}/us-east-1/s3/aws4_request");
    let hash = hex::encode(Sha256::digest(canonical));
    let secret = format!("AWS4{}", server.practice.secret_access_key()).into_bytes();
    let key = [day, "us-east-1", "s3", "aws4_request"].iter().fold(secret, |key, text| mac(&key, text));
    let signature = hex::encode(mac(&key, &format!("AWS4-HMAC-SHA256\n{date}\n{scope}\n{hash}")));
    let trailer = if sum.is_empty() { String::new() } else { format!("{name}:{sum}\r\n") };
    let body = format!("5\r\nhello\r\n0\r\n{trailer}\r\n");
    let request = format!(
        "PUT /practice/chunked HTTP/1.1\r\n{}authorization: AWS4-HMAC-SHA256 Credential={}/{scope}, \
         SignedHeaders={signed}, Signature={signature}\r\ncontent-encoding: aws-chunked\r\n\
         content-length: {}\r\nconnection: close\r\n\r\n{body}",
        lines(": ", "\r\n"),
        server.practice.access_key_id(),
        body.len()
    );
    let answer = server.raw(request.as_bytes()).await;
    let status = answer.split(' ').nth(1).unwrap_or_default();
    match answer.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>")) {
        Some((code, _)) => format!("{status} {code}"),
        None => status.to_owned(),
    }
}
