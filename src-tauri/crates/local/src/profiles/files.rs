//! The two AWS files: where they are, and what is in them.
//!
//! Read here and not by the SDK, which takes a file that it cannot read, or that is not UTF-8, for an empty one.

use std::io::ErrorKind;
use std::path::{Component, Path, PathBuf};

use aws_runtime::env_config::file::EnvConfigFileKind;
use aws_runtime::fs_util::{Os, home_dir};
use guestpass_core::{Error, Kind, Result};

use crate::Env;

/// Each file: what it is to the SDK, the variable that moves it, and where it is otherwise.
const PLACES: [(EnvConfigFileKind, &str, &str); 2] = [
    (EnvConfigFileKind::Config, "AWS_CONFIG_FILE", "~/.aws/config"),
    (EnvConfigFileKind::Credentials, "AWS_SHARED_CREDENTIALS_FILE", "~/.aws/credentials"),
];

const BYTE_ORDER_MARK: char = '\u{feff}';

/// One of the files, with its secrets: lives as long as one look at it, and does not print.
pub(super) struct AwsFile {
    pub(super) kind: EnvConfigFileKind,
    pub(super) text: String,
    path: PathBuf,
}

/// Both files, first the config file, which the other overrules. One that is not there has no lines, as to the SDK.
pub(super) async fn read(env: &Env) -> Result<Vec<AwsFile>> {
    let mut files = Vec::with_capacity(PLACES.len());
    for (kind, variable, usual) in PLACES {
        let path = expand_home(env, env.get(variable).unwrap_or(usual));
        let bytes = match tokio::fs::read(&path).await {
            Err(error) if error.kind() == ErrorKind::NotFound => Vec::new(),
            read => {
                read.map_err(|error| unreadable(&path).with_detail(error.to_string()).with_source(error))?
            }
        };
        let text = String::from_utf8(bytes).map_err(|error| {
            let good = &error.as_bytes()[..error.utf8_error().valid_up_to()];
            let line = good.split(|byte| *byte == b'\n').count();
            unreadable(&path).with_detail(format!("line {line} is not UTF-8"))
        })?;
        files.push(AwsFile { kind, text, path });
    }
    Ok(files)
}

impl AwsFile {
    /// The parser names the line and what it missed there, never what the line holds.
    pub(super) fn unparsable(&self, error: impl std::error::Error + Send + Sync + 'static) -> Error {
        let cause = error.source().map_or_else(|| error.to_string(), ToString::to_string);
        let hint = if self.text.starts_with(BYTE_ORDER_MARK) {
            " (the file starts with a byte order mark)"
        } else {
            ""
        };
        unreadable(&self.path).with_detail(cause + hint).with_source(error)
    }
}

fn unreadable(path: &Path) -> Error {
    Error::from(Kind::ProfilesUnreadable { path: path.display().to_string() })
}

/// A leading `~` alone, as the SDK does it: `~name` stays, and without a home `~` does.
fn expand_home(env: &Env, path: &str) -> PathBuf {
    let mut components = Path::new(path).components();
    match (components.next(), home_dir(&env.for_sdk(), Os::real())) {
        (Some(Component::Normal(first)), Some(home)) if first == "~" => {
            let mut path = PathBuf::from(home);
            path.extend(components);
            path
        }
        _ => PathBuf::from(path),
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use aws_runtime::env_config::file::EnvConfigFiles;
    use aws_runtime::env_config::section::EnvConfigSections;
    use aws_runtime::env_config::source;
    use aws_types::os_shim_internal::Fs;

    use super::*;

    /// Puts a file where we look and nowhere else, and lets the SDK look by its own rules.
    #[tokio::test]
    async fn we_look_where_the_sdk_looks() {
        let home = if cfg!(windows) { ("USERPROFILE", r"C:\Users\ada") } else { ("HOME", "/home/ada") };
        let cases = [
            vec![home],
            vec![],
            vec![home, ("AWS_CONFIG_FILE", "~/elsewhere/config")],
            vec![home, ("AWS_CONFIG_FILE", "~other/config")],
            vec![home, ("AWS_CONFIG_FILE", "~")],
            vec![home, ("AWS_CONFIG_FILE", "relative/~/config")],
            vec![home, ("AWS_CONFIG_FILE", "/etc/aws/config")],
            vec![("AWS_CONFIG_FILE", "~/no/home")],
            vec![home, ("AWS_CONFIG_FILE", "")],
            vec![home, ("AWS_SHARED_CREDENTIALS_FILE", "~/keys")],
            vec![("HOME", "/first"), ("USERPROFILE", r"C:\second")],
        ];
        for pairs in cases {
            let env = Env::from_pairs(pairs.clone());
            for (_, variable, usual) in PLACES {
                let ours = expand_home(&env, env.get(variable).unwrap_or(usual));
                let disk = HashMap::from([(ours.into_os_string(), b"[default]".to_vec())]);
                let found =
                    source::load(&env.for_sdk(), &Fs::from_raw_map(disk), &EnvConfigFiles::default()).await;
                let sections = EnvConfigSections::parse(found.unwrap()).unwrap();
                assert!(!sections.is_empty(), "the SDK looks elsewhere for {variable} in {pairs:?}");
            }
        }
    }
}
