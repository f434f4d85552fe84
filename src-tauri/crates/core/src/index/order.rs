//! Rows in an order that people expect.

use std::cmp::{Ordering, Reverse};

use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

use super::{Index, Row};
use crate::{Arrangement, SortBy};

/// The names of all rows as bytes that compare as people of a locale would sort the names.
/// <https://www.unicode.org/reports/tr10/#Step_3>
struct SortKeys {
    bytes: Vec<u8>,
    /// Where each ends.
    ends: Vec<usize>,
}

impl SortKeys {
    fn of(index: &Index, collator: Option<CollatorBorrowed<'_>>) -> Self {
        let mut keys = Self { bytes: Vec::new(), ends: Vec::with_capacity(index.len()) };
        index.each_name(0, |_, name, columns| {
            write_key(collator.as_ref(), name, columns.is_folder, &mut keys.bytes);
            keys.ends.push(keys.bytes.len());
        });
        keys
    }

    fn get(&self, row: Row) -> &[u8] {
        let row = row as usize;
        let start = if row == 0 { 0 } else { self.ends[row - 1] };
        &self.bytes[start..self.ends[row]]
    }

    /// Eight bytes of a key behind what all keys share: most of them are told apart by these alone.
    fn head(&self, row: Row, shared: usize) -> u64 {
        let mut head = [0; 8];
        for (to, from) in head.iter_mut().zip(self.get(row).iter().skip(shared)) {
            *to = *from;
        }
        u64::from_be_bytes(head)
    }

    fn shared(&self, rows: &[Row]) -> usize {
        let Some(first) = rows.first().map(|row| self.get(*row)) else {
            return 0;
        };
        let alike = |row: &Row, most: usize| {
            first[..most].iter().zip(self.get(*row)).take_while(|(one, other)| one == other).count()
        };
        rows.iter().fold(first.len(), |most, row| alike(row, most))
    }
}

fn write_key(collator: Option<&CollatorBorrowed<'_>>, name: &[u8], is_folder: bool, key: &mut Vec<u8>) {
    let name = if is_folder { name.strip_suffix(b"/").unwrap_or(name) } else { name };
    match collator {
        Some(collator) => {
            let Ok(()) = collator.write_sort_key_utf8_to(name, key);
        }
        None => key.extend_from_slice(name),
    }
}

/// All rows but those that are gone: folders, then files, each sorted.
pub(super) fn order(index: &Index, arrangement: &Arrangement) -> Vec<Row> {
    let Arrangement { sort, descending, ref locale, .. } = *arrangement;
    let keys = SortKeys::of(index, collator(locale));
    let (mut folders, mut files) = (Vec::new(), Vec::new());
    for row in (0..super::number(index.len())).filter(|row| !index.columns_of(*row).is_gone) {
        if index.columns_of(row).is_folder { folders.push(row) } else { files.push(row) }
    }
    match sort {
        SortBy::Name => {
            by_name(index, &keys, &mut folders);
            by_name(index, &keys, &mut files);
            if descending {
                folders.reverse();
                files.reverse();
            }
        }
        SortBy::Size | SortBy::Changed => {
            // Folders have neither; they stay as a person finds them.
            by_name(index, &keys, &mut folders);
            by_name(index, &keys, &mut files);
            // What is alike in size or date stays in the order of names: this sort keeps it.
            let value = |row: &Row| value(index, *row, sort);
            match descending {
                true => files.sort_by_cached_key(|row| Reverse(value(row))),
                false => files.sort_by_cached_key(value),
            }
        }
    }
    folders.append(&mut files);
    folders
}

/// What a row is sorted by, apart from its name.
fn value(index: &Index, row: Row, sort: SortBy) -> u64 {
    let columns = index.columns_of(row);
    match sort {
        SortBy::Name => 0,
        SortBy::Size => columns.size,
        SortBy::Changed => columns.modified_at().map_or(0, |at| at.as_second().unsigned_abs()),
    }
}

/// What decides where one row stands.
struct Standing {
    is_file: bool,
    value: u64,
    /// The sort key, then the name itself.
    name: (Vec<u8>, Vec<u8>),
}

/// The same order as [`order`] has, made of rows that are in it and a few others: each of those is put in its place.
pub(super) fn insert(index: &Index, arrangement: &Arrangement, sorted: &[Row], few: &[Row]) -> Vec<Row> {
    let Arrangement { sort, descending, ref locale, .. } = *arrangement;
    let collator = collator(locale);
    let standing = |row: Row| {
        let (name, is_file, mut key) = (index.name_of(row), !index.columns_of(row).is_folder, Vec::new());
        write_key(collator.as_ref(), &name, !is_file, &mut key);
        Standing { is_file, value: if is_file { value(index, row, sort) } else { 0 }, name: (key, name) }
    };
    let compare = |one: &Standing, other: &Standing| -> Ordering {
        let (value, name) = (one.value.cmp(&other.value), one.name.cmp(&other.name));
        one.is_file.cmp(&other.is_file).then(match (sort, descending) {
            (SortBy::Name, true) => name.reverse(),
            (_, true) => value.reverse().then(name),
            (_, false) => value.then(name),
        })
    };
    let mut few: Vec<(Standing, Row)> = few.iter().map(|row| (standing(*row), *row)).collect();
    few.sort_by(|(one, _), (other, _)| compare(one, other));
    let (mut order, mut rest) = (Vec::with_capacity(sorted.len() + few.len()), sorted);
    for (at, row) in few {
        let (before, behind) =
            rest.split_at(rest.partition_point(|other| compare(&standing(*other), &at).is_lt()));
        order.extend_from_slice(before);
        order.push(row);
        rest = behind;
    }
    order.extend_from_slice(rest);
    order
}

fn by_name(index: &Index, keys: &SortKeys, rows: &mut Vec<Row>) {
    let shared = keys.shared(rows);
    let mut heads: Vec<(u64, Row)> = rows.iter().map(|row| (keys.head(*row, shared), *row)).collect();
    heads.sort_by(|(head, row), (other_head, other)| {
        head.cmp(other_head)
            .then_with(|| keys.get(*row).cmp(keys.get(*other)))
            // The same to people, as two forms of one letter are: then by their bytes, so that it is always the same.
            .then_with(|| index.name_of(*row).cmp(&index.name_of(*other)))
    });
    rows.clear();
    rows.extend(heads.into_iter().map(|(_, row)| row));
}

/// Sorts as in this locale, numbers by their value. A locale that nobody knows sorts as most do. `None`, which the data
/// that comes with the crate rules out, sorts by bytes.
fn collator(locale: &str) -> Option<CollatorBorrowed<'static>> {
    let locale = locale.parse::<Locale>().unwrap_or(Locale::UNKNOWN);
    let mut preferences = CollatorPreferences::from(&locale);
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    Collator::try_new(preferences, CollatorOptions::default()).ok()
}
