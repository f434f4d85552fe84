//! Drops and transfers, as the window sees them.

use guestpass_core::{Error, OfferedFile};
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

use super::connection::profile_id;
use super::{AppError, Checked, Disposition, Expiry, LinkEnd, Place};

/// A file that was offered and can be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct DroppedFile {
    /// Its name.
    pub name: String,
    /// Bytes.
    #[specta(type = Number)]
    pub size: u64,
}

/// Why something that was offered cannot be sent.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SkipReason {
    /// It is a folder.
    Folder,
    /// It cannot be read, or is no file.
    Unreadable,
}

/// Something that was offered and cannot be sent.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Skipped {
    /// Its name.
    pub name: String,
    /// Why.
    pub reason: SkipReason,
}

/// Files that a person offered; the paths stay in the app.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Drop {
    /// Hand it back to send them; good for one sending.
    pub id: u32,
    /// Can be sent.
    pub files: Vec<DroppedFile>,
    /// Cannot.
    pub skipped: Vec<Skipped>,
}

/// Something happens with files over the window.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum DropEvent {
    /// They are held over it.
    Over {
        /// Their names.
        names: Vec<String>,
    },
    /// They were taken away.
    Left,
    /// They were let go.
    Dropped {
        /// The files.
        drop: Drop,
    },
}

/// Files to send.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SendRequest {
    /// Which files.
    pub drop: u32,
    /// Who uploads and signs.
    pub profile: String,
    /// Where to.
    pub place: Place,
    /// How long the links should work.
    pub expiry: Expiry,
    /// What the links do when opened.
    pub disposition: Disposition,
}

/// Where a transfer stands; the last three are endings.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum TransferState {
    /// Bytes are going out.
    Uploading,
    /// Links are being made and tested.
    Linking,
    /// Done; single files may have failed.
    Finished,
    /// Nothing arrived.
    Failed,
    /// The person stopped it.
    Cancelled,
}

/// A file that arrived.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SentFile {
    /// Where.
    pub key: String,
    /// Its name there.
    pub name: String,
    /// When its link ends.
    pub end: LinkEnd,
    /// What the link's test found.
    pub checked: Checked,
}

/// A file that did not arrive, or whose link would not open.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FailedFile {
    /// Its name.
    pub name: String,
    /// Why.
    pub error: AppError,
}

/// One drop on its way: absolute figures, sent whole at every change, with one ending.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Transfer {
    /// Its id.
    pub id: u32,
    /// Who uploads.
    pub profile: String,
    /// Where to.
    pub place: Place,
    /// Where it stands.
    pub state: TransferState,
    /// How many files.
    pub files: u32,
    /// How many have arrived or failed.
    pub files_done: u32,
    /// One of those under way.
    pub current_name: Option<String>,
    /// Bytes out.
    #[specta(type = Number)]
    pub bytes_sent: u64,
    /// Bytes in all.
    #[specta(type = Number)]
    pub bytes_total: u64,
    /// Unix seconds.
    #[specta(type = Number)]
    pub started_at: i64,
    /// Arrived, in the order of the drop.
    pub sent: Vec<SentFile>,
    /// Not arrived, in the order of the drop.
    pub failed: Vec<FailedFile>,
    /// Whether the links of `sent` are on the clipboard, one a line in this order.
    pub copied: bool,
}

/// What the window is told of transfers: everything once, then each change.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum TransferEvent {
    /// All transfers of this run.
    Snapshot {
        /// Oldest first.
        transfers: Vec<Transfer>,
    },
    /// One, as it is now.
    Changed {
        /// The transfer.
        transfer: Transfer,
    },
}

impl SendRequest {
    /// The core's request, with the files behind the drop.
    pub(crate) fn with_files(self, files: Vec<OfferedFile>) -> Result<guestpass_core::SendRequest, Error> {
        Ok(guestpass_core::SendRequest {
            profile: profile_id(self.profile)?,
            place: self.place.try_into()?,
            files,
            expiry: self.expiry.try_into()?,
            disposition: self.disposition.into(),
        })
    }
}

impl From<&guestpass_core::Transfer> for Transfer {
    fn from(transfer: &guestpass_core::Transfer) -> Self {
        let sent = |file: &guestpass_core::SentFile| SentFile {
            name: file.key.name().to_owned(),
            key: file.key.as_str().to_owned(),
            end: file.end.into(),
            checked: file.checked.into(),
        };
        let failed = |file: &guestpass_core::FailedFile| FailedFile {
            name: file.name.clone(),
            error: AppError::from(file.error.as_ref()),
        };
        Self {
            id: transfer.id.0,
            profile: transfer.profile.to_string(),
            place: transfer.place.clone().into(),
            state: transfer.state.into(),
            files: count(transfer.files),
            files_done: count(transfer.files_done),
            current_name: transfer.current_name.clone(),
            bytes_sent: transfer.bytes_sent,
            bytes_total: transfer.bytes_total,
            started_at: transfer.started_at.as_second(),
            sent: transfer.sent.iter().map(sent).collect(),
            failed: transfer.failed.iter().map(failed).collect(),
            copied: transfer.copied,
        }
    }
}

fn count(files: usize) -> u32 {
    u32::try_from(files).unwrap_or(u32::MAX)
}

impl From<guestpass_core::TransferState> for TransferState {
    fn from(state: guestpass_core::TransferState) -> Self {
        match state {
            guestpass_core::TransferState::Uploading => Self::Uploading,
            guestpass_core::TransferState::Linking => Self::Linking,
            guestpass_core::TransferState::Finished => Self::Finished,
            guestpass_core::TransferState::Failed => Self::Failed,
            guestpass_core::TransferState::Cancelled => Self::Cancelled,
        }
    }
}
