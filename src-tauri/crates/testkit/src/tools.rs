//! Programs that `cargo xtask test` installs below the person's cache, each in a Python environment of its own.

use std::env;
use std::path::{Path, PathBuf};

/// The S3 server; `GUESTPASS_WEED` names another one.
pub fn weed() -> PathBuf {
    tool("SeaweedFS", "guestpass/seaweedfs-4.48", "weed", "GUESTPASS_WEED")
}

/// The Python that has botocore; `GUESTPASS_BOTOCORE` names another one.
pub fn botocore() -> PathBuf {
    tool("botocore", "guestpass/botocore-1.44.5", "python", "GUESTPASS_BOTOCORE")
}

fn tool(name: &str, folder: &str, program: &str, variable: &str) -> PathBuf {
    if let Some(own) = env::var_os(variable).filter(|own| !own.is_empty()) {
        return own.into();
    }
    let cache = env::var_os("XDG_CACHE_HOME").map(PathBuf::from).filter(|path| path.is_absolute());
    let cache = cache.or_else(|| Some(env::home_dir()?.join(".cache"))).unwrap_or_default();
    let programs = cache.join(folder).join(if cfg!(windows) { "Scripts" } else { "bin" });
    let program = programs.join(Path::new(program).with_extension(env::consts::EXE_EXTENSION));
    assert!(
        program.is_file(),
        "{name} is not at {}: `cargo xtask test` installs it, or {variable} names another",
        program.display()
    );
    program
}
