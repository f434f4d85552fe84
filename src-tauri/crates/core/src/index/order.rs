//! Rows in an order that people expect.

mod by_name;

use std::cmp::{Ordering, Reverse};

use by_name::ByName;
use icu_collator::options::CollatorOptions;
use icu_collator::preferences::CollationNumericOrdering;
use icu_collator::{Collator, CollatorBorrowed, CollatorPreferences};
use icu_locale_core::Locale;

use super::{Index, Row};
use crate::{Arrangement, SortBy};

/// All rows but those that are gone: folders, then files, each sorted.
pub(super) fn order(index: &Index, arrangement: &Arrangement) -> Vec<Row> {
    let Arrangement { sort, descending, ref locale, .. } = *arrangement;
    let by_name = ByName::new(index, collator(locale));
    let (mut folders, mut files) = (Vec::new(), Vec::new());
    for row in (0..super::number(index.len())).filter(|row| !index.columns_of(*row).is_gone) {
        if index.columns_of(row).is_folder { folders.push(row) } else { files.push(row) }
    }
    by_name.sort(&mut folders);
    by_name.sort(&mut files);
    match sort {
        SortBy::Name if descending => {
            folders.reverse();
            files.reverse();
        }
        SortBy::Name => {}
        // Folders have neither size nor date, and stay as a person finds them. What is alike in these stays in the
        // order of names: this sort keeps it.
        SortBy::Size | SortBy::Changed => {
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
    let by_name = ByName::new(index, collator(locale));
    let standing = |row: Row| {
        let (name, is_file, mut key) = (index.name_of(row), !index.columns_of(row).is_folder, Vec::new());
        by_name.write_key(&name, !is_file, &mut key);
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

/// Sorts as in this locale, numbers by their value. A locale that nobody knows sorts as most do. `None`, which the data
/// that comes with the crate rules out, sorts by bytes.
fn collator(locale: &str) -> Option<CollatorBorrowed<'static>> {
    let locale = locale.parse::<Locale>().unwrap_or(Locale::UNKNOWN);
    let mut preferences = CollatorPreferences::from(&locale);
    preferences.numeric_ordering = Some(CollationNumericOrdering::True);
    Collator::try_new(preferences, CollatorOptions::default()).ok()
}
