//! A disk in memory, and how much of it is free.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use guestpass_core::ports::{Arriving, Disk};
use guestpass_core::{Kind, Result};
use jiff::Timestamp;

/// What was saved, by path.
#[derive(Clone, Default)]
pub struct MemoryDisk(Arc<State>);

#[derive(Default)]
struct State {
    files: Mutex<BTreeMap<PathBuf, Saved>>,
    folders: Mutex<BTreeSet<PathBuf>>,
    free: Mutex<Option<u64>>,
    begun: Mutex<usize>,
    checksum: Mutex<Option<String>>,
}

/// The bytes of a file, and when it was changed.
type Saved = (Vec<u8>, Option<Timestamp>);

impl MemoryDisk {
    /// The bytes of a file.
    pub fn bytes(&self, path: &str) -> Option<Vec<u8>> {
        self.0.files.lock().unwrap().get(Path::new(path)).map(|(bytes, _)| bytes.clone())
    }

    /// When a file was changed.
    pub fn modified_at(&self, path: &str) -> Option<Timestamp> {
        self.0.files.lock().unwrap().get(Path::new(path))?.1
    }

    /// All files.
    pub fn paths(&self) -> Vec<String> {
        self.0.files.lock().unwrap().keys().map(|path| path.to_str().unwrap().replace('\\', "/")).collect()
    }

    /// Puts a file there.
    pub fn write(&self, path: &str, bytes: &[u8]) {
        self.0.files.lock().unwrap().insert(path.into(), (bytes.to_vec(), None));
    }

    /// From now on there is room for so many bytes.
    pub fn set_free(&self, bytes: u64) {
        *self.0.free.lock().unwrap() = Some(bytes);
    }

    /// From now on every checksum is this.
    pub fn set_checksum(&self, sum: &str) {
        *self.0.checksum.lock().unwrap() = Some(sum.to_owned());
    }

    /// How many files have begun that have neither got their name nor been given up.
    pub fn begun(&self) -> usize {
        *self.0.begun.lock().unwrap()
    }
}

#[async_trait]
impl Disk for MemoryDisk {
    async fn make_folder(&self, path: &Path) -> Result<bool> {
        let is_free = !self.0.files.lock().unwrap().contains_key(path);
        if is_free {
            self.0.folders.lock().unwrap().insert(path.to_owned());
        }
        Ok(is_free)
    }

    async fn begin(&self, path: &Path, size: u64) -> Result<Arc<dyn Arriving>> {
        *self.0.begun.lock().unwrap() += 1;
        let bytes = Mutex::new(vec![0; usize::try_from(size).unwrap()]);
        let name = path.file_name().unwrap().to_str().unwrap().to_owned();
        Ok(Arc::new(OnItsWay { disk: self.0.clone(), bytes, name }))
    }
}

struct OnItsWay {
    disk: Arc<State>,
    bytes: Mutex<Vec<u8>>,
    name: String,
}

impl Drop for OnItsWay {
    fn drop(&mut self) {
        *self.disk.begun.lock().unwrap() -= 1;
    }
}

#[async_trait]
impl Arriving for OnItsWay {
    async fn write(&self, at: u64, bytes: Bytes) -> Result<()> {
        if let Some(free) = self.disk.free.lock().unwrap().as_mut() {
            let Some(left) = free.checked_sub(bytes.len() as u64) else {
                return Err(Kind::DiskFull { name: self.name.clone() }.into());
            };
            *free = left;
        }
        let at = usize::try_from(at).unwrap();
        self.bytes.lock().unwrap()[at..at + bytes.len()].copy_from_slice(&bytes);
        Ok(())
    }

    async fn checksum(&self, _: &str) -> Result<Option<String>> {
        Ok(self.disk.checksum.lock().unwrap().clone())
    }

    async fn keep(&self, path: &Path, modified_at: Option<Timestamp>, replaces: bool) -> Result<bool> {
        let mut files = self.disk.files.lock().unwrap();
        let is_taken = files.contains_key(path) || self.disk.folders.lock().unwrap().contains(path);
        if is_taken && !replaces {
            return Ok(false);
        }
        files.insert(path.to_owned(), (self.bytes.lock().unwrap().clone(), modified_at));
        Ok(true)
    }
}
