//! Rows by their names.
//!
//! What compares as people of a locale would compare names is longer than the name
//! (<https://www.unicode.org/reports/tr10/#Step_3>): of a long folder it would be most of what the folder takes in
//! memory. So of a long folder's sort keys eight bytes each are held, behind what all of them share; the rows that these
//! do not tell apart are sorted by the whole of theirs.

use icu_collator::CollatorBorrowed;

use super::super::{Index, Row};

/// Of so many rows the whole keys take some two megabytes.
const AT_ONCE: usize = 1 << 16;

/// In a folder as people fill them, these share no more than all do.
const SAMPLE: usize = 1_000;

/// To find one name by itself takes as long as to read this many on the way.
const BY_ITSELF: usize = 16;

/// Sorts by names; by their bytes where there is no collator.
pub(super) struct ByName<'a> {
    index: &'a Index,
    collator: Option<CollatorBorrowed<'static>>,
    /// The most rows whose whole sort keys are held at once.
    at_once: usize,
    /// Of how many rows it is guessed what the keys of all share.
    sample: usize,
}

impl<'a> ByName<'a> {
    /// For the rows of this index.
    pub(super) fn new(index: &'a Index, collator: Option<CollatorBorrowed<'static>>) -> Self {
        Self { index, collator, at_once: AT_ONCE, sample: SAMPLE }
    }

    /// Puts rows in order that stand in that of their numbers.
    pub(super) fn sort(&self, rows: &mut [Row]) {
        self.sort_with(rows, &mut SortKeys::default());
    }

    /// Appends the sort key of a name.
    pub(super) fn write_key(&self, name: &[u8], is_folder: bool, key: &mut Vec<u8>) {
        let name = if is_folder { name.strip_suffix(b"/").unwrap_or(name) } else { name };
        match &self.collator {
            Some(collator) => {
                let Ok(()) = collator.write_sort_key_utf8_to(name, key);
            }
            None => key.extend_from_slice(name),
        }
    }

    fn sort_with(&self, rows: &mut [Row], keys: &mut SortKeys) {
        if rows.len() <= self.at_once {
            return keys.sort(self, rows);
        }
        let mut heads = self.heads(rows);
        // What these do not tell apart stays in the order of numbers.
        heads.sort_unstable();
        for (to, (_, row)) in rows.iter_mut().zip(&heads) {
            *to = *row;
        }
        let mut rest = rows;
        for run in heads.chunk_by(|(one, _), (other, _)| one == other) {
            let (alike, behind) = rest.split_at_mut(run.len());
            rest = behind;
            if alike.len() == heads.len() {
                self.sort_one_by_one(alike);
            } else if alike.len() > 1 {
                self.sort_with(alike, keys);
            }
        }
    }

    /// For more rows than are sorted at once whose keys differ in nothing but zeros at their ends, if at all.
    fn sort_one_by_one(&self, rows: &mut [Row]) {
        rows.sort_by_cached_key(|row| {
            let (name, mut key) = (self.index.name_of(*row), Vec::new());
            self.write_key(&name, self.index.columns_of(*row).is_folder, &mut key);
            (key, name)
        });
    }

    /// Eight bytes of each key behind what all keys share.
    fn heads(&self, rows: &[Row]) -> Vec<(u64, Row)> {
        let mut shared = self.shared_by_some(rows);
        loop {
            let mut heads = Vec::with_capacity(rows.len());
            let mut still = shared.len();
            self.each_key(rows, |row, key| {
                still = alike(&shared[..still], key);
                if still == shared.len() {
                    heads.push((head(&key[still..]), row));
                }
            });
            if still == shared.len() {
                return heads;
            }
            shared.truncate(still);
        }
    }

    /// What the keys of some of these rows share, from end to end of them.
    fn shared_by_some(&self, rows: &[Row]) -> Vec<u8> {
        let some: Vec<Row> = rows.iter().copied().step_by(rows.len().div_ceil(self.sample)).collect();
        let mut shared = None;
        self.each_key(&some, |_, key| match &mut shared {
            None => shared = Some(key.to_vec()),
            Some(shared) => shared.truncate(alike(shared, key)),
        });
        shared.unwrap_or_default()
    }

    /// Calls for each of these rows, which stand in the order of their numbers, with its sort key.
    fn each_key(&self, rows: &[Row], mut call: impl FnMut(Row, &[u8])) {
        let mut key = Vec::new();
        let mut give = |row, name: &[u8], is_folder| {
            key.clear();
            self.write_key(name, is_folder, &mut key);
            call(row, &key);
        };
        if rows.len().saturating_mul(BY_ITSELF) < self.index.len() {
            for row in rows {
                give(*row, &self.index.name_of(*row), self.index.columns_of(*row).is_folder);
            }
            return;
        }
        let mut wanted = rows.iter().peekable();
        self.index.each_name(0, |row, name, columns| {
            if wanted.next_if(|wanted| **wanted == row).is_some() {
                give(row, name, columns.is_folder);
            }
        });
    }
}

/// The whole sort keys of some rows, in one piece of memory.
#[derive(Default)]
struct SortKeys {
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
}

impl SortKeys {
    fn sort(&mut self, by: &ByName<'_>, rows: &mut [Row]) {
        self.bytes.clear();
        self.ends.clear();
        by.each_key(rows, |_, key| {
            self.bytes.extend_from_slice(key);
            self.ends.push(self.bytes.len());
        });
        let mut places: Vec<(usize, Row)> = rows.iter().copied().enumerate().collect();
        places.sort_unstable_by(|(one, row), (other, other_row)| {
            let keys = self.get(*one).cmp(self.get(*other));
            // The same to people, as two forms of one letter are: then by their bytes, so that it is always the same.
            keys.then_with(|| by.index.name_of(*row).cmp(&by.index.name_of(*other_row)))
                .then(row.cmp(other_row))
        });
        for (to, (_, row)) in rows.iter_mut().zip(places) {
            *to = row;
        }
    }

    fn get(&self, at: usize) -> &[u8] {
        let start = if at == 0 { 0 } else { self.ends[at - 1] };
        &self.bytes[start..self.ends[at]]
    }
}

/// How many bytes both begin with.
fn alike(one: &[u8], other: &[u8]) -> usize {
    one.iter().zip(other).take_while(|(one, other)| one == other).count()
}

/// What begins with these bytes compares as this number does, as far as eight of them go.
fn head(key: &[u8]) -> u64 {
    let mut head = [0; 8];
    for (to, from) in head.iter_mut().zip(key) {
        *to = *from;
    }
    u64::from_be_bytes(head)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::super::collator;
    use super::*;
    use crate::{Entry, Object, ObjectKey, Prefix};

    fn index(names: &[String]) -> Index {
        let mut index = Index::new(&Prefix::parse("in/").unwrap());
        for name in names {
            let key = ObjectKey::parse(&format!("in/{name}")).unwrap();
            let object = Object { key, size: 0, modified_at: None, etag: None, storage_class: None };
            index.push(&Entry::Object(object));
        }
        index
    }

    /// Beginnings that many share and some do not, letters in two forms, and names that are the same to people.
    fn any_names() -> impl Strategy<Value = Vec<String>> {
        let name = prop_oneof![
            "photo-of-the-launch-[0-9]{1,4}\\.jpg",
            "photo-of-the-launch-of-autumn-and-more-[0-9]{1,2}",
            "photo-of-the-launch(\u{0}){0,12}",
            "[éa]{1,2}",
            "(\u{e9}|e\u{301}){1,3}",
        ];
        prop::collection::vec(name, 1..60)
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn whatever_is_held_at_once_the_order_is_the_same(
            names in any_names(), at_once in 1usize..9, sample in 1usize..9, collates in any::<bool>()
        ) {
            let index = index(&names);
            let sorted = |at_once, sample| {
                let mut rows: Vec<Row> = (0..index.len() as Row).collect();
                let collator = collates.then(|| collator("en")).flatten();
                ByName { index: &index, collator, at_once, sample }.sort(&mut rows);
                rows
            };
            prop_assert_eq!(sorted(at_once, sample), sorted(usize::MAX, SAMPLE));
        }
    }
}
