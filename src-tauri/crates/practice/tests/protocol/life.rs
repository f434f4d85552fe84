//! The life of the server: keys of each run, clients that misbehave, its end.

use std::time::{Duration, Instant};

use guestpass_practice::{BUCKET, Options, Practice};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;

use crate::server::{Server, put};

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

#[tokio::test]
async fn clients_that_misbehave_keep_nobody_waiting() {
    let server = Server::start().await;
    let mut held = Vec::new();
    for beginning in ["", "GET /practice/x HT", "GET / HTTP/1.1\r\nhost: x\r\n", "\u{0}\u{1}\u{2}"] {
        for _ in 0..10 {
            let mut stream = TcpStream::connect(server.address()).await.unwrap();
            stream.write_all(beginning.as_bytes()).await.unwrap();
            held.push(stream);
        }
    }
    let asked = Instant::now();
    let answer = reqwest::get(server.link("Launch film.mp4").await).await.unwrap();
    assert_eq!(answer.status(), 200);
    assert!(asked.elapsed() < Duration::from_secs(5));

    assert!(
        server.raw(b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n").await.starts_with("HTTP/1.1 400")
    );
    let huge = format!("GET / HTTP/1.1\r\nx: {}\r\n\r\n", "x".repeat(1024 * 1024));
    let answer = server.raw(huge.as_bytes()).await;
    assert!(answer.is_empty() || answer.starts_with("HTTP/1.1 431"), "{answer}");

    // Those that were held are let go, one after the other.
    let mut rest = Vec::new();
    let let_go = tokio::time::timeout(Duration::from_secs(20), held[0].read_to_end(&mut rest)).await;
    assert!(let_go.is_ok(), "a client that says nothing is let go");
}

#[tokio::test]
async fn only_this_computer_s_names_reach_it() {
    let server = Server::start().await;
    // What a page gets that has made its own name point here: everything fits, but for the name.
    let port = server.address().split(':').next_back().unwrap();
    for host in ["evil.test", &format!("evil.test:{port}"), "127.0.0.1", "127.0.0.1:1"] {
        let endpoint = format!("http://{host}");
        let client = server.client_at(&endpoint, "us-east-1", None);
        let link = server.link_by(&client, "Launch film.mp4").await;
        let path = link.strip_prefix(&endpoint).unwrap();
        for method in ["GET", "OPTIONS"] {
            let request = format!("{method} {path} HTTP/1.1\r\nhost: {host}\r\nconnection: close\r\n\r\n");
            let answer = server.raw(request.as_bytes()).await;
            assert!(answer.starts_with("HTTP/1.1 403"), "{method} {host}: {answer}");
            assert!(answer.contains("x-amz-request-id") && answer.contains("date: "), "{answer}");
        }
    }
    let by_name = format!("HEAD / HTTP/1.1\r\nhost: LocalHost:{port}\r\n\r\n");
    let answer = server.raw(by_name.as_bytes()).await;
    assert!(
        answer.starts_with("HTTP/1.1 403") && answer.ends_with("\r\n\r\n"),
        "unsigned, and a HEAD: {answer}"
    );
}

#[tokio::test]
async fn keys_that_clients_rewrite_open_when_they_are_sent_as_they_are() {
    let (server, client) = Server::empty().await;
    for key in ["../x", "a/../b", "./c", "a//b", "/lead"] {
        put(&client, key, b"here").await;
        let link = server.link(key).await;
        let path = link.strip_prefix(server.practice.endpoint()).unwrap();
        let request = format!("GET {path} HTTP/1.1\r\nhost: {}\r\nconnection: close\r\n\r\n", server.address());
        let answer = server.raw(request.as_bytes()).await;
        assert!(answer.starts_with("HTTP/1.1 200") && answer.ends_with("\r\n\r\nhere"), "{key}: {answer}");
    }
}

#[tokio::test]
async fn stopping_lets_a_download_finish() {
    let server = Server::start().await;
    // More than what the system keeps on the way.
    let large = server.client().put_object().bucket(BUCKET).key("large").body(vec![b'x'; 64 << 20].into());
    large.send().await.unwrap();
    let link = server.link("large").await;
    let mut answer = reqwest::get(&link).await.unwrap();
    let expected = answer.content_length().unwrap();
    let first = answer.chunk().await.unwrap().unwrap().len() as u64;
    let Server { practice, folder } = server;
    let reading = async {
        let mut read = first;
        while let Some(chunk) = answer.chunk().await.unwrap() {
            read += chunk.len() as u64;
        }
        read
    };
    let ((), read) = tokio::join!(practice.stop(), reading);
    assert_eq!(read, expected);
    assert!(reqwest::get(&link).await.is_err(), "nobody listens any more");
    // What is kept is kept for the next run.
    let options = Options { root: folder.path().join("practice"), seed: true, session_token: None };
    let next = Server { practice: Practice::start(options).await.unwrap(), folder };
    let listed = next.client().list_objects_v2().bucket(BUCKET).send().await.unwrap();
    assert!(listed.key_count().is_some_and(|count| count >= 12));
}

#[tokio::test]
async fn two_runs_share_a_folder() {
    let one = Server::start().await;
    let options = Options { root: one.folder.path().join("practice"), seed: true, session_token: None };
    let other =
        Server { practice: Practice::start(options).await.unwrap(), folder: tempfile::tempdir().unwrap() };
    put(&one.client(), "from one", b"x").await;
    let seen = other.client().head_object().bucket(BUCKET).key("from one").send().await;
    assert!(seen.is_ok());
    let (ours, theirs) = (one.client(), other.client());
    let both = futures_util::future::join_all((0..20).map(|n| {
        let client = if n % 2 == 0 { &ours } else { &theirs };
        async move { put(client, &format!("key {}", n / 2), b"same bytes").await }
    }));
    both.await;
    let listed = ours.list_objects_v2().bucket(BUCKET).prefix("key ").send().await.unwrap();
    assert_eq!(listed.key_count(), Some(10));
}
