//! What the recipient's browser does with a link: show or download, under which name, as what type.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

/// Show it in the browser, or save it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Disposition {
    /// Shown or played in the browser.
    Inline,
    /// Saved to disk.
    Attachment,
}

/// The two response headers that a link asks the server to send.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opening {
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
    /// Decides for a file of this name. Active content is always a download: shown inline, its scripts would
    /// run in the bucket's origin.
    pub fn of(name: &str, wanted: Disposition) -> Self {
        let disposition = if is_active(name) { Disposition::Attachment } else { wanted };
        let content_type = match disposition {
            // Stores keep `application/octet-stream` for what was uploaded without a type, and a browser
            // would then download it after all.
            Disposition::Inline => Some(content_type_of(name)).filter(|kind| kind != UNKNOWN_TYPE),
            Disposition::Attachment => None,
        };
        Self { content_disposition: content_disposition(name, disposition), content_type }
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

fn is_active(name: &str) -> bool {
    let guess = mime_guess::from_path(name).first_or_octet_stream();
    let subtype = guess.subtype().as_str();
    guess.suffix().is_some_and(|suffix| suffix == "xml")
        || matches!(subtype, "html" | "xml" | "javascript" | "ecmascript" | "x-javascript" | "css" | "xsl")
        || name.rsplit('.').next().is_some_and(|end| {
            ["mht", "mhtml", "shtml", "xht", "xslt", "svgz"].contains(&end.to_ascii_lowercase().as_str())
        })
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

    #[test]
    fn a_plain_name_needs_one_form() {
        let opening = Opening::of("Launch film, final cut.mp4", Disposition::Attachment);
        assert_eq!(opening.content_disposition, "attachment; filename=\"Launch film, final cut.mp4\"");
        assert_eq!(opening.content_type, None);
    }

    #[test]
    fn a_name_survives_quotes_umlauts_kanji_and_emoji() {
        let opening = Opening::of("\"Ü\" 新\r\n🎉%.pdf", Disposition::Inline);
        assert_eq!(
            opening.content_disposition,
            "inline; filename=\"'_' _____.pdf\"; \
             filename*=UTF-8''%22%C3%9C%22%20%E6%96%B0%0D%0A%F0%9F%8E%89%25.pdf"
        );
        assert_eq!(opening.content_type.as_deref(), Some("application/pdf"));
    }

    #[test]
    fn text_is_shown_as_utf_8() {
        let opening = Opening::of("notes.txt", Disposition::Inline);
        assert_eq!(opening.content_type.as_deref(), Some("text/plain; charset=utf-8"));
    }

    #[test]
    fn active_content_is_always_a_download() {
        for name in ["a.html", "a.HTM", "a.svg", "a.xml", "a.xhtml", "a.js", "a.mhtml", "a.svgz", "a.rss"] {
            let opening = Opening::of(name, Disposition::Inline);
            assert!(opening.content_disposition.starts_with("attachment"), "{name}");
            assert_eq!(opening.content_type, None, "{name}");
        }
    }

    #[test]
    fn an_unknown_type_is_left_to_the_store() {
        assert_eq!(Opening::of("data.qqq", Disposition::Inline).content_type, None);
    }
}
