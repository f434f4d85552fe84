//! Reading: whole, by ranges, on conditions, with the headers that a link asks for.

use aws_sdk_s3::error::ProvideErrorMetadata;
use aws_sdk_s3::primitives::{ByteStream, DateTime};
use guestpass_practice::BUCKET;
use reqwest::StatusCode;

use crate::server::{Server, hour, put};

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

    let named = server.client().get_object().bucket(BUCKET).key("digits");
    let named =
        named.response_content_disposition("inline; filename=\"x.txt\"").response_content_type("text/x-odd");
    let answer = reqwest::get(named.presigned(hour()).await.unwrap().uri()).await.unwrap();
    assert_eq!(answer.headers()["content-disposition"], "inline; filename=\"x.txt\"");
    assert_eq!(answer.headers()["content-type"], "text/x-odd");
    assert!(answer.headers().contains_key("date") && answer.headers().contains_key("x-amz-request-id"));
}

#[tokio::test]
async fn browsers_of_any_origin_may_read_with_a_signature() {
    let server = Server::start().await;
    let http = reqwest::Client::new();
    let link = server.link("Launch film.mp4").await;
    let answer = http.get(&link).header("origin", "https://mail.test").send().await.unwrap();
    assert_eq!(answer.headers()["access-control-allow-origin"], "https://mail.test");
    assert!(answer.headers()["access-control-expose-headers"].to_str().unwrap().contains("Content-Range"));
    let refused =
        http.get(link.replace("film", "f")).header("origin", "https://mail.test").send().await.unwrap();
    assert_eq!(
        refused.headers()["access-control-allow-origin"],
        "https://mail.test",
        "pages may read refusals"
    );
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
async fn odd_ranges_give_the_whole_object() {
    let (server, client) = Server::empty().await;
    put(&client, "digits", b"0123456789").await;
    let link = server.link("digits").await;
    for range in ["bytes=0-1,4-5", "lines=1-2", "bytes=5-2", "bytes=x-", "bytes"] {
        let answer = reqwest::Client::new().get(&link).header("range", range).send().await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{range}");
        assert_eq!(answer.text().await.unwrap(), "0123456789", "{range}");
    }
    // A suffix of nothing is a range, and cannot be given.
    let nothing = reqwest::Client::new().get(&link).header("range", "bytes=-0").send().await.unwrap();
    assert_eq!(nothing.status(), StatusCode::RANGE_NOT_SATISFIABLE);
}

#[tokio::test]
async fn conditions_are_kept() {
    let (server, client) = Server::empty().await;
    put(&client, "k", b"0123456789").await;
    let head = client.head_object().bucket(BUCKET).key("k").send().await.unwrap();
    let (etag, at) = (head.e_tag().unwrap().to_owned(), head.last_modified().unwrap().secs());
    let date = |seconds: i64| {
        DateTime::from_secs(seconds).fmt(aws_sdk_s3::primitives::DateTimeFormat::HttpDate).unwrap()
    };
    let link = server.link("k").await;
    let other = "\"00000000000000000000000000000000\"";
    for (name, value, status) in [
        ("if-none-match", etag.as_str(), 304),
        ("if-none-match", other, 200),
        ("if-match", etag.as_str(), 200),
        ("if-match", other, 412),
        ("if-modified-since", date(at).as_str(), 304),
        ("if-modified-since", date(at - 60).as_str(), 200),
        ("if-unmodified-since", date(at - 60).as_str(), 412),
        ("if-unmodified-since", date(at).as_str(), 200),
    ] {
        let answer = reqwest::Client::new().get(&link).header(name, value).send().await.unwrap();
        assert_eq!(answer.status(), status, "{name}: {value}");
        if status == 304 {
            assert_eq!(answer.headers()["etag"], etag.as_str());
            assert_eq!(answer.text().await.unwrap(), "", "nothing follows a 304");
        }
    }
    for (value, status) in
        [(etag.as_str(), 206), (other, 200), (date(at).as_str(), 206), (date(at - 60).as_str(), 200)]
    {
        let asked = reqwest::Client::new().get(&link).header("range", "bytes=5-").header("if-range", value);
        assert_eq!(asked.send().await.unwrap().status(), status, "a download goes on with the same bytes only");
    }
}

#[tokio::test]
async fn what_was_said_of_an_object_comes_back_with_it() {
    let (_server, client) = Server::empty().await;
    let put = client.put_object().bucket(BUCKET).key("k").body(ByteStream::from_static(b"x"));
    let put = put.content_type("text/x-odd").content_disposition("attachment; filename=\"a.txt\"");
    let put = put.cache_control("no-store").content_language("de").content_encoding("identity");
    let put = put.expires(DateTime::from_secs(1_800_000_000)).metadata("by", "Jürgen").metadata("for", "press");
    put.send().await.unwrap();
    let object = client.get_object().bucket(BUCKET).key("k").send().await.unwrap();
    assert_eq!(object.content_type(), Some("text/x-odd"));
    assert_eq!(object.content_disposition(), Some("attachment; filename=\"a.txt\""));
    assert_eq!((object.cache_control(), object.content_language()), (Some("no-store"), Some("de")));
    assert_eq!(object.content_encoding(), Some("identity"));
    assert_eq!(object.expires_string(), Some("Fri, 15 Jan 2027 08:00:00 GMT"));
    assert_eq!(object.metadata().unwrap()["for"], "press");
    assert!(object.metadata().unwrap().contains_key("by"));
    let untyped = client.put_object().bucket(BUCKET).key("untyped").body(ByteStream::from_static(b"x"));
    untyped.send().await.unwrap();
    let head = client.head_object().bucket(BUCKET).key("untyped").send().await.unwrap();
    assert!(head.content_type().is_some());
}

#[tokio::test]
async fn a_link_cannot_put_lines_into_the_headers() {
    let (server, client) = Server::empty().await;
    put(&client, "k", b"x").await;
    for value in ["a\r\nset-cookie: x=y", "a\nb", "a\u{0}b", "filename=\"ü\""] {
        let asked = client.get_object().bucket(BUCKET).key("k").response_content_disposition(value);
        let answer = reqwest::get(asked.presigned(hour()).await.unwrap().uri()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST, "{value:?}");
        assert!(!answer.headers().contains_key("set-cookie"));
        let text = answer.text().await.unwrap();
        assert!(text.contains("<Code>Invalid"), "{value:?}: {text}");
    }
    drop(server);
}

#[tokio::test]
async fn there_is_one_version_of_everything() {
    let (_server, client) = Server::empty().await;
    put(&client, "k", b"x").await;
    let get = |version: &str| client.get_object().bucket(BUCKET).key("k").version_id(version).send();
    assert!(get("null").await.is_ok());
    assert_eq!(get("other").await.unwrap_err().code(), Some("NoSuchVersion"));
}
