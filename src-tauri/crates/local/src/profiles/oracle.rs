//! Our reading of AWS files held to botocore's, over hundreds that nobody wrote.
//!
//! Where the two part is a closed list, [`Quirk`]: a case without one has to agree in every name and value, and one
//! with some in everything that these do not touch. A difference that no case shows any more fails too.

mod generator;

use std::collections::{BTreeMap, BTreeSet};
use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::{env, fs};

use aws_runtime::env_config::section::EnvConfigSections;
use serde::Deserialize;
use serde_json::Value;

use super::{files, parse, section};
use crate::Env;
use generator::{Case, Generator, KEYS};

/// What botocore and the SDK read in two ways, and which is which.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Quirk {
    /// botocore gives the file up, or takes the last where the headings are not spelt alike; the SDK merges the sections.
    SectionTwice,
    /// botocore gives the file up; the SDK takes the last value.
    KeyTwice,
    /// botocore takes `key: value`; the SDK gives the file up.
    Colon,
    /// botocore passes over text behind a heading; the SDK gives the file up.
    TextBehind,
    /// A comment begins there for the SDK, which misses the bracket and gives the file up.
    HashInHeading,
    /// An indented line below a heading is a line to botocore; the SDK gives the file up.
    IndentedFirst,
    /// botocore passes over an indented comment; the SDK goes on with a value, and gives the file up if there is none.
    CommentFirst,
    /// The same below a value, which then is of two lines to the SDK.
    CommentBelow,
    /// What follows a blank and `#` or `;` is a comment to the SDK, and a part of the value to botocore.
    CommentBehind,
    /// The SDK knows `[ default ]` and `[ profile x ]` with blanks inside; botocore does not.
    Padded,
    /// botocore takes quotes off a name; the SDK takes no name with quotes.
    Quoted,
    /// `[profile default]` counts before `[default]` for the SDK; for botocore the later one does.
    TwoDefaults,
}

impl Quirk {
    /// Whether the SDK gives the file up for it.
    fn refused_by_us(self) -> bool {
        use Quirk::{Colon, CommentFirst, HashInHeading, IndentedFirst, TextBehind};
        matches!(self, Colon | TextBehind | HashInHeading | IndentedFirst | CommentFirst)
    }

    /// Whether botocore does.
    fn refused_by_botocore(self) -> bool {
        matches!(self, Self::SectionTwice | Self::KeyTwice)
    }

    /// Whether the values of the profile may differ.
    fn touches_values(self) -> bool {
        matches!(self, Self::Padded | Self::Quoted | Self::TwoDefaults | Self::SectionTwice)
    }
}

/// What botocore finds.
#[derive(Deserialize)]
#[serde(untagged)]
enum Theirs {
    Refused {
        #[expect(dead_code, reason = "tells the two apart")]
        refused: String,
    },
    Read {
        profiles: BTreeMap<String, BTreeMap<String, Value>>,
        sessions: BTreeMap<String, BTreeMap<String, Value>>,
    },
}

/// Everything in one process: starting one takes longer than all the reading.
fn by_botocore(folders: &[String]) -> Vec<Theirs> {
    let mut python = Command::new(guestpass_testkit::tools::botocore());
    for (name, _) in env::vars_os().filter(|(name, _)| name.to_string_lossy().starts_with("AWS_")) {
        python.env_remove(name);
    }
    let mut process = python
        .args(["-c", include_str!("oracle/reader.py")])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = process.stdin.take().unwrap();
    let questions = folders.join("\n");
    let asking = std::thread::spawn(move || stdin.write_all(questions.as_bytes()).unwrap());
    let output = process.wait_with_output().unwrap();
    asking.join().unwrap();
    let answers = String::from_utf8(output.stdout).unwrap();
    answers.lines().map(|line| serde_json::from_str(line).unwrap()).collect()
}

async fn by_us(folder: &Path) -> Option<EnvConfigSections> {
    let (config, credentials) = (folder.join("config"), folder.join("credentials"));
    let env = Env::from_pairs([
        ("AWS_CONFIG_FILE", config.to_str().unwrap()),
        ("AWS_SHARED_CREDENTIALS_FILE", credentials.to_str().unwrap()),
    ]);
    parse(&env, &files::read(&env).await.unwrap()).await.ok()
}

/// A value of one line as botocore has it.
fn of_one_line(value: Option<&Value>) -> Option<&str> {
    value
        .and_then(Value::as_str)
        .filter(|text| !text.contains('\n'))
        .map(str::trim)
        .filter(|text| !text.is_empty())
}

/// The text up to what is a comment to the SDK.
fn without_comment(text: &str) -> Option<&str> {
    let starts = |at: usize| text[..at].chars().next_back().is_none_or(char::is_whitespace);
    let comment = text.match_indices(['#', ';']).map(|(at, _)| at).find(|at| starts(*at));
    Some(text[..comment.unwrap_or(text.len())].trim()).filter(|text| !text.is_empty())
}

/// Compares one case; answers which of its quirks explain a difference.
fn compare(case: &Case, ours: Option<EnvConfigSections>, theirs: &Theirs) -> Result<BTreeSet<Quirk>, String> {
    let with = |is_meant: fn(Quirk) -> bool| -> BTreeSet<Quirk> {
        case.quirks.iter().map(|(quirk, _)| *quirk).filter(|quirk| is_meant(*quirk)).collect()
    };
    let (ours, profiles, sessions) = match (ours, theirs) {
        (Some(ours), Theirs::Read { profiles, sessions }) => (ours, profiles, sessions),
        (None, Theirs::Refused { .. }) => return Ok(BTreeSet::new()),
        (None, Theirs::Read { .. }) => return some(with(Quirk::refused_by_us), "we alone refuse"),
        (Some(_), Theirs::Refused { .. }) => {
            return some(with(Quirk::refused_by_botocore), "botocore alone refuses");
        }
    };
    let mut explained = BTreeSet::new();
    let quirk_of = |name: &str, quirks: &[Quirk]| {
        let found = case.quirks.iter().find(|(quirk, of)| of == name && quirks.contains(quirk));
        found.map(|(quirk, _)| *quirk)
    };
    let names: BTreeSet<&str> = ours.profiles().collect();
    for name in profiles.keys().map(String::as_str).filter(|name| !names.contains(name)) {
        // Names that the SDK does not take at all: the corpus has them with their reasons.
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_-/.%@:+".contains(c);
        if name.chars().all(is_name) {
            explained.insert(quirk_of(name, &[Quirk::Quoted]).ok_or(format!("botocore alone knows {name}"))?);
        }
    }
    for name in names {
        let Some(their) = profiles.get(name) else {
            explained.insert(quirk_of(name, &[Quirk::Padded]).ok_or(format!("we alone know {name}"))?);
            continue;
        };
        let our = ours.get_profile(name).unwrap();
        for (key, _) in KEYS {
            let (we, they) = (section::value(our, key), of_one_line(their.get(key)));
            if we == they {
                continue;
            }
            let is_comment_below = || {
                let mut lines = our.get(key).unwrap_or_default().lines();
                let first = lines.next().unwrap_or_default().trim();
                let is_comment = |line: &str| line.trim().is_empty() || line.starts_with(['#', ';']);
                Some(first).filter(|first| !first.is_empty()) == they.and_then(without_comment)
                    && lines.all(is_comment)
            };
            let quirk = if let Some((quirk, _)) =
                case.quirks.iter().find(|(q, of)| of == name && q.touches_values())
            {
                *quirk
            } else if they.and_then(without_comment) == we && quirk_of(name, &[Quirk::CommentBehind]).is_some()
            {
                Quirk::CommentBehind
            } else if is_comment_below() && quirk_of(name, &[Quirk::CommentBelow]).is_some() {
                Quirk::CommentBelow
            } else {
                return Err(format!("{key} of {name}: ours {we:?}, botocore's {they:?}"));
            };
            explained.insert(quirk);
        }
    }
    for (name, their) in sessions {
        for key in ["sso_start_url", "sso_region"] {
            let we = ours.sso_session(name).and_then(|session| session.get(key));
            if we != of_one_line(their.get(key)) {
                return Err(format!("{key} of the session {name}"));
            }
        }
    }
    Ok(explained)
}

fn some(quirks: BTreeSet<Quirk>, what: &str) -> Result<BTreeSet<Quirk>, String> {
    if quirks.is_empty() { Err(what.to_owned()) } else { Ok(quirks) }
}

#[tokio::test]
async fn botocore_reads_the_same() {
    let home = tempfile::tempdir().unwrap();
    let mut generator = Generator::new();
    let cases: Vec<Case> = (0..400).map(|_| generator.case()).collect();
    let mut folders = Vec::new();
    for (number, case) in cases.iter().enumerate() {
        let folder = home.path().join(number.to_string());
        fs::create_dir(&folder).unwrap();
        fs::write(folder.join("config"), &case.config).unwrap();
        fs::write(folder.join("credentials"), &case.credentials).unwrap();
        folders.push(folder.to_str().unwrap().to_owned());
    }
    let theirs = by_botocore(&folders);
    assert_eq!(theirs.len(), cases.len());
    let (mut explained, mut whole) = (BTreeSet::new(), 0);
    for ((case, folder), theirs) in cases.iter().zip(&folders).zip(&theirs) {
        let ours = by_us(Path::new(folder)).await;
        whole += usize::from(ours.is_some() && matches!(theirs, Theirs::Read { .. }));
        match compare(case, ours, theirs) {
            Ok(quirks) => explained.extend(quirks),
            Err(why) => panic!("{why}\n--- config\n{}\n--- credentials\n{}\n", case.config, case.credentials),
        }
    }
    assert!(whole > 240, "{whole} cases were read by both");
    let seen: BTreeSet<Quirk> = cases.iter().flat_map(|case| &case.quirks).map(|(quirk, _)| *quirk).collect();
    assert_eq!(explained, seen, "each difference on the list is one, and is met");
}
