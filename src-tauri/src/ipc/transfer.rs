//! Drops and transfers, as the window sees them.

use std::collections::BTreeSet;

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
    /// It cannot be read.
    Unreadable,
    /// It is no file: a pipe, a socket, a device.
    Special,
    /// It is a link to another place, in a folder.
    Link,
    /// The system keeps it for itself, such as .DS_Store.
    System,
    /// Its name is no text that the storage takes.
    Name,
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
    /// Folders without files, by their paths.
    pub empty_folders: Vec<String>,
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

/// What happens to a file whose name is taken.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum IfTaken {
    /// It gets another name, such as "name (2).ext".
    KeepBoth,
    /// It takes the place of what is there.
    Replace,
    /// It is left out.
    Skip,
}

/// Names that are taken.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Taken {
    /// How many.
    pub count: u32,
    /// The first few.
    pub names: Vec<String>,
}

/// What became of the links.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Handover {
    /// There are none yet.
    None,
    /// They are on the clipboard.
    Copied,
    /// The clipboard was used for something else meanwhile, and left alone.
    InUse,
    /// The clipboard could not be written.
    Refused,
}

/// How to leave while transfers are under way.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Leave {
    /// The window goes, the transfers go on.
    Background,
    /// All ends; the transfers go on at the next start.
    Quit,
}

/// What the icon in the system's tray says while the window is hidden.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TrayWords {
    /// How the transfers go.
    pub tooltip: String,
    /// The entry that shows the window.
    pub open: String,
    /// The entry that ends the app.
    pub quit: String,
}

/// Files to send.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SendRequest {
    /// Which files.
    pub drop: u32,
    /// What happens where a name is taken.
    pub if_taken: IfTaken,
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
    /// The network or the storage is away; it goes on by itself.
    Waiting,
    /// The person halted it, or the app ended before it.
    Paused,
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
    /// How long its links should work.
    pub expiry: Expiry,
    /// What its links do when opened.
    pub disposition: Disposition,
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
    /// Whether it would go on after a restart of the app.
    pub is_kept: bool,
    /// Why it waits.
    pub trouble: Option<AppError>,
    /// Files that changed under way and were started again, by name.
    pub restarted: Vec<String>,
    /// Files that were left out because their names were taken.
    pub left_out: Vec<String>,
    /// Arrived, in the order of the drop.
    pub sent: Vec<SentFile>,
    /// Not arrived, in the order of the drop.
    pub failed: Vec<FailedFile>,
    /// Whether the links of `sent` are on the clipboard, one a line in this order.
    pub handover: Handover,
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
        transfer: Box<Transfer>,
    },
}

impl SendRequest {
    /// The core's request, with the files behind the drop.
    pub(crate) fn with_files(
        self,
        files: Vec<OfferedFile>,
        taken: BTreeSet<String>,
    ) -> Result<guestpass_core::SendRequest, Error> {
        Ok(guestpass_core::SendRequest {
            profile: profile_id(self.profile)?,
            place: self.place.try_into()?,
            files,
            if_taken: self.if_taken.into(),
            taken,
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
            expiry: transfer.expiry.into(),
            disposition: transfer.disposition.into(),
            state: transfer.state.into(),
            files: count(transfer.files),
            files_done: count(transfer.files_done),
            current_name: transfer.current_name.clone(),
            bytes_sent: transfer.bytes_sent,
            bytes_total: transfer.bytes_total,
            started_at: transfer.started_at.as_second(),
            is_kept: transfer.is_kept,
            trouble: transfer.trouble.as_deref().map(AppError::from),
            restarted: transfer.restarted.iter().cloned().collect(),
            left_out: transfer.left_out.clone(),
            sent: transfer.sent.iter().map(sent).collect(),
            failed: transfer.failed.iter().map(failed).collect(),
            handover: transfer.handover.into(),
        }
    }
}

impl Taken {
    /// How many names are listed.
    const LISTED: usize = 5;

    pub(crate) fn of(names: &BTreeSet<String>) -> Self {
        Self { count: count(names.len()), names: names.iter().take(Self::LISTED).cloned().collect() }
    }
}

pub(crate) fn count(files: usize) -> u32 {
    u32::try_from(files).unwrap_or(u32::MAX)
}

impl From<IfTaken> for guestpass_core::IfTaken {
    fn from(if_taken: IfTaken) -> Self {
        match if_taken {
            IfTaken::KeepBoth => Self::KeepBoth,
            IfTaken::Replace => Self::Replace,
            IfTaken::Skip => Self::Skip,
        }
    }
}

impl From<guestpass_core::Handover> for Handover {
    fn from(handover: guestpass_core::Handover) -> Self {
        match handover {
            guestpass_core::Handover::None => Self::None,
            guestpass_core::Handover::Copied => Self::Copied,
            guestpass_core::Handover::InUse => Self::InUse,
            guestpass_core::Handover::Refused => Self::Refused,
        }
    }
}

impl From<guestpass_core::TransferState> for TransferState {
    fn from(state: guestpass_core::TransferState) -> Self {
        match state {
            guestpass_core::TransferState::Uploading => Self::Uploading,
            guestpass_core::TransferState::Waiting => Self::Waiting,
            guestpass_core::TransferState::Paused => Self::Paused,
            guestpass_core::TransferState::Linking => Self::Linking,
            guestpass_core::TransferState::Finished => Self::Finished,
            guestpass_core::TransferState::Failed => Self::Failed,
            guestpass_core::TransferState::Cancelled => Self::Cancelled,
        }
    }
}
