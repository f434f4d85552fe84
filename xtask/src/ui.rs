//! The page of the window, in `ui/`: its packages, its build, its checks. All through npm.

use std::{path::Path, process::Command, time::SystemTime};

use crate::step::{Failure, command, root, run, say};

/// `npm` in `ui/`.
pub(crate) fn npm(args: &[&str]) -> Command {
    let mut npm = command(if cfg!(windows) { "npm.cmd" } else { "npm" });
    npm.args(args).current_dir(root().join("ui"));
    npm
}

/// `npm ci`, when the installed packages are not those of the lock file.
pub(crate) fn install() -> Result<(), Failure> {
    let ui = root().join("ui");
    let lock = changed(&ui.join("package-lock.json"));
    let installed = changed(&ui.join("node_modules/.package-lock.json"));
    match stale(lock, installed) {
        None => {
            say("ui packages: as in the lock file");
            Ok(())
        }
        Some(why) => run(
            why,
            &mut npm(&["ci", "--no-audit", "--no-fund"]),
            "see that Node 20.19 or newer is there: node --version",
        ),
    }
}

/// `npm run build`: the app embeds what this makes.
pub(crate) fn build() -> Result<(), Failure> {
    run(
        "the page of the window",
        &mut npm(&["run", "build"]),
        "the error above names the file; `npm run check` in ui/ tells more",
    )
}

/// Whether there is a build to embed, fresh or not.
pub(crate) fn is_built() -> bool {
    root().join("ui/dist/index.html").exists()
}

fn changed(path: &Path) -> Option<SystemTime> {
    path.metadata().and_then(|meta| meta.modified()).ok()
}

/// Why the packages must be installed again, if they must. npm writes its own lock file last.
fn stale(lock: Option<SystemTime>, installed: Option<SystemTime>) -> Option<&'static str> {
    match (lock, installed) {
        (_, None) => Some("the ui's packages are not installed"),
        (Some(lock), Some(installed)) if installed < lock => {
            Some("the ui's lock file is newer than its packages")
        }
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Duration;

    #[test]
    fn packages_are_installed_when_missing_or_older_than_the_lock() {
        let noon = SystemTime::UNIX_EPOCH + Duration::from_secs(43_200);
        let later = noon + Duration::from_secs(1);
        assert_eq!(stale(Some(noon), None), Some("the ui's packages are not installed"));
        assert_eq!(stale(Some(later), Some(noon)), Some("the ui's lock file is newer than its packages"));
        assert_eq!(stale(Some(noon), Some(later)), None, "installed after the lock was written");
        assert_eq!(stale(Some(noon), Some(noon)), None, "a checkout and an install within one tick");
    }
}
