//! What the recipient's browser does with a link: show or download, under which name, as what type.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde::{Deserialize, Serialize};

/// Show it in the browser, or save it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Disposition {
    /// Shown or played in the browser.
    Inline,
    /// Saved to disk.
    Attachment,
}

/// What a link does, and the response headers by which it asks the server for that.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
    /// What it really does: active content is a download whatever was wanted.
    pub disposition: Disposition,
    /// `Content-Disposition`, after RFC 6266.
    pub content_disposition: String,
    /// `Content-Type`, where the stored one is likely to be wrong for showing; else the stored one holds.
    pub content_type: Option<String>,
}

/// What RFC 8187 lets stand unescaped in `filename*` (`attr-char`).
const NOT_ATTR_CHAR: &AsciiSet = &NON_ALPHANUMERIC
    .remove(b'!')
    .remove(b'#')
    .remove(b'$')
    .remove(b'&')
    .remove(b'+')
    .remove(b'-')
    .remove(b'.')
    .remove(b'^')
    .remove(b'_')
    .remove(b'`')
    .remove(b'|')
    .remove(b'~');

impl Opening {
    /// Decides for a file of this name.
    ///
    /// Active content is a download, unless `shows_active`: shown inline, its scripts would run in the bucket's
    /// origin. `stored_type` is the content type that the store keeps, where it was asked for; it decides where
    /// the name tells nothing, and a file about which nothing is known is a download.
    pub fn of(name: &str, wanted: Disposition, shows_active: bool, stored_type: Option<&str>) -> Self {
        let by_name = content_type_of(name);
        let named = (by_name != UNKNOWN_TYPE).then_some(by_name);
        let shown = named.as_deref().or(stored_type).filter(|kind| !is_unknown(kind));
        let is_shown = match (wanted, shown) {
            (Disposition::Attachment, _) | (Disposition::Inline, None) => false,
            (Disposition::Inline, Some(kind)) => {
                shows_active || !(is_active_name(name) || is_active_type(kind))
            }
        };
        let disposition = if is_shown { Disposition::Inline } else { Disposition::Attachment };
        Self {
            disposition,
            content_disposition: content_disposition(name, disposition),
            // Stores keep `application/octet-stream` for what was uploaded without a type, and a browser
            // would then download it after all.
            content_type: named.filter(|_| is_shown),
        }
    }

    /// Whether [`Opening::of`] would decide better if it knew the stored content type.
    pub fn needs_stored_type(name: &str, wanted: Disposition) -> bool {
        wanted == Disposition::Inline && content_type_of(name) == UNKNOWN_TYPE
    }
}

const UNKNOWN_TYPE: &str = "application/octet-stream";

/// The content type that a file's name stands for; text is said to be UTF-8.
pub fn content_type_of(name: &str) -> String {
    let guess = mime_guess::from_path(name).first_or_octet_stream();
    if guess.type_() == "text" && guess.get_param("charset").is_none() {
        format!("{guess}; charset=utf-8")
    } else {
        guess.to_string()
    }
}

/// The content type to store with a file: what its name stands for, and where that tells nothing, what its first
/// bytes (some thousand of them) look like.
pub fn stored_type_of(name: &str, first_bytes: &[u8]) -> String {
    let by_name = content_type_of(name);
    if by_name != UNKNOWN_TYPE {
        return by_name;
    }
    match infer::get(first_bytes) {
        Some(kind) => kind.mime_type().to_owned(),
        None if is_text(first_bytes) => "text/plain; charset=utf-8".to_owned(),
        None => by_name,
    }
}

/// Whether it is UTF-8 that may be cut at its end, and holds nothing but text.
fn is_text(bytes: &[u8]) -> bool {
    let whole = match std::str::from_utf8(bytes) {
        Ok(text) => text,
        Err(e) if e.error_len().is_none() => std::str::from_utf8(&bytes[..e.valid_up_to()]).unwrap_or_default(),
        Err(_) => return false,
    };
    !whole.is_empty() && !whole.chars().any(|c| c.is_control() && !matches!(c, '\n' | '\r' | '\t' | '\u{c}'))
}

/// Types that say no more than that there are bytes.
pub(crate) fn is_unknown(kind: &str) -> bool {
    let essence = kind.split(';').next().unwrap_or_default().trim();
    essence.is_empty()
        || ["application/octet-stream", "binary/octet-stream", "application/x-directory"]
            .iter()
            .any(|unknown| essence.eq_ignore_ascii_case(unknown))
}

/// Types that can carry scripts, which a browser would run.
fn is_active_type(kind: &str) -> bool {
    let Ok(kind) = kind.parse::<mime_guess::Mime>() else {
        return true;
    };
    let subtype = kind.subtype().as_str();
    kind.suffix().is_some_and(|suffix| suffix == "xml")
        || ["html", "xml", "svg", "javascript", "ecmascript", "x-javascript", "css", "xsl", "x-shockwave-flash"]
            .contains(&subtype)
        || kind.type_() == "multipart"
        || subtype == "rfc822"
}

/// Endings that stand for active content and that no table of types knows.
fn is_active_name(name: &str) -> bool {
    let end = name.rsplit('.').next().unwrap_or_default().to_ascii_lowercase();
    ["mht", "mhtml", "shtml", "xht", "xslt", "svgz", "swf"].contains(&end.as_str())
}

/// RFC 6266: an ASCII `filename` that every client reads, and an exact `filename*` (RFC 8187) where the two
/// differ. Quotes, backslashes and control characters never reach the quoted form: a newline there would
/// inject a header.
fn content_disposition(name: &str, disposition: Disposition) -> String {
    let kind = match disposition {
        Disposition::Inline => "inline",
        Disposition::Attachment => "attachment",
    };
    let plain: String = name
        .chars()
        .map(|c| match c {
            '"' => '\'',
            '\\' | '/' | '%' => '_',
            c if c.is_ascii_graphic() || c == ' ' => c,
            _ => '_',
        })
        .collect();
    if plain == name {
        return format!("{kind}; filename=\"{plain}\"");
    }
    let exact = utf8_percent_encode(name, NOT_ATTR_CHAR);
    format!("{kind}; filename=\"{plain}\"; filename*=UTF-8''{exact}")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn opening(name: &str, wanted: Disposition) -> Opening {
        Opening::of(name, wanted, false, None)
    }

    #[test]
    fn a_file_whose_name_tells_nothing_is_known_by_its_first_bytes() {
        assert_eq!(
            stored_type_of("report.pdf", b"\x89PNG\r\n\x1a\n"),
            "application/pdf",
            "the name comes first"
        );
        assert_eq!(stored_type_of("scan", b"%PDF-1.7\n"), "application/pdf");
        assert_eq!(stored_type_of("README", "Übersicht".as_bytes()), "text/plain; charset=utf-8");
        assert_eq!(stored_type_of("README", &"Übersicht ü".as_bytes()[..12]), "text/plain; charset=utf-8");
        assert_eq!(stored_type_of("disk", b"\0\0\0\0"), UNKNOWN_TYPE);
        assert_eq!(stored_type_of("empty", b""), UNKNOWN_TYPE);
    }

    #[test]
    fn a_plain_name_needs_one_form() {
        let opening = opening("Launch film, final cut.mp4", Disposition::Attachment);
        assert_eq!(opening.content_disposition, "attachment; filename=\"Launch film, final cut.mp4\"");
        assert_eq!(opening.content_type, None);
    }

    #[test]
    fn a_name_survives_quotes_umlauts_kanji_and_emoji() {
        let opening = opening("\"Ü\" 新\r\n🎉%.pdf", Disposition::Inline);
        assert_eq!(
            opening.content_disposition,
            "inline; filename=\"'_' _____.pdf\"; \
             filename*=UTF-8''%22%C3%9C%22%20%E6%96%B0%0D%0A%F0%9F%8E%89%25.pdf"
        );
        assert_eq!(opening.content_type.as_deref(), Some("application/pdf"));
    }

    #[test]
    fn text_is_shown_as_utf_8() {
        let opening = opening("notes.txt", Disposition::Inline);
        assert_eq!(opening.content_type.as_deref(), Some("text/plain; charset=utf-8"));
    }

    #[test]
    fn active_content_is_a_download_unless_the_person_insists() {
        for name in
            ["a.html", "a.HTM", "a.svg", "a.xml", "a.xhtml", "a.js", "a.mhtml", "a.svgz", "a.rss", "a.eml"]
        {
            let safe = opening(name, Disposition::Inline);
            assert_eq!((safe.disposition, safe.content_type), (Disposition::Attachment, None), "{name}");
            assert!(safe.content_disposition.starts_with("attachment"), "{name}");
        }
        let shown = Opening::of("a.html", Disposition::Inline, true, None);
        assert_eq!(shown.disposition, Disposition::Inline);
        assert_eq!(shown.content_type.as_deref(), Some("text/html; charset=utf-8"));
    }

    #[test]
    fn where_the_name_tells_nothing_the_stored_type_decides() {
        let by_type = |stored| Opening::of("film", Disposition::Inline, false, stored);
        assert!(Opening::needs_stored_type("film", Disposition::Inline));
        assert!(!Opening::needs_stored_type("film.mp4", Disposition::Inline));
        assert_eq!(by_type(Some("video/mp4")).disposition, Disposition::Inline);
        assert_eq!(by_type(Some("video/mp4")).content_type, None);
        for download in [
            None,
            Some("application/octet-stream"),
            Some("binary/octet-stream"),
            Some("text/html; charset=utf-8"),
            Some("image/svg+xml"),
            Some("multipart/x-mixed-replace"),
            Some("no type at all"),
        ] {
            assert_eq!(by_type(download).disposition, Disposition::Attachment, "{download:?}");
        }
    }

    #[test]
    fn a_name_goes_before_a_stored_type_that_would_run_scripts() {
        let opening = Opening::of("notes.txt", Disposition::Inline, false, Some("text/html"));
        assert_eq!(opening.content_type.as_deref(), Some("text/plain; charset=utf-8"));
    }
}
