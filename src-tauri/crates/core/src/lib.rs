//! The rules of Guestpass: what a link is, when it ends, what may be shared, what a failure means.
//!
//! Pure: no disk, network, system clock, web view or provider. Those come in through [`ports`], and
//! [`app::App`] is the one door through which the window and the command line use the rules. Words for
//! people are not here either: an [`Error`] is a kind with parameters, and its face finds the sentence.

pub mod address;
pub mod app;
mod audit;
mod bucket;
mod connection_file;
mod error;
mod expiry;
mod folder;
mod index;
pub mod journal;
mod key;
mod limits;
mod link;
mod listing;
mod opening;
mod pasted_key;
mod policy;
pub mod ports;
mod profile;
mod random;
mod secret;
mod server_clock;
mod sight;
mod statement;
mod task;
mod transfer;
mod upload_link;
mod way;
mod written;

pub use audit::{Act, AuditEntry};
pub use bucket::BucketName;
pub use connection_file::{ConnectionFile, SignInWay};
pub use error::{Action, DeniedBy, Error, Kind, Result, Rule};
pub use expiry::{Expiry, LimitedBy, LinkEnd, MAX_SECONDS};
pub use folder::{Arrangement, Depth, FolderId, FolderRow, FolderState, RowRef, SelectAct, Selection, SortBy};
pub use key::{ObjectKey, Prefix, VersionId};
pub use limits::{Limits, Places};
pub use link::{Checked, Link, LinkRequest, LinkUrl, Tested, VersionChoice};
pub use listing::{Entry, Listing, Object, ObjectFacts, PageStart, Place};
pub use opening::{Disposition, Opening, content_type_of, stored_type_of};
pub use pasted_key::PastedKey;
pub use policy::Policy;
pub use profile::{CredentialsEnd, Profile, ProfileId, ProfileKind, Standing};
pub use random::unguessable;
pub use secret::Secret;
pub use server_clock::ServerClock;
pub use sight::{PICTURE_BYTES, Sight, TEXT_BYTES, THUMBNAIL_BYTES, Unseen};
pub use task::{FAILURES_NAMED, Keeps, Task, TaskId, TaskPhase, TaskState, TaskWork};
pub use transfer::{
    FailedFile, Handover, IfTaken, OfferedFile, SendRequest, SentFile, Transfer, TransferId, TransferState,
};
pub use upload_link::{FileRequest, PageLink, RequestKind, RequestPage, UploadForm, UploadLink};
pub use way::{AccessKey, Account, Addressing, Organisation, Server, Way};
