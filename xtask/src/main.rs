//! `cargo xtask run | test | check | bench`: the only scripts of this repository.
//!
//! Each task installs what it lacks, says so, and ends with a non-zero code when a step fails. Nothing here is
//! part of the application.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a command line tool speaks on the terminal")]

mod args;
mod bench;
mod packages;
mod python;
mod step;
mod tasks;
mod ui;

use std::process::ExitCode;

fn main() -> ExitCode {
    let task = match args::parse(std::env::args().skip(1)) {
        Ok(task) => task,
        Err(problem) => {
            eprintln!("{problem}\n\n{}", args::USAGE);
            return ExitCode::from(2);
        }
    };
    let outcome = match task {
        args::Task::Help => {
            println!("{}", args::USAGE);
            Ok(())
        }
        args::Task::Run => tasks::run(),
        args::Task::Test { runner } => tasks::test(&runner),
        args::Task::Check => tasks::check(),
        args::Task::Bench(which) => bench::run_some(which),
    };
    match outcome {
        Ok(()) => ExitCode::SUCCESS,
        Err(failures) => {
            eprintln!("{failures}");
            ExitCode::FAILURE
        }
    }
}
