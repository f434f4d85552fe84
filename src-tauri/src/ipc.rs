//! The wire between the window and the core: what crosses, in which shape.
//!
//! The only place that derives specta types; `ui/src/ipc/bindings.ts` is generated from here and a test keeps
//! it fresh. Times are Unix seconds, sizes bytes. Names and ids cross, never paths or credentials; a finished
//! link's URL is the one secret that does, because it is shown.

pub(crate) mod connection;
mod error;
mod examination;
mod folder;
mod link;
mod links;
pub(crate) mod place;
mod policy;
pub(crate) mod preview;
mod request;
mod settings;
mod signing_in;
mod task;
mod transfer;

pub use connection::{Connection, CredentialsEnd, Memory, Profile, ProfileKind, Profiles, Recalled, SignedIn};
pub use error::{Action, AppError, DeniedBy, ErrorKind, Rule};
pub use examination::{Finding, Outcome, Step};
pub use folder::{
    Arrangement, Depth, Destination, FolderRow, FolderRows, FolderState, RowRef, SelectAct, Selected,
    Selection, SortBy,
};
pub use link::{Checked, Disposition, Expiry, LimitedBy, Link, LinkEnd, LinkOptions, LinkRequest};
pub use links::{FailedLink, Links, LinksRequest, MadeLink};
pub use place::{Entry, KnownPlace, Origin, Place, Places};
pub use policy::{Limits, Policy};
pub use preview::{Checksum, FileDetails, FileTag, ListedFile, Look, Sight, TextBeginning, Thumbnail};
pub use request::{FileRequest, UploadLink};
pub use settings::Settings;
pub use signing_in::{
    Account, Addressing, ConnectionFileEvent, ConnectionOffer, Forgotten, Invitation, NewKey, NewRole,
    OfferedSignIn, Organisation, PastedKey, SignInHow, Standing,
};
pub use task::{Chosen, ChosenRow, Keeps, Task, TaskEvent, TaskPhase, TaskState, TaskWork};
pub(crate) use transfer::count;
pub use transfer::{
    Drop, DropEvent, DroppedFile, FailedFile, Handover, IfTaken, Leave, SendRequest, SentFile, SkipReason,
    Skipped, Taken, Transfer, TransferEvent, TransferState, TrayWords,
};
