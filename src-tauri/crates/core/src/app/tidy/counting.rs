//! What is in the rows that were chosen: every object, once.

use super::work::Work;
use crate::{Entry, Object, PageStart, Place, Prefix, Result, RowRef, TaskState};

/// A row, and what its key or prefix becomes, where it is moved.
#[derive(Clone, Debug)]
pub(super) struct Row {
    pub(super) entry: Entry,
    pub(super) to: Option<String>,
}

/// An object of the row at this place.
#[derive(Clone, Debug)]
pub(super) struct Found {
    pub(super) row: usize,
    pub(super) object: Object,
}

impl Found {
    /// Its row in open folders. What stands for a folder has none: that folder is gone when nothing is in it any more.
    pub(super) fn shown(&self) -> Option<RowRef> {
        let key = self.object.key.as_str();
        (!key.ends_with('/')).then(|| RowRef::Object(key.to_owned()))
    }
}

/// Whether a person would call it a file: what stands for a folder is none.
pub(super) fn is_file(object: &Object) -> bool {
    object.size > 0 || !object.key.as_str().ends_with('/')
}

impl Row {
    /// Rows that stay where they are; those in a chosen folder go with that.
    pub(super) fn all(entries: Vec<Entry>) -> Vec<Self> {
        Self::to(entries.into_iter().map(|entry| (entry, None)))
    }

    /// Rows and what becomes of them.
    pub(super) fn to<T: Into<Option<String>>>(targets: impl IntoIterator<Item = (Entry, T)>) -> Vec<Self> {
        let rows: Vec<Self> = targets.into_iter().map(|(entry, to)| Self { entry, to: to.into() }).collect();
        let folders: Vec<String> = rows.iter().filter_map(|row| row.folder().map(str::to_owned)).collect();
        let is_inside = |row: &Self| {
            let key = super::key_of(&row.entry);
            folders.iter().any(|folder| key.starts_with(folder) && row.folder() != Some(folder.as_str()))
        };
        rows.into_iter().filter(|row| !is_inside(row)).collect()
    }

    /// Its prefix, if it is a folder.
    pub(super) fn prefix(&self) -> Option<&Prefix> {
        match &self.entry {
            Entry::Folder(prefix) => Some(prefix),
            Entry::Object(_) => None,
        }
    }

    /// The same as text.
    pub(super) fn folder(&self) -> Option<&str> {
        self.prefix().map(Prefix::as_str)
    }
}

impl Work {
    /// Reads the folders among the rows to their end, with the objects that stand for them.
    pub(super) async fn count(&self, rows: &[Row]) -> Result<Vec<Found>> {
        let mut found = Vec::new();
        for (at, row) in rows.iter().enumerate() {
            match &row.entry {
                Entry::Object(object) => {
                    found.push(Found { row: at, object: object.clone() });
                }
                Entry::Folder(prefix) => {
                    let place = Place { bucket: self.bucket.clone(), prefix: prefix.clone() };
                    self.read_folder(at, &place, &mut found).await?;
                }
            }
        }
        // What stands for a folder goes last, and the innermost first: not every server lets one go that has something
        // in it.
        let (folders, mut all): (Vec<_>, Vec<_>) =
            found.into_iter().partition(|found| found.object.key.as_str().ends_with('/'));
        all.extend(folders.into_iter().rev());
        self.tell_count(&all);
        Ok(all)
    }

    async fn read_folder(&self, row: usize, place: &Place, found: &mut Vec<Found>) -> Result<()> {
        let mut page: Option<PageStart> = None;
        loop {
            let start = page.as_ref();
            let listing =
                self.persist(|| async move { self.store().await?.list(place, start, true).await }).await?;
            found.extend(listing.entries.into_iter().filter_map(|entry| match entry {
                Entry::Object(object) => Some(Found { row, object }),
                Entry::Folder(_) => None,
            }));
            self.tell_count(found);
            page = listing.next;
            if page.is_none() {
                return Ok(());
            }
        }
    }

    /// Whether nothing is in a folder any more. Files may have come while its own were on their way; where nobody
    /// says so, it is not told to be gone.
    pub(super) async fn is_empty(&self, prefix: &Prefix) -> bool {
        let place = Place { bucket: self.bucket.clone(), prefix: prefix.clone() };
        let Ok(store) = self.store().await else { return false };
        store.list(&place, None, true).await.is_ok_and(|listing| listing.entries.is_empty())
    }

    pub(super) fn tell_count(&self, found: &[Found]) {
        let bytes = found.iter().map(|found| found.object.size).sum();
        let files = found.iter().filter(|found| is_file(&found.object)).count();
        self.update(|task| {
            task.state = TaskState::Counting;
            (task.files, task.bytes) = (files, bytes);
        });
    }
}
