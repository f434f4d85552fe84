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

/// How many first bytes tell a film or a sound from a text.
pub(crate) const FIRST_BYTES: u64 = 32;

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
    /// What it begins with could not be read.
    Unread,
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

    /// How an object that is played by its name or type is shown, by its first bytes. What begins as a text is one: a
    /// playlist, which would have the player fetch whatever addresses it names, or source code (`.ts`).
    pub(crate) fn by_first_bytes(self, first: &[u8]) -> Self {
        match self {
            Self::Video | Self::Sound if begins_as_text(first) => Self::Text,
            sight => sight,
        }
    }

    /// Whether an object is shown small in a list, by what the list tells of it. Only where reading it costs no more
    /// than the request: the cheaper classes charge for each byte, and one of them moves what is read.
    pub fn has_thumbnail(name: &str, size: u64, storage_class: Option<&str>) -> bool {
        storage_class.is_none_or(|class| READ_FREELY.contains(&class))
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
            ("video", kind) if FILMS.contains(&kind) => Some(Self::Video),
            ("audio", kind) if SOUNDS.contains(&kind) => Some(Self::Sound),
            ("video" | "audio" | "application", kind) if PLAYLISTS.contains(&kind) => Some(Self::Text),
            // Its commands would hide what it says.
            ("text", "rtf") => None,
            ("text", _) => Some(Self::Text),
            ("application", "json" | "xml" | "javascript" | "yaml" | "x-yaml" | "toml") => Some(Self::Text),
            ("application", "sql" | "x-sql" | "x-sh") => Some(Self::Text),
            ("application", kind) if kind.ends_with("+json") || kind.ends_with("+xml") => Some(Self::Text),
            _ => None,
        }
    }
}

/// The classes of storage that charge nothing for what is read.
const READ_FREELY: [&str; 3] = ["STANDARD", "REDUCED_REDUNDANCY", "EXPRESS_ONEZONE"];

/// The containers of films that some web view plays. Not all of `video/`: playlists and worse go by such types as well.
const FILMS: [&str; 15] = [
    "mp4",
    "webm",
    "ogg",
    "quicktime",
    "x-m4v",
    "mpeg",
    "3gpp",
    "3gpp2",
    "x-matroska",
    "x-msvideo",
    "x-ms-wmv",
    "x-flv",
    "x-f4v",
    "mp2t",
    "vnd.dlna.mpeg-tts",
];

/// The same for sounds.
const SOUNDS: [&str; 25] = [
    "mpeg",
    "mp3",
    "mp4",
    "m4a",
    "x-m4a",
    "m4b",
    "x-m4r",
    "aac",
    "vnd.dlna.adts",
    "ogg",
    "opus",
    "webm",
    "wav",
    "x-wav",
    "vnd.wave",
    "flac",
    "x-flac",
    "aiff",
    "x-aiff",
    "x-caf",
    "x-ms-wma",
    "x-matroska",
    "ac3",
    "3gpp",
    "basic",
];

/// Texts that tell a player where to look.
const PLAYLISTS: [&str; 7] =
    ["x-mpegurl", "mpegurl", "vnd.mpegurl", "vnd.apple.mpegurl", "scpls", "x-scpls", "vnd.ms-sstr+xml"];

/// Whether these first bytes are those of a text. No container begins so: each has a length, a version or a mark in
/// front that is no character. Letters beyond ASCII may be in any encoding.
fn begins_as_text(first: &[u8]) -> bool {
    // UTF-16, with its mark or as XML without one.
    let wide: [&[u8]; 4] = [b"\xff\xfe", b"\xfe\xff", b"<\0", b"\0<"];
    if wide.iter().any(|start| first.starts_with(start)) {
        return true;
    }
    let first = first.strip_prefix(b"\xef\xbb\xbf").unwrap_or(first);
    first.first().is_some_and(u8::is_ascii)
        && first.iter().all(|byte| !byte.is_ascii_control() || byte.is_ascii_whitespace())
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
            ("dump.sql", None, Ok(Sight::Text)),
            ("news.m3u8", None, Ok(Sight::Text)),
            ("news.m3u", Some("video/mp4"), Ok(Sight::Text)),
            ("radio.pls", None, Ok(Sight::Text)),
            ("stream", Some("application/vnd.apple.mpegurl"), Ok(Sight::Text)),
            ("stream", Some("application/dash+xml"), Ok(Sight::Text)),
            ("stream.asx", None, Err(Unseen::Kind)),
            ("stream.wax", None, Err(Unseen::Kind)),
            ("radio.ram", None, Err(Unseen::Kind)),
            ("tune.mid", None, Err(Unseen::Kind)),
            ("tune", Some("audio/midi"), Err(Unseen::Kind)),
            ("stream", Some("video/unheard"), Err(Unseen::Kind)),
            // The bytes tell a film from source code.
            ("app.ts", None, Ok(Sight::Video)),
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
        assert!(Sight::has_thumbnail("a.png", THUMBNAIL_BYTES, None));
        assert!(!Sight::has_thumbnail("a.png", THUMBNAIL_BYTES + 1, None));
        assert!(!Sight::has_thumbnail("a.png", 0, None));
        assert!(!Sight::has_thumbnail("a.pdf", 1, None));
    }

    #[test]
    fn a_list_reads_only_what_costs_no_more_than_the_request() {
        for free in ["STANDARD", "REDUCED_REDUNDANCY", "EXPRESS_ONEZONE"] {
            assert!(Sight::has_thumbnail("a.png", 1, Some(free)), "{free}");
        }
        for charged in [
            "STANDARD_IA",
            "ONEZONE_IA",
            "INTELLIGENT_TIERING",
            "GLACIER_IR",
            "GLACIER",
            "DEEP_ARCHIVE",
            "SNOW",
            "unheard",
        ] {
            assert!(!Sight::has_thumbnail("a.png", 1, Some(charged)), "{charged}");
        }
    }

    #[test]
    fn what_begins_as_a_text_is_not_played() {
        let texts: [&[u8]; 12] = [
            b"#EXTM3U\n#EXTINF:9\nhttps://tracker.test/",
            b"\xef\xbb\xbf#EXTM3U\r\n",
            b"https://tracker.test/",
            b"<?xml version='1.0'?>\n<MPD/>",
            b" \n<MPD>",
            b"<SmoothStreamingMedia Major",
            b"<\0?\0",
            b"\0<\0?",
            b"\xff\xfe<\0S\0",
            b"[playlist]\nFile1=",
            b"// caf\xe9: Latin-1",
            "export const größe = 1;".as_bytes(),
        ];
        for text in texts {
            assert_eq!(Sight::Video.by_first_bytes(text), Sight::Text, "{}", text.escape_ascii());
            assert_eq!(Sight::Sound.by_first_bytes(text), Sight::Text, "{}", text.escape_ascii());
            assert_eq!(Sight::Picture.by_first_bytes(text), Sight::Picture);
        }
        let films: [&[u8]; 14] = [
            b"\0\0\0\x20ftypisom\0\0\x02\0isomiso2avc1mp41",
            b"\x1a\x45\xdf\xa3\xa3\x42\x86\x81\x01",
            b"OggS\0\x02\0\0\0\0",
            b"RIFF    WAVEfmt \x10\0\0\0\x01\0\x02\0",
            b"RIFF    AVI LIST\xc0\0\0\0hdrlavih",
            b"FORM    AIFFCOMM\0\0\0\x12",
            b"fLaC\0\0\0\x22",
            b"ID3\x03\0\0\0\0",
            b"\xff\xfb\x90\x64",
            b"\xff\xf1\x50\x80",
            b"\x47\x40\x11\x10\0",
            b"\0\0\x01\xba\x44",
            b"FLV\x01\x05\0\0\0\x09",
            b"\x30\x26\xb2\x75\x8e\x66\xcf\x11",
        ];
        for film in films {
            assert_eq!(Sight::Video.by_first_bytes(film), Sight::Video, "{}", film.escape_ascii());
        }
    }
}
