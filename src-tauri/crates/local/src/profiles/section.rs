//! One section as a person is offered it: how it signs in and where it leads.
//!
//! Says what the section names and checks none of it: whether it fits together is told by [`super::chain`], and
//! whether it works only by signing in.

use aws_runtime::env_config::property::PropertiesKey;
use aws_runtime::env_config::section::{EnvConfigSections, Profile as Section};
use guestpass_core::{Profile, ProfileId, ProfileKind, Standing};

use super::chain::{Base, Chain};
use crate::Env;

/// The profile of this name. Leaves credentials where they are.
pub(super) fn profile(
    env: &Env,
    sections: &EnvConfigSections,
    name: &str,
    chain: &Chain,
    standing: Standing,
) -> Option<Profile> {
    let section = sections.get_profile(name)?;
    let kind = kind(section);
    let (role, account) = role_and_account(kind, section);
    let organisation = match &chain.base {
        Base::Organisation { organisation, .. } => Some(organisation.clone()),
        _ => None,
    };
    Some(Profile {
        id: ProfileId::Aws(name.to_owned()),
        name: name.to_owned(),
        kind,
        region: value(section, "region").map(str::to_owned),
        endpoint: endpoint(env, sections, section),
        role: role.map(str::to_owned),
        account: account.map(str::to_owned),
        organisation,
        standing,
        is_default: false,
    })
}

/// A value of one line. An indented line goes on with the value above it: what a slip of the space bar put
/// there may be a secret, and is neither a region nor a name.
pub(super) fn value<'a>(section: &'a Section, name: &str) -> Option<&'a str> {
    section.get(name).and_then(one_line)
}

/// The same of any text of a section.
pub(super) fn one_line(value: &str) -> Option<&str> {
    // Before it is trimmed: an empty value goes on in the next line, too.
    (!value.contains('\n')).then(|| value.trim()).filter(|value| !value.is_empty())
}

/// In the order in which the SDK prefers one to the other where a section has several.
fn kind(section: &Section) -> ProfileKind {
    let has = |name| value(section, name).is_some();
    if has("web_identity_token_file") {
        ProfileKind::WebIdentity
    } else if has("role_arn") && (has("source_profile") || has("credential_source")) {
        ProfileKind::Role
    } else if has("role_arn") || has("credential_source") {
        ProfileKind::Unknown
    } else if has("sso_session") || has("sso_start_url") {
        ProfileKind::Sso
    } else if has("login_session") {
        ProfileKind::Login
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
fn role_and_account(kind: ProfileKind, section: &Section) -> (Option<&str>, Option<&str>) {
    match kind {
        ProfileKind::Sso => (value(section, "sso_role_name"), value(section, "sso_account_id")),
        ProfileKind::Role | ProfileKind::WebIdentity => {
            value(section, "role_arn").map_or((None, None), from_arn)
        }
        _ => (None, None),
    }
}

/// `arn:aws:iam::123456789012:role/path/Name`; what is not of that form is its own name.
fn from_arn(arn: &str) -> (Option<&str>, Option<&str>) {
    let parts: Vec<&str> = arn.splitn(6, ':').collect();
    match parts[..] {
        ["arn", _, "iam", _, account, resource] if resource.starts_with("role/") => {
            (resource.rsplit('/').next(), Some(account))
        }
        _ => (Some(arn), None),
    }
}
