//! What the rules ask of the world. Small questions, answered by the adapters that the composition root names.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{
    BucketName, Checked, CredentialsEnd, Link, LinkUrl, Listing, ObjectKey, Opening, PageToken, Place, Profile,
    ProfileId, Result,
};

/// What time is it?
pub trait Clock: Send + Sync {
    /// Now, by this computer.
    fn now(&self) -> Timestamp;
}

/// Which ways in does this computer know?
#[async_trait]
pub trait ProfileBook: Send + Sync {
    /// Read afresh at each call, in the order of the files.
    async fn profiles(&self) -> Result<Vec<Profile>>;
}

/// What did the person choose last time? The operating system's keyring.
#[async_trait]
pub trait Vault: Send + Sync {
    /// The text kept under this name; `None` when nothing is.
    async fn load(&self, item: &str) -> Result<Option<String>, VaultRefusal>;
    /// Keeps the text under this name, in place of what was there.
    async fn save(&self, item: &str, text: &str) -> Result<(), VaultRefusal>;
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
}

/// Who am I, and where are my buckets? Makes the store behind a profile.
#[async_trait]
pub trait Connect: Send + Sync {
    /// Resolves the profile's credentials once, so that a failure shows here and not at the first click.
    async fn connect(&self, profile: &ProfileId) -> Result<Arc<dyn Store>>;
}

/// Everything one profile can do.
pub trait Store: Browse + Sign + Upload {}
impl<T: Browse + Sign + Upload> Store for T {}

/// What is there?
#[async_trait]
pub trait Browse: Send + Sync {
    /// The buckets that this profile is told of.
    async fn buckets(&self) -> Result<Vec<BucketName>>;
    /// One page of a place: folders by `/`, or with `recursive` every object below it.
    async fn list(&self, place: &Place, page: Option<&PageToken>, recursive: bool) -> Result<Listing>;
}

/// What to sign, all of it decided.
#[derive(Clone, Debug)]
pub struct SignGet<'a> {
    /// The bucket.
    pub bucket: &'a BucketName,
    /// The object.
    pub key: &'a ObjectKey,
    /// The date to sign with.
    pub at: Timestamp,
    /// How long it works from `at`, in seconds, 1–604,800.
    pub seconds: u32,
    /// The headers to ask of the server.
    pub opening: &'a Opening,
}

/// May a guest in?
#[async_trait]
pub trait Sign: Send + Sync {
    /// When the credentials that would sign now end.
    async fn credentials_end(&self) -> Result<CredentialsEnd>;
    /// A presigned GET. The adapter makes sure that what it returns is signed, for this place and region.
    async fn sign_get(&self, get: SignGet<'_>) -> Result<LinkUrl>;
}

/// One file, to one key that must be free.
#[derive(Clone, Copy, Debug)]
pub struct Put<'a> {
    /// The bucket.
    pub bucket: &'a BucketName,
    /// The key.
    pub key: &'a ObjectKey,
    /// The file, read as it goes out: memory does not grow with its size.
    pub path: &'a Path,
    /// The size that it must still have, in bytes.
    pub size: u64,
    /// The content type to store.
    pub content_type: &'a str,
}

/// What became of an upload.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PutOutcome {
    /// It is there.
    Stored,
    /// The key was taken, and what was there is untouched.
    Taken,
}

/// Bytes that have gone out, counted from the start again when a request is repeated.
pub type OnProgress = Arc<dyn Fn(u64) + Send + Sync>;

/// Can this file go there?
///
/// # Cancellation
/// Dropping the future stops the request; a single PUT leaves nothing behind.
#[async_trait]
pub trait Upload: Send + Sync {
    /// Uploads by one request, never over an object that is there.
    async fn put_new(&self, put: Put<'_>, on_progress: OnProgress) -> Result<PutOutcome>;
    /// The largest file that [`Upload::put_new`] takes, in bytes.
    fn put_limit(&self) -> u64;
}

/// Does this link open for somebody without an account?
#[async_trait]
pub trait Check: Send + Sync {
    /// One anonymous ranged GET, bounded in time. Refusals are errors of the kind that explains them;
    /// `profile` is whose permission is missing then.
    async fn check(&self, link: &Link, profile: &ProfileId) -> Result<Checked>;
}

/// Puts links where the person will paste them from.
#[async_trait]
pub trait Clipboard: Send + Sync {
    /// One link a line, in this order; as titled hyperlinks where the other program takes HTML.
    async fn copy_links(&self, links: &[Link]) -> Result<()>;
    /// Plain text.
    async fn copy_text(&self, text: &str) -> Result<()>;
}
