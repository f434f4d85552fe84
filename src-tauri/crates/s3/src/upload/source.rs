//! The file on this computer: read once, a part at a time, and never as a mixture of two states.

use std::fs::{File, Metadata};
use std::io::{self, Read, Seek, SeekFrom};
use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::SystemTime;

use bytes::Bytes;
use guestpass_core::{Error, Kind, Result};
use jiff::Timestamp;
use tokio::task::spawn_blocking;

/// How many buffers wait to be used again.
const KEPT: usize = 8;

/// Buffers of parts that have gone out: an allocator would keep some for each thread that ever read a part.
#[derive(Clone, Debug, Default)]
pub(super) struct Buffers(Arc<Mutex<Vec<Vec<u8>>>>);

impl Buffers {
    fn empty(&self, capacity: usize) -> Vec<u8> {
        let mut buffer = self.0.lock().unwrap_or_else(PoisonError::into_inner).pop().unwrap_or_default();
        buffer.clear();
        buffer.reserve_exact(capacity);
        buffer
    }

    fn filled(&self, buffer: Vec<u8>) -> Bytes {
        Bytes::from_owner(Lent { buffer, home: self.clone() })
    }
}

/// A buffer that goes back when nobody reads it any more.
struct Lent {
    buffer: Vec<u8>,
    home: Buffers,
}

impl AsRef<[u8]> for Lent {
    fn as_ref(&self) -> &[u8] {
        &self.buffer
    }
}

impl Drop for Lent {
    fn drop(&mut self) {
        let mut kept = self.home.0.lock().unwrap_or_else(PoisonError::into_inner);
        if kept.len() < KEPT {
            kept.push(std::mem::take(&mut self.buffer));
        }
    }
}

/// How many of a file's first bytes are looked at to tell what it is.
const FIRST_BYTES: u64 = 4096;

/// A file, and the state of it that is sent.
#[derive(Clone, Debug)]
pub(super) struct Source {
    path: PathBuf,
    size: u64,
    modified: Option<SystemTime>,
    first_bytes: Bytes,
    buffers: Buffers,
}

impl Source {
    /// Notes the file's state. Error: [`Kind::FileUnreadable`].
    pub(super) async fn open(path: &Path, buffers: Buffers) -> Result<Self> {
        let first_bytes = Bytes::new();
        let mut source = Self { path: path.to_owned(), size: 0, modified: None, first_bytes, buffers };
        let (found, first_bytes) = source.on_disk(Self::look).await?;
        (source.size, source.modified) = (found.len(), found.modified().ok());
        source.first_bytes = first_bytes.into();
        Ok(source)
    }

    fn look(&self) -> io::Result<(Metadata, Vec<u8>)> {
        let mut file = File::open(&self.path)?;
        let found = file.metadata()?;
        // An empty one would be filled by reads of 32 bytes, 64, 128 …
        let mut first_bytes = Vec::with_capacity(FIRST_BYTES.min(found.len()) as usize);
        file.by_ref().take(FIRST_BYTES).read_to_end(&mut first_bytes)?;
        Ok((found, first_bytes))
    }

    /// How large it is, in bytes.
    pub(super) fn size(&self) -> u64 {
        self.size
    }

    /// What it begins with.
    pub(super) fn first_bytes(&self) -> &[u8] {
        &self.first_bytes
    }

    /// When it was last changed.
    pub(super) fn modified_at(&self) -> Option<Timestamp> {
        Timestamp::try_from(self.modified?).ok()
    }

    /// These bytes of it. Error: [`Kind::FileChanged`] where it is not what it was.
    pub(super) async fn read(&self, range: Range<u64>) -> Result<Bytes> {
        let wanted = range.end - range.start;
        let (bytes, found) = self.on_disk(move |source| source.read_now(range)).await?;
        if bytes.len() as u64 == wanted && self.is_same(&found) { Ok(bytes) } else { Err(self.changed()) }
    }

    /// Looks once more, after the last byte. Error: [`Kind::FileChanged`].
    pub(super) async fn recheck(&self) -> Result<()> {
        let found = self.on_disk(|source| std::fs::metadata(&source.path)).await?;
        if self.is_same(&found) { Ok(()) } else { Err(self.changed()) }
    }

    fn read_now(&self, range: Range<u64>) -> io::Result<(Bytes, Metadata)> {
        let mut file = File::open(&self.path)?;
        file.seek(SeekFrom::Start(range.start))?;
        let wanted = range.end - range.start;
        let mut bytes = self.buffers.empty(usize::try_from(wanted).map_err(io::Error::other)?);
        file.by_ref().take(wanted).read_to_end(&mut bytes)?;
        Ok((self.buffers.filled(bytes), file.metadata()?))
    }

    fn is_same(&self, found: &Metadata) -> bool {
        found.len() == self.size && found.modified().ok() == self.modified
    }

    /// A disk may be slow, and a network drive may not answer for minutes.
    async fn on_disk<T: Send + 'static>(
        &self,
        act: impl FnOnce(&Self) -> io::Result<T> + Send + 'static,
    ) -> Result<T> {
        let source = self.clone();
        let done = spawn_blocking(move || act(&source)).await;
        let done = done.map_err(|e| Error::from(Kind::Internal).with_source(e))?;
        done.map_err(|e| {
            Error::from(Kind::FileUnreadable { name: self.name() }).with_detail(e.to_string()).with_source(e)
        })
    }

    pub(super) fn changed(&self) -> Error {
        Kind::FileChanged { name: self.name() }.into()
    }

    pub(super) fn name(&self) -> String {
        self.path.file_name().unwrap_or_default().to_string_lossy().into_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_file_that_is_another_by_now_gives_no_bytes() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.mov");
        std::fs::write(&path, "0123456789").unwrap();
        let source = Source::open(&path, Buffers::default()).await.unwrap();
        assert_eq!((source.size(), source.first_bytes()), (10, &b"0123456789"[..]));
        assert_eq!(&source.read(2..5).await.unwrap()[..], b"234");
        source.recheck().await.unwrap();
        std::fs::write(&path, "0123456789 and more").unwrap();
        let changed = Kind::FileChanged { name: "film.mov".into() };
        assert_eq!(source.read(2..5).await.unwrap_err().into_kind(), changed);
        assert_eq!(source.recheck().await.unwrap_err().into_kind(), changed);
        let later = SystemTime::now() + std::time::Duration::from_secs(9);
        std::fs::write(&path, "9876543210").unwrap();
        File::options().write(true).open(&path).unwrap().set_modified(later).unwrap();
        assert_eq!(source.read(2..5).await.unwrap_err().into_kind(), changed, "of the same size, too");
    }
}
