//! The shell: puts the core behind a window and a command line. No rules here.
//!
//! `compose` names the adapters, `commands` is the window's door, `cli` the terminal's.

mod cli;
mod clipboard;
pub mod commands;
mod compose;
mod drops;
pub mod ipc;
mod logging;
mod pages;
mod window;

use std::process::ExitCode;

use clap::Parser;

/// Runs what the command line asks for: a command, or the window.
pub fn run() -> ExitCode {
    logging::start();
    let arguments = cli::Arguments::parse();
    match arguments.command {
        Some(command) => cli::run(arguments.way_in, command),
        None => window::run(arguments.way_in.forced()),
    }
}
