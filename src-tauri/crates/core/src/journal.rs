//! What is written down of transfers, so that a killed process costs at most the parts in flight.

use jiff::Timestamp;

use crate::ports::{Multipart, Part};
use crate::{BucketName, ObjectKey, ProfileId, SendRequest};

/// A transfer as it is written down.
#[derive(Clone, Debug)]
pub struct KeptTransfer {
    /// What was asked for.
    pub request: SendRequest,
    /// Unguessable; the marks of its files begin with it.
    pub token: String,
    /// When it began.
    pub started_at: Timestamp,
    /// Whether the person halted it.
    pub is_paused: bool,
    /// How far each file of the request is.
    pub files: Vec<KeptFile>,
}

/// How far a file is.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub enum KeptFile {
    /// All of it is still to be sent, as far as is known.
    #[default]
    Waiting,
    /// It is on its way in parts to this key.
    Begun(ObjectKey, Multipart),
    /// It has arrived under this key.
    Sent(ObjectKey),
    /// It was left out because its name was taken.
    LeftOut,
}

impl KeptFile {
    /// How much of a file of this size the server has, in bytes, as far as is known.
    pub fn arrived(&self, size: u64) -> u64 {
        match self {
            Self::Waiting | Self::LeftOut => 0,
            Self::Begun(_, multipart) => multipart.arrived(),
            Self::Sent(_) => size,
        }
    }
}

/// What has changed about a transfer.
#[derive(Clone, Debug)]
pub enum Entry {
    /// It was halted, or goes on.
    Paused(bool),
    /// The file at this place of the request is so far.
    File(usize, KeptFile),
    /// The server has this part of the file at that place.
    Part(usize, Part),
}

/// Parts on a server that belong to no transfer any more.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Leftover {
    /// Who uploaded them.
    pub profile: ProfileId,
    /// Where they are.
    pub bucket: BucketName,
    /// What they were to become.
    pub key: ObjectKey,
    /// The server's name for the upload, where it is known.
    pub upload_id: Option<String>,
    /// When the server was asked to begin it, by the server's clock: by this and the key it is found without its name.
    pub asked_at: Timestamp,
    /// Since when nobody needs them.
    pub since: Timestamp,
}

impl KeptTransfer {
    /// The same, with this change.
    pub fn apply(&mut self, entry: Entry) {
        match entry {
            Entry::Paused(is_paused) => self.is_paused = is_paused,
            Entry::File(at, file) => self.files[at] = file,
            Entry::Part(at, part) => {
                if let KeptFile::Begun(_, multipart) = &mut self.files[at] {
                    multipart.parts.retain(|known| known.number != part.number);
                    multipart.parts.push(part);
                }
            }
        }
    }

    /// The upload in parts that has begun of the file at this place, as one that nobody needs from now on.
    pub fn begun_at(&self, at: usize, now: Timestamp) -> Option<Leftover> {
        let KeptFile::Begun(key, multipart) = &self.files[at] else { return None };
        Some(Leftover {
            profile: self.request.profile.clone(),
            bucket: self.request.place.bucket.clone(),
            key: key.clone(),
            upload_id: multipart.upload_id.clone(),
            asked_at: multipart.asked_at,
            since: now,
        })
    }

    /// The same for all files, with their places.
    pub fn begun(&self, now: Timestamp) -> Vec<(usize, Leftover)> {
        (0..self.files.len()).filter_map(|at| Some((at, self.begun_at(at, now)?))).collect()
    }

    /// What stands in the metadata of the file at this place.
    pub fn mark(&self, at: usize) -> String {
        format!("{}-{at}", self.token)
    }
}
