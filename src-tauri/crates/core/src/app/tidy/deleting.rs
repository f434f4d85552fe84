//! Deleting, and bringing back what the server kept.

use futures_util::StreamExt;

use super::super::tasks::Restorable;
use super::counting::{Found, Row};
use super::work::Work;
use crate::ports::{Deleted, Doomed};
use crate::{Error, Keeps, Kind, Object, ObjectKey, Result, RowRef, TaskState};

/// The most that one DeleteObjects may name
/// (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html>).
const AT_ONCE: usize = 1_000;

/// Files that are looked at at the same time, once they are back.
const LOOKS_AT_ONCE: usize = 16;

/// How often what a busy server has not deleted is asked for again.
const TRIES: usize = 4;

impl Work {
    pub(super) async fn delete(self, rows: Vec<Row>) {
        let outcome = self.count_and_delete(&rows).await;
        self.finish(outcome);
    }

    async fn count_and_delete(&self, rows: &[Row]) -> Result<()> {
        let keeps = self.persist(|| async { self.store().await?.keeps(&self.bucket).await }).await?;
        self.update(|task| task.keeps = Some(keeps));
        let found = self.count(rows).await?;
        if keeps != Keeps::Versions {
            self.update(|task| task.state = TaskState::Asking);
            tokio::select! {
                () = self.handle.consent.cancelled() => {}
                () = self.handle.stop.cancelled() => return Err(Kind::Cancelled.into()),
            }
        }
        self.update(|task| task.state = TaskState::Running);
        for some in found.chunks(AT_ONCE) {
            // The policy may be another one since the task began.
            let limits = self.app.limits(&self.profile).await?;
            some.iter().try_for_each(|found| limits.check_upload(&self.bucket, found.object.key.as_str()))?;
            let doomed = some.iter().map(|found| Doomed { key: found.object.key.clone(), version: None });
            let answers = self.delete_some(doomed.collect()).await?;
            self.settle(keeps, some, answers);
        }
        let is_whole = self.app.tasks.get(self.id).is_some_and(|task| task.files_failed == 0);
        let folders = rows.iter().filter_map(|row| Some(RowRef::Folder(row.folder()?.to_owned())));
        let folders: Vec<_> = folders.filter(|_| is_whole).collect();
        self.app.note_gone(&self.profile, &self.bucket, &folders);
        Ok(())
    }

    /// One answer for each; what a server was too busy for is asked for again.
    async fn delete_some(&self, doomed: Vec<Doomed>) -> Result<Vec<Result<Deleted>>> {
        let mut answers: Vec<Option<Result<Deleted>>> = doomed.iter().map(|_| None).collect();
        for attempt in 1..=TRIES {
            let open: Vec<usize> = (0..doomed.len()).filter(|at| answers[*at].is_none()).collect();
            let asked: Vec<Doomed> = open.iter().map(|at| doomed[*at].clone()).collect();
            let asked = &asked;
            let delete = || async move { self.store().await?.delete_many(&self.bucket, asked).await };
            let told = match self.persist(delete).await {
                // What an earlier try has deleted is told all the same.
                Err(e) if attempt > 1 => asked.iter().map(|_| Err(Error::from(e.kind().clone()))).collect(),
                told => told?,
            };
            for (at, answer) in open.into_iter().zip(told) {
                let may_pass = |e: &Error| matches!(e.kind(), Kind::ServerBusy | Kind::ServerFault);
                if attempt == TRIES || !answer.as_ref().is_err_and(may_pass) {
                    answers[at] = Some(answer);
                }
            }
            if answers.iter().all(Option::is_some) {
                break;
            }
        }
        Ok(answers.into_iter().map(|answer| answer.unwrap_or_else(|| Err(Kind::ServerFault.into()))).collect())
    }

    fn settle(&self, keeps: Keeps, some: &[Found], answers: Vec<Result<Deleted>>) {
        let (mut gone, mut restorable, mut bytes) = (Vec::new(), Vec::new(), 0);
        for (found, answer) in some.iter().zip(answers) {
            let object = &found.object;
            if let Ok(deleted) = &answer {
                bytes += object.size;
                gone.push(RowRef::Object(object.key.as_str().to_owned()));
                let marker = deleted.marker.clone().filter(|_| keeps != Keeps::VersionsLocked);
                restorable.extend(marker.map(|marker| Restorable { object: object.clone(), marker }));
            }
            self.count_done(&object.key, answer.map(drop));
        }
        self.update(|task| task.bytes_done += bytes);
        self.app.tasks.remember(self.id, restorable);
        self.app.note_gone(&self.profile, &self.bucket, &gone);
    }

    pub(super) async fn undo(self) {
        let deleted = self.app.tasks.take_deleted(self.id);
        self.update(|task| {
            task.state = TaskState::Undoing;
            (task.files, task.files_done, task.files_failed) = (deleted.len(), 0, 0);
            (task.bytes_done, task.bytes) = (0, deleted.iter().map(|one| one.object.size).sum());
            task.failed.clear();
            task.trouble = None;
        });
        let mut outcome = Ok(());
        let mut left = Vec::new();
        for some in deleted.chunks(AT_ONCE) {
            match self.restore(some).await {
                Ok(still) => left.extend(still),
                Err(e) => {
                    left.extend_from_slice(some);
                    outcome = Err(e);
                }
            }
        }
        // What is not back yet can be tried again.
        self.app.tasks.remember(self.id, left);
        self.finish_undo(outcome);
    }

    /// Takes off the markers; answers what is still under one.
    async fn restore(&self, some: &[Restorable]) -> Result<Vec<Restorable>> {
        let limits = self.app.limits(&self.profile).await?;
        some.iter().try_for_each(|one| limits.check_upload(&self.bucket, one.object.key.as_str()))?;
        let doomed =
            some.iter().map(|one| Doomed { key: one.object.key.clone(), version: Some(one.marker.clone()) });
        let answers = self.delete_some(doomed.collect()).await?;
        let looks = some
            .iter()
            .zip(answers)
            .map(|(one, answer)| async move { (one, self.see_again(&one.object.key, answer.map(drop)).await) });
        let looks: Vec<_> = looks.collect();
        let seen: Vec<_> = futures_util::stream::iter(looks).buffered(LOOKS_AT_ONCE).collect().await;
        let mut left = Vec::new();
        for (one, answer) in seen {
            match &answer {
                Ok(_) => self.app.note_written(&self.profile, &self.bucket, one.object.clone()),
                Err(_) => left.push(one.clone()),
            }
            self.count_done(&one.object.key, answer);
        }
        let back = |object: &Object| object.size;
        let bytes: u64 = some.iter().map(|one| back(&one.object)).sum();
        let missing: u64 = left.iter().map(|one| back(&one.object)).sum();
        self.update(|task| task.bytes_done += bytes - missing);
        Ok(left)
    }

    /// Where the answer to a deletion was lost, the server may have made two markers, of which one is known.
    async fn see_again(&self, key: &ObjectKey, answer: Result<()>) -> Result<()> {
        answer?;
        if self.store().await?.is_taken(&self.bucket, key).await {
            return Ok(());
        }
        let (bucket, key) = (self.bucket.to_string(), key.as_str().to_owned());
        Err(Kind::ObjectDeleted { bucket, key }.into())
    }
}
