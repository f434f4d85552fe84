//! Links, as the window asks for them and gets them.

use guestpass_core::{Error, Kind, ObjectKey, VersionChoice};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

use super::connection::profile_id;
use super::place::bucket_name;

/// What a person asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Expiry {
    /// From the moment of signing.
    For {
        /// Seconds.
        #[specta(type = Number)]
        seconds: i64,
    },
    /// Until a moment.
    Until {
        /// Unix seconds.
        #[specta(type = Number)]
        at: i64,
    },
}

/// What set the end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum LimitedBy {
    /// The person's choice.
    Chosen,
    /// Seven days.
    Maximum,
    /// The end of the credentials.
    Credentials,
    /// The organisation's policy.
    Policy,
}

/// The real end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LinkEnd {
    /// Unix seconds.
    #[specta(type = Number)]
    pub expires_at: i64,
    /// What set it.
    pub limited_by: LimitedBy,
    /// False when the credentials do not say when they end.
    pub certain: bool,
    /// Seconds by which the server's clock, which counts, is ahead of this computer's; 0 when the two agree.
    #[specta(type = Number)]
    pub clock_offset_seconds: i64,
}

/// Show it in the browser, or save it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Disposition {
    /// Shown or played.
    Inline,
    /// Saved.
    Attachment,
}

/// What the panel says of links, for one or for many.
#[derive(Clone, Copy, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LinkOptions {
    /// How long it should work.
    pub expiry: Expiry,
    /// What it does when opened.
    pub disposition: Disposition,
    /// Whether pages and pictures that carry scripts are shown too.
    pub shows_active: bool,
    /// Whether it stays with the version that is there now, also when the object is replaced.
    pub pinned: bool,
    /// Whether the signer pays for what the recipient reads.
    pub pays: bool,
}

/// A click on "Copy link".
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LinkRequest {
    /// Who signs.
    pub profile: String,
    /// The bucket.
    pub bucket: String,
    /// The object.
    pub key: String,
    /// What the link is to be.
    pub options: LinkOptions,
}

/// What the test of a link found.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum Checked {
    /// It opened.
    Opens,
    /// Not tested: no way to the server.
    Offline,
    /// Not tested: no answer in time.
    TimedOut,
    /// Not tested: the server asks to come back later.
    ServerBusy,
    /// Not tested, as was asked.
    Skipped,
}

/// A link that was handed over.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Link {
    /// The bucket.
    pub bucket: String,
    /// The object.
    pub key: String,
    /// The version that it is bound to, if it is to one.
    pub version_id: Option<String>,
    /// The file name that the recipient sees.
    pub name: String,
    /// What it really does when opened.
    pub disposition: Disposition,
    /// The URL: a secret, to show and not to keep.
    pub url: String,
    /// When it ends.
    pub end: LinkEnd,
    /// What the test found.
    pub checked: Checked,
    /// False only when the clipboard refused; the URL must then be offered for copying by hand.
    pub copied: bool,
}

impl TryFrom<Expiry> for guestpass_core::Expiry {
    type Error = Error;
    fn try_from(expiry: Expiry) -> Result<Self, Error> {
        match expiry {
            Expiry::For { seconds } => Ok(Self::For(seconds)),
            Expiry::Until { at } => Ok(Self::Until(Timestamp::from_second(at).map_err(|_| Kind::ExpiryPast)?)),
        }
    }
}

impl From<guestpass_core::Expiry> for Expiry {
    fn from(expiry: guestpass_core::Expiry) -> Self {
        match expiry {
            guestpass_core::Expiry::For(seconds) => Self::For { seconds },
            guestpass_core::Expiry::Until(at) => Self::Until { at: at.as_second() },
        }
    }
}

impl From<Disposition> for guestpass_core::Disposition {
    fn from(disposition: Disposition) -> Self {
        match disposition {
            Disposition::Inline => Self::Inline,
            Disposition::Attachment => Self::Attachment,
        }
    }
}

impl From<guestpass_core::Disposition> for Disposition {
    fn from(disposition: guestpass_core::Disposition) -> Self {
        match disposition {
            guestpass_core::Disposition::Inline => Self::Inline,
            guestpass_core::Disposition::Attachment => Self::Attachment,
        }
    }
}

impl LinkOptions {
    fn apply(self, request: guestpass_core::LinkRequest) -> guestpass_core::LinkRequest {
        guestpass_core::LinkRequest {
            disposition: self.disposition.into(),
            shows_active: self.shows_active,
            version: if self.pinned { VersionChoice::Current } else { VersionChoice::Latest },
            pays: self.pays,
            ..request
        }
    }
}

impl TryFrom<LinkRequest> for guestpass_core::LinkRequest {
    type Error = Error;
    fn try_from(request: LinkRequest) -> Result<Self, Error> {
        let key = ObjectKey::parse(&request.key)
            .map_err(|_| Kind::AddressInvalid { address: request.key.clone() })?;
        let (profile, bucket) = (profile_id(request.profile)?, bucket_name(request.bucket)?);
        let plain = Self::new(profile, bucket, key, request.options.expiry.try_into()?);
        Ok(request.options.apply(plain))
    }
}

impl From<guestpass_core::LimitedBy> for LimitedBy {
    fn from(by: guestpass_core::LimitedBy) -> Self {
        match by {
            guestpass_core::LimitedBy::Chosen => Self::Chosen,
            guestpass_core::LimitedBy::Maximum => Self::Maximum,
            guestpass_core::LimitedBy::Credentials => Self::Credentials,
            guestpass_core::LimitedBy::Policy => Self::Policy,
        }
    }
}

impl From<guestpass_core::LinkEnd> for LinkEnd {
    fn from(end: guestpass_core::LinkEnd) -> Self {
        Self {
            expires_at: end.expires_at.as_second(),
            limited_by: end.limited_by.into(),
            certain: end.certain,
            clock_offset_seconds: end.clock_offset_seconds,
        }
    }
}

impl From<guestpass_core::Checked> for Checked {
    fn from(checked: guestpass_core::Checked) -> Self {
        match checked {
            guestpass_core::Checked::Opens => Self::Opens,
            guestpass_core::Checked::Offline => Self::Offline,
            guestpass_core::Checked::TimedOut => Self::TimedOut,
            guestpass_core::Checked::ServerBusy => Self::ServerBusy,
            guestpass_core::Checked::Skipped => Self::Skipped,
        }
    }
}

impl Link {
    /// A link, and whether it is on the clipboard.
    pub(crate) fn new(link: guestpass_core::Link, copied: bool) -> Self {
        Self {
            bucket: link.bucket.into(),
            key: link.key.into(),
            version_id: link.version.map(|version| version.as_str().to_owned()),
            name: link.name,
            disposition: link.disposition.into(),
            url: link.url.reveal().to_owned(),
            end: link.end.into(),
            checked: link.checked.into(),
            copied,
        }
    }
}
