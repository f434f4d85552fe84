//! The binary: a terminal command if one was given, else the window.
#![cfg_attr(all(not(debug_assertions), target_os = "windows"), windows_subsystem = "windows")]

fn main() -> std::process::ExitCode {
    guestpass_app::run()
}
