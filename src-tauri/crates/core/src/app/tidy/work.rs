//! One run of a task: its figures, its waits, its end.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use super::super::App;
use super::super::tasks::Handle;
use super::counting::is_file;
use crate::ports::Store;
use crate::{
    BucketName, Error, FAILURES_NAMED, FailedFile, Kind, Object, ObjectKey, ProfileId, Result, Task, TaskId,
    TaskState,
};

/// How long a wait for the network is at first and at most, in seconds.
const WAITS: (u64, u64) = (2, 60);

/// How often a server that answers with faults is asked again, with a wait before each.
const FAULTS: u32 = 5;

pub(super) struct Work {
    pub(super) app: App,
    pub(super) id: TaskId,
    pub(super) handle: Handle,
    pub(super) profile: ProfileId,
    pub(super) bucket: BucketName,
}

impl Work {
    /// The store, asked for at each try: whoever signs in again gets another one.
    pub(super) async fn store(&self) -> Result<Arc<dyn Store>> {
        self.app.store(&self.profile).await
    }

    pub(super) fn update(&self, change: impl FnOnce(&mut Task)) {
        self.app.tasks.update(self.id, change);
    }

    /// Waits while the task is paused. Whether to go on then.
    pub(super) async fn goes_on(&self) -> bool {
        let mut paused = self.handle.paused.subscribe();
        while *paused.borrow_and_update() && !self.handle.stop.is_cancelled() {
            self.update(|task| task.state = TaskState::Paused);
            tokio::select! {
                _ = paused.changed() => {}
                () = self.handle.stop.cancelled() => {}
            }
            self.update(|task| task.state = task.phase.into());
        }
        !self.handle.stop.is_cancelled()
    }

    /// Asks again, after a wait, where the network is away, the server is busy or the sign-in has ended. Error:
    /// [`Kind::Cancelled`] where the task is stopped before the answer.
    pub(super) async fn persist<T, Asking>(&self, ask: impl Fn() -> Asking + Send) -> Result<T>
    where
        Asking: Future<Output = Result<T>> + Send,
        T: Send,
    {
        if !self.goes_on().await {
            return Err(Kind::Cancelled.into());
        }
        self.persist_once_begun(ask).await
    }

    /// The same for what should not be left half done: it is asked for once even where the task is stopped.
    pub(super) async fn persist_once_begun<T, Asking>(&self, ask: impl Fn() -> Asking + Send) -> Result<T>
    where
        Asking: Future<Output = Result<T>> + Send,
        T: Send,
    {
        let (mut waits, mut faults) = (0, 0);
        loop {
            let error = match ask().await {
                Ok(answer) => return Ok(answer),
                Err(error) => error,
            };
            match error.kind() {
                Kind::Offline { .. } | Kind::CredentialsEnded { .. } | Kind::CodeNeeded { .. } => {}
                Kind::ServerBusy | Kind::ServerFault if faults < FAULTS => faults += 1,
                _ => return Err(error),
            }
            self.wait(error, waits).await;
            waits += 1;
            if !self.goes_on().await {
                return Err(Kind::Cancelled.into());
            }
        }
    }

    async fn wait(&self, error: Error, so_far: u32) {
        let seconds = (WAITS.0 << so_far.min(5)).min(WAITS.1);
        let error = Arc::new(error);
        self.update(|task| {
            task.state = TaskState::Waiting;
            task.trouble = Some(error);
        });
        tokio::select! {
            () = self.app.ports.clock.pass(seconds) => {}
            () = self.handle.wake.notified() => {}
            () = self.handle.stop.cancelled() => {}
        }
        self.update(|task| {
            task.state = task.phase.into();
            task.trouble = None;
        });
    }

    /// One object is done with. What stands for a folder is no file, unless it could not be done.
    pub(super) fn count_object(&self, object: &Object, outcome: Result<()>) {
        if !is_file(object) {
            match &outcome {
                Err(e) if *e.kind() != Kind::Cancelled => self.update(|task| task.files += 1),
                _ => return,
            }
        }
        self.count_done(&object.key, outcome);
    }

    /// One file is done with.
    pub(super) fn count_done(&self, key: &ObjectKey, outcome: Result<()>) {
        let failed = match outcome {
            Ok(()) => None,
            // It was not come to.
            Err(e) if *e.kind() == Kind::Cancelled => return,
            Err(e) => Some(FailedFile { name: key.as_str().to_owned(), error: Arc::new(e) }),
        };
        self.update(|task| {
            task.files_done += 1;
            if let Some(failed) = failed {
                task.files_failed += 1;
                if task.failed.len() < FAILURES_NAMED {
                    task.failed.push(failed);
                }
            }
        });
    }

    /// Ends the task. An error is the trouble of the whole.
    pub(super) fn finish(&self, outcome: Result<()>) {
        let is_stopped = self.handle.stop.is_cancelled();
        self.update(|task| {
            let has_done = task.files_done > task.files_failed;
            let trouble = outcome.err().filter(|e| *e.kind() != Kind::Cancelled);
            task.state = match (&trouble, is_stopped) {
                (_, true) => TaskState::Cancelled,
                (Some(_), _) if !has_done => TaskState::Failed,
                (None, _) if task.files_failed > 0 && !has_done => TaskState::Failed,
                _ => TaskState::Finished,
            };
            task.trouble = trouble.map(Arc::new);
            task.current_name = None;
        });
        self.app.tasks.end(self.id);
    }

    /// The same for bringing back what was deleted.
    pub(super) fn finish_undo(&self, outcome: Result<()>) {
        self.update(|task| {
            task.state = TaskState::Undone;
            task.trouble = outcome.err().filter(|e| *e.kind() != Kind::Cancelled).map(Arc::new);
        });
        self.app.tasks.end(self.id);
    }
}

/// Set once something was refused that would be refused for every other file, too.
#[derive(Default)]
pub(super) struct Barred(AtomicBool);

impl Barred {
    pub(super) fn is_set(&self) -> bool {
        self.0.load(Ordering::Relaxed)
    }

    pub(super) fn set(&self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
