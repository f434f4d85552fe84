//! A file of twenty gigabytes: every byte in its place, in bounded memory.
#![cfg(target_os = "linux")]

use std::collections::BTreeMap;
use std::fs::File;
use std::io::Read;
use std::os::unix::fs::FileExt;
use std::path::Path;
use std::sync::{Arc, Mutex};

use crc_fast::{CrcAlgorithm, Digest, checksum_combine};
use guestpass_core::TransferState;
use guestpass_local::{SqliteJournal, SystemClock};
use guestpass_s3::Limits;
use guestpass_testkit::sink::Sink;

use crate::many::peak_memory;
use crate::world::{Keys, Through, app_over, send_request};

const SIZE: u64 = 20_000_000_000;

/// A file with holes, which takes no room on the disk, and with islands that lie across the borders of parts.
fn film(path: &Path) -> File {
    let file = File::create(path).unwrap();
    file.set_len(SIZE).unwrap();
    let mut rng = fastrand::Rng::with_seed(20);
    for _ in 0..40 {
        let mut island = vec![0; 1 << 20];
        rng.fill(&mut island);
        file.write_all_at(&island, rng.u64(0..SIZE - (1 << 20))).unwrap();
    }
    file.write_all_at(b"the end", SIZE - 7).unwrap();
    file
}

/// The checksum of all of it, read from its start to its end.
fn sum(path: &Path) -> u64 {
    let (mut file, mut sum) = (File::open(path).unwrap(), Digest::new(CrcAlgorithm::Crc64Nvme));
    let mut piece = vec![0; 4 << 20];
    loop {
        match file.read(&mut piece).unwrap() {
            0 => return sum.finalize(),
            read => sum.update(&piece[..read]),
        }
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn twenty_gigabytes_arrive_in_their_order_and_in_bounded_memory() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("film.mov");
    film(&path);
    // By number: what was received of each part.
    let parts = Arc::new(Mutex::new(BTreeMap::<u32, (Digest, u64)>::new()));
    let tasted = parts.clone();
    let sink = Sink::start_with(move |asked, piece| {
        let query = asked.uri.query().unwrap_or_default();
        let Some(number) = query.split('&').find_map(|pair| pair.strip_prefix("partNumber=")) else { return };
        let mut parts = tasted.lock().unwrap();
        let new = || (Digest::new(CrcAlgorithm::Crc64Nvme), 0);
        let (sum, length) = parts.entry(number.parse().unwrap()).or_insert_with(new);
        sum.update(piece);
        *length += piece.len() as u64;
    })
    .await;
    let connect = Through { keys: Keys::any(sink.endpoint()), limits: Limits::default() };
    let journal = Arc::new(SqliteJournal::new(folder.path().join("transfers.sqlite")));
    let app = app_over(Arc::new(connect), Arc::default(), Arc::new(SystemClock), Some(journal));
    let before = peak_memory();
    app.send(send_request("in/", std::slice::from_ref(&path))).await.unwrap();
    let mut states = app.transfers().watch();
    let ended = states.wait_for(|all| all[0].state.is_ended()).await.unwrap()[0].clone();
    assert_eq!(ended.state, TransferState::Finished, "{:?}", ended.failed);
    let grown = peak_memory() - before;
    assert!(grown < 200, "server and client together grew by {grown} MiB");

    let parts = std::mem::take(&mut *parts.lock().unwrap());
    assert!(parts.keys().copied().eq(1..=u32::try_from(parts.len()).unwrap()), "no part is missing");
    let joined = parts.into_values().fold((0, 0), |(sum, length), (part, more)| {
        (checksum_combine(CrcAlgorithm::Crc64Nvme, sum, part.finalize(), more), length + more)
    });
    assert_eq!(joined, (sum(&path), SIZE));
}
