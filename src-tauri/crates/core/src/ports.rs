//! What the rules ask of the world. Small questions, answered by the adapters that the composition root names.

use std::path::Path;
use std::sync::Arc;

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{
    BucketName, CredentialsEnd, Link, LinkUrl, Listing, ObjectFacts, ObjectKey, Opening, PageToken, Place,
    Prefix, Profile, ProfileId, Result, ServerClock, Tested, UploadForm, VersionId,
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
    ///
    /// Without `allows_http` a server elsewhere must speak TLS: else [`crate::Kind::EndpointInsecure`].
    async fn connect(&self, profile: &ProfileId, allows_http: bool) -> Result<Arc<dyn Store>>;
}

/// Everything one profile can do.
pub trait Store: Browse + Sign + Upload + Tend {}
impl<T: Browse + Sign + Upload + Tend> Store for T {}

/// What is there?
#[async_trait]
pub trait Browse: Send + Sync {
    /// The buckets that this profile is told of.
    async fn buckets(&self) -> Result<Vec<BucketName>>;
    /// One page of a place: folders by `/`, or with `recursive` every object below it.
    async fn list(&self, place: &Place, page: Option<&PageToken>, recursive: bool) -> Result<Listing>;
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
    /// Uploads a page of our own, never over an object that is there.
    async fn put_page(&self, bucket: &BucketName, key: &ObjectKey, html: Vec<u8>) -> Result<PutOutcome>;
}

/// Can what is there be made fit to be lent?
#[async_trait]
pub trait Tend: Send + Sync {
    /// Copies an object to a key that must be free, within its bucket.
    async fn copy_new(&self, bucket: &BucketName, from: &ObjectKey, to: &ObjectKey) -> Result<PutOutcome>;
    /// The largest object that [`Tend::copy_new`] takes, in bytes.
    fn copy_limit(&self) -> u64;
    /// Asks the server to bring an archived object back for some days. It takes hours; asking twice is no error.
    async fn bring_back(
        &self,
        bucket: &BucketName,
        key: &ObjectKey,
        version: Option<&VersionId>,
        days: u32,
    ) -> Result<()>;
}

/// Does this link open for somebody without an account?
#[async_trait]
pub trait Check: Send + Sync {
    /// One anonymous ranged GET, bounded in time. `profile` is whose permission is missing when it is refused.
    async fn check(&self, link: &Link, profile: &ProfileId) -> Tested;
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
}
