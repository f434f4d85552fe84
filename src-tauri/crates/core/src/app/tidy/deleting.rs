//! Deleting, and bringing back what the server kept.

use std::sync::{Mutex, PoisonError};

use super::super::tasks::Restorable;
use super::counting::{Found, Row, is_file};
use super::work::Work;
use crate::ports::{Deleted, Doomed};
use crate::{Action, Error, Keeps, Kind, Object, ObjectKey, Result, RowRef, TaskState};

/// The most that one DeleteObjects may name
/// (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_DeleteObjects.html>).
const AT_ONCE: usize = 1_000;

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
        let found = self.look_at_rows(rows, found).await?;
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
            // What goes for good is what was counted, and nothing that has taken its place meanwhile.
            let counted = (keeps != Keeps::Versions).then_some(some);
            let answers = self.delete_some(doomed.collect(), counted).await?;
            self.settle(keeps, some, answers);
        }
        let is_whole = self.app.tasks.get(self.id).is_some_and(|task| task.files_failed == 0);
        for row in rows.iter().filter(|_| is_whole) {
            if let Some(prefix) = row.prefix()
                && self.is_empty(prefix).await
            {
                let gone = RowRef::Folder(prefix.as_str().to_owned());
                self.app.note_gone(&self.profile, &self.bucket, &[gone]);
            }
        }
        Ok(())
    }

    /// What the window shows of a file may be hours old; what is in folders was listed just now.
    async fn look_at_rows(&self, rows: &[Row], mut found: Vec<Found>) -> Result<Vec<Found>> {
        let mut shown: Vec<&mut Found> =
            found.iter_mut().filter(|found| rows[found.row].prefix().is_none()).collect();
        for some in shown.chunks_mut(AT_ONCE) {
            let seen = self.look(some.iter().map(|found| found.object.key.clone()).collect()).await?;
            for (found, seen) in some.iter_mut().zip(seen) {
                if let Ok(Some(now)) = seen {
                    found.object = now;
                }
            }
        }
        self.tell_count(&found);
        Ok(found)
    }

    async fn look(&self, keys: Vec<ObjectKey>) -> Result<Vec<Result<Option<Object>>>> {
        let keys = &keys;
        self.persist(|| async move { self.store().await?.look(&self.bucket, keys).await }).await
    }

    /// One answer for each; what a server was too busy for is asked for again.
    async fn delete_some(
        &self,
        doomed: Vec<Doomed>,
        counted: Option<&[Found]>,
    ) -> Result<Vec<Result<Deleted>>> {
        let mut answers: Vec<Option<Result<Deleted>>> = doomed.iter().map(|_| None).collect();
        for attempt in 1..=TRIES {
            if let Some(counted) = counted {
                self.spare(counted, &mut answers).await?;
            }
            let open: Vec<usize> = (0..doomed.len()).filter(|at| answers[*at].is_none()).collect();
            if open.is_empty() {
                break;
            }
            let asked: Vec<Doomed> = open.iter().map(|at| doomed[*at].clone()).collect();
            let told = match self.ask_to_delete(&asked).await {
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
        }
        Ok(answers.into_iter().map(|answer| answer.unwrap_or_else(|| Err(Kind::ServerFault.into()))).collect())
    }

    /// Answers for those that are not to be deleted: another object has their key by now, or none.
    async fn spare(&self, counted: &[Found], answers: &mut [Option<Result<Deleted>>]) -> Result<()> {
        let open: Vec<usize> = (0..counted.len()).filter(|at| answers[*at].is_none()).collect();
        let keys = open.iter().map(|at| counted[*at].object.key.clone()).collect();
        for (at, seen) in open.into_iter().zip(self.look(keys).await?) {
            let object = &counted[at].object;
            answers[at] = match seen {
                Ok(Some(now)) if is_same(object, &now) => None,
                Ok(Some(_)) => Some(Err(Kind::FileChanged { name: object.key.name().to_owned() }.into())),
                Ok(None) => Some(Ok(Deleted::default())),
                Err(e) => Some(Err(e)),
            };
        }
        Ok(())
    }

    /// Asks until there is an answer. What a try without one has deleted is known by its time.
    async fn ask_to_delete(&self, doomed: &[Doomed]) -> Result<Vec<Result<Deleted>>> {
        let since = Mutex::new(None);
        let since = &since;
        self.persist(|| async move {
            let store = self.store().await?;
            let now = store.server_clock().at(self.app.ports.clock.now());
            let earlier = *since.lock().unwrap_or_else(PoisonError::into_inner);
            let told = store.delete_many(&self.bucket, doomed, earlier).await;
            if told.is_err() {
                since.lock().unwrap_or_else(PoisonError::into_inner).get_or_insert(now);
            }
            told
        })
        .await
    }

    fn settle(&self, keeps: Keeps, some: &[Found], answers: Vec<Result<Deleted>>) {
        let (mut gone, mut restorable, mut bytes) = (Vec::new(), Vec::new(), 0);
        for (found, answer) in some.iter().zip(answers) {
            let object = &found.object;
            if let Ok(deleted) = &answer {
                bytes += object.size;
                gone.extend(found.shown());
                let marker = deleted.marker.clone().filter(|_| keeps != Keeps::VersionsLocked);
                restorable.extend(marker.map(|marker| Restorable { object: object.clone(), marker }));
            }
            self.count_object(object, answer.map(drop));
        }
        self.update(|task| task.bytes_done += bytes);
        self.app.tasks.remember(self.id, restorable);
        self.app.note_gone(&self.profile, &self.bucket, &gone);
    }

    pub(super) async fn undo(self) {
        let deleted = self.app.tasks.take_deleted(self.id);
        self.update(|task| {
            task.state = TaskState::Undoing;
            let files = deleted.iter().filter(|one| is_file(&one.object)).count();
            (task.files, task.files_done, task.files_failed) = (files, 0, 0);
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
        let answers = self.delete_some(doomed.collect(), None).await?;
        let seen = self.look(some.iter().map(|one| one.object.key.clone()).collect()).await?;
        let mut left = Vec::new();
        for ((one, answer), seen) in some.iter().zip(answers).zip(seen) {
            let answer = answer.map_err(of_undoing).and_then(|_| self.is_back(&one.object, seen?));
            match &answer {
                Ok(()) => self.app.note_written(&self.profile, &self.bucket, one.object.clone()),
                Err(_) => left.push(one.clone()),
            }
            self.count_object(&one.object, answer);
        }
        let bytes: u64 = some.iter().map(|one| one.object.size).sum();
        let missing: u64 = left.iter().map(|one| one.object.size).sum();
        self.update(|task| task.bytes_done += bytes - missing);
        Ok(left)
    }

    /// A marker that somebody else has made may hide it still, and what was put there since is another file.
    fn is_back(&self, deleted: &Object, now: Option<Object>) -> Result<()> {
        match now {
            Some(now) if is_same(deleted, &now) => Ok(()),
            Some(_) => Err(Kind::NameTaken { name: deleted.key.name().to_owned() }.into()),
            None => {
                let (bucket, key) = (self.bucket.to_string(), deleted.key.as_str().to_owned());
                Err(Kind::ObjectDeleted { bucket, key }.into())
            }
        }
    }
}

/// Whether it is still this object, as far as both are known.
fn is_same(known: &Object, now: &Object) -> bool {
    let by_time = || known.modified_at == now.modified_at;
    known.size == now.size
        && known.etag.as_ref().zip(now.etag.as_ref()).map_or_else(by_time, |(one, other)| one == other)
}

/// Taking off a marker asks for another permission than making one.
fn of_undoing(error: Error) -> Error {
    match error.kind().clone() {
        Kind::AccessDenied { action: Action::Delete, by, profile, bucket, key } => {
            error.with_kind(Kind::AccessDenied { action: Action::Undelete, by, profile, bucket, key })
        }
        _ => error,
    }
}
