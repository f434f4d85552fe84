//! Roles that ask for a code: what the AWS files say of them.
//!
//! The SDK reads the same sections and ignores `mfa_serial`. The order in which sections lead to each other follows its
//! own rules: <https://docs.aws.amazon.com/sdkref/latest/guide/feature-assume-role-credentials.html>.

use aws_config::profile::{self, Profile, ProfileFileCredentialsProvider, ProfileSet};
use aws_config::provider_config::ProviderConfig;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_types::os_shim_internal::{Env, Fs};

/// The section that is made up for credentials that stand beside a role in one section.
const SOURCE: &str = "guestpass-source-of-credentials";

/// What a section may say of credentials, besides keys and roles.
const SOURCES: [&str; 8] = [
    "credential_source",
    "credential_process",
    "login_session",
    "sso_session",
    "sso_start_url",
    "sso_region",
    "sso_account_id",
    "sso_role_name",
];

/// From the first credentials to the role that was asked for.
#[derive(Debug)]
pub(super) struct Chain {
    source: Source,
    /// In the order in which they are taken on.
    pub(super) steps: Vec<Step>,
}

/// One role.
#[derive(Clone, Debug)]
pub(super) struct Step {
    pub(super) role_arn: String,
    pub(super) external_id: Option<String>,
    pub(super) session_name: Option<String>,
    /// How long it is wanted, in seconds.
    pub(super) seconds: Option<i32>,
    /// The device whose code it asks for.
    pub(super) mfa_serial: Option<String>,
}

/// Where the first credentials are from.
#[derive(Debug)]
enum Source {
    /// A section that the SDK understands as it is.
    Section(String),
    /// Keys in the files. They do not print.
    Keys(Credentials),
    /// Lines of a section that also names a role.
    Lines(String),
}

impl Chain {
    /// The chain of a section. `None` where no code is asked for, and where the section is broken: then all of it is
    /// for the SDK.
    pub(super) async fn of_section(name: &str) -> Option<Self> {
        let files = EnvConfigFiles::default();
        let sections = profile::load(&Fs::real(), &Env::real(), &files, Some(name.to_owned().into())).await;
        Self::read(&sections.ok()?, name)
    }

    fn read(sections: &ProfileSet, name: &str) -> Option<Self> {
        let (mut steps, mut visited, mut name) = (Vec::new(), Vec::new(), name);
        let source = loop {
            let section = sections.get_profile(name).filter(|_| !visited.contains(&name))?;
            visited.push(name);
            if visited.len() > 1
                && let Some(keys) = keys(section)
            {
                break Source::Keys(keys);
            }
            let role = section.get("role_arn").filter(|_| section.get("web_identity_token_file").is_none());
            let Some(role_arn) = role else { break Source::Section(name.to_owned()) };
            steps.push(Step::read(role_arn, section));
            match (section.get("source_profile"), section.get("credential_source")) {
                (Some(next), None) if next != name => name = next,
                (Some(_), None) | (None, Some(_)) => break beside(section)?,
                _ => return None,
            }
        };
        steps.reverse();
        steps.iter().any(|step| step.mfa_serial.is_some()).then_some(Self { source, steps })
    }

    /// The first credentials, as the SDK resolves them.
    pub(super) fn source(&self, asking: &ProviderConfig) -> SharedCredentialsProvider {
        let found = ProfileFileCredentialsProvider::builder().configure(asking);
        let found = match &self.source {
            Source::Keys(keys) => return SharedCredentialsProvider::new(keys.clone()),
            Source::Section(name) => found.profile_name(name),
            Source::Lines(lines) => {
                let files = EnvConfigFiles::builder()
                    .include_default_config_file(true)
                    .include_default_credentials_file(true)
                    .with_contents(EnvConfigFileKind::Config, format!("[profile {SOURCE}]\n{lines}"));
                found.profile_files(files.build()).profile_name(SOURCE)
            }
        };
        SharedCredentialsProvider::new(found.build())
    }
}

impl Step {
    fn read(role_arn: &str, section: &Profile) -> Self {
        let value = |name| section.get(name).map(str::to_owned);
        Self {
            role_arn: role_arn.to_owned(),
            external_id: value("external_id"),
            session_name: value("role_session_name"),
            seconds: section.get("duration_seconds").and_then(|seconds| seconds.parse().ok()),
            mfa_serial: value("mfa_serial"),
        }
    }
}

fn keys(section: &Profile) -> Option<Credentials> {
    let token = section.get("aws_session_token").map(str::to_owned);
    let (id, secret) = (section.get("aws_access_key_id")?, section.get("aws_secret_access_key")?);
    Some(Credentials::new(id, secret, token, None, "the AWS files"))
}

/// The credentials that a section has besides its role.
fn beside(section: &Profile) -> Option<Source> {
    let said: Vec<_> = SOURCES.iter().filter_map(|name| Some((name, section.get(name)?))).collect();
    if said.is_empty() {
        return keys(section).map(Source::Keys);
    }
    // A value of several lines could name what nobody wrote.
    let is_one_line = said.iter().all(|(_, value)| !value.contains(['\n', '\r']));
    is_one_line.then(|| Source::Lines(said.iter().map(|(name, value)| format!("{name} = {value}\n")).collect()))
}
