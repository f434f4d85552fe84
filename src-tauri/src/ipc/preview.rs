//! What is shown of a file before it is lent, as the window sees it.

use guestpass_core::app;
use guestpass_core::ports::{Details, Tags};
use guestpass_core::{BucketName, Error, Kind, ObjectKey, Unseen};
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

use super::AppError;
use crate::previews::{self, Beginning, Row, Seen};

/// Everything that a server tells of one file.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FileDetails {
    /// Bytes.
    #[specta(type = Number)]
    pub size: u64,
    /// The content type that is stored with it.
    pub content_type: Option<String>,
    /// When it was last written, in Unix seconds.
    #[specta(type = Option<Number>)]
    pub modified_at: Option<i64>,
    /// Its storage class; `null` where the server does not say.
    pub storage_class: Option<String>,
    /// How it is encrypted, in the server's word (`AES256`, `aws:kms`).
    pub encryption: Option<String>,
    /// The key that it is encrypted with.
    pub kms_key: Option<String>,
    /// Its version, where versions are kept.
    pub version: Option<String>,
    /// Its checksum.
    pub checksum: Option<Checksum>,
    /// Its ETag, in the quotes that the server sends.
    pub etag: Option<String>,
    /// Its tags.
    pub tags: FileTags,
    /// Its address, as command lines and consoles take it.
    pub address: String,
}

/// A checksum that the server keeps.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Checksum {
    /// In S3's word: `SHA256`, `CRC64NVME`.
    pub algorithm: String,
    /// In base64.
    pub value: String,
}

/// The tags of a file, or why they are not known.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum FileTags {
    /// These.
    Read {
        /// By name.
        tags: Vec<FileTag>,
    },
    /// They are not this person's to see.
    Denied,
    /// The server knows none.
    Unsupported,
    /// No answer came in time, or none that says.
    Unknown,
}

/// A tag.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct FileTag {
    /// Its name.
    pub key: String,
    /// What it says.
    pub value: String,
}

/// How a file is shown, or why it is not.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Sight {
    /// As a picture.
    Picture {
        /// Gives it back: see `forget_previews`.
        id: String,
        /// Where the picture is.
        url: String,
        /// Where a larger one is.
        large: String,
    },
    /// As a picture of its first page.
    Page {
        /// Gives it back.
        id: String,
        /// Where the picture is.
        url: String,
        /// Where a larger one is.
        large: String,
    },
    /// By its beginning: see `preview_text`.
    Text {
        /// Asks for it, and gives it back.
        id: String,
    },
    /// Played, with a picture.
    Video {
        /// Gives it back.
        id: String,
        /// Where a player finds it.
        url: String,
    },
    /// Played.
    Sound {
        /// Gives it back.
        id: String,
        /// Where a player finds it.
        url: String,
    },
    /// Files of its kind are not shown.
    Unknown,
    /// There is nothing in it.
    Empty,
    /// It is larger than what is shown.
    TooLarge {
        /// The largest that is, in bytes.
        #[specta(type = Number)]
        limit: u64,
    },
    /// It is in an archive.
    Archived,
    /// What it begins with could not be read.
    Unread {
        /// Why.
        error: AppError,
    },
}

/// A file that is looked at.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Look {
    /// What the server tells of it.
    pub details: FileDetails,
    /// How it is shown.
    pub sight: Sight,
}

/// The beginning of a text.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct TextBeginning {
    /// What it says; `null` where it is no text.
    pub text: Option<String>,
    /// Whether there is more of it.
    pub is_cut: bool,
}

/// A file of a list, as far as it decides about a small picture.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ListedFile {
    /// Its key.
    pub key: String,
    /// Bytes.
    #[specta(type = Number)]
    pub size: u64,
    /// When it was last written, in Unix seconds.
    #[specta(type = Option<Number>)]
    pub modified_at: Option<i64>,
    /// Its storage class, where it is not the standard one.
    pub storage_class: Option<String>,
}

/// Where the small picture of a file is.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Thumbnail {
    /// Gives it back: see `forget_previews`.
    pub id: String,
    /// Where the picture is.
    pub url: String,
}

/// Reads a key. Error: [`Kind::NameInvalid`].
pub(crate) fn object_key(key: String) -> Result<ObjectKey, Error> {
    ObjectKey::parse(&key).map_err(|_| Kind::NameInvalid { name: key }.into())
}

impl Look {
    pub(crate) fn of(address: String, look: app::Look, seen: Option<Seen>) -> Self {
        let sight = match (look.sight, seen, look.trouble) {
            (_, _, Some(why)) => Sight::Unread { error: why.as_ref().into() },
            (Err(why), ..) => why.into(),
            (Ok(_), Some(seen), _) => seen.into(),
            // What can be shown has been made ready.
            (Ok(_), None, _) => Sight::Unknown,
        };
        Self { details: FileDetails::of(address, look.details), sight }
    }
}

/// `s3://bucket/key`.
pub(crate) fn address(bucket: &BucketName, key: &ObjectKey) -> String {
    format!("s3://{bucket}/{}", key.as_str())
}

impl FileDetails {
    fn of(address: String, details: Details) -> Self {
        Self {
            size: details.size,
            content_type: details.content_type,
            modified_at: details.modified_at.map(|at| at.as_second()),
            storage_class: details.storage_class,
            encryption: details.encryption,
            kms_key: details.kms_key,
            version: details.version.map(|version| version.as_str().to_owned()),
            checksum: details.checksum.map(|(algorithm, value)| Checksum { algorithm, value }),
            etag: details.etag,
            tags: details.tags.into(),
            address,
        }
    }
}

impl From<Tags> for FileTags {
    fn from(tags: Tags) -> Self {
        match tags {
            Tags::Read(tags) => {
                Self::Read { tags: tags.into_iter().map(|(key, value)| FileTag { key, value }).collect() }
            }
            Tags::Denied => Self::Denied,
            Tags::Unsupported => Self::Unsupported,
            Tags::Unknown => Self::Unknown,
        }
    }
}

impl From<Unseen> for Sight {
    fn from(why: Unseen) -> Self {
        match why {
            // Why is told with it.
            Unseen::Kind | Unseen::Unread => Self::Unknown,
            Unseen::Empty => Self::Empty,
            Unseen::TooLarge { limit } => Self::TooLarge { limit },
            Unseen::Archived => Self::Archived,
        }
    }
}

impl From<Seen> for Sight {
    fn from(seen: Seen) -> Self {
        match seen {
            Seen::Picture { id, url, large } => Self::Picture { id, url, large },
            Seen::Page { id, url, large } => Self::Page { id, url, large },
            Seen::Text { id } => Self::Text { id },
            Seen::Video { id, url } => Self::Video { id, url },
            Seen::Sound { id, url } => Self::Sound { id, url },
        }
    }
}

impl From<Beginning> for TextBeginning {
    fn from(Beginning { text, is_cut }: Beginning) -> Self {
        Self { text, is_cut }
    }
}

impl TryFrom<ListedFile> for Row {
    type Error = Error;
    fn try_from(file: ListedFile) -> Result<Self, Error> {
        let ListedFile { key, size, modified_at, storage_class } = file;
        Ok(Self { key: object_key(key)?, size, modified_at, storage_class })
    }
}

impl From<previews::Thumbnail> for Thumbnail {
    fn from(previews::Thumbnail { id, url }: previews::Thumbnail) -> Self {
        Self { id, url }
    }
}
