//! The shell: puts the core behind a window and a command line. No rules here.
//!
//! `compose` names the adapters, `commands` is the window's door, `cli` the terminal's.

mod cli;
mod clipboard;
pub mod commands;
mod compose;
mod connection_files;
mod desktop;
pub mod draw;
mod drops;
pub mod ipc;
mod logging;
mod pages;
mod pasted;
mod previews;
mod stop;
mod window;

use std::process::ExitCode;

use clap::Parser;

/// Runs what the command line asks for: a command, or the window.
pub fn run() -> ExitCode {
    logging::start();
    let arguments = cli::Arguments::parse();
    match arguments.command {
        Some(cli::Command::Share { .. }) | None => {
            let here = std::env::current_dir().unwrap_or_default();
            window::run(arguments.way_in.forced(), arguments.shared(&here))
        }
        Some(command) => cli::run(arguments.way_in, command),
    }
}
