//! Tells the window how tasks go: everything at once, then each change, at most ten a second.

use std::sync::{Mutex, PoisonError};
use std::time::Duration;

use tauri::async_runtime::{self, JoinHandle};
use tauri::ipc::Channel;
use tokio::sync::watch::Receiver;

use crate::ipc::{Task, TaskEvent};

/// The shortest time between two messages; what happens in between is in the next one.
const PACE: Duration = Duration::from_millis(100);

/// The one task that watches; a reloaded window replaces it.
#[derive(Default)]
pub(crate) struct TaskWatchers(Mutex<Option<JoinHandle<()>>>);

impl TaskWatchers {
    /// Sends the tasks to this channel from now on, and to no other.
    pub(crate) fn watch(&self, tasks: Receiver<Vec<guestpass_core::Task>>, channel: Channel<TaskEvent>) {
        let watching = async_runtime::spawn(forward(tasks, channel));
        let before = self.0.lock().unwrap_or_else(PoisonError::into_inner).replace(watching);
        if let Some(before) = before {
            before.abort();
        }
    }
}

async fn forward(mut tasks: Receiver<Vec<guestpass_core::Task>>, channel: Channel<TaskEvent>) {
    let mut known = read(&mut tasks);
    if channel.send(TaskEvent::Snapshot { tasks: known.clone() }).is_err() {
        return;
    }
    while tasks.changed().await.is_ok() {
        let now = read(&mut tasks);
        if known.iter().any(|before| !now.iter().any(|task| task.id == before.id)) {
            // One was taken off the list.
            if channel.send(TaskEvent::Snapshot { tasks: now.clone() }).is_err() {
                return;
            }
            known.clone_from(&now);
        }
        for task in now.iter().filter(|task| !known.contains(task)) {
            if channel.send(TaskEvent::Changed { task: Box::new(task.clone()) }).is_err() {
                return;
            }
        }
        known = now;
        tokio::time::sleep(PACE).await;
    }
}

fn read(tasks: &mut Receiver<Vec<guestpass_core::Task>>) -> Vec<Task> {
    tasks.borrow_and_update().iter().map(Task::from).collect()
}
