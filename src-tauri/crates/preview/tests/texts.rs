//! The beginnings of texts, in whatever they were written.

use guestpass_preview::text;

fn utf_16(text: &str, big: bool) -> Vec<u8> {
    let units = std::iter::once(0xfeff).chain(text.encode_utf16());
    units.flat_map(|unit| if big { unit.to_be_bytes() } else { unit.to_le_bytes() }).collect()
}

#[test]
fn every_encoding_says_the_same() {
    let said = "Grüße, 3 €\nzwei";
    assert_eq!(text(said.as_bytes(), false, None).unwrap(), said);
    assert_eq!(text(format!("\u{feff}{said}").as_bytes(), false, None).unwrap(), said);
    assert_eq!(text(&utf_16(said, false), false, None).unwrap(), said);
    assert_eq!(text(&utf_16(said, true), false, None).unwrap(), said);
    assert_eq!(text(b"Gr\xfc\xdfe, 3 \x80\r\nzwei", false, None).unwrap(), said, "Windows-1252");
    assert_eq!(text(b"one\rtwo", false, None).unwrap(), "one\ntwo");
}

#[test]
fn a_cut_text_ends_before_the_character_that_is_cut() {
    let whole = "Grüße 🎉";
    for end in 0..whole.len() {
        let said = text(&whole.as_bytes()[..end], true, None).unwrap();
        assert!(whole.starts_with(&said), "{end}: {said}");
    }
    let whole = utf_16("🎉🎉", false);
    assert_eq!(text(&whole[..whole.len() - 1], true, None).unwrap(), "🎉");
}

#[test]
fn what_is_stored_tells_the_encoding_where_the_bytes_leave_it_open() {
    let shift_jis = b"\x93\xfa\x96\x7b\x8c\xea";
    assert_eq!(text(shift_jis, false, Some("Shift_JIS")).unwrap(), "日本語");
    assert_eq!(text(b"\x1b$BF|K\\8l", false, Some("iso-2022-jp")).unwrap(), "日本語");
    assert_eq!(
        text("Grüße".as_bytes(), false, Some("iso-8859-1")).unwrap(),
        "Grüße",
        "a server's usual answer"
    );
    assert_eq!(text(b"Gr\xfc\xdfe", false, Some("utf-8")).unwrap(), "Grüße", "another one's");
    assert_eq!(text(b"Gr\xfc\xdfe", false, Some("nonsense")).unwrap(), "Grüße");
}

#[test]
fn utf_16_needs_no_mark() {
    let said = "Grüße, 3 €, 日本 🎉\n";
    for big in [false, true] {
        let bytes = &utf_16(said, big)[2..];
        assert_eq!(text(bytes, false, None).unwrap(), said);
        for end in (12..bytes.len()).rev() {
            let beginning = text(&bytes[..end], true, None).unwrap();
            assert!(said.starts_with(&beginning), "{end}: {beginning}");
        }
    }
    let numbers: Vec<u8> = (0..64_u16).flat_map(u16::to_le_bytes).collect();
    assert!(text(&numbers, false, None).is_err(), "numbers are no text");
}

#[test]
fn a_slip_leaves_the_rest_of_a_text_as_it_is() {
    assert_eq!(text(b"Gr\xc3\xbc\xc3\x9fe \xff, 3 \xe2\x82\xac", false, None).unwrap(), "Grüße \u{fffd}, 3 €");
    assert_eq!(text(b"\xc3\xbc \xfc \xfc", false, None).unwrap(), "Ã¼ ü ü", "Windows-1252, on the whole");
}

#[test]
fn what_no_text_holds_is_none() {
    assert!(text(b"PK\x03\x04\0\0", false, None).is_err());
    assert!(text(b"a\0b", false, None).is_err());
    assert_eq!(text(b"", false, None).unwrap(), "");
}
