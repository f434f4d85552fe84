//! Files on their way from this computer into a bucket.

use std::path::PathBuf;

use jiff::Timestamp;

use crate::{Checked, Disposition, Error, Expiry, LinkEnd, ObjectKey, Place, ProfileId};

/// A file that a person offered.
#[derive(Clone, Debug)]
pub struct OfferedFile {
    /// Its name.
    pub name: String,
    /// Its size in bytes when it was offered.
    pub size: u64,
    /// Where it is. Stays in the app: the web view sees the name alone.
    pub path: PathBuf,
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
    /// How long the links should work.
    pub expiry: Expiry,
    /// What the links do when opened.
    pub disposition: Disposition,
}

/// Names a transfer within one run of the app.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct TransferId(pub u32);

/// Where a transfer stands; the last three are endings.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum TransferState {
    /// Bytes are going out.
    Uploading,
    /// The links are being made and tested.
    Linking,
    /// All that could arrive has; single failures are in [`Transfer::failed`].
    Finished,
    /// Nothing arrived.
    Failed,
    /// The person stopped it; what had arrived stays and is in [`Transfer::sent`].
    Cancelled,
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
    pub error: std::sync::Arc<Error>,
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
    /// Where it stands.
    pub state: TransferState,
    /// How many files.
    pub files: usize,
    /// How many have arrived or failed.
    pub files_done: usize,
    /// One of those being sent.
    pub current_name: Option<String>,
    /// Bytes that have gone out.
    pub bytes_sent: u64,
    /// Bytes in all.
    pub bytes_total: u64,
    /// When it began.
    pub started_at: Timestamp,
    /// Arrived, in the order of the drop.
    pub sent: Vec<SentFile>,
    /// Not arrived, in the order of the drop.
    pub failed: Vec<FailedFile>,
    /// Whether the links of `sent` are on the clipboard.
    pub copied: bool,
}
