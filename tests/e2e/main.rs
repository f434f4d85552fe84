//! The real window, used as a person uses it: by pointer, by keys, by dragging, after a restart, on a bad day.
//!
//! Each test has a desktop of its own. Screenshots of every screen go to `tests/screenshots/`.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

mod browse;
mod drop;
mod keyring;
mod main_job;
mod restart;
mod screens;
mod store;
