//! What of an object can be shown before it is lent, and why not. A rule about names, types and sizes; the bytes
//! decide in the end.

use crate::content_type_of;
use crate::opening::is_unknown;
use crate::ports::Details;

/// The largest picture or document of which one is shown, in bytes: it is read whole.
pub const PICTURE_BYTES: u64 = 32 * 1024 * 1024;

/// The largest picture that is shown small in a list, in bytes: a screen of them is read whole.
pub const THUMBNAIL_BYTES: u64 = 4 * 1024 * 1024;

/// How much of a text is shown, in bytes.
pub const TEXT_BYTES: u64 = 64 * 1024;

/// How an object is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Sight {
    /// As a picture.
    Picture,
    /// As a picture of its first page.
    Page,
    /// By its first lines.
    Text,
    /// Played, with a picture.
    Video,
    /// Played.
    Sound,
}

/// Why nothing of an object is shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unseen {
    /// It is of a kind that is not shown.
    Kind,
    /// There is nothing in it.
    Empty,
    /// It is larger than `limit`, in bytes.
    TooLarge {
        /// The largest that is shown.
        limit: u64,
    },
    /// It is in an archive.
    Archived,
}

impl Sight {
    /// How an object of this name and with these details is shown.
    pub fn of(name: &str, details: &Details) -> Result<Self, Unseen> {
        let sight = Self::of_type(name, details.content_type.as_deref()).ok_or(Unseen::Kind)?;
        if details.size == 0 {
            return Err(Unseen::Empty);
        }
        if details.is_archived {
            return Err(Unseen::Archived);
        }
        match sight {
            Self::Picture | Self::Page if details.size > PICTURE_BYTES => {
                Err(Unseen::TooLarge { limit: PICTURE_BYTES })
            }
            _ => Ok(sight),
        }
    }

    /// Whether an object is shown small in a list, by what the list tells of it.
    pub fn has_thumbnail(name: &str, size: u64, storage_class: Option<&str>) -> bool {
        let is_archived = storage_class.is_some_and(|class| matches!(class, "GLACIER" | "DEEP_ARCHIVE"));
        !is_archived
            && (1..=THUMBNAIL_BYTES).contains(&size)
            && Self::of_type(name, None) == Some(Self::Picture)
    }

    /// The name goes before the type that is stored, which is often none.
    fn of_type(name: &str, stored: Option<&str>) -> Option<Self> {
        let by_name = content_type_of(name);
        let kind = if is_unknown(&by_name) { stored? } else { &by_name };
        let kind = kind.split(';').next()?.trim().to_ascii_lowercase();
        match kind.split_once('/')? {
            ("image", "jpeg" | "png" | "gif" | "webp" | "bmp" | "tiff" | "heic" | "heif")
            | ("image", "x-icon" | "vnd.microsoft.icon") => Some(Self::Picture),
            ("application", "pdf") => Some(Self::Page),
            ("video", _) => Some(Self::Video),
            ("audio", kind) if kind != "midi" => Some(Self::Sound),
            // Its commands would hide what it says.
            ("text", "rtf") => None,
            ("text", _) => Some(Self::Text),
            ("application", "json" | "xml" | "javascript" | "yaml" | "x-yaml" | "toml" | "sql" | "x-sh") => {
                Some(Self::Text)
            }
            ("application", kind) if kind.ends_with("+json") || kind.ends_with("+xml") => Some(Self::Text),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(name: &str, stored: Option<&str>) -> Result<Sight, Unseen> {
        let content_type = stored.map(str::to_owned);
        Sight::of(name, &Details { size: 1, content_type, ..Details::default() })
    }

    #[test]
    fn the_name_decides_and_then_the_type() {
        for (name, stored, expected) in [
            ("a.JPG", None, Ok(Sight::Picture)),
            ("a.heic", None, Ok(Sight::Picture)),
            ("a.tif", Some("application/octet-stream"), Ok(Sight::Picture)),
            ("scan", Some("image/png"), Ok(Sight::Picture)),
            ("letter.pdf", Some("text/plain"), Ok(Sight::Page)),
            ("film.mp4", None, Ok(Sight::Video)),
            ("jingle.mp3", None, Ok(Sight::Sound)),
            ("notes.md", None, Ok(Sight::Text)),
            ("data", Some("Application/JSON; charset=utf-8"), Ok(Sight::Text)),
            ("feed", Some("application/atom+xml"), Ok(Sight::Text)),
            ("page.html", None, Ok(Sight::Text)),
            ("drawing.svg", None, Err(Unseen::Kind)),
            ("letter.rtf", None, Err(Unseen::Kind)),
            ("a.avif", None, Err(Unseen::Kind)),
            ("a.zip", Some("image/png"), Err(Unseen::Kind)),
            ("unknown", None, Err(Unseen::Kind)),
            ("unknown", Some("nonsense"), Err(Unseen::Kind)),
        ] {
            assert_eq!(seen(name, stored), expected, "{name} {stored:?}");
        }
    }

    #[test]
    fn what_is_too_large_empty_or_archived_says_so() {
        let of =
            |name, size, is_archived| Sight::of(name, &Details { size, is_archived, ..Details::default() });
        assert_eq!(of("a.png", PICTURE_BYTES, false), Ok(Sight::Picture));
        assert_eq!(of("a.png", PICTURE_BYTES + 1, false), Err(Unseen::TooLarge { limit: PICTURE_BYTES }));
        assert_eq!(of("a.pdf", PICTURE_BYTES + 1, false), Err(Unseen::TooLarge { limit: PICTURE_BYTES }));
        assert_eq!(of("a.mp4", u64::MAX, false), Ok(Sight::Video), "what is played is not read whole");
        assert_eq!(of("a.txt", u64::MAX, false), Ok(Sight::Text));
        assert_eq!(of("a.png", 0, false), Err(Unseen::Empty));
        assert_eq!(of("a.png", 1, true), Err(Unseen::Archived));
    }

    #[test]
    fn small_pictures_alone_are_shown_in_a_list() {
        assert!(Sight::has_thumbnail("a.png", THUMBNAIL_BYTES, Some("GLACIER_IR")));
        assert!(!Sight::has_thumbnail("a.png", THUMBNAIL_BYTES + 1, None));
        assert!(!Sight::has_thumbnail("a.png", 0, None));
        assert!(!Sight::has_thumbnail("a.png", 1, Some("DEEP_ARCHIVE")));
        assert!(!Sight::has_thumbnail("a.pdf", 1, None));
    }
}
