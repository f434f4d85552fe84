//! One open folder: what was read of it, how that is shown, and what is being done about it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::course::Pages;
use crate::index::{Change, Table, ref_of};
use crate::{Arrangement, Depth, Entry, Error, FolderState, Place, ProfileId, RowRef, SelectAct};

/// Up to so many rows are put in order where they arrive, so that they are never shown otherwise: it takes less than a
/// frame. More are put in order beside.
const QUICK_ROWS: usize = 10_000;

pub(super) struct Folder {
    pub(super) profile: ProfileId,
    pub(super) place: Place,
    pub(super) depth: Depth,
    state: watch::Sender<FolderState>,
    inner: Mutex<Inner>,
}

pub(super) struct Inner {
    pub(super) table: Table,
    /// What is read to take the table's place.
    pub(super) fresh: Option<Table>,
    /// What is known better than by the pages that are still to come.
    pub(super) settled: HashSet<RowRef>,
    /// What this app has done here, and has yet to be shown.
    pub(super) pending: Vec<Change>,
    is_changing: bool,
    is_arranging: bool,
    /// Which reading it is, and what ends it.
    pub(super) run: u32,
    pub(super) reading: CancellationToken,
    /// What is left to be read of a reading that was stopped.
    pub(super) stopped: Option<Pages>,
    /// Ends the looking ahead.
    pub(super) looking: CancellationToken,
    pub(super) scanned: usize,
    pub(super) is_reading: bool,
    pub(super) is_complete: bool,
    pub(super) is_cut: bool,
    pub(super) error: Option<Arc<Error>>,
    /// Nobody looks at it any more, and nothing more is done for it.
    pub(super) is_closed: bool,
    sequence: u32,
}

impl Inner {
    fn state(&self) -> FolderState {
        FolderState {
            sequence: self.sequence,
            search: self.table.search().to_owned(),
            shown: self.table.shown(),
            loaded: self.table.loaded(),
            scanned: self.scanned,
            generation: self.table.generation(),
            is_reading: self.is_reading,
            is_complete: self.is_complete,
            is_arranged: self.table.is_arranged(),
            is_cut: self.is_cut,
            error: self.error.clone(),
            selection: self.table.selection(),
        }
    }

    /// Ends what is being read and looked for; what still comes of it is not taken.
    pub(super) fn end_run(&mut self) {
        self.reading.cancel();
        self.looking.cancel();
        self.run += 1;
        (self.fresh, self.stopped, self.scanned) = (None, None, 0);
        self.settled.clear();
    }

    /// Whether pages go into the table that is shown.
    fn reads_into_table(&self) -> bool {
        self.is_reading && self.fresh.is_none()
    }

    /// Puts a few rows in order at once. True where there are more than a few.
    fn arrange_few(&mut self) -> bool {
        if !self.table.wants_arranging(self.reads_into_table()) {
            return false;
        }
        if self.table.loaded() > QUICK_ROWS {
            return true;
        }
        let sorted = self.table.sorting().run();
        self.table.apply(sorted);
        false
    }
}

impl Folder {
    pub(super) fn new(profile: ProfileId, place: Place, depth: Depth, arrangement: Arrangement) -> Self {
        let table = Table::new(&place.prefix, depth, arrangement);
        let inner = Inner {
            table,
            fresh: None,
            settled: HashSet::new(),
            pending: Vec::new(),
            is_changing: false,
            is_arranging: false,
            run: 0,
            reading: CancellationToken::new(),
            stopped: None,
            looking: CancellationToken::new(),
            scanned: 0,
            is_reading: true,
            is_complete: false,
            is_cut: false,
            error: None,
            is_closed: false,
            sequence: 0,
        };
        let state = watch::Sender::new(inner.state());
        Self { profile, place, depth, state, inner: Mutex::new(inner) }
    }

    pub(super) fn watch(&self) -> watch::Receiver<FolderState> {
        self.state.subscribe()
    }

    pub(super) fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads from the table.
    pub(super) fn with_table<T>(&self, read: impl FnOnce(&Table) -> T) -> T {
        read(&self.inner().table)
    }

    pub(super) fn select(&self, act: SelectAct) {
        let mut inner = self.inner();
        inner.table.select(act);
        self.publish(&mut inner);
    }

    pub(super) fn publish(&self, inner: &mut Inner) {
        inner.sequence += 1;
        self.state.send_replace(inner.state());
    }

    /// Shows how it stands, in order as far as that is quick.
    pub(super) fn show(self: &Arc<Self>, mut inner: MutexGuard<'_, Inner>) {
        if inner.is_closed {
            return;
        }
        if inner.arrange_few() && !inner.is_arranging {
            inner.is_arranging = true;
            tokio::spawn(self.clone().arrange_many());
        }
        self.publish(&mut inner);
    }

    async fn arrange_many(self: Arc<Self>) {
        loop {
            let is_done = self.sort().await;
            let mut inner = self.inner();
            if !is_done || inner.is_closed || !inner.table.wants_arranging(inner.reads_into_table()) {
                inner.is_arranging = false;
                return;
            }
        }
    }

    /// Puts the rows in order as they are now, unless that is overtaken meanwhile. False where that cannot be done.
    async fn sort(self: &Arc<Self>) -> bool {
        let sorting = self.inner().table.sorting();
        let Ok(sorted) = spawn_blocking(|| sorting.run()).await else {
            return false;
        };
        let mut inner = self.inner();
        inner.table.apply(sorted);
        self.show(inner);
        true
    }

    /// Takes note of how rows are to be shown. False where other rows have to be read for it; then nothing is changed.
    pub(super) fn arrange(&self, arrangement: Arrangement) -> bool {
        let mut inner = self.inner();
        let holds_all = inner.is_complete && !inner.is_cut;
        if !inner.table.holds_all_of(&arrangement.search, holds_all) {
            return false;
        }
        inner.looking.cancel();
        if let Some(fresh) = &mut inner.fresh {
            fresh.arrange(arrangement.clone());
        }
        inner.table.arrange(arrangement);
        true
    }

    /// Shows what is searched for now, in the order that is wished for now, unless that is overtaken meanwhile.
    pub(super) async fn arranged(self: &Arc<Self>) {
        let searching = self.inner().table.searching();
        if let Some(searching) = searching {
            let Ok(searched) = spawn_blocking(|| searching.run()).await else {
                return;
            };
            self.inner().table.show_found(searched);
        }
        if !self.show_if_quick() {
            self.sort().await;
        }
    }

    /// Shows how it stands. False where the rows have to be put in order for that, and are many.
    fn show_if_quick(self: &Arc<Self>) -> bool {
        let inner = self.inner();
        let is_quick = inner.table.is_in_order() || inner.table.loaded() <= QUICK_ROWS;
        if is_quick {
            self.show(inner);
        }
        is_quick
    }

    /// What ends the looking ahead that begins now, in place of the one before.
    pub(super) fn begin_looking(&self) -> CancellationToken {
        let mut inner = self.inner();
        inner.looking.cancel();
        inner.looking = CancellationToken::new();
        if !inner.reads_into_table() {
            inner.looking.cancel();
        }
        inner.looking.clone()
    }

    /// Takes what has been found ahead of the reading.
    pub(super) async fn take_ahead(self: &Arc<Self>, entries: Vec<Entry>, looking: &CancellationToken) {
        let index = self.inner().table.index();
        let (refs, among): (Vec<RowRef>, _) = (entries.iter().map(ref_of).collect(), index.len());
        let finding = spawn_blocking(move || (index.find(&refs, 0), refs));
        let Ok((known, refs)) = finding.await else { return };
        let mut inner = self.inner();
        if looking.is_cancelled() || !inner.reads_into_table() {
            return;
        }
        inner.settled.extend(refs);
        inner.table.add_missing(entries, &known, among);
        self.show(inner);
    }

    /// Takes note of what this app has done here. True where nobody is about to apply it.
    pub(super) fn note(&self, changes: Vec<Change>) -> bool {
        let mut inner = self.inner();
        if inner.is_closed {
            return false;
        }
        inner.pending.extend(changes);
        !std::mem::replace(&mut inner.is_changing, true)
    }

    /// Shows what has been noted. False where nothing has been.
    pub(super) fn apply_noted(self: &Arc<Self>) -> bool {
        let mut inner = self.inner();
        let changes = std::mem::take(&mut inner.pending);
        if changes.is_empty() {
            inner.is_changing = false;
            return false;
        }
        if inner.is_reading || inner.stopped.is_some() {
            // A page that was on its way may not know of it yet.
            inner.settled.extend(changes.iter().map(Change::row));
        }
        if let Some(fresh) = &mut inner.fresh {
            fresh.change(changes.clone());
        }
        inner.table.change(changes);
        self.show(inner);
        true
    }
}
