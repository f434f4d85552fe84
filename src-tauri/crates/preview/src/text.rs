//! The beginning of a text.

use encoding_rs::{Encoding, UTF_8, WINDOWS_1252};

use crate::NoPicture;

/// What these bytes say, with `\n` at the end of each line: by their mark where they have one, else UTF-8, else
/// Windows-1252, of which Latin-1 is a part (<https://encoding.spec.whatwg.org/#names-and-labels>). With `is_cut` they
/// are the beginning of a text, which may end within a character. What no text holds makes it none.
pub fn text(bytes: &[u8], is_cut: bool) -> Result<String, NoPicture> {
    let (encoding, mark) = match Encoding::for_bom(bytes) {
        Some(found) => found,
        None if is_utf_8(bytes, is_cut) => (UTF_8, 0),
        None => (WINDOWS_1252, 0),
    };
    let mut text = encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    if is_cut && text.ends_with('\u{fffd}') {
        text.pop();
    }
    if text.chars().any(|c| c.is_control() && !matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}')) {
        return Err(NoPicture::NotUnderstood);
    }
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn is_utf_8(bytes: &[u8], is_cut: bool) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(e) => is_cut && e.error_len().is_none(),
    }
}
