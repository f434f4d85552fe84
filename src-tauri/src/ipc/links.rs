//! Many links by one click.

use guestpass_core::app::ManyLinks;
use guestpass_core::{Error, LinkRequest as One};
use serde::{Deserialize, Serialize};
use specta::Type;

use super::{AppError, Checked, LinkEnd, LinkOptions, LinkRequest};

/// A click on "Copy links".
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct LinksRequest {
    /// Who signs.
    pub profile: String,
    /// The bucket.
    pub bucket: String,
    /// The objects, in the order in which their links are to be listed.
    pub keys: Vec<String>,
    /// What each link is to be.
    pub options: LinkOptions,
}

/// One link that was made; the URL itself is on the clipboard alone.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct MadeLink {
    /// The object.
    pub key: String,
    /// The file name that the recipient sees.
    pub name: String,
    /// When it ends.
    pub end: LinkEnd,
    /// What the test found.
    pub checked: Checked,
}

/// An object without a link.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FailedLink {
    /// The object.
    pub key: String,
    /// Its name.
    pub name: String,
    /// Why.
    pub error: AppError,
}

/// What became of many links.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Links {
    /// Those that were made, in order.
    pub made: Vec<MadeLink>,
    /// Those that were not.
    pub failed: Vec<FailedLink>,
    /// False when the clipboard refused, or there was nothing to copy.
    pub copied: bool,
}

impl LinksRequest {
    /// One request for each object.
    pub(crate) fn each(self) -> Result<Vec<One>, Error> {
        let Self { profile, bucket, keys, options } = self;
        let one =
            |key| LinkRequest { profile: profile.clone(), bucket: bucket.clone(), key, options }.try_into();
        keys.into_iter().map(one).collect()
    }
}

impl From<ManyLinks> for Links {
    fn from(many: ManyLinks) -> Self {
        let made = many.made.into_iter().map(|link| MadeLink {
            key: link.key.into(),
            name: link.name,
            end: link.end.into(),
            checked: link.checked.into(),
        });
        let failed = many.failed.into_iter().map(|(key, error)| FailedLink {
            name: key.name().to_owned(),
            key: key.into(),
            error: error.into(),
        });
        Self { made: made.collect(), failed: failed.collect(), copied: many.copied }
    }
}
