//! Listing: every key comes back as it went in, page by page.

use aws_sdk_s3::error::ProvideErrorMetadata;
use aws_sdk_s3::types::EncodingType;
use guestpass_practice::BUCKET;
use reqwest::StatusCode;

use crate::server::{Server, put};

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
    let plain = client.list_objects_v2().bucket(BUCKET).prefix("x/").send().await.unwrap_err();
    assert_eq!(
        plain.code(),
        Some("InvalidArgument"),
        "XML cannot say this, and another key is not listed instead"
    );
    let long = "k".repeat(1_025);
    let refused = client.put_object().bucket(BUCKET).key(long).send().await.unwrap_err();
    assert_eq!(refused.code(), Some("KeyTooLongError"));
}

#[tokio::test]
async fn folders_are_common_prefixes_whatever_divides_them() {
    let (_server, client) = Server::empty().await;
    for key in ["a b/1", "a b/2", "a+b/1", "c", "x--y--1", "x--y--2", "x-z"] {
        put(&client, key, b"x").await;
    }
    let list = |delimiter: &str, prefix: &str| {
        let list = client.list_objects_v2().bucket(BUCKET).delimiter(delimiter).prefix(prefix);
        list.encoding_type(EncodingType::Url).send()
    };
    let page = list("/", "").await.unwrap();
    let prefixes: Vec<&str> = page.common_prefixes().iter().filter_map(|common| common.prefix()).collect();
    assert_eq!(prefixes, ["a%20b/", "a%2Bb/"]);
    assert_eq!((page.contents().len(), page.key_count()), (4, Some(6)));
    let page = list("--", "x-").await.unwrap();
    assert_eq!(page.common_prefixes()[0].prefix(), Some("x--y--"), "a delimiter may have two characters");
    assert_eq!(page.contents()[0].key(), Some("x-z"));
    assert!(page.contents()[0].e_tag().is_some_and(|etag| etag.len() == 34));
}

#[tokio::test]
async fn pages_and_markers_of_both_kinds_reach_every_key() {
    let (_server, client) = Server::empty().await;
    let keys: Vec<String> = (0..7).map(|n| format!("d{n}/x")).chain((0..7).map(|n| format!("f{n}"))).collect();
    for key in &keys {
        put(&client, key, b"x").await;
    }
    for max_keys in [1, 3, 14, 20] {
        let mut pages =
            client.list_objects_v2().bucket(BUCKET).delimiter("/").max_keys(max_keys).into_paginator().send();
        let mut seen = Vec::new();
        while let Some(page) = pages.next().await {
            let page = page.unwrap();
            seen.extend(page.common_prefixes().iter().filter_map(|common| common.prefix().map(str::to_owned)));
            seen.extend(page.contents().iter().filter_map(|object| object.key().map(str::to_owned)));
        }
        assert_eq!(seen.len(), 14, "{max_keys}: {seen:?}");
        let mut marker = String::new();
        let mut count = 0;
        loop {
            let list = client.list_objects().bucket(BUCKET).delimiter("/").max_keys(max_keys).marker(&marker);
            let page = list.send().await.unwrap();
            count += page.common_prefixes().len() + page.contents().len();
            match page.next_marker() {
                Some(next) => marker = next.to_owned(),
                None => break,
            }
        }
        assert_eq!(count, 14, "the old way of listing, by {max_keys}");
    }
    let none = client.list_objects_v2().bucket(BUCKET).max_keys(0).send().await.unwrap();
    assert_eq!((none.key_count(), none.is_truncated()), (Some(0), Some(false)));
    let after = client.list_objects_v2().bucket(BUCKET).start_after("f4").send().await.unwrap();
    assert_eq!(after.key_count(), Some(2));
    let odd = client.list_objects_v2().bucket(BUCKET).continuation_token("not ours").send().await.unwrap_err();
    assert_eq!(odd.code(), Some("InvalidArgument"));
}
