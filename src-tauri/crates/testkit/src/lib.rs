//! For tests only: ports that live in memory, servers that run on 127.0.0.1, and the contract of a store.
#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot go on must stop loudly"
)]

mod answering;
pub mod contract;
pub mod faulty;
pub mod identity_center;
pub mod memory;
pub mod scripted;
#[cfg(unix)]
pub mod seaweedfs;
pub mod sink;
pub mod sts;
pub mod tools;
