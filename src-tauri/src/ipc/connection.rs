//! Profiles and connections, as the window sees them.

use guestpass_core::app::App;
use guestpass_core::{Error, Kind, ProfileId, app};
use serde::Serialize;
use specta::Type;
use specta_typescript::Number;

use super::{Limits, Organisation, Standing};

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
    Login,
    Unknown,
}

/// A way in, as a person may choose it.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Profile {
    /// `practice`, `environment`, `aws:` and the section's name, or `own:` and a random id.
    pub id: String,
    /// The section's name.
    pub name: String,
    /// How it signs in.
    pub kind: ProfileKind,
    /// The region it names.
    pub region: Option<String>,
    /// The endpoint it names, if it is not AWS itself.
    pub endpoint: Option<String>,
    /// The role that it takes on.
    pub role: Option<String>,
    /// The account that the role is in, by its twelve digits.
    pub account: Option<String>,
    /// Where one signs in for it.
    pub organisation: Option<Organisation>,
    /// Whether it can be used now.
    pub standing: Standing,
    /// The profile that AWS tools would use on this computer.
    pub is_default: bool,
    /// Set up in this app, which can remove it.
    pub is_own: bool,
    /// Kept nowhere: it ends with the app.
    pub is_for_session: bool,
}

/// The ways in of this computer.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Profiles {
    /// What was set up in this app, then the AWS profiles.
    pub profiles: Vec<Profile>,
    /// Why the AWS profiles cannot be read.
    pub error: Option<super::AppError>,
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

/// Until when one is signed in.
#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct SignedIn {
    /// When the person has to sign in again.
    pub until: CredentialsEnd,
    /// When the credentials that sign now end, and links with them.
    pub credentials_end: CredentialsEnd,
}

/// A profile that works.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Connection {
    /// The profile.
    pub profile: Profile,
    /// When the credentials that sign now end, and links with them.
    pub credentials_end: CredentialsEnd,
    /// When the person has to sign in again.
    pub until: CredentialsEnd,
    /// Whether the choice is remembered.
    pub memory: Memory,
    /// What IT allows with it.
    pub limits: Limits,
    /// How long links usually work, in seconds, if IT says so.
    #[specta(type = Option<Number>)]
    pub usual_seconds: Option<i64>,
}

/// Reads a profile's id. Error: [`Kind::ProfileMissing`].
pub(crate) fn profile_id(text: String) -> Result<ProfileId, Error> {
    ProfileId::try_from(text.clone()).map_err(|_| Kind::ProfileMissing { profile: text }.into())
}

impl Profile {
    pub(crate) fn of(app: &App, profile: guestpass_core::Profile) -> Self {
        Self {
            is_own: matches!(profile.id, ProfileId::Own(_)),
            is_for_session: app.is_for_session(&profile.id),
            id: profile.id.to_string(),
            name: profile.name,
            kind: profile.kind.into(),
            region: profile.region,
            endpoint: profile.endpoint,
            role: profile.role,
            account: profile.account,
            organisation: profile.organisation.map(Into::into),
            standing: profile.standing.into(),
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
            Core::Login => Self::Login,
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

impl From<app::SignedIn> for SignedIn {
    fn from(signed_in: app::SignedIn) -> Self {
        Self { until: signed_in.until.into(), credentials_end: signed_in.credentials_end.into() }
    }
}

impl Connection {
    pub(crate) fn of(app: &App, connection: app::Connection) -> Self {
        Self {
            profile: Profile::of(app, connection.profile),
            credentials_end: connection.signed_in.credentials_end.into(),
            until: connection.signed_in.until.into(),
            memory: connection.memory.into(),
            limits: connection.limits.into(),
            usual_seconds: connection.usual_seconds,
        }
    }
}
