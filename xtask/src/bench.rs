//! How fast, beside whom: whole processes, run alternately in one go. Only the ratio of two medians says something,
//! because both were measured on this machine, in this minute.

mod folder;
mod links;
mod listing;
mod memory;
mod sink;
mod uploads;

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    args::Bench,
    python,
    step::{Failure, Failures, cargo, command, root, run, say},
};

/// Builds the app for release, installs the peers, measures, prints tables.
pub(crate) fn run_some(which: Bench) -> Result<(), Failures> {
    let mut failures = Failures::default();
    failures.note(python::ensure(python::PEERS));
    let mut build = cargo();
    build.args(["build", "--release", "--package", "guestpass"]);
    let app = failures.note(run("the app, optimised", &mut build, "the error above names the file"));
    if matches!(which, Bench::All | Bench::Links) {
        if app.is_some() {
            failures.note(in_a_folder(&env::temp_dir(), links::measure));
        }
        let mut inside = cargo();
        inside.args(["bench", "--package", "guestpass-s3", "--bench", "sign"]);
        failures.note(run("one signature, from the inside", &mut inside, "the error above names the file"));
    }
    if matches!(which, Bench::All | Bench::Uploads) && app.is_some() {
        failures.note(uploads::measure());
    }
    if matches!(which, Bench::All | Bench::Listing) {
        if app.is_some() {
            failures.note(listing::measure());
        }
        failures.note(folder::measure());
        for (package, bench, what) in [
            ("guestpass-s3", "list", "one page, from the inside"),
            ("guestpass-core", "folders", "an open folder, from the inside"),
        ] {
            let mut inside = cargo();
            inside.args(["bench", "--package", package, "--bench", bench]);
            failures.note(run(what, &mut inside, "the error above names the file"));
        }
    }
    failures.end()
}

fn build_sink() -> Result<(), Failure> {
    let mut build = cargo();
    build.args(["build", "--release", "--package", "guestpass-testkit", "--bin", "sink"]);
    run("the server to measure against, optimised", &mut build, "the error above names the file")
}

/// Lets `measure` work in a new folder, which is gone afterwards.
fn in_a_folder(parent: &Path, measure: impl FnOnce(&Path) -> Result<(), Failure>) -> Result<(), Failure> {
    let folder = parent.join(format!("guestpass-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(no_room)?;
    let measured = measure(&folder);
    // What cannot be removed is in the system's own folder for such things.
    let _ = fs::remove_dir_all(&folder);
    measured
}

fn no_room(e: std::io::Error) -> Failure {
    Failure::new(e.to_string(), "see that there is room")
}

/// One whole process.
struct Work {
    program: PathBuf,
    args: Vec<String>,
    input: Option<PathBuf>,
    /// Besides [`quiet_environment`].
    envs: Vec<(&'static str, String)>,
}

/// A process that has come to its end.
struct Run {
    took: Duration,
    printed: String,
    /// In KiB, where the system tells.
    peak: Option<u64>,
}

impl Run {
    /// How many it printed.
    fn links(&self) -> usize {
        self.printed.lines().filter(|line| line.contains("Signature=")).count()
    }
}

impl Work {
    fn new<Word: Into<String>>(program: PathBuf, args: impl IntoIterator<Item = Word>) -> Self {
        let args = args.into_iter().map(Into::into).collect();
        Self { program, args, input: None, envs: Vec::new() }
    }

    fn reading(self, input: &Path) -> Self {
        Self { input: Some(input.to_owned()), ..self }
    }

    /// Of the server at this address.
    fn at(self, endpoint: &str) -> Self {
        let envs = ["AWS_ENDPOINT_URL_S3", "S3_ENDPOINT_URL"].map(|name| (name, endpoint.to_owned()));
        Self { envs: envs.into(), ..self }
    }

    fn run(&self) -> Result<Run, Failure> {
        let failed = |why: String| self.failed(&why);
        let mut process = command(&self.program);
        process.args(&self.args).stdout(Stdio::piped()).stderr(Stdio::inherit());
        quiet_environment(&mut process);
        process.envs(self.envs.iter().map(|(name, value)| (name, value)));
        match &self.input {
            Some(path) => process.stdin(fs::File::open(path).map_err(|e| failed(e.to_string()))?),
            None => process.stdin(Stdio::null()),
        };
        let start = Instant::now();
        let child = process.spawn().map_err(|e| failed(e.to_string()))?;
        let watch = memory::Watch::of(child.id());
        let output = child.wait_with_output().map_err(|e| failed(e.to_string()))?;
        let took = start.elapsed();
        if !output.status.success() {
            return Err(failed(format!("it ended with {}", output.status)));
        }
        let printed = String::from_utf8_lossy(&output.stdout).into_owned();
        Ok(Run { took, printed, peak: watch.peak() })
    }

    fn failed(&self, why: &str) -> Failure {
        let program = self.program.display();
        Failure::new(format!("{program}: {why}"), "run it by hand")
    }
}

/// Keys of nobody, and a server that nobody asks: making a link is arithmetic.
fn quiet_environment(process: &mut Command) {
    let path = env::var_os("PATH").unwrap_or_default();
    process.env_clear().env("PATH", path).env("HOME", env::temp_dir()).envs([
        ("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"),
        ("AWS_SECRET_ACCESS_KEY", "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY"),
        ("AWS_REGION", "eu-west-1"),
        ("AWS_DEFAULT_REGION", "eu-west-1"),
        ("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:9"),
        ("S3_ENDPOINT_URL", "http://127.0.0.1:9"),
        ("AWS_EC2_METADATA_DISABLED", "true"),
    ]);
}

/// What came of all runs of one process.
struct Measured {
    median: Duration,
    least: Duration,
    most: Duration,
    /// The highest of all runs, in KiB.
    peak: Option<u64>,
}

/// Runs all of them in turn, so often. `judge` says of a run of the one in this place whether it did the work.
fn alternate(
    sides: &[&Work],
    rounds: usize,
    mut judge: impl FnMut(usize, &Run) -> Result<(), Failure>,
) -> Result<Vec<Measured>, Failure> {
    let mut times = vec![Vec::with_capacity(rounds); sides.len()];
    let mut peaks = vec![None; sides.len()];
    for _ in 0..rounds {
        for (at, side) in sides.iter().enumerate() {
            let run = side.run()?;
            judge(at, &run)?;
            times[at].push(run.took);
            peaks[at] = peaks[at].max(run.peak);
        }
    }
    let measured = times.iter_mut().zip(peaks).map(|(times, peak)| {
        let median = median(times);
        Measured { median, least: times[0], most: times[times.len() - 1], peak }
    });
    Ok(measured.collect())
}

fn say_head() {
    say(format_args!("{:<34} {:>12} {:>13} {:>9}", "work, as a whole process", "ours", "peer", "ratio"));
}

fn say_ratio(work: &str, us: &Measured, them: &Measured, goal: Option<f64>) {
    let ratio = them.median.as_secs_f64() / us.median.as_secs_f64();
    let goal = goal.map_or_else(String::new, |goal| format!("goal {goal} ×; "));
    say(format_args!(
        "{work:<34} {:>9.1} ms {:>10.1} ms {ratio:>7.1} ×   ({goal}ours from {:.1} to {:.1} ms)",
        milliseconds(us.median),
        milliseconds(them.median),
        milliseconds(us.least),
        milliseconds(us.most),
    ));
}

fn say_alone(work: &str, us: &Measured, goal: Duration) {
    let [median, least, most] = [us.median, us.least, us.most].map(milliseconds);
    say(format_args!(
        "{work:<34} {median:>9.1} ms   (goal {:.0} ms; from {least:.1} to {most:.1} ms)",
        milliseconds(goal)
    ));
}

fn say_cost(work: &str, name: &str, side: &Measured, requests: u64, goal: Option<u64>) {
    let goal = goal.map_or_else(String::new, |goal| format!("   (goal {goal} MiB)"));
    let peak = side.peak.map_or_else(|| "not told".to_owned(), |kib| format!("{} MiB", kib.div_ceil(1024)));
    let work = format!("{work}, {name}");
    say(format_args!("{work:<34} peak memory {peak}, {requests} requests{goal}"));
}

/// Sorts, and answers the one in the middle.
fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

/// A program that `cargo build --release` has made.
fn built(name: &str) -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    root().join(target).join("release").join(name).with_extension(env::consts::EXE_EXTENSION)
}

/// A peer, if it is installed; else that is said.
fn installed(work: &str, name: &str) -> Option<PathBuf> {
    let found = python::peer(name).filter(|program| program.exists());
    if found.is_none() {
        say(format_args!("{work}: without {name}, which is not installed"));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_middle_one_counts() {
        let mut times = [9, 1, 5].map(Duration::from_millis);
        assert_eq!(median(&mut times), Duration::from_millis(5));
        assert_eq!(times[0], Duration::from_millis(1), "and they are in order");
    }

    #[test]
    #[cfg(unix)]
    fn a_run_that_did_not_do_the_work_is_no_figure() {
        let work = Work::new("echo".into(), ["done"]);
        let measured = alternate(&[&work, &work], 3, |_, run| {
            assert_eq!(run.printed, "done\n");
            Ok(())
        });
        assert_eq!(measured.map(|sides| sides.len()).ok(), Some(2));
        let refused = alternate(&[&work], 3, |_, _| Err(work.failed("nothing arrived")));
        assert!(refused.is_err());
        assert!(Work::new("false".into(), [""; 0]).run().is_err(), "and neither is one that failed");
    }
}
