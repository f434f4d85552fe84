//! The provider: answers the core's questions with the AWS SDK.
//!
//! The only crate that names `aws_*`. It decides nothing about sharing; it knows how S3 is spoken, what its
//! error codes mean, and where its clients go wrong. [`S3Store`] is what one profile can do, [`AnonymousCheck`]
//! is the guest who tries a link, and the composition root makes both.

mod browse;
mod check;
mod clock;
mod copying;
mod credentials;
mod deleting;
mod error;
mod examine;
mod facts;
mod limits;
mod look;
mod read;
mod regions;
mod section;
mod sign;
mod signin;
mod store;
mod tend;
mod transport;
mod upload;
mod ways;

pub use check::AnonymousCheck;
pub use limits::{Copies, Limits, Pace};
pub use signin::{IdentityCenter, Pages};
pub use store::S3Store;
pub use ways::Access;
