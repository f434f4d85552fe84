//! Tells the window how an open folder stands: at once, then each change, at most ten a second.

use std::time::Duration;

use tauri::async_runtime;
use tauri::ipc::Channel;
use tokio::sync::watch::Receiver;
use tokio::time::{Instant, sleep_until};

use crate::ipc::FolderState;

/// The shortest time between two messages; what happens in between is in the next one.
const PACE: Duration = Duration::from_millis(100);

/// Sends the states of a folder to this channel until the folder is closed or nobody listens.
pub(crate) fn watch_folder(states: Receiver<guestpass_core::FolderState>, channel: Channel<FolderState>) {
    async_runtime::spawn(forward(states, channel));
}

async fn forward(mut states: Receiver<guestpass_core::FolderState>, channel: Channel<FolderState>) {
    // The first change is the first page, for which somebody waits.
    let mut earliest = Instant::now();
    loop {
        let state = FolderState::from(&*states.borrow_and_update());
        if channel.send(state).is_err() || states.changed().await.is_err() {
            return;
        }
        sleep_until(earliest).await;
        earliest = Instant::now() + PACE;
    }
}
