//! Photographs and drawings.

use std::io::Cursor;

use image::codecs::jpeg::JpegEncoder;
use image::codecs::png::PngEncoder;
use image::error::ImageError;
use image::metadata::Orientation;
use image::{DynamicImage, ImageDecoder, ImageReader, Limits, RgbImage, Rgba};

use crate::colour::in_srgb;
use crate::heic::{heic, is_heic};
use crate::{MAX_PIXELS, NoPicture, Picture, guarded};

/// The longest edge that is decoded, in pixels.
const MAX_EDGE: u32 = 30_000;

/// The most memory that a decoder is given, in bytes, with the pixels that it hands over.
const MAX_MEMORY: u64 = 512 * 1024 * 1024;

/// The quality of JPEG files, of 100: nobody sees the difference at this size.
const QUALITY: u8 = 84;

/// A picture of which no edge is longer than `edge` pixels, the right way up. Smaller ones keep their size.
///
/// JPEG, PNG, GIF and WebP (of moving ones the first picture), TIFF, BMP, ICO and HEIC, told by their first bytes.
pub fn picture(bytes: &[u8], edge: u32) -> Result<Picture, NoPicture> {
    guarded(|| {
        let decoded = if is_heic(bytes) { heic(bytes)? } else { common(bytes)? };
        let mut small = in_srgb(scaled(decoded.image, edge), decoded.profile.as_deref());
        small.apply_orientation(decoded.orientation);
        encoded(&small)
    })
}

/// What a decoder finds in a file.
pub(crate) struct Decoded {
    pub(crate) image: DynamicImage,
    /// How it has yet to be turned.
    pub(crate) orientation: Orientation,
    /// The ICC profile of its colours.
    pub(crate) profile: Option<Vec<u8>>,
}

fn scaled(image: DynamicImage, edge: u32) -> DynamicImage {
    if image.width().max(image.height()) <= edge {
        return image;
    }
    if !image.color().has_alpha() {
        return image.thumbnail(edge, edge);
    }
    // What cannot be seen has a colour too, mostly black, and would darken what is seen beside it.
    let mut image = image.into_rgba8();
    image.pixels_mut().for_each(|Rgba([red, green, blue, alpha])| {
        for channel in [red, green, blue] {
            *channel = divided(u32::from(*channel) * u32::from(*alpha), u32::from(u8::MAX));
        }
    });
    let mut small = DynamicImage::from(image).thumbnail(edge, edge).into_rgba8();
    small.pixels_mut().for_each(|Rgba([red, green, blue, alpha])| {
        for channel in [red, green, blue] {
            *channel = divided(u32::from(*channel) * u32::from(u8::MAX), u32::from(*alpha));
        }
    });
    small.into()
}

/// Rounded, and nothing where there is nothing to divide by.
fn divided(of: u32, by: u32) -> u8 {
    (of + by / 2).checked_div(by).unwrap_or_default().try_into().unwrap_or(u8::MAX)
}

fn common(bytes: &[u8]) -> Result<Decoded, NoPicture> {
    let reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format();
    let mut reader = reader.map_err(|_| NoPicture::NotUnderstood)?;
    let mut limits = Limits::default();
    limits.max_image_width = Some(MAX_EDGE);
    limits.max_image_height = Some(MAX_EDGE);
    limits.max_alloc = Some(MAX_MEMORY);
    reader.limits(limits.clone());
    let mut decoder = reader.into_decoder().map_err(|e| why(&e))?;
    let (width, height) = decoder.dimensions();
    if u64::from(width) * u64::from(height) > MAX_PIXELS {
        return Err(NoPicture::TooLarge);
    }
    let orientation = decoder.orientation().unwrap_or(Orientation::NoTransforms);
    let profile = decoder.icc_profile().unwrap_or_default();
    // The pixels themselves are not the decoder's to count: of 16 or 32 bits a channel they are many times as large.
    limits.reserve(decoder.total_bytes()).map_err(|e| why(&e))?;
    decoder.set_limits(limits).map_err(|e| why(&e))?;
    let image = DynamicImage::from_decoder(decoder).map_err(|e| why(&e))?;
    Ok(Decoded { image, orientation, profile })
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
