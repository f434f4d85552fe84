//! Why the storage does not do what it is asked. `ops` says each of these in S3's words.

use std::io;

use rusqlite::ffi;

use crate::PracticeError;

pub(crate) type StorageResult<T> = Result<T, StorageError>;

/// One per answer that a client gets.
#[derive(Debug, thiserror::Error)]
pub(crate) enum StorageError {
    #[error("there is no such bucket")]
    NoBucket,
    #[error("there is no such upload")]
    NoUpload,
    #[error("a part is not there, or not the one that was sent")]
    NoPart,
    #[error("the condition of the request does not hold")]
    Condition,
    #[error("the disk is full")]
    Full,
    #[error(transparent)]
    Disk(io::Error),
    #[error(transparent)]
    Index(rusqlite::Error),
}

impl From<io::Error> for StorageError {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded | io::ErrorKind::FileTooLarge => {
                Self::Full
            }
            _ => Self::Disk(error),
        }
    }
}

impl From<rusqlite::Error> for StorageError {
    fn from(error: rusqlite::Error) -> Self {
        match error.sqlite_error() {
            Some(ffi::Error { code: ffi::ErrorCode::DiskFull, .. }) => Self::Full,
            _ => Self::Index(error),
        }
    }
}

impl From<StorageError> for PracticeError {
    fn from(error: StorageError) -> Self {
        match error {
            StorageError::Disk(error) => Self::Disk(error),
            StorageError::Index(error) => Self::Index(error),
            StorageError::Full => Self::Disk(io::ErrorKind::StorageFull.into()),
            other => Self::Disk(io::Error::other(other)),
        }
    }
}
