//! The transfers of this run of the app: where each stands, what is written down of it, and how it is stopped.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};

use tokio::sync::{Notify, OnceCell, watch};
use tokio_util::sync::CancellationToken;

use crate::journal::{Entry, KeptFile, KeptTransfer, Leftover};
use crate::ports::Multipart;
use crate::{Handover, ProfileId, Transfer, TransferId, TransferState};

/// The transfers that are known, oldest first.
#[derive(Clone)]
pub struct Transfers {
    state: watch::Sender<Vec<Transfer>>,
    inner: Arc<Mutex<Inner>>,
    /// Set when those of earlier runs are among them.
    pub(super) restored: Arc<OnceCell<()>>,
}

#[derive(Default)]
struct Inner {
    last_id: u32,
    records: HashMap<TransferId, KeptTransfer>,
    running: HashMap<TransferId, Running>,
}

/// A transfer that something is being done about.
#[derive(Clone, Default)]
pub(super) struct Running {
    /// Stops all that is being done.
    pub(super) stop: CancellationToken,
    /// Why, once it is cancelled.
    why: Arc<OnceLock<Stop>>,
    /// Ends a wait for the network.
    pub(super) wake: Arc<Notify>,
    /// Done with, and everything about it tidied up.
    ended: CancellationToken,
}

/// Why a transfer is stopped.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stop {
    /// It goes on later.
    Pause,
    /// It does not.
    Cancel,
}

impl Running {
    pub(super) fn stop(&self, why: Stop) {
        // The first reason holds: a transfer that is being cancelled cannot be paused any more.
        let _ = self.why.set(why);
        self.stop.cancel();
    }

    pub(super) fn stopped(&self) -> Option<Stop> {
        self.why.get().copied()
    }

    pub(super) fn end(&self) {
        self.ended.cancel();
    }

    pub(super) async fn ended(&self) {
        self.ended.cancelled().await;
    }
}

impl Default for Transfers {
    fn default() -> Self {
        Self { state: watch::Sender::new(Vec::new()), inner: Arc::default(), restored: Arc::default() }
    }
}

impl Transfers {
    /// The state of all transfers, now and whenever one changes.
    pub fn watch(&self) -> watch::Receiver<Vec<Transfer>> {
        self.state.subscribe()
    }

    pub(super) fn update(&self, id: TransferId, change: impl FnOnce(&mut Transfer)) {
        self.state.send_if_modified(|all| {
            let found = all.iter_mut().find(|transfer| transfer.id == id);
            found.map(change).is_some()
        });
    }

    /// Takes up a transfer under the next free id, or under the one that it has.
    pub(super) fn add(&self, id: Option<TransferId>, kept: KeptTransfer) -> TransferId {
        let mut inner = self.inner();
        let id = id.unwrap_or(TransferId(inner.last_id + 1));
        inner.last_id = inner.last_id.max(id.0);
        let transfer = at_its_start(id, &kept);
        inner.records.insert(id, kept);
        drop(inner);
        self.state.send_modify(|all| all.push(transfer));
        id
    }

    /// Ends the waiting of those that go with this profile.
    pub(super) fn wake(&self, profile: &ProfileId) {
        let inner = self.inner();
        let of_profile =
            |id: &TransferId| inner.records.get(id).is_some_and(|kept| kept.request.profile == *profile);
        inner.running.iter().filter(|(id, _)| of_profile(id)).for_each(|(_, run)| run.wake.notify_waiters());
    }

    pub(super) fn remove(&self, id: TransferId) -> Option<KeptTransfer> {
        self.state.send_modify(|all| all.retain(|transfer| transfer.id != id));
        self.inner().records.remove(&id)
    }

    pub(super) fn get(&self, id: TransferId) -> Option<Transfer> {
        self.state.borrow().iter().find(|transfer| transfer.id == id).cloned()
    }

    pub(super) fn record<T>(&self, id: TransferId, read: impl FnOnce(&KeptTransfer) -> T) -> Option<T> {
        self.inner().records.get(&id).map(read)
    }

    /// The names of the uploads in parts that are on their way to where this one was to go, so that it can be told
    /// from them: where it has a name, from none. `None` where one of them has no name itself.
    pub(super) fn to_spare(&self, left: &Leftover) -> Option<Vec<String>> {
        if left.upload_id.is_some() {
            return Some(Vec::new());
        }
        let inner = self.inner();
        let there = inner.records.values().filter(|kept| kept.request.place.bucket == left.bucket);
        let begun = there.flat_map(|kept| &kept.files).filter_map(|file| match file {
            KeptFile::Begun(key, multipart) if *key == left.key => Some(multipart),
            _ => None,
        });
        let others = begun.filter(|multipart| multipart.asked_at != left.asked_at);
        others.map(|multipart| multipart.upload_id.clone()).collect()
    }

    /// Gives the upload its name that was asked for at the same time. `false` where nobody waits for it any more.
    pub(super) fn give_name(&self, id: TransferId, at: usize, named: &Multipart) -> bool {
        let mut inner = self.inner();
        let Some(record) = inner.records.get_mut(&id) else { return false };
        match &mut record.files[at] {
            KeptFile::Begun(_, begun) if begun.upload_id.is_none() && begun.asked_at == named.asked_at => {
                *begun = named.clone();
                true
            }
            _ => false,
        }
    }

    pub(super) fn apply(&self, id: TransferId, entry: Entry) {
        if let Some(record) = self.inner().records.get_mut(&id) {
            record.apply(entry);
        }
    }

    /// Marks a transfer as under way. `None` where it is already.
    pub(super) fn start(&self, id: TransferId) -> Option<Running> {
        let mut inner = self.inner();
        if inner.running.contains_key(&id) {
            return None;
        }
        let running = Running::default();
        inner.running.insert(id, running.clone());
        Some(running)
    }

    pub(super) fn running(&self, id: TransferId) -> Option<Running> {
        self.inner().running.get(&id).cloned()
    }

    pub(super) fn all_running(&self) -> Vec<Running> {
        self.inner().running.values().cloned().collect()
    }

    pub(super) fn end(&self, id: TransferId) {
        let running = self.inner().running.remove(&id);
        if let Some(running) = running {
            running.end();
        }
    }

    /// The figures of a transfer, from what is known of its files.
    pub(super) fn recount(&self, id: TransferId) {
        if let Some(fresh) = self.record(id, |kept| at_its_start(id, kept)) {
            self.update(id, |transfer| {
                transfer.files_done = fresh.files_done;
                transfer.bytes_sent = fresh.bytes_sent;
                transfer.bytes_total = fresh.bytes_total;
                transfer.left_out = fresh.left_out;
            });
        }
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // A panic elsewhere cannot leave these maps half-written.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn at_its_start(id: TransferId, kept: &KeptTransfer) -> Transfer {
    let files = || kept.request.files.iter().zip(&kept.files);
    let sizes = |wanted: fn(&KeptFile) -> bool| {
        files().filter(|(_, far)| wanted(far)).map(|(file, _)| file.size).sum::<u64>()
    };
    Transfer {
        id,
        profile: kept.request.profile.clone(),
        place: kept.request.place.clone(),
        expiry: kept.request.expiry,
        disposition: kept.request.disposition,
        state: TransferState::Paused,
        files: kept.files.len(),
        files_done: kept
            .files
            .iter()
            .filter(|far| matches!(far, KeptFile::Sent(_) | KeptFile::LeftOut))
            .count(),
        current_name: files()
            .find(|(_, far)| matches!(far, KeptFile::Waiting | KeptFile::Begun(..)))
            .map(|(file, _)| file.name.clone()),
        bytes_sent: files().map(|(file, far)| far.arrived(file.size)).sum(),
        bytes_total: sizes(|far| *far != KeptFile::LeftOut),
        started_at: kept.started_at,
        is_kept: false,
        trouble: None,
        restarted: std::collections::BTreeSet::new(),
        left_out: files()
            .filter(|(_, far)| **far == KeptFile::LeftOut)
            .map(|(file, _)| file.name.clone())
            .collect(),
        sent: Vec::new(),
        failed: Vec::new(),
        handover: Handover::None,
    }
}
