//! Profiles: the ways in to somebody's buckets.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::Organisation;

/// Names one way in. Its text form is kept in the keyring and on the wire.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub enum ProfileId {
    /// The practice bucket on this computer.
    Practice,
    /// Whatever the AWS SDK takes when it is told nothing: `AWS_*` variables, then the default profile.
    Environment,
    /// A section of the AWS config or credentials file, by its name.
    Aws(String),
    /// A connection that was set up in this app and is kept in the keyring, by its random id.
    Own(String),
}

/// The text does not name a profile.
#[derive(Debug, thiserror::Error)]
#[error("not a profile id")]
pub struct ProfileIdInvalid;

impl std::fmt::Display for ProfileId {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::Practice => f.write_str("practice"),
            Self::Environment => f.write_str("environment"),
            Self::Aws(name) => write!(f, "aws:{name}"),
            Self::Own(id) => write!(f, "own:{id}"),
        }
    }
}

impl From<ProfileId> for String {
    fn from(id: ProfileId) -> Self {
        id.to_string()
    }
}

impl TryFrom<String> for ProfileId {
    type Error = ProfileIdInvalid;
    fn try_from(text: String) -> Result<Self, ProfileIdInvalid> {
        match (text.as_str(), text.split_once(':')) {
            ("practice", _) => Ok(Self::Practice),
            ("environment", _) => Ok(Self::Environment),
            (_, Some(("aws", name))) if !name.is_empty() => Ok(Self::Aws(name.to_owned())),
            (_, Some(("own", id))) if !id.is_empty() => Ok(Self::Own(id.to_owned())),
            _ => Err(ProfileIdInvalid),
        }
    }
}

impl ProfileId {
    /// What a person calls it: the section's name, else the id.
    pub fn name(&self) -> &str {
        match self {
            Self::Practice => "practice",
            Self::Environment => "environment",
            Self::Aws(name) | Self::Own(name) => name,
        }
    }
}

/// How a profile signs in, as far as its section tells.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ProfileKind {
    /// The practice bucket.
    Practice,
    /// A long-lived access key.
    AccessKey,
    /// An access key with a session token: it ends, and the section does not say when.
    Session,
    /// IAM Identity Center.
    Sso,
    /// A role that is assumed with another profile's credentials.
    Role,
    /// A program that prints credentials.
    Process,
    /// A role that is assumed with a token file.
    WebIdentity,
    /// `AWS_*` variables.
    Environment,
    /// `aws login`, which keeps what it got in a file of its own.
    Login,
    /// Nothing that we recognise; the SDK may still.
    Unknown,
}

/// A way in, as it is offered to a person. Holds no credentials.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Profile {
    /// Its id.
    pub id: ProfileId,
    /// Its name as the file spells it.
    pub name: String,
    /// How it signs in.
    pub kind: ProfileKind,
    /// The region it names, if any.
    pub region: Option<String>,
    /// The endpoint it names, if it is not AWS itself.
    pub endpoint: Option<String>,
    /// The role that it takes on, if any.
    pub role: Option<String>,
    /// The account that the role is in, by its twelve digits.
    pub account: Option<String>,
    /// Where one signs in for it, if it is through IAM Identity Center.
    pub organisation: Option<Organisation>,
    /// Whether it can be used now.
    pub standing: Standing,
    /// Whether AWS tools on this computer would take it when told nothing.
    pub is_default: bool,
}

/// Whether a way in can be used now, as far as can be told without asking a server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// Yes, until somebody takes it away.
    Ready,
    /// Yes, until this moment at least.
    Until(Timestamp),
    /// Once the person has signed in.
    SignedOut,
    /// Once the person has typed a code of six digits, each time (`mfa_serial`).
    NeedsCode,
    /// Only trying it tells.
    Untried,
    /// No: what the section names is not there, or does not fit together.
    Broken,
}

impl Profile {
    /// The practice bucket, which is always there.
    pub fn practice() -> Self {
        Self {
            id: ProfileId::Practice,
            name: ProfileId::Practice.name().to_owned(),
            kind: ProfileKind::Practice,
            region: None,
            endpoint: None,
            role: None,
            account: None,
            organisation: None,
            standing: Standing::Ready,
            is_default: false,
        }
    }
}

/// When the credentials that sign end; links end with them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum CredentialsEnd {
    /// A long-lived access key.
    Never,
    /// At this moment.
    At(Timestamp),
    /// They are temporary, and nothing says until when.
    Unknown,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ids_survive_the_keyring() {
        for id in [
            ProfileId::Practice,
            ProfileId::Environment,
            ProfileId::Aws("practice".into()),
            ProfileId::Aws("Mörketing: EU / 2".into()),
            ProfileId::Own("k3j5".into()),
        ] {
            assert_eq!(ProfileId::try_from(id.to_string()).unwrap(), id);
        }
        for text in ["", "aws:", "own:", "gone"] {
            assert!(ProfileId::try_from(text.to_owned()).is_err());
        }
    }
}
