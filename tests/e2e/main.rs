//! The real window, used as a person uses it: by pointer, by keys, by dragging, after a restart, on a bad day.
#![cfg(target_os = "linux")]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

mod main_job;
