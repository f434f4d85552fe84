//! A bucket of a million keys, listed to the last one, from a server that does next to nothing: the client is what is
//! measured. The same with a distant server, where the client waits for each page: a tenth of the keys beside the
//! others, who would take minutes for all, and all of them by ourselves.

use std::time::Duration;

use super::{
    Measured, Work, alternate, build_sink, built, installed, say_alone, say_cost, say_head, say_ratio,
    sink::Sink,
};
use crate::step::Failure;

/// Runs of each; odd, so that there is a middle one.
const ROUNDS: usize = 5;

const OURS: &str = "guestpass";

/// How much faster than `s5cmd ls`.
const GOAL: f64 = 20.0;

/// A million keys from a distant server.
const DISTANT_GOAL: Duration = Duration::from_secs(3);

/// What the others print of each key as well: when, how large, which.
const BOTO3: &str = "import sys, boto3
from botocore.config import Config
client = boto3.client('s3', config=Config(signature_version='s3v4', s3={'addressing_style': 'path'}))
out = sys.stdout
for page in client.get_paginator('list_objects_v2').paginate(Bucket='acme-press'):
    for o in page.get('Contents', ()):
        out.write(f\"{o['LastModified']} {o['Size']} {o['Key']}\\n\")
";

/// What is listed, and from how far.
struct Bucket {
    title: &'static str,
    keys: usize,
    /// How long each page is waited for.
    milliseconds: u32,
    goal: Option<f64>,
    has_peers: bool,
}

pub(super) fn measure() -> Result<(), Failure> {
    build_sink()?;
    say_head();
    let near =
        Bucket { title: "1,000,000 keys", keys: 1_000_000, milliseconds: 0, goal: Some(GOAL), has_peers: true };
    let distant =
        Bucket { title: "100,000 keys at 60 ms", keys: 100_000, milliseconds: 60, goal: None, ..near };
    compare(&near)?;
    compare(&distant)?;
    let alone = Bucket { title: "1,000,000 keys at 60 ms", keys: 1_000_000, has_peers: false, ..distant };
    compare(&alone)
}

fn compare(bucket: &Bucket) -> Result<(), Failure> {
    let Bucket { title, keys, milliseconds, goal, has_peers } = *bucket;
    let mut sink = Sink::start_with([keys.to_string(), milliseconds.to_string()])?;
    let ours = Work::new(built("guestpass"), ["ls", "--recursive", "s3://acme-press/"]);
    let (mut names, mut sides) = (vec![OURS], vec![ours.at(&sink.endpoint)]);
    for (name, args) in peers(&sink.endpoint).into_iter().filter(|_| has_peers) {
        let Some(program) = installed(title, name) else { continue };
        names.push(name);
        sides.push(Work::new(program, args).at(&sink.endpoint));
    }
    let sides: Vec<&Work> = sides.iter().collect();
    let mut requests = vec![0; sides.len()];
    let measured: Vec<Measured> = alternate(&sides, ROUNDS, |at, run| {
        requests[at] = sink.reset()?.requests;
        let listed = run.printed.lines().filter(|line| line.contains("photo-")).count();
        if listed == keys { Ok(()) } else { Err(sides[at].failed(&format!("{listed} keys of {keys}"))) }
    })?;
    for (name, them) in names.iter().zip(&measured).skip(1) {
        let name = if *name == "python" { "boto3" } else { name };
        say_ratio(&format!("{title}, {name}"), &measured[0], them, goal.filter(|_| name == "s5cmd"));
    }
    if !has_peers {
        say_alone(title, &measured[0], DISTANT_GOAL);
    }
    for ((name, side), requests) in names.iter().zip(&measured).zip(requests) {
        say_cost(title, name, side, requests, None);
    }
    Ok(())
}

/// Each the way in which it asks for the fewest pages.
fn peers(endpoint: &str) -> [(&'static str, Vec<String>); 3] {
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let remote = format!(":s3,provider=Other,env_auth,list_version=2,endpoint='{endpoint}':acme-press");
    // Without the server's time it would look at every object by itself.
    let options = ["--recursive", "--fast-list", "--files-only", "--use-server-modtime"];
    let rclone = [&["lsf"][..], &options, &["--format=tsp", "--config=", &remote]].concat();
    [
        ("s5cmd", words(&["ls", "s3://acme-press/*"])),
        ("rclone", words(&rclone)),
        ("python", words(&["-c", BOTO3])),
    ]
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_peer_is_asked_for_the_whole_bucket() {
        let asked = peers("http://127.0.0.1:9");
        assert!(asked.iter().all(|(_, args)| args.iter().any(|word| word.contains("acme-press"))));
        assert!(asked[1].1.iter().any(|word| word.ends_with(",endpoint='http://127.0.0.1:9':acme-press")));
    }
}
