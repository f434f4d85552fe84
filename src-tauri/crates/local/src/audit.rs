//! The file in which shares are written down, where the policy names one.

use std::fs::OpenOptions;
use std::io::{self, Write as _};

use guestpass_core::ports::Audit;
use guestpass_core::{Error, Kind, Result};

/// Appends to files, and never reads or cuts one. A file that is not there is created; its group may read it, and
/// others may not.
#[derive(Clone, Copy, Debug, Default)]
pub struct AuditFile;

impl Audit for AuditFile {
    fn note(&self, path: &str, line: &str) -> Result<()> {
        append(path, line).map_err(|error| {
            let kind = Kind::AuditUnwritable { path: path.to_owned() };
            Error::from(kind).with_detail(error.to_string()).with_source(error)
        })
    }
}

fn append(path: &str, line: &str) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.append(true).create(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o640);
    let mut file = options.open(path)?;
    // In one piece: the window and commands may write at the same time.
    file.write_all(format!("{line}\n").as_bytes())
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::*;

    #[test]
    fn lines_are_added_whole_from_wherever_they_come() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shares.jsonl");
        let path = path.to_str().unwrap();
        fs::write(path, "earlier\n").unwrap();
        std::thread::scope(|scope| {
            for thread in 0..4 {
                scope.spawn(move || {
                    for _ in 0..50 {
                        AuditFile.note(path, &thread.to_string().repeat(500)).unwrap();
                    }
                });
            }
        });
        let text = fs::read_to_string(path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!((lines.len(), lines[0]), (201, "earlier"));
        let is_whole = |line: &&str| line.len() == 500 && line.bytes().all(|byte| byte == line.as_bytes()[0]);
        assert!(lines[1..].iter().all(is_whole));
    }

    #[cfg(unix)]
    #[test]
    fn a_new_file_is_not_for_everybody() {
        use std::os::unix::fs::PermissionsExt as _;
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("shares.jsonl");
        AuditFile.note(path.to_str().unwrap(), "{}").unwrap();
        assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o137, 0);
    }

    #[test]
    fn a_file_that_cannot_be_written_is_named() {
        let folder = tempfile::tempdir().unwrap();
        for path in [folder.path().to_owned(), folder.path().join("no/shares.jsonl")] {
            let path = path.to_str().unwrap();
            let error = AuditFile.note(path, "{}").unwrap_err();
            assert_eq!(error.kind(), &Kind::AuditUnwritable { path: path.to_owned() });
            assert!(error.detail().is_some());
        }
    }
}
