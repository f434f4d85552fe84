//! Moving: a copy that is looked at, and only then the end of the original.

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use futures_util::StreamExt;

use super::copying::Copying;
use super::counting::{Found, Row};
use super::work::{Barred, Work};
use crate::ports::{CopyOutcome, CopyWhole};
use crate::{Action, Entry, Error, Kind, Object, ObjectKey, Place, Prefix, Result, RowRef, TaskState};

/// Files on their way at the same time: most of their time is waiting for the server.
const FILES_AT_ONCE: usize = 16;

impl Work {
    pub(super) async fn move_all(self, rows: Vec<Row>) {
        let outcome = self.carry(&rows).await;
        self.finish(outcome);
    }

    async fn carry(&self, rows: &[Row]) -> Result<()> {
        let found = self.count(rows).await?;
        self.update(|task| task.state = TaskState::Running);
        let (barred, stayed) = (Barred::default(), Mutex::new(BTreeSet::new()));
        let each = found.iter().map(|found| {
            let (barred, stayed) = (&barred, &stayed);
            async move {
                let outcome = if barred.is_set() {
                    Err(Kind::Cancelled.into())
                } else {
                    self.move_one(rows, found).await
                };
                if let Err(e) = &outcome {
                    // Who may not delete one of them may delete none, and would copy them all.
                    if matches!(e.kind(), Kind::AccessDenied { action: Action::Delete, .. }) {
                        barred.set();
                    }
                    if let Ok(mut stayed) = stayed.lock() {
                        stayed.insert(found.row);
                    }
                }
                self.count_done(&found.object.key, outcome);
            }
        });
        let each: Vec<_> = each.collect();
        futures_util::stream::iter(each).buffer_unordered(FILES_AT_ONCE).collect::<()>().await;
        self.note_folders(rows, &stayed.into_inner().unwrap_or_default());
        Ok(())
    }

    async fn move_one(&self, rows: &[Row], found: &Found) -> Result<()> {
        if !self.goes_on().await {
            return Err(Kind::Cancelled.into());
        }
        let (row, from) = (&rows[found.row], &found.object.key);
        let to = target(row, from)?;
        // The policy may be another one since the task began.
        let limits = self.app.limits(&self.profile).await?;
        limits.check_upload(&self.bucket, from.as_str())?;
        limits.check_upload(&self.bucket, to.as_str())?;
        self.update(|task| task.current_name = Some(from.name().to_owned()));
        let (original, copy) = self.copy(from, &to).await?;
        let bucket = &self.bucket;
        let original = &original;
        let remove = || async move { self.store().await?.remove_copied(bucket, from, original).await };
        if let Err(e) = self.persist_once_begun(remove).await {
            self.take_back(e, from, &to, &copy).await?;
        }
        let at = self.app.ports.clock.now();
        let object = Object { key: to, modified_at: Some(at), etag: None, ..found.object.clone() };
        self.app.note_written(&self.profile, bucket, object);
        self.app.note_gone(&self.profile, bucket, &[RowRef::Object(from.as_str().to_owned())]);
        Ok(())
    }

    /// Removes the copy of what could not be removed itself, so that there are not two files where there was one. But
    /// only where the original is seen to be there: a refusal does not prove that, and the copy may be the last one.
    async fn take_back(&self, refused: Error, from: &ObjectKey, to: &ObjectKey, copy: &str) -> Result<()> {
        let store = self.store().await?;
        match store.facts(&self.bucket, from, None).await {
            Ok(_) => {
                if let Err(e) = store.remove_copied(&self.bucket, to, copy).await {
                    tracing::warn!("the copy of a file that could not be moved stays: {e}");
                }
                Err(refused)
            }
            Err(e) if matches!(e.kind(), Kind::ObjectMissing { .. } | Kind::ObjectDeleted { .. }) => Ok(()),
            Err(_) => Err(refused),
        }
    }

    /// Answers the ETags of both.
    async fn copy(&self, from: &ObjectKey, to: &ObjectKey) -> Result<(String, String)> {
        let (copying, is_again) = (Copying::new(self, to), AtomicBool::new(false));
        let (copying, is_again) = (&copying, &is_again);
        let outcome = self
            .persist(|| async move {
                let store = self.store().await?;
                let may_be_there = is_again.swap(true, Ordering::Relaxed);
                let copy = CopyWhole { bucket: &self.bucket, from, to, may_be_there };
                let outcome = store.copy_whole(copy, copying).await;
                match &outcome {
                    Ok(CopyOutcome::Copied { .. }) => copying.is_done().await,
                    Ok(CopyOutcome::Taken) | Err(_) => copying.give_up().await,
                }
                outcome
            })
            .await?;
        match outcome {
            CopyOutcome::Copied { from, to } => Ok((from, to)),
            CopyOutcome::Taken => Err(Kind::NameTaken { name: to.name().to_owned() }.into()),
        }
    }

    /// Tells open folders of folders that are whole at their new place.
    fn note_folders(&self, rows: &[Row], stayed: &BTreeSet<usize>) {
        for (at, row) in rows.iter().enumerate() {
            let (Entry::Folder(prefix), Some(to)) = (&row.entry, &row.to) else { continue };
            if stayed.contains(&at) {
                continue;
            }
            self.app.note_gone(&self.profile, &self.bucket, &[RowRef::Folder(prefix.as_str().to_owned())]);
            if let Ok(prefix) = Prefix::parse(to) {
                self.app.note_folder(&self.profile, Place { bucket: self.bucket.clone(), prefix });
            }
        }
    }
}

/// Where an object of this row goes. Error: [`Kind::NameInvalid`] where that is too long.
fn target(row: &Row, from: &ObjectKey) -> Result<ObjectKey> {
    let to = row.to.as_deref().unwrap_or_default();
    let below = row.folder().map_or("", |folder| &from.as_str()[folder.len()..]);
    ObjectKey::parse(&format!("{to}{below}"))
        .map_err(|_| Kind::NameInvalid { name: from.name().to_owned() }.into())
}
