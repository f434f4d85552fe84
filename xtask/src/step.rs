//! One step: a line that says what is done and why, a command, and what to do next when it fails.

use std::{
    ffi::OsStr,
    fmt,
    io::{BufRead as _, BufReader, IsTerminal as _, Write as _},
    path::{Path, PathBuf},
    process::{Command, ExitStatus, Stdio},
};

/// A step that failed, with the next thing to try. Printed last, after the output of all steps.
#[derive(Debug)]
pub(crate) struct Failure {
    what: String,
    next: String,
}

impl Failure {
    pub(crate) fn new(what: impl Into<String>, next: impl Into<String>) -> Self {
        Self { what: what.into(), next: next.into() }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "failed: {}\n  next: {}", self.what, self.next)
    }
}

/// Several failures of one task: steps that do not build on each other all run.
#[derive(Debug, Default)]
pub(crate) struct Failures(Vec<Failure>);

impl Failures {
    pub(crate) fn note<T>(&mut self, outcome: Result<T, Failure>) -> Option<T> {
        outcome.map_err(|failure| self.0.push(failure)).ok()
    }

    pub(crate) fn end(self) -> Result<(), Self> {
        if self.0.is_empty() { Ok(()) } else { Err(self) }
    }
}

impl From<Failure> for Failures {
    fn from(failure: Failure) -> Self {
        Self(vec![failure])
    }
}

impl fmt::Display for Failures {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let lines: Vec<String> = self.0.iter().map(Failure::to_string).collect();
        f.write_str(&lines.join("\n"))
    }
}

/// The line of a step.
pub(crate) fn say(line: impl fmt::Display) {
    println!("▸ {line}");
}

/// The top folder of the repository.
pub(crate) fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).parent().map_or_else(PathBuf::new, Path::to_path_buf)
}

/// A command that starts in the top folder and is never asked anything.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new(program);
    command.current_dir(root()).stdin(Stdio::null());
    // `cargo run` describes this crate to us; passed on, it makes some build scripts believe that they changed.
    for (name, _) in std::env::vars_os() {
        let text = name.to_string_lossy();
        if text.starts_with("CARGO_PKG_") || text.starts_with("CARGO_MANIFEST_") {
            command.env_remove(&name);
        }
    }
    command
}

/// `cargo`, the one that runs us.
pub(crate) fn cargo() -> Command {
    command(std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into()))
}

/// Says `why`, then runs `command` with its output on the terminal.
pub(crate) fn run(why: &str, command: &mut Command, next: &str) -> Result<(), Failure> {
    let line = written(command);
    say(format_args!("{line}   ({why})"));
    judged(&line, command.status(), next)
}

/// Like [`run`], and keeps the lines for which `keep` holds, to say them once more at the end.
pub(crate) fn run_keeping(
    why: &str,
    command: &mut Command,
    next: &str,
    keep: fn(&str) -> bool,
) -> (Vec<String>, Result<(), Failure>) {
    let line = written(command);
    say(format_args!("{line}   ({why})"));
    if std::io::stdout().is_terminal() {
        command.env("FORCE_COLOR", "1");
    }
    let mut kept = Vec::new();
    let mut child = match command.stdout(Stdio::piped()).spawn() {
        Ok(child) => child,
        Err(e) => return (kept, judged(&line, Err(e), next)),
    };
    for said in
        child.stdout.take().into_iter().flat_map(|out| BufReader::new(out).split(b'\n')).map_while(Result::ok)
    {
        let said = String::from_utf8_lossy(&said).into_owned();
        // A closed terminal is no reason to lose the verdict.
        let _ = writeln!(std::io::stdout(), "{said}");
        let plain = without_colour(&said);
        if keep(&plain) {
            kept.push(plain);
        }
    }
    (kept, judged(&line, child.wait(), next))
}

/// Whether `program` can be started with `args` and ends well; its output is not shown.
pub(crate) fn answers(program: impl AsRef<OsStr>, args: &[&str]) -> bool {
    let status = command(program).args(args).stdout(Stdio::null()).stderr(Stdio::null()).status();
    status.is_ok_and(|status| status.success())
}

fn judged(line: &str, status: std::io::Result<ExitStatus>, next: &str) -> Result<(), Failure> {
    match status {
        Ok(status) if status.success() => Ok(()),
        Ok(status) => Err(Failure::new(format!("{line}   ({status})"), next)),
        Err(e) => Err(Failure::new(format!("{line}   (cannot be started: {e})"), next)),
    }
}

/// The command as a person would type it.
fn written(command: &Command) -> String {
    let program = Path::new(command.get_program()).file_stem().unwrap_or(command.get_program());
    let words =
        std::iter::once(program).chain(command.get_args()).map(|word| word.to_string_lossy().into_owned());
    words.collect::<Vec<_>>().join(" ")
}

/// The text without terminal escapes (`ESC [ … letter`).
fn without_colour(text: &str) -> String {
    let mut plain = String::with_capacity(text.len());
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        if c == '\u{1b}' {
            chars.by_ref().find(char::is_ascii_alphabetic);
        } else {
            plain.push(c);
        }
    }
    plain
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_failure_names_the_command_and_the_next_step() {
        let failure =
            run("a test", command("cargo").arg("no-such-task"), "look at the list").expect_err("no such task");
        let text = failure.to_string();
        assert!(text.starts_with("failed: cargo no-such-task"), "{text}");
        assert!(text.ends_with("next: look at the list"), "{text}");
    }

    #[test]
    fn a_program_that_is_not_there_is_a_failure_too() {
        let failure = run("a test", &mut command("no-such-program"), "install it").expect_err("not there");
        assert!(failure.to_string().contains("cannot be started"), "{failure}");
    }

    #[test]
    fn every_failure_is_told() {
        let mut failures = Failures::default();
        failures.note::<()>(Err(Failure::new("one", "a")));
        failures.note(Ok(()));
        failures.note::<()>(Err(Failure::new("two", "b")));
        let told = failures.end().expect_err("two steps failed").to_string();
        assert_eq!(told, "failed: one\n  next: a\nfailed: two\n  next: b");
    }

    #[test]
    fn summary_lines_are_read_through_their_colours() {
        assert_eq!(
            without_colour("\u{1b}[2m Tests \u{1b}[22m \u{1b}[1m3 passed\u{1b}[39m (3)"),
            " Tests  3 passed (3)"
        );
    }
}
