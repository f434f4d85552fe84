//! Small pictures of files: bytes in, picture out. No disk, network, window or clock.
//!
//! What comes in is not trusted. Dimensions and memory are bounded where a decoder lets them be, and a decoder that
//! panics has found nothing. Not every decoder bounds its memory (that of PDF does not), so whoever calls this for
//! strangers' files does it in a process that may be lost.

mod colour;
mod heic;
mod page;
mod picture;
mod text;

use std::panic::{AssertUnwindSafe, catch_unwind};

pub use page::first_page;
pub use picture::picture;
pub use text::text;

/// The most pixels that are decoded: a photograph of a large camera, of eight bits and four channels in 400 MB. With
/// more bits there are fewer.
const MAX_PIXELS: u64 = 100_000_000;

/// A picture that web views show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Picture {
    /// The file.
    pub bytes: Vec<u8>,
    /// Its content type: `image/jpeg`, or `image/png` where something can be seen through it.
    pub content_type: &'static str,
}

/// Why there is no picture.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NoPicture {
    /// It has more pixels than are decoded.
    #[error("the picture has too many pixels")]
    TooLarge,
    /// It is broken, locked, or of a kind that is not known here.
    #[error("the file cannot be understood")]
    NotUnderstood,
}

/// What a decoder finds, or nothing where it loses its way.
fn guarded<T>(decode: impl FnOnce() -> Result<T, NoPicture>) -> Result<T, NoPicture> {
    // Nothing that the closure holds outlives it.
    catch_unwind(AssertUnwindSafe(decode)).unwrap_or(Err(NoPicture::NotUnderstood))
}
