//! An open folder's rows as they are shown: in an order, filtered, some of them chosen.

use std::collections::HashMap;
use std::sync::Arc;

use super::aside::{Picked, Recognised, Recognising, Searched, Searching, Sorted, Sorting, matches};
use super::below::Below;
use super::chosen::Chosen;
use super::{Index, Query, Row, RowSet, number, ref_of};
use crate::{Arrangement, Depth, Entry, FolderRow, Prefix, RowRef, SelectAct, Selection, SortBy};

/// The most rows of a folder that are kept: some 400 MiB.
const MOST_ROWS: usize = 10_000_000;

/// The most that is found below a folder. Who finds more looks for something else.
const MOST_FOUND: usize = 10_000;

/// What is shown of a folder.
pub(crate) struct Table {
    index: Index,
    depth: Depth,
    below: Below,
    arrangement: Arrangement,
    /// What is searched for; `found` follows.
    query: Option<Query>,
    /// All rows that are there; the first `arranged` of them in their order, the rest as they came.
    order: Arc<Vec<Row>>,
    arranged: usize,
    /// Of how many rows that order was made.
    arranged_of: usize,
    /// Those of `order` that match, where something is searched for.
    found: Option<Found>,
    chosen: Chosen,
    generation: u32,
    /// Changes whenever a [`Sorting`] that has begun has become useless.
    order_version: u32,
    /// Changes whenever a [`Searching`] that has begun has become useless.
    search_version: u32,
}

struct Found {
    query: Query,
    rows: Arc<Vec<Row>>,
}

/// Something that this app has done, so that nobody need be asked for it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Change {
    /// This is there now.
    There(Entry),
    /// This is not there any more.
    Gone(RowRef),
}

impl Change {
    /// The row that it is about.
    pub(crate) fn row(&self) -> RowRef {
        match self {
            Self::There(entry) => ref_of(entry),
            Self::Gone(gone) => gone.clone(),
        }
    }
}

impl Table {
    /// Nothing, yet, of this folder.
    pub(crate) fn new(folder: &Prefix, depth: Depth, arrangement: Arrangement) -> Self {
        let query = Query::parse(&arrangement.search);
        let found = query.clone().map(|query| Found { query, rows: Arc::default() });
        Self {
            index: Index::new(folder),
            depth,
            below: Below::default(),
            arrangement,
            query,
            order: Arc::default(),
            arranged: 0,
            arranged_of: 0,
            found,
            chosen: Chosen::default(),
            generation: 0,
            order_version: 0,
            search_version: 0,
        }
    }

    /// Adds rows at the end. False where some of them are more than are kept.
    pub(crate) fn extend(&mut self, entries: Vec<Entry>) -> bool {
        let from = self.index.len();
        let most = if self.depth == Depth::Below { MOST_FOUND } else { MOST_ROWS };
        let mut kept = Vec::new();
        for entry in entries {
            match self.depth {
                Depth::Here => kept.push(entry),
                Depth::Below => self.below.sift(&self.index.base, self.query.as_ref(), entry, &mut kept),
            }
        }
        let room = most.saturating_sub(self.index.present());
        kept.iter().take(room).for_each(|entry| {
            self.index.push(entry);
        });
        self.append((number(from)..number(self.index.len())).collect());
        kept.len() <= room
    }

    /// Shows these rows behind all others, as far as they are there. They are in the order of their numbers.
    fn append(&mut self, mut rows: Vec<Row>) {
        rows.retain(|row| !self.index.columns_of(*row).is_gone);
        let Some(first) = rows.first().copied() else {
            return;
        };
        if let Some(Found { query, rows: found }) = &mut self.found {
            let matches = matches(&self.index, self.depth, query, first as usize);
            Arc::make_mut(found).extend(rows.iter().filter(|row| matches.contains(**row)));
        }
        Arc::make_mut(&mut self.order).extend(rows);
    }

    /// Whether something has come or changed since rows were put in order that is worth doing so again. While more
    /// is on its way that is whenever their number has doubled.
    pub(crate) fn wants_arranging(&self, is_reading: bool) -> bool {
        !self.is_arranged() && (!is_reading || self.order.len() >= 2 * self.arranged)
    }

    /// Whether rows stand in the order that is wished for, but for the latest.
    pub(crate) fn is_in_order(&self) -> bool {
        self.arranged > 0 || self.order.is_empty()
    }

    /// Whether all rows stand where they belong.
    pub(crate) fn is_arranged(&self) -> bool {
        self.arranged == self.order.len()
    }

    /// How many rows there are.
    pub(crate) fn loaded(&self) -> usize {
        self.order.len()
    }

    /// How many of them are shown.
    pub(crate) fn shown(&self) -> usize {
        self.rows_shown().len()
    }

    /// See [`crate::FolderState::generation`].
    pub(crate) fn generation(&self) -> u32 {
        self.generation
    }

    /// What the rows that are shown answer to.
    pub(crate) fn search(&self) -> &str {
        self.found.as_ref().map_or("", |found| found.query.text())
    }

    /// How rows are to be shown, and what it takes.
    pub(crate) fn arrange(&mut self, arrangement: Arrangement) {
        let is_same_order = self.arrangement.sort == arrangement.sort
            && self.arrangement.descending == arrangement.descending
            && self.arrangement.locale == arrangement.locale;
        if !is_same_order {
            (self.arranged, self.arranged_of) = (0, 0);
            self.order_version += 1;
        }
        if self.arrangement.search != arrangement.search {
            self.query = Query::parse(&arrangement.search);
            self.search_version += 1;
            if self.query.is_none() && self.found.take().is_some() {
                self.generation += 1;
            }
        }
        self.arrangement = arrangement;
    }

    /// Whether the rows that are kept are all that another search could find.
    pub(crate) fn holds_all_of(&self, search: &str, is_complete: bool) -> bool {
        match (self.depth, &self.query, Query::parse(search)) {
            (Depth::Here, ..) | (Depth::Below, None, None) => true,
            (Depth::Below, Some(query), Some(other)) => {
                query.is_same(&other) || (is_complete && other.narrows(query))
            }
            (Depth::Below, ..) => false,
        }
    }

    /// What it takes to put the rows in order.
    pub(crate) fn sorting(&self) -> Sorting {
        Sorting {
            index: self.index.clone(),
            arrangement: self.arrangement.clone(),
            order: self.order.clone(),
            arranged: self.arranged,
            version: self.order_version,
        }
    }

    /// Shows rows as they were put in order; those that came meanwhile stand behind. False where the order is of no
    /// use any more.
    pub(crate) fn apply(&mut self, sorted: Sorted) -> bool {
        if sorted.version != self.order_version || sorted.rows < self.arranged_of {
            return false;
        }
        let present = |row: &Row| !self.index.columns_of(*row).is_gone;
        let mut order = sorted.order;
        if self.index.len() > sorted.rows || self.index.present() < order.len() {
            order.retain(present);
        }
        (self.arranged, self.arranged_of) = (order.len(), sorted.rows);
        order.extend((number(sorted.rows)..number(self.index.len())).filter(present));
        if let Some(found) = &mut self.found {
            let matches: RowSet = found.rows.iter().copied().collect();
            found.rows = among(&order, &matches);
        }
        self.order = Arc::new(order);
        self.generation += 1;
        true
    }

    /// What it takes to find what is searched for; `None` where that is shown.
    pub(crate) fn searching(&self) -> Option<Searching> {
        let query = self.query.as_ref().filter(|query| query.text() != self.search())?.clone();
        let (index, depth) = (self.index.clone(), self.depth);
        Some(Searching { index, depth, query, version: self.search_version })
    }

    /// Shows what was found, and of what came meanwhile what matches. False where something else is searched for now.
    pub(crate) fn show_found(&mut self, searched: Searched) -> bool {
        let Searched { rows, query, mut found, version } = searched;
        if version != self.search_version {
            return false;
        }
        if self.index.len() > rows {
            matches(&self.index, self.depth, &query, rows).rows().for_each(|row| {
                found.insert(row);
            });
        }
        // What a search hides is not chosen any more: nobody lends what they do not see.
        self.chosen.retain(&self.index, |row| found.contains(row));
        self.chosen.settle();
        self.found = Some(Found { query, rows: among(&self.order, &found) });
        self.generation += 1;
        true
    }

    /// Shows no rows any more but those that stay.
    fn retain(&mut self, stays: impl Fn(&Index, Row) -> bool) {
        let index = &self.index;
        let stays = |row: &Row| stays(index, *row);
        self.arranged = self.order.iter().take(self.arranged).filter(|row| stays(row)).count();
        Arc::make_mut(&mut self.order).retain(stays);
        self.found.iter_mut().for_each(|found| Arc::make_mut(&mut found.rows).retain(stays));
    }

    /// Takes up what this app has done in the folder; of several changes of one row the last.
    pub(crate) fn change(&mut self, changes: Vec<Change>) {
        let latest: HashMap<RowRef, Change> =
            changes.into_iter().map(|change| (change.row(), change)).collect();
        let (refs, changes): (Vec<RowRef>, Vec<Change>) = latest.into_iter().unzip();
        let rows = self.index.find(&refs, 0);
        let (mut added, mut placed, mut is_other, mut is_less) = (Vec::new(), Vec::new(), false, false);
        for (change, row) in changes.into_iter().zip(rows) {
            match (change, row) {
                (Change::There(entry), None) => added.push(entry),
                (Change::There(entry), Some(row)) => {
                    let was = self.index.columns_of(row);
                    self.index.update(row, &entry);
                    if was == self.index.columns_of(row) {
                        continue;
                    }
                    self.chosen.update(row, was, &self.index);
                    is_other = true;
                    if was.is_gone || self.arrangement.sort != SortBy::Name {
                        placed.push(row);
                    }
                }
                (Change::Gone(_), Some(row)) => {
                    is_less |= !self.index.columns_of(row).is_gone;
                    self.chosen.remove(row, &self.index);
                    self.index.remove(row);
                }
                (Change::Gone(_), None) => {}
            }
        }
        if !placed.is_empty() {
            // They belong elsewhere, and what is being put in order knows them as they were.
            self.order_version += 1;
        }
        if is_less || !placed.is_empty() {
            let placed: RowSet = placed.iter().copied().collect();
            self.retain(|index, row| !index.columns_of(row).is_gone && !placed.contains(row));
        }
        self.generation += u32::from(is_other || is_less);
        placed.sort_unstable();
        self.append(placed);
        self.extend(added);
        self.chosen.settle();
    }

    /// The index as it is, to look for rows in it aside.
    pub(crate) fn index(&self) -> Index {
        self.index.clone()
    }

    /// Adds those of these entries that are not there yet. `known` are the rows that they had among the first so many.
    pub(crate) fn add_missing(&mut self, entries: Vec<Entry>, known: &[Option<Row>], among: usize) {
        let missing = entries.into_iter().zip(known).filter_map(|(entry, row)| row.is_none().then_some(entry));
        let missing: Vec<Entry> = missing.collect();
        let refs: Vec<RowRef> = missing.iter().map(ref_of).collect();
        let rows = self.index.find(&refs, among);
        let missing = missing.into_iter().zip(rows).filter_map(|(entry, row)| row.is_none().then_some(entry));
        self.extend(missing.collect());
    }

    /// A table of the same folder with nothing in it.
    pub(crate) fn anew(&self, folder: &Prefix) -> Self {
        Self::new(folder, self.depth, self.arrangement.clone())
    }

    /// Begins anew, with nothing, as another search below a folder does.
    pub(crate) fn begin_anew(&mut self, folder: &Prefix, arrangement: Arrangement) {
        let mut anew = Self::new(folder, self.depth, arrangement);
        anew.follow(self, std::iter::empty());
        *self = anew;
    }

    /// What it takes to find again in a fresh reading what is chosen here.
    pub(crate) fn recognising(&self, fresh: &Self) -> Recognising {
        Recognising {
            chosen: self.chosen.rows().clone(),
            index: self.index.clone(),
            fresh: fresh.index.clone(),
            revision: self.chosen.selection().revision,
        }
    }

    /// Takes the place of a table that was read before: what was chosen there is chosen here, if it is shown. False
    /// where something else has been chosen meanwhile.
    pub(crate) fn take_over(&mut self, old: &Self, recognised: &Recognised) -> bool {
        if recognised.revision != old.chosen.selection().revision {
            return false;
        }
        let shown: Option<RowSet> = self.found.as_ref().map(|found| found.rows.iter().copied().collect());
        let is_shown = |row: &Row| {
            !self.index.columns_of(*row).is_gone && shown.as_ref().is_none_or(|shown| shown.contains(*row))
        };
        let rows: Vec<Row> = recognised.rows.rows().filter(is_shown).collect();
        self.follow(old, rows.into_iter());
        true
    }

    /// Goes on where another table was, with these rows chosen.
    fn follow(&mut self, old: &Self, chosen: impl Iterator<Item = Row>) {
        let revision = old.chosen.selection().revision + u32::from(old.chosen.len() > 0);
        self.chosen = Chosen::of(chosen, &self.index, revision);
        self.generation = old.generation + 1;
        self.order_version = old.order_version + 1;
        self.search_version = old.search_version + 1;
    }

    /// A window of what is shown.
    pub(crate) fn rows(&self, from: usize, count: usize) -> Vec<FolderRow> {
        let rows = self.rows_shown().iter().skip(from).take(count);
        rows.filter_map(|row| self.row(*row)).collect()
    }

    /// The first of what is chosen, in the order of the list.
    pub(crate) fn chosen_rows(&self, count: usize) -> Vec<FolderRow> {
        let chosen = self.rows_shown().iter().filter(|row| self.chosen.contains(**row));
        chosen.take(count.min(self.chosen.len())).filter_map(|row| self.row(*row)).collect()
    }

    /// All of what is chosen, to be named aside.
    pub(crate) fn picked(&self) -> Picked {
        let shown = self.found.as_ref().map_or(&self.order, |found| &found.rows).clone();
        Picked { index: self.index.clone(), shown, chosen: self.chosen.rows().clone() }
    }

    fn row(&self, row: Row) -> Option<FolderRow> {
        let entry = self.index.entry(row)?;
        let name = match (self.depth, &entry) {
            (Depth::Below, _) => {
                let path = String::from_utf8(self.index.name_of(row)).ok()?;
                path.strip_suffix('/').map(str::to_owned).unwrap_or(path)
            }
            (Depth::Here, Entry::Folder(prefix)) => prefix.name().to_owned(),
            (Depth::Here, Entry::Object(object)) => object.key.name().to_owned(),
        };
        Some(FolderRow { entry, name, is_selected: self.chosen.contains(row) })
    }

    fn rows_shown(&self) -> &[Row] {
        self.found.as_ref().map_or(&self.order, |found| &found.rows)
    }

    /// The position of a row among those that are shown.
    pub(crate) fn position(&self, wanted: &RowRef) -> Option<usize> {
        self.position_of(self.find(wanted)?)
    }

    fn find(&self, wanted: &RowRef) -> Option<Row> {
        self.index.find(std::slice::from_ref(wanted), 0).pop()?
    }

    fn position_of(&self, row: Row) -> Option<usize> {
        self.rows_shown().iter().position(|one| *one == row)
    }

    /// The position of the first row from here on, and then from the top, whose name begins so.
    pub(crate) fn beginning(&self, text: &str, from: usize) -> Option<usize> {
        let rows = self.rows_shown();
        let begins = self.index.beginning(text);
        let (above, behind) = rows.split_at(from.min(rows.len()));
        let first = |part: &[Row]| part.iter().position(|row| begins.contains(*row));
        first(behind).map(|at| at + above.len()).or_else(|| first(above))
    }

    /// Chooses rows.
    pub(crate) fn select(&mut self, act: SelectAct) {
        match act {
            SelectAct::None => self.chosen.clear(),
            SelectAct::All => self.choose(0..self.shown(), false),
            SelectAct::Only(wanted) => {
                let Some(row) = self.find_shown(&wanted) else { return };
                self.choose_only(row);
            }
            SelectAct::Toggle(wanted) => {
                let Some(row) = self.find_shown(&wanted) else { return };
                match self.chosen.contains(row) {
                    true => self.chosen.remove(row, &self.index),
                    false => self.chosen.insert(row, &self.index),
                }
            }
            SelectAct::Range { from, to, adds } => {
                let rows = self.index.find(&[from, to], 0);
                let at = |row: Option<Row>| row.and_then(|row| self.position_of(row));
                let Some(to) = at(rows[1]) else { return };
                // Where it begins may be gone; then it is one row long.
                let from = at(rows[0]).unwrap_or(to);
                self.choose(from.min(to)..from.max(to) + 1, adds);
            }
        }
        self.chosen.settle();
    }

    fn choose(&mut self, positions: std::ops::Range<usize>, adds: bool) {
        if !adds {
            self.chosen.clear();
        }
        let shown = self.found.as_ref().map_or(&self.order, |found| &found.rows);
        shown[positions].iter().for_each(|row| self.chosen.insert(*row, &self.index));
    }

    fn choose_only(&mut self, row: Row) {
        if self.chosen.len() != 1 || !self.chosen.contains(row) {
            self.chosen.clear();
            self.chosen.insert(row, &self.index);
        }
    }

    fn find_shown(&self, wanted: &RowRef) -> Option<Row> {
        self.find(wanted).filter(|row| match &self.found {
            Some(found) => found.rows.contains(row),
            None => !self.index.columns_of(*row).is_gone,
        })
    }

    /// What is chosen, in figures.
    pub(crate) fn selection(&self) -> Selection {
        self.chosen.selection()
    }
}

/// Those rows of an order that are in this set.
fn among(order: &[Row], set: &RowSet) -> Arc<Vec<Row>> {
    Arc::new(order.iter().copied().filter(|row| set.contains(*row)).collect())
}
