//! Photographs and drawings.

use std::io::Cursor;

use heic_rs::{DecodeOptions, PixelLayout};
use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::error::ImageError;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage, RgbaImage};

use crate::{MAX_PIXELS, NoPicture, Picture, guarded};

/// The longest edge that is decoded, in pixels.
const MAX_EDGE: u32 = 30_000;

/// The most memory that a decoder is given, in bytes.
const MAX_MEMORY: u64 = 512 * 1024 * 1024;

/// The quality of JPEG files, of 100: nobody sees the difference at this size.
const QUALITY: u8 = 84;

/// The brands of a HEIF file with an HEVC picture in it (ISO/IEC 23008-12, annex B).
const HEIC_BRANDS: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];

/// A picture of which no edge is longer than `edge` pixels, the right way up. Smaller ones keep their size.
///
/// JPEG, PNG, GIF and WebP (of moving ones the first picture), TIFF, BMP, ICO and HEIC, told by their first bytes.
pub fn picture(bytes: &[u8], edge: u32) -> Result<Picture, NoPicture> {
    guarded(|| {
        let (image, orientation) = if is_heic(bytes) { heic(bytes)? } else { common(bytes)? };
        let is_larger = image.width().max(image.height()) > edge;
        let mut small = if is_larger { image.thumbnail(edge, edge) } else { image };
        small.apply_orientation(orientation);
        encoded(&small)
    })
}

fn is_heic(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| HEIC_BRANDS.contains(&brand))
}

fn heic(bytes: &[u8]) -> Result<(DynamicImage, Orientation), NoPicture> {
    let options = DecodeOptions {
        layout: PixelLayout::Rgba8,
        max_pixels: Some(MAX_PIXELS),
        threads: Some(1),
        ..DecodeOptions::default()
    };
    let found = heic_rs::decode(bytes, &options).map_err(|e| match e {
        heic_rs::Error::PixelLimit { .. } => NoPicture::TooLarge,
        _ => NoPicture::NotUnderstood,
    })?;
    let image = RgbaImage::from_raw(found.width, found.height, found.data).ok_or(NoPicture::NotUnderstood)?;
    // The decoder has turned it already.
    Ok((image.into(), Orientation::NoTransforms))
}

fn common(bytes: &[u8]) -> Result<(DynamicImage, Orientation), NoPicture> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(|_| NoPicture::NotUnderstood)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_EDGE);
    limits.max_image_height = Some(MAX_EDGE);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits);
    let mut decoder = reader.into_decoder().map_err(|e| why(&e))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(NoPicture::TooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    Ok((DynamicImage::from_decoder(decoder).map_err(|e| why(&e))?, orientation))
}

fn why(error: &ImageError) -> NoPicture {
    match error {
        ImageError::Limits(_) => NoPicture::TooLarge,
        _ => NoPicture::NotUnderstood,
    }
}

fn encoded(image: &DynamicImage) -> Result<Picture, NoPicture> {
    let seen_through = image.color().has_alpha().then(|| image.to_rgba8());
    match seen_through.filter(|image| image.pixels().any(|pixel| pixel.0[3] < u8::MAX)) {
        Some(image) => {
            let mut bytes = Vec::new();
            image.write_with_encoder(PngEncoder::new(&mut bytes)).map_err(|e| why(&e))?;
            Ok(Picture { bytes, content_type: "image/png" })
        }
        None => jpeg(&image.to_rgb8()),
    }
}

pub(crate) fn jpeg(image: &RgbImage) -> Result<Picture, NoPicture> {
    let mut bytes = Vec::new();
    let encoder = JpegEncoder::new_with_quality(&mut bytes, QUALITY);
    image.write_with_encoder(encoder).map_err(|e| why(&e))?;
    Ok(Picture { bytes, content_type: "image/jpeg" })
}
