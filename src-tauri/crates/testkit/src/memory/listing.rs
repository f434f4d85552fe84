//! How a store in memory lists: by the book, or as servers do that go their own ways.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};

use guestpass_core::{Entry, Listing, Object, ObjectKey, PageStart, Place, Prefix};

/// How a store lists.
#[derive(Clone, Copy, Debug)]
pub struct Lists {
    /// Rows a page: small, so that paging is met at once.
    pub rows: usize,
    /// In which order.
    pub order: ListOrder,
    /// Whether [`PageStart::After`] is taken for the start of the listing.
    pub ignores_start_after: bool,
    /// With more requests than these at once it asks to come back later.
    pub busy_above: usize,
}

impl Default for Lists {
    fn default() -> Self {
        Self { rows: 2, order: ListOrder::Bytes, ignores_start_after: false, busy_above: usize::MAX }
    }
}

/// In which order keys come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ListOrder {
    /// Of their bytes, as S3 has it.
    Bytes,
    /// Of the names of folders, as servers have it that keep objects in folders: all of `a/` before `a-b`.
    Folders,
    /// From the last to the first.
    Backwards,
}

impl ListOrder {
    fn compare(self, one: &str, other: &str) -> Ordering {
        let by_folders =
            |key: &str| key.bytes().map(|byte| if byte == b'/' { 0 } else { byte }).collect::<Vec<_>>();
        match self {
            Self::Bytes => one.cmp(other),
            Self::Folders => by_folders(one).cmp(&by_folders(other)),
            Self::Backwards => other.cmp(one),
        }
    }
}

impl Lists {
    /// A page of these keys and their sizes.
    pub(super) fn page(
        self,
        keys: &BTreeMap<String, u64>,
        place: &Place,
        start: Option<&PageStart>,
        recursive: bool,
    ) -> Listing {
        let prefix = place.prefix.as_str();
        // The object that stands for the place is none of its files.
        let is_shown = |key: &str| key.starts_with(prefix) && (recursive || key != prefix);
        let mut keys: Vec<_> = keys.iter().filter(|(key, _)| is_shown(key)).collect();
        keys.sort_by(|one, other| self.order.compare(one.0, other.0));
        let first = match start {
            Some(PageStart::Token(token)) => token.parse().unwrap(),
            Some(PageStart::After(after)) if !self.ignores_start_after => {
                keys.partition_point(|(key, _)| self.order.compare(key, after) != Ordering::Greater)
            }
            _ => 0,
        };
        let (mut folders, mut objects, mut named) = (Vec::new(), Vec::new(), BTreeSet::new());
        for (at, (key, size)) in keys.iter().enumerate().skip(first) {
            let slash = key[prefix.len()..].find('/').filter(|_| !recursive);
            let folder = slash.map(|slash| &key[..=prefix.len() + slash]);
            if folder.is_some_and(|folder| named.contains(folder)) {
                continue;
            }
            if folders.len() + objects.len() == self.rows {
                return page(folders, objects, Some(at));
            }
            match folder {
                Some(folder) => {
                    named.insert(folder);
                    folders.push(Entry::Folder(Prefix::parse(folder).unwrap()));
                }
                None => objects.push(Entry::Object(object(key, **size))),
            }
        }
        page(folders, objects, None)
    }
}

/// Folders come first, as in the XML of S3.
fn page(mut folders: Vec<Entry>, objects: Vec<Entry>, next: Option<usize>) -> Listing {
    folders.extend(objects);
    Listing { entries: folders, next: next.map(|at| PageStart::Token(at.to_string())) }
}

fn object(key: &str, size: u64) -> Object {
    Object { key: ObjectKey::parse(key).unwrap(), size, modified_at: None, etag: None, storage_class: None }
}
