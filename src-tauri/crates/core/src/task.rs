//! Work on files that are in a bucket already: moving them, deleting them, saving them on this computer.

use std::sync::Arc;

use crate::{BucketName, Error, FailedFile, Prefix, ProfileId};

/// Names a task, from its start until it is forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TaskId(pub u32);

/// What is to be done.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TaskWork {
    /// One file or folder gets this name, where it is.
    Rename {
        /// The new name.
        name: String,
    },
    /// Files and folders go into another folder.
    Move {
        /// The folder, in the same bucket.
        to: Prefix,
    },
    /// They are deleted.
    Delete,
    /// They are written to the disk of this computer.
    Save {
        /// What the person calls where they go: the name that the one file gets, or the folder that holds them.
        to: String,
        /// Whether that is a folder.
        into_folder: bool,
    },
}

/// What a task is at, also while it waits or is paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskPhase {
    /// Finding out what is in the folders. Nothing is changed yet.
    Counting,
    /// Doing it.
    Doing,
    /// Bringing back what was deleted.
    Undoing,
}

/// Where a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TaskState {
    /// Finding out what is in the folders.
    Counting,
    /// All is counted, and would be gone for good: it waits for the person's word.
    Asking,
    /// Doing it.
    Running,
    /// The network or the server is away, or the sign-in has ended; it goes on by itself.
    Waiting,
    /// The person halted it.
    Paused,
    /// Bringing back what was deleted.
    Undoing,
    /// All that could be done is; single failures are in [`Task::failed`].
    Finished,
    /// Nothing could be done.
    Failed,
    /// The person stopped it; what was done stays done.
    Cancelled,
    /// What was deleted is back; what is not is in [`Task::failed`], and can be tried again.
    Undone,
}

impl TaskState {
    /// Whether it is past its end.
    pub fn is_ended(self) -> bool {
        matches!(self, Self::Finished | Self::Failed | Self::Cancelled | Self::Undone)
    }

    /// Whether the end of the app would cut it off, halted or not. What asks has not begun.
    pub fn is_under_way(self) -> bool {
        !self.is_ended() && self != Self::Asking
    }

    /// The phase that begins with it, if one does.
    pub(crate) fn phase(self) -> Option<TaskPhase> {
        match self {
            Self::Counting => Some(TaskPhase::Counting),
            Self::Running => Some(TaskPhase::Doing),
            Self::Undoing => Some(TaskPhase::Undoing),
            _ => None,
        }
    }
}

impl From<TaskPhase> for TaskState {
    fn from(phase: TaskPhase) -> Self {
        match phase {
            TaskPhase::Counting => Self::Counting,
            TaskPhase::Doing => Self::Running,
            TaskPhase::Undoing => Self::Undoing,
        }
    }
}

/// What a bucket does with what is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keeps {
    /// It keeps it, under a marker that can be taken off again.
    Versions,
    /// It keeps it, and takes the marker off only for somebody with a code (MFA delete).
    VersionsLocked,
    /// It keeps nothing, or not any more.
    Nothing,
    /// The server does not tell.
    NotSaid,
}

/// How many failures of a task are kept by name.
pub const FAILURES_NAMED: usize = 100;

/// A task and how far it is. Figures are absolute; each state replaces the one before.
#[derive(Clone, Debug)]
pub struct Task {
    /// Its id.
    pub id: TaskId,
    /// Who does it.
    pub profile: ProfileId,
    /// In which bucket.
    pub bucket: BucketName,
    /// What is done.
    pub work: TaskWork,
    /// What the first of the files and folders that were chosen is called.
    pub name: String,
    /// How many files and folders were chosen.
    pub chosen: usize,
    /// Where it stands.
    pub state: TaskState,
    /// What it is at, or was at last.
    pub phase: TaskPhase,
    /// What the bucket does with what is deleted, once that was asked.
    pub keeps: Option<Keeps>,
    /// How many files, those in the folders among them; while counting, so far.
    pub files: usize,
    /// How many are done with, failures among them.
    pub files_done: usize,
    /// Their bytes.
    pub bytes: u64,
    /// How many of them are done.
    pub bytes_done: u64,
    /// One of those being worked on.
    pub current_name: Option<String>,
    /// Why it waits, or why nothing could be done.
    pub trouble: Option<Arc<Error>>,
    /// The first [`FAILURES_NAMED`] files that could not be done.
    pub failed: Vec<FailedFile>,
    /// How many could not be done.
    pub files_failed: usize,
    /// How many deleted files can be brought back by [`crate::app::App::undo_task`].
    pub undoable: usize,
}
