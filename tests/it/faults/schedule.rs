//! What goes wrong, drawn from a seed: the same seed has the same file and the same faults for the same requests.

use std::collections::HashMap;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, AtomicU32, Ordering};

use fastrand::Rng;
use guestpass_testkit::faulty::Fault;
use http::Method;
use http::request::Parts;

const MIB: u64 = 1 << 20;

/// One upload's misfortunes.
#[derive(Debug)]
pub(super) struct Schedule {
    seed: u64,
    size: u64,
    /// Of a request, to go wrong: between 0 and 1.
    likelihood: f64,
    /// How many faults are left.
    left: AtomicU32,
    is_over: AtomicBool,
    seen: Mutex<HashMap<String, u32>>,
}

impl Schedule {
    pub(super) fn new(seed: u64) -> Self {
        let mut rng = Rng::with_seed(seed);
        let size = match rng.u32(0..10) {
            0 => 0,
            1..4 => rng.u64(1..64 * 1024),
            4..6 => rng.u64(MIB..8 * MIB),
            _ => rng.u64(8 * MIB + 1..20 * MIB),
        };
        let (likelihood, faults) = (0.1 + 0.5 * rng.f64(), rng.u32(1..16));
        Self {
            seed,
            size,
            likelihood,
            left: AtomicU32::new(faults),
            is_over: AtomicBool::new(false),
            seen: Mutex::default(),
        }
    }

    /// The file.
    pub(super) fn content(&self) -> Vec<u8> {
        let mut bytes = vec![0; usize::try_from(self.size).unwrap()];
        Rng::with_seed(self.seed).fill(&mut bytes);
        bytes
    }

    /// Nothing goes wrong any more.
    pub(super) fn end(&self) {
        self.is_over.store(true, Ordering::Relaxed);
    }

    /// Whether the person tries again after a failure, or gives up.
    pub(super) fn tries_again(&self) -> bool {
        self.seed.is_multiple_of(2)
    }

    pub(super) fn fault_of(&self, asked: &Parts) -> Option<Fault> {
        if self.is_over.load(Ordering::Relaxed) {
            return None;
        }
        let name = name_of(asked);
        let mut seen = self.seen.lock().unwrap();
        let times = seen.entry(name.clone()).or_default();
        *times += 1;
        let mut hasher = DefaultHasher::new();
        (self.seed, name, *times).hash(&mut hasher);
        let mut rng = Rng::with_seed(hasher.finish());
        let is_hit = rng.f64() < self.likelihood;
        let has_any =
            || self.left.fetch_update(Ordering::Relaxed, Ordering::Relaxed, |left| left.checked_sub(1));
        // Who may not look or read is told so each time: the test of the link, and the look whether a name is taken,
        // take it at its word.
        let is_test = asked.uri.query().is_some_and(|query| query.contains("X-Amz-Signature"));
        let may_be_refused = !is_test && asked.method != Method::HEAD;
        (is_hit && has_any().is_ok()).then(|| draw(&mut rng, length_of(asked), may_be_refused))
    }
}

/// The same for the same step of every run: an upload's id is another one each time.
fn name_of(asked: &Parts) -> String {
    let query = asked.uri.query().unwrap_or_default();
    let part = query.split('&').find(|pair| pair.starts_with("partNumber=")).unwrap_or_default();
    let kind = ["uploads", "uploadId", "X-Amz-Signature"].into_iter().find(|name| query.contains(name));
    format!("{} {} {part}", asked.method, kind.unwrap_or_default())
}

fn length_of(asked: &Parts) -> u64 {
    let length = asked.headers.get(http::header::CONTENT_LENGTH);
    length.and_then(|length| length.to_str().ok()?.parse().ok()).unwrap_or_default()
}

fn draw(rng: &mut Rng, length: u64, may_be_refused: bool) -> Fault {
    let somewhere = rng.u64(0..=length);
    match rng.u32(0..24) {
        0..4 => refuse(rng, 500, "InternalError"),
        4..8 => refuse(rng, 503, "SlowDown"),
        8..10 => refuse(rng, 400, "RequestTimeout"),
        10 if may_be_refused => refuse(rng, 403, "AccessDenied"),
        10..13 => Fault::Reset(somewhere),
        13..15 => Fault::Stall(somewhere),
        15..17 => Fault::Truncate(somewhere),
        17 => Fault::Throttle(8 * MIB),
        18..21 => Fault::LoseAnswer,
        21..23 => Fault::CutAnswer,
        _ => Fault::StallAnswer,
    }
}

fn refuse(rng: &mut Rng, status: u16, code: &'static str) -> Fault {
    Fault::Refuse { status, code, is_early: rng.bool() }
}
