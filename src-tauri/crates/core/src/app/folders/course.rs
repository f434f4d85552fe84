//! How a folder is read: how that begins, is stopped, goes on and ends.

use std::sync::{Arc, MutexGuard};

use futures_util::StreamExt;
use futures_util::future::BoxFuture;
use futures_util::stream::BoxStream;
use tokio::task::spawn_blocking;
use tokio_util::sync::CancellationToken;

use super::folder::{Folder, Inner};
use crate::index::ref_of;
use crate::{Arrangement, Entry, Result};

/// The pages of a folder, as far as they have not been read.
pub(super) struct Pages {
    pub(super) rest: BoxStream<'static, Result<Vec<Entry>>>,
    /// Is done once the server has let us look.
    pub(super) is_there: Option<BoxFuture<'static, ()>>,
}

/// How reading ended.
enum Ended {
    Whole,
    Cut,
    Stopped,
}

impl Folder {
    /// Reads these pages, in place of what was being read. What is shown stays until they are all there.
    pub(super) fn read(self: &Arc<Self>, pages: Pages) {
        let mut inner = self.inner();
        inner.end_run();
        // What has been read whole is shown as that, even where it was nothing.
        let is_shown = inner.table.loaded() > 0 || inner.is_complete;
        inner.fresh = is_shown.then(|| inner.table.anew(&self.place.prefix));
        if inner.fresh.is_none() {
            (inner.is_complete, inner.is_cut) = (false, false);
        }
        self.start(inner, pages);
    }

    /// Reads these pages for another search, and shows nothing of before.
    pub(super) fn read_for(self: &Arc<Self>, arrangement: Arrangement, pages: Pages) {
        let mut inner = self.inner();
        inner.end_run();
        inner.table.begin_anew(&self.place.prefix, arrangement);
        (inner.is_complete, inner.is_cut) = (false, false);
        self.start(inner, pages);
    }

    /// Reads on where reading was stopped. False where it was not.
    pub(super) fn go_on(self: &Arc<Self>) -> bool {
        let mut inner = self.inner();
        let Some(pages) = inner.stopped.take() else { return false };
        self.start(inner, pages);
        true
    }

    /// Stops reading; what was read stays, and it can go on from there.
    pub(super) fn stop(&self) {
        let inner = self.inner();
        inner.reading.cancel();
        inner.looking.cancel();
    }

    /// Stops all that is done for the folder, for good.
    pub(super) fn close(&self) {
        let mut inner = self.inner();
        inner.end_run();
        inner.is_closed = true;
        inner.pending.clear();
    }

    fn start(self: &Arc<Self>, mut inner: MutexGuard<'_, Inner>, mut pages: Pages) {
        if inner.is_closed {
            return;
        }
        let (folder, stop) = (self.clone(), CancellationToken::new());
        inner.reading = stop.clone();
        inner.run += 1;
        let run = inner.run;
        (inner.is_reading, inner.error) = (true, None);
        self.publish(&mut inner);
        drop(inner);
        tokio::spawn(async move {
            let ended = tokio::select! {
                biased;
                () = stop.cancelled() => Ok(Ended::Stopped),
                ended = folder.take_all(&mut pages, run) => ended,
            };
            if matches!(ended, Ok(Ended::Whole | Ended::Cut)) {
                folder.show_fresh(run).await;
            }
            folder.end(ended, run, pages);
        });
    }

    /// Where this is dropped, nothing of the pages is lost.
    async fn take_all(self: &Arc<Self>, pages: &mut Pages, run: u32) -> Result<Ended> {
        while let Some(entries) = pages.rest.next().await {
            if !self.take(entries?, run) {
                return Ok(Ended::Cut);
            }
            pages.is_there.take().map(tokio::spawn);
        }
        pages.is_there.take().map(tokio::spawn);
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
            let aside = {
                let inner = self.inner();
                let Some(fresh) = inner.fresh.as_ref().filter(|_| inner.run == run) else { return };
                (fresh.sorting(), fresh.searching(), inner.table.recognising(fresh))
            };
            let reckoned = spawn_blocking(|| {
                let (sorting, searching, recognising) = aside;
                (sorting.run(), searching.map(|searching| searching.run()), recognising.run())
            });
            let Ok((sorted, searched, recognised)) = reckoned.await else { return };
            let mut inner = self.inner();
            if inner.run != run {
                return;
            }
            // Overtaken by a change, by another order or search, or by another choice: once more.
            let Some(mut fresh) = inner.fresh.take() else { return };
            let is_as_wished = fresh.apply(sorted) && searched.is_none_or(|one| fresh.show_found(one));
            if is_as_wished && fresh.take_over(&inner.table, &recognised) {
                inner.table = fresh;
                return;
            }
            inner.fresh = Some(fresh);
        }
    }

    fn end(self: &Arc<Self>, ended: Result<Ended>, run: u32, pages: Pages) {
        let mut inner = self.inner();
        if inner.run != run {
            return;
        }
        inner.is_reading = false;
        inner.looking.cancel();
        match ended {
            // What was not read whole can be read on, with what has been read aside and what is known better.
            Ok(Ended::Stopped) if !inner.is_complete => {
                inner.stopped = Some(pages);
                return self.show(inner);
            }
            Ok(Ended::Stopped) => {}
            Ok(Ended::Whole) => (inner.is_complete, inner.is_cut) = (true, false),
            Ok(Ended::Cut) => (inner.is_complete, inner.is_cut) = (false, true),
            Err(error) => inner.error = Some(Arc::new(error)),
        }
        inner.settled.clear();
        inner.fresh = None;
        self.show(inner);
    }
}
