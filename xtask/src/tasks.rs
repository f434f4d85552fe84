//! The three tasks, each a list of steps.

use std::{env, path::PathBuf};

use crate::{
    packages, python,
    step::{Failures, answers, cargo, command, root, run as step, run_keeping, say},
    ui,
};

/// Build, then open the window on the practice bucket; on a machine without a display, do the main job on a virtual
/// one instead.
pub(crate) fn run() -> Result<(), Failures> {
    let display = has_display(|name| env::var_os(name).is_some_and(|value| !value.is_empty()));
    if display {
        packages::ensure(&[packages::BUILD, packages::RUN])?;
    } else {
        say("no display here (neither DISPLAY nor WAYLAND_DISPLAY is set): a virtual one will do");
        packages::ensure(&[packages::BUILD, packages::RUN, packages::TEST])?;
    }
    ui::install()?;
    ui::build()?;
    step("the app", cargo().args(["build", "--package", "guestpass"]), "the error above names the file")?;
    if display {
        let next = "its log is on the terminal above";
        step("the window, on the practice bucket", command(app()).arg("--practice"), next)?;
    } else {
        let mut main_job = cargo();
        main_job.args(["run", "--package", "guestpass-tests", "--bin", "main-job"]);
        step(
            "the main job, in a real window on a virtual display",
            &mut main_job,
            "the last line above says where it stopped",
        )?;
    }
    Ok(())
}

/// Every test there is: the page's, then the Rust workspace's with the real window and the real servers.
pub(crate) fn test(runner: &[String]) -> Result<(), Failures> {
    let mut failures = Failures::default();
    packages::ensure(&[packages::BUILD, packages::RUN, packages::TEST])?;
    // Without the server, the other signer or the page the other tests still tell something.
    failures.note(python::ensure(python::SEAWEEDFS));
    failures.note(python::ensure(python::BOTOCORE));
    let page = failures.note(ui::install().and_then(|()| ui::build()));
    let mut summary = Vec::new();
    if page.is_some() {
        let (kept, outcome) = run_keeping(
            "the page's tests",
            &mut ui::npm(&["test"]),
            "the failing test is named above; one file: npm test -- NAME, in ui/",
            is_vitest_summary,
        );
        failures.note(outcome);
        summary = kept;
    }
    // The end-to-end tests start the app itself: it must be the one of these sources whatever tests are picked.
    // Everything is built in one go, because features unify differently for one package alone.
    let mut build = cargo();
    build.args(["build", "--workspace", "--all-targets"]);
    if failures.note(step("the app and every test", &mut build, "the error above names the file")).is_some() {
        let mut tests = cargo();
        if answers("cargo", &["nextest", "--version"]) {
            tests.args(["nextest", "run", "--workspace", "--no-fail-fast"]);
        } else {
            tests.args(["test", "--workspace", "--no-fail-fast"]);
        }
        tests.args(runner);
        let next = "the failing test is named above; one alone: cargo xtask test -- NAME";
        failures.note(step("the workspace's tests", &mut tests, next));
    }
    for line in summary {
        say(format_args!("ui: {}", line.trim()));
    }
    failures.end()
}

/// Everything that judges the code without running it.
pub(crate) fn check() -> Result<(), Failures> {
    let mut failures = Failures::default();
    packages::ensure(&[packages::BUILD])?;
    let page = failures.note(ui::install());
    if page.is_some() && !ui::is_built() {
        failures.note(ui::build());
    }
    failures.note(step("layout", cargo().args(["fmt", "--all", "--check"]), "cargo fmt --all"));
    let mut lints = cargo();
    lints.args(["clippy", "--workspace", "--all-targets", "--", "-D", "warnings"]);
    failures.note(step(
        "lints",
        &mut lints,
        "the warning above names the line; without clippy: rustup component add clippy",
    ));
    failures.note(step("the page's types and lints", &mut ui::npm(&["run", "check"]), "npm run fix, in ui/"));
    if answers("cargo", &["deny", "--version"]) {
        let mut deny = cargo();
        deny.args(["deny", "--config", ".cargo/deny.toml", "check", "bans", "licenses", "sources"]);
        failures.note(step("licences and sources of dependencies", &mut deny, "look at .cargo/deny.toml"));
    } else {
        say("cargo deny: skipped, it is not installed (cargo install cargo-deny)");
    }
    failures.end()
}

/// The app that `cargo build` has made.
fn app() -> PathBuf {
    let target = env::var_os("CARGO_TARGET_DIR").map_or_else(|| "target".into(), PathBuf::from);
    root().join(target).join("debug").join("guestpass").with_extension(env::consts::EXE_EXTENSION)
}

/// Whether a window can be opened. Only on Linux does a variable tell; elsewhere there always is a desktop.
fn has_display(is_set: impl Fn(&str) -> bool) -> bool {
    !cfg!(target_os = "linux") || is_set("DISPLAY") || is_set("WAYLAND_DISPLAY")
}

/// The lines with which vitest ends, such as `Tests  12 passed (12)`.
fn is_vitest_summary(line: &str) -> bool {
    let line = line.trim_start();
    ["Test Files  ", "Tests  "].iter().any(|start| line.starts_with(start))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    #[cfg(target_os = "linux")]
    fn either_kind_of_display_will_do() {
        assert!(has_display(|name| name == "DISPLAY"));
        assert!(has_display(|name| name == "WAYLAND_DISPLAY"));
        assert!(!has_display(|_| false));
    }

    #[test]
    fn only_the_totals_are_said_again() {
        assert!(is_vitest_summary(" Test Files  2 passed (2)"));
        assert!(is_vitest_summary("      Tests  1 failed | 11 passed (12)"));
        assert!(!is_vitest_summary(" ✓ src/share/link.test.tsx (3 tests) 12ms"));
        assert!(!is_vitest_summary("Tests of the sheet"));
    }
}
