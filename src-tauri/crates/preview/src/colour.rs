//! Colours as every screen shows them: in sRGB. The profile of a file is followed here and goes no further, so the web
//! view is given nothing of a stranger's file but pixels.

use image::DynamicImage;
use moxcms::{ColorProfile, DataColorSpace, Layout, TransformOptions};

/// The picture in sRGB, by the profile that its file holds. One without a profile is in sRGB already, and so is taken
/// one whose profile is broken or of other colours than red, green and blue: of CMYK, which its decoder has undone.
pub(crate) fn in_srgb(image: DynamicImage, profile: Option<&[u8]>) -> DynamicImage {
    let profile = profile.and_then(|profile| ColorProfile::new_from_slice(profile).ok());
    let Some(profile) = profile.filter(|profile| profile.color_space == DataColorSpace::Rgb) else {
        return image;
    };
    if image.color().has_alpha() {
        let mut pixels = image.into_rgba8();
        convert(&mut pixels, Layout::Rgba, &profile);
        pixels.into()
    } else {
        let mut pixels = image.into_rgb8();
        convert(&mut pixels, Layout::Rgb, &profile);
        pixels.into()
    }
}

fn convert(pixels: &mut [u8], layout: Layout, profile: &ColorProfile) {
    let (srgb, options) = (ColorProfile::new_srgb(), TransformOptions::default());
    if let Ok(way) = profile.create_transform_8bit(layout, &srgb, layout, options) {
        let mut converted = vec![0; pixels.len()];
        if way.transform(pixels, &mut converted).is_ok() {
            pixels.copy_from_slice(&converted);
        }
    }
}
