//! Large files in parts: what S3 promises of them, and what it refuses.

use aws_sdk_s3::Client;
use aws_sdk_s3::error::ProvideErrorMetadata;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart, EncodingType};
use guestpass_practice::BUCKET;

use crate::server::{Server, get, put};

const MIB: usize = 1024 * 1024;

async fn begin(client: &Client, key: &str) -> String {
    let upload = client.create_multipart_upload().bucket(BUCKET).key(key).content_type("video/mp4");
    upload.metadata("by", "press").send().await.unwrap().upload_id().unwrap().to_owned()
}

async fn part(client: &Client, key: &str, id: &str, number: i32, bytes: Vec<u8>) -> CompletedPart {
    let sent = client.upload_part().bucket(BUCKET).key(key).upload_id(id).part_number(number);
    let sent = sent.body(ByteStream::from(bytes)).send().await.unwrap();
    CompletedPart::builder().part_number(number).e_tag(sent.e_tag().unwrap()).build()
}

async fn complete(client: &Client, key: &str, id: &str, parts: Vec<CompletedPart>) -> Result<String, String> {
    let parts = CompletedMultipartUpload::builder().set_parts(Some(parts)).build();
    let done = client.complete_multipart_upload().bucket(BUCKET).key(key).upload_id(id).multipart_upload(parts);
    match done.send().await {
        Ok(done) => Ok(done.e_tag().unwrap().to_owned()),
        Err(refused) => Err(refused.code().unwrap_or_default().to_owned()),
    }
}

#[tokio::test]
async fn parts_are_joined_in_their_order() {
    let (server, client) = Server::empty().await;
    let key = "Fílm // 2+1 \u{1}.mp4";
    let id = begin(&client, key).await;
    // The last first, and one of them twice.
    let last = part(&client, key, &id, 7, b"the end".to_vec()).await;
    part(&client, key, &id, 2, vec![b'x'; 10]).await;
    let first = part(&client, key, &id, 2, vec![b'a'; 5 * MIB]).await;
    let listed = client.list_parts().bucket(BUCKET).key(key).upload_id(&id).send().await.unwrap();
    let numbers: Vec<_> =
        listed.parts().iter().map(|part| (part.part_number().unwrap(), part.size().unwrap())).collect();
    assert_eq!(numbers, [(2, 5 * MIB as i64), (7, 7)]);
    let paged = client.list_parts().bucket(BUCKET).key(key).upload_id(&id).max_parts(1).send().await.unwrap();
    assert_eq!((paged.is_truncated(), paged.next_part_number_marker()), (Some(true), Some("2")));
    let uploads =
        client.list_multipart_uploads().bucket(BUCKET).encoding_type(EncodingType::Url).send().await.unwrap();
    assert_eq!(uploads.uploads()[0].key(), Some("F%C3%ADlm%20//%202%2B1%20%01.mp4"));
    assert!(
        client.head_object().bucket(BUCKET).key(key).send().await.is_err(),
        "not there before it is complete"
    );

    let etag = complete(&client, key, &id, vec![first, last]).await.unwrap();
    // MD5 of the two MD5s, computed elsewhere.
    assert_eq!(etag, format!("\"{ETAG}-2\""));
    let object = client.get_object().bucket(BUCKET).key(key).send().await.unwrap();
    assert_eq!((object.content_type(), object.content_length()), (Some("video/mp4"), Some(5 * MIB as i64 + 7)));
    assert_eq!(object.metadata().unwrap()["by"], "press");
    let bytes = object.body.collect().await.unwrap().to_vec();
    assert!(bytes[..5 * MIB].iter().all(|byte| *byte == b'a') && bytes.ends_with(b"athe end"));
    assert!(client.list_multipart_uploads().bucket(BUCKET).send().await.unwrap().uploads().is_empty());
    let blobs = walk(&server.folder.path().join("practice/blobs"));
    assert_eq!(blobs, 1, "the parts are gone");
}

/// `md5(md5("a" * 5 MiB) + md5("the end"))`
const ETAG: &str = "dc2bc882b07e1e67a48bed8997ce6caf";

fn walk(folder: &std::path::Path) -> usize {
    let entries = std::fs::read_dir(folder).unwrap().flatten();
    entries.map(|entry| if entry.path().is_dir() { walk(&entry.path()) } else { 1 }).sum()
}

#[tokio::test]
async fn what_does_not_fit_together_is_refused() {
    let (_server, client) = Server::empty().await;
    let id = begin(&client, "k").await;
    let one = part(&client, "k", &id, 1, b"small".to_vec()).await;
    let two = part(&client, "k", &id, 2, b"last".to_vec()).await;
    let wrong = CompletedPart::builder().part_number(1).e_tag("\"00000000000000000000000000000000\"").build();
    let absent = CompletedPart::builder().part_number(3).e_tag(two.e_tag().unwrap()).build();
    for (parts, code) in [
        (vec![one.clone(), two.clone()], "EntityTooSmall"),
        (vec![two.clone(), one.clone()], "InvalidPartOrder"),
        (vec![one.clone(), one.clone()], "InvalidPartOrder"),
        (vec![wrong], "InvalidPart"),
        (vec![one.clone(), absent], "InvalidPart"),
    ] {
        assert_eq!(complete(&client, "k", &id, parts).await.unwrap_err(), code);
    }
    assert_eq!(complete(&client, "other key", &id, vec![two.clone()]).await.unwrap_err(), "NoSuchUpload");
    for number in [0, 10_001] {
        let part = client.upload_part().bucket(BUCKET).key("k").upload_id(&id).part_number(number);
        let refused = part.body(ByteStream::from_static(b"x")).send().await.unwrap_err();
        assert_eq!(refused.code(), Some("InvalidArgument"));
    }
    let changed = client
        .upload_part()
        .bucket(BUCKET)
        .key("k")
        .upload_id(&id)
        .part_number(2)
        .content_md5("AAAAAAAAAAAAAAAAAAAAAA==");
    let refused = changed.body(ByteStream::from_static(b"x")).send().await.unwrap_err();
    assert_eq!(refused.code(), Some("BadDigest"));
    complete(&client, "k", &id, vec![two]).await.unwrap();
    assert_eq!(get(&client, "k").await, b"last", "one part may be small, and parts may be left out");
}

#[tokio::test]
async fn an_abort_leaves_nothing() {
    let (server, client) = Server::empty().await;
    let id = begin(&client, "k").await;
    let one = part(&client, "k", &id, 1, b"bytes".to_vec()).await;
    client.abort_multipart_upload().bucket(BUCKET).key("k").upload_id(&id).send().await.unwrap();
    assert_eq!(walk(&server.folder.path().join("practice/blobs")), 0);
    assert_eq!(complete(&client, "k", &id, vec![one]).await.unwrap_err(), "NoSuchUpload");
    let again =
        client.abort_multipart_upload().bucket(BUCKET).key("k").upload_id(&id).send().await.unwrap_err();
    assert_eq!(again.code(), Some("NoSuchUpload"));
    // A bucket goes with the uploads that were never finished.
    let id = begin(&client, "k").await;
    part(&client, "k", &id, 1, b"bytes".to_vec()).await;
    client.delete_bucket().bucket(BUCKET).send().await.unwrap();
    assert_eq!(walk(&server.folder.path().join("practice/blobs")), 0);
}

#[tokio::test]
async fn uploads_are_listed_page_by_page() {
    let (_server, client) = Server::empty().await;
    for key in ["a", "a", "b+ c", "p/x"] {
        begin(&client, key).await;
    }
    let (mut seen, mut key, mut id) = (Vec::new(), None, None);
    loop {
        let list = client.list_multipart_uploads().bucket(BUCKET).max_uploads(1);
        let page = list.set_key_marker(key.clone()).set_upload_id_marker(id.clone()).send().await.unwrap();
        seen.extend(page.uploads().iter().map(|upload| upload.key().unwrap().to_owned()));
        (key, id) =
            (page.next_key_marker().map(str::to_owned), page.next_upload_id_marker().map(str::to_owned));
        if page.is_truncated() != Some(true) {
            break;
        }
    }
    assert_eq!(seen, ["a", "a", "b+ c", "p/x"]);
    let below = client.list_multipart_uploads().bucket(BUCKET).prefix("p/").send().await.unwrap();
    assert_eq!(below.uploads().len(), 1);
}

#[tokio::test]
async fn parts_are_copied_from_objects() {
    let (_server, client) = Server::empty().await;
    put(&client, "source", b"0123456789").await;
    let id = begin(&client, "k").await;
    let copy = client.upload_part_copy().bucket(BUCKET).key("k").upload_id(&id).part_number(1);
    let copied = copy.copy_source("practice/source").copy_source_range("bytes=2-5").send().await.unwrap();
    let etag = copied.copy_part_result().unwrap().e_tag().unwrap().to_owned();
    let parts = vec![CompletedPart::builder().part_number(1).e_tag(etag).build()];
    complete(&client, "k", &id, parts).await.unwrap();
    assert_eq!(get(&client, "k").await, b"2345");
}
