//! An open folder, as the window sees it.

use guestpass_core::{self as core, Error};
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

use super::{AppError, Entry, Place, count};

/// How far down a folder is read.
#[derive(Clone, Copy, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Depth {
    /// Its own files and folders.
    Here,
    /// The files of all folders below it as well, as far as they match what is searched for.
    Below,
}

/// What rows are put in order by. Folders always stand before files.
#[derive(Clone, Copy, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SortBy {
    /// By name, as people of the locale sort, with numbers by their value.
    Name,
    /// By size; folders by name.
    Size,
    /// By when they were changed; folders by name.
    Changed,
}

/// Which rows are shown, and in which order.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
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
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FolderState {
    /// Counts up with each state, so that the later of two is known whichever way they come.
    pub sequence: u32,
    /// What is searched for in the rows that are shown.
    pub search: String,
    /// How many rows are shown: those that have been read and match.
    pub shown: u32,
    /// How many rows have been read and kept.
    pub loaded: u32,
    /// How many objects and folders the server has told of, also those that were not kept.
    pub scanned: u32,
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
    pub error: Option<AppError>,
    /// What is chosen.
    pub selection: Selection,
}

/// What is chosen, in figures.
#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Selection {
    /// Changes whenever something else is chosen.
    pub revision: u32,
    /// How many files.
    pub files: u32,
    /// How many folders.
    pub folders: u32,
    /// The size of the files together, in bytes.
    #[specta(type = Number)]
    pub bytes: u64,
}

/// A row as it is shown.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FolderRow {
    /// What it stands for; its name is its path from the open folder where that is searched below.
    pub entry: Entry,
    /// Whether it is chosen.
    pub is_selected: bool,
}

/// A window of rows.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FolderRows {
    /// The state of the folder to which they belong.
    pub generation: u32,
    /// The revision of what is chosen to which they belong.
    pub revision: u32,
    /// The position of the first, from 0.
    pub from: u32,
    /// The rows; fewer than asked for at the end.
    pub rows: Vec<FolderRow>,
}

/// Names a row, wherever it stands: a folder and an object may share their key.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind", content = "key")]
pub enum RowRef {
    /// By its prefix.
    Folder(String),
    /// By its key.
    Object(String),
}

/// A change of what is chosen. A row that is not there any more changes nothing.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "act")]
pub enum SelectAct {
    /// Nothing.
    None,
    /// All that is shown.
    All,
    /// This row alone.
    Only {
        /// The row.
        row: RowRef,
    },
    /// This row as well, or not any more.
    Toggle {
        /// The row.
        row: RowRef,
    },
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

/// What is chosen, with the first thousand of it.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Selected {
    /// In figures.
    pub selection: Selection,
    /// The first thousand, in the order of the list.
    pub entries: Vec<Entry>,
}

/// Where an address leads.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Destination {
    /// The folder.
    pub place: Place,
    /// The file in it, if the address names one.
    pub key: Option<String>,
}

impl From<Depth> for core::Depth {
    fn from(depth: Depth) -> Self {
        match depth {
            Depth::Here => Self::Here,
            Depth::Below => Self::Below,
        }
    }
}

impl From<SortBy> for core::SortBy {
    fn from(sort: SortBy) -> Self {
        match sort {
            SortBy::Name => Self::Name,
            SortBy::Size => Self::Size,
            SortBy::Changed => Self::Changed,
        }
    }
}

impl From<Arrangement> for core::Arrangement {
    fn from(arrangement: Arrangement) -> Self {
        let Arrangement { sort, descending, search, locale } = arrangement;
        Self { sort: sort.into(), descending, search, locale }
    }
}

impl From<&core::FolderState> for FolderState {
    fn from(state: &core::FolderState) -> Self {
        Self {
            sequence: state.sequence,
            search: state.search.clone(),
            shown: count(state.shown),
            loaded: count(state.loaded),
            scanned: count(state.scanned),
            generation: state.generation,
            is_reading: state.is_reading,
            is_complete: state.is_complete,
            is_arranged: state.is_arranged,
            is_cut: state.is_cut,
            error: state.error.as_deref().map(|error: &Error| error.into()),
            selection: state.selection.into(),
        }
    }
}

impl From<core::Selection> for Selection {
    fn from(selection: core::Selection) -> Self {
        let core::Selection { revision, files, folders, bytes } = selection;
        Self { revision, files: count(files), folders: count(folders), bytes }
    }
}

impl From<core::FolderRow> for FolderRow {
    fn from(row: core::FolderRow) -> Self {
        Self { entry: Entry::named(row.entry, row.name), is_selected: row.is_selected }
    }
}

impl From<core::app::FolderRows> for FolderRows {
    fn from(rows: core::app::FolderRows) -> Self {
        Self {
            generation: rows.generation,
            revision: rows.revision,
            from: count(rows.from),
            rows: rows.rows.into_iter().map(Into::into).collect(),
        }
    }
}

impl From<core::app::Selected> for Selected {
    fn from(selected: core::app::Selected) -> Self {
        let named = |row: core::FolderRow| Entry::named(row.entry, row.name);
        Self { selection: selected.selection.into(), entries: selected.rows.into_iter().map(named).collect() }
    }
}

impl From<RowRef> for core::RowRef {
    fn from(row: RowRef) -> Self {
        match row {
            RowRef::Folder(prefix) => Self::Folder(prefix),
            RowRef::Object(key) => Self::Object(key),
        }
    }
}

impl From<SelectAct> for core::SelectAct {
    fn from(act: SelectAct) -> Self {
        match act {
            SelectAct::None => Self::None,
            SelectAct::All => Self::All,
            SelectAct::Only { row } => Self::Only(row.into()),
            SelectAct::Toggle { row } => Self::Toggle(row.into()),
            SelectAct::Range { from, to, adds } => Self::Range { from: from.into(), to: to.into(), adds },
        }
    }
}

impl From<core::app::Destination> for Destination {
    fn from(to: core::app::Destination) -> Self {
        Self { place: to.place.into(), key: to.key.map(Into::into) }
    }
}
