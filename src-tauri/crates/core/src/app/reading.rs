//! Reads all of a place: page after page at first, then, where it goes on, several ranges of its keys at once.
//!
//! A server hands out a long listing a page at a time, each beginning where the one before ended, so a distant one is
//! waited for a thousand times. [`PageStart::After`] opens the listing anywhere. Where to open it is guessed from the
//! keys that were seen (`midpoint.rs`); what is asked for, kept and handed on is decided in `ranges.rs`, which asks
//! nobody itself. A small place costs the requests that it always did; a large one few more, see
//! [`Ranges`](ranges::Ranges). Nothing is believed of a server that its answers do not show: where one ignores where
//! a page is to begin, or lists in another order, its pages are read one after the other as before.

mod midpoint;
mod page;
mod ranges;

use std::sync::Arc;

use futures_util::StreamExt;
use futures_util::stream::{self, BoxStream};
use page::Page;
use ranges::Ranges;
use tokio::task::JoinSet;

use crate::ports::Store;
use crate::{Entry, Kind, PageStart, Place, Result};

/// In which order the entries of a place come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ReadOrder {
    /// As they arrive: quickest.
    Any,
    /// The server's order of keys; folders stand among the objects. What has arrived before its turn waits for it.
    ByKey,
}

/// Reads all of a place: folders by `/`, or with `recursive` every object below it.
///
/// Each item is a page's worth of entries, and none is empty. The next pages are asked for while an item is looked at,
/// as far ahead as is good for the memory. An error ends the stream.
///
/// # Cancellation
/// Dropping the stream stops all requests.
pub(crate) fn read_place(
    store: Arc<dyn Store>,
    place: Place,
    recursive: bool,
    order: ReadOrder,
) -> BoxStream<'static, Result<Vec<Entry>>> {
    let ranges = Ranges::of(&place.prefix, order);
    let reading = Reading { store, place: Arc::new(place), recursive, ranges, requests: JoinSet::new() };
    let pages = stream::unfold(Some(reading), async |reading| {
        let mut reading = reading?;
        let page = reading.next().await?;
        let has_ended = page.is_err();
        Some((page, (!has_ended).then_some(reading)))
    });
    pages.boxed()
}

/// A place while it is read. The requests end with it.
struct Reading {
    store: Arc<dyn Store>,
    place: Arc<Place>,
    recursive: bool,
    ranges: Ranges,
    requests: JoinSet<(u32, Result<Page>)>,
}

impl Reading {
    async fn next(&mut self) -> Option<Result<Vec<Entry>>> {
        loop {
            while let Some((range, start)) = self.ranges.ask() {
                self.request(range, start);
            }
            if let Some(entries) = self.ranges.hand_on() {
                return Some(Ok(entries));
            }
            let taken = match self.requests.join_next().await? {
                Ok((range, Ok(page))) => {
                    self.ranges.take(range, page);
                    Ok(())
                }
                Ok((range, Err(error))) => self.ranges.fail(range, error),
                Err(e) => Err(crate::Error::from(Kind::Internal).with_source(e)),
            };
            if let Err(error) = taken {
                return Some(Err(error));
            }
        }
    }

    /// In a task of its own: answers are read on all cores.
    fn request(&mut self, range: u32, start: Option<PageStart>) {
        let (store, place, recursive) = (self.store.clone(), self.place.clone(), self.recursive);
        self.requests.spawn(async move {
            let answer = store.list(&place, start.as_ref(), recursive).await;
            (range, answer.map(Page::of))
        });
    }
}

#[cfg(test)]
mod tests;
