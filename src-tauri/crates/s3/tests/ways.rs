//! Every way in, through the official clients over HTTP: signing in, roles, codes, keys; and what the tools of others
//! make of the files that stay behind.
//!
//! Homes and `AWS_*` belong to a whole process, so the adapter is asked in processes of its own ([`guest`]), while the
//! servers and whoever clicks are here.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]
#![expect(clippy::print_stdout, reason = "a guest is heard by a program")]

#[path = "ways/browser.rs"]
mod browser;
#[path = "ways/codes.rs"]
mod codes;
#[path = "ways/device.rs"]
mod device;
#[path = "ways/examine.rs"]
mod examine;
#[path = "ways/files.rs"]
mod files;
#[path = "ways/guest.rs"]
mod guest;
#[path = "ways/house.rs"]
mod house;
#[path = "ways/real.rs"]
mod real;
#[path = "ways/tokens.rs"]
mod tokens;
#[path = "ways/untrusted.rs"]
mod untrusted;
