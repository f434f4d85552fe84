//! Tells the window how an open folder stands: at once, then each change, at most ten a second.

use std::time::Duration;

use tauri::async_runtime;
use tauri::ipc::Channel;
use tokio::sync::watch::Receiver;

use crate::ipc::FolderState;

/// The shortest time between two messages; what happens in between is in the next one.
const PACE: Duration = Duration::from_millis(100);

/// Sends the states of a folder to this channel until the folder is closed or nobody listens.
pub(crate) fn watch_folder(states: Receiver<guestpass_core::FolderState>, channel: Channel<FolderState>) {
    async_runtime::spawn(forward(states, channel));
}

async fn forward(mut states: Receiver<guestpass_core::FolderState>, channel: Channel<FolderState>) {
    loop {
        let state = FolderState::from(&*states.borrow_and_update());
        if channel.send(state).is_err() || states.changed().await.is_err() {
            return;
        }
        tokio::time::sleep(PACE).await;
    }
}
