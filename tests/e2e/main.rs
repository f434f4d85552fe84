//! The real window, used as a person uses it: by pointer, by keys, by dragging, after a restart, on a bad day; and
//! what comes after it: what a link does in the recipient's browser, what a command leaves on the clipboard.
//!
//! Each test has a desktop of its own, or what it needs of one. Screenshots of every screen go to
//! `tests/screenshots/`.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

mod allowed;
mod bad_day;
mod browse;
mod drop;
mod ending;
mod keyring;
mod lending;
mod line;
mod main_job;
mod million;
mod preview;
mod recipient;
mod request;
mod restart;
mod screens;
mod security;
mod sign_in;
mod store;
mod tidy;
mod tray;
mod uploads;
mod wayland;
