//! An open folder as somebody looks at it: how it is arranged, what of it is chosen, how far it has been read.

use std::sync::Arc;

use crate::{Entry, Error};

/// Names an open folder, until it is closed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct FolderId(pub u32);

/// How far down a folder is read.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Depth {
    /// Its own files and folders.
    #[default]
    Here,
    /// The files of all folders below it as well, as far as they match what is searched for.
    Below,
}

/// What rows are put in order by. Folders always stand before files.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SortBy {
    /// By name, as people of the locale sort, with numbers by their value.
    #[default]
    Name,
    /// By size; folders by name.
    Size,
    /// By when they were changed; folders by name.
    Changed,
}

/// Which rows are shown, and in which order.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Arrangement {
    /// What they are sorted by.
    pub sort: SortBy,
    /// Whether the last comes first.
    pub descending: bool,
    /// What the names must hold: every word of it, whatever their case, accents and Unicode form. Empty: all.
    pub search: String,
    /// The person's language, as BCP 47.
    pub locale: String,
}

/// How an open folder stands. Figures are absolute; each state replaces the one before.
#[derive(Clone, Debug, Default)]
pub struct FolderState {
    /// Counts up with each state, so that the later of two is known whichever way they come.
    pub sequence: u32,
    /// What is searched for in the rows that are shown.
    pub search: String,
    /// How many rows are shown: those that have been read and match.
    pub shown: usize,
    /// How many rows have been read and kept.
    pub loaded: usize,
    /// How many objects and folders the server has told of, also those that were not kept.
    pub scanned: usize,
    /// Changes whenever rows that were shown are at another position, look different or are gone.
    pub generation: u32,
    /// Whether more is being read.
    pub is_reading: bool,
    /// Whether all of it has been read.
    pub is_complete: bool,
    /// Whether all rows that are shown stand where they belong; while reading, the latest may stand at the end.
    pub is_arranged: bool,
    /// Whether reading ended because there are more matches than are kept.
    pub is_cut: bool,
    /// Why reading ended before all was read. What was read is shown all the same.
    pub error: Option<Arc<Error>>,
    /// What is chosen.
    pub selection: Selection,
}

/// What is chosen, in figures.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Selection {
    /// Changes whenever something else is chosen.
    pub revision: u32,
    /// How many files.
    pub files: usize,
    /// How many folders.
    pub folders: usize,
    /// The size of the files together, in bytes.
    pub bytes: u64,
}

/// A row as it is shown.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct FolderRow {
    /// What it stands for.
    pub entry: Entry,
    /// What it is called: its name, or its path from the open folder.
    pub name: String,
    /// Whether it is chosen.
    pub is_selected: bool,
}

/// Names a row, wherever it stands: a folder and an object may share their key.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum RowRef {
    /// By its prefix.
    Folder(String),
    /// By its key.
    Object(String),
}

/// A change of what is chosen. A row that is not there any more changes nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SelectAct {
    /// Nothing.
    None,
    /// All that is shown.
    All,
    /// This row alone.
    Only(RowRef),
    /// This row as well, or not any more.
    Toggle(RowRef),
    /// All rows from one to another as they are shown, and nothing else; with `adds`, what was chosen besides.
    Range {
        /// Where it begins.
        from: RowRef,
        /// Where it ends; may stand before `from`.
        to: RowRef,
        /// Whether what was chosen stays so.
        adds: bool,
    },
}
