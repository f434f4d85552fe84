//! Files that set up a connection: double-clicked, dropped on the window, or named on the command line.

use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use guestpass_core::app::{App, ConnectionOffer};
use guestpass_core::{Error, Kind, Result};
use tauri::async_runtime;
use tauri::ipc::Channel;

use crate::ipc::ConnectionFileEvent;

/// How the names of such files end.
pub(crate) const EXTENSION: &str = "guestpass";

/// Far more than any such file has, in bytes: what is longer is not read to its end.
const MAX_BYTES: u64 = 64 * 1024;

/// Who is told of such files.
#[derive(Clone, Default)]
pub(crate) struct ConnectionFiles(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    listener: Option<Channel<ConnectionFileEvent>>,
    /// Opened before anybody listened.
    early: Vec<ConnectionFileEvent>,
}

impl ConnectionFiles {
    /// Tells this channel from now on, and no other.
    pub(crate) fn listen(&self, channel: Channel<ConnectionFileEvent>) {
        let mut state = self.state();
        for event in std::mem::take(&mut state.early) {
            send(&channel, event);
        }
        state.listener = Some(channel);
    }

    /// Takes those of these files that set up a connection, and answers the others.
    pub(crate) fn sort_out(&self, app: &App, paths: Vec<PathBuf>) -> Vec<PathBuf> {
        let (ours, others): (Vec<_>, Vec<_>) = paths.into_iter().partition(|path| is_one(path));
        for path in ours {
            let (app, files) = (app.clone(), self.clone());
            async_runtime::spawn(async move {
                files.tell(match Self::read(&app, &path).await {
                    Ok(offer) => ConnectionFileEvent::Offered { offer: offer.into() },
                    Err(error) => ConnectionFileEvent::Refused { error: error.into() },
                });
            });
        }
        others
    }

    /// Reads one. Errors: [`Kind::FileUnreadable`] and those of [`App::offer_connection`].
    pub(crate) async fn read(app: &App, path: &Path) -> Result<ConnectionOffer> {
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        let (path, unreadable) = (path.to_owned(), Kind::FileUnreadable { name: name.clone() });
        let read = async_runtime::spawn_blocking(move || {
            let mut bytes = Vec::new();
            std::fs::File::open(path)?.take(MAX_BYTES).read_to_end(&mut bytes).map(|_| bytes)
        });
        let bytes = read.await.map_err(|e| Error::from(Kind::Internal).with_source(e))?;
        let bytes = bytes.map_err(|e| Error::from(unreadable).with_detail(e.to_string()).with_source(e))?;
        app.offer_connection(&bytes, &name)
    }

    fn tell(&self, event: ConnectionFileEvent) {
        let mut state = self.state();
        match &state.listener {
            Some(listener) => send(listener, event),
            None => state.early.push(event),
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn send(channel: &Channel<ConnectionFileEvent>, event: ConnectionFileEvent) {
    if let Err(e) = channel.send(event) {
        tracing::warn!("a file could not be told to the window: {e}");
    }
}

/// Whether a file is one of these, by its name.
pub(crate) fn is_one(path: &Path) -> bool {
    path.extension().is_some_and(|extension| extension.eq_ignore_ascii_case(EXTENSION))
}
