//! The order of the profiles in their files, which the SDK's parser forgets.
//!
//! Decides nothing about what is a profile: a heading that the parser did not take is passed over, and a
//! profile whose heading is not recognised here comes last instead of being lost.

use std::collections::HashSet;

use aws_runtime::env_config::file::EnvConfigFileKind;
use aws_runtime::env_config::section::EnvConfigSections;

use super::files::AwsFile;

const BLANK: [char; 2] = [' ', '\t'];

/// The names of all profiles, each once, by their first heading.
pub(super) fn names<'a>(sections: &'a EnvConfigSections, files: &'a [AwsFile]) -> Vec<&'a str> {
    let headings = files.iter().flat_map(|file| file.text.lines().filter_map(|line| heading(file.kind, line)));
    let mut rest: Vec<&str> = sections.profiles().collect();
    rest.sort_unstable();
    let mut seen = HashSet::new();
    headings
        .filter(|name| sections.get_profile(name).is_some())
        .chain(rest)
        .filter(|name| seen.insert(*name))
        .collect()
}

/// The name in a line such as `[profile name] # comment`, or in the credentials file `[name]`.
fn heading(kind: EnvConfigFileKind, line: &str) -> Option<&str> {
    let line = line.split(['#', ';']).next()?.trim_matches(BLANK);
    let inside = line.strip_prefix('[')?.strip_suffix(']')?.trim_matches(BLANK);
    match (kind, inside.split_once(BLANK)) {
        (EnvConfigFileKind::Config, Some(("profile", name))) => Some(name.trim()),
        (EnvConfigFileKind::Config, None) if inside == "default" => Some(inside),
        (EnvConfigFileKind::Credentials, None) => Some(inside),
        _ => None,
    }
}
