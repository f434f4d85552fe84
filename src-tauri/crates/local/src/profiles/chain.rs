//! What a section signs in with in the end: itself, or the section at the end of its `source_profile` chain.
//!
//! Follows the chain as the SDK does (<https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html>),
//! and finds what does not fit together before a person tries it. Asks nobody.

use aws_runtime::env_config::section::{EnvConfigSections, Profile as Section};
use guestpass_core::Organisation;
use jiff::Timestamp;

use super::section::{one_line, value};

/// A section, followed to its end.
pub(super) struct Chain {
    pub(super) base: Base,
    /// Whether a role on the way asks for a code (`mfa_serial`).
    pub(super) needs_code: bool,
}

/// The credentials at the end.
pub(super) enum Base {
    /// A key that does not end.
    Key,
    /// A key that ends, and when, where whatever wrote it has said so.
    Session(Option<Timestamp>),
    /// IAM Identity Center. Without account and role it is only good for signing in.
    Organisation { organisation: Organisation, is_whole: bool },
    /// A program, a token file, the machine; or nothing that we recognise.
    Other,
    /// Something that is named is not there, or does not fit together.
    Broken,
}

/// Until when session keys work, by the names under which tools write that: saml2aws and its like, and several others.
/// AWS has no name for it.
const ENDS: [&str; 3] = ["x_security_token_expires", "aws_session_expiration", "aws_expiration"];

/// Follows the section of this name.
pub(super) fn of(sections: &EnvConfigSections, name: &str) -> Chain {
    let mut seen = Vec::new();
    let mut needs_code = false;
    let mut name = name;
    let base = loop {
        let Some(section) = sections.get_profile(name).filter(|_| !seen.contains(&name)) else {
            break Base::Broken;
        };
        let is_source = !seen.is_empty();
        seen.push(name);
        if is_source && let Some(key @ (Base::Key | Base::Session(_))) = key(section) {
            break key;
        }
        if value(section, "web_identity_token_file").is_some() || value(section, "role_arn").is_none() {
            break base(sections, section, is_source);
        }
        needs_code |= value(section, "mfa_serial").is_some();
        match (value(section, "source_profile"), value(section, "credential_source")) {
            (Some(source), None) if source == name => break base(sections, section, true),
            (Some(source), None) => name = source,
            (None, Some(_)) => break Base::Other,
            (Some(_), Some(_)) | (None, None) => break Base::Broken,
        }
    };
    Chain { base, needs_code }
}

/// What a section without a role has, in the order in which the SDK prefers one to the other.
fn base(sections: &EnvConfigSections, section: &Section, is_source: bool) -> Base {
    let has = |name| value(section, name).is_some();
    if has("credential_source") {
        Base::Other
    } else if has("web_identity_token_file") {
        if has("role_arn") { Base::Other } else { Base::Broken }
    } else if let Some(base) = organisation(sections, section) {
        base
    } else if has("login_session") || has("credential_process") {
        Base::Other
    } else {
        // The SDK goes on to look elsewhere for a section that says nothing, but not for a source.
        key(section).unwrap_or(if is_source { Base::Broken } else { Base::Other })
    }
}

fn key(section: &Section) -> Option<Base> {
    let has = |name| value(section, name).is_some();
    Some(match (has("aws_access_key_id"), has("aws_secret_access_key"), has("aws_session_token")) {
        (false, false, false) => return None,
        (true, true, false) => Base::Key,
        (true, true, true) => {
            Base::Session(ENDS.iter().find_map(|name| value(section, name)?.parse::<Timestamp>().ok()))
        }
        _ => Base::Broken,
    })
}

/// What is set of IAM Identity Center, in a section of its own or here; `None` where nothing is.
fn organisation(sections: &EnvConfigSections, section: &Section) -> Option<Base> {
    let names = ["sso_session", "sso_start_url", "sso_region", "sso_account_id", "sso_role_name"];
    let [session, start_url, region, account, role] = names.map(|name| value(section, name));
    if [session, start_url, region, account, role] == [None; 5] {
        return None;
    }
    let (start_url, region) = match session {
        // The SDK wants them in one place.
        Some(_) if start_url.is_some() || region.is_some() => return Some(Base::Broken),
        Some(name) => {
            let own = |key| sections.sso_session(name)?.get(key).and_then(one_line);
            (own("sso_start_url"), own("sso_region"))
        }
        None => (start_url, region),
    };
    let (Some(start_url), Some(region)) = (start_url, region) else { return Some(Base::Broken) };
    let organisation = Organisation {
        start_url: start_url.to_owned(),
        region: region.to_owned(),
        session: session.map(str::to_owned),
    };
    Some(Base::Organisation { organisation, is_whole: account.is_some() && role.is_some() })
}
