//! The rules of Guestpass: what a link is, when it ends, what may be shared, what a failure means.
//!
//! Pure: no disk, network, system clock, web view or provider. Those come in through [`ports`], and
//! [`app::App`] is the one door through which the window and the command line use the rules. Words for
//! people are not here either: an [`Error`] is a kind with parameters, and its face finds the sentence.

pub mod address;
pub mod app;
mod bucket;
mod error;
mod expiry;
pub mod journal;
mod key;
mod link;
mod listing;
mod opening;
pub mod ports;
mod profile;
mod secret;
mod server_clock;
mod transfer;
mod upload_link;

pub use bucket::BucketName;
pub use error::{Action, DeniedBy, Error, Kind, Result};
pub use expiry::{Expiry, LimitedBy, LinkEnd, MAX_SECONDS};
pub use key::{ObjectKey, Prefix, VersionId};
pub use link::{Checked, Link, LinkRequest, LinkUrl, Tested, VersionChoice};
pub use listing::{Entry, Listing, Object, ObjectFacts, PageToken, Place};
pub use opening::{Disposition, Opening, content_type_of, stored_type_of};
pub use profile::{CredentialsEnd, Profile, ProfileId, ProfileKind};
pub use secret::Secret;
pub use server_clock::ServerClock;
pub use transfer::{
    FailedFile, Handover, IfTaken, OfferedFile, SendRequest, SentFile, Transfer, TransferId, TransferState,
};
pub use upload_link::{FileRequest, PageLink, RequestKind, RequestPage, UploadForm, UploadLink};
