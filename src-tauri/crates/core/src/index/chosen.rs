//! What is chosen, with its figures: those follow each row, so that nobody counts a million for one of them.

use super::chunk::Columns;
use super::{Index, Row, RowSet};
use crate::Selection;

/// Chosen rows.
#[derive(Default)]
pub(super) struct Chosen {
    rows: RowSet,
    selection: Selection,
    /// Whether something else is chosen than the revision says.
    is_other: bool,
}

impl Chosen {
    /// These rows, chosen at this revision.
    pub(super) fn of(rows: impl Iterator<Item = Row>, index: &Index, revision: u32) -> Self {
        let mut chosen = Self::default();
        rows.for_each(|row| chosen.insert(row, index));
        chosen.selection.revision = revision;
        chosen.is_other = false;
        chosen
    }

    pub(super) fn rows(&self) -> &RowSet {
        &self.rows
    }

    pub(super) fn len(&self) -> usize {
        self.selection.files + self.selection.folders
    }

    pub(super) fn contains(&self, row: Row) -> bool {
        self.rows.contains(row)
    }

    /// In figures.
    pub(super) fn selection(&self) -> Selection {
        self.selection
    }

    pub(super) fn insert(&mut self, row: Row, index: &Index) {
        if self.rows.insert(row) {
            self.count(index.columns_of(row));
            self.is_other = true;
        }
    }

    pub(super) fn remove(&mut self, row: Row, index: &Index) {
        if self.rows.remove(row) {
            self.discount(index.columns_of(row));
            self.is_other = true;
        }
    }

    pub(super) fn clear(&mut self) {
        self.is_other |= self.len() > 0;
        let Selection { revision, .. } = self.selection;
        (self.rows, self.selection) = (RowSet::default(), Selection { revision, ..Selection::default() });
    }

    /// Forgets those that do not stay.
    pub(super) fn retain(&mut self, index: &Index, stays: impl Fn(Row) -> bool) {
        let others: Vec<Row> = self.rows.rows().filter(|row| !stays(*row)).collect();
        others.into_iter().for_each(|row| self.remove(row, index));
    }

    /// A row says something else now.
    pub(super) fn update(&mut self, row: Row, was: Columns, index: &Index) {
        if self.rows.contains(row) {
            self.discount(was);
            self.count(index.columns_of(row));
            self.is_other = true;
        }
    }

    /// Ends a change: the revision is another one where something else is chosen.
    pub(super) fn settle(&mut self) {
        self.selection.revision += u32::from(std::mem::take(&mut self.is_other));
    }

    fn count(&mut self, columns: Columns) {
        match columns.is_folder {
            true => self.selection.folders += 1,
            false => self.selection.files += 1,
        }
        self.selection.bytes += columns.size;
    }

    fn discount(&mut self, columns: Columns) {
        match columns.is_folder {
            true => self.selection.folders -= 1,
            false => self.selection.files -= 1,
        }
        self.selection.bytes -= columns.size;
    }
}
