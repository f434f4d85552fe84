//! Files on their way from this computer into a bucket.

use std::collections::BTreeSet;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::{Checked, Disposition, Error, Expiry, LinkEnd, ObjectKey, Place, ProfileId};

/// A file that a person offered.
#[derive(Clone, Debug)]
pub struct OfferedFile {
    /// Its name; in a folder that was offered, its path from there, with `/`.
    pub name: String,
    /// Its size in bytes when it was offered.
    pub size: u64,
    /// Where it is. Stays in the app: the web view sees the name alone.
    pub path: PathBuf,
}

/// What happens to a file whose name is taken.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub enum IfTaken {
    /// It gets the first of "name (2)", "name (3)" … that is free.
    #[default]
    KeepBoth,
    /// It takes the place of what is there, where the person was told of that; else both are kept.
    Replace,
    /// It is left out.
    Skip,
}

/// What a person asks for when they drop files.
#[derive(Clone, Debug)]
pub struct SendRequest {
    /// Who uploads and signs.
    pub profile: ProfileId,
    /// Where the files go.
    pub place: Place,
    /// The files, in the order in which their links are to be listed.
    pub files: Vec<OfferedFile>,
    /// What happens where a name is taken.
    pub if_taken: IfTaken,
    /// The names of which the person was told that they are taken: only those may be replaced.
    pub taken: BTreeSet<String>,
    /// How long the links should work.
    pub expiry: Expiry,
    /// What the links do when opened.
    pub disposition: Disposition,
}

/// Names a transfer, from its start until it is forgotten.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TransferId(pub u32);

/// Where a transfer stands; the last three are endings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransferState {
    /// Bytes are going out.
    Uploading,
    /// The network or the server is away; it goes on by itself.
    Waiting,
    /// The person halted it, or it could not go on where an earlier run of the app left it.
    Paused,
    /// The links are being made and tested.
    Linking,
    /// All that could arrive has; single failures are in [`Transfer::failed`].
    Finished,
    /// Nothing arrived.
    Failed,
    /// The person stopped it; what had arrived stays and is in [`Transfer::sent`].
    Cancelled,
}

impl TransferState {
    /// Whether it is past its end.
    pub fn is_ended(self) -> bool {
        matches!(self, Self::Finished | Self::Failed | Self::Cancelled)
    }

    /// Whether something is being done about it.
    pub fn is_under_way(self) -> bool {
        matches!(self, Self::Uploading | Self::Waiting | Self::Linking)
    }
}

/// What became of a transfer's links.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Handover {
    /// There are none, or not yet.
    None,
    /// They are on the clipboard.
    Copied,
    /// The clipboard was used for something else meanwhile, and left alone.
    InUse,
    /// The clipboard could not be written.
    Refused,
}

/// A file that arrived and has a link.
#[derive(Clone, Debug)]
pub struct SentFile {
    /// Where it arrived; its name differs from the file's when that was taken.
    pub key: ObjectKey,
    /// When its link ends.
    pub end: LinkEnd,
    /// What the link's test found.
    pub checked: Checked,
}

/// A file that did not arrive, or whose link would not open.
#[derive(Clone, Debug)]
pub struct FailedFile {
    /// Its name.
    pub name: String,
    /// Why.
    pub error: Arc<Error>,
}

/// One drop on its way. Figures are absolute; each state replaces the one before.
#[derive(Clone, Debug)]
pub struct Transfer {
    /// Its id.
    pub id: TransferId,
    /// Who uploads.
    pub profile: ProfileId,
    /// Where to.
    pub place: Place,
    /// How long its links should work.
    pub expiry: Expiry,
    /// What its links do when opened.
    pub disposition: Disposition,
    /// Where it stands.
    pub state: TransferState,
    /// How many files.
    pub files: usize,
    /// How many have arrived, failed or been left out.
    pub files_done: usize,
    /// One of those being sent.
    pub current_name: Option<String>,
    /// Bytes that have gone out.
    pub bytes_sent: u64,
    /// Bytes in all.
    pub bytes_total: u64,
    /// When it began.
    pub started_at: Timestamp,
    /// Whether it goes on after a restart of the app.
    pub is_kept: bool,
    /// Why it waits or is paused, where the person did not ask for that.
    pub trouble: Option<Arc<Error>>,
    /// Files that changed under way and were sent again from the start, by name.
    pub restarted: BTreeSet<String>,
    /// Files that were left out because their names were taken.
    pub left_out: Vec<String>,
    /// Arrived, in the order of the drop.
    pub sent: Vec<SentFile>,
    /// Not arrived, in the order of the drop.
    pub failed: Vec<FailedFile>,
    /// Whether the links of `sent` are on the clipboard.
    pub handover: Handover,
}
