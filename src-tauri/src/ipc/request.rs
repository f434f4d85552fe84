//! Upload links, as the window asks for them and gets them.

use guestpass_core::{Error, Kind, RequestKind};
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

use super::connection::profile_id;
use super::{Expiry, LinkEnd, Place};

/// A click on "Copy upload link".
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FileRequest {
    /// Who signs.
    pub profile: String,
    /// The folder in which what arrives gets a folder of its own.
    pub place: Place,
    /// What the request is called; the page shows it.
    pub title: String,
    /// How long files may arrive.
    pub expiry: Expiry,
    /// The largest file that is taken, in bytes; at most 5 GiB.
    #[specta(type = Number)]
    pub max_bytes: u64,
}

/// A page on which somebody outside drops files.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct UploadLink {
    /// The URL of the page: a secret, to show and not to keep.
    pub url: String,
    /// The folder in which files arrive.
    pub folder: Place,
    /// When it ends.
    pub end: LinkEnd,
    /// False only when the clipboard refused.
    pub copied: bool,
}

impl TryFrom<FileRequest> for guestpass_core::FileRequest {
    type Error = Error;
    fn try_from(request: FileRequest) -> Result<Self, Error> {
        Ok(Self {
            profile: profile_id(request.profile)?,
            place: request.place.try_into()?,
            title: request.title,
            expiry: request.expiry.try_into()?,
            kind: RequestKind::Page { max_bytes: request.max_bytes },
        })
    }
}

impl UploadLink {
    /// The page that was asked for, and whether its link is on the clipboard.
    pub(crate) fn of(asked: Place, link: guestpass_core::UploadLink, copied: bool) -> Result<Self, Error> {
        let guestpass_core::UploadLink::Page(page) = link else {
            return Err(Kind::Internal.into());
        };
        let folder = Place { bucket: asked.bucket, prefix: page.folder.into() };
        Ok(Self { url: page.url.reveal().to_owned(), folder, end: page.end.into(), copied })
    }
}
