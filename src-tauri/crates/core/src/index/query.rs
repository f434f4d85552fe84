//! What is searched for, and which rows have it.

use memchr::memmem::Finder;

use super::chunk::Chunk;
use super::fold::{fold, fold_into};
use super::{CHUNK_ROWS, Index, RowSet, number};

/// Words, each of which a name must hold, whatever its case, accents and Unicode form.
#[derive(Clone, Debug)]
pub(crate) struct Query {
    /// As it was asked for.
    text: String,
    /// The longest first: fewest names have it.
    words: Vec<Finder<'static>>,
}

impl Query {
    /// What somebody typed. `None` where that is nothing.
    pub(crate) fn parse(search: &str) -> Option<Self> {
        let folded = fold(search);
        let mut words: Vec<&str> = folded.split_whitespace().collect();
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let finders: Vec<_> = words.into_iter().map(|word| Finder::new(word).into_owned()).collect();
        (!finders.is_empty()).then(|| Self { text: search.to_owned(), words: finders })
    }

    /// As it was asked for.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether it asks for the same.
    pub(crate) fn is_same(&self, other: &Self) -> bool {
        self.words.iter().map(Finder::needle).eq(other.words.iter().map(Finder::needle))
    }

    /// Whether all that this [`finds`](Self::finds) is found by the other. A path that has all words of this one has all
    /// of the other's, if each of those is part of one of these; and a name that has any of these has one of the other's,
    /// if each of these has one of those as a part.
    pub(crate) fn narrows(&self, other: &Self) -> bool {
        let is_in = |wide: &Finder<'_>, narrow: &Finder<'_>| wide.find(narrow.needle()).is_some();
        other.words.iter().all(|wide| self.words.iter().any(|narrow| is_in(wide, narrow)))
            && self.words.iter().all(|narrow| other.words.iter().any(|wide| is_in(wide, narrow)))
    }

    /// Whether a path has every word, and its last name at least one: what lies in a folder of that name is not
    /// found by it, but the folder is.
    pub(crate) fn finds(&self, path: &str) -> bool {
        let path = fold(path);
        let name = path.trim_end_matches('/').rsplit('/').next().unwrap_or_default();
        let has = |text: &str, word: &Finder<'_>| word.find(text.as_bytes()).is_some();
        self.words.iter().any(|word| has(name, word)) && self.words.iter().all(|word| has(&path, word))
    }

    fn has_rest(&self, name: &[u8]) -> bool {
        self.words[1..].iter().all(|word| word.find(name).is_some())
    }
}

/// The names of a chunk, folded, one behind the other: to look through them at once is quicker by far than to look at
/// each.
#[derive(Default)]
struct Folded {
    text: Vec<u8>,
    /// Where each name ends.
    ends: Vec<usize>,
    /// The name that is being folded.
    letters: String,
}

impl Folded {
    fn read(&mut self, chunk: &Chunk) {
        self.text.clear();
        self.ends.clear();
        let mut names = chunk.names();
        while let Some(name) = names.next_lower() {
            if chunk.is_ascii(self.ends.len()) {
                self.text.extend_from_slice(name);
            } else {
                self.letters.clear();
                fold_into(&String::from_utf8_lossy(name), &mut self.letters);
                self.text.extend_from_slice(self.letters.as_bytes());
            }
            self.ends.push(self.text.len());
            // No word holds a line break, so none is found across two names.
            self.text.push(b'\n');
        }
    }

    fn name(&self, at: usize) -> &[u8] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] + 1 };
        &self.text[start..self.ends[at]]
    }
}

impl Index {
    /// The rows from this one on that a query finds, those that are gone as well: they may come back.
    pub(crate) fn matches(&self, query: &Query, from: usize) -> RowSet {
        let mut found = RowSet::default();
        let mut folded = Folded::default();
        for (first, chunk) in self.chunks_from(from) {
            folded.read(chunk);
            let mut row = from.saturating_sub(first);
            let mut at = if row == 0 { 0 } else { folded.ends.get(row - 1).map_or(0, |end| end + 1) };
            while let Some(hit) = query.words[0].find(&folded.text[at..]) {
                row += folded.ends[row..].partition_point(|end| *end < at + hit);
                if query.has_rest(folded.name(row)) {
                    found.insert(number(first + row));
                }
                at = folded.ends[row] + 1;
                row += 1;
            }
        }
        found
    }

    /// The rows whose name begins so, whatever its case, accents and Unicode form.
    pub(crate) fn beginning(&self, text: &str) -> RowSet {
        let head = fold(text);
        let mut found = RowSet::default();
        let mut folded = Folded::default();
        for (first, chunk) in self.chunks_from(0) {
            folded.read(chunk);
            let rows = (0..chunk.len()).filter(|at| folded.name(*at).starts_with(head.as_bytes()));
            rows.for_each(|at| {
                found.insert(number(first + at));
            });
        }
        found
    }

    /// The chunks that hold rows from this one on, each with the number of its first row.
    fn chunks_from(&self, from: usize) -> impl Iterator<Item = (usize, &Chunk)> {
        let numbered = self.chunks().enumerate().map(|(at, chunk)| (at * CHUNK_ROWS, chunk));
        numbered.skip(from / CHUNK_ROWS).filter(|(_, chunk)| chunk.len() > 0)
    }
}
