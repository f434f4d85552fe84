//! What was read and drawn lately. A file is read once for all of its pictures, and once for all who ask at the same
//! time; one without a picture is not read again to find that out.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError, Weak};

use guestpass_core::{BucketName, ObjectKey, ProfileId};
use guestpass_preview::Picture;

use super::lately::Lately;
use crate::draw::NotDrawn;

/// The most that is kept of pictures, in bytes.
const PICTURES: usize = 32 * 1024 * 1024;

/// The most that is kept of files, in bytes: the largest that is drawn, which is looked at more closely next.
const FILES: usize = 33 * 1024 * 1024;

/// Which object. Another `stamp` is another object: its ETag, or what a list tells of it.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub(super) struct File {
    pub(super) profile: ProfileId,
    pub(super) bucket: BucketName,
    pub(super) key: ObjectKey,
    pub(super) stamp: String,
}

/// Which picture of it, by its longest edge.
pub(super) type Name = (File, u16);

/// What drawing has come to.
pub(super) type Found = Result<Arc<Picture>, NotDrawn>;

/// All of it.
pub(super) struct Drawn {
    pictures: Lately<Name, Found>,
    files: Lately<File, Arc<[u8]>>,
    under_way: Mutex<HashMap<File, Weak<tokio::sync::Mutex<()>>>>,
}

impl Default for Drawn {
    fn default() -> Self {
        Self { pictures: Lately::within(PICTURES), files: Lately::within(FILES), under_way: Mutex::default() }
    }
}

impl Drawn {
    pub(super) fn find(&self, name: &Name) -> Option<Found> {
        self.pictures.find(name)
    }

    /// Keeps it, unless another try may come to something else.
    pub(super) fn keep(&self, name: Name, found: &Found) {
        let bytes = match found {
            Ok(picture) => picture.bytes.len(),
            Err(NotDrawn::NoWorker) => return,
            Err(NotDrawn::None(_) | NotDrawn::TooSlow | NotDrawn::Lost) => 0,
        };
        self.pictures.keep(name, found.clone(), bytes);
    }

    pub(super) fn file(&self, file: &File) -> Option<Arc<[u8]>> {
        self.files.find(file)
    }

    pub(super) fn keep_file(&self, file: File, bytes: &Arc<[u8]>) {
        self.files.keep(file, bytes.clone(), bytes.len());
    }

    /// What must be held by whoever reads this file or draws it.
    pub(super) fn turn(&self, file: &File) -> Arc<tokio::sync::Mutex<()>> {
        let mut under_way = self.under_way.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(turn) = under_way.get(file).and_then(Weak::upgrade) {
            return turn;
        }
        under_way.retain(|_, turn| turn.strong_count() > 0);
        let turn = Arc::default();
        under_way.insert(file.clone(), Arc::downgrade(&turn));
        turn
    }
}

#[cfg(test)]
mod tests {
    use guestpass_preview::NoPicture;

    use super::*;

    fn name(key: &str, stamp: &str) -> Name {
        let file = File {
            profile: ProfileId::Practice,
            bucket: BucketName::parse("acme").unwrap(),
            key: ObjectKey::parse(key).unwrap(),
            stamp: stamp.to_owned(),
        };
        (file, 96)
    }

    #[test]
    fn another_object_of_the_same_key_has_another_picture() {
        let drawn = Drawn::default();
        let picture = Ok(Arc::new(Picture { bytes: vec![0; 7], content_type: "image/jpeg" }));
        drawn.keep(name("a", "1"), &picture);
        assert_eq!(drawn.find(&name("a", "1")), Some(picture));
        assert_eq!(drawn.find(&name("a", "2")), None);
    }

    #[test]
    fn a_failure_is_kept_where_it_is_the_files() {
        let drawn = Drawn::default();
        for failure in [NotDrawn::None(NoPicture::NotUnderstood), NotDrawn::TooSlow, NotDrawn::Lost] {
            drawn.keep(name("a", ""), &Err(failure));
            assert_eq!(drawn.find(&name("a", "")), Some(Err(failure)));
        }
        drawn.keep(name("b", ""), &Err(NotDrawn::NoWorker));
        assert_eq!(drawn.find(&name("b", "")), None);
    }

    #[test]
    fn those_who_ask_for_one_file_take_turns_and_leave_nothing() {
        let drawn = Drawn::default();
        let ((one, _), (other, _)) = (name("a", ""), name("b", ""));
        let turn = drawn.turn(&one);
        assert!(Arc::ptr_eq(&turn, &drawn.turn(&one)));
        assert!(!Arc::ptr_eq(&turn, &drawn.turn(&other)));
        drop(turn);
        drawn.turn(&other);
        assert_eq!(drawn.under_way.lock().unwrap().len(), 1);
    }
}
