//! What an open folder holds, in memory: a million rows at some thirty bytes each, and what is asked of them.
//!
//! Rows are only ever added, so a row's number names it for good; what is gone is marked. Everything here is
//! reckoning without waiting: whoever calls decides on which thread.

mod aside;
mod below;
mod chosen;
mod chunk;
mod fold;
mod names;
mod order;
mod query;
mod row_set;
mod table;
#[cfg(test)]
mod tests;

use std::collections::HashMap;
use std::hash::{BuildHasher, RandomState};
use std::sync::Arc;

use chunk::{CHUNK_ROWS, Chunk, Columns};
use query::Query;
use row_set::RowSet;
pub(crate) use table::{Change, Table};

use crate::{Entry, Object, ObjectKey, Prefix, RowRef};

/// Up to so many names are looked for without hashing.
const FEW: usize = 4;

/// The number of a row, in the order in which rows were added.
pub(crate) type Row = u32;

/// The rows of a folder. A clone shares what is full, so that it costs little and stays as it is.
#[derive(Clone)]
pub(crate) struct Index {
    /// What all names here begin with; it is not kept with them.
    base: String,
    full: Vec<Arc<Chunk>>,
    last: Chunk,
    classes: Vec<String>,
    gone: usize,
}

impl Index {
    /// Empty, for the keys below this folder.
    pub(crate) fn new(folder: &Prefix) -> Self {
        // A place may be a prefix in the middle of a name; what people call its files begins before that.
        let folder = folder.as_str();
        let base = &folder[..folder.rfind('/').map_or(0, |slash| slash + 1)];
        Self { base: base.to_owned(), full: Vec::new(), last: Chunk::default(), classes: Vec::new(), gone: 0 }
    }

    /// How many rows were ever added.
    pub(crate) fn len(&self) -> usize {
        self.full.len() * CHUNK_ROWS + self.last.len()
    }

    /// How many of them are still there.
    pub(crate) fn present(&self) -> usize {
        self.len() - self.gone
    }

    /// What of a key is kept here; `None` for a key of another folder.
    pub(crate) fn relative<'a>(&self, key: &'a str) -> Option<&'a str> {
        key.strip_prefix(&self.base)
    }

    /// Adds a row. False for an entry of another folder.
    pub(crate) fn push(&mut self, entry: &Entry) -> bool {
        let Some(name) = self.relative(text_of(entry)) else {
            return false;
        };
        let columns = self.columns(entry);
        self.last.push(name, columns);
        if self.last.len() == CHUNK_ROWS {
            let mut full = std::mem::take(&mut self.last);
            full.close();
            self.full.push(Arc::new(full));
        }
        true
    }

    /// Gives a row what an entry of the same name says now. A row that was gone is back.
    pub(crate) fn update(&mut self, row: Row, entry: &Entry) {
        let columns = self.columns(entry);
        let (chunk, at) = self.chunk_mut(row);
        let was_gone = chunk.columns(at).is_gone;
        chunk.set(at, columns);
        self.gone -= usize::from(was_gone);
    }

    /// Marks a row as gone.
    pub(crate) fn remove(&mut self, row: Row) {
        let (chunk, at) = self.chunk_mut(row);
        let columns = chunk.columns(at);
        if !columns.is_gone {
            chunk.set(at, Columns { is_gone: true, ..columns });
            self.gone += 1;
        }
    }

    /// What stands in a row, but for its name.
    pub(crate) fn columns_of(&self, row: Row) -> Columns {
        let (chunk, at) = self.chunk(row);
        chunk.columns(at)
    }

    /// The entry of a row, as it was added; its ETag is not kept. `None` where the row holds no entry.
    pub(crate) fn entry(&self, row: Row) -> Option<Entry> {
        let (chunk, at) = self.chunk(row);
        let key = format!("{}{}", self.base, std::str::from_utf8(&chunk.name(at)).ok()?);
        let columns = chunk.columns(at);
        Some(if columns.is_folder {
            Entry::Folder(Prefix::parse(&key).ok()?)
        } else {
            Entry::Object(Object {
                key: ObjectKey::parse(&key).ok()?,
                size: columns.size,
                modified_at: columns.modified_at(),
                etag: None,
                storage_class: self.class(columns.class).map(str::to_owned),
            })
        })
    }

    /// What is kept of a row's key.
    fn name_of(&self, row: Row) -> Vec<u8> {
        let (chunk, at) = self.chunk(row);
        chunk.name(at)
    }

    /// The row of each of these from this row on, in one pass. Those that are gone are found as well: they may come back.
    pub(crate) fn find(&self, wanted: &[RowRef], from: usize) -> Vec<Option<Row>> {
        let names = wanted.iter().enumerate().filter_map(|(at, one)| {
            let (is_folder, key) = match one {
                RowRef::Folder(prefix) => (true, prefix),
                RowRef::Object(key) => (false, key),
            };
            Some(((is_folder, self.relative(key)?.as_bytes()), at))
        });
        let names: Vec<_> = names.collect();
        let mut found = vec![None; wanted.len()];
        if names.len() <= FEW {
            // To compare a few is quicker than to hash each name.
            self.each_name(from, |row, name, columns| {
                for ((is_folder, wanted), at) in &names {
                    if *wanted == name && *is_folder == columns.is_folder {
                        found[*at] = Some(row);
                    }
                }
            });
            return found;
        }
        let names: HashMap<(bool, &[u8]), usize> = names.into_iter().collect();
        self.each_name(from, |row, name, columns| {
            if let Some(at) = names.get(&(columns.is_folder, name)) {
                found[*at] = Some(row);
            }
        });
        found
    }

    /// The rows of another index of the same folder that are called like these. Only hashes of the names are held.
    fn namesakes(&self, rows: &RowSet, other: &Self) -> RowSet {
        let mut found = RowSet::default();
        if rows.is_empty() {
            return found;
        }
        let hasher = RandomState::new();
        let hash = |name: &[u8], columns: Columns| hasher.hash_one((columns.is_folder, name));
        let mut known = HashMap::new();
        self.each_name(0, |row, name, columns| {
            if rows.contains(row) {
                known.insert(hash(name, columns), row);
            }
        });
        other.each_name(0, |row, name, columns| {
            let mine = known.get(&hash(name, columns)).copied();
            let is_same =
                |mine: Row| self.columns_of(mine).is_folder == columns.is_folder && self.name_of(mine) == name;
            if mine.is_some_and(is_same) {
                found.insert(row);
            }
        });
        found
    }

    /// Calls for each row from this one on, those that are gone as well, with its name in bytes: names in a row share
    /// much, and this reads that once.
    fn each_name(&self, from: usize, mut call: impl FnMut(Row, &[u8], Columns)) {
        for (at, chunk) in self.chunks().enumerate().skip(from / CHUNK_ROWS) {
            let first = at * CHUNK_ROWS;
            let mut names = chunk.names();
            let mut row = 0;
            while let Some(name) = names.next() {
                if first + row >= from {
                    call(number(first + row), name, chunk.columns(row));
                }
                row += 1;
            }
        }
    }

    fn chunks(&self) -> impl Iterator<Item = &Chunk> {
        self.full.iter().map(AsRef::as_ref).chain([&self.last])
    }

    fn chunk(&self, row: Row) -> (&Chunk, usize) {
        let (chunk, at) = (row as usize / CHUNK_ROWS, row as usize % CHUNK_ROWS);
        (self.full.get(chunk).map_or(&self.last, AsRef::as_ref), at)
    }

    fn chunk_mut(&mut self, row: Row) -> (&mut Chunk, usize) {
        let (chunk, at) = (row as usize / CHUNK_ROWS, row as usize % CHUNK_ROWS);
        match self.full.get_mut(chunk) {
            Some(full) => (Arc::make_mut(full), at),
            None => (&mut self.last, at),
        }
    }

    fn columns(&mut self, entry: &Entry) -> Columns {
        match entry {
            Entry::Folder(_) => Columns { is_folder: true, ..Columns::default() },
            Entry::Object(object) => Columns {
                size: object.size,
                class: object.storage_class.as_deref().map_or(0, |class| self.class_number(class)),
                ..Columns::changed(object.modified_at)
            },
        }
    }

    /// S3 knows a dozen classes; what a server makes up beyond the most that are told apart is shown as none.
    fn class_number(&mut self, class: &str) -> u8 {
        let at = self.classes.iter().position(|one| one == class).or_else(|| {
            (self.classes.len() < chunk::MOST_CLASSES).then(|| {
                self.classes.push(class.to_owned());
                self.classes.len() - 1
            })
        });
        at.and_then(|at| u8::try_from(at + 1).ok()).unwrap_or_default()
    }

    fn class(&self, number: u8) -> Option<&str> {
        self.classes.get(usize::from(number).checked_sub(1)?).map(String::as_str)
    }
}

/// An index is never as long as a row's number can count: see [`table::MOST_ROWS`].
fn number(row: usize) -> Row {
    Row::try_from(row).unwrap_or(Row::MAX)
}

/// The key or prefix of an entry.
pub(crate) fn text_of(entry: &Entry) -> &str {
    match entry {
        Entry::Folder(prefix) => prefix.as_str(),
        Entry::Object(object) => object.key.as_str(),
    }
}

/// The name by which an entry is found again.
pub(crate) fn ref_of(entry: &Entry) -> RowRef {
    match entry {
        Entry::Folder(prefix) => RowRef::Folder(prefix.as_str().to_owned()),
        Entry::Object(object) => RowRef::Object(object.key.as_str().to_owned()),
    }
}
