//! What the rules ask of the world. Small questions, answered by the adapters that the composition root names.

mod disk;
mod examine;
mod read;
mod sign_in;
mod tend;

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
pub use disk::{Arriving, Disk};
pub use examine::{Examine, Route};
use jiff::Timestamp;
pub use read::{Body, Details, Read, Tags};
use serde::{Deserialize, Serialize};
pub use sign_in::{Invitation, SignIn, SignInBy};
pub use tend::{CopyOutcome, CopyWhole, CopyWitness, Deleted, Doomed, Tend};

use crate::journal::{Entry as JournalEntry, KeptTransfer, Leftover};
use crate::{
    BucketName, CredentialsEnd, Link, LinkUrl, Listing, ObjectFacts, ObjectKey, Opening, PageStart, Place,
    Policy, Prefix, Profile, Result, Secret, ServerClock, Tested, TransferId, UploadForm, VersionId, Way,
};

/// What time is it?
#[async_trait]
pub trait Clock: Send + Sync {
    /// Now, by this computer.
    fn now(&self) -> Timestamp;
    /// Returns when so many seconds have passed; with a clock that stands, never.
    async fn pass(&self, _seconds: u64) {
        std::future::pending().await
    }
}

/// Which ways in does this computer know?
#[async_trait]
pub trait ProfileBook: Send + Sync {
    /// Read afresh at each call, in the order of the files.
    async fn profiles(&self) -> Result<Vec<Profile>>;
}

/// What may this computer do? By the policy of whoever administers it.
pub trait PolicyBook: Send + Sync {
    /// The policy as it is now; no file is no limit. Error: [`crate::Kind::PolicyBroken`], and then nothing is shared.
    fn policy(&self) -> Result<Arc<Policy>>;
}

/// Where shares are written down, where the policy wants that.
pub trait Audit: Send + Sync {
    /// Appends one line ([`crate::AuditEntry::line`]) to the file at this path. Error:
    /// [`crate::Kind::AuditUnwritable`], and then the share is not handed over.
    fn note(&self, path: &str, line: &str) -> Result<()>;
}

/// What did the person choose last time? The operating system's keyring.
#[async_trait]
pub trait Vault: Send + Sync {
    /// The text kept under this name; `None` when nothing is.
    async fn load(&self, item: &str) -> Result<Option<Secret<String>>, VaultRefusal>;
    /// Keeps the text under this name, in place of what was there.
    async fn save(&self, item: &str, text: &Secret<String>) -> Result<(), VaultRefusal>;
    /// Removes what is kept under this name; true where there was something.
    async fn remove(&self, item: &str) -> Result<bool, VaultRefusal>;
    /// The most that one item holds, in bytes.
    fn limit(&self) -> usize;
}

/// Why the keyring did not answer. Each has a different next step, and none stops the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum VaultRefusal {
    /// There is one, and it is locked.
    #[error("the keyring is locked")]
    Locked,
    /// There is none on this computer.
    #[error("there is no keyring")]
    Missing,
    /// It said no.
    #[error("the keyring refused")]
    Refused,
    /// The text is longer than an item may be.
    #[error("the text is too long for a keyring")]
    TooLong,
}

/// Who am I, and where are my buckets? Makes the store behind a profile.
#[async_trait]
pub trait Connect: Send + Sync {
    /// Resolves the credentials once, so that a failure shows here and not at the first click.
    ///
    /// `name` is what the person calls the profile, for the words of failures. Without `allows_http` a server
    /// elsewhere must speak TLS: else [`crate::Kind::EndpointInsecure`]. Also [`crate::Kind::CodeNeeded`] and
    /// [`crate::Kind::CodeRefused`] for roles with `mfa_serial`.
    async fn connect(&self, way: &Way, name: &str, allows_http: bool) -> Result<Arc<dyn Store>>;
}

/// Everything one profile can do.
pub trait Store: Browse + Read + Sign + Upload + Tend + Examine {}
impl<T: Browse + Read + Sign + Upload + Tend + Examine> Store for T {}

/// What is there?
#[async_trait]
pub trait Browse: Send + Sync {
    /// The buckets that this profile is told of.
    async fn buckets(&self) -> Result<Vec<BucketName>>;
    /// One page of a place: folders by `/`, or with `recursive` every object below it. The object that stands for the
    /// place itself is one of the latter, and no file of the former.
    async fn list(&self, place: &Place, page: Option<&PageStart>, recursive: bool) -> Result<Listing>;
    /// What the server tells of one object, or of one version of it.
    ///
    /// Errors: [`crate::Kind::RequesterPays`] where it answers only those who pay, and those of reading.
    async fn facts(
        &self,
        bucket: &BucketName,
        key: &ObjectKey,
        version: Option<&VersionId>,
    ) -> Result<ObjectFacts>;
}

/// What to sign, all of it decided.
#[derive(Clone, Debug)]
pub struct SignGet<'a> {
    /// The bucket.
    pub bucket: &'a BucketName,
    /// The object.
    pub key: &'a ObjectKey,
    /// The version; whatever is there when it is opened, if `None`.
    pub version: Option<&'a VersionId>,
    /// Whether the signer pays, in a requester-pays bucket.
    pub pays: bool,
    /// The headers to ask of the server.
    pub opening: &'a Opening,
    /// From when on.
    pub span: Span,
}

/// When a signature works.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// The date to sign with, by the server's clock.
    pub at: Timestamp,
    /// How long from then, in seconds, 1–604,800.
    pub seconds: u32,
}

/// May a guest in?
#[async_trait]
pub trait Sign: Send + Sync {
    /// The time of the server behind this store, as far as its answers have told.
    fn server_clock(&self) -> &ServerClock;
    /// When the credentials that would sign now end. Those that end before `wanted` are asked for anew first.
    async fn credentials_end(&self, wanted: Timestamp) -> Result<CredentialsEnd>;
    /// A presigned GET. The adapter makes sure that what it returns is signed, for this place and region.
    async fn sign_get(&self, get: SignGet<'_>) -> Result<LinkUrl>;
    /// A presigned PUT of one object, with no header signed but the host: any plain client can send it.
    async fn sign_put(&self, bucket: &BucketName, key: &ObjectKey, span: Span) -> Result<LinkUrl>;
    /// A form that takes any file below `prefix` of up to `max_bytes`.
    async fn sign_form(
        &self,
        bucket: &BucketName,
        prefix: &Prefix,
        max_bytes: u64,
        span: Span,
    ) -> Result<UploadForm>;
}

/// One file, to one key.
#[derive(Clone, Copy, Debug)]
pub struct Put<'a> {
    /// The bucket.
    pub bucket: &'a BucketName,
    /// The key.
    pub key: &'a ObjectKey,
    /// The file, read as it goes out: memory does not grow with its size.
    pub path: &'a Path,
    /// Its size in bytes when it was offered; what is sent is its state when it is its turn.
    pub size: u64,
    /// Stands in the object's metadata, so that a success of which nobody heard is known from a stranger's file.
    pub mark: &'a str,
    /// Whether it may take the place of what is there.
    pub replaces: bool,
    /// What an earlier try left on the server.
    pub begun: Option<&'a Multipart>,
}

/// What became of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutOutcome {
    /// It is there.
    Stored,
    /// The key was taken, and what was there is untouched.
    Taken,
}

/// An upload in parts that has begun and has not come to its end: what it takes to go on with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Multipart {
    /// The server's name for it; `None` while its answer is awaited, and for good where that was lost.
    pub upload_id: Option<String>,
    /// When the server was asked to begin it, by the server's clock.
    pub asked_at: Timestamp,
    /// The size of the file that it is made of, in bytes.
    pub size: u64,
    /// When that file was last changed.
    pub modified_at: Option<Timestamp>,
    /// How long each part but the last is, in bytes.
    pub part_size: u64,
    /// The parts that the server has.
    #[serde(skip)]
    pub parts: Vec<Part>,
}

impl Multipart {
    /// How much of the file the server has, in bytes.
    pub fn arrived(&self) -> u64 {
        let length = |part: &Part| {
            let start = u64::from(part.number.saturating_sub(1)) * self.part_size;
            self.size.saturating_sub(start).min(self.part_size)
        };
        self.parts.iter().map(length).sum()
    }
}

/// A part that the server has.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Part {
    /// Its number, from 1.
    pub number: u32,
    /// What the server calls its content.
    pub etag: String,
    /// The CRC-64/NVME of what was sent.
    pub crc: u64,
}

/// Hears how a file gets on.
#[async_trait]
pub trait Witness: Send + Sync {
    /// How large the file is now, in bytes.
    fn found(&self, size: u64);
    /// Bytes that have gone out, counted from the start again when a request is repeated.
    fn sent(&self, bytes: u64);
    /// An upload in parts is about to begin, and then, with its name, has begun. Nothing is sent before this
    /// returns: whatever happens next, somebody knows what may lie on the server.
    async fn began(&self, multipart: Multipart);
    /// The server has refused to begin the upload that was asked for at this moment: there is none.
    async fn refused(&self, asked_at: Timestamp);
    /// An upload may have begun since this moment of the server's clock, of which nobody knows the name. Answers
    /// those to the same key that are known, if it is to be looked for now, and all others to be removed.
    fn to_spare(&self, asked_at: Timestamp) -> Option<Vec<String>>;
    /// It was not looked for, or could not be.
    async fn strayed(&self, asked_at: Timestamp);
    /// The server has this part.
    async fn arrived(&self, part: Part);
}

/// Can this file go there?
#[async_trait]
pub trait Upload: Send + Sync {
    /// Uploads a file: whole or not at all, in one request or in parts.
    ///
    /// Errors: [`crate::Kind::FileChanged`] where it changed under way, or is not the one of which `begun` holds
    /// parts; those of writing.
    ///
    /// # Cancellation
    /// Dropping the future stops the requests. What had begun stays on the server and is known to the witness: go
    /// on with it, or [`Upload::abandon`] it. That holds for errors, too.
    async fn put(&self, put: Put<'_>, witness: Arc<dyn Witness>) -> Result<PutOutcome>;
    /// Removes the parts of an upload that nobody goes on with. That there are none any more is no error. Where its
    /// name is not known, these to the same key are not meant.
    async fn abandon(&self, left: &Leftover, spared: &[String]) -> Result<()>;
    /// Whether something is there. Where the server does not say, the upload decides.
    async fn is_taken(&self, bucket: &BucketName, key: &ObjectKey) -> bool;
    /// Makes an empty folder, by an object of no bytes whose key ends in `/`, where none is.
    async fn make_folder(&self, bucket: &BucketName, prefix: &Prefix) -> Result<PutOutcome>;
    /// Uploads a page of our own, never over an object that is there.
    async fn put_page(&self, bucket: &BucketName, key: &ObjectKey, html: Vec<u8>) -> Result<PutOutcome>;
}

/// Does this link open for somebody without an account?
#[async_trait]
pub trait Check: Send + Sync {
    /// One anonymous ranged GET, bounded in time. `profile` names whose permission is missing when it is refused.
    async fn check(&self, link: &Link, profile: &str) -> Tested;
}

/// A URL, and what a person calls what it opens.
#[derive(Clone, Copy, Debug)]
pub struct TitledLink<'a> {
    /// What it opens.
    pub title: &'a str,
    /// The URL.
    pub url: &'a LinkUrl,
}

/// Puts links where the person will paste them from.
#[async_trait]
pub trait Clipboard: Send + Sync {
    /// One link a line, in this order; as titled hyperlinks where the other program takes HTML.
    /// `is_private` keeps them out of the clipboard's history, where there is one that listens.
    async fn copy_links(&self, links: &[TitledLink<'_>], is_private: bool) -> Result<()>;
    /// Plain text.
    async fn copy_text(&self, text: &str) -> Result<()>;
    /// A number for what is there now, which is another one when it was used for something else. `None` where
    /// that cannot be told.
    async fn fingerprint(&self) -> Option<u64>;
}

/// What was under way when the app ended, in whatever way it did?
///
/// A change that was written survives the end of the process. Failures are never a reason to stop an upload.
#[async_trait]
pub trait Journal: Send + Sync {
    /// The transfers that are not forgotten, oldest first.
    async fn transfers(&self) -> Result<Vec<(TransferId, KeptTransfer)>>;
    /// Writes down a transfer, before anything of it is sent.
    async fn keep(&self, id: TransferId, transfer: &KeptTransfer) -> Result<()>;
    /// Writes down what has changed.
    async fn note(&self, id: TransferId, entry: &JournalEntry) -> Result<()>;
    /// Strikes out a transfer.
    async fn forget(&self, id: TransferId) -> Result<()>;
    /// Parts on servers that belong to no transfer any more and could not be removed.
    async fn leftovers(&self) -> Result<Vec<Leftover>>;
    /// Writes one down.
    async fn keep_leftover(&self, leftover: &Leftover) -> Result<()>;
    /// Strikes one out.
    async fn forget_leftover(&self, leftover: &Leftover) -> Result<()>;
}
