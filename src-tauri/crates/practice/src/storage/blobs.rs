//! Bytes on disk: staged under a random name, then kept under their own hash.

use std::io;
use std::path::{Path, PathBuf};

use md5::Md5;
use sha2::{Digest, Sha256};
use tokio::fs::File;
use tokio::io::AsyncWriteExt;

/// Where a blob lies: `blobs/ab/abcd…`.
pub(super) fn path(root: &Path, hash: &str) -> PathBuf {
    root.join("blobs").join(&hash[..2]).join(hash)
}

/// Whether a file in the folder of blobs is one: other programs leave things there too.
pub(super) fn is_name(name: &str) -> bool {
    name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// Bytes on their way in. Dropped before [`Staging::finish`], it leaves nothing behind.
pub(crate) struct Staging {
    file: File,
    path: Temporary,
    size: u64,
    sha256: Sha256,
    md5: Md5,
}

/// A whole object that has no key yet.
pub(crate) struct Staged {
    path: Temporary,
    pub(crate) size: u64,
    pub(crate) sha256: String,
    /// Of the bytes, in hexadecimal.
    pub(crate) md5: String,
    /// What becomes the ETag: the MD5, unless somebody knows better.
    pub(super) etag: String,
}

/// A file that is removed unless it was moved away.
struct Temporary(PathBuf);

impl Drop for Temporary {
    fn drop(&mut self) {
        // It is gone when it was moved to its place.
        let _ = std::fs::remove_file(&self.0);
    }
}

impl Staging {
    pub(super) async fn new(root: &Path) -> io::Result<Self> {
        let mut name = [0; 16];
        getrandom::fill(&mut name).map_err(|_| io::Error::other("no random numbers"))?;
        let folder = root.join("staging");
        tokio::fs::create_dir_all(&folder).await?;
        let path = folder.join(hex::encode(name));
        let file = File::create_new(&path).await?;
        Ok(Self { file, path: Temporary(path), size: 0, sha256: Sha256::new(), md5: Md5::new() })
    }

    pub(crate) async fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.sha256.update(bytes);
        self.md5.update(bytes);
        self.size += bytes.len() as u64;
        self.file.write_all(bytes).await
    }

    pub(crate) async fn finish(mut self) -> io::Result<Staged> {
        self.file.flush().await?;
        let (sha256, md5) = (hex::encode(self.sha256.finalize()), hex::encode(self.md5.finalize()));
        Ok(Staged { path: self.path, size: self.size, sha256, etag: md5.clone(), md5 })
    }
}

impl Staged {
    /// Moves the bytes to their place; the same bytes there already are as good.
    pub(super) fn keep(&self, root: &Path) -> io::Result<()> {
        let kept = path(root, &self.sha256);
        if kept.metadata().is_ok_and(|there| there.len() == self.size) {
            return Ok(());
        }
        if let Some(folder) = kept.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::rename(&self.path.0, kept)
    }
}

/// Removes a blob; one that is gone already is no error.
pub(super) fn remove(root: &Path, hash: &str) -> io::Result<()> {
    match std::fs::remove_file(path(root, hash)) {
        Err(e) if e.kind() != io::ErrorKind::NotFound => Err(e),
        _ => Ok(()),
    }
}
