//! The policy file of this computer: where it lies, and whether it has changed.
//!
//! What it says is the core's to understand. It lies where only administrators write, and nothing that the person who
//! runs the app can set moves it; a file that is there and cannot be read is never taken for none.

use std::fs::{self, File};
use std::io::{self, ErrorKind, Read as _};
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::{Duration, Instant, SystemTime};

use guestpass_core::ports::PolicyBook;
use guestpass_core::{Error, Kind, Policy, Result};

use crate::Env;

/// Not from a variable such as `ProgramData`, by which anybody could lead the app to a policy of their own.
///
/// On Windows everybody may create what is not there yet in `C:\ProgramData`: whoever administers it creates the
/// folder, and lets only administrators write there.
const SYSTEM: &str = if cfg!(windows) {
    r"C:\ProgramData\Guestpass\policy.toml"
} else if cfg!(target_os = "macos") {
    "/Library/Application Support/Guestpass/policy.toml"
} else {
    "/etc/guestpass/policy.toml"
};

/// Names another file to tests. Release builds do not know it.
pub(crate) const VARIABLE: &str = "GUESTPASS_POLICY";

/// The longest policy that is read, in bytes.
const MAX_BYTES: u64 = 256 * 1024;

/// How long a look at the file is good: ten thousand links are not ten thousand looks, and a person notices nothing.
const GOOD_FOR: Duration = Duration::from_millis(50);

/// A policy file, read again when its length or its time of modification is another.
#[derive(Debug)]
pub struct PolicyFile {
    path: PathBuf,
    good_for: Duration,
    known: Mutex<Option<Known>>,
}

/// What the last look has found. A mistake is looked at anew each time.
#[derive(Clone, Debug)]
struct Known {
    looked_at: Instant,
    /// `None` where there was no file.
    stamp: Option<Stamp>,
    policy: Arc<Policy>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Stamp {
    modified: Option<SystemTime>,
    length: u64,
}

impl PolicyFile {
    /// The one of this computer: `/etc/guestpass/policy.toml`, on macOS
    /// `/Library/Application Support/Guestpass/policy.toml`, on Windows `C:\ProgramData\Guestpass\policy.toml`.
    pub fn system(env: &Env) -> Self {
        let other = env.get(VARIABLE).filter(|path| cfg!(debug_assertions) && !path.is_empty());
        Self { good_for: GOOD_FOR, ..Self::at(other.unwrap_or(SYSTEM)) }
    }

    /// The same elsewhere, looked at whenever it is asked for.
    pub fn at(path: impl Into<PathBuf>) -> Self {
        Self { path: path.into(), good_for: Duration::ZERO, known: Mutex::default() }
    }

    fn unreadable(&self, error: io::Error) -> Error {
        let kind = Kind::PolicyBroken { path: self.path.display().to_string(), line: None };
        Error::from(kind).with_detail(error.to_string()).with_source(error)
    }
}

impl PolicyBook for PolicyFile {
    fn policy(&self) -> Result<Arc<Policy>> {
        let mut known = self.known.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(known) = &*known
            && known.looked_at.elapsed() < self.good_for
        {
            return Ok(known.policy.clone());
        }
        // Before it is read: what is written while it is read is seen the next time.
        let before = known.take();
        let looked_at = Instant::now();
        let stamp = stamp(&self.path).map_err(|error| self.unreadable(error))?;
        let policy = match before.filter(|before| before.stamp == stamp) {
            Some(before) => before.policy,
            None if stamp.is_none() => Arc::default(),
            None => {
                let text = read(&self.path).map_err(|error| self.unreadable(error))?;
                Arc::new(Policy::parse(&text, &self.path.display().to_string())?)
            }
        };
        *known = Some(Known { looked_at, stamp, policy: policy.clone() });
        Ok(policy)
    }
}

/// `None` where there is nothing at all: a link that leads nowhere is something.
fn stamp(path: &Path) -> io::Result<Option<Stamp>> {
    match fs::symlink_metadata(path) {
        Err(error) if error.kind() == ErrorKind::NotFound => return Ok(None),
        found => found?,
    };
    let metadata = fs::metadata(path)?;
    // Opening a pipe would wait for ever.
    if !metadata.is_file() {
        return Err(io::Error::other("not a file"));
    }
    Ok(Some(Stamp { modified: metadata.modified().ok(), length: metadata.len() }))
}

fn read(path: &Path) -> io::Result<Vec<u8>> {
    let mut text = Vec::new();
    File::open(path)?.take(MAX_BYTES + 1).read_to_end(&mut text)?;
    if text.len() as u64 > MAX_BYTES { Err(io::Error::other("too long for a policy")) } else { Ok(text) }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn broken(file: &PolicyFile) -> (String, Option<u32>) {
        match file.policy().expect_err("not a policy").into_kind() {
            Kind::PolicyBroken { path, line } => (path, line),
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn no_file_is_no_limit_and_a_new_one_counts_at_once() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("policy.toml");
        let file = PolicyFile::at(&path);
        assert_eq!(*file.policy().unwrap(), Policy::default());
        fs::write(&path, "access-keys = false").unwrap();
        let policy = file.policy().unwrap();
        assert!(!policy.access_keys);
        assert!(Arc::ptr_eq(&policy, &file.policy().unwrap()), "what is known is not read again");

        fs::write(&path, "access-keys = true ").unwrap();
        let later = File::options().write(true).open(&path).unwrap();
        later.set_modified(SystemTime::now() + Duration::from_secs(7)).unwrap();
        assert!(file.policy().unwrap().access_keys, "of the same length, and changed");
        fs::write(&path, "\nacces-keys = false").unwrap();
        assert_eq!(broken(&file), (path.display().to_string(), Some(2)));
        assert_eq!(broken(&file), (path.display().to_string(), Some(2)), "a mistake is not forgotten");
        fs::remove_file(&path).unwrap();
        assert_eq!(*file.policy().unwrap(), Policy::default());
    }

    #[test]
    fn what_cannot_be_read_is_not_taken_for_none() {
        let folder = tempfile::tempdir().unwrap();
        let is_broken = |path: PathBuf| {
            assert_eq!(broken(&PolicyFile::at(&path)), (path.display().to_string(), None));
        };
        is_broken(folder.path().to_owned());
        let long = folder.path().join("long.toml");
        fs::write(&long, "#".repeat(300_000)).unwrap();
        #[cfg(unix)]
        {
            // A file where the folder should be, and a link that leads nowhere.
            is_broken(long.join("policy.toml"));
            std::os::unix::fs::symlink("nowhere", folder.path().join("link.toml")).unwrap();
            is_broken(folder.path().join("link.toml"));
        }
        is_broken(long);
    }

    #[test]
    fn only_a_build_for_tests_can_be_led_elsewhere() {
        let at = |pairs: Vec<(&str, &str)>| PolicyFile::system(&Env::from_pairs(pairs)).path;
        assert_eq!(at(vec![]), Path::new(SYSTEM));
        assert_eq!(at(vec![(VARIABLE, "")]), Path::new(SYSTEM));
        let led = if cfg!(debug_assertions) { "/tmp/policy.toml" } else { SYSTEM };
        assert_eq!(at(vec![(VARIABLE, "/tmp/policy.toml")]), Path::new(led));
        assert_eq!(at(vec![("ProgramData", "/tmp"), ("PROGRAMDATA", "/tmp")]), Path::new(SYSTEM));
    }
}
