//! What takes long in a long folder: putting rows in order, looking through all of them, finding them again in another
//! reading, naming what is chosen. Each is reckoned of a snapshot, on whichever thread; the table takes the outcome
//! unless it has been overtaken.

use std::sync::Arc;

use super::order::{insert, order};
use super::{Index, Query, Row, RowSet};
use crate::{Arrangement, Depth, Entry};

/// So many times as many rows as come to them must be in order, for those to be put in one by one.
const FEW: usize = 32;

/// What it takes to put rows in order.
pub(crate) struct Sorting {
    pub(super) index: Index,
    pub(super) arrangement: Arrangement,
    pub(super) order: Arc<Vec<Row>>,
    /// How many of `order` stand where they belong.
    pub(super) arranged: usize,
    pub(super) version: u32,
}

/// Rows in order.
pub(crate) struct Sorted {
    /// How many rows there were.
    pub(super) rows: usize,
    pub(super) order: Vec<Row>,
    pub(super) version: u32,
}

impl Sorting {
    /// Reckons.
    pub(crate) fn run(self) -> Sorted {
        let (sorted, others) = self.order.split_at(self.arranged);
        let order = match others.len().saturating_mul(FEW) <= sorted.len() {
            true => insert(&self.index, &self.arrangement, sorted, others),
            false => order(&self.index, &self.arrangement),
        };
        Sorted { rows: self.index.len(), order, version: self.version }
    }
}

/// What it takes to find what is searched for.
pub(crate) struct Searching {
    pub(super) index: Index,
    pub(super) depth: Depth,
    pub(super) query: Query,
    pub(super) version: u32,
}

/// What was found.
pub(crate) struct Searched {
    /// How many rows there were.
    pub(super) rows: usize,
    pub(super) query: Query,
    pub(super) found: RowSet,
    pub(super) version: u32,
}

impl Searching {
    /// Reckons.
    pub(crate) fn run(self) -> Searched {
        let found = matches(&self.index, self.depth, &self.query, 0);
        Searched { rows: self.index.len(), query: self.query, found, version: self.version }
    }
}

/// The rows from this one on that match, those that are gone as well: they may come back.
pub(super) fn matches(index: &Index, depth: Depth, query: &Query, from: usize) -> RowSet {
    match depth {
        Depth::Here => index.matches(query, from),
        // Few enough to look at each, by the rule by which they were found.
        Depth::Below => {
            let mut found = RowSet::default();
            index.each_name(from, |row, name, _| {
                if query.finds(&String::from_utf8_lossy(name)) {
                    found.insert(row);
                }
            });
            found
        }
    }
}

/// What it takes to find again in another reading what was chosen.
pub(crate) struct Recognising {
    pub(super) chosen: RowSet,
    pub(super) index: Index,
    pub(super) fresh: Index,
    pub(super) revision: u32,
}

/// What was chosen, in another reading.
pub(crate) struct Recognised {
    pub(super) rows: RowSet,
    pub(super) revision: u32,
}

impl Recognising {
    /// Reckons.
    pub(crate) fn run(self) -> Recognised {
        let rows = self.index.namesakes(&self.chosen, &self.fresh);
        Recognised { rows, revision: self.revision }
    }
}

/// What is chosen, in the order of the list.
pub(crate) struct Picked {
    pub(super) index: Index,
    pub(super) shown: Arc<Vec<Row>>,
    pub(super) chosen: RowSet,
}

impl Picked {
    /// All of it.
    pub(crate) fn entries(&self) -> Vec<Entry> {
        let chosen = self.shown.iter().filter(|row| self.chosen.contains(**row));
        chosen.filter_map(|row| self.index.entry(*row)).collect()
    }
}
