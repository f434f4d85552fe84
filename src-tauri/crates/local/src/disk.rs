//! Files that are saved on this computer: written beside their place, and there under their name whole or not at all.

use std::collections::HashSet;
use std::fs::{self, File};
use std::io;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use async_trait::async_trait;
use bytes::Bytes;
use guestpass_core::ports::{Arriving, Disk};
use guestpass_core::{Error, Kind, Result};
use jiff::Timestamp;
use tempfile::NamedTempFile;

mod checksum;
mod partial;

/// The disk of this computer.
#[derive(Debug, Default)]
pub struct LocalDisk {
    /// The folders in which nothing of an earlier run is left.
    swept: Arc<Mutex<HashSet<PathBuf>>>,
}

#[async_trait]
impl Disk for LocalDisk {
    async fn make_folder(&self, path: &Path) -> Result<bool> {
        let (path, name) = (path.to_owned(), name_of(path));
        blocking(&name, move || match fs::create_dir(&path) {
            Err(e) if e.kind() == io::ErrorKind::AlreadyExists => Ok(path.is_dir()),
            made => made.map(|()| true),
        })
        .await
    }

    async fn begin(&self, path: &Path, size: u64) -> Result<Arc<dyn Arriving>> {
        let (path, name, swept) = (path.to_owned(), name_of(path), self.swept.clone());
        let begun = blocking(&name, move || {
            let folder = path.parent().ok_or(io::ErrorKind::NotFound)?;
            if swept.lock().unwrap_or_else(PoisonError::into_inner).insert(folder.to_owned()) {
                partial::sweep(folder);
            }
            let named = partial::begin(folder)?;
            named.as_file().set_len(size)?;
            let file = named.as_file().try_clone()?;
            Ok((named, file))
        });
        let (named, file) = begun.await?;
        Ok(Arc::new(Saving { file: Arc::new(file), named: Mutex::new(Some(named)), name }))
    }
}

/// A file on its way. Dropped, it removes what it has written.
struct Saving {
    file: Arc<File>,
    named: Mutex<Option<NamedTempFile>>,
    /// What the person calls it.
    name: String,
}

#[async_trait]
impl Arriving for Saving {
    async fn write(&self, at: u64, bytes: Bytes) -> Result<()> {
        let file = self.file.clone();
        blocking(&self.name, move || write_at(&file, &bytes, at)).await
    }

    async fn checksum(&self, algorithm: &str) -> Result<Option<String>> {
        let (file, algorithm) = (self.file.clone(), algorithm.to_owned());
        blocking(&self.name, move || checksum::of(&file, &algorithm)).await
    }

    async fn keep(&self, path: &Path, modified_at: Option<Timestamp>, replaces: bool) -> Result<bool> {
        let taken = self.named.lock().unwrap_or_else(PoisonError::into_inner).take();
        let named = taken.ok_or_else(|| Error::from(Kind::Internal).with_detail("the file has its name"))?;
        let path = path.to_owned();
        let kept = blocking(&self.name, move || keep(named, &path, modified_at, replaces)).await?;
        let is_kept = kept.is_none();
        *self.named.lock().unwrap_or_else(PoisonError::into_inner) = kept;
        Ok(is_kept)
    }
}

/// Answers the file again where its name is taken.
fn keep(
    named: NamedTempFile,
    path: &Path,
    modified_at: Option<Timestamp>,
    replaces: bool,
) -> io::Result<Option<NamedTempFile>> {
    if let Some(at) = modified_at.and_then(system_time) {
        // Where the disk does not take it, the file is worth more than its date.
        let _ = named.as_file().set_modified(at);
    }
    named.as_file().sync_all()?;
    if replaces {
        named.persist(path)?;
        return Ok(None);
    }
    match named.persist_noclobber(path) {
        Ok(_) => Ok(None),
        Err(taken) if taken.error.kind() == io::ErrorKind::AlreadyExists => Ok(Some(taken.file)),
        // Memory sticks and network disks often know neither a rename that replaces nothing nor hard links.
        Err(refused) => keep_in_reserve(refused.file, path),
    }
}

/// The same with what every disk knows: the name is taken by an empty file, and that is replaced.
fn keep_in_reserve(named: NamedTempFile, path: &Path) -> io::Result<Option<NamedTempFile>> {
    match File::create_new(path) {
        Err(taken) if taken.kind() == io::ErrorKind::AlreadyExists => return Ok(Some(named)),
        reserved => drop(reserved?),
    }
    named.persist(path).map(|_| None).map_err(|refused| {
        let _ = fs::remove_file(path);
        refused.error
    })
}

/// None before 1970, when nothing was written.
fn system_time(at: Timestamp) -> Option<SystemTime> {
    let since = Duration::from_nanos(u64::try_from(at.as_nanosecond()).ok()?);
    SystemTime::UNIX_EPOCH.checked_add(since)
}

#[cfg(unix)]
fn write_at(file: &File, bytes: &[u8], at: u64) -> io::Result<()> {
    std::os::unix::fs::FileExt::write_all_at(file, bytes, at)
}

#[cfg(windows)]
fn write_at(file: &File, mut bytes: &[u8], mut at: u64) -> io::Result<()> {
    while !bytes.is_empty() {
        let written = std::os::windows::fs::FileExt::seek_write(file, bytes, at)?;
        if written == 0 {
            return Err(io::ErrorKind::WriteZero.into());
        }
        bytes = &bytes[written..];
        at += written as u64;
    }
    Ok(())
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

async fn blocking<T: Send + 'static>(
    name: &str,
    work: impl FnOnce() -> io::Result<T> + Send + 'static,
) -> Result<T> {
    let done = tokio::task::spawn_blocking(work).await;
    let done = done.map_err(|e| Error::from(Kind::Internal).with_source(e))?;
    done.map_err(|error| {
        let name = name.to_owned();
        let kind = match error.kind() {
            io::ErrorKind::StorageFull | io::ErrorKind::QuotaExceeded => Kind::DiskFull { name },
            _ => Kind::FileUnwritable { name },
        };
        Error::from(kind).with_detail(error.to_string()).with_source(error)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path) -> Vec<String> {
        let mut names: Vec<_> = fs::read_dir(folder)
            .unwrap()
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }

    #[tokio::test]
    async fn a_file_is_there_whole_or_not_at_all() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("film.mp4");
        let at: Timestamp = "2026-11-20T10:00:00Z".parse().unwrap();
        let file = LocalDisk::default().begin(&path, 10).await.unwrap();
        file.write(5, Bytes::from_static(b"world")).await.unwrap();
        assert!(!path.exists());
        file.write(0, Bytes::from_static(b"hello")).await.unwrap();
        assert!(file.keep(&path, Some(at), false).await.unwrap());
        assert_eq!(fs::read_to_string(&path).unwrap(), "helloworld");
        assert_eq!(fs::metadata(&path).unwrap().modified().unwrap(), system_time(at).unwrap());
        drop(file);
        assert_eq!(names(path.parent().unwrap()), ["film.mp4"]);
        #[cfg(unix)]
        {
            use std::os::unix::fs::PermissionsExt;
            let plain = folder.path().join("plain");
            fs::write(&plain, "").unwrap();
            let mode = |path: &Path| fs::metadata(path).unwrap().permissions().mode();
            assert_eq!(mode(&path), mode(&plain), "as any file of this person's");
        }
    }

    #[tokio::test]
    async fn what_is_given_up_leaves_nothing() {
        let folder = tempfile::tempdir().unwrap();
        let file = LocalDisk::default().begin(&folder.path().join("a"), 3).await.unwrap();
        file.write(0, Bytes::from_static(b"abc")).await.unwrap();
        assert_eq!(names(folder.path()).len(), 1);
        drop(file);
        assert!(names(folder.path()).is_empty());
    }

    #[tokio::test]
    async fn nothing_is_written_over_unless_that_is_meant() {
        let folder = tempfile::tempdir().unwrap();
        let (taken, free) = (folder.path().join("a"), folder.path().join("a (2)"));
        fs::write(&taken, "mine").unwrap();
        let file = LocalDisk::default().begin(&taken, 3).await.unwrap();
        file.write(0, Bytes::from_static(b"new")).await.unwrap();
        assert!(!file.keep(&taken, None, false).await.unwrap());
        assert!(file.keep(&free, None, false).await.unwrap());
        assert_eq!((fs::read(&taken).unwrap(), fs::read(&free).unwrap()), (b"mine".to_vec(), b"new".to_vec()));
        let file = LocalDisk::default().begin(&taken, 3).await.unwrap();
        file.write(0, Bytes::from_static(b"his")).await.unwrap();
        assert!(file.keep(&taken, None, true).await.unwrap());
        assert_eq!(fs::read(&taken).unwrap(), b"his");
    }

    #[tokio::test]
    async fn a_disk_that_only_renames_over_what_is_there_replaces_nothing_either() {
        let folder = tempfile::tempdir().unwrap();
        let (taken, free) = (folder.path().join("a"), folder.path().join("a (2)"));
        fs::write(&taken, "mine").unwrap();
        let part = partial::begin(folder.path()).unwrap();
        fs::write(part.path(), "new").unwrap();
        let part = keep_in_reserve(part, &taken).unwrap().expect("the name is taken");
        assert!(keep_in_reserve(part, &free).unwrap().is_none());
        assert_eq!((fs::read(&taken).unwrap(), fs::read(&free).unwrap()), (b"mine".to_vec(), b"new".to_vec()));
        assert_eq!(names(folder.path()), ["a", "a (2)"]);
        // What cannot be renamed gives the name back.
        let part = partial::begin(folder.path()).unwrap();
        fs::remove_file(part.path()).unwrap();
        assert!(keep_in_reserve(part, &folder.path().join("b")).is_err());
        assert_eq!(names(folder.path()), ["a", "a (2)"]);
    }

    #[tokio::test]
    async fn a_folder_is_made_once_and_never_over_a_file() {
        let folder = tempfile::tempdir().unwrap();
        let disk = LocalDisk::default();
        let made = folder.path().join("made");
        assert!(disk.make_folder(&made).await.unwrap());
        assert!(disk.make_folder(&made).await.unwrap());
        fs::write(folder.path().join("file"), "").unwrap();
        assert!(!disk.make_folder(&folder.path().join("file")).await.unwrap());
        let refused = disk.make_folder(&folder.path().join("gone/below")).await.unwrap_err();
        assert_eq!(refused.into_kind(), Kind::FileUnwritable { name: "below".into() });
    }

    #[tokio::test]
    async fn what_a_killed_run_has_left_goes_when_the_next_one_saves_there() {
        let folder = tempfile::tempdir().unwrap();
        let of_another = partial::begin(folder.path()).unwrap();
        let another = of_another.path().file_name().unwrap().to_str().unwrap().to_owned();
        fs::write(folder.path().join(".guestpass-a1B2c3.part"), "left").unwrap();
        fs::write(folder.path().join(".guestpass-notes.part"), "mine").unwrap();
        let disk = LocalDisk::default();
        let first = disk.begin(&folder.path().join("a"), 1).await.unwrap();
        let second = disk.begin(&folder.path().join("b"), 1).await.unwrap();
        drop((first, second));
        let mut expected = [another, ".guestpass-notes.part".to_owned()];
        expected.sort();
        assert_eq!(names(folder.path()), expected, "what is on its way stays, whoever saves it");
    }

    /// `/dev/full` answers every write as a full disk does.
    #[cfg(target_os = "linux")]
    #[tokio::test]
    async fn a_full_disk_is_told_as_such() {
        let full = Arc::new(fs::OpenOptions::new().write(true).open("/dev/full").unwrap());
        let saving = Saving { file: full, named: Mutex::default(), name: "film.mp4".into() };
        let refused = saving.write(0, Bytes::from_static(b"x")).await.unwrap_err();
        assert_eq!(refused.into_kind(), Kind::DiskFull { name: "film.mp4".into() });
    }
}
