//! Profiles and connections, as the window sees them.

use guestpass_core::{Error, Kind, ProfileId, app};
use serde::Serialize;
use specta::Type;
use specta_typescript::Number;

/// How a profile signs in.
#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "mirrors guestpass_core::ProfileKind")]
pub enum ProfileKind {
    Practice,
    AccessKey,
    Session,
    Sso,
    Role,
    Process,
    WebIdentity,
    Environment,
    Unknown,
}

/// A way in, as a person may choose it.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// `practice`, `environment`, or `aws:` and the section's name.
    pub id: String,
    /// The section's name.
    pub name: String,
    /// How it signs in.
    pub kind: ProfileKind,
    /// The region it names.
    pub region: Option<String>,
    /// The endpoint it names, if it is not AWS itself.
    pub endpoint: Option<String>,
    /// The role or account behind it; technical, shown small.
    pub detail: Option<String>,
    /// The profile that AWS tools would use on this computer.
    pub is_default: bool,
}

/// Whether choices survive the session.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Memory {
    /// The keyring keeps them.
    Kept,
    /// The keyring is locked.
    Locked,
    /// There is no keyring.
    Missing,
    /// The keyring refused.
    Refused,
}

/// What the last session chose.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Recalled {
    /// The profile.
    pub profile: Option<String>,
    /// The place that was open.
    pub place: Option<super::Place>,
    /// Whether the keyring answers.
    pub memory: Memory,
}

/// When the credentials end.
#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum CredentialsEnd {
    /// A long-lived key.
    Never,
    /// At this moment.
    At {
        /// Unix seconds.
        #[specta(type = Number)]
        at: i64,
    },
    /// They are temporary, and nothing says until when.
    Unknown,
}

/// A profile that works.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// The profile.
    pub profile: Profile,
    /// When its credentials end.
    pub credentials_end: CredentialsEnd,
    /// Whether the choice is remembered.
    pub memory: Memory,
}

/// Reads a profile's id. Error: [`Kind::ProfileMissing`].
pub(crate) fn profile_id(text: String) -> Result<ProfileId, Error> {
    ProfileId::try_from(text.clone()).map_err(|_| Kind::ProfileMissing { profile: text }.into())
}

impl From<guestpass_core::Profile> for Profile {
    fn from(profile: guestpass_core::Profile) -> Self {
        Self {
            id: profile.id.to_string(),
            name: profile.name,
            kind: profile.kind.into(),
            region: profile.region,
            endpoint: profile.endpoint,
            detail: profile.detail,
            is_default: profile.is_default,
        }
    }
}

impl From<guestpass_core::ProfileKind> for ProfileKind {
    fn from(kind: guestpass_core::ProfileKind) -> Self {
        use guestpass_core::ProfileKind as Core;
        match kind {
            Core::Practice => Self::Practice,
            Core::AccessKey => Self::AccessKey,
            Core::Session => Self::Session,
            Core::Sso => Self::Sso,
            Core::Role => Self::Role,
            Core::Process => Self::Process,
            Core::WebIdentity => Self::WebIdentity,
            Core::Environment => Self::Environment,
            Core::Unknown => Self::Unknown,
        }
    }
}

impl From<app::Memory> for Memory {
    fn from(memory: app::Memory) -> Self {
        match memory {
            app::Memory::Kept => Self::Kept,
            app::Memory::Locked => Self::Locked,
            app::Memory::Missing => Self::Missing,
            app::Memory::Refused => Self::Refused,
        }
    }
}

impl From<app::Recalled> for Recalled {
    fn from(recalled: app::Recalled) -> Self {
        Self {
            profile: recalled.profile.map(String::from),
            place: recalled.place.map(Into::into),
            memory: recalled.memory.into(),
        }
    }
}

impl From<guestpass_core::CredentialsEnd> for CredentialsEnd {
    fn from(end: guestpass_core::CredentialsEnd) -> Self {
        match end {
            guestpass_core::CredentialsEnd::Never => Self::Never,
            guestpass_core::CredentialsEnd::At(at) => Self::At { at: at.as_second() },
            guestpass_core::CredentialsEnd::Unknown => Self::Unknown,
        }
    }
}

impl From<app::Connection> for Connection {
    fn from(connection: app::Connection) -> Self {
        Self {
            profile: connection.profile.into(),
            credentials_end: connection.credentials_end.into(),
            memory: connection.memory.into(),
        }
    }
}
