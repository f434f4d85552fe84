//! Errors on the wire: a code with parameters, for which the window has the words.

use guestpass_core::{Error, Kind};
use serde::Serialize;
use specta::Type;
use specta_typescript::Number;

/// What the server was asked to let us do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "mirrors guestpass_core::Action")]
pub enum Action {
    ListBuckets,
    List,
    Read,
    Write,
    Restore,
    Abandon,
    Delete,
    Undelete,
}

/// Whose rule keeps somebody out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "mirrors guestpass_core::DeniedBy")]
pub enum DeniedBy {
    NotSaid,
    Identity,
    BucketPolicy,
    Organisation,
    Network,
    KmsKey,
    Links,
}

/// What IT does not allow.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "mirrors guestpass_core::Rule")]
pub enum Rule {
    Place,
    UploadPlace,
    UploadLinks,
    AccessKeys,
}

/// A failure, as a distinct next step. The window's table of words covers every code, or does not compile.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "code", content = "params")]
#[expect(missing_docs, reason = "mirrors guestpass_core::Kind")]
pub enum ErrorKind {
    ProfileMissing {
        profile: String,
    },
    ProfilesUnreadable {
        path: String,
    },
    CredentialsMissing {
        profile: String,
    },
    CredentialsEnded {
        profile: String,
    },
    CredentialsRefused {
        profile: String,
    },
    CodeNeeded {
        profile: String,
    },
    CodeRefused {
        profile: String,
    },
    SignInRefused,
    SignInUnanswered,
    BrowserUnavailable,
    KeyIncomplete,
    KeyringLocked,
    KeyringMissing,
    KeyringRefused,
    TooLongToKeep {
        #[specta(type = Number)]
        limit: u64,
    },
    ConnectionFileInvalid {
        name: String,
        line: Option<u32>,
    },
    ConnectionFileUntrusted {
        name: String,
    },
    PolicyBroken {
        path: String,
        line: Option<u32>,
    },
    Forbidden {
        rule: Rule,
        allowed: Option<String>,
    },
    AuditUnwritable {
        path: String,
    },
    Untrusted {
        host: String,
    },
    AccessDenied {
        action: Action,
        by: DeniedBy,
        profile: String,
        bucket: Option<String>,
        key: Option<String>,
    },
    BucketMissing {
        bucket: String,
    },
    ObjectMissing {
        bucket: String,
        key: String,
    },
    ObjectDeleted {
        bucket: String,
        key: String,
    },
    ObjectArchived {
        bucket: String,
        key: String,
        coming_back: bool,
    },
    RequesterPays {
        bucket: String,
    },
    KeyNotLinkable {
        key: String,
    },
    NameInvalid {
        name: String,
    },
    NameTaken {
        name: String,
    },
    IntoItself {
        name: String,
    },
    CopyDiffers {
        name: String,
    },
    CopyLeft {
        name: String,
        copy: String,
    },
    FileHeld {
        name: String,
    },
    AddressInvalid {
        address: String,
    },
    ExpiryPast,
    ClockWrong {
        #[specta(type = Number)]
        offset_seconds: i64,
    },
    EndpointInsecure {
        profile: String,
        host: String,
    },
    Offline {
        host: String,
    },
    ServerBusy,
    ServerFault,
    FileUnreadable {
        name: String,
    },
    FileChanged {
        name: String,
    },
    FileTooLarge {
        name: String,
        #[specta(type = Number)]
        limit: u64,
    },
    FileUnwritable {
        name: String,
    },
    DiskFull {
        name: String,
    },
    ChecksumWrong {
        name: String,
    },
    DropGone,
    ClipboardUnavailable,
    PracticeUnavailable,
    Cancelled,
    Internal,
}

/// What every command rejects with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct AppError {
    /// What a person can do about it.
    #[serde(flatten)]
    pub kind: ErrorKind,
    /// Technical text for IT.
    pub detail: Option<String>,
    /// The server's request id.
    pub reference: Option<String>,
}

impl From<&Error> for AppError {
    fn from(error: &Error) -> Self {
        Self {
            kind: error.kind().clone().into(),
            detail: error.detail().map(str::to_owned),
            reference: error.reference().map(str::to_owned),
        }
    }
}

impl From<Error> for AppError {
    fn from(error: Error) -> Self {
        Self::from(&error)
    }
}

impl From<guestpass_core::Action> for Action {
    fn from(action: guestpass_core::Action) -> Self {
        match action {
            guestpass_core::Action::ListBuckets => Self::ListBuckets,
            guestpass_core::Action::List => Self::List,
            guestpass_core::Action::Read => Self::Read,
            guestpass_core::Action::Write => Self::Write,
            guestpass_core::Action::Restore => Self::Restore,
            guestpass_core::Action::Abandon => Self::Abandon,
            guestpass_core::Action::Delete => Self::Delete,
            guestpass_core::Action::Undelete => Self::Undelete,
        }
    }
}

impl From<guestpass_core::DeniedBy> for DeniedBy {
    fn from(by: guestpass_core::DeniedBy) -> Self {
        match by {
            guestpass_core::DeniedBy::NotSaid => Self::NotSaid,
            guestpass_core::DeniedBy::Identity => Self::Identity,
            guestpass_core::DeniedBy::BucketPolicy => Self::BucketPolicy,
            guestpass_core::DeniedBy::Organisation => Self::Organisation,
            guestpass_core::DeniedBy::Network => Self::Network,
            guestpass_core::DeniedBy::KmsKey => Self::KmsKey,
            guestpass_core::DeniedBy::Links => Self::Links,
        }
    }
}

impl From<guestpass_core::Rule> for Rule {
    fn from(rule: guestpass_core::Rule) -> Self {
        match rule {
            guestpass_core::Rule::Place => Self::Place,
            guestpass_core::Rule::UploadPlace => Self::UploadPlace,
            guestpass_core::Rule::UploadLinks => Self::UploadLinks,
            guestpass_core::Rule::AccessKeys => Self::AccessKeys,
        }
    }
}

impl From<Kind> for ErrorKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::ProfileMissing { profile } => Self::ProfileMissing { profile },
            Kind::ProfilesUnreadable { path } => Self::ProfilesUnreadable { path },
            Kind::CredentialsMissing { profile } => Self::CredentialsMissing { profile },
            Kind::CredentialsEnded { profile } => Self::CredentialsEnded { profile },
            Kind::CredentialsRefused { profile } => Self::CredentialsRefused { profile },
            Kind::CodeNeeded { profile } => Self::CodeNeeded { profile },
            Kind::CodeRefused { profile } => Self::CodeRefused { profile },
            Kind::SignInRefused => Self::SignInRefused,
            Kind::SignInUnanswered => Self::SignInUnanswered,
            Kind::BrowserUnavailable => Self::BrowserUnavailable,
            Kind::KeyIncomplete => Self::KeyIncomplete,
            Kind::KeyringLocked => Self::KeyringLocked,
            Kind::KeyringMissing => Self::KeyringMissing,
            Kind::KeyringRefused => Self::KeyringRefused,
            Kind::TooLongToKeep { limit } => Self::TooLongToKeep { limit },
            Kind::ConnectionFileInvalid { name, line } => Self::ConnectionFileInvalid { name, line },
            Kind::ConnectionFileUntrusted { name } => Self::ConnectionFileUntrusted { name },
            Kind::PolicyBroken { path, line } => Self::PolicyBroken { path, line },
            Kind::Forbidden { rule, allowed } => Self::Forbidden { rule: rule.into(), allowed },
            Kind::AuditUnwritable { path } => Self::AuditUnwritable { path },
            Kind::Untrusted { host } => Self::Untrusted { host },
            Kind::AccessDenied { action, by, profile, bucket, key } => {
                Self::AccessDenied { action: action.into(), by: by.into(), profile, bucket, key }
            }
            Kind::BucketMissing { bucket } => Self::BucketMissing { bucket },
            Kind::ObjectMissing { bucket, key } => Self::ObjectMissing { bucket, key },
            Kind::ObjectDeleted { bucket, key } => Self::ObjectDeleted { bucket, key },
            Kind::ObjectArchived { bucket, key, coming_back } => {
                Self::ObjectArchived { bucket, key, coming_back }
            }
            Kind::RequesterPays { bucket } => Self::RequesterPays { bucket },
            Kind::KeyNotLinkable { key } => Self::KeyNotLinkable { key },
            Kind::NameInvalid { name } => Self::NameInvalid { name },
            Kind::NameTaken { name } => Self::NameTaken { name },
            Kind::IntoItself { name } => Self::IntoItself { name },
            Kind::CopyDiffers { name } => Self::CopyDiffers { name },
            Kind::CopyLeft { name, copy } => Self::CopyLeft { name, copy },
            Kind::FileHeld { name } => Self::FileHeld { name },
            Kind::AddressInvalid { address } => Self::AddressInvalid { address },
            Kind::ExpiryPast => Self::ExpiryPast,
            Kind::ClockWrong { offset_seconds } => Self::ClockWrong { offset_seconds },
            Kind::EndpointInsecure { profile, host } => Self::EndpointInsecure { profile, host },
            Kind::Offline { host } => Self::Offline { host },
            Kind::ServerBusy => Self::ServerBusy,
            Kind::ServerFault => Self::ServerFault,
            Kind::FileUnreadable { name } => Self::FileUnreadable { name },
            Kind::FileChanged { name } => Self::FileChanged { name },
            Kind::FileTooLarge { name, limit } => Self::FileTooLarge { name, limit },
            Kind::FileUnwritable { name } => Self::FileUnwritable { name },
            Kind::DiskFull { name } => Self::DiskFull { name },
            Kind::ChecksumWrong { name } => Self::ChecksumWrong { name },
            Kind::DropGone => Self::DropGone,
            Kind::ClipboardUnavailable => Self::ClipboardUnavailable,
            Kind::PracticeUnavailable => Self::PracticeUnavailable,
            Kind::Cancelled => Self::Cancelled,
            Kind::Internal => Self::Internal,
        }
    }
}
