//! The command line's own small table of words; the window's are in `ui/src/i18n`.

use guestpass_core::{Action, Kind};

use super::output::visible;

/// Said after every command on the practice bucket.
pub(super) const PRACTICE_CLOSES: &str = "guestpass: the practice bucket runs only as long as this command: these links end with it. \
     For links that stay open, use the window: guestpass --practice";

/// What did not happen, and why.
pub(super) fn sentence(kind: &Kind) -> String {
    let said = match kind {
        Kind::ProfileMissing { profile } => format!("there is no profile “{profile}” on this computer"),
        Kind::ProfilesUnreadable { path } => format!("the profiles in {path} cannot be read"),
        Kind::CredentialsMissing { profile } => format!("“{profile}” has no usable sign-in on this computer"),
        Kind::CredentialsEnded { profile } => format!("the sign-in of “{profile}” has ended; sign in again"),
        Kind::CredentialsRefused { profile } => {
            format!("the server does not accept the sign-in of “{profile}”")
        }
        Kind::AccessDenied { action, profile, bucket, key } => {
            denied(*action, profile, bucket.as_deref().unwrap_or_default(), key.as_deref())
        }
        Kind::BucketMissing { bucket } => format!("there is no bucket {bucket}"),
        Kind::ObjectMissing { bucket, key } => format!("there is no s3://{bucket}/{key}"),
        Kind::ObjectArchived { key } => format!("{key} is in the archive and must be brought back first"),
        Kind::KeyNotLinkable { key } => {
            format!(
                "no link can carry the name {key}: browsers change “.” and “..” in it. Share a copy under another name"
            )
        }
        Kind::NameInvalid { name } => format!("{name} cannot be the name of an object here"),
        Kind::AddressInvalid { address } => format!("“{address}” is not an S3 address"),
        Kind::ExpiryPast => "the link would have ended already".to_owned(),
        Kind::ClockWrong { offset_seconds } => {
            format!(
                "this computer's clock is {offset_seconds} seconds off, and the server refuses what it signs"
            )
        }
        Kind::Offline { host } => format!("the server of {host} cannot be reached"),
        Kind::ServerBusy => "the server is busy or too slow; try again".to_owned(),
        Kind::ServerFault => "the server failed".to_owned(),
        Kind::FileUnreadable { name } => format!("{name} cannot be read"),
        Kind::FileChanged { name } => format!("{name} changed while it was read; it was not sent"),
        Kind::FileTooLarge { name, limit } => format!("{name} is larger than {} GiB", limit >> 30),
        Kind::DropGone => "these files are no longer known".to_owned(),
        Kind::ClipboardUnavailable => "the clipboard cannot be written".to_owned(),
        Kind::PracticeUnavailable => "the practice bucket cannot be started".to_owned(),
        Kind::Cancelled => "stopped".to_owned(),
        Kind::Internal => "Guestpass made a mistake".to_owned(),
    };
    visible(&said)
}

fn denied(action: Action, profile: &str, bucket: &str, key: Option<&str>) -> String {
    let what = match (action, key) {
        (Action::ListBuckets, _) => "list buckets".to_owned(),
        (Action::Read, Some(key)) => format!("read s3://{bucket}/{key}, so a link to it would not open"),
        (Action::Write, Some(key)) => format!("write s3://{bucket}/{key}"),
        _ => format!("look into {bucket}"),
    };
    format!("“{profile}” is not allowed to {what}")
}

/// The exit codes that `--help` lists.
pub(super) fn exit_code(kind: &Kind) -> u8 {
    match kind {
        Kind::AddressInvalid { .. } | Kind::ExpiryPast | Kind::NameInvalid { .. } => 2,
        Kind::ProfileMissing { .. }
        | Kind::ProfilesUnreadable { .. }
        | Kind::CredentialsMissing { .. }
        | Kind::CredentialsEnded { .. }
        | Kind::CredentialsRefused { .. } => 3,
        Kind::AccessDenied { .. } => 4,
        Kind::BucketMissing { .. } | Kind::ObjectMissing { .. } | Kind::ObjectArchived { .. } => 5,
        Kind::Offline { .. } | Kind::ServerBusy => 6,
        Kind::FileUnreadable { .. } | Kind::FileChanged { .. } | Kind::FileTooLarge { .. } | Kind::DropGone => {
            7
        }
        _ => 1,
    }
}
