//! The command line's own small table of words; the window's are in `ui/src/i18n`.

use guestpass_core::{Action, DeniedBy, Kind, Profile, ProfileKind, Rule, Standing};

use super::output::visible;

/// Said after every command on the practice bucket.
pub(super) const PRACTICE_CLOSES: &str = "guestpass: the practice bucket runs only as long as this command: these links end with it. \
     For links that stay open, use the window: guestpass --practice";

/// Said when this computer's clock is off by a minute or more.
pub(super) fn clock_is_off(offset_seconds: i64) -> Option<String> {
    let direction = if offset_seconds > 0 { "behind" } else { "ahead of" };
    let minutes = offset_seconds.abs() / 60;
    let amount = match minutes {
        0 => return None,
        1 => "1 minute".to_owned(),
        2..=119 => format!("{minutes} minutes"),
        120..=2_879 => format!("{} hours", minutes / 60),
        _ => format!("{} days", minutes / 1_440),
    };
    Some(format!(
        "this computer's clock is {amount} {direction} the server's; the link is made by the server's"
    ))
}

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
        Kind::CodeNeeded { profile } => format!("“{profile}” asks for a code of six digits: --code DIGITS"),
        Kind::CodeRefused { profile } => {
            format!("“{profile}” does not take this code; wait for the next one, and try again")
        }
        Kind::SignInRefused => "somebody said no where one signs in".to_owned(),
        Kind::SignInUnanswered => "nobody has signed in".to_owned(),
        Kind::BrowserUnavailable => "no browser could be opened".to_owned(),
        Kind::KeyIncomplete => "there is no whole access key".to_owned(),
        Kind::KeyringLocked => "the keyring is locked".to_owned(),
        Kind::KeyringMissing => "there is no keyring".to_owned(),
        Kind::KeyringRefused => "the keyring refused".to_owned(),
        Kind::TooLongToKeep { limit } => format!("it is longer than the {limit} bytes that a keyring takes"),
        Kind::ConnectionFileInvalid { name, line } => format!("{name} cannot be used{}", in_line(*line)),
        Kind::ConnectionFileUntrusted { name } => format!("{name} is not signed by whom IT trusts"),
        Kind::PolicyBroken { path, line } => {
            format!("nothing may be shared, because the policy {path} is broken{}", in_line(*line))
        }
        Kind::Forbidden { rule, allowed } => forbidden(*rule, allowed.as_deref()),
        Kind::AuditUnwritable { path } => {
            format!("every share has to be written down, and {path} cannot be written")
        }
        Kind::Untrusted { host } => format!("nobody here trusts the certificate of the server of {host}"),
        Kind::AccessDenied { action, by, profile, bucket, key } => {
            denied(*action, profile, bucket.as_deref().unwrap_or_default(), key.as_deref()) + because(*by)
        }
        Kind::BucketMissing { bucket } => format!("there is no bucket {bucket}"),
        Kind::ObjectMissing { bucket, key } => format!("there is no s3://{bucket}/{key}"),
        Kind::ObjectDeleted { bucket, key } => format!("s3://{bucket}/{key} was deleted"),
        Kind::ObjectArchived { key, coming_back: false, .. } => {
            format!("{key} is in the archive and must be brought back first")
        }
        Kind::ObjectArchived { key, coming_back: true, .. } => {
            format!("{key} is on its way back from the archive; that takes hours")
        }
        Kind::RequesterPays { bucket } => {
            format!("who reads from {bucket} pays for it: --requester-pays makes a link for which you pay")
        }
        Kind::KeyNotLinkable { key } => {
            format!(
                "no link can carry the name {key}: browsers change “.” and “..” in it. Share a copy under another name"
            )
        }
        Kind::NameInvalid { name } => format!("{name} cannot be the name of an object here"),
        Kind::NameTaken { name } => format!("something is called {name} already"),
        Kind::IntoItself { name } => format!("{name} cannot go into itself"),
        Kind::CopyDiffers { name } => format!("the copy of {name} is another one; {name} stays where it is"),
        Kind::CopyLeft { name, copy } => format!("{name} may be at both places now; the other one is {copy}"),
        Kind::FileHeld { name } => format!("{name} is kept from being deleted or moved"),
        Kind::AddressInvalid { address } => format!("“{address}” is not an S3 address"),
        Kind::ExpiryPast => "the link would have ended already".to_owned(),
        Kind::ClockWrong { offset_seconds } => {
            format!(
                "this computer's clock is {offset_seconds} seconds off, and the server refuses what it signs"
            )
        }
        Kind::EndpointInsecure { profile, host } => {
            format!("“{profile}” speaks to {host} without encryption; --allow-http insists on it")
        }
        Kind::Offline { host } => format!("the server of {host} cannot be reached"),
        Kind::ServerBusy => "the server is busy or too slow; try again".to_owned(),
        Kind::ServerFault => "the server failed".to_owned(),
        Kind::FileUnreadable { name } => format!("{name} cannot be read"),
        Kind::FileChanged { name } => format!("{name} changed while it was read; it was not sent"),
        Kind::FileTooLarge { name, limit } => format!("{name} is larger than {} GiB", limit >> 30),
        Kind::FileUnwritable { name } => format!("{name} cannot be written"),
        Kind::DiskFull { name } => format!("the disk is full, {name} was not saved"),
        Kind::ChecksumWrong { name } => format!("what was read of {name} is not what the server keeps"),
        Kind::DropGone => "these files are no longer known".to_owned(),
        Kind::ClipboardUnavailable => "the clipboard cannot be written".to_owned(),
        Kind::PracticeUnavailable => "the practice bucket cannot be started".to_owned(),
        Kind::Cancelled => "stopped".to_owned(),
        Kind::Internal => "Guestpass made a mistake".to_owned(),
    };
    visible(&said).into_owned()
}

fn in_line(line: Option<u32>) -> String {
    line.map(|line| format!(", in line {line}")).unwrap_or_default()
}

fn forbidden(rule: Rule, allowed: Option<&str>) -> String {
    let said = match rule {
        Rule::Place => "IT does not allow to share from there",
        Rule::UploadPlace => "IT does not allow to upload to there",
        Rule::UploadLinks => "IT does not allow to ask others for files",
        Rule::AccessKeys => "IT does not allow access keys that do not end",
    };
    allowed.map_or_else(|| said.to_owned(), |allowed| format!("{said}, but {allowed}"))
}

/// What a way in is.
pub(super) fn way(profile: &Profile) -> String {
    let through = match profile.kind {
        ProfileKind::Practice => "the practice bucket",
        ProfileKind::AccessKey => "access key",
        ProfileKind::Session => "temporary access key",
        ProfileKind::Sso => "through the organisation",
        ProfileKind::Role => "through another profile",
        ProfileKind::Process => "by a program",
        ProfileKind::WebIdentity => "by a token file",
        ProfileKind::Environment => "by the environment",
        ProfileKind::Login => "by aws login",
        ProfileKind::Unknown => "in another way",
    };
    match (&profile.role, &profile.account) {
        (Some(role), Some(account)) => {
            format!("role {} in account {} {through}", visible(role), visible(account))
        }
        (Some(role), None) => format!("role {} {through}", visible(role)),
        _ => through.to_owned(),
    }
}

/// Whether it can be used now.
pub(super) fn standing(standing: Standing) -> String {
    match standing {
        Standing::Ready => "ready".to_owned(),
        Standing::Until(at) => format!("signed in until {at}"),
        Standing::SignedOut => "not signed in".to_owned(),
        Standing::NeedsCode => "asks for a code".to_owned(),
        Standing::Untried => "not tried".to_owned(),
        Standing::Broken => "does not fit together".to_owned(),
    }
}

fn denied(action: Action, profile: &str, bucket: &str, key: Option<&str>) -> String {
    let what = match (action, key) {
        (Action::ListBuckets, _) => "list buckets".to_owned(),
        (Action::Read, Some(key)) => format!("read s3://{bucket}/{key}, so a link to it would not open"),
        (Action::Write, Some(key)) => format!("write s3://{bucket}/{key}"),
        (Action::Restore, Some(key)) => format!("bring s3://{bucket}/{key} back from the archive"),
        (Action::Delete, Some(key)) => format!("delete s3://{bucket}/{key}"),
        (Action::Undelete, Some(key)) => format!("bring s3://{bucket}/{key} back"),
        (Action::Abandon, Some(key)) => format!("remove what is unfinished of s3://{bucket}/{key}"),
        _ => format!("look into {bucket}"),
    };
    format!("“{profile}” is not allowed to {what}")
}

fn because(by: DeniedBy) -> &'static str {
    match by {
        DeniedBy::NotSaid => "",
        DeniedBy::Identity => ": its own permissions do not reach that far",
        DeniedBy::BucketPolicy => ": the bucket's rules forbid it",
        DeniedBy::Organisation => ": a rule of the organisation forbids it",
        DeniedBy::Network => ": not from this network",
        DeniedBy::KmsKey => ": the file is encrypted, and the key is not for this profile",
        DeniedBy::Links => ": it may read the file, but the bucket's rules forbid links to it",
    }
}

/// The exit codes that `--help` lists.
pub(super) fn exit_code(kind: &Kind) -> u8 {
    match kind {
        Kind::AddressInvalid { .. } | Kind::ExpiryPast | Kind::NameInvalid { .. } => 2,
        Kind::ProfileMissing { .. }
        | Kind::ProfilesUnreadable { .. }
        | Kind::CredentialsMissing { .. }
        | Kind::CredentialsEnded { .. }
        | Kind::CredentialsRefused { .. }
        | Kind::CodeNeeded { .. }
        | Kind::CodeRefused { .. }
        | Kind::SignInRefused
        | Kind::SignInUnanswered => 3,
        Kind::PolicyBroken { .. }
        | Kind::Forbidden { .. }
        | Kind::AuditUnwritable { .. }
        | Kind::AccessDenied { .. }
        | Kind::RequesterPays { .. }
        | Kind::EndpointInsecure { .. } => 4,
        Kind::BucketMissing { .. }
        | Kind::ObjectMissing { .. }
        | Kind::ObjectDeleted { .. }
        | Kind::ObjectArchived { .. } => 5,
        Kind::Offline { .. } | Kind::Untrusted { .. } | Kind::ServerBusy => 6,
        Kind::FileUnreadable { .. } | Kind::FileChanged { .. } | Kind::FileTooLarge { .. } | Kind::DropGone => {
            7
        }
        _ => 1,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_clock_is_worth_a_word_from_a_minute_on() {
        let said = |seconds| clock_is_off(seconds).unwrap_or_default();
        assert_eq!(said(59), "");
        assert!(said(61).contains("is 1 minute behind"));
        assert!(said(-840).contains("is 14 minutes ahead of"));
        assert!(said(7_200).contains("is 2 hours behind"));
        assert!(said(-86_400 * 400).contains("is 400 days ahead of"));
    }
}
