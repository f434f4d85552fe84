//! One profile's way to S3: configuration found once, clients kept per region.

use std::sync::Arc;

use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::{BehaviorVersion, ConfigLoader, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_s3::{Client, Config, config};
use aws_types::service_config::ServiceConfigKey;
use guestpass_core::ports::Clock;
use guestpass_core::{Error, Kind, Result, Secret};
use url::Url;

use crate::Limits;
use crate::clock::{LearnTime, StoreClock};
use crate::credentials::Signer;
use crate::regions::Regions;
use crate::section::{Addressing, S3Section};
use crate::sign::place;
use crate::transport::{CA_BUNDLE, Transport, is_here};
use crate::upload::Uploads;

/// Where a bucket's region is not known and the profile names none, requests start here: every region's
/// buckets can be found from it.
const FIRST_REGION: &str = "us-east-1";

/// Where the credentials and the server come from.
#[derive(Debug)]
pub enum Access {
    /// A section of the AWS files of this computer. `AWS_*` credentials in the environment do not override it:
    /// it was chosen by name.
    Profile(String),
    /// What the SDK takes when it is told nothing.
    Environment,
    /// A server on this computer, with keys of its own.
    Local {
        /// Its address, such as `http://127.0.0.1:54321`.
        endpoint: String,
        /// Its region.
        region: String,
        /// Its access key id.
        access_key_id: Secret<String>,
        /// Its secret access key.
        secret_access_key: Secret<String>,
    },
}

/// What one profile can do.
#[derive(Debug)]
pub struct S3Store {
    /// The profile's name, for messages.
    pub(crate) profile: String,
    pub(crate) clock: Arc<StoreClock>,
    pub(crate) signer: Signer,
    pub(crate) regions: Regions,
    pub(crate) uploads: Arc<Uploads>,
}

impl S3Store {
    /// Finds the profile's configuration and resolves its credentials once.
    ///
    /// `profile` is its name for messages. Errors: those of the credentials, and [`Kind::EndpointInsecure`] where
    /// the profile names a server elsewhere without TLS, unless `allows_http`.
    pub async fn connect(
        access: Access,
        profile: &str,
        clock: Arc<dyn Clock>,
        allows_http: bool,
    ) -> Result<Self> {
        Self::connect_within(Limits::default(), access, profile, clock, allows_http).await
    }

    /// [`S3Store::connect`], with other limits to what a request may cost.
    pub async fn connect_within(
        limits: Limits,
        access: Access,
        profile: &str,
        clock: Arc<dyn Clock>,
        allows_http: bool,
    ) -> Result<Self> {
        Self::open(limits, configuration(access).await, profile, clock, allows_http).await
    }

    pub(crate) async fn open(
        limits: Limits,
        configured: Configured,
        profile: &str,
        clock: Arc<dyn Clock>,
        allows_http: bool,
    ) -> Result<Self> {
        let Configured { config, provider, section } = configured;
        let Some(provider) = provider else {
            return Err(Kind::CredentialsMissing { profile: profile.to_owned() }.into());
        };
        let clock = Arc::new(StoreClock::new(clock));
        let config = limits
            .apply(section.apply(config))
            .interceptor(LearnTime(clock.clone()))
            // The SDK would otherwise call CreateSession over the network while it presigns for S3 Express.
            .disable_s3_express_session_auth(true)
            .build();
        let endpoint = place::endpoint(&Client::from_conf(config.clone())).await;
        if let Some(host) = endpoint.as_ref().and_then(insecure_host).filter(|_| !allows_http) {
            return Err(Error::from(Kind::EndpointInsecure { profile: profile.to_owned(), host }));
        }
        let signer = Signer::new(provider, profile, clock.clone());
        signer.credentials().await?;
        let is_aws = endpoint.as_ref().and_then(Url::host_str).is_none_or(is_aws_host);
        let regions = Regions::new(with_addressing(config, is_aws, section.addressing), is_aws);
        let uploads = Arc::new(Uploads::new(limits.upload));
        Ok(Self { profile: profile.to_owned(), clock, signer, regions, uploads })
    }
}

/// What was found, before a client is made of it.
pub(crate) struct Configured {
    pub(crate) config: config::Builder,
    pub(crate) provider: Option<SharedCredentialsProvider>,
    pub(crate) section: S3Section,
}

pub(crate) async fn configuration(access: Access) -> Configured {
    let transport = Transport::default();
    match access {
        Access::Environment => {
            let shared = load(aws_config::defaults(BehaviorVersion::latest()), &transport).await;
            Configured {
                config: with_region(&shared),
                provider: shared.credentials_provider(),
                section: S3Section::of(&shared),
            }
        }
        Access::Profile(name) => {
            let named = aws_config::defaults(BehaviorVersion::latest()).profile_name(&name);
            let shared = load(named, &transport).await;
            // The default chain would ask the environment first, whatever profile was named.
            let provider = ProviderConfig::default().with_region(shared.region().cloned());
            let provider = provider.with_http_client(transport);
            let provider =
                ProfileFileCredentialsProvider::builder().configure(&provider).profile_name(name).build();
            let provider = SharedCredentialsProvider::new(provider);
            Configured {
                config: with_region(&shared).credentials_provider(provider.clone()),
                provider: Some(provider),
                section: S3Section::of(&shared),
            }
        }
        // Made by hand, so that no variable of the environment leads it elsewhere.
        Access::Local { endpoint, region, access_key_id, secret_access_key } => {
            let keys = Credentials::new(
                access_key_id.reveal(),
                secret_access_key.reveal(),
                None,
                None,
                "a server on this computer",
            );
            let provider = SharedCredentialsProvider::new(keys);
            let config = Config::builder()
                .behavior_version(aws_sdk_s3::config::BehaviorVersion::latest())
                .http_client(transport)
                .endpoint_url(endpoint)
                .region(Region::new(region))
                .credentials_provider(provider.clone());
            Configured { config, provider: Some(provider), section: S3Section::default() }
        }
    }
}

async fn load(how: ConfigLoader, transport: &Transport) -> SdkConfig {
    let shared = how.http_client(transport.clone()).load().await;
    if let Some(bundle) = ca_bundle(&shared) {
        transport.trust(&bundle);
    }
    shared
}

/// The file with certificates that AWS's other tools trust, from `AWS_CA_BUNDLE` or the profile
/// (<https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html>).
fn ca_bundle(shared: &SdkConfig) -> Option<String> {
    let key = ServiceConfigKey::builder().service_id("S3").env(CA_BUNDLE).profile("ca_bundle");
    shared.service_config()?.load_config(key.build().ok()?)
}

fn with_region(shared: &SdkConfig) -> config::Builder {
    let region = shared.region().cloned().unwrap_or(Region::from_static(FIRST_REGION));
    let mut config = config::Builder::from(shared).region(region);
    config.set_endpoint_url(endpoint_url(shared).map(with_slash));
    config
}

/// As the SDK finds it, in this order, and does not tell.
fn endpoint_url(shared: &SdkConfig) -> Option<String> {
    let key = ServiceConfigKey::builder().service_id("S3").env("AWS_ENDPOINT_URL").profile("endpoint_url");
    let for_s3 = key.build().ok().and_then(|key| shared.service_config()?.load_config(key));
    for_s3.or_else(|| shared.endpoint_url().map(str::to_owned))
}

/// Without a slash at its end the SDK writes a base path and a bucket as one word: `/basebucket/key`.
fn with_slash(url: String) -> String {
    if url.ends_with('/') { url } else { url + "/" }
}

/// What the profile says; else path style for every server but AWS: all of them take it, while few have a name for
/// each bucket.
fn with_addressing(config: Config, is_aws: bool, addressing: Addressing) -> Config {
    let by_path = match addressing {
        Addressing::Path => true,
        Addressing::Virtual => false,
        Addressing::Auto => !is_aws,
    };
    if by_path { config.to_builder().force_path_style(true).build() } else { config }
}

fn is_aws_host(host: &str) -> bool {
    // The world, China, and the European sovereign cloud.
    [".amazonaws.com", ".amazonaws.com.cn", ".amazonaws.eu"].iter().any(|suffix| host.ends_with(suffix))
}

/// The host behind an address without TLS, unless that is this very computer.
fn insecure_host(endpoint: &Url) -> Option<String> {
    (endpoint.scheme() == "http" && !is_here(endpoint))
        .then(|| endpoint.host_str().unwrap_or_default().to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_computer_may_be_spoken_to_without_encryption() {
        let insecure = |url: &str| insecure_host(&Url::parse(url).unwrap());
        for url in ["http://127.0.0.1:9000", "http://[::1]/", "http://localhost", "http://acme.localhost:1/"] {
            assert_eq!(insecure(url), None, "{url}");
        }
        assert_eq!(insecure("https://minio.acme.test"), None);
        assert_eq!(insecure("http://minio.acme.test:9000").as_deref(), Some("minio.acme.test"));
        assert_eq!(insecure("http://localhost.acme.test").as_deref(), Some("localhost.acme.test"));
    }
}
