//! The server as independent clients see it: the AWS SDK with its keys, an HTTP client with none, bare sockets.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

mod form;
mod life;
mod links;
mod listing;
mod multipart;
mod reading;
mod server;
mod writing;
