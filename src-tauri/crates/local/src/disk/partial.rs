//! Files that have no name yet, beside the place where they get one. Each is locked while it is on its way, so that what
//! a killed process has left is known by its having no lock.

use std::fs::{self, File};
use std::io;
use std::path::Path;

use tempfile::NamedTempFile;

const BEGINNING: &str = ".guestpass-";
const ENDING: &str = ".part";
/// Letters and digits between them.
const RANDOM: usize = 6;

/// A new one. Dropped, it is gone.
pub(super) fn begin(folder: &Path) -> io::Result<NamedTempFile> {
    let mut builder = tempfile::Builder::new();
    builder.prefix(BEGINNING).suffix(ENDING).rand_bytes(RANDOM);
    // As any new file of this person's, and not as a secret.
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    loop {
        let named = builder.tempfile_in(folder)?;
        // On a disk without locks nothing is swept either.
        let _ = named.as_file().lock();
        // Somebody may have swept before it was locked.
        if !matches!(named.path().try_exists(), Ok(false)) {
            return Ok(named);
        }
    }
}

/// Removes those that are nobody's any more. What cannot be removed stays: it is in nobody's way.
pub(super) fn sweep(folder: &Path) {
    for entry in fs::read_dir(folder).into_iter().flatten().flatten() {
        let is_file = entry.file_type().is_ok_and(|kind| kind.is_file());
        if !is_file || !entry.file_name().to_str().is_some_and(is_partial) {
            continue;
        }
        if let Ok(file) = File::open(entry.path())
            && file.try_lock().is_ok()
        {
            let _ = fs::remove_file(entry.path());
        }
    }
}

fn is_partial(name: &str) -> bool {
    let random = name.strip_prefix(BEGINNING).and_then(|rest| rest.strip_suffix(ENDING));
    random
        .is_some_and(|random| random.len() == RANDOM && random.bytes().all(|byte| byte.is_ascii_alphanumeric()))
}
