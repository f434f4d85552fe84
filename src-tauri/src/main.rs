//! The binary: a terminal command if one was given, else the window.
#![cfg_attr(all(not(debug_assertions), target_os = "windows"), windows_subsystem = "windows")]

/// A long listing is made of a million small pieces: this gives them out quicker than the systems' own do, and gives
/// their memory back when the folder is closed.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() -> std::process::ExitCode {
    guestpass_app::run()
}
