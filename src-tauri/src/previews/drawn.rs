//! Pictures that were drawn lately, as far as their bytes fit.

use std::sync::{Arc, Mutex, PoisonError};

use guestpass_core::{BucketName, ObjectKey, ProfileId};
use guestpass_preview::Picture;
use lru::LruCache;

/// The most that is kept, in bytes.
const LIMIT: usize = 32 * 1024 * 1024;

/// Which picture of which object. Another `stamp` is another object: its ETag, or what a list tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct Name {
    pub(super) profile: ProfileId,
    pub(super) bucket: BucketName,
    pub(super) key: ObjectKey,
    pub(super) stamp: String,
    pub(super) edge: u16,
}

/// The pictures; the one that nobody has looked at for the longest goes first.
pub(super) struct Drawn(Mutex<Kept>);

struct Kept {
    pictures: LruCache<Name, Arc<Picture>>,
    bytes: usize,
}

impl Default for Drawn {
    fn default() -> Self {
        Self(Mutex::new(Kept { pictures: LruCache::unbounded(), bytes: 0 }))
    }
}

impl Drawn {
    pub(super) fn find(&self, name: &Name) -> Option<Arc<Picture>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).pictures.get(name).cloned()
    }

    pub(super) fn keep(&self, name: Name, picture: &Arc<Picture>) {
        let mut kept = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        kept.bytes += picture.bytes.len();
        if let Some(replaced) = kept.pictures.put(name, picture.clone()) {
            kept.bytes -= replaced.bytes.len();
        }
        while kept.bytes > LIMIT {
            let Some((_, oldest)) = kept.pictures.pop_lru() else { return };
            kept.bytes -= oldest.bytes.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn name(key: &str, stamp: &str) -> Name {
        Name {
            profile: ProfileId::Practice,
            bucket: BucketName::parse("acme").unwrap(),
            key: ObjectKey::parse(key).unwrap(),
            stamp: stamp.to_owned(),
            edge: 96,
        }
    }

    fn picture(bytes: usize) -> Arc<Picture> {
        Arc::new(Picture { bytes: vec![0; bytes], content_type: "image/jpeg" })
    }

    #[test]
    fn another_object_of_the_same_key_has_another_picture() {
        let drawn = Drawn::default();
        drawn.keep(name("a", "1"), &picture(7));
        assert_eq!(drawn.find(&name("a", "1")), Some(picture(7)));
        assert_eq!(drawn.find(&name("a", "2")), None);
    }

    #[test]
    fn the_memory_is_bounded_and_the_oldest_go_first() {
        let drawn = Drawn::default();
        for key in ["a", "b", "c"] {
            drawn.keep(name(key, ""), &picture(LIMIT / 3));
        }
        assert!(drawn.find(&name("a", "")).is_some());
        drawn.keep(name("d", ""), &picture(LIMIT / 3));
        assert!(drawn.find(&name("a", "")).is_some(), "it was looked at since");
        assert!(drawn.find(&name("b", "")).is_none());
        drawn.keep(name("d", ""), &picture(1));
        drawn.keep(name("e", ""), &picture(LIMIT / 3));
        assert!(drawn.find(&name("c", "")).is_some(), "what is replaced does not count twice");
    }
}
