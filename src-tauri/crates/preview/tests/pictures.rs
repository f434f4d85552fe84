//! Pictures of files that are made here, whole and broken.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

use std::io::Cursor;

use guestpass_preview::{NoPicture, Picture, picture};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::{
    DynamicImage, ExtendedColorType, GenericImageView, ImageEncoder, ImageFormat, Rgb, RgbImage, Rgba,
    RgbaImage,
};
use proptest::prelude::*;

const RED: Rgb<u8> = Rgb([220, 20, 20]);
const BLUE: Rgb<u8> = Rgb([20, 20, 220]);

/// Red on its left half, blue on its right.
fn halves(width: u32, height: u32) -> RgbImage {
    RgbImage::from_fn(width, height, |x, _| if x < width / 2 { RED } else { BLUE })
}

fn file(image: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    // Inside of an icon lies a PNG, which must have four channels.
    let image = if format == ImageFormat::Ico { &image.to_rgba8().into() } else { image };
    image.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn seen(picture: &Picture) -> DynamicImage {
    let format = ImageFormat::from_mime_type(picture.content_type).unwrap();
    image::load_from_memory_with_format(&picture.bytes, format).unwrap()
}

fn is_near(pixel: Rgba<u8>, colour: Rgb<u8>) -> bool {
    pixel.0.iter().zip(colour.0).all(|(is, should)| is.abs_diff(should) < 50)
}

#[test]
fn every_format_becomes_a_small_picture() {
    use ImageFormat::{Bmp, Gif, Ico, Jpeg, Png, Tiff, WebP};
    for format in [Bmp, Gif, Ico, Jpeg, Png, Tiff, WebP] {
        let bytes = file(&halves(200, 100).into(), format);
        let found = picture(&bytes, 40).unwrap();
        assert_eq!(found.content_type, "image/jpeg", "{format:?}");
        let image = seen(&found);
        assert_eq!(image.dimensions(), (40, 20), "{format:?}");
        assert!(is_near(image.get_pixel(5, 10), RED) && is_near(image.get_pixel(35, 10), BLUE), "{format:?}");
    }
}

#[test]
fn a_heic_file_becomes_a_small_picture() {
    let pixels = halves(256, 128).into_raw();
    let bytes =
        heifer::encode::encode_rgb8(256, 128, &pixels, &heifer::EncodeOptions { quality: 90, max_threads: 1 });
    let image = seen(&picture(&bytes.unwrap(), 64).unwrap());
    assert_eq!(image.dimensions(), (64, 32));
    assert!(is_near(image.get_pixel(8, 16), RED) && is_near(image.get_pixel(56, 16), BLUE));
}

#[test]
fn what_is_small_keeps_its_size_and_what_is_clear_stays_so() {
    let mut image = RgbaImage::from_pixel(10, 10, Rgba([0, 200, 0, 255]));
    image.put_pixel(0, 0, Rgba([0, 0, 0, 0]));
    let found = picture(&file(&image.into(), ImageFormat::Png), 720).unwrap();
    assert_eq!(found.content_type, "image/png");
    assert_eq!(seen(&found).dimensions(), (10, 10));
    assert_eq!(seen(&found).get_pixel(0, 0).0[3], 0);
}

#[test]
fn what_cannot_be_seen_does_not_darken_what_is_beside_it() {
    // A white disc on black that cannot be seen, as a logo is made, with a rim of a single pixel.
    let image = RgbaImage::from_fn(300, 300, |x, y| {
        let is_inside = (f64::from(x) - 149.5).hypot(f64::from(y) - 149.5) < 120.0;
        if is_inside { Rgba([255; 4]) } else { Rgba([0; 4]) }
    });
    let found = picture(&file(&image.into(), ImageFormat::Png), 100).unwrap();
    let small = seen(&found).to_rgba8();
    let rim = small.pixels().filter(|pixel| (1..=254).contains(&pixel.0[3]));
    assert!(rim.clone().count() > 100);
    for pixel in rim {
        assert!(pixel.0[..3].iter().all(|channel| *channel > 250), "{pixel:?}");
    }
}

/// A colour in Display P3.
const P3: [u8; 3] = [200, 100, 100];
/// The same in sRGB, by the matrices of CSS Color 4.
const SRGB: [u8; 3] = [215, 93, 97];

fn is_srgb(pixel: Rgba<u8>) -> bool {
    pixel.0.iter().zip(SRGB).all(|(is, should)| is.abs_diff(should) <= 4)
}

#[test]
fn the_colours_of_a_profile_are_those_of_every_screen() {
    let profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    let pixels = [P3; 64 * 64].as_flattened();
    let mut jpeg = Vec::new();
    let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 100);
    encoder.set_icc_profile(profile.clone()).unwrap();
    encoder.write_image(pixels, 64, 64, ExtendedColorType::Rgb8).unwrap();
    let mut png = Vec::new();
    let mut encoder = PngEncoder::new(&mut png);
    encoder.set_icc_profile(profile.clone()).unwrap();
    let half_seen: Vec<_> = pixels.chunks(3).flat_map(|pixel| [pixel, &[128]].concat()).collect();
    encoder.write_image(&half_seen, 64, 64, ExtendedColorType::Rgba8).unwrap();
    let image = heifer::Image {
        width: 64,
        height: 64,
        bit_depth: 8,
        has_alpha: false,
        data: pixels.chunks(3).flat_map(|pixel| [pixel, &[255]].concat()).map(u16::from).collect(),
    };
    let options = heifer::encode::EncodeOptions { quality: 100, max_threads: 1 };
    let metadata = heifer::Metadata { icc_profile: Some(profile), ..Default::default() };
    let heic = heifer::encode::encode_with_metadata(&image, &metadata, &options).unwrap();
    for (format, bytes) in [("JPEG", jpeg), ("PNG", png), ("HEIC", heic)] {
        for edge in [16, 64] {
            let pixel = seen(&picture(&bytes, edge).unwrap()).get_pixel(5, 5);
            assert!(is_srgb(pixel), "{format} {edge}: {pixel:?}");
        }
    }
}

#[test]
fn a_profile_of_other_colours_is_not_followed() {
    let mut profile = moxcms::ColorProfile::new_display_p3().encode().unwrap();
    profile[16..20].copy_from_slice(b"CMYK");
    for profile in [profile, b"no profile".to_vec()] {
        let mut jpeg = Vec::new();
        let mut encoder = JpegEncoder::new_with_quality(&mut jpeg, 100);
        encoder.set_icc_profile(profile).unwrap();
        encoder.write_image([P3; 64].as_flattened(), 8, 8, ExtendedColorType::Rgb8).unwrap();
        let pixel = seen(&picture(&jpeg, 8).unwrap()).get_pixel(4, 4);
        assert!(pixel.0.iter().zip(P3).all(|(is, should)| is.abs_diff(should) <= 3), "{pixel:?}");
    }
}

#[test]
fn many_bits_are_fewer_pixels() {
    // 6,000 × 6,000 of 32 bits a channel would be 576 MB; of 8 bits they are read, and found to be missing.
    let of = |sample: u16, format: u16| {
        let long =
            |tag: u16, value: u32| [&tag.to_le_bytes()[..], &[4, 0, 1, 0, 0, 0], &value.to_le_bytes()].concat();
        let tags = [(256, 6_000), (257, 6_000)].map(|(tag, value)| long(tag, value)).concat();
        let short = |tag: u16, value: u16| {
            [&tag.to_le_bytes()[..], &[3, 0, 1, 0, 0, 0], &value.to_le_bytes(), &[0, 0]].concat()
        };
        let four =
            |tag: u16, at: u32| [&tag.to_le_bytes()[..], &[3, 0, 4, 0, 0, 0], &at.to_le_bytes()].concat();
        let entries = [
            tags,
            four(258, 200),
            short(259, 1),
            short(262, 2),
            long(273, 300),
            short(277, 4),
            long(278, 6_000),
            long(279, 16),
            short(338, 2),
            four(339, 208),
        ]
        .concat();
        let mut file = [&b"II*\0\x08\0\0\0"[..], &11_u16.to_le_bytes(), &entries, &[0; 4]].concat();
        file.resize(200, 0);
        file.extend([sample; 4].map(u16::to_le_bytes).as_flattened());
        file.extend([format; 4].map(u16::to_le_bytes).as_flattened());
        file.resize(316, 0);
        file
    };
    assert_eq!(picture(&of(32, 3), 96), Err(NoPicture::TooLarge));
    assert_eq!(picture(&of(8, 1), 96), Err(NoPicture::NotUnderstood));
}

#[test]
fn a_photograph_is_turned_as_its_camera_was_held() {
    // Little-endian TIFF with one entry: orientation (0x0112), a short, 6: turn it clockwise.
    let exif = b"II*\0\x08\0\0\0\x01\0\x12\x01\x03\0\x01\0\0\0\x06\0\0\0\0\0\0\0";
    let mut bytes = Vec::new();
    let mut encoder = JpegEncoder::new(&mut bytes);
    encoder.set_exif_metadata(exif.to_vec()).unwrap();
    encoder.write_image(&halves(80, 40).into_raw(), 80, 40, ExtendedColorType::Rgb8).unwrap();
    let image = seen(&picture(&bytes, 80).unwrap());
    assert_eq!(image.dimensions(), (40, 80));
    assert!(is_near(image.get_pixel(20, 10), RED), "what was on the left is on top");
    assert!(is_near(image.get_pixel(20, 70), BLUE));
}

#[test]
fn what_says_that_it_is_huge_is_not_believed_at_the_price_of_memory() {
    let mut png = file(&halves(4, 4).into(), ImageFormat::Png);
    // The width and height of a PNG stand behind its signature and the name of its first chunk, which ends in a CRC.
    png[16..20].copy_from_slice(&25_000_u32.to_be_bytes());
    png[20..24].copy_from_slice(&25_000_u32.to_be_bytes());
    let crc = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(picture(&png, 96), Err(NoPicture::TooLarge));
    png[16..20].copy_from_slice(&2_000_000_000_u32.to_be_bytes());
    let crc = crc32(&png[12..29]);
    png[29..33].copy_from_slice(&crc.to_be_bytes());
    assert_eq!(picture(&png, 96), Err(NoPicture::TooLarge));
    let mut bmp = file(&halves(4, 4).into(), ImageFormat::Bmp);
    bmp[18..22].copy_from_slice(&29_000_i32.to_le_bytes());
    bmp[22..26].copy_from_slice(&29_000_i32.to_le_bytes());
    assert_eq!(picture(&bmp, 96), Err(NoPicture::TooLarge));
}

fn crc32(bytes: &[u8]) -> u32 {
    bytes.iter().fold(u32::MAX, |crc, byte| {
        (0..8).fold(crc ^ u32::from(*byte), |crc, _| (crc >> 1) ^ (0xedb8_8320 & (crc & 1).wrapping_neg()))
    }) ^ u32::MAX
}

#[test]
fn what_is_no_picture_is_none() {
    for bytes in [&b""[..], b"GIF89a", b"\xff\xd8\xff", b"%PDF-1.7", b"\0\0\0\x18ftypheic", b"<svg/>"] {
        assert_eq!(picture(bytes, 96), Err(NoPicture::NotUnderstood), "{bytes:?}");
    }
}

/// Small files of every kind.
fn files() -> Vec<Vec<u8>> {
    use ImageFormat::{Bmp, Gif, Ico, Jpeg, Png, Tiff, WebP};
    let image = halves(32, 16);
    let heic = heifer::encode::encode_rgb8(
        32,
        16,
        image.as_raw(),
        &heifer::EncodeOptions { quality: 50, max_threads: 1 },
    );
    let mut files: Vec<_> =
        [Bmp, Gif, Ico, Jpeg, Png, Tiff, WebP].map(|format| file(&image.clone().into(), format)).into();
    files.push(heic.unwrap());
    files
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(600))]

    /// Whatever is changed in a file, and wherever it ends: a picture that can be shown, or none.
    #[test]
    fn a_broken_file_is_a_picture_or_none(
        which in 0..8_usize,
        changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 0..12),
        end in any::<prop::sample::Index>(),
        is_cut in any::<bool>(),
    ) {
        let mut bytes = files().swap_remove(which);
        for (at, value) in changes {
            let at = at.index(bytes.len());
            bytes[at] = value;
        }
        if is_cut {
            bytes.truncate(end.index(bytes.len()));
        }
        if let Ok(found) = picture(&bytes, 24) {
            let (width, height) = seen(&found).dimensions();
            prop_assert!(width <= 24 && height <= 24, "{width} × {height}");
        }
    }
}
