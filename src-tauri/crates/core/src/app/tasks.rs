//! The tasks of this run of the app: where each stands, and how it is stopped. They end with the app.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use tokio::sync::{Notify, watch};
use tokio_util::sync::CancellationToken;

use crate::journal::Leftover;
use crate::{Object, ProfileId, Task, TaskId, VersionId};

/// Tasks that have ended are forgotten, oldest first, beyond so many.
const ENDED_KEPT: usize = 50;

/// The tasks that are known, oldest first.
#[derive(Clone)]
pub struct Tasks {
    state: watch::Sender<Vec<Task>>,
    inner: Arc<Mutex<Inner>>,
}

#[derive(Default)]
struct Inner {
    last_id: u32,
    handles: HashMap<TaskId, Handle>,
    deleted: HashMap<TaskId, Vec<Restorable>>,
    /// What copies have begun in parts and still need.
    copying: Vec<Leftover>,
}

/// A deleted object, and the marker that hides it.
#[derive(Clone, Debug)]
pub(super) struct Restorable {
    pub(super) object: Object,
    pub(super) marker: VersionId,
}

/// What steers a task that is under way.
#[derive(Clone)]
pub(super) struct Handle {
    pub(super) stop: CancellationToken,
    /// The person's word that what is counted may go for good.
    pub(super) consent: CancellationToken,
    pub(super) paused: watch::Sender<bool>,
    /// Ends a wait for the network.
    pub(super) wake: Arc<Notify>,
    ended: CancellationToken,
}

impl Default for Tasks {
    fn default() -> Self {
        Self { state: watch::Sender::new(Vec::new()), inner: Arc::default() }
    }
}

impl Default for Handle {
    fn default() -> Self {
        Self {
            stop: CancellationToken::new(),
            consent: CancellationToken::new(),
            paused: watch::Sender::new(false),
            wake: Arc::default(),
            ended: CancellationToken::new(),
        }
    }
}

impl Handle {
    pub(super) async fn ended(&self) {
        self.ended.cancelled().await;
    }
}

impl Tasks {
    /// The state of all tasks, now and whenever one changes.
    pub fn watch(&self) -> watch::Receiver<Vec<Task>> {
        self.state.subscribe()
    }

    pub(super) fn update(&self, id: TaskId, change: impl FnOnce(&mut Task)) {
        self.state.send_if_modified(|all| {
            let Some(task) = all.iter_mut().find(|task| task.id == id) else { return false };
            change(task);
            task.phase = task.state.phase().unwrap_or(task.phase);
            true
        });
    }

    pub(super) fn get(&self, id: TaskId) -> Option<Task> {
        self.state.borrow().iter().find(|task| task.id == id).cloned()
    }

    /// Takes up a task under the next free id.
    pub(super) fn add(&self, task: Task) -> (TaskId, Handle) {
        let mut inner = self.inner();
        inner.last_id += 1;
        let (id, handle) = (TaskId(inner.last_id), Handle::default());
        inner.handles.insert(id, handle.clone());
        drop(inner);
        self.state.send_modify(|all| {
            all.push(Task { id, ..task });
            let ended = all.iter().filter(|task| task.state.is_ended()).count();
            let mut surplus = ended.saturating_sub(ENDED_KEPT);
            all.retain(|task| {
                let goes = surplus > 0 && task.state.is_ended();
                surplus -= usize::from(goes);
                !goes
            });
        });
        let known: Vec<_> = self.state.borrow().iter().map(|task| task.id).collect();
        self.inner().deleted.retain(|id, _| known.contains(id));
        (id, handle)
    }

    /// Marks a task that had ended as under way again. `None` where it is already.
    pub(super) fn start_again(&self, id: TaskId) -> Option<Handle> {
        let mut inner = self.inner();
        if inner.handles.contains_key(&id) {
            return None;
        }
        let handle = Handle::default();
        inner.handles.insert(id, handle.clone());
        Some(handle)
    }

    pub(super) fn handle(&self, id: TaskId) -> Option<Handle> {
        self.inner().handles.get(&id).cloned()
    }

    pub(super) fn all_handles(&self) -> Vec<Handle> {
        self.inner().handles.values().cloned().collect()
    }

    /// Ends the waiting of those that go with this profile.
    pub(super) fn wake(&self, profile: &ProfileId) {
        let handles = self.of(profile).into_iter().filter_map(|id| self.handle(id));
        handles.for_each(|run| run.wake.notify_waiters());
    }

    /// Those of this profile.
    pub(super) fn of(&self, profile: &ProfileId) -> Vec<TaskId> {
        let all = self.state.borrow();
        all.iter().filter(|task| task.profile == *profile).map(|task| task.id).collect()
    }

    pub(super) fn end(&self, id: TaskId) {
        let handle = self.inner().handles.remove(&id);
        if let Some(handle) = handle {
            handle.ended.cancel();
        }
    }

    pub(super) fn remove(&self, id: TaskId) {
        self.state.send_modify(|all| all.retain(|task| task.id != id));
        self.inner().deleted.remove(&id);
    }

    /// Remembers what a task has deleted, so that it can be brought back.
    pub(super) fn remember(&self, id: TaskId, deleted: Vec<Restorable>) {
        let mut inner = self.inner();
        let known = inner.deleted.entry(id).or_default();
        known.extend(deleted);
        let undoable = known.len();
        drop(inner);
        self.update(id, |task| task.undoable = undoable);
    }

    /// What a task has deleted; nobody else gets it again.
    pub(super) fn take_deleted(&self, id: TaskId) -> Vec<Restorable> {
        self.inner().deleted.remove(&id).unwrap_or_default()
    }

    /// A copy needs this from now on, instead of what it needed before.
    pub(super) fn copies(&self, before: Option<&Leftover>, now: Option<Leftover>) {
        let mut inner = self.inner();
        inner.copying.retain(|left| Some(left) != before);
        inner.copying.extend(now);
    }

    /// Whether this is on its way to become a copy, or may be: it is not to be removed then.
    pub(super) fn needs(&self, left: &Leftover) -> bool {
        let is_it = |copying: &Leftover| {
            let same_place = copying.bucket == left.bucket && copying.key == left.key;
            let names = (&copying.upload_id, &left.upload_id);
            same_place && (matches!(names, (None, _) | (_, None)) || names.0 == names.1)
        };
        self.inner().copying.iter().any(is_it)
    }

    fn inner(&self) -> MutexGuard<'_, Inner> {
        // A panic elsewhere cannot leave these maps half-written.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
