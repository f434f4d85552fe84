//! One folder of a million files, opened as the window opens it: put in order, and searched. The others list it and have
//! it sorted or filter it, each in its own way; a tool that cannot sort is followed by one that can.

use super::{Work, alternate, build_sink, built, installed, say_cost, say_head, say_ratio, sink::Sink};
use crate::step::{Failure, cargo, run};

/// Runs of each; odd, so that there is a middle one.
const ROUNDS: usize = 5;

const FILES: usize = 1_000_000;
const FOLDER: &str = "2026/Autumn-launch/";

/// Of a million names one holds it.
const WANTED: &str = "photo-00777777";

/// What our own process may have in memory, in MiB: a million rows in 80, and what any such process has.
const PEAK_GOAL: u64 = 100;

const BOTO3: &str = "import re, sys, boto3
from botocore.config import Config
client = boto3.client('s3', config=Config(signature_version='s3v4', s3={'addressing_style': 'path'}))
pages = client.get_paginator('list_objects_v2').paginate(Bucket='acme-press', Prefix='2026/Autumn-launch/', Delimiter='/')
names = [o['Key'].rpartition('/')[2] for page in pages for o in page.get('Contents', ())]
";

/// Numbers by their value, whatever the case.
const BOTO3_SORTS: &str = "parts = re.compile(r'(\\d+)')
names.sort(key=lambda name: [int(part) if part.isdigit() else part.casefold() for part in parts.split(name)])
sys.stdout.writelines(name + '\\n' for name in names)
";

const BOTO3_FINDS: &str = "wanted = 'PHOTO-00777777'.casefold()
sys.stdout.writelines(name + '\\n' for name in names if wanted in name.casefold())
";

pub(super) fn measure() -> Result<(), Failure> {
    build_sink()?;
    let mut build = cargo();
    build.args(["build", "--release", "--package", "guestpass-s3", "--example", "open-folder"]);
    run("what opens a folder, optimised", &mut build, "the error above names the file")?;
    say_head();
    let mut sink = Sink::start_with([FILES.to_string(), "0".to_owned(), "flat".to_owned()])?;
    compare(&mut sink, "1,000,000 files in order", FILES, "", ordering)?;
    // As somebody types it.
    compare(&mut sink, "one of 1,000,000 files", 1, &WANTED.to_uppercase(), finding)
}

/// How another one puts the files in order: the words of its command.
fn ordering(name: &str, program: &str, endpoint: &str) -> Vec<String> {
    let shell = |command: String| vec!["sh".to_owned(), "-c".to_owned(), command];
    match name {
        "s5cmd" => shell(format!("'{program}' ls 's3://acme-press/{FOLDER}*' | sort --version-sort --key=4")),
        "rclone" => {
            let remote = remote(endpoint);
            shell(format!(
                "'{program}' lsf --files-only --format=p --config= \"{remote}\" | sort --version-sort"
            ))
        }
        _ => vec![program.to_owned(), "-c".to_owned(), format!("{BOTO3}{BOTO3_SORTS}")],
    }
}

/// How another one finds the one file.
fn finding(name: &str, program: &str, endpoint: &str) -> Vec<String> {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect();
    match name {
        "s5cmd" => words(&[program, "ls", &format!("s3://acme-press/{FOLDER}*{WANTED}*")]),
        "rclone" => {
            let (include, remote) = (format!("--include=*{WANTED}*"), remote(endpoint));
            words(&[
                program,
                "lsf",
                "--files-only",
                "--format=p",
                "--ignore-case",
                &include,
                "--config=",
                &remote,
            ])
        }
        _ => words(&[program, "-c", &format!("{BOTO3}{BOTO3_FINDS}")]),
    }
}

/// The folder, as rclone names it; a page has a thousand keys, as for all others.
fn remote(endpoint: &str) -> String {
    format!(":s3,provider=Other,env_auth,list_version=2,endpoint='{endpoint}':acme-press/{FOLDER}")
}

/// The number in a file's name, wherever in the line that stands.
fn number(line: &str) -> Option<u32> {
    line.split_once("photo-")?.1.split('.').next()?.parse().ok()
}

fn compare(
    sink: &mut Sink,
    title: &str,
    shown: usize,
    search: &str,
    theirs: fn(name: &str, program: &str, endpoint: &str) -> Vec<String>,
) -> Result<(), Failure> {
    let ours = Work::new(built("examples/open-folder"), [&sink.endpoint, FOLDER, search]);
    let (mut names, mut sides) = (vec!["guestpass"], vec![ours]);
    for name in ["s5cmd", "rclone", "python"] {
        let Some(program) = installed(title, name) else { continue };
        let mut words = theirs(name, &program.display().to_string(), &sink.endpoint);
        names.push(if name == "python" { "boto3" } else { name });
        sides.push(Work::new(words.remove(0).into(), words).at(&sink.endpoint));
    }
    let sides: Vec<&Work> = sides.iter().collect();
    let mut requests = vec![0; sides.len()];
    let measured = alternate(&sides, ROUNDS, |at, run| {
        requests[at] = sink.reset()?.requests;
        let lines: Vec<&str> = run.printed.lines().filter(|line| line.contains("photo-")).collect();
        let is_in_order = lines.iter().map(|line| number(line)).is_sorted();
        let has_it = lines.iter().any(|line| line.contains(WANTED));
        if lines.len() == shown && is_in_order && has_it {
            return Ok(());
        }
        Err(sides[at].failed(&format!("{} files of {shown}, in order: {is_in_order}", lines.len())))
    })?;
    for (name, them) in names.iter().zip(&measured).skip(1) {
        say_ratio(&format!("{title}, {name}"), &measured[0], them, None);
    }
    for (at, ((name, side), requests)) in names.iter().zip(&measured).zip(requests).enumerate() {
        say_cost(title, name, side, requests, (at == 0).then_some(PEAK_GOAL));
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_told_by_its_number() {
        assert_eq!(number("2026/11/23 12:00:00 123456 batch-000000-photo-00000042.jpg"), Some(42));
        assert_eq!(number("nothing of ours"), None);
    }

    #[test]
    fn every_peer_is_asked_for_the_same_folder() {
        for name in ["s5cmd", "rclone", "python"] {
            for asked in [ordering, finding] {
                let words = asked(name, "peer", "http://127.0.0.1:9");
                assert!(words.iter().any(|word| word.contains(FOLDER)), "{name}: {words:?}");
            }
        }
    }
}
