//! Hundreds of requests, those that somebody thought of and those that nobody did, signed in three ways.

use std::cell::RefCell;

use proptest::prelude::*;
use proptest::sample::select;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};
use serde_json::{Value, json};

use super::Parts;
use super::botocore::Botocore;
use super::requests::Request;
use super::stub::{Keys, hand_over, store};
use crate::S3Store;

/// A bucket, and the server that has it.
#[derive(Clone, Copy, Debug)]
struct Server {
    bucket: &'static str,
    region: &'static str,
    endpoint: Option<&'static str>,
}

/// The key is behind a slash, behind a bucket, and behind a base path.
const SERVERS: [Server; 4] = [
    Server { bucket: "acme-press", region: "eu-west-1", endpoint: None },
    Server { bucket: "acme.press.archive", region: "us-east-1", endpoint: None },
    Server { bucket: "acme-press", region: "us-east-1", endpoint: Some("http://127.0.0.1:9000") },
    Server { bucket: "acme-press", region: "garage", endpoint: Some("https://s3.acme.test/base/") },
];

impl Server {
    fn for_botocore(self) -> Value {
        // Asked for nothing, botocore presigns for `s3.amazonaws.com` in every region, which only redirects.
        let s3 = if self.endpoint.is_none() { json!({ "addressing_style": "virtual" }) } else { json!({}) };
        json!({ "region": self.region, "endpoint_url": self.endpoint, "s3": s3 })
    }
}

/// All signers, in one process.
struct Signers {
    botocore: Botocore,
    runtime: tokio::runtime::Runtime,
    /// One for each of the servers; each request brings its own keys.
    stores: RefCell<Vec<S3Store>>,
}

impl Signers {
    fn start() -> Self {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
        let open = |server: &Server| runtime.block_on(store(&Keys::plain(), server.region, server.endpoint));
        let stores = SERVERS.iter().map(open).collect();
        Self { botocore: Botocore::start(), runtime, stores: RefCell::new(stores) }
    }

    /// Signs for the server of this number.
    fn agree(&self, number: usize, request: &Request) -> Result<(), TestCaseError> {
        let server = SERVERS[number];
        let request = &Request { bucket: server.bucket, ..request.clone() };
        let store = &mut self.stores.borrow_mut()[number];
        hand_over(store, &request.keys);
        let ours = self.runtime.block_on(request.by_us(store));
        let of_botocore = Parts::of(&self.botocore.url(&request.for_botocore(&server.for_botocore())));
        prop_assert_eq!(&ours, &of_botocore, "botocore");
        // The SDK takes a key of spaces alone for no key at all.
        if !request.key.trim().is_empty() {
            let of_the_sdk = self.runtime.block_on(request.by_the_sdk(store));
            prop_assert_eq!(&ours, &of_the_sdk, "the SDK");
        }
        Ok(())
    }
}

const PIECES: [&str; 44] = [
    " ", "+", "%", "%2F", "%2f", "%20", "%zz", "?", "#", "&", "=", ";", ":", ",", "'", "\"", "\\", "~", "/",
    "//", "./", "../", ".", "..", "*", "!", "(", ")", "[", "]", "{", "}", "|", "^", "`", "<", ">", "@", "$",
    "\u{0}", "\n", "\u{7f}", "\u{85}", "\u{2028}",
];

const WORDS: [&str; 14] = [
    "film.mp4",
    "Über",
    "U\u{308}ber",
    "新製品",
    "שלום",
    "\u{202e}4pm.exe",
    "👩\u{200d}🚀",
    "\u{feff}",
    "\u{10ffff}",
    "x-id=GetObject",
    "X-Amz-Signature=0",
    "${filename}",
    "s3://",
    "a",
];

/// Keys that have been got wrong by somebody.
fn corpus() -> Vec<String> {
    let mut keys: Vec<String> = PIECES.iter().chain(&WORDS).map(|&piece| piece.to_owned()).collect();
    keys.extend(PIECES.iter().map(|piece| format!("2026/a{piece}b.txt")));
    let whole = ["/x", "//x", "x/", "x//", "a//b", "a/../b", "../b", "a/./b", "a/..", "%2e%2e/b", "a/b?c=d#e"];
    keys.extend(whole.map(str::to_owned));
    keys.extend(["x", "é", "/", " ", "新"].map(|piece| piece.repeat(1_024 / piece.len())));
    keys
}

fn text(pieces: std::ops::Range<usize>) -> impl Strategy<Value = String> {
    let piece = prop_oneof![
        3 => select(&PIECES[..]).prop_map(str::to_owned),
        2 => select(&WORDS[..]).prop_map(str::to_owned),
        2 => any::<char>().prop_map(String::from),
    ];
    prop::collection::vec(piece, pieces).prop_map(|pieces| {
        let mut text = pieces.concat();
        text.truncate(text.floor_char_boundary(1_024));
        text
    })
}

fn keys() -> impl Strategy<Value = Keys> {
    let token = prop::option::of("[A-Za-z0-9+/=]{1,400}");
    ("[A-Z0-9]{16,20}", "[A-Za-z0-9+/]{40}", token).prop_map(|(id, secret, token)| Keys { id, secret, token })
}

fn request() -> impl Strategy<Value = Request> {
    let disposition = prop::option::weighted(0.8, text(1..6));
    let rest = (prop::option::of(text(1..4)), prop::option::of("[A-Za-z0-9._~+/=-]{1,64}"), any::<bool>());
    let version = |id: &String| id != "null";
    // Up to the end of the four-digit years, and every expiry that there is.
    let span = (0_i64..253_402_300_000 - 604_800, 1_u32..=604_800);
    (text(1..40), disposition, rest, keys(), span).prop_map(
        move |(key, disposition, (content_type, id, pays), keys, (at, seconds))| {
            let is_get = disposition.is_some();
            Request {
                content_type: content_type.filter(|_| is_get),
                version: id.filter(version).filter(|_| is_get),
                pays: pays && is_get,
                disposition,
                keys,
                at,
                seconds,
                ..Request::get("", &key)
            }
        },
    )
}

#[test]
fn whatever_is_signed_is_signed_as_by_botocore_and_by_the_sdk() {
    let signers = Signers::start();
    let config = Config { cases: 400, failure_persistence: None, ..Config::default() };
    // The same cases each time: a test that fails one time in a hundred teaches to look away.
    let mut runner = TestRunner::new_with_rng(config, TestRng::deterministic_rng(RngAlgorithm::ChaCha));
    let outcome =
        runner.run(&(0..SERVERS.len(), request()), |(number, request)| signers.agree(number, &request));
    outcome.unwrap_or_else(|e| panic!("{e}"));
}

#[test]
fn keys_that_somebody_got_wrong_are_signed_as_by_the_others() {
    let signers = Signers::start();
    for (number, key) in corpus().iter().enumerate() {
        for request in [Request::get("", key), Request::put("", key)] {
            signers.agree(number % SERVERS.len(), &request).unwrap_or_else(|e| panic!("{key:?}: {e}"));
        }
    }
}

#[test]
fn days_tokens_and_ends_at_their_edges() {
    let signers = Signers::start();
    let days = [
        "1970-01-01T00:00:00Z",
        "2024-02-28T23:59:59Z",
        "2024-02-29T00:00:00Z",
        "2024-02-29T23:59:59Z",
        "2024-03-01T00:00:00Z",
        "2026-12-31T23:59:59Z",
        "2027-01-01T00:00:00Z",
        "2100-02-28T23:59:59Z",
    ];
    for day in days {
        for seconds in [1, 604_800] {
            for keys in [Keys::plain(), Keys::temporary()] {
                let at = day.parse::<jiff::Timestamp>().unwrap().as_second();
                let request = Request { at, seconds, keys, ..Request::get("", "film.mp4") };
                signers.agree(0, &request).unwrap_or_else(|e| panic!("{request:?}: {e}"));
            }
        }
    }
}
