//! What IT allows, as the window sees it.

use serde::Serialize;
use specta::Type;
use specta_typescript::Number;

use super::Place;

/// What is allowed with a connection.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Limits {
    /// The longest that a link may work, in seconds.
    #[specta(type = Option<Number>)]
    pub longest_seconds: Option<i64>,
    /// Whether links may show a file in the browser.
    pub inline: bool,
    /// Whether outsiders may be asked for files.
    pub upload_links: bool,
    /// The one place for uploads.
    pub upload_to: Option<Place>,
    /// The only places, where there is a limit.
    pub places: Option<Vec<Place>>,
}

/// The policy of this computer.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Policy {
    /// Whether there is one.
    pub is_set: bool,
    /// Whether access keys may be used.
    pub access_keys: bool,
    /// What holds for every connection.
    pub limits: Limits,
    /// Whether files that set up a connection must be signed.
    pub needs_signed_files: bool,
    /// Whether every share is written down.
    pub is_audited: bool,
}

impl From<guestpass_core::Limits> for Limits {
    fn from(limits: guestpass_core::Limits) -> Self {
        Self {
            longest_seconds: limits.longest_seconds,
            inline: limits.inline,
            upload_links: limits.upload_links,
            upload_to: only(limits.upload_to).and_then(|places| places.into_iter().next()),
            places: only(limits.places),
        }
    }
}

fn only(places: guestpass_core::Places) -> Option<Vec<Place>> {
    match places {
        guestpass_core::Places::Everywhere => None,
        guestpass_core::Places::Only(places) => Some(places.into_iter().map(Into::into).collect()),
    }
}

impl From<&guestpass_core::Policy> for Policy {
    fn from(policy: &guestpass_core::Policy) -> Self {
        Self {
            is_set: *policy != guestpass_core::Policy::default(),
            access_keys: policy.access_keys,
            limits: policy.limits.clone().into(),
            needs_signed_files: !policy.trusted_keys.is_empty(),
            is_audited: policy.audit_log.is_some(),
        }
    }
}
