//! One answer of the server, in order if it can be.

use crate::{Entry, Listing, PageStart};

/// A page of a listing.
pub(super) struct Page {
    /// The rows in the order of their bytes, folders among objects; as they came, where they came in another.
    pub(super) entries: Vec<Entry>,
    /// Whether they are in that order.
    pub(super) is_ordered: bool,
    /// Where the next page begins.
    pub(super) next: Option<PageStart>,
}

impl Page {
    /// Servers list folders and objects apart, each in order.
    pub(super) fn of(listing: Listing) -> Self {
        let Listing { mut entries, next } = listing;
        let folders = entries.iter().take_while(|entry| matches!(entry, Entry::Folder(_))).count();
        let (some, others) = entries.split_at(folders);
        let mut is_ordered = is_ordered(some) && is_ordered(others);
        if is_ordered && folders > 0 {
            entries.sort_by(|one, other| name(one).cmp(name(other)));
            is_ordered = self::is_ordered(&entries);
        }
        Self { entries, is_ordered, next }
    }
}

/// What an entry stands under in the server's order.
pub(super) fn name(entry: &Entry) -> &str {
    match entry {
        Entry::Folder(prefix) => prefix.as_str(),
        Entry::Object(object) => object.key.as_str(),
    }
}

fn is_ordered(entries: &[Entry]) -> bool {
    entries.is_sorted_by(|one, next| name(one) < name(next))
}
