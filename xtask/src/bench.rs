//! How fast, beside whom: whole processes, run alternately in one go. Only the ratio of two medians says something,
//! because both were measured on this machine, in this minute.

use std::{
    env, fs,
    path::{Path, PathBuf},
    process::{Command, Stdio},
    time::{Duration, Instant},
};

use crate::{
    python,
    step::{Failure, Failures, cargo, command, root, run, say},
};

/// Runs of each; odd, so that there is a middle one.
const ROUNDS: usize = 7;

/// Links that one process makes.
const MANY: usize = 10_000;

/// Signs as many URLs as boto3 can, with one client.
const BOTO3: &str = "import sys, boto3
from botocore.config import Config
client = boto3.client('s3', config=Config(signature_version='s3v4'))
for line in sys.stdin:
    bucket, key = line.strip()[5:].split('/', 1)
    print(client.generate_presigned_url('get_object', {'Bucket': bucket, 'Key': key}, 3600))
";

/// Builds the app for release, installs the peers, measures, prints a table.
pub(crate) fn run_all() -> Result<(), Failures> {
    let mut failures = Failures::default();
    failures.note(python::ensure(python::PEERS));
    let mut build = cargo();
    build.args(["build", "--release", "--package", "guestpass"]);
    if failures.note(run("the app, optimised", &mut build, "the error above names the file")).is_some() {
        failures.note(links());
    }
    let mut inside = cargo();
    inside.args(["bench", "--package", "guestpass-s3"]);
    failures.note(run("one signature, from the inside", &mut inside, "the error above names the file"));
    failures.end()
}

fn links() -> Result<(), Failure> {
    let folder = env::temp_dir().join(format!("guestpass-bench-{}", std::process::id()));
    fs::create_dir_all(&folder).map_err(|e| Failure::new(e.to_string(), "see that there is room"))?;
    let measured = measure(&folder);
    // What cannot be removed is in the system's own folder for such things.
    let _ = fs::remove_dir_all(&folder);
    measured
}

fn measure(folder: &Path) -> Result<(), Failure> {
    let addresses: String =
        (0..MANY).map(|n| format!("s3://acme-press/2026/Autumn/photo-{n:05}.jpg\n")).collect();
    let presign: String = addresses.lines().map(|line| format!("presign --expire 1h {line}\n")).collect();
    let file = |name: &str, text: &str| {
        let path = folder.join(name);
        fs::write(&path, text).map_err(|e| Failure::new(e.to_string(), "see that there is room")).map(|()| path)
    };
    let (addresses, presign) = (file("addresses", &addresses)?, file("presign", &presign)?);
    let one = "s3://acme-press/2026/Autumn/photo-00000.jpg";
    let args = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let peer = |name: &str, words: &[&str], input: Option<&PathBuf>| {
        Some(Work { program: python::peer(name)?, args: args(words), input: input.cloned() })
    };
    let ours = |words: &[&str], input: Option<&PathBuf>| Work {
        program: app(),
        args: args(words),
        input: input.cloned(),
    };
    let many = ours(&["link", "--stdin", "--no-check", "--expires", "1h"], Some(&addresses));
    let single = ours(&["link", "--no-check", "--expires", "1h", one], None);
    say_head();
    for (work, us, them, links, goal) in [
        ("10,000 links, beside boto3", &many, peer("python", &["-c", BOTO3], Some(&addresses)), MANY, 10.0),
        ("10,000 links, beside s5cmd run", &many, peer("s5cmd", &["run"], Some(&presign)), MANY, 5.0),
        ("1 link, beside aws s3 presign", &single, peer("aws", &["s3", "presign", one], None), 1, 1.0),
    ] {
        match them.filter(|them| them.program.exists()) {
            Some(them) => compare(work, us, &them, links, goal)?,
            None => say(format_args!("{work}: skipped, the peer is not installed")),
        }
    }
    Ok(())
}

/// One whole process.
struct Work {
    program: PathBuf,
    args: Vec<String>,
    input: Option<PathBuf>,
}

impl Work {
    /// Runs it to its end; answers how long it took and what it printed.
    fn run(&self) -> Result<(Duration, String), Failure> {
        let failed = |why: String| Failure::new(why, format!("run {} by hand", self.program.display()));
        let mut process = command(&self.program);
        process.args(&self.args).stderr(Stdio::inherit());
        quiet_environment(&mut process);
        match &self.input {
            Some(path) => process.stdin(fs::File::open(path).map_err(|e| failed(e.to_string()))?),
            None => process.stdin(Stdio::null()),
        };
        let start = Instant::now();
        let output = process.output().map_err(|e| failed(e.to_string()))?;
        let took = start.elapsed();
        if !output.status.success() {
            return Err(failed(format!("it ended with {}", output.status)));
        }
        Ok((took, String::from_utf8_lossy(&output.stdout).into_owned()))
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

fn compare(work: &str, us: &Work, them: &Work, links: usize, goal: f64) -> Result<(), Failure> {
    let (mut ours, mut theirs) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        for (side, times) in [(us, &mut ours), (them, &mut theirs)] {
            let (took, printed) = side.run()?;
            let signed = printed.lines().filter(|line| line.contains("Signature=")).count();
            if signed != links {
                let program = side.program.display();
                return Err(Failure::new(
                    format!("{program} made {signed} links of {links}"),
                    "run it by hand",
                ));
            }
            times.push(took);
        }
    }
    let (us, them) = (median(&mut ours), median(&mut theirs));
    let ratio = them.as_secs_f64() / us.as_secs_f64();
    say(format_args!(
        "{work:<34} {:>9.1} ms {:>10.1} ms {ratio:>7.1} ×   (goal {goal:.0} ×; ours from {:.1} to {:.1} ms)",
        milliseconds(us),
        milliseconds(them),
        milliseconds(ours[0]),
        milliseconds(ours[ROUNDS - 1]),
    ));
    Ok(())
}

fn say_head() {
    say(format_args!("{:<34} {:>12} {:>13} {:>9}", "work, as a whole process", "ours", "peer", "ratio"));
}

/// Sorts, and answers the one in the middle.
fn median(times: &mut [Duration]) -> Duration {
    times.sort_unstable();
    times[times.len() / 2]
}

fn milliseconds(time: Duration) -> f64 {
    time.as_secs_f64() * 1_000.0
}

fn app() -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    root().join(target).join("release").join("guestpass").with_extension(env::consts::EXE_EXTENSION)
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
}
