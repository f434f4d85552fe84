//! Ways that the AWS files and the environment of this computer name, as the SDK finds them.

use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::{BehaviorVersion, ConfigLoader, Region, SdkConfig};
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_s3::config;
use aws_types::service_config::ServiceConfigKey;
use guestpass_core::Secret;

use super::coded::Coded;
use super::coded_chain::Chain;
use super::{Configured, FIRST_REGION, Sts, ca_bundle, with_slash};
use crate::Limits;
use crate::section::S3Section;
use crate::transport::Transport;

/// A service that does not exist: what is found for it is what holds for all.
const NO_SERVICE: &str = "guestpass no service";

/// What the SDK takes when it is told nothing.
pub(super) async fn environment(transport: Transport, limits: Limits) -> Configured {
    let (shared, certificates) = load(aws_config::defaults(BehaviorVersion::latest()), &transport).await;
    let config = config::Builder::from(&shared);
    found(config, &shared, shared.credentials_provider(), certificates, limits)
}

/// A section by its name. `AWS_*` credentials in the environment do not override it: it was chosen.
pub(super) async fn section(
    name: String,
    code: Option<Secret<String>>,
    transport: Transport,
    limits: Limits,
) -> Configured {
    let named = aws_config::defaults(BehaviorVersion::latest()).profile_name(&name);
    let (shared, certificates) = load(named, &transport).await;
    let asking = ProviderConfig::default()
        .with_region(Some(region_of(&shared)))
        .with_http_client(transport)
        .with_timeout_config(limits.for_one_answer());
    let provider = match Chain::of_section(&name).await {
        Some(chain) => {
            let source = chain.source(&asking);
            SharedCredentialsProvider::new(Coded::new(chain, source, sts(&shared, limits), code))
        }
        // The default chain would ask the environment first, whatever profile was named.
        None => SharedCredentialsProvider::new(
            ProfileFileCredentialsProvider::builder().configure(&asking).profile_name(name).build(),
        ),
    };
    let config = config::Builder::from(&shared).credentials_provider(provider.clone());
    found(config, &shared, Some(provider), certificates, limits)
}

fn found(
    config: config::Builder,
    shared: &SdkConfig,
    provider: Option<SharedCredentialsProvider>,
    certificates: Option<String>,
    limits: Limits,
) -> Configured {
    let mut config = config.region(region_of(shared));
    config.set_endpoint_url(endpoint_url(shared, "S3").or_else(|| global_endpoint(shared)).map(with_slash));
    let everywhere = endpoint_url(shared, NO_SERVICE);
    let is_named = endpoint_url(shared, "STS").is_some_and(|named| Some(named) != everywhere);
    let sts = Some(Sts { config: sts(shared, limits), is_named });
    Configured { config, provider, section: S3Section::of(shared), sts, certificates }
}

async fn load(how: ConfigLoader, transport: &Transport) -> (SdkConfig, Option<String>) {
    let shared = how.http_client(transport.clone()).load().await;
    let bundle = ca_bundle(&shared);
    if let Some(bundle) = &bundle {
        transport.trust(bundle);
    }
    (shared, bundle)
}

fn region_of(shared: &SdkConfig) -> Region {
    shared.region().cloned().unwrap_or(Region::from_static(FIRST_REGION))
}

fn sts(shared: &SdkConfig, limits: Limits) -> aws_sdk_sts::config::Builder {
    let config = aws_sdk_sts::config::Builder::from(shared).region(region_of(shared));
    config.timeout_config(limits.for_one_answer())
}

/// As the SDK finds it, in this order, and does not tell.
fn endpoint_url(shared: &SdkConfig, service: &str) -> Option<String> {
    let key = ServiceConfigKey::builder().service_id(service).env("AWS_ENDPOINT_URL").profile("endpoint_url");
    shared.service_config()?.load_config(key.build().ok()?)
}

fn global_endpoint(shared: &SdkConfig) -> Option<String> {
    shared.endpoint_url().map(str::to_owned)
}
