//! The beginnings of texts, in whatever they were written.

use guestpass_preview::text;

fn utf_16(text: &str, big: bool) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

#[test]
fn every_encoding_says_the_same() {
    let said = "Grüße, 3 €\nzwei";
    assert_eq!(text(said.as_bytes(), false).unwrap(), said);
    assert_eq!(text(format!("\u{feff}{said}").as_bytes(), false).unwrap(), said);
    assert_eq!(text(&utf_16(said, false), false).unwrap(), said);
    assert_eq!(text(&utf_16(said, true), false).unwrap(), said);
    assert_eq!(text(b"Gr\xfc\xdfe, 3 \x80\r\nzwei", false).unwrap(), said, "Windows-1252");
    assert_eq!(text(b"one\rtwo", false).unwrap(), "one\ntwo");
}

#[test]
fn a_cut_text_ends_before_the_character_that_is_cut() {
    let whole = "Grüße 🎉";
    for end in 0..whole.len() {
        let said = text(&whole.as_bytes()[..end], true).unwrap();
        assert!(whole.starts_with(&said), "{end}: {said}");
    }
    let whole = utf_16("🎉🎉", false);
    assert_eq!(text(&whole[..whole.len() - 1], true).unwrap(), "🎉");
}

#[test]
fn what_no_text_holds_is_none() {
    assert!(text(b"PK\x03\x04\0\0", false).is_err());
    assert!(text(b"a\0b", false).is_err());
    assert_eq!(text(b"", false).unwrap(), "");
}
