//! From what a person offers to files: folders are walked, and what cannot or should not be sent is named.

use std::fs::Metadata;
use std::path::Path;

use guestpass_core::OfferedFile;
use walkdir::{DirEntry, WalkDir};

use crate::ipc::{SkipReason, Skipped};

/// What lies in an offer, in the order in which it was offered; a folder's files in the order of their names.
#[derive(Debug, Default)]
pub(crate) struct Found {
    pub(crate) files: Vec<OfferedFile>,
    /// By their paths, with `/`.
    pub(crate) empty_folders: Vec<String>,
    pub(crate) skipped: Vec<Skipped>,
}

/// What file managers and office programs leave beside files, and nobody means to send.
const OF_THE_SYSTEM: [&str; 8] = [
    ".DS_Store",
    ".localized",
    ".Spotlight-V100",
    ".Trashes",
    ".fseventsd",
    "Thumbs.db",
    "ehthumbs.db",
    "desktop.ini",
];

pub(crate) fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// A file that can be sent, or why it cannot. What was offered by itself is meant, also where it is a link.
pub(crate) fn look_at(path: &Path) -> Result<OfferedFile, Skipped> {
    let meta = std::fs::metadata(path);
    let meta = meta.map_err(|_| Skipped { name: name_of(path), reason: SkipReason::Unreadable })?;
    let name = path.file_name().and_then(|name| name.to_str());
    readable(path, name.map(str::to_owned), &meta).map_err(|reason| Skipped { name: name_of(path), reason })
}

impl Found {
    /// Looks at all of an offer. Waits for the disk, which may be a slow network drive.
    pub(crate) fn of(paths: &[std::path::PathBuf]) -> Self {
        let mut found = Self::default();
        for path in paths {
            if path.is_dir() {
                found.walk(path);
            } else {
                match look_at(path) {
                    Ok(file) => found.files.push(file),
                    Err(skipped) => found.skipped.push(skipped),
                }
            }
        }
        found
    }

    fn walk(&mut self, folder: &Path) {
        // The folder's own name is part of the names of its files; links in it are not followed.
        let base = folder.parent().unwrap_or(folder);
        let mut last_folders: Vec<(String, usize, bool)> = Vec::new();
        for entry in WalkDir::new(folder).sort_by_file_name() {
            let entry = match entry {
                Ok(entry) => entry,
                Err(e) => {
                    let name = e.path().map(name_of).unwrap_or_default();
                    self.skipped.push(Skipped { name, reason: SkipReason::Unreadable });
                    continue;
                }
            };
            self.close_folders(&mut last_folders, entry.depth());
            let name = relative(entry.path(), base);
            if entry.file_type().is_dir() {
                last_folders.push((name.unwrap_or_default(), entry.depth(), true));
                continue;
            }
            for (_, _, is_empty) in &mut last_folders {
                *is_empty = false;
            }
            match file_in_folder(&entry, name.clone()) {
                Ok(file) => self.files.push(file),
                Err(reason) => {
                    let name = name.unwrap_or_else(|| name_of(entry.path()));
                    self.skipped.push(Skipped { name, reason });
                }
            }
        }
        self.close_folders(&mut last_folders, 0);
    }

    /// Notes as empty what held nothing at all; a folder of empty folders is made by making those.
    fn close_folders(&mut self, open: &mut Vec<(String, usize, bool)>, depth: usize) {
        while open.last().is_some_and(|(_, of, _)| *of >= depth) {
            if let Some((name, _, is_empty)) = open.pop()
                && is_empty
                && !name.is_empty()
            {
                self.empty_folders.push(name);
                for (_, _, outer_is_empty) in open.iter_mut() {
                    *outer_is_empty = false;
                }
            }
        }
    }
}

fn file_in_folder(entry: &DirEntry, name: Option<String>) -> Result<OfferedFile, SkipReason> {
    let own = entry.file_name().to_string_lossy();
    if OF_THE_SYSTEM.contains(&&*own) || ["._", "~$", ".~lock."].iter().any(|start| own.starts_with(start)) {
        return Err(SkipReason::System);
    }
    if entry.path_is_symlink() {
        return Err(SkipReason::Link);
    }
    let meta = entry.metadata().map_err(|_| SkipReason::Unreadable)?;
    readable(entry.path(), name, &meta)
}

fn readable(path: &Path, name: Option<String>, meta: &Metadata) -> Result<OfferedFile, SkipReason> {
    // A pipe or device is not opened: that could wait for ever. Opening tells whether a file may be read.
    if !meta.is_file() {
        return Err(SkipReason::Special);
    }
    let name = name.ok_or(SkipReason::Name)?;
    std::fs::File::open(path).map_err(|_| SkipReason::Unreadable)?;
    Ok(OfferedFile { name, size: meta.len(), path: path.to_owned() })
}

/// The path below `base`, with `/`; nothing where it is no text.
fn relative(path: &Path, base: &Path) -> Option<String> {
    let below = path.strip_prefix(base).unwrap_or(path);
    let parts: Option<Vec<&str>> = below.iter().map(|part| part.to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(found: &Found) -> Vec<&str> {
        found.files.iter().map(|file| file.name.as_str()).collect()
    }

    #[test]
    fn a_folder_keeps_its_structure_and_names_what_is_empty() {
        let home = tempfile::tempdir().unwrap();
        let photos = home.path().join("Photos");
        std::fs::create_dir_all(photos.join("2026/May")).unwrap();
        std::fs::create_dir_all(photos.join("to come/later")).unwrap();
        for name in ["2026/May/b.jpg", "2026/May/a.jpg", "list 新.txt", ".DS_Store", "2026/~$list.docx"] {
            std::fs::write(photos.join(name), "x").unwrap();
        }
        let single = home.path().join("letter.pdf");
        std::fs::write(&single, "x").unwrap();
        let found = Found::of(&[single, photos]);
        assert_eq!(
            names(&found),
            ["letter.pdf", "Photos/2026/May/a.jpg", "Photos/2026/May/b.jpg", "Photos/list 新.txt"]
        );
        assert_eq!(found.empty_folders, ["Photos/to come/later"]);
        let skipped: Vec<_> = found.skipped.iter().map(|one| (one.name.as_str(), one.reason)).collect();
        assert_eq!(
            skipped,
            [("Photos/.DS_Store", SkipReason::System), ("Photos/2026/~$list.docx", SkipReason::System)]
        );
    }

    #[cfg(unix)]
    #[test]
    fn links_sockets_unreadable_files_and_odd_names_are_told() {
        use std::os::unix::ffi::OsStrExt;
        use std::os::unix::fs::{PermissionsExt, symlink};
        let home = tempfile::tempdir().unwrap();
        let folder = home.path().join("F");
        std::fs::create_dir(&folder).unwrap();
        symlink("/etc/passwd", folder.join("a link")).unwrap();
        symlink(&folder, folder.join("b loop")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(folder.join("c socket")).unwrap();
        std::fs::write(folder.join("d locked"), "x").unwrap();
        std::fs::set_permissions(folder.join("d locked"), std::fs::Permissions::from_mode(0o000)).unwrap();
        std::fs::write(folder.join(std::ffi::OsStr::from_bytes(b"e \xff")), "x").unwrap();
        let found = Found::of(std::slice::from_ref(&folder));
        let reasons: Vec<_> = found.skipped.iter().map(|one| one.reason).collect();
        let mut expected = vec![
            SkipReason::Link,
            SkipReason::Link,
            SkipReason::Special,
            SkipReason::Unreadable,
            SkipReason::Name,
        ];
        if std::fs::File::open(folder.join("d locked")).is_ok() {
            // Whoever runs this may read everything.
            expected.remove(3);
        }
        assert_eq!(reasons, expected);
        assert!(look_at(&folder.join("a link")).is_ok(), "what is offered by itself is meant");
    }
}
