//! One open folder: what was read of it, how that is shown, and what is being done about it.

use std::collections::HashSet;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use futures_util::StreamExt;
use futures_util::stream::BoxStream;
use tokio::sync::watch;
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use crate::index::{Change, Table, ref_of};
use crate::{Arrangement, Depth, Entry, Error, FolderState, Place, ProfileId, Result, RowRef, SelectAct};

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

struct Inner {
    table: Table,
    /// What is read to take the table's place.
    fresh: Option<Table>,
    /// What is known better than by the pages that are still to come.
    settled: HashSet<RowRef>,
    /// What this app has done here, and has yet to be shown.
    pending: Vec<Change>,
    is_changing: bool,
    is_arranging: bool,
    /// Which reading it is, and what ends it.
    run: u32,
    reading: CancellationToken,
    /// Ends the looking ahead.
    looking: CancellationToken,
    scanned: usize,
    is_reading: bool,
    is_complete: bool,
    is_cut: bool,
    error: Option<Arc<Error>>,
}

impl Inner {
    fn state(&self) -> FolderState {
        FolderState {
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
        let arranged = self.table.arranging().run();
        self.table.apply(arranged);
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
            looking: CancellationToken::new(),
            scanned: 0,
            is_reading: true,
            is_complete: false,
            is_cut: false,
            error: None,
        };
        let state = watch::Sender::new(inner.state());
        Self { profile, place, depth, state, inner: Mutex::new(inner) }
    }

    pub(super) fn watch(&self) -> watch::Receiver<FolderState> {
        self.state.subscribe()
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Reads from the table.
    pub(super) fn with_table<T>(&self, read: impl FnOnce(&Table) -> T) -> T {
        read(&self.inner().table)
    }

    pub(super) fn select(&self, act: SelectAct) {
        let mut inner = self.inner();
        inner.table.select(act);
        self.publish(&inner);
    }

    fn publish(&self, inner: &Inner) {
        self.state.send_replace(inner.state());
    }

    /// Stops reading, and all that goes with it.
    pub(super) fn stop(&self) {
        let inner = self.inner();
        inner.reading.cancel();
        inner.looking.cancel();
    }

    /// Reads these pages, in place of what was being read. `is_there` is awaited once the server has let us
    /// look.
    pub(super) fn read(
        self: Arc<Self>,
        pages: BoxStream<'static, Result<Vec<Entry>>>,
        is_there: impl Future<Output = ()> + Send + 'static,
    ) {
        let stop = CancellationToken::new();
        let mut inner = self.inner();
        inner.reading.cancel();
        inner.reading = stop.clone();
        inner.run += 1;
        let run = inner.run;
        inner.is_reading = true;
        inner.error = None;
        inner.scanned = 0;
        inner.settled.clear();
        inner.fresh = (inner.table.loaded() > 0).then(|| inner.table.anew(&self.place.prefix));
        if inner.fresh.is_none() {
            (inner.is_complete, inner.is_cut) = (false, false);
        }
        self.publish(&inner);
        drop(inner);
        tokio::spawn(async move {
            let ended = tokio::select! {
                biased;
                () = stop.cancelled() => Ok(Ended::Stopped),
                ended = self.take_all(pages, run, is_there) => ended,
            };
            if matches!(ended, Ok(Ended::Whole | Ended::Cut)) {
                self.show_fresh(run).await;
            }
            self.end(ended, run);
        });
    }

    async fn take_all(
        self: &Arc<Self>,
        mut pages: BoxStream<'static, Result<Vec<Entry>>>,
        run: u32,
        is_there: impl Future<Output = ()> + Send + 'static,
    ) -> Result<Ended> {
        let mut is_there = Some(is_there);
        while let Some(entries) = pages.next().await {
            if !self.take(entries?, run) {
                return Ok(Ended::Cut);
            }
            is_there.take().map(tokio::spawn);
        }
        is_there.map(tokio::spawn);
        Ok(Ended::Whole)
    }

    /// Takes a page. False where no more is kept.
    fn take(self: &Arc<Self>, mut entries: Vec<Entry>, run: u32) -> bool {
        let mut inner = self.inner();
        if inner.run != run {
            return false;
        }
        inner.scanned += entries.len();
        if !inner.settled.is_empty() {
            entries.retain(|entry| !inner.settled.contains(&ref_of(entry)));
        }
        let takes_more = match &mut inner.fresh {
            Some(fresh) => fresh.extend(entries),
            None => inner.table.extend(entries),
        };
        self.show(inner);
        takes_more
    }

    /// Lets what was read anew take the place of what is shown, once it is in order.
    async fn show_fresh(&self, run: u32) {
        loop {
            let arranging = self.inner().fresh.as_ref().map(Table::arranging);
            let Some(arranging) = arranging else { return };
            let Ok(arranged) = spawn_blocking(|| arranging.run()).await else { return };
            let mut inner = self.inner();
            if inner.run != run {
                return;
            }
            // Overtaken by a change, or by another order that is wanted now: once more.
            let Some(mut fresh) = inner.fresh.take() else { return };
            if fresh.apply(arranged) {
                fresh.take_over(&inner.table);
                inner.table = fresh;
                return;
            }
            inner.fresh = Some(fresh);
        }
    }

    fn end(self: &Arc<Self>, ended: Result<Ended>, run: u32) {
        let mut inner = self.inner();
        if inner.run != run {
            return;
        }
        inner.is_reading = false;
        inner.looking.cancel();
        inner.settled.clear();
        inner.fresh = None;
        match ended {
            Ok(Ended::Whole) => (inner.is_complete, inner.is_cut) = (true, false),
            Ok(Ended::Cut) => (inner.is_complete, inner.is_cut) = (false, true),
            Ok(Ended::Stopped) => {}
            Err(error) => inner.error = Some(Arc::new(error)),
        }
        self.show(inner);
    }

    /// Shows how it stands, in order as far as that is quick.
    fn show(self: &Arc<Self>, mut inner: MutexGuard<'_, Inner>) {
        if inner.arrange_few() && !inner.is_arranging {
            inner.is_arranging = true;
            tokio::spawn(self.clone().arrange_many());
        }
        self.publish(&inner);
    }

    async fn arrange_many(self: Arc<Self>) {
        loop {
            self.arranged().await;
            let mut inner = self.inner();
            if !inner.table.wants_arranging(inner.reads_into_table()) {
                inner.is_arranging = false;
                return;
            }
        }
    }

    /// Takes note of how rows are to be shown. False where other rows have to be read for it.
    pub(super) fn arrange(&self, arrangement: Arrangement) -> bool {
        let mut inner = self.inner();
        inner.looking.cancel();
        let holds_all = inner.is_complete && !inner.is_cut;
        if !inner.table.holds_all_of(&arrangement.search, holds_all) {
            inner.table.begin_anew(&self.place.prefix, arrangement);
            return false;
        }
        if let Some(fresh) = &mut inner.fresh {
            fresh.arrange(arrangement.clone());
        }
        inner.table.arrange(arrangement);
        true
    }

    /// Puts the rows in order as they are now, unless that is overtaken meanwhile.
    pub(super) async fn arranged(&self) {
        let arranging = self.inner().table.arranging();
        let Ok(arranged) = spawn_blocking(|| arranging.run()).await else {
            return;
        };
        let mut inner = self.inner();
        if inner.table.apply(arranged) {
            self.publish(&inner);
        }
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
    pub(super) fn take_ahead(self: &Arc<Self>, entries: Vec<Entry>, looking: &CancellationToken) {
        let mut inner = self.inner();
        if looking.is_cancelled() {
            return;
        }
        inner.settled.extend(entries.iter().map(ref_of));
        inner.table.add_missing(entries);
        self.show(inner);
    }

    /// Takes note of what this app has done here. True where nobody is about to apply it.
    pub(super) fn note(&self, changes: Vec<Change>) -> bool {
        let mut inner = self.inner();
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
        if inner.is_reading {
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

/// How reading ended.
enum Ended {
    Whole,
    Cut,
    Stopped,
}
