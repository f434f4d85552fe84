//! An open folder's rows as they are shown: in an order, filtered, some of them chosen.

use std::collections::HashMap;
use std::sync::Arc;

use super::below::Below;
use super::order::order;
use super::{Index, Query, Row, RowSet, number, ref_of};
use crate::{Arrangement, Depth, Entry, FolderRow, Prefix, RowRef, SelectAct, Selection};

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
    query: Option<Query>,
    /// All rows that are there; the first `arranged` of them in their order, the rest as they came.
    order: Arc<Vec<Row>>,
    arranged: usize,
    /// Those of `order` that are searched for, where something is.
    found: Option<Vec<Row>>,
    chosen: RowSet,
    /// What `chosen` is in figures.
    selection: Selection,
    generation: u32,
    /// Changes whenever an [`Arranging`] that has begun has become useless.
    version: u32,
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

/// What it takes to put rows in order, apart from the table: it may take a second.
pub(crate) struct Arranging {
    index: Index,
    depth: Depth,
    arrangement: Arrangement,
    query: Option<Query>,
    /// The order as it is, where only the search is another.
    order: Option<Arc<Vec<Row>>>,
    version: u32,
}

/// Rows in order.
pub(crate) struct Arranged {
    /// How many rows there were.
    rows: usize,
    order: Arc<Vec<Row>>,
    found: Option<Vec<Row>>,
    version: u32,
}

impl Arranging {
    /// Reckons, on whichever thread this is.
    pub(crate) fn run(self) -> Arranged {
        let Arrangement { sort, descending, locale, .. } = &self.arrangement;
        let order = self.order.unwrap_or_else(|| Arc::new(order(&self.index, *sort, *descending, locale)));
        let matches = self.query.as_ref().map(|query| matches(&self.index, self.depth, query, 0));
        let found = matches.map(|set| order.iter().copied().filter(|row| set.contains(*row)).collect());
        Arranged { rows: self.index.len(), order, found, version: self.version }
    }
}

impl Table {
    /// Nothing, yet, of this folder.
    pub(crate) fn new(folder: &Prefix, depth: Depth, arrangement: Arrangement) -> Self {
        Self {
            index: Index::new(folder),
            depth,
            below: Below::default(),
            query: Query::parse(&arrangement.search),
            arrangement,
            order: Arc::default(),
            arranged: 0,
            found: None,
            chosen: RowSet::default(),
            selection: Selection::default(),
            generation: 0,
            version: 0,
        }
        .searched()
    }

    fn searched(mut self) -> Self {
        self.found = self.query.is_some().then(Vec::new);
        self
    }

    /// Adds rows at the end, as many as are kept. False when that is all that will be kept.
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
        self.append_from(from);
        self.index.present() < most
    }

    /// Shows these rows behind all others, as far as they are there. They are in the order of their numbers.
    fn append(&mut self, mut rows: Vec<Row>) {
        rows.retain(|row| !self.index.columns_of(*row).is_gone);
        let Some(first) = rows.first().copied() else {
            return;
        };
        if let (Some(found), Some(query)) = (&mut self.found, &self.query) {
            let matches = matches(&self.index, self.depth, query, first as usize);
            found.extend(rows.iter().filter(|row| matches.contains(**row)));
        }
        Arc::make_mut(&mut self.order).extend(rows);
    }

    fn append_from(&mut self, row: usize) {
        self.append((number(row)..number(self.index.len())).collect());
    }

    /// Whether something has come or changed since rows were put in order that is worth doing so again. While more
    /// is on its way that is whenever their number has doubled.
    pub(crate) fn wants_arranging(&self, is_reading: bool) -> bool {
        if is_reading { self.order.len() >= 2 * self.arranged.max(1) } else { !self.is_arranged() }
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

    /// How rows are to be shown, and what it takes.
    pub(crate) fn arrange(&mut self, arrangement: Arrangement) {
        let is_same_order = self.arrangement.sort == arrangement.sort
            && self.arrangement.descending == arrangement.descending
            && self.arrangement.locale == arrangement.locale;
        if !is_same_order {
            self.arranged = 0;
        }
        self.query = Query::parse(&arrangement.search);
        self.arrangement = arrangement;
        self.version += 1;
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

    /// What it takes to show the rows as they are to be shown.
    pub(crate) fn arranging(&self) -> Arranging {
        Arranging {
            index: self.index.clone(),
            depth: self.depth,
            arrangement: self.arrangement.clone(),
            query: self.query.clone(),
            order: self.is_arranged().then(|| self.order.clone()),
            version: self.version,
        }
    }

    /// Shows rows as they were put in order; those that came meanwhile stand behind. False where the order is of no
    /// use any more.
    pub(crate) fn apply(&mut self, arranged: Arranged) -> bool {
        if arranged.version != self.version {
            return false;
        }
        self.order = arranged.order;
        self.found = arranged.found;
        if self.index.len() > arranged.rows || self.index.present() < self.order.len() {
            self.drop_gone();
        }
        self.arranged = self.order.len();
        self.append_from(arranged.rows);
        if let Some(found) = &self.found {
            // What a search hides is not chosen any more: nobody lends what they do not see.
            let shown: RowSet = found.iter().copied().collect();
            let hidden: Vec<Row> = self.chosen.rows().filter(|row| !shown.contains(*row)).collect();
            if !hidden.is_empty() {
                hidden.into_iter().for_each(|row| self.chosen.remove(row));
                self.count_chosen();
            }
        }
        self.generation += 1;
        true
    }

    fn drop_gone(&mut self) {
        let index = &self.index;
        let present = |row: &Row| !index.columns_of(*row).is_gone;
        let in_order = self.order.iter().take(self.arranged).filter(|row| present(row)).count();
        Arc::make_mut(&mut self.order).retain(present);
        self.arranged = in_order;
        self.found.iter_mut().for_each(|found| found.retain(present));
    }

    /// Takes up what this app has done in the folder; of several changes of one row the last.
    pub(crate) fn change(&mut self, changes: Vec<Change>) {
        let latest: HashMap<RowRef, Change> =
            changes.into_iter().map(|change| (change.row(), change)).collect();
        let (refs, changes): (Vec<RowRef>, Vec<Change>) = latest.into_iter().unzip();
        let rows = self.index.find(&refs);
        let (mut added, mut back) = (Vec::new(), Vec::new());
        for (change, row) in changes.into_iter().zip(rows) {
            match (change, row) {
                (Change::There(entry), None) => added.push(entry),
                (Change::There(entry), Some(row)) => {
                    let was = self.index.columns_of(row);
                    self.index.update(row, &entry);
                    if was.is_gone {
                        back.push(row);
                    }
                    if was != self.index.columns_of(row) {
                        // It may belong elsewhere, and what is being put in order knows it as it was.
                        self.arranged = 0;
                        self.version += 1;
                        self.generation += 1;
                    }
                }
                (Change::Gone(_), Some(row)) => {
                    self.index.remove(row);
                    self.chosen.remove(row);
                }
                (Change::Gone(_), None) => {}
            }
        }
        if self.index.present() < self.order.len() + back.len() {
            self.drop_gone();
            self.generation += 1;
        }
        back.sort_unstable();
        self.append(back);
        self.extend(added);
        self.count_chosen();
    }

    /// Adds those of these rows that are not there yet.
    pub(crate) fn add_missing(&mut self, entries: Vec<Entry>) {
        let refs: Vec<RowRef> = entries.iter().map(ref_of).collect();
        let rows = self.index.find(&refs);
        let missing = entries.into_iter().zip(rows).filter_map(|(entry, row)| row.is_none().then_some(entry));
        self.extend(missing.collect());
    }

    /// A table of the same folder with nothing in it.
    pub(crate) fn anew(&self, folder: &Prefix) -> Self {
        Self::new(folder, self.depth, self.arrangement.clone())
    }

    /// Begins anew, with nothing, as another search below a folder does.
    pub(crate) fn begin_anew(&mut self, folder: &Prefix, arrangement: Arrangement) {
        let mut anew = Self::new(folder, self.depth, arrangement);
        anew.take_over(self);
        *self = anew;
    }

    /// Takes the place of a table that was read before: what was chosen there is chosen here.
    pub(crate) fn take_over(&mut self, old: &Self) {
        let chosen: Vec<RowRef> =
            old.chosen.rows().filter_map(|row| old.index.entry(row)).map(|entry| ref_of(&entry)).collect();
        let rows = self.index.find(&chosen).into_iter().flatten();
        self.chosen = rows.filter(|row| !self.index.columns_of(*row).is_gone).collect();
        self.generation = old.generation + 1;
        self.version = old.version + 1;
        self.selection = old.selection;
        self.count_chosen();
    }

    /// A window of what is shown.
    pub(crate) fn rows(&self, from: usize, count: usize) -> Vec<FolderRow> {
        let rows = self.rows_shown().iter().skip(from).take(count);
        rows.filter_map(|row| self.row(*row)).collect()
    }

    /// The first of what is chosen, in the order of the list.
    pub(crate) fn chosen_rows(&self, count: usize) -> Vec<FolderRow> {
        if self.chosen.is_empty() {
            return Vec::new();
        }
        let chosen = self.rows_shown().iter().filter(|row| self.chosen.contains(**row));
        chosen.take(count).filter_map(|row| self.row(*row)).collect()
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
        self.found.as_deref().unwrap_or(&self.order)
    }

    /// The position of a row among those that are shown.
    pub(crate) fn position(&self, wanted: &RowRef) -> Option<usize> {
        let row = self.index.find(std::slice::from_ref(wanted)).pop()??;
        self.position_of(row)
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
            SelectAct::None => self.chosen = RowSet::default(),
            SelectAct::All => self.chosen = self.rows_shown().iter().copied().collect(),
            SelectAct::Only(wanted) => {
                let Some(row) = self.shown_row(&wanted) else { return };
                self.chosen = RowSet::from_iter([row]);
            }
            SelectAct::Toggle(wanted) => {
                let Some(row) = self.shown_row(&wanted) else { return };
                if self.chosen.contains(row) { self.chosen.remove(row) } else { self.chosen.insert(row) }
            }
            SelectAct::Range { from, to, adds } => {
                let rows = self.index.find(&[from, to]);
                let at = |row: Option<Row>| row.and_then(|row| self.position_of(row));
                let (Some(one), Some(other)) = (at(rows[0]), at(rows[1])) else { return };
                let range = self.rows_shown()[one.min(other)..=one.max(other)].to_vec();
                if !adds {
                    self.chosen = RowSet::default();
                }
                range.into_iter().for_each(|row| self.chosen.insert(row));
            }
        }
        self.count_chosen();
    }

    fn shown_row(&self, wanted: &RowRef) -> Option<Row> {
        let position = self.position(wanted)?;
        self.rows_shown().get(position).copied()
    }

    /// What is chosen, in figures.
    pub(crate) fn selection(&self) -> Selection {
        self.selection
    }

    fn count_chosen(&mut self) {
        let mut selection = Selection { revision: self.selection.revision + 1, ..Selection::default() };
        for columns in self.chosen.rows().map(|row| self.index.columns_of(row)) {
            match columns.is_folder {
                true => selection.folders += 1,
                false => selection.files += 1,
            }
            selection.bytes += columns.size;
        }
        self.selection = selection;
    }
}

fn matches(index: &Index, depth: Depth, query: &Query, from: usize) -> RowSet {
    match depth {
        Depth::Here => index.matches(query, from),
        // Few enough to look at each, by the rule by which they were found.
        Depth::Below => {
            let mut found = RowSet::default();
            index.each_name(from, |row, name, columns| {
                if !columns.is_gone && query.finds(&String::from_utf8_lossy(name)) {
                    found.insert(row);
                }
            });
            found
        }
    }
}
