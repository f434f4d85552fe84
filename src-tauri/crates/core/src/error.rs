//! What can go wrong, sorted by what a person does next.
//!
//! Foreign errors (S3 codes, transport, keyring) are mapped to a [`Kind`] once, in their adapter, by code
//! and never by message text. Sentences live with the faces: the window's catalogue, the command line's table.

use std::error::Error as StdError;

/// The result of every use case.
pub type Result<T, E = Error> = std::result::Result<T, E>;

/// What the server was asked to let us do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Action {
    /// See which buckets there are.
    ListBuckets,
    /// See what is in a bucket.
    List,
    /// Read an object.
    Read,
    /// Write an object.
    Write,
    /// Bring an object back from the archive.
    Restore,
    /// Remove what has begun of an upload.
    Abandon,
    /// Delete an object.
    Delete,
    /// Bring a deleted object back.
    Undelete,
}

/// Whose rule keeps somebody out, as far as the server says.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html>
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum DeniedBy {
    /// The server does not say.
    NotSaid,
    /// The signer's own permissions do not reach that far.
    Identity,
    /// The bucket's rules.
    BucketPolicy,
    /// A rule of the organisation over all its accounts.
    Organisation,
    /// A rule about the network that a request comes from.
    Network,
    /// The object is encrypted, and the key is not the signer's to use.
    KmsKey,
    /// The signer may read the object, but not by a link.
    Links,
}

/// What the organisation's policy, or the connection file, does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rule {
    /// This bucket or folder.
    Place,
    /// Uploading to anywhere but the one place for it.
    UploadPlace,
    /// Asking outsiders for files.
    UploadLinks,
    /// Signing with an access key that does not end.
    AccessKeys,
}

/// A failure, as a distinct next step for a person.
#[derive(Clone, Debug, PartialEq, Eq)]
#[expect(missing_docs, reason = "the fields are what their names say: names as the person knows them")]
pub enum Kind {
    /// The profile is no longer on this computer.
    ProfileMissing { profile: String },
    /// The AWS files of this computer cannot be read or parsed.
    ProfilesUnreadable { path: String },
    /// The profile gives no credentials.
    CredentialsMissing { profile: String },
    /// The sign-in has ended.
    CredentialsEnded { profile: String },
    /// The server does not know the credentials, or the secret is wrong.
    CredentialsRefused { profile: String },
    /// The role asks for a code of six digits.
    CodeNeeded { profile: String },
    /// The code was wrong, used already, or too old.
    CodeRefused { profile: String },
    /// Somebody said no where one signs in.
    SignInRefused,
    /// Nobody has signed in while we waited.
    SignInUnanswered,
    /// No browser could be opened.
    BrowserUnavailable,
    /// What was pasted or typed holds no whole access key.
    KeyIncomplete,
    /// The keyring is locked, so nothing can be kept.
    KeyringLocked,
    /// There is no keyring, so nothing can be kept.
    KeyringMissing,
    /// The keyring refused.
    KeyringRefused,
    /// It is too long for a keyring; `limit` in bytes.
    TooLongToKeep { limit: u64 },
    /// A file that sets up a connection cannot be used; `line` counts from 1.
    ConnectionFileInvalid { name: String, line: Option<u32> },
    /// A file that sets up a connection is not signed by whom the policy trusts.
    ConnectionFileUntrusted { name: String },
    /// The machine's policy cannot be read or understood: nothing may be shared. `line` counts from 1.
    PolicyBroken { path: String, line: Option<u32> },
    /// The policy does not allow it; `allowed` names what it allows instead.
    Forbidden { rule: Rule, allowed: Option<String> },
    /// The policy wants every share written down, and this file cannot be written.
    AuditUnwritable { path: String },
    /// The certificate of the server is not one that this computer trusts.
    Untrusted { host: String },
    /// The signer lacks a permission.
    AccessDenied { action: Action, by: DeniedBy, profile: String, bucket: Option<String>, key: Option<String> },
    /// There is no such bucket.
    BucketMissing { bucket: String },
    /// There is no such object.
    ObjectMissing { bucket: String, key: String },
    /// The object was deleted; earlier versions may still be there.
    ObjectDeleted { bucket: String, key: String },
    /// The object is in an archive and must be brought back first; `coming_back` when somebody has asked for it.
    ObjectArchived { bucket: String, key: String, coming_back: bool },
    /// Who reads from the bucket pays for it, and has to say so.
    RequesterPays { bucket: String },
    /// No URL can carry the key: see [`crate::ObjectKey::is_linkable`].
    KeyNotLinkable { key: String },
    /// A file's name cannot become a key.
    NameInvalid { name: String },
    /// Something has this name already.
    NameTaken { name: String },
    /// A folder cannot go into itself.
    IntoItself { name: String },
    /// What the server made of a file is not the same; the file itself stays.
    CopyDiffers { name: String },
    /// A file was to be moved, and may be at both places now; `copy` is the key of the other one.
    CopyLeft { name: String, copy: String },
    /// A file is kept from being deleted: for a time, or by a legal hold.
    FileHeld { name: String },
    /// The text is not an S3 address.
    AddressInvalid { address: String },
    /// The chosen end is not in the future.
    ExpiryPast,
    /// This computer's clock is too far off for the server to accept what it signs.
    ClockWrong { offset_seconds: i64 },
    /// The server is elsewhere, and speaks without encryption: everybody on the way could read along.
    EndpointInsecure { profile: String, host: String },
    /// The server cannot be reached.
    Offline { host: String },
    /// The server asks to come back later, or did not answer in time.
    ServerBusy,
    /// The server failed or answered nonsense.
    ServerFault,
    /// A file on this computer cannot be read.
    FileUnreadable { name: String },
    /// A file changed while it was read, or is another one than was meant.
    FileChanged { name: String },
    /// A file is larger than one upload may be; `limit` in bytes.
    FileTooLarge { name: String, limit: u64 },
    /// A file cannot be written on this computer.
    FileUnwritable { name: String },
    /// The disk of this computer is full.
    DiskFull { name: String },
    /// What was read of a file is not what the server keeps.
    ChecksumWrong { name: String },
    /// The dropped files are no longer known: the window was reloaded or the app restarted.
    DropGone,
    /// The clipboard cannot be written.
    ClipboardUnavailable,
    /// The practice bucket cannot be started: its folder cannot be written.
    PracticeUnavailable,
    /// The person stopped it. Never shown.
    Cancelled,
    /// A mistake of ours.
    Internal,
}

/// A failure of a use case. Small to pass around; prints no URL, key id or token.
#[derive(Debug)]
pub struct Error(Box<Inner>);

#[derive(Debug)]
struct Inner {
    kind: Kind,
    detail: Option<String>,
    reference: Option<String>,
    source: Option<Box<dyn StdError + Send + Sync>>,
}

/// Longest technical detail that is kept: a server may answer with megabytes.
const MAX_DETAIL_CHARS: usize = 500;

impl Error {
    /// What a person can do about it.
    pub fn kind(&self) -> &Kind {
        &self.0.kind
    }

    /// The kind alone, for tests and tables.
    pub fn into_kind(self) -> Kind {
        self.0.kind
    }

    /// Technical text for IT: the S3 code, the HTTP status, the server's message. One line, bounded.
    pub fn detail(&self) -> Option<&str> {
        self.0.detail.as_deref()
    }

    /// The server's request id, by which its owner finds the request in a log.
    pub fn reference(&self) -> Option<&str> {
        self.0.reference.as_deref()
    }

    /// The same failure, understood better.
    #[must_use]
    pub fn with_kind(mut self, kind: Kind) -> Self {
        self.0.kind = kind;
        self
    }

    /// Adds technical text, without what controls a display, and cut to a length that fits a window.
    #[must_use]
    pub fn with_detail(mut self, detail: impl AsRef<str>) -> Self {
        self.0.detail = Some(one_line(detail.as_ref()));
        self
    }

    /// Adds the server's request id.
    #[must_use]
    pub fn with_reference(mut self, reference: Option<&str>) -> Self {
        self.0.reference = reference.map(one_line);
        self
    }

    /// Adds the cause, for the log.
    #[must_use]
    pub fn with_source(mut self, source: impl Into<Box<dyn StdError + Send + Sync>>) -> Self {
        self.0.source = Some(source.into());
        self
    }
}

fn one_line(text: &str) -> String {
    // What changes the direction of writing could make a server's message read as another one.
    let turns = |c| matches!(c, '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let words = text.split(|c: char| c.is_whitespace() || c.is_control() || turns(c));
    let joined = words.filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" ");
    match joined.char_indices().nth(MAX_DETAIL_CHARS) {
        Some((cut, _)) => format!("{}…", &joined[..cut]),
        None => joined,
    }
}

impl From<Kind> for Error {
    fn from(kind: Kind) -> Self {
        Self(Box::new(Inner { kind, detail: None, reference: None, source: None }))
    }
}

impl std::fmt::Display for Error {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}", self.0.kind)?;
        match &self.0.detail {
            Some(detail) => write!(f, ": {detail}"),
            None => Ok(()),
        }
    }
}

impl StdError for Error {
    fn source(&self) -> Option<&(dyn StdError + 'static)> {
        self.0.source.as_deref().map(|source| source as &(dyn StdError + 'static))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_detail_is_one_bounded_line() {
        let error =
            Error::from(Kind::ServerFault).with_detail(format!("a\r\n\u{7}b \u{202e} {}", "x".repeat(9_999)));
        let detail = error.detail().unwrap();
        assert!(detail.starts_with("a b xxx"));
        assert_eq!(detail.chars().count(), MAX_DETAIL_CHARS + 1);
    }
}
