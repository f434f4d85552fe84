//! Sending files: upload each, make its link, and put all links on the clipboard.
//!
//! A transfer is a handle: [`App::send`] answers with its id as soon as it is written down, its state is seen
//! through [`Transfers::watch`]. One file's failure does not lose the others.
//!
//! # Cancellation
//! [`App::pause`] stops what is under way and keeps what the server has of it; so does the end of the process, and
//! [`App::restore_transfers`] goes on from there. [`App::cancel`] and [`App::forget`] remove unfinished parts from
//! the server; files that had arrived stay, and are named.

mod file;
mod run;

use futures_util::StreamExt;
use run::{Manner, Run};

use super::App;
use super::transfers::{Running, Stop, Transfers};
use crate::journal::{Entry, KeptFile, KeptTransfer, Leftover};
use crate::ports::Journal;
use crate::{Error, FailedFile, Kind, Link, ProfileId, Result, SendRequest, TransferId, TransferState};

/// Parts that lie on a server for longer than this are offered for cleaning, in seconds: a week.
const STALE_SECONDS: i64 = 7 * 86_400;

/// How long the end of the app waits for its transfers, in seconds.
const HALT_SECONDS: u64 = 10;

/// Files of a transfer that are given up at the same time.
const ABANDONED_AT_ONCE: usize = 8;

impl App {
    /// The transfers that are known.
    pub fn transfers(&self) -> &Transfers {
        &self.transfers
    }

    /// Takes up what earlier runs of the app left, once: what was under way goes on, what was paused stays so.
    ///
    /// Must be called on a Tokio runtime.
    pub async fn restore_transfers(&self) {
        self.transfers.restored.get_or_init(|| self.restore()).await;
    }

    async fn restore(&self) {
        let Some(journal) = &self.ports.journal else { return };
        let kept = journal.transfers().await.unwrap_or_else(|e| {
            tracing::warn!("the transfers of earlier runs cannot be read: {e}");
            Vec::new()
        });
        for (id, transfer) in kept {
            let is_paused = transfer.is_paused;
            self.transfers.add(Some(id), transfer);
            self.transfers.update(id, |transfer| transfer.is_kept = true);
            if !is_paused {
                self.start(id, Manner::Restored);
            }
        }
        let app = self.clone();
        tokio::spawn(async move {
            // What stays is told when somebody asks.
            let _ = app.remove_leftovers().await;
        });
    }

    /// Starts sending, and answers the id by which the transfer is watched and stopped.
    ///
    /// Must be called on a Tokio runtime.
    pub async fn send(&self, request: SendRequest) -> Result<TransferId> {
        self.restore_transfers().await;
        self.check_upload(&request).await?;
        let kept = self.new_record(request)?;
        let id = self.transfers.add(None, kept.clone());
        if let Some(journal) = self.journal_of(&kept.request.profile) {
            let written = journal.keep(id, &kept).await;
            self.transfers.update(id, |transfer| transfer.is_kept = written.is_ok());
            if let Err(e) = written {
                tracing::warn!("the transfer is not written down, and would not go on after a restart: {e}");
            }
        }
        self.start(id, Manner::Fresh);
        Ok(id)
    }

    /// Sends, and waits for the links: for callers without a window. The clipboard is left alone, nothing is
    /// written down, and what cannot be finished is removed. `begun` hears the id, by which it can be cancelled.
    pub async fn send_and_wait(
        &self,
        request: SendRequest,
        begun: impl FnOnce(TransferId),
    ) -> Result<Vec<Result<Link, FailedFile>>> {
        self.check_upload(&request).await?;
        let id = self.transfers.add(None, self.new_record(request)?);
        let running = self.transfers.start(id).ok_or(Kind::Internal)?;
        begun(id);
        let results = Run::new(self, id, running, Manner::Once).carry_out().await;
        self.transfers.end(id);
        results
    }

    /// Halts a transfer, and answers when nothing of it is under way any more.
    pub async fn pause(&self, id: TransferId) {
        if let Some(running) = self.transfers.running(id) {
            running.stop(Stop::Pause);
            self.note(id, Entry::Paused(true)).await;
            running.ended().await;
        }
    }

    /// Halts all transfers without a word in the journal, so that the next run of the app goes on with them, and stops
    /// all tasks.
    ///
    /// Answers when nothing is under way any more, or after a while: a server may be slow to forget what was cancelled.
    pub async fn halt_transfers(&self) {
        let all = self.transfers.all_running();
        for running in &all {
            running.stop(Stop::Pause);
        }
        let ended = futures_util::future::join_all(all.iter().map(Running::ended));
        let all_ended = futures_util::future::join(ended, self.halt_tasks());
        tokio::select! {
            _ = all_ended => {}
            () = self.ports.clock.pass(HALT_SECONDS) => {}
        }
    }

    /// Goes on with a transfer that was paused, tries again what failed of it, and does not wait any longer where
    /// it waits for the network.
    pub async fn resume(&self, id: TransferId) {
        if let Some(running) = self.transfers.running(id) {
            running.wake.notify_waiters();
            return;
        }
        let has_more = self
            .transfers
            .get(id)
            .is_some_and(|transfer| transfer.state == TransferState::Paused || !transfer.failed.is_empty());
        if has_more {
            self.note(id, Entry::Paused(false)).await;
            self.start(id, Manner::Fresh);
        }
    }

    /// Stops a transfer for good, and answers when its parts are off the server, as far as that can be reached.
    pub async fn cancel(&self, id: TransferId) {
        if let Some(running) = self.transfers.running(id) {
            running.stop(Stop::Cancel);
            running.ended().await;
        }
    }

    /// Takes a transfer off the list; one that is under way is cancelled first.
    pub async fn forget(&self, id: TransferId) {
        self.cancel(id).await;
        self.abandon_all(id).await;
        self.transfers.remove(id);
        self.strike_out(id).await;
    }

    /// How many unfinished uploads lie on servers for more than a week because they could not be removed.
    pub async fn stale_leftovers(&self) -> usize {
        let now = self.ports.clock.now().as_second();
        let is_stale = |left: &&Leftover| now - left.since.as_second() > STALE_SECONDS;
        self.leftovers().await.iter().filter(is_stale).count()
    }

    /// Tries again to remove what lies on servers. Error: why the first stays that could not be removed.
    pub async fn remove_leftovers(&self) -> Result<()> {
        let mut outcome = Ok(());
        for leftover in self.leftovers().await {
            if self.tasks.needs(&leftover) {
                continue;
            }
            // Without a name, it could not be told from what is being begun just now.
            let Some(spared) = self.transfers.to_spare(&leftover) else { continue };
            if let Err(e) = self.remove_leftover(&leftover, &spared).await {
                tracing::warn!("parts of an unfinished upload stay on the server: {e}");
                outcome = outcome.and(Err(e));
            }
        }
        outcome
    }

    async fn leftovers(&self) -> Vec<Leftover> {
        match &self.ports.journal {
            Some(journal) => journal.leftovers().await.unwrap_or_default(),
            None => Vec::new(),
        }
    }

    pub(super) async fn remove_leftover(&self, left: &Leftover, spared: &[String]) -> Result<()> {
        let store = self.store(&left.profile).await?;
        store.abandon(left, spared).await?;
        match &self.ports.journal {
            Some(journal) => journal.forget_leftover(left).await,
            None => Ok(()),
        }
    }

    /// Errors: [`Kind::PolicyBroken`], and [`Kind::Forbidden`] where IT wants uploads elsewhere.
    pub(super) async fn check_upload(&self, request: &SendRequest) -> Result<()> {
        let place = &request.place;
        self.limits(&request.profile).await?.check_upload(&place.bucket, place.prefix.as_str())
    }

    fn new_record(&self, request: SendRequest) -> Result<KeptTransfer> {
        let mut bytes = [0; 12];
        getrandom::fill(&mut bytes).map_err(|e| Error::from(Kind::Internal).with_source(e))?;
        let token = bytes.iter().map(|byte| format!("{byte:02x}")).collect();
        let files = vec![KeptFile::default(); request.files.len()];
        Ok(KeptTransfer { request, token, started_at: self.ports.clock.now(), is_paused: false, files })
    }

    fn start(&self, id: TransferId, manner: Manner) {
        let Some(running) = self.transfers.start(id) else { return };
        self.transfers.update(id, |transfer| transfer.state = TransferState::Uploading);
        let app = self.clone();
        tokio::spawn(async move {
            Run::new(&app, id, running, manner).finish().await;
            app.transfers.end(id);
        });
    }

    /// Changes what is known of a transfer, and writes the change down where the transfer is.
    async fn note(&self, id: TransferId, entry: Entry) {
        self.transfers.apply(id, entry.clone());
        let is_kept = self.transfers.get(id).is_some_and(|transfer| transfer.is_kept);
        let Some(journal) = self.ports.journal.as_ref().filter(|_| is_kept) else { return };
        if let Err(e) = journal.note(id, &entry).await {
            // It goes on all the same; after a restart the server knows what it has.
            tracing::warn!("a change of a transfer is not written down: {e}");
        }
    }

    async fn strike_out(&self, id: TransferId) {
        if let Some(journal) = &self.ports.journal
            && let Err(e) = journal.forget(id).await
        {
            tracing::warn!("a transfer cannot be struck out of the journal: {e}");
        }
    }

    /// Removes from the server what is unfinished of a transfer. What cannot be removed now is for later.
    async fn abandon_all(&self, id: TransferId) {
        let since = self.ports.clock.now();
        let begun = self.transfers.record(id, |kept| kept.begun(since)).unwrap_or_default();
        let each = begun.into_iter().map(|(at, unfinished)| async move {
            self.abandon(unfinished).await;
            self.transfers.apply(id, Entry::File(at, KeptFile::Waiting));
        });
        let each: Vec<_> = each.collect();
        futures_util::stream::iter(each).buffer_unordered(ABANDONED_AT_ONCE).collect::<()>().await;
    }

    async fn abandon(&self, unfinished: Leftover) {
        if let Some(spared) = self.transfers.to_spare(&unfinished) {
            let Err(e) = self.remove_leftover(&unfinished, &spared).await else { return };
            tracing::warn!("parts of an unfinished upload could not be removed: {e}");
        }
        self.keep_leftover(&unfinished).await;
    }

    /// Where what is done with a profile is written down; nowhere for one that ends with the app.
    fn journal_of(&self, profile: &ProfileId) -> Option<&dyn Journal> {
        self.ports.journal.as_deref().filter(|_| !self.is_for_session(profile))
    }

    pub(super) async fn keep_leftover(&self, leftover: &Leftover) {
        if let Some(journal) = self.journal_of(&leftover.profile)
            && let Err(e) = journal.keep_leftover(leftover).await
        {
            tracing::warn!("parts on a server are not written down, and would stay there: {e}");
        }
    }
}
