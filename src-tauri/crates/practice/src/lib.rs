//! The practice bucket: an S3 server inside the app, so that nobody needs an account to try it.
//!
//! It listens on 127.0.0.1 only, on a random port, with keys made for this run; what it keeps lies in one
//! folder of this computer. It speaks the same protocol as every other store and checks what those check:
//! whoever uses it goes through the same client. It is not a server for anybody else's data.

mod form;
mod gate;
mod ops;
mod samples;
mod server;
mod storage;

pub use samples::BUCKET;
pub use server::{Options, Practice};

/// Why the practice bucket cannot be used.
#[derive(Debug, thiserror::Error)]
pub enum PracticeError {
    /// Its folder cannot be read or written.
    #[error("the practice folder: {0}")]
    Disk(#[from] std::io::Error),
    /// Its index cannot be read or written.
    #[error("the practice index: {0}")]
    Index(#[from] rusqlite::Error),
    /// The operating system gives no random numbers.
    #[error("no random numbers")]
    Random,
}
