//! What is asked for next, and what may be handed on: the plan of a reading. It asks nobody itself.
//!
//! A range is all behind one text and up to another, in the order of bytes. Together the ranges are the whole place, in
//! order. Each is read by the server's tokens, one page after the other, and ends with the first entry that belongs to
//! the next one. A range that has been opened by a guess counts once its first answer begins behind the guess; until
//! then the one before it forgets nothing of what it has read too far, and goes on with it if the guess fails.

use std::collections::VecDeque;

use super::ReadOrder;
use super::midpoint::Seen;
use super::page::{Page, name};
use crate::{Entry, Error, Kind, PageStart, Prefix, Result};

/// The most requests at once.
const PARALLEL: usize = 48;

/// So many full pages are read one after the other, before the place counts as a large one.
const SEQUENTIAL: usize = 2;

/// The fewest pages, as far as can be told, that are shared out.
const SHARED_OUT: f64 = 3.0;

/// After so many answers for each request at once, one more is tried by a server that was busy before.
const CALM: usize = 4;

/// The most pages that are read ahead of those that are handed on, give or take those under way.
const AHEAD: usize = 64;

/// The same where what comes later is read as well and has to wait.
const AHEAD_IN_ORDER: usize = 256;

/// The ranges of a place while it is read.
///
/// Read one after the other, P pages cost P requests. Here they cost at most `P + 1 + min(3P, 48) + P/4`, and just P
/// up to two full pages: each range wastes one answer at most, and [`allowance`] says how many there are. What a busy
/// server refuses is asked again and counts anew.
pub(super) struct Ranges {
    order: ReadOrder,
    /// How much all keys share, in bytes.
    floor: usize,
    ranges: Vec<Range>,
    named: u32,
    parallel: usize,
    under_way: usize,
    /// How many pages came since it last was another number at once.
    calm: usize,
    /// Whether a guess was refused; it may have been bad luck.
    was_refused: bool,
    full_pages: usize,
    cuts: usize,
    /// False once an answer has shown that the server goes another way than by bytes.
    is_ordered: bool,
    /// What may be handed on; with [`ReadOrder::ByKey`] it waits in the ranges.
    ready: VecDeque<Vec<Entry>>,
}

/// All entries behind `after`, as far as `until`; from the start, or to the end, where they are `None`.
struct Range {
    name: u32,
    after: Option<String>,
    until: Option<String>,
    state: State,
    /// Whether the server has shown that it begins behind `after`.
    is_confirmed: bool,
    /// A key that was seen before it.
    before: Option<String>,
    seen: Option<Seen>,
    /// What was read that is behind `until`, as long as the next range may fail.
    too_far: Option<Page>,
    pages: VecDeque<Vec<Entry>>,
}

enum State {
    Asks(Option<PageStart>),
    Waits(Option<PageStart>),
    Ended,
}

impl Ranges {
    /// One range: all of the place below this prefix.
    pub(super) fn of(prefix: &Prefix, order: ReadOrder) -> Self {
        let whole = Range {
            name: 0,
            after: None,
            until: None,
            state: State::Asks(None),
            is_confirmed: true,
            before: None,
            seen: None,
            too_far: None,
            pages: VecDeque::new(),
        };
        Self {
            order,
            floor: prefix.as_str().len(),
            ranges: vec![whole],
            named: 0,
            parallel: PARALLEL,
            under_way: 0,
            calm: 0,
            was_refused: false,
            full_pages: 0,
            cuts: 0,
            is_ordered: true,
            ready: VecDeque::new(),
        }
    }

    /// A page to ask for now, and the range to which the answer belongs.
    pub(super) fn ask(&mut self) -> Option<(u32, Option<PageStart>)> {
        if self.under_way >= self.parallel {
            return None;
        }
        let near = self.near_enough();
        let asks = (0..near).find(|at| self.ranges[*at].asks());
        let at = asks.or_else(|| self.cut_the_largest(near))?;
        let range = &mut self.ranges[at];
        let State::Asks(start) = &range.state else { return None };
        let start = start.clone();
        range.state = State::Waits(start.clone());
        self.under_way += 1;
        Some((range.name, start))
    }

    /// Entries whose turn it is, if there are any.
    pub(super) fn hand_on(&mut self) -> Option<Vec<Entry>> {
        if self.order == ReadOrder::Any {
            return self.ready.pop_front();
        }
        while let Some(front) = self.ranges.first_mut() {
            if let Some(entries) = front.pages.pop_front() {
                return Some(entries);
            }
            if !front.is_over() {
                return None;
            }
            self.ranges.remove(0);
        }
        None
    }

    /// Takes what the server has answered for this range.
    pub(super) fn take(&mut self, range: u32, page: Page) {
        self.under_way -= 1;
        self.calm += 1;
        if self.parallel < PARALLEL && self.calm >= CALM * self.parallel {
            (self.parallel, self.calm) = (self.parallel + 1, 0);
        }
        let Some(at) = self.find(range) else { return };
        let range = &mut self.ranges[at];
        // Where folders and objects came in another order than that of bytes, any of them may be the first.
        let first =
            if page.is_ordered { page.entries.first().map(name) } else { page.entries.iter().map(name).min() };
        let goes_on = range.seen.as_ref().zip(first).is_none_or(|(seen, first)| seen.last.as_str() < first);
        self.is_ordered &= page.is_ordered && goes_on;
        if !range.is_confirmed {
            if first.is_some_and(|first| range.after.as_deref().is_some_and(|after| first <= after)) {
                self.is_ordered = false;
                return self.give_back(at);
            }
            range.is_confirmed = first.is_some() || page.next.is_none();
            if range.is_confirmed {
                self.ranges[at - 1].too_far = None;
            }
        }
        self.keep(at, page);
        self.forget_what_is_over();
    }

    /// Takes a failure. What was a guess is given up, and a server that is busy is asked for less at once.
    ///
    /// Error: the same one, where nothing else can be done about it.
    pub(super) fn fail(&mut self, range: u32, error: Error) -> Result<()> {
        self.under_way -= 1;
        let Some(at) = self.find(range) else { return Err(error) };
        let is_busy = *error.kind() == Kind::ServerBusy;
        let is_alone = self.under_way == 0;
        if is_busy {
            (self.parallel, self.calm) = (self.under_way.div_ceil(2).max(1), 0);
        }
        let range = &mut self.ranges[at];
        if !range.is_confirmed {
            if !is_busy {
                // A server that refuses to begin there refuses again.
                self.is_ordered &= !std::mem::replace(&mut self.was_refused, true);
            }
            self.give_back(at);
            return Ok(());
        }
        match &mut range.state {
            State::Waits(start) if is_busy && !is_alone => {
                range.state = State::Asks(start.take());
                Ok(())
            }
            _ => Err(error),
        }
    }

    fn find(&self, range: u32) -> Option<usize> {
        self.ranges.iter().position(|one| one.name == range)
    }

    /// Keeps what belongs to the range.
    fn keep(&mut self, at: usize, page: Page) {
        let next_may_fail = self.ranges.get(at + 1).is_some_and(|next| !next.is_confirmed);
        let range = &mut self.ranges[at];
        let Page { mut entries, is_ordered, next } = page;
        let is_own = |entry: &Entry| range.until.as_deref().is_none_or(|until| name(entry) <= until);
        let too_far = match is_ordered {
            true => entries.split_off(entries.partition_point(is_own)),
            // Folders that are too far may stand before objects that are not.
            false => entries.extract_if(.., |entry| !is_own(entry)).collect(),
        };
        range.state = match &next {
            Some(_) if too_far.is_empty() => State::Asks(next.clone()),
            _ => State::Ended,
        };
        if range.is_ended() && next_may_fail {
            range.too_far = Some(Page { entries: too_far, is_ordered, next });
        }
        if entries.is_empty() {
            return;
        }
        self.full_pages += usize::from(!range.is_ended());
        range.seen = Seen::on(&entries, range.seen.as_ref(), range.before.as_deref());
        match self.order {
            ReadOrder::Any => self.ready.push_back(entries),
            ReadOrder::ByKey => range.pages.push_back(entries),
        }
    }

    /// Gives a range back to the one before it.
    fn give_back(&mut self, at: usize) {
        let gone = self.ranges.remove(at);
        let before = &mut self.ranges[at - 1];
        before.until = gone.until;
        if let Some(page) = before.too_far.take() {
            self.keep(at - 1, page);
        }
        self.forget_what_is_over();
    }

    fn forget_what_is_over(&mut self) {
        self.ranges.retain(|range| !(range.is_over() && range.pages.is_empty()));
    }

    /// How many ranges, from the first, may be read on. The others have what was read before them in their way.
    fn near_enough(&self) -> usize {
        let mut ahead = self.ready.len() + self.under_way;
        if self.order == ReadOrder::Any {
            return if ahead < AHEAD { self.ranges.len() } else { 0 };
        }
        let near = self.ranges.iter().take_while(|range| {
            ahead += range.pages.len();
            ahead < AHEAD_IN_ORDER
        });
        near.count().max(1).min(self.ranges.len())
    }

    /// Makes two of the range of which most is left, among so many; answers where the second one is.
    fn cut_the_largest(&mut self, near: usize) -> Option<usize> {
        if !self.is_ordered || self.full_pages < SEQUENTIAL || self.cuts >= allowance(self.full_pages) {
            return None;
        }
        let left = |at: &usize| self.ranges[*at].pages_left();
        let large = (0..near).filter(|at| left(at) >= SHARED_OUT && self.ranges[*at].cut(self.floor).is_some());
        let at = large.max_by(|one, other| left(one).total_cmp(&left(other)))?;
        self.cut(at)
    }

    fn cut(&mut self, at: usize) -> Option<usize> {
        let range = &mut self.ranges[at];
        let cut = range.cut(self.floor)?;
        self.named += 1;
        self.cuts += 1;
        let behind = Range {
            name: self.named,
            after: Some(cut.clone()),
            until: range.until.replace(cut.clone()),
            state: State::Asks(Some(PageStart::After(cut))),
            is_confirmed: false,
            before: range.seen.as_ref().map(|seen| seen.last.clone()),
            seen: None,
            too_far: None,
            pages: VecDeque::new(),
        };
        self.ranges.insert(at + 1, behind);
        Some(at + 1)
    }
}

/// How often a place may be cut of which so many full pages have been read: soon, and then seldom.
fn allowance(full_pages: usize) -> usize {
    (3 * full_pages).saturating_sub(4).min(PARALLEL) + full_pages / 4
}

impl Range {
    fn asks(&self) -> bool {
        matches!(self.state, State::Asks(_))
    }

    fn is_ended(&self) -> bool {
        matches!(self.state, State::Ended)
    }

    /// Whether nothing more comes of it, whatever becomes of the next one.
    fn is_over(&self) -> bool {
        self.is_ended() && self.too_far.is_none()
    }

    fn pages_left(&self) -> f64 {
        let seen = self.seen.as_ref().filter(|_| !self.is_ended());
        seen.map_or(0.0, |seen| seen.pages_left(self.until.as_deref()))
    }

    fn cut(&self, floor: usize) -> Option<String> {
        self.seen.as_ref()?.cut(self.until.as_deref(), floor)
    }
}
