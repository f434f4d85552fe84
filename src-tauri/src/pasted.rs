//! Pictures that were pasted: files of their own until they have been sent.

use std::fs::{self, File};
use std::io::{self, BufWriter};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// An upload that is older than that has been sent or given up.
const KEPT: Duration = Duration::from_secs(8 * 86_400);

/// Writes a picture under this name, into a folder of its own.
pub(crate) fn write(folder: &Path, name: &str, picture: &arboard::ImageData<'_>) -> io::Result<PathBuf> {
    tidy(folder);
    // The name is the window's; whatever it holds, it stays in the folder.
    let name = Path::new(name).file_name().ok_or(io::ErrorKind::InvalidInput)?;
    let since = SystemTime::UNIX_EPOCH.elapsed().unwrap_or_default();
    let own = folder.join(since.as_nanos().to_string());
    fs::create_dir(&own)?;
    let path = own.join(name);
    let size = |pixels: usize| u32::try_from(pixels).map_err(io::Error::other);
    let mut png = png::Encoder::new(
        BufWriter::new(File::create_new(&path)?),
        size(picture.width)?,
        size(picture.height)?,
    );
    png.set_color(png::ColorType::Rgba);
    png.set_depth(png::BitDepth::Eight);
    let mut writer = png.write_header().map_err(io::Error::other)?;
    writer.write_image_data(&picture.bytes).map_err(io::Error::other)?;
    writer.finish().map_err(io::Error::other)?;
    Ok(path)
}

/// Removes what is old. What cannot be removed now is for the next time.
fn tidy(folder: &Path) {
    let entries = fs::read_dir(folder).into_iter().flatten().flatten();
    for entry in entries {
        let age = entry.metadata().and_then(|meta| meta.modified()).ok().and_then(|at| at.elapsed().ok());
        if age.is_some_and(|age| age > KEPT)
            && let Err(e) = fs::remove_dir_all(entry.path())
        {
            tracing::debug!("an old pasted picture stays: {e}");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_becomes_a_file_of_its_name_that_shows_the_same() {
        let folder = tempfile::tempdir().unwrap();
        let bytes: Vec<u8> = (0..16).collect();
        let picture = arboard::ImageData { width: 2, height: 2, bytes: bytes.as_slice().into() };
        let name = "../Screenshot 2026-11-23 at 17.20.png";
        let (one, other) =
            (write(folder.path(), name, &picture).unwrap(), write(folder.path(), name, &picture).unwrap());
        assert_eq!(one.file_name().unwrap(), "Screenshot 2026-11-23 at 17.20.png");
        assert!(one != other && one.starts_with(folder.path()));
        let mut reader = png::Decoder::new(io::BufReader::new(File::open(one).unwrap())).read_info().unwrap();
        let mut shown = vec![0; 16];
        reader.next_frame(&mut shown).unwrap();
        assert_eq!(shown, bytes);
    }
}
