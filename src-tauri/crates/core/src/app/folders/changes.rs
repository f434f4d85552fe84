//! What this app has done is seen at once, in every folder that is open.

use std::sync::Arc;

use tokio::task::spawn_blocking;

use super::folder::Folder;
use crate::app::App;
use crate::index::Change;
use crate::{BucketName, Depth, Entry, Object, ObjectKey, Place, Prefix, ProfileId, RowRef};

impl App {
    /// An object has been written.
    pub(in crate::app) fn note_written(&self, profile: &ProfileId, bucket: &BucketName, object: Object) {
        self.show_changes(profile, bucket, &[Change::There(Entry::Object(object))]);
    }

    /// An object of so many bytes has been written just now.
    pub(in crate::app) fn note_new(
        &self,
        profile: &ProfileId,
        bucket: &BucketName,
        key: &ObjectKey,
        size: u64,
    ) {
        let modified_at = Some(self.ports.clock.now());
        let object = Object { key: key.clone(), size, modified_at, etag: None, storage_class: None };
        self.note_written(profile, bucket, object);
    }

    /// A folder has been made.
    pub(in crate::app) fn note_folder(&self, profile: &ProfileId, place: Place) {
        self.show_changes(profile, &place.bucket, &[Change::There(Entry::Folder(place.prefix))]);
    }

    /// Objects and folders have been deleted.
    pub(in crate::app) fn note_gone(&self, profile: &ProfileId, bucket: &BucketName, rows: &[RowRef]) {
        let changes: Vec<Change> = rows.iter().cloned().map(Change::Gone).collect();
        self.show_changes(profile, bucket, &changes);
    }

    fn show_changes(&self, profile: &ProfileId, bucket: &BucketName, changes: &[Change]) {
        for folder in self.folders.of(profile).into_iter().filter(|folder| folder.place.bucket == *bucket) {
            let place = &folder.place.prefix;
            let seen: Vec<Change> =
                changes.iter().filter_map(|change| seen_from(place, folder.depth, change)).collect();
            if !seen.is_empty() && folder.note(seen) {
                tokio::spawn(apply(folder));
            }
        }
    }
}

/// One batch after the other: what comes while a million rows are gone through is in the next one.
async fn apply(folder: Arc<Folder>) {
    loop {
        let one = folder.clone();
        // A panic there leaves the folder as it was; another reading shows what has changed.
        if !spawn_blocking(move || one.apply_noted()).await.unwrap_or(false) {
            return;
        }
    }
}

/// What a change somewhere below a folder is in that folder: where folders are shown, a new file deep down is the
/// folder that leads to it.
fn seen_from(place: &Prefix, depth: Depth, change: &Change) -> Option<Change> {
    let (key, is_there) = match change {
        Change::There(Entry::Object(object)) => (object.key.as_str(), true),
        Change::There(Entry::Folder(prefix)) => (prefix.as_str(), true),
        Change::Gone(RowRef::Object(key) | RowRef::Folder(key)) => (key.as_str(), false),
    };
    let rest = key.strip_prefix(place.as_str()).filter(|rest| !rest.is_empty())?;
    let slash = rest.find('/').filter(|_| depth == Depth::Here);
    match slash {
        None => Some(change.clone()),
        Some(slash) if is_there => {
            let folder = &key[..=place.as_str().len() + slash];
            Some(Change::There(Entry::Folder(Prefix::parse(folder).ok()?)))
        }
        // An object of that name is the folder's marker: what else lies in there may still do so.
        Some(slash) => {
            let is_itself = matches!(change, Change::Gone(RowRef::Folder(_))) && slash + 1 == rest.len();
            is_itself.then(|| change.clone())
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn there(key: &str) -> Change {
        let key = ObjectKey::parse(key).unwrap();
        Change::There(Entry::Object(Object {
            key,
            size: 1,
            modified_at: None,
            etag: None,
            storage_class: None,
        }))
    }

    fn folder(prefix: &str) -> Change {
        Change::There(Entry::Folder(Prefix::parse(prefix).unwrap()))
    }

    fn gone_folder(prefix: &str) -> Change {
        Change::Gone(RowRef::Folder(prefix.into()))
    }

    fn gone(key: &str) -> Change {
        Change::Gone(RowRef::Object(key.into()))
    }

    #[test]
    fn a_folder_shows_of_a_change_what_is_its_own() {
        for (place, change, here, below) in [
            ("", there("a.txt"), Some(there("a.txt")), Some(there("a.txt"))),
            ("", there("x/y/a.txt"), Some(folder("x/")), Some(there("x/y/a.txt"))),
            ("x/", there("x/y/a.txt"), Some(folder("x/y/")), Some(there("x/y/a.txt"))),
            ("x/", there("x/"), None, None),
            ("x/", there("z/a.txt"), None, None),
            ("x/", folder("x/new/"), Some(folder("x/new/")), Some(folder("x/new/"))),
            ("x/", folder("x/"), None, None),
            ("", gone("a.txt"), Some(gone("a.txt")), Some(gone("a.txt"))),
            ("", gone("x/a.txt"), None, Some(gone("x/a.txt"))),
            ("", gone_folder("x/"), Some(gone_folder("x/")), Some(gone_folder("x/"))),
            ("", gone_folder("x/y/"), None, Some(gone_folder("x/y/"))),
            ("", gone("marker/"), None, Some(gone("marker/"))),
        ] {
            let place = Prefix::parse(place).unwrap();
            assert_eq!(seen_from(&place, Depth::Here, &change), here, "{place:?} {change:?}");
            assert_eq!(seen_from(&place, Depth::Below, &change), below, "{place:?} {change:?} below");
        }
    }
}
