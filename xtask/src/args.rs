//! What was asked for on the command line.

/// Shown on `help`, and after anything that cannot be understood.
pub(crate) const USAGE: &str = "\
cargo xtask run             install what is missing, build, open the window on the practice bucket
cargo xtask test [-- ARGS]  install what is missing, run every test; ARGS go to the Rust runner
cargo xtask check           formatting, lints, types, licences
cargo xtask bench           install the peers, measure beside them; only some: bench links, uploads, listing";

/// One task.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Task {
    /// Print the usage.
    Help,
    /// Build and open the window.
    Run,
    /// Run every test.
    Test {
        /// Passed on to the Rust test runner as they are.
        runner: Vec<String>,
    },
    /// Everything that judges the code without running it.
    Check,
    /// Measure beside others.
    Bench(Bench),
}

/// What to measure.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Bench {
    /// All there is.
    All,
    /// How links are made.
    Links,
    /// How files are sent.
    Uploads,
    /// How a large bucket is listed.
    Listing,
}

/// Reads the arguments after the program's name.
pub(crate) fn parse(mut args: impl Iterator<Item = String>) -> Result<Task, String> {
    let Some(name) = args.next() else { return Ok(Task::Help) };
    let rest: Vec<String> = args.collect();
    match (name.as_str(), rest.as_slice()) {
        ("help" | "--help" | "-h", _) => Ok(Task::Help),
        ("run", []) => Ok(Task::Run),
        ("check", []) => Ok(Task::Check),
        ("bench", []) => Ok(Task::Bench(Bench::All)),
        ("bench", [what]) if what == "links" => Ok(Task::Bench(Bench::Links)),
        ("bench", [what]) if what == "uploads" => Ok(Task::Bench(Bench::Uploads)),
        ("bench", [what]) if what == "listing" => Ok(Task::Bench(Bench::Listing)),
        ("test", []) => Ok(Task::Test { runner: Vec::new() }),
        ("test", [dashes, runner @ ..]) if dashes == "--" => Ok(Task::Test { runner: runner.to_vec() }),
        ("test", [first, ..]) => {
            Err(format!("Put `--` before what is meant for the test runner: cargo xtask test -- {first}"))
        }
        ("bench", words) => Err(format!(
            "`cargo xtask bench` takes `links`, `uploads` or `listing`, not `{}`.",
            words.join(" ")
        )),
        ("run" | "check", [first, ..]) => Err(format!("`cargo xtask {name}` takes no `{first}`.")),
        _ => Err(format!("There is no task `{name}`.")),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn parsed(line: &str) -> Result<Task, String> {
        parse(line.split_whitespace().map(str::to_owned))
    }

    #[test]
    fn each_task_has_one_word() {
        assert_eq!(parsed("run"), Ok(Task::Run));
        assert_eq!(parsed("check"), Ok(Task::Check));
        assert_eq!(parsed("bench"), Ok(Task::Bench(Bench::All)));
        assert_eq!(parsed("bench links"), Ok(Task::Bench(Bench::Links)));
        assert_eq!(parsed("bench uploads"), Ok(Task::Bench(Bench::Uploads)));
        assert_eq!(parsed("bench listing"), Ok(Task::Bench(Bench::Listing)));
        assert_eq!(parsed("test"), Ok(Task::Test { runner: vec![] }));
        assert_eq!(parsed(""), Ok(Task::Help), "no word at all asks for the usage");
    }

    #[test]
    fn what_follows_the_dashes_reaches_the_runner_unread() {
        let runner =
            vec!["-p".to_owned(), "guestpass-core".to_owned(), "--".to_owned(), "--ignored".to_owned()];
        assert_eq!(parsed("test -- -p guestpass-core -- --ignored"), Ok(Task::Test { runner }));
    }

    #[test]
    fn a_slip_is_named() {
        assert_eq!(parsed("tset"), Err("There is no task `tset`.".to_owned()));
        assert_eq!(parsed("check --fix"), Err("`cargo xtask check` takes no `--fix`.".to_owned()));
        let hint = parsed("bench links uploads").expect_err("one or all");
        assert_eq!(hint, "`cargo xtask bench` takes `links`, `uploads` or `listing`, not `links uploads`.");
        let hint = parsed("test links").expect_err("without the dashes it is ambiguous");
        assert_eq!(hint, "Put `--` before what is meant for the test runner: cargo xtask test -- links");
    }
}
