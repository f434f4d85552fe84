//! What was needed lately and may be needed again, as far as its bytes fit.

use std::hash::Hash;
use std::sync::{Mutex, MutexGuard, PoisonError};

use lru::LruCache;

/// Values by their names; the one that nobody has asked for the longest goes first.
pub(super) struct Lately<Name, Value>(Mutex<Kept<Name, Value>>);

struct Kept<Name, Value> {
    values: LruCache<Name, (Value, usize)>,
    bytes: usize,
    limit: usize,
}

/// What a value takes beside its bytes, at least: names are long, and there are values without any.
const OVERHEAD: usize = 1024;

impl<Name: Hash + Eq, Value: Clone> Lately<Name, Value> {
    /// Nothing is kept yet, and never more than so many bytes.
    pub(super) fn within(limit: usize) -> Self {
        Self(Mutex::new(Kept { values: LruCache::unbounded(), bytes: 0, limit }))
    }

    pub(super) fn find(&self, name: &Name) -> Option<Value> {
        self.kept().values.get(name).map(|(value, _)| value.clone())
    }

    /// Keeps a value of so many bytes.
    pub(super) fn keep(&self, name: Name, value: Value, bytes: usize) {
        let mut kept = self.kept();
        let bytes = bytes + OVERHEAD;
        kept.bytes += bytes;
        if let Some((_, replaced)) = kept.values.put(name, (value, bytes)) {
            kept.bytes -= replaced;
        }
        while kept.bytes > kept.limit {
            let Some((_, (_, oldest))) = kept.values.pop_lru() else { return };
            kept.bytes -= oldest;
        }
    }

    fn kept(&self) -> MutexGuard<'_, Kept<Name, Value>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_memory_is_bounded_and_the_oldest_go_first() {
        let lately = Lately::within(3 * 5_000);
        let keep = |name, bytes| lately.keep(name, name, bytes);
        for name in ["a", "b", "c"] {
            keep(name, 5_000 - OVERHEAD);
        }
        assert!(lately.find(&"a").is_some());
        keep("d", 5_000 - OVERHEAD);
        assert!(lately.find(&"a").is_some(), "it was asked for since");
        assert!(lately.find(&"b").is_none());
        keep("d", 0);
        keep("e", 3_900 - OVERHEAD);
        assert!(lately.find(&"c").is_some(), "what is replaced does not count twice");
        keep("f", 20_000);
        assert!(lately.find(&"f").is_none(), "it is more than is kept");
    }

    #[test]
    fn what_has_no_bytes_counts_all_the_same() {
        let lately = Lately::within(10 * OVERHEAD);
        for number in 0..11 {
            lately.keep(number, (), 0);
        }
        assert_eq!((lately.find(&0), lately.find(&10)), (None, Some(())));
    }
}
