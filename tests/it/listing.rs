//! `guestpass ls` of buckets with many keys: all of them, in order, for as few requests as there are pages.

use std::io::{BufRead, BufReader};
use std::process::{Command, Stdio};
use std::time::Duration;

use guestpass_testkit::sink::{Catalogue, Sink};

use crate::command_line::{guestpass, run};

/// Lists everything below this address.
fn ls(sink: &Sink, home: &tempfile::TempDir, address: &str) -> Command {
    let mut command = guestpass(home.path());
    command
        .env("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE")
        .env("AWS_SECRET_ACCESS_KEY", "secret")
        .env("AWS_REGION", "us-east-1")
        .env("AWS_ENDPOINT_URL_S3", sink.endpoint())
        .args(["ls", "--recursive", address]);
    command
}

#[tokio::test(flavor = "multi_thread")]
async fn every_key_of_many_pages_is_printed_once_and_in_order() {
    let sink = Sink::listing(Catalogue { keys: 4_321, ..Catalogue::default() }).await;
    let home = tempfile::tempdir().unwrap();
    let (listed, said, code) = run(&mut ls(&sink, &home, "s3://acme-press/"));
    assert_eq!((said.as_str(), code), ("", 0));
    let keys: Vec<&str> =
        listed.lines().filter_map(|line| Some(line.split_once("s3://acme-press/")?.1)).collect();
    assert_eq!(keys.len(), 4_321);
    assert!(keys.is_sorted() && keys.windows(2).all(|two| two[0] != two[1]), "in the order of their bytes");
    assert!(listed.starts_with("2026-11-23T12:00:00Z          123456 s3://acme-press/2026/"), "{:.80}", listed);
    let requests = sink.reset().requests;
    assert!((5..=7).contains(&requests), "{requests} requests for five pages");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_folder_of_one_page_costs_one_request() {
    let sink = Sink::listing(Catalogue { keys: 4_321, ..Catalogue::default() }).await;
    let home = tempfile::tempdir().unwrap();
    let folder = "s3://acme-press/2026/Autumn-launch/batch-000007/";
    let (listed, _, code) = run(&mut ls(&sink, &home, folder));
    assert_eq!((listed.lines().count(), code), (100, 0));
    assert_eq!(sink.reset().requests, 1);
}

#[tokio::test(flavor = "multi_thread")]
async fn a_reader_that_goes_away_ends_the_listing() {
    let delay = Duration::from_millis(20);
    let sink = Sink::listing(Catalogue { keys: 1_000_000, delay, ..Catalogue::default() }).await;
    let home = tempfile::tempdir().unwrap();
    let mut listing = ls(&sink, &home, "s3://acme-press/").stdout(Stdio::piped()).spawn().unwrap();
    let mut first = String::new();
    BufReader::new(listing.stdout.take().unwrap()).read_line(&mut first).unwrap();
    assert!(first.ends_with("photo-00000000.jpg\n"), "{first}");
    assert!(listing.wait().unwrap().success(), "it is no error");
    let asked = sink.reset().requests;
    assert!(asked < 200, "{asked} pages of a thousand");
}
