//! Photographs of telephones.

use std::borrow::Cow;

use heic_rs::context::Context;
use heic_rs::{DecodeOptions, PixelLayout};
use image::RgbaImage;
use image::metadata::Orientation;

use crate::picture::Decoded;
use crate::{MAX_PIXELS, NoPicture};

/// The brands of a HEIF file with an HEVC picture in it (ISO/IEC 23008-12, annex B).
const BRANDS: [&[u8]; 8] = [b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"];

/// A `colr` box that says what one leaves open that is not there: sRGB, in the components of BT.601, of full range
/// (ISO/IEC 23000-22, 7.3.6.4).
const USUAL: &[u8; 11] = b"nclx\0\x01\0\x0d\0\x06\x80";

/// Whether these bytes are such a file.
pub(crate) fn is_heic(bytes: &[u8]) -> bool {
    bytes.get(4..8) == Some(b"ftyp") && bytes.get(8..12).is_some_and(|brand| BRANDS.contains(&brand))
}

/// Its picture, which the decoder has turned already.
pub(crate) fn heic(bytes: &[u8]) -> Result<Decoded, NoPicture> {
    let options = DecodeOptions {
        layout: PixelLayout::Rgba8,
        max_pixels: Some(MAX_PIXELS),
        threads: Some(1),
        ..DecodeOptions::default()
    };
    let (bytes, profile) = labelled(bytes);
    let found = heic_rs::decode(&bytes, &options).map_err(|e| match e {
        heic_rs::Error::PixelLimit { .. } => NoPicture::TooLarge,
        _ => NoPicture::NotUnderstood,
    })?;
    let image = RgbaImage::from_raw(found.width, found.height, found.data).ok_or(NoPicture::NotUnderstood)?;
    Ok(Decoded { image: image.into(), orientation: Orientation::NoTransforms, profile })
}

/// The profile that a file holds, and the file as the decoder has to be given it: one that has a profile and says
/// nothing of its components, as telephones write it, is taken by the decoder for limited range, which would make every
/// photograph too harsh. So the profile's place is taken by what is meant.
fn labelled(bytes: &[u8]) -> (Cow<'_, [u8]>, Option<Vec<u8>>) {
    let context = Context::open(bytes).ok();
    let colours = context.and_then(|context| context.props(context.meta.primary).ok());
    let Some((profile, nclx)) = colours.and_then(|colours| Some((colours.icc?, colours.nclx))) else {
        return (bytes.into(), None);
    };
    // The profile lies in the file, behind the four letters of its kind.
    let start = profile.as_ptr().addr().wrapping_sub(bytes.as_ptr().addr()).wrapping_sub(4);
    let mut file = Cow::from(bytes);
    if nclx.is_none()
        && profile.len() >= USUAL.len()
        && let Some(place) = file.to_mut().get_mut(start..start.saturating_add(USUAL.len()))
    {
        place.copy_from_slice(USUAL);
    }
    (file, Some(profile.to_vec()))
}
