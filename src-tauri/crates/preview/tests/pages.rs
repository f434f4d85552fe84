//! First pages of documents that are written here, whole and broken.

use guestpass_preview::{NoPicture, first_page};
use image::GenericImageView;
use proptest::prelude::*;

/// A PDF of one page of 200 × 100 points, drawn by these operators.
fn document(drawing: &str) -> Vec<u8> {
    let objects = [
        "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 200 100] /Contents 4 0 R \
         /Resources << /Font << /F 5 0 R >> >> >>"
            .to_owned(),
        format!("<< /Length {} >>\nstream\n{drawing}\nendstream", drawing.len()),
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>".to_owned(),
    ];
    let mut text = "%PDF-1.4\n".to_owned();
    let mut places = Vec::new();
    for (number, object) in (1..).zip(objects) {
        places.push(text.len());
        text += &format!("{number} 0 obj\n{object}\nendobj\n");
    }
    let table = text.len();
    text += "xref\n0 6\n0000000000 65535 f \n";
    for place in places {
        text += &format!("{place:010} 00000 n \n");
    }
    text += &format!("trailer\n<< /Size 6 /Root 1 0 R >>\nstartxref\n{table}\n%%EOF\n");
    text.into_bytes()
}

/// A red field on the left, and a word on the right.
const DRAWING: &str = "1 0 0 rg 0 0 50 100 re f 0 g BT /F 40 Tf 100 40 Td (Hi) Tj ET";

#[test]
fn the_first_page_is_drawn_with_its_text() {
    let page = first_page(document(DRAWING), 400).unwrap();
    let image = image::load_from_memory(&page.bytes).unwrap().to_rgb8();
    assert_eq!(image.dimensions(), (400, 200));
    let red = image.get_pixel(40, 100).0;
    assert!(red[0] > 200 && red[1] < 60, "{red:?}");
    assert!(image.get_pixel(150, 190).0.iter().all(|channel| *channel > 240), "paper is white");
    let ink = image.view(190, 60, 200, 80).pixels().filter(|(_, _, pixel)| pixel.0[0] < 80).count();
    assert!(ink > 200, "{ink} pixels of the word");
}

#[test]
fn what_is_no_document_has_no_page() {
    for bytes in [&b""[..], b"%PDF-1.7", b"%PDF-1.4\ntrailer << /Root 1 0 R >>", b"plain text"] {
        assert_eq!(first_page(bytes.to_vec(), 100), Err(NoPicture::NotUnderstood), "{bytes:?}");
    }
}

#[test]
fn a_page_without_a_height_is_taken_for_a4() {
    let flat = String::from_utf8(document("")).unwrap().replace("[0 0 200 100]", "[0 0 200 0  ]");
    let page = first_page(flat.into_bytes(), 100).unwrap();
    let image = image::load_from_memory(&page.bytes).unwrap();
    assert_eq!(image.dimensions(), (70, 100));
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(200))]

    #[test]
    fn a_broken_document_has_a_page_or_none(
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..12),
        end in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = document(DRAWING);
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if is_cut {
            bytes.truncate(end.index(bytes.len()));
        }
        if let Ok(page) = first_page(bytes, 64) {
            let image = image::load_from_memory(&page.bytes).unwrap();
            prop_assert!(image.width() <= 64 && image.height() <= 64);
        }
    }
}
