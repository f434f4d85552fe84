//! The journal of transfers, in SQLite: what was written survives the end of the process, and a half-written change
//! is none.
//!
//! One process at a time has it: a second would send the same files again. It is opened at first use, so that a
//! full disk or a damaged file costs the memory of transfers and nothing else.

mod rows;
#[cfg(test)]
mod tests;

use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use async_trait::async_trait;
use guestpass_core::journal::{Entry, KeptTransfer, Leftover};
use guestpass_core::ports::Journal;
use guestpass_core::{Error, Kind, Result, TransferId};
use rusqlite::{Connection, ErrorCode};
use tokio::task::spawn_blocking;

const SCHEMA: &str = include_str!("journal.sql");

/// The version of the layout, in `PRAGMA user_version`. A journal of another version is put aside.
const VERSION: i64 = 2;

/// A process that is just ending is waited for this long.
const PATIENCE: Duration = Duration::from_secs(2);

/// The journal of the person who runs the app.
#[derive(Clone)]
pub struct SqliteJournal {
    path: PathBuf,
    open: Arc<Mutex<Option<Connection>>>,
}

impl SqliteJournal {
    /// At this path; the folder must exist when the journal is first used.
    pub fn new(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), open: Arc::default() }
    }

    async fn with<T: Send + 'static>(
        &self,
        act: impl FnOnce(&mut Connection) -> rusqlite::Result<T> + Send + 'static,
    ) -> Result<T> {
        let journal = self.clone();
        let done = spawn_blocking(move || {
            let mut slot = journal.open.lock().unwrap_or_else(PoisonError::into_inner);
            let connection = match slot.take() {
                Some(open) => slot.insert(open),
                None => slot.insert(open(&journal.path)?),
            };
            act(connection)
        });
        let done = done.await.map_err(|e| Error::from(Kind::Internal).with_source(e))?;
        done.map_err(|e| Error::from(Kind::Internal).with_detail(e.to_string()).with_source(e))
    }
}

/// Opens the journal; one that cannot be read is put aside, so that there is one from now on.
fn open(path: &Path) -> rusqlite::Result<Connection> {
    match open_as_it_is(path) {
        Err(e)
            if matches!(e.sqlite_error_code(), Some(ErrorCode::NotADatabase | ErrorCode::DatabaseCorrupt)) =>
        {
            tracing::warn!("the journal of transfers is damaged and put aside: {e}");
            put_aside(path);
            open_as_it_is(path)
        }
        answer => answer,
    }
}

fn open_as_it_is(path: &Path) -> rusqlite::Result<Connection> {
    let connection = Connection::open(path)?;
    connection.busy_timeout(PATIENCE)?;
    // Before the first access, so that the lock is this process's from then on.
    connection.pragma_update(None, "locking_mode", "EXCLUSIVE")?;
    connection.pragma_update(None, "journal_mode", "WAL")?;
    // Written through to the system after each change, to the disk at checkpoints: after a power cut the last parts
    // may be missing here, and the server, which is asked, still knows them.
    connection.pragma_update(None, "synchronous", "NORMAL")?;
    connection.pragma_update(None, "foreign_keys", true)?;
    let version: i64 = connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
    if version != 0 && version != VERSION {
        drop(connection);
        put_aside(path);
        return open_as_it_is(path);
    }
    connection.execute_batch(SCHEMA)?;
    connection.pragma_update(None, "user_version", VERSION)?;
    Ok(connection)
}

fn put_aside(path: &Path) {
    for ending in ["", "-wal", "-shm"] {
        let from = PathBuf::from(format!("{}{ending}", path.display()));
        let to = PathBuf::from(format!("{}{ending}.damaged", path.display()));
        match std::fs::rename(&from, &to) {
            Err(e) if e.kind() != std::io::ErrorKind::NotFound => {
                tracing::warn!("{} cannot be put aside: {e}", from.display());
            }
            _ => {}
        }
    }
}

#[async_trait]
impl Journal for SqliteJournal {
    async fn transfers(&self) -> Result<Vec<(TransferId, KeptTransfer)>> {
        self.with(|connection| rows::transfers(connection)).await
    }

    async fn keep(&self, id: TransferId, transfer: &KeptTransfer) -> Result<()> {
        let transfer = transfer.clone();
        self.with(move |connection| rows::keep(connection, id, &transfer)).await
    }

    async fn note(&self, id: TransferId, entry: &Entry) -> Result<()> {
        let entry = entry.clone();
        self.with(move |connection| rows::note(connection, id, &entry)).await
    }

    async fn forget(&self, id: TransferId) -> Result<()> {
        self.with(move |connection| rows::forget(connection, id)).await
    }

    async fn leftovers(&self) -> Result<Vec<Leftover>> {
        self.with(|connection| rows::leftovers(connection)).await
    }

    async fn keep_leftover(&self, leftover: &Leftover) -> Result<()> {
        let leftover = leftover.clone();
        self.with(move |connection| rows::keep_leftover(connection, &leftover)).await
    }

    async fn forget_leftover(&self, leftover: &Leftover) -> Result<()> {
        let leftover = leftover.clone();
        self.with(move |connection| rows::forget_leftover(connection, &leftover)).await
    }
}
