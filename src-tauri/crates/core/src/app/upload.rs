//! Sending files: upload each, make its link, and put all links on the clipboard.
//!
//! A transfer is a handle: [`App::send`] answers at once with its id, its state is seen through
//! [`Transfers::watch`], and it has exactly one ending. One file's failure does not lose the others.
//!
//! # Cancellation
//! [`App::cancel`] stops what is under way; files that had arrived stay, and are named. Dropping the app's
//! runtime stops everything; a file on its way leaves nothing behind.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, PoisonError};

use futures_util::StreamExt;
use tokio::sync::watch;
use tokio_util::sync::CancellationToken;

use super::App;
use super::free_name::{MAX_COPIES, numbered};
use crate::ports::{Put, PutOutcome, Store};
use crate::{
    Error, FailedFile, Kind, Link, LinkRequest, ObjectKey, OfferedFile, Result, SendRequest, SentFile,
    Transfer, TransferId, TransferState, content_type_of,
};

/// Files under way at the same time within one drop.
const FILES_AT_ONCE: usize = 4;

/// The transfers of this run of the app, newest last.
#[derive(Clone)]
pub struct Transfers {
    state: watch::Sender<Vec<Transfer>>,
    running: Arc<Mutex<Vec<(TransferId, CancellationToken)>>>,
}

impl Default for Transfers {
    fn default() -> Self {
        Self { state: watch::Sender::new(Vec::new()), running: Arc::default() }
    }
}

impl Transfers {
    /// The state of all transfers, now and whenever one changes.
    pub fn watch(&self) -> watch::Receiver<Vec<Transfer>> {
        self.state.subscribe()
    }

    fn update(&self, id: TransferId, change: impl FnOnce(&mut Transfer)) {
        self.state.send_if_modified(|all| {
            let found = all.iter_mut().find(|transfer| transfer.id == id);
            found.map(change).is_some()
        });
    }

    fn begin(&self, request: &SendRequest, now: jiff::Timestamp) -> (TransferId, CancellationToken) {
        let mut id = TransferId(0);
        self.state.send_modify(|all| {
            id = TransferId(all.last().map_or(1, |last| last.id.0 + 1));
            all.push(Transfer {
                id,
                profile: request.profile.clone(),
                place: request.place.clone(),
                state: TransferState::Uploading,
                files: request.files.len(),
                files_done: 0,
                current_name: None,
                bytes_sent: 0,
                bytes_total: request.files.iter().map(|file| file.size).sum(),
                started_at: now,
                sent: Vec::new(),
                failed: Vec::new(),
                copied: false,
            });
        });
        let stop = CancellationToken::new();
        self.running().push((id, stop.clone()));
        (id, stop)
    }

    fn running(&self) -> std::sync::MutexGuard<'_, Vec<(TransferId, CancellationToken)>> {
        self.running.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// The transfers of this run.
    pub fn transfers(&self) -> &Transfers {
        &self.transfers
    }

    /// Starts sending, and answers the id by which the transfer is watched and stopped.
    ///
    /// Must be called on a Tokio runtime. Nothing is overwritten: a name that is taken becomes "name (2)".
    pub fn send(&self, request: SendRequest) -> TransferId {
        let (id, stop) = self.transfers.begin(&request, self.ports.clock.now());
        let app = self.clone();
        tokio::spawn(async move {
            app.run(id, &request, &stop).await;
            app.transfers.running().retain(|(running, _)| *running != id);
        });
        id
    }

    /// Sends, and waits for the links: for callers without a window. The clipboard is left alone.
    pub async fn send_and_wait(&self, request: &SendRequest) -> Vec<Result<Link, FailedFile>> {
        let (id, stop) = self.transfers.begin(request, self.ports.clock.now());
        let results = self.send_all(id, request, &stop).await;
        self.transfers.running().retain(|(running, _)| *running != id);
        results
    }

    /// Stops a transfer; does nothing when it has ended.
    pub fn cancel(&self, id: TransferId) {
        if let Some((_, stop)) = self.transfers.running().iter().find(|(running, _)| *running == id) {
            stop.cancel();
        }
    }

    async fn run(&self, id: TransferId, request: &SendRequest, stop: &CancellationToken) {
        let results = self.send_all(id, request, stop).await;
        let (mut links, mut failed) = (Vec::new(), Vec::new());
        for result in results {
            match result {
                Ok(link) => links.push(link),
                Err(failure) => failed.push(failure),
            }
        }
        let cancelled = stop.is_cancelled();
        let mut copied = false;
        if !links.is_empty() && !cancelled {
            copied = self.copy_links(&links).await.is_ok();
        }
        let sent =
            links.iter().map(|link| SentFile { key: link.key.clone(), end: link.end, checked: link.checked });
        let sent: Vec<_> = sent.collect();
        failed.retain(|failure| *failure.error.kind() != Kind::Cancelled);
        self.transfers.update(id, |transfer| {
            transfer.state = match (cancelled, sent.is_empty()) {
                (true, _) => TransferState::Cancelled,
                (false, true) => TransferState::Failed,
                (false, false) => TransferState::Finished,
            };
            transfer.current_name = None;
            (transfer.sent, transfer.failed, transfer.copied) = (sent, failed, copied);
        });
    }

    async fn send_all(
        &self,
        id: TransferId,
        request: &SendRequest,
        stop: &CancellationToken,
    ) -> Vec<Result<Link, FailedFile>> {
        let each: Vec<_> =
            request.files.iter().map(|file| self.send_counted(id, request, file, stop)).collect();
        futures_util::stream::iter(each).buffered(FILES_AT_ONCE).collect().await
    }

    async fn send_counted(
        &self,
        id: TransferId,
        request: &SendRequest,
        file: &OfferedFile,
        stop: &CancellationToken,
    ) -> Result<Link, FailedFile> {
        let sent = stop.run_until_cancelled(self.send_one(id, request, file)).await;
        sent.unwrap_or_else(|| Err(Kind::Cancelled.into()))
            .map_err(|error| FailedFile { name: file.name.clone(), error: Arc::new(error) })
    }

    async fn send_one(&self, id: TransferId, request: &SendRequest, file: &OfferedFile) -> Result<Link> {
        self.transfers.update(id, |transfer| transfer.current_name = Some(file.name.clone()));
        let store = self.store(&request.profile).await?;
        let put = self.put_beside(id, store.as_ref(), request, file).await;
        self.transfers.update(id, |transfer| {
            transfer.files_done += 1;
            if transfer.files_done == transfer.files {
                transfer.state = TransferState::Linking;
            }
        });
        let key = put?;
        let (profile, bucket) = (request.profile.clone(), request.place.bucket.clone());
        let link = LinkRequest::new(profile, bucket, key, request.expiry);
        self.link(&LinkRequest { disposition: request.disposition, ..link }).await
    }

    /// Uploads under the file's own name, or under the first of "name (2)", "name (3)" … that is free.
    async fn put_beside(
        &self,
        id: TransferId,
        store: &dyn Store,
        request: &SendRequest,
        file: &OfferedFile,
    ) -> Result<ObjectKey> {
        if file.size > store.put_limit() {
            return Err(Kind::FileTooLarge { name: file.name.clone(), limit: store.put_limit() }.into());
        }
        let content_type = content_type_of(&file.name);
        for copy in 1..=MAX_COPIES {
            let name = numbered(&file.name, copy);
            let invalid = |_| Error::from(Kind::NameInvalid { name: file.name.clone() });
            let key = request.place.prefix.join(&name).map_err(invalid)?;
            if !key.is_linkable() {
                return Err(Kind::NameInvalid { name }.into());
            }
            let put = Put {
                bucket: &request.place.bucket,
                key: &key,
                path: &file.path,
                size: file.size,
                content_type: &content_type,
            };
            if store.put_new(put, self.progress_of(id)).await? == PutOutcome::Stored {
                return Ok(key);
            }
        }
        Err(Kind::NameInvalid { name: file.name.clone() }.into())
    }

    /// Adds one file's absolute progress to the transfer's sum; a repeated request counts from its start.
    fn progress_of(&self, id: TransferId) -> crate::ports::OnProgress {
        let transfers = self.transfers.clone();
        let counted = AtomicU64::new(0);
        Arc::new(move |sent| {
            let before = counted.swap(sent, Ordering::Relaxed);
            transfers.update(id, |transfer| {
                transfer.bytes_sent = (transfer.bytes_sent + sent).saturating_sub(before);
            });
        })
    }
}
