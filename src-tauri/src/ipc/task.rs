//! Tasks, as the window sees them: moving, deleting and saving what is in a bucket.

use guestpass_core as core;
use guestpass_core::{Error, Kind, ObjectKey, Prefix};
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

use super::AppError;
use super::transfer::{FailedFile, count};

/// A row that something is to be done with.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum ChosenRow {
    /// A folder, with all that is in it.
    Folder {
        /// What its keys begin with.
        prefix: String,
    },
    /// An object, as it was listed.
    Object {
        /// Its key.
        key: String,
        /// Bytes.
        #[specta(type = Number)]
        size: u64,
        /// When it was last written, in Unix seconds.
        #[specta(type = Option<Number>)]
        modified_at: Option<i64>,
        /// Its storage class, where it is not the standard one.
        storage_class: Option<String>,
    },
}

/// What something is to be done with.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Chosen {
    /// These.
    Rows {
        /// The rows.
        rows: Vec<ChosenRow>,
    },
    /// All that is chosen in an open folder, however much that is.
    Selected {
        /// The open folder.
        folder: u32,
    },
}

/// What is done.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum TaskWork {
    /// One file or folder gets another name.
    Rename {
        /// The new name.
        name: String,
    },
    /// Files and folders go into another folder.
    Move {
        /// The folder's prefix.
        to: String,
    },
    /// They are deleted.
    Delete,
    /// They are saved on this computer.
    Save {
        /// The name that the one file gets, or the folder that holds them.
        to: String,
        /// Whether that is a folder.
        into_folder: bool,
    },
}

/// Where a task stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "mirrors guestpass_core::TaskState")]
pub enum TaskState {
    Counting,
    Asking,
    Running,
    Waiting,
    Paused,
    Undoing,
    Finished,
    Failed,
    Cancelled,
    Undone,
}

/// What a task is at, also while it waits or is paused.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "mirrors guestpass_core::TaskPhase")]
pub enum TaskPhase {
    Counting,
    Doing,
    Undoing,
}

/// What the bucket does with what is deleted.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "mirrors guestpass_core::Keeps")]
pub enum Keeps {
    Versions,
    VersionsLocked,
    Nothing,
    NotSaid,
}

/// A task and how far it is: absolute figures, sent whole at every change, with one ending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Task {
    /// Its id.
    pub id: u32,
    /// Who does it.
    pub profile: String,
    /// In which bucket.
    pub bucket: String,
    /// What is done.
    pub work: TaskWork,
    /// What the first of the chosen files and folders is called.
    pub name: String,
    /// How many files and folders were chosen.
    pub chosen: u32,
    /// Where it stands.
    pub state: TaskState,
    /// What it is at, or was at last.
    pub phase: TaskPhase,
    /// What the bucket does with what is deleted, once that is known.
    pub keeps: Option<Keeps>,
    /// How many files, those in folders among them.
    pub files: u32,
    /// How many are done with, failures among them.
    pub files_done: u32,
    /// Their bytes.
    #[specta(type = Number)]
    pub bytes: u64,
    /// How many of them are done.
    #[specta(type = Number)]
    pub bytes_done: u64,
    /// One of those being worked on.
    pub current_name: Option<String>,
    /// Why it waits, or ended early.
    pub trouble: Option<AppError>,
    /// The first hundred files that could not be done.
    pub failed: Vec<FailedFile>,
    /// How many could not be done.
    pub files_failed: u32,
    /// How many deleted files can be brought back.
    pub undoable: u32,
}

/// What the window is told of tasks: everything once, then each change.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum TaskEvent {
    /// All tasks of this run.
    Snapshot {
        /// Oldest first.
        tasks: Vec<Task>,
    },
    /// One, as it is now.
    Changed {
        /// The task.
        task: Box<Task>,
    },
}

impl TryFrom<ChosenRow> for core::Entry {
    type Error = Error;
    fn try_from(row: ChosenRow) -> Result<Self, Error> {
        let invalid = |name: String| move |_| Error::from(Kind::NameInvalid { name });
        Ok(match row {
            ChosenRow::Folder { prefix } => {
                Self::Folder(Prefix::parse(&prefix).map_err(invalid(prefix.clone()))?)
            }
            ChosenRow::Object { key, size, modified_at, storage_class } => Self::Object(core::Object {
                key: ObjectKey::parse(&key).map_err(invalid(key.clone()))?,
                size,
                modified_at: modified_at.and_then(|at| jiff::Timestamp::from_second(at).ok()),
                etag: None,
                storage_class,
            }),
        })
    }
}

impl Chosen {
    /// What it stands for.
    pub(crate) fn entries(self, app: &core::app::App) -> Result<Vec<core::Entry>, Error> {
        match self {
            Self::Rows { rows } => rows.into_iter().map(TryInto::try_into).collect(),
            Self::Selected { folder } => app.chosen_entries(core::FolderId(folder)),
        }
    }
}

impl From<&core::Task> for Task {
    fn from(task: &core::Task) -> Self {
        let failed = |file: &core::FailedFile| FailedFile {
            name: file.name.clone(),
            error: AppError::from(file.error.as_ref()),
        };
        Self {
            id: task.id.0,
            profile: task.profile.to_string(),
            bucket: task.bucket.to_string(),
            work: task.work.clone().into(),
            name: task.name.clone(),
            chosen: count(task.chosen),
            state: task.state.into(),
            phase: task.phase.into(),
            keeps: task.keeps.map(Into::into),
            files: count(task.files),
            files_done: count(task.files_done),
            bytes: task.bytes,
            bytes_done: task.bytes_done,
            current_name: task.current_name.clone(),
            trouble: task.trouble.as_deref().map(AppError::from),
            failed: task.failed.iter().map(failed).collect(),
            files_failed: count(task.files_failed),
            undoable: count(task.undoable),
        }
    }
}

impl From<core::TaskWork> for TaskWork {
    fn from(work: core::TaskWork) -> Self {
        match work {
            core::TaskWork::Rename { name } => Self::Rename { name },
            core::TaskWork::Move { to } => Self::Move { to: to.into() },
            core::TaskWork::Delete => Self::Delete,
            core::TaskWork::Save { to, into_folder } => Self::Save { to, into_folder },
        }
    }
}

impl From<core::TaskState> for TaskState {
    fn from(state: core::TaskState) -> Self {
        match state {
            core::TaskState::Counting => Self::Counting,
            core::TaskState::Asking => Self::Asking,
            core::TaskState::Running => Self::Running,
            core::TaskState::Waiting => Self::Waiting,
            core::TaskState::Paused => Self::Paused,
            core::TaskState::Undoing => Self::Undoing,
            core::TaskState::Finished => Self::Finished,
            core::TaskState::Failed => Self::Failed,
            core::TaskState::Cancelled => Self::Cancelled,
            core::TaskState::Undone => Self::Undone,
        }
    }
}

impl From<core::TaskPhase> for TaskPhase {
    fn from(phase: core::TaskPhase) -> Self {
        match phase {
            core::TaskPhase::Counting => Self::Counting,
            core::TaskPhase::Doing => Self::Doing,
            core::TaskPhase::Undoing => Self::Undoing,
        }
    }
}

impl From<core::Keeps> for Keeps {
    fn from(keeps: core::Keeps) -> Self {
        match keeps {
            core::Keeps::Versions => Self::Versions,
            core::Keeps::VersionsLocked => Self::VersionsLocked,
            core::Keeps::Nothing => Self::Nothing,
            core::Keeps::NotSaid => Self::NotSaid,
        }
    }
}
