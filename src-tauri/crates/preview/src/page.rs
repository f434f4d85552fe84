//! The first page of a PDF.

use hayro::hayro_interpret::InterpreterSettings;
use hayro::hayro_syntax::Pdf;
use hayro::vello_cpu::color::palette::css::WHITE;
use hayro::{PixmapSettings, RenderCache, RenderSettings, render};
use image::RgbImage;

use crate::picture::jpeg;
use crate::{NoPicture, Picture, guarded};

/// The first page as a picture whose longer edge has about `edge` pixels. A locked document has none.
///
/// The memory that this takes is not bounded: see the head of this crate.
pub fn first_page(bytes: Vec<u8>, edge: u16) -> Result<Picture, NoPicture> {
    guarded(|| {
        let document = Pdf::new(bytes).map_err(|_| NoPicture::NotUnderstood)?;
        let page = document.pages().first().ok_or(NoPicture::NotUnderstood)?;
        let (width, height) = page.render_dimensions();
        let scale = f32::from(edge) / width.max(height);
        // A page of no width, or a strip of which nothing would be seen.
        if !(scale.is_finite() && width * scale >= 1.0 && height * scale >= 1.0) {
            return Err(NoPicture::NotUnderstood);
        }
        let paper = PixmapSettings { x_scale: scale, y_scale: scale, bg_color: WHITE };
        let settings = (InterpreterSettings::default(), RenderSettings::default());
        let drawn = render(page, &RenderCache::new(), &settings.0, &settings.1, &paper);
        let pixels = drawn.data().iter().flat_map(|pixel| [pixel.r, pixel.g, pixel.b]).collect();
        let image = RgbImage::from_raw(drawn.width().into(), drawn.height().into(), pixels);
        jpeg(&image.ok_or(NoPicture::NotUnderstood)?)
    })
}
