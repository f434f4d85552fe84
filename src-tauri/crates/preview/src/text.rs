//! The beginning of a text.

use encoding_rs::{Encoding, UTF_8, UTF_16BE, UTF_16LE, WINDOWS_1252};

use crate::NoPicture;

/// What these bytes say, with `\n` at the end of each line (<https://encoding.spec.whatwg.org/#names-and-labels>): by
/// their mark where they have one, else as UTF-8 where they are that, else by the `charset` that is stored with them,
/// else as what they look like. With `is_cut` they are the beginning of a text, which may end within a character. What
/// no text holds makes it none.
pub fn text(bytes: &[u8], is_cut: bool, charset: Option<&str>) -> Result<String, NoPicture> {
    let (encoding, mark) = Encoding::for_bom(bytes).unwrap_or_else(|| (unmarked(bytes, is_cut, charset), 0));
    let mut text = encoding.decode_without_bom_handling(&bytes[mark..]).0.into_owned();
    if is_cut && text.ends_with('\u{fffd}') {
        text.pop();
    }
    if !is_plain(&text) {
        return Err(NoPicture::NotUnderstood);
    }
    Ok(text.replace("\r\n", "\n").replace('\r', "\n"))
}

fn unmarked(bytes: &[u8], is_cut: bool, charset: Option<&str>) -> &'static Encoding {
    let stored = charset.and_then(|charset| Encoding::for_label(charset.as_bytes()));
    // Those of which every text is UTF-8 as well, in other letters.
    if let Some(stored) = stored.filter(|stored| !stored.is_ascii_compatible()) {
        return stored;
    }
    if is_utf_8(bytes, is_cut) && !bytes.contains(&0) {
        return UTF_8;
    }
    // UTF-8 is what most servers say of whatever they have.
    if let Some(stored) = stored.filter(|stored| *stored != UTF_8) {
        return stored;
    }
    wide(bytes, is_cut).unwrap_or(if is_mostly_utf_8(bytes) { UTF_8 } else { WINDOWS_1252 })
}

fn is_utf_8(bytes: &[u8], is_cut: bool) -> bool {
    match std::str::from_utf8(bytes) {
        Ok(_) => true,
        Err(e) => is_cut && e.error_len().is_none(),
    }
}

/// UTF-16, which the other half of its first letters gives away: no other text holds a zero.
fn wide(bytes: &[u8], is_cut: bool) -> Option<&'static Encoding> {
    let (pairs, rest) = bytes.as_chunks::<2>();
    let zeros = |half: usize| pairs.iter().filter(|pair| pair[half] == 0).count();
    let encoding = match (zeros(0), zeros(1)) {
        (first, second) if first > second => UTF_16BE,
        (first, second) if first < second => UTF_16LE,
        _ => return None,
    };
    let is_text = |pairs: &[[u8; 2]]| {
        let said = encoding.decode_without_bom_handling_and_without_replacement(pairs.as_flattened());
        said.is_some_and(|said| is_plain(&said))
    };
    // A character of four bytes may be cut in its middle.
    let is_text = is_text(pairs) || is_cut && pairs.split_last().is_some_and(|(_, pairs)| is_text(pairs));
    (is_text && (is_cut || rest.is_empty())).then_some(encoding)
}

/// Whether more characters beyond ASCII are UTF-8 than are not: a slip, and not another encoding.
fn is_mostly_utf_8(bytes: &[u8]) -> bool {
    let (mut right, mut wrong) = (0, 0);
    for chunk in bytes.utf8_chunks() {
        right += chunk.valid().chars().filter(|c| !c.is_ascii()).count();
        wrong += usize::from(!chunk.invalid().is_empty());
    }
    right > wrong
}

fn is_plain(text: &str) -> bool {
    text.chars().all(|c| !c.is_control() || matches!(c, '\t' | '\n' | '\r' | '\u{c}' | '\u{1b}'))
}
