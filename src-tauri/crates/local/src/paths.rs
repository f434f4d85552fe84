//! Where the app keeps what is its own. Not where anything of AWS is: that is the profiles' business.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

/// The folder's name, the same on every system.
const NAME: &str = "guestpass";

/// The app's data folder. It exists, and on Unix nobody else may look into it.
///
/// Linux: `$XDG_DATA_HOME/guestpass` or `~/.local/share/guestpass`. macOS:
/// `~/Library/Application Support/guestpass`. Windows: `%APPDATA%\guestpass`.
#[derive(Clone, Debug)]
pub struct DataDir(PathBuf);

impl DataDir {
    /// The folder of the person who runs the app, created if it is not there.
    ///
    /// # Errors
    /// `NotFound` where the system names no home, else what creating it met.
    pub fn open() -> io::Result<Self> {
        let base = dirs::data_dir().ok_or_else(|| io::Error::from(io::ErrorKind::NotFound))?;
        Self::open_at(base.join(NAME))
    }

    /// The same at another place.
    ///
    /// # Errors
    /// What creating it met.
    pub fn open_at(path: impl Into<PathBuf>) -> io::Result<Self> {
        let path = path.into();
        create_private(&path)?;
        Ok(Self(path))
    }

    /// The folder itself.
    pub fn path(&self) -> &Path {
        &self.0
    }

    /// The journal of transfers.
    pub fn journal(&self) -> PathBuf {
        self.0.join("transfers.sqlite")
    }

    /// Where pictures are kept that were pasted, until they have been sent. Created, and nobody else may look.
    ///
    /// # Errors
    /// What creating it met.
    pub fn pasted(&self) -> io::Result<PathBuf> {
        let path = self.0.join("pasted");
        create_private(&path)?;
        Ok(path)
    }

    /// Where the practice bucket keeps its objects. Named, not created: only who practises needs it.
    pub fn practice(&self) -> PathBuf {
        self.0.join("practice")
    }
}

#[cfg(unix)]
fn create_private(path: &Path) -> io::Result<()> {
    use std::os::unix::fs::{DirBuilderExt, PermissionsExt};
    const PRIVATE: u32 = 0o700;
    fs::DirBuilder::new().recursive(true).mode(PRIVATE).create(path)?;
    // A folder that was there already, from a restored backup say, may be open to others.
    if fs::metadata(path)?.permissions().mode() & 0o777 != PRIVATE {
        fs::set_permissions(path, fs::Permissions::from_mode(PRIVATE))?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn create_private(path: &Path) -> io::Result<()> {
    fs::create_dir_all(path)
}

#[cfg(unix)]
#[cfg(test)]
mod tests {
    use std::os::unix::fs::PermissionsExt;

    use super::*;

    fn mode(path: &Path) -> u32 {
        fs::metadata(path).unwrap().permissions().mode() & 0o777
    }

    #[test]
    fn nobody_else_may_look() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("share").join(NAME);
        let data = DataDir::open_at(&path).unwrap();
        assert_eq!(mode(data.path()), 0o700);
        assert_eq!(data.practice(), path.join("practice"));

        fs::set_permissions(&path, fs::Permissions::from_mode(0o755)).unwrap();
        DataDir::open_at(&path).unwrap();
        assert_eq!(mode(&path), 0o700, "an existing folder is closed again");
    }

    #[test]
    fn a_file_in_the_way_is_an_error() {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join(NAME);
        fs::write(&path, "").unwrap();
        assert!(DataDir::open_at(&path).is_err());
    }
}
