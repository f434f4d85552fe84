//! One section as a person is offered it: how it signs in and where it leads.
//!
//! Says what the section names and checks none of it: only signing in does.

use aws_runtime::env_config::property::PropertiesKey;
use aws_runtime::env_config::section::{EnvConfigSections, Profile as Section};
use guestpass_core::{Profile, ProfileId, ProfileKind};

use crate::Env;

/// The profile of this name. Leaves credentials where they are.
pub(super) fn profile(env: &Env, sections: &EnvConfigSections, name: &str) -> Option<Profile> {
    let section = sections.get_profile(name)?;
    let kind = kind(section);
    Some(Profile {
        id: ProfileId::Aws(name.to_owned()),
        name: name.to_owned(),
        kind,
        region: value(section, "region").map(str::to_owned),
        endpoint: endpoint(env, sections, section),
        detail: detail(kind, section),
        is_default: false,
    })
}

/// A value of one line. An indented line goes on with the value above it: what a slip of the space bar put
/// there may be a secret, and is neither a region nor a name.
fn value<'a>(section: &'a Section, name: &str) -> Option<&'a str> {
    section.get(name).map(str::trim).filter(|value| !value.is_empty() && !value.contains('\n'))
}

/// In the order in which the SDK prefers one to the other where a section has several.
fn kind(section: &Section) -> ProfileKind {
    let has = |name| section.get(name).is_some_and(|value| !value.trim().is_empty());
    if has("web_identity_token_file") {
        ProfileKind::WebIdentity
    } else if has("role_arn") && (has("source_profile") || has("credential_source")) {
        ProfileKind::Role
    } else if has("role_arn") || has("credential_source") {
        ProfileKind::Unknown
    } else if has("sso_session") || has("sso_start_url") {
        ProfileKind::Sso
    } else if has("login_session") {
        ProfileKind::Unknown
    } else if has("credential_process") {
        ProfileKind::Process
    } else if has("aws_access_key_id") && has("aws_session_token") {
        ProfileKind::Session
    } else if has("aws_access_key_id") {
        ProfileKind::AccessKey
    } else {
        ProfileKind::Unknown
    }
}

/// What the SDK takes for S3: the service's own endpoint before the one for all services.
fn endpoint(env: &Env, sections: &EnvConfigSections, section: &Section) -> Option<String> {
    if ignores_endpoints(env, Some(section)) {
        return None;
    }
    let of_service = || {
        let key = PropertiesKey::builder()
            .section_key("services")
            .section_name(section.get("services")?)
            .property_name("s3")
            .sub_property_name("endpoint_url");
        sections.other_sections().get(&key.build().ok()?).map(String::as_str)
    };
    of_service().or_else(|| value(section, "endpoint_url")).map(str::to_owned)
}

/// Whether endpoints are switched off: by the variable, else by the section.
pub(super) fn ignores_endpoints(env: &Env, section: Option<&Section>) -> bool {
    let chosen = env
        .get("AWS_IGNORE_CONFIGURED_ENDPOINT_URLS")
        .or_else(|| section.and_then(|section| section.get("ignore_configured_endpoint_urls")));
    chosen.is_some_and(|chosen| chosen.eq_ignore_ascii_case("true"))
}

/// The role and the account, as far as they are named.
fn detail(kind: ProfileKind, section: &Section) -> Option<String> {
    let (role, account) = match kind {
        ProfileKind::Sso => (value(section, "sso_role_name"), value(section, "sso_account_id")),
        ProfileKind::Role | ProfileKind::WebIdentity => role_and_account(value(section, "role_arn")?),
        _ => (None, None),
    };
    let parts: Vec<&str> = role.into_iter().chain(account).collect();
    (!parts.is_empty()).then(|| parts.join(" · "))
}

/// `arn:aws:iam::123456789012:role/path/Name`; what is not of that form is its own name.
fn role_and_account(arn: &str) -> (Option<&str>, Option<&str>) {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    match parts[..] {
        ["arn", _, "iam", _, account, resource] if resource.starts_with("role/") => {
            (resource.rsplit('/').next(), Some(account))
        }
        _ => (Some(arn), None),
    }
}
