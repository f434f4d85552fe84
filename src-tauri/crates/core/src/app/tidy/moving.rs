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

/// What the files of a task tell each other.
#[derive(Default)]
struct Carrying {
    barred: Barred,
    /// The rows of which something stayed.
    stayed: Mutex<BTreeSet<usize>>,
}

impl Work {
    pub(super) async fn move_all(self, rows: Vec<Row>) {
        let outcome = self.carry(&rows).await;
        self.finish(outcome);
    }

    async fn carry(&self, rows: &[Row]) -> Result<()> {
        let found = self.count(rows).await?;
        self.update(|task| task.state = TaskState::Running);
        let carrying = Carrying::default();
        if let Some(first) = found.first() {
            // Alone: who may put files here and not delete them would leave as many copies as go at once.
            self.carry_one(rows, first, &carrying).await;
        }
        // Made as they are come to: there may be a million.
        futures_util::stream::iter(1..found.len())
            .map(|at| self.carry_one(rows, &found[at], &carrying))
            .buffer_unordered(FILES_AT_ONCE)
            .collect::<()>()
            .await;
        self.note_folders(rows, &carrying.stayed.into_inner().unwrap_or_default()).await;
        Ok(())
    }

    async fn carry_one(&self, rows: &[Row], found: &Found, carrying: &Carrying) {
        let outcome = if carrying.barred.is_set() {
            Err(Kind::Cancelled.into())
        } else {
            self.move_one(rows, found, &carrying.barred).await
        };
        if outcome.is_err()
            && let Ok(mut stayed) = carrying.stayed.lock()
        {
            stayed.insert(found.row);
        }
        self.count_object(&found.object, outcome);
    }

    async fn move_one(&self, rows: &[Row], found: &Found, barred: &Barred) -> Result<()> {
        if !self.goes_on().await {
            return Err(Kind::Cancelled.into());
        }
        let (row, from) = (&rows[found.row], &found.object.key);
        let to = target(row, from)?;
        // The policy may be another one since the task began.
        let limits = self.app.limits(&self.profile).await?;
        limits.check_upload(&self.bucket, from.as_str())?;
        limits.check_upload(&self.bucket, to.as_str())?;
        let claim = self.app.claims.take(&self.bucket, &to);
        let _claim = claim.ok_or_else(|| Kind::NameTaken { name: to.name().to_owned() })?;
        self.update(|task| task.current_name = Some(from.name().to_owned()));
        let (original, copy) = self.copy(from, &to).await?;
        self.remove(from, &original, &to, &copy, barred).await?;
        let at = self.app.ports.clock.now();
        let object = Object { key: to, modified_at: Some(at), etag: None, ..found.object.clone() };
        self.app.note_written(&self.profile, &self.bucket, object);
        self.app.note_gone(&self.profile, &self.bucket, &found.shown().into_iter().collect::<Vec<_>>());
        Ok(())
    }

    /// Removes the original; where that is refused for certain, the copy.
    async fn remove(
        &self,
        from: &ObjectKey,
        original: &str,
        to: &ObjectKey,
        copy: &str,
        barred: &Barred,
    ) -> Result<()> {
        let is_open = AtomicBool::new(false);
        let is_open = &is_open;
        let remove = || async move {
            let removed = self.store().await?.remove_copied(&self.bucket, from, original).await;
            if removed.as_ref().is_err_and(|e| !is_refusal(e)) {
                is_open.store(true, Ordering::Relaxed);
            }
            removed
        };
        let Err(refused) = self.persist_once_begun(remove).await else { return Ok(()) };
        // Who may not delete one of them may delete none, and would copy them all.
        if matches!(refused.kind(), Kind::AccessDenied { action: Action::Delete, .. }) {
            barred.set();
        }
        let stays = is_refusal(&refused) && !is_open.load(Ordering::Relaxed);
        self.take_back(refused, stays, from, to, copy).await
    }

    /// Removes the copy of what could not be removed itself, so that there are not two files where there was one. But
    /// only where the original stays for certain and is seen to be there: a removal without an answer may come about
    /// later, and the copy is the last one then.
    async fn take_back(
        &self,
        refused: Error,
        stays: bool,
        from: &ObjectKey,
        to: &ObjectKey,
        copy: &str,
    ) -> Result<()> {
        let left = || Kind::CopyLeft { name: from.name().to_owned(), copy: to.as_str().to_owned() };
        let Ok(store) = self.store().await else { return Err(refused.with_kind(left())) };
        match store.facts(&self.bucket, from, None).await {
            // What stands for a folder may be somebody else's as well.
            Ok(_) if stays && !to.as_str().ends_with('/') => {
                match store.remove_copied(&self.bucket, to, copy).await {
                    Ok(()) => Err(refused),
                    Err(e) => {
                        tracing::warn!("the copy of a file that could not be moved stays: {e}");
                        Err(refused.with_kind(left()))
                    }
                }
            }
            Err(e) if matches!(e.kind(), Kind::ObjectMissing { .. } | Kind::ObjectDeleted { .. }) => Ok(()),
            _ => Err(refused.with_kind(left())),
        }
    }

    /// Answers the ETags of both.
    async fn copy(&self, from: &ObjectKey, to: &ObjectKey) -> Result<(String, String)> {
        let copying = Copying::new(self, to);
        let copying = &copying;
        let outcome = self
            .persist(|| async move {
                let store = self.store().await?;
                let copy = CopyWhole { bucket: &self.bucket, from, to, asked_at: copying.asked_at() };
                let outcome = store.copy_whole(copy, copying).await;
                match &outcome {
                    Ok(CopyOutcome::Copied { .. }) => copying.is_done().await,
                    Ok(CopyOutcome::Taken) | Err(_) => copying.give_up().await,
                }
                outcome
            })
            .await;
        match outcome {
            Ok(CopyOutcome::Copied { from, to }) => Ok((from, to)),
            Ok(CopyOutcome::Taken) => Err(Kind::NameTaken { name: to.name().to_owned() }.into()),
            Err(e) if copying.asked_at().is_some() && is_no_answer(&e) => {
                let (name, copy) = (from.name().to_owned(), to.as_str().to_owned());
                Err(e.with_kind(Kind::CopyLeft { name, copy }))
            }
            Err(e) => Err(e),
        }
    }

    /// Tells open folders of folders that are whole at their new place.
    async fn note_folders(&self, rows: &[Row], stayed: &BTreeSet<usize>) {
        for (at, row) in rows.iter().enumerate() {
            let (Entry::Folder(prefix), Some(to)) = (&row.entry, &row.to) else { continue };
            if stayed.contains(&at) {
                continue;
            }
            if self.is_empty(prefix).await {
                let gone = RowRef::Folder(prefix.as_str().to_owned());
                self.app.note_gone(&self.profile, &self.bucket, &[gone]);
            }
            if let Ok(prefix) = Prefix::parse(to) {
                self.app.note_folder(&self.profile, Place { bucket: self.bucket.clone(), prefix });
            }
        }
    }
}

/// Whether a server has said no, so that the object stays where it is.
fn is_refusal(error: &Error) -> bool {
    matches!(error.kind(), Kind::AccessDenied { .. } | Kind::FileChanged { .. })
}

/// Whether what was asked for may have been done all the same.
fn is_no_answer(error: &Error) -> bool {
    matches!(
        error.kind(),
        Kind::Offline { .. }
            | Kind::ServerBusy
            | Kind::ServerFault
            | Kind::Cancelled
            | Kind::CredentialsEnded { .. }
            | Kind::CodeNeeded { .. }
    )
}

/// Where an object of this row goes. Error: [`Kind::NameInvalid`] where that is too long.
fn target(row: &Row, from: &ObjectKey) -> Result<ObjectKey> {
    let to = row.to.as_deref().unwrap_or_default();
    let below = row.folder().map_or("", |folder| &from.as_str()[folder.len()..]);
    ObjectKey::parse(&format!("{to}{below}"))
        .map_err(|_| Kind::NameInvalid { name: from.name().to_owned() }.into())
}
