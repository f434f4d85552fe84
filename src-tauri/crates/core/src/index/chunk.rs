//! Some thousand rows, column by column.

use jiff::Timestamp;

use super::names::{Names, Walk};

/// How many rows a chunk has: few enough to be copied in a blink, where one of them changes.
pub(super) const CHUNK_ROWS: usize = 16_384;

/// How many storage classes are told apart.
pub(super) const MOST_CLASSES: usize = 31;

/// No date.
const NO_DATE: u32 = u32::MAX;

const FOLDER: u8 = 1;
const GONE: u8 = 2;
const NOT_ASCII: u8 = 4;
const CLASS_SHIFT: u32 = 3;

/// What stands in a row, but for its name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct Columns {
    /// Bytes.
    pub(crate) size: u64,
    /// Whether it is a folder.
    pub(crate) is_folder: bool,
    /// Whether it is there no more.
    pub(crate) is_gone: bool,
    /// The number of its storage class; 0 for the standard one.
    pub(super) class: u8,
    /// Seconds since 1970.
    pub(super) changed: u32,
}

impl Default for Columns {
    fn default() -> Self {
        Self { size: 0, is_folder: false, is_gone: false, class: 0, changed: NO_DATE }
    }
}

impl Columns {
    pub(super) fn changed(at: Option<Timestamp>) -> Self {
        let seconds = at.and_then(|at| u32::try_from(at.as_second()).ok());
        Self { changed: seconds.unwrap_or(NO_DATE), ..Self::default() }
    }

    /// When it was last written, to the second.
    pub(super) fn modified_at(self) -> Option<Timestamp> {
        (self.changed != NO_DATE).then(|| Timestamp::from_second(self.changed.into()).ok()).flatten()
    }
}

/// Rows, by their number in the chunk.
#[derive(Clone, Default)]
pub(super) struct Chunk {
    names: Names,
    /// Six bytes each: an object has 48.8 TiB at most
    /// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html>), and these hold 256 TiB.
    sizes: Vec<[u8; 6]>,
    changed: Vec<u32>,
    marks: Vec<u8>,
}

impl Chunk {
    pub(super) fn len(&self) -> usize {
        self.marks.len()
    }

    pub(super) fn push(&mut self, name: &str, columns: Columns) {
        self.names.push(name.as_bytes());
        self.sizes.push(packed(columns.size));
        self.changed.push(columns.changed);
        self.marks.push(marks(columns) | if name.is_ascii() { 0 } else { NOT_ASCII });
    }

    pub(super) fn set(&mut self, at: usize, columns: Columns) {
        self.sizes[at] = packed(columns.size);
        self.changed[at] = columns.changed;
        self.marks[at] = marks(columns) | (self.marks[at] & NOT_ASCII);
    }

    pub(super) fn close(&mut self) {
        self.names.close();
        self.sizes.shrink_to_fit();
        self.changed.shrink_to_fit();
        self.marks.shrink_to_fit();
    }

    pub(super) fn columns(&self, at: usize) -> Columns {
        let mut size = [0; 8];
        size[..6].copy_from_slice(&self.sizes[at]);
        let marks = self.marks[at];
        Columns {
            size: u64::from_le_bytes(size),
            is_folder: marks & FOLDER != 0,
            is_gone: marks & GONE != 0,
            class: marks >> CLASS_SHIFT,
            changed: self.changed[at],
        }
    }

    /// Whether the name is ASCII alone, so that its lower case is all that there is to folding it.
    pub(super) fn is_ascii(&self, at: usize) -> bool {
        self.marks[at] & NOT_ASCII == 0
    }

    pub(super) fn name(&self, at: usize) -> Vec<u8> {
        self.names.get(at)
    }

    pub(super) fn names(&self) -> Walk<'_> {
        self.names.walk()
    }
}

fn packed(size: u64) -> [u8; 6] {
    let bytes = size.min((1 << 48) - 1).to_le_bytes();
    [bytes[0], bytes[1], bytes[2], bytes[3], bytes[4], bytes[5]]
}

fn marks(columns: Columns) -> u8 {
    let flag = |is_set, mark| if is_set { mark } else { 0 };
    flag(columns.is_folder, FOLDER) | flag(columns.is_gone, GONE) | columns.class << CLASS_SHIFT
}
