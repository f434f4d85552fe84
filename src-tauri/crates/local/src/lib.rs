//! This computer: the AWS files and the keyring of whoever sits at it, the app's folder, the clock.
//!
//! Answers questions that the core asks through its ports, and holds no rules and no credentials: a secret
//! that a file holds is not taken out of it. The composition root is the only caller. Everything that
//! depends on how the process was started comes in as an [`Env`].

mod audit;
mod clock;
mod disk;
mod env;
mod journal;
mod keyring;
mod paths;
mod policy_file;
mod profiles;

pub use audit::AuditFile;
pub use clock::SystemClock;
pub use disk::LocalDisk;
pub use env::Env;
pub use journal::SqliteJournal;
pub use keyring::Keyring;
pub use paths::DataDir;
pub use policy_file::PolicyFile;
pub use profiles::ProfileFiles;
