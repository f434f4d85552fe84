//! The provider: answers the core's questions with the AWS SDK.
//!
//! The only crate that names `aws_*`. It decides nothing about sharing; it knows how S3 is spoken, what its
//! error codes mean, and where its clients go wrong. [`S3Store`] is what one profile can do, [`AnonymousCheck`]
//! is the guest who tries a link, and the composition root makes both.

mod browse;
mod check;
mod credentials;
mod error;
mod regions;
mod sign;
mod store;
mod upload;

pub use check::AnonymousCheck;
pub use store::{Access, S3Store};
