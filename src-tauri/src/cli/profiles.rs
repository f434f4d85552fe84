//! `guestpass profiles`: the ways in, as `--profile` takes them.

use guestpass_core::{Error, Profile, ProfileKind, Standing};
use serde::Serialize;

use super::Session;
use super::output::{json_line, line, visible};
use super::words;

/// Field names that scripts read.
#[derive(Serialize)]
struct ProfileLine<'a> {
    name: &'a str,
    kind: &'static str,
    role: Option<&'a str>,
    account: Option<&'a str>,
    region: Option<&'a str>,
    endpoint: Option<&'a str>,
    standing: &'static str,
    until: Option<String>,
    is_default: bool,
}

pub(super) async fn run(session: &Session, json: bool) -> Result<u8, Error> {
    let (profiles, files) = session.app.profiles().await;
    for profile in profiles {
        if json {
            json_line(&described(&profile));
        } else {
            let mark = if profile.is_default { "*" } else { " " };
            let said = words::standing(profile.standing);
            let what = words::way(&profile);
            line(&format!("{mark} {:24} {what}; {said}", visible(&profile.name)));
        }
    }
    files.map(|()| 0)
}

fn described(profile: &Profile) -> ProfileLine<'_> {
    let until = match profile.standing {
        Standing::Until(at) => Some(at.to_string()),
        _ => None,
    };
    ProfileLine {
        name: &profile.name,
        kind: kind(profile.kind),
        role: profile.role.as_deref(),
        account: profile.account.as_deref(),
        region: profile.region.as_deref(),
        endpoint: profile.endpoint.as_deref(),
        standing: standing(profile.standing),
        until,
        is_default: profile.is_default,
    }
}

fn kind(kind: ProfileKind) -> &'static str {
    match kind {
        ProfileKind::Practice => "practice",
        ProfileKind::AccessKey => "access_key",
        ProfileKind::Session => "session",
        ProfileKind::Sso => "sso",
        ProfileKind::Role => "role",
        ProfileKind::Process => "process",
        ProfileKind::WebIdentity => "web_identity",
        ProfileKind::Environment => "environment",
        ProfileKind::Login => "login",
        ProfileKind::Unknown => "unknown",
    }
}

fn standing(standing: Standing) -> &'static str {
    match standing {
        Standing::Ready => "ready",
        Standing::Until(_) => "until",
        Standing::SignedOut => "signed_out",
        Standing::NeedsCode => "needs_code",
        Standing::Untried => "untried",
        Standing::Broken => "broken",
    }
}
