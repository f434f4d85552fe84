//! Tells the window how transfers go: everything at once, then each change, at most ten a second.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tauri::async_runtime::{self, JoinHandle};
use tauri::ipc::Channel;
use tokio::sync::watch::Receiver;

use crate::ipc::{Transfer, TransferEvent};

/// The shortest time between two messages; what happens in between is in the next one.
const PACE: Duration = Duration::from_millis(100);

/// The one task that watches; a reloaded window replaces it.
#[derive(Default)]
pub(crate) struct Watchers(Mutex<Option<JoinHandle<()>>>);

impl Watchers {
    /// Sends the transfers to this channel from now on, and to no other.
    pub(crate) fn watch(
        &self,
        transfers: Receiver<Vec<guestpass_core::Transfer>>,
        channel: Channel<TransferEvent>,
    ) {
        let task = async_runtime::spawn(forward(transfers, channel));
        let before = self.0.lock().unwrap_or_else(PoisonError::into_inner).replace(task);
        if let Some(before) = before {
            before.abort();
        }
    }
}

async fn forward(mut transfers: Receiver<Vec<guestpass_core::Transfer>>, channel: Channel<TransferEvent>) {
    let mut known = read(&mut transfers);
    if channel.send(TransferEvent::Snapshot { transfers: known.clone() }).is_err() {
        return;
    }
    while transfers.changed().await.is_ok() {
        let now = read(&mut transfers);
        if known.iter().any(|before| !now.iter().any(|transfer| transfer.id == before.id)) {
            // One was taken off the list.
            if channel.send(TransferEvent::Snapshot { transfers: now.clone() }).is_err() {
                return;
            }
            known.clone_from(&now);
        }
        for transfer in now.iter().filter(|transfer| !known.contains(transfer)) {
            if channel.send(TransferEvent::Changed { transfer: Box::new(transfer.clone()) }).is_err() {
                return;
            }
        }
        known = now;
        tokio::time::sleep(PACE).await;
    }
}

fn read(transfers: &mut Receiver<Vec<guestpass_core::Transfer>>) -> Vec<Transfer> {
    transfers.borrow_and_update().iter().map(Transfer::from).collect()
}
