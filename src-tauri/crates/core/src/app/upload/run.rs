//! One run of a transfer, from its start or from where the last one stopped.

use std::sync::Arc;

use futures_util::StreamExt;

use super::super::App;
use super::super::transfers::{Running, Stop};
use super::file::{Ending, OneFile};
use crate::journal::Entry;
use crate::{Error, FailedFile, Handover, Kind, Link, ProfileId, Result, SentFile, TransferId, TransferState};

/// Files under way at the same time within one transfer; what they hold of the memory and of the line is bounded
/// by the store.
const FILES_AT_ONCE: usize = 64;

/// How long a wait for the network is at first and at most, in seconds.
const WAITS: (u64, u64) = (2, 60);

/// How often a server that answers with faults is asked again, with a wait before each.
const FAULTS: u32 = 5;

/// The waits since something got through.
#[derive(Clone, Copy, Debug, Default)]
pub(super) struct Waits {
    all: u32,
    /// Those for a server that answered with faults.
    faults: u32,
}

/// In what circumstances a transfer runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Manner {
    /// The person asked for it just now.
    Fresh,
    /// An earlier run of the app left it: nobody knows what the clipboard was used for since.
    Restored,
    /// For a caller that waits, once, and tidies up.
    Once,
}

/// One run of a transfer.
pub(super) struct Run<'a> {
    pub(super) app: &'a App,
    pub(super) id: TransferId,
    pub(super) running: Running,
    manner: Manner,
}

impl<'a> Run<'a> {
    pub(super) fn new(app: &'a App, id: TransferId, running: Running, manner: Manner) -> Self {
        Self { app, id, running, manner }
    }

    /// Sends everything that is not there yet, and hands over the links.
    pub(super) async fn finish(self) {
        let clipboard = &self.app.ports.clipboard;
        let before = match self.manner {
            Manner::Fresh => clipboard.fingerprint().await,
            Manner::Restored | Manner::Once => None,
        };
        let results = self.carry_out().await;
        let stopped = self.running.stopped();
        let results = match (stopped, results) {
            (Some(Stop::Pause), _) => return self.halted(None),
            (None, Err(e)) => return self.halted(Some(Arc::new(e))),
            (Some(Stop::Cancel), results) => results.unwrap_or_default(),
            (None, Ok(results)) => results,
        };
        let (mut links, mut failed) = (Vec::new(), Vec::new());
        for result in results {
            match result {
                Ok(link) => links.push(link),
                Err(failure) if *failure.error.kind() == Kind::Cancelled => {}
                Err(failure) => failed.push(failure),
            }
        }
        let handover = if stopped.is_some() { Handover::None } else { self.hand_over(&links, before).await };
        if failed.is_empty() || stopped.is_some() {
            self.app.strike_out(self.id).await;
        } else {
            // What failed is for the person to try again, not for the next start of the app.
            self.app.note(self.id, Entry::Paused(true)).await;
        }
        let sent = |link: &Link| SentFile { key: link.key.clone(), end: link.end, checked: link.checked };
        let sent: Vec<SentFile> = links.iter().map(sent).collect();
        self.app.transfers.update(self.id, |transfer| {
            transfer.state = match stopped {
                Some(_) => TransferState::Cancelled,
                None if sent.is_empty() && !failed.is_empty() => TransferState::Failed,
                None => TransferState::Finished,
            };
            transfer.current_name = None;
            transfer.trouble = None;
            (transfer.sent, transfer.failed, transfer.handover) = (sent, failed, handover);
        });
    }

    fn halted(&self, trouble: Option<Arc<Error>>) {
        // What was on its way is lost: the figure is what the server has.
        self.app.transfers.recount(self.id);
        self.app.transfers.update(self.id, |transfer| {
            transfer.state = TransferState::Paused;
            transfer.trouble = trouble;
        });
    }

    /// Puts the links on the clipboard, unless it was used for something else since.
    async fn hand_over(&self, links: &[Link], before: Option<u64>) -> Handover {
        if links.is_empty() {
            return Handover::None;
        }
        let now = self.app.ports.clipboard.fingerprint().await;
        if self.manner == Manner::Restored || (before.is_some() && now != before) {
            return Handover::InUse;
        }
        match self.app.copy_links(links).await {
            Ok(()) => Handover::Copied,
            Err(_) => Handover::Refused,
        }
    }

    /// Sends everything that is not there yet; answers links and failures in the order of the request. An error is
    /// the trouble of the whole: it never came to the files.
    pub(super) async fn carry_out(&self) -> Result<Vec<Result<Link, FailedFile>>> {
        let (app, id) = (self.app, self.id);
        app.transfers.recount(id);
        app.transfers.update(id, |transfer| {
            transfer.state = TransferState::Uploading;
            transfer.trouble = None;
            transfer.failed.clear();
        });
        let Some((request, each)) = app.transfers.record(id, |kept| {
            let arrived = |at: usize| kept.files[at].arrived(kept.request.files[at].size);
            let each: Vec<_> = (0..kept.files.len()).map(|at| (kept.mark(at), arrived(at))).collect();
            (Arc::new(kept.request.clone()), each)
        }) else {
            return Err(Kind::Internal.into());
        };
        // What an earlier run of the app began may not be allowed any more.
        app.check_upload(&request).await?;
        match self.running.stop.run_until_cancelled(self.sign_in(&request.profile)).await {
            Some(signed_in) => signed_in?,
            None => return Ok(Vec::new()),
        }
        let files = each.into_iter().enumerate().map(|(at, (mark, arrived))| {
            let request = request.clone();
            let size = Arc::new(request.files[at].size.into());
            let file = OneFile { run: self, request, at, mark, size, counted: Arc::new(arrived.into()) };
            async move { (at, file.carry().await) }
        });
        let files: Vec<_> = files.collect();
        let mut endings: Vec<(usize, Ending)> =
            futures_util::stream::iter(files).buffer_unordered(FILES_AT_ONCE).collect().await;
        endings.sort_unstable_by_key(|(at, _)| *at);
        if self.running.stopped() == Some(Stop::Cancel) || self.manner == Manner::Once {
            // Nobody goes on with it.
            self.app.abandon_all(self.id).await;
        }
        Ok(endings.into_iter().filter_map(|(_, ending)| ending).collect())
    }

    /// Signs in, and waits for the network where there is none.
    async fn sign_in(&self, profile: &ProfileId) -> Result<()> {
        let mut waits = Waits::default();
        loop {
            match self.app.store(profile).await {
                Err(e) if self.waits_for(&e, waits) => self.wait(e, &mut waits).await,
                answer => return answer.map(drop),
            }
        }
    }

    /// Whether to go on after this by waiting for the person to sign in again.
    pub(super) fn waits_for_sign_in(&self, error: &Error) -> bool {
        let is_over = matches!(error.kind(), Kind::CredentialsEnded { .. } | Kind::CodeNeeded { .. });
        is_over && self.manner != Manner::Once
    }

    /// Whether to go on after this by waiting.
    pub(super) fn waits_for(&self, error: &Error, so_far: Waits) -> bool {
        let may_pass = match error.kind() {
            Kind::Offline { .. } => true,
            Kind::ServerBusy | Kind::ServerFault => so_far.faults < FAULTS,
            _ => self.waits_for_sign_in(error),
        };
        may_pass && self.manner != Manner::Once
    }

    /// Waits, longer each time, until it is time, the person does not want to wait any longer, or has signed in.
    pub(super) async fn wait(&self, error: Error, so_far: &mut Waits) {
        let seconds = (WAITS.0 << so_far.all.min(5)).min(WAITS.1);
        so_far.all += 1;
        so_far.faults += u32::from(matches!(error.kind(), Kind::ServerBusy | Kind::ServerFault));
        let error = Arc::new(error);
        self.app.transfers.update(self.id, |transfer| {
            transfer.state = TransferState::Waiting;
            transfer.trouble = Some(error);
        });
        tokio::select! {
            () = self.app.ports.clock.pass(seconds) => {}
            () = self.running.wake.notified() => {}
        }
        self.app.transfers.update(self.id, |transfer| {
            transfer.state = TransferState::Uploading;
            transfer.trouble = None;
        });
    }
}

/// Whether a failure says that what the server has of a file is of no use any more. After all others the person
/// may try again, and goes on from there.
pub(super) fn is_final(error: &Error) -> bool {
    !matches!(
        error.kind(),
        Kind::Offline { .. }
            | Kind::ServerBusy
            | Kind::ServerFault
            | Kind::CredentialsMissing { .. }
            | Kind::CredentialsEnded { .. }
            | Kind::CredentialsRefused { .. }
            | Kind::CodeNeeded { .. }
            | Kind::CodeRefused { .. }
            | Kind::SignInUnanswered
            | Kind::Untrusted { .. }
            | Kind::KeyringLocked
            | Kind::KeyringMissing
            | Kind::KeyringRefused
            | Kind::PolicyBroken { .. }
            | Kind::AuditUnwritable { .. }
            | Kind::ClockWrong { .. }
            | Kind::Cancelled
    )
}
