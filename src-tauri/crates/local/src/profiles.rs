//! The ways in that this computer knows: the sections of the AWS config and credentials files.
//!
//! What a section is, is decided by the SDK's own parser. This is the one place outside the provider's
//! crate that names `aws_*`, for parsing alone: a list made by other rules would offer profiles that the SDK
//! then refuses to load. Where the SDK shrugs, this does not: a file that cannot be read, is not UTF-8 or does
//! not parse is an error that names the file and the line, and not an empty list.

mod chain;
mod files;
#[cfg(test)]
mod oracle;
mod order;
mod section;
mod sign_ins;

use std::sync::Arc;

use async_trait::async_trait;
use aws_runtime::env_config::error::EnvConfigFileLoadError;
use aws_runtime::env_config::file::EnvConfigFiles;
use aws_runtime::env_config::section::EnvConfigSections;
use aws_runtime::env_config::source;
use aws_types::os_shim_internal::Fs;
use guestpass_core::ports::{Clock, ProfileBook};
use guestpass_core::{Error, Kind, Profile, ProfileId, ProfileKind, Result, Standing};

use crate::Env;
use chain::Chain;
use files::AwsFile;
use sign_ins::SignIns;

/// The profiles of the AWS files that an [`Env`] points to.
///
/// Sections whose names the SDK does not take are not profiles here either: only letters and digits of ASCII
/// and `_-/.%@:+` are names to it. It logs the ones that it leaves out.
#[derive(Clone)]
pub struct ProfileFiles {
    env: Env,
    clock: Arc<dyn Clock>,
}

impl ProfileFiles {
    /// Touches no file yet. The clock tells which sign-ins have ended.
    pub fn new(env: Env, clock: Arc<dyn Clock>) -> Self {
        Self { env, clock }
    }

    /// What the SDK takes from variables alone, before any file.
    fn environment(&self) -> Option<Profile> {
        let first = |names: [&str; 2]| names.into_iter().find_map(|name| self.env.get(name)).map(str::to_owned);
        self.env.holds_access_key().then(|| Profile {
            id: ProfileId::Environment,
            name: ProfileId::Environment.name().to_owned(),
            kind: ProfileKind::Environment,
            region: first(["AWS_REGION", "AWS_DEFAULT_REGION"]),
            endpoint: first(["AWS_ENDPOINT_URL_S3", "AWS_ENDPOINT_URL"])
                .filter(|_| !section::ignores_endpoints(&self.env, None)),
            role: None,
            account: None,
            organisation: None,
            standing: Standing::Ready,
            is_default: true,
        })
    }
}

#[async_trait]
impl ProfileBook for ProfileFiles {
    /// First what AWS tools would take when told nothing, then the rest as the config file has them, then
    /// those that only the credentials file has. No file at all is an empty list.
    async fn profiles(&self) -> Result<Vec<Profile>> {
        let files = files::read(&self.env).await?;
        let sections = match parse(&self.env, &files).await {
            Ok(sections) => sections,
            Err(error) => return Err(unparsable(&self.env, &files, error).await),
        };
        let environment = self.environment();
        let selected = sections.selected_profile();
        let named = |name| (name, chain::of(&sections, name));
        let chains: Vec<(&str, Chain)> = order::names(&sections, &files).into_iter().map(named).collect();
        let sign_ins = SignIns::read(&self.env, self.clock.now(), chains.iter().map(|(_, chain)| chain)).await;
        let mut profiles: Vec<Profile> = chains
            .iter()
            .filter_map(|(name, chain)| {
                section::profile(&self.env, &sections, name, chain, sign_ins.standing(chain))
            })
            .map(|profile| Profile { is_default: environment.is_none() && profile.name == selected, ..profile })
            .collect();
        profiles.sort_by_key(|profile| profile.name != selected);
        Ok(environment.into_iter().chain(profiles).collect())
    }
}

/// The SDK's parser over files that are already read. It gets nothing else of this computer.
async fn parse(env: &Env, files: &[AwsFile]) -> Result<EnvConfigSections, EnvConfigFileLoadError> {
    let mut sources = EnvConfigFiles::builder();
    for file in files {
        sources = sources.with_contents(file.kind, file.text.as_str());
    }
    let source = source::load(&env.for_sdk(), &Fs::from_slice(&[]), &sources.build()).await?;
    Ok(EnvConfigSections::parse(source)?)
}

/// The parser's error has the line in its text and not the file, which it was not told.
async fn unparsable(env: &Env, files: &[AwsFile], error: EnvConfigFileLoadError) -> Error {
    for file in files {
        if let Err(error) = parse(env, std::slice::from_ref(file)).await {
            return file.unparsable(error);
        }
    }
    Error::from(Kind::Internal).with_source(error)
}
