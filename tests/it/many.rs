//! Very many files, in bounded memory.

use std::sync::Arc;

use guestpass_core::TransferState;
use guestpass_local::SqliteJournal;

use crate::world::{BUCKET, World, send_request};

const FILES: usize = 5_000;

/// The most memory that this process has had, in MiB.
#[cfg(target_os = "linux")]
pub(crate) fn peak_memory() -> u64 {
    let status = std::fs::read_to_string("/proc/self/status").unwrap();
    let line = status.lines().find(|line| line.starts_with("VmHWM:")).unwrap();
    line.split_whitespace().nth(1).unwrap().parse::<u64>().unwrap() / 1024
}

#[cfg(target_os = "linux")]
#[tokio::test(flavor = "multi_thread")]
async fn five_thousand_files_arrive_each_with_its_own_content() {
    let world = World::seaweedfs().await;
    let folder = tempfile::tempdir().unwrap();
    let files = folder.path().join("Photos");
    std::fs::create_dir(&files).unwrap();
    let paths: Vec<_> = (0..FILES).map(|n| files.join(format!("IMG {n:04}.jpg"))).collect();
    for (n, path) in paths.iter().enumerate() {
        std::fs::write(path, format!("picture {n}")).unwrap();
    }
    let app = world.app_with(Arc::new(SqliteJournal::new(folder.path().join("transfers.sqlite"))));
    let before = peak_memory();
    app.send(send_request("in/", &paths)).await.unwrap();
    let mut states = app.transfers().watch();
    let transfer = states.wait_for(|all| all[0].state.is_ended()).await.unwrap()[0].clone();
    assert_eq!((transfer.state, transfer.failed.len()), (TransferState::Finished, 0));
    assert_eq!(transfer.sent.len(), FILES);
    let grown = peak_memory() - before;
    assert!(grown < 120, "{grown} MiB for {FILES} small files");

    let mut pages = world.admin.list_objects_v2().bucket(BUCKET).prefix("in/").into_paginator().send();
    let mut there = 0;
    while let Some(page) = pages.next().await {
        there += page.unwrap().contents().len();
    }
    assert_eq!(there, FILES);
    for n in (0..FILES).step_by(499) {
        assert_eq!(world.body(&format!("in/IMG {n:04}.jpg")).await, format!("picture {n}").as_bytes());
    }
}
