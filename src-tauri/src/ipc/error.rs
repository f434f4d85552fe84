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

impl From<Kind> for ErrorKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::ProfileMissing { profile } => Self::ProfileMissing { profile },
            Kind::ProfilesUnreadable { path } => Self::ProfilesUnreadable { path },
            Kind::CredentialsMissing { profile } => Self::CredentialsMissing { profile },
            Kind::CredentialsEnded { profile } => Self::CredentialsEnded { profile },
            Kind::CredentialsRefused { profile } => Self::CredentialsRefused { profile },
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
            Kind::DropGone => Self::DropGone,
            Kind::ClipboardUnavailable => Self::ClipboardUnavailable,
            Kind::PracticeUnavailable => Self::PracticeUnavailable,
            Kind::Cancelled => Self::Cancelled,
            Kind::Internal => Self::Internal,
        }
    }
}
