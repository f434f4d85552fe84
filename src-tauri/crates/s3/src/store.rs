//! One profile's way to S3: configuration found once, clients kept per region.

use aws_config::profile::ProfileFileCredentialsProvider;
use aws_config::provider_config::ProviderConfig;
use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_s3::config::StalledStreamProtectionConfig;
use aws_sdk_s3::config::timeout::TimeoutConfig;
use aws_sdk_s3::{Client, Config, config};
use guestpass_core::{Kind, Result, Secret};
use std::time::Duration;

use crate::credentials::Signer;
use crate::regions::Regions;
use crate::sign;

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
    pub(crate) signer: Signer,
    pub(crate) regions: Regions,
}

impl S3Store {
    /// Finds the profile's configuration and resolves its credentials once.
    ///
    /// `profile` is its name for messages. Errors: those of the credentials.
    pub async fn connect(access: Access, profile: &str) -> Result<Self> {
        let (config, provider) = configuration(access).await;
        let Some(provider) = provider else {
            return Err(Kind::CredentialsMissing { profile: profile.to_owned() }.into());
        };
        let signer = Signer::new(provider, profile);
        signer.credentials().await?;
        let config = config
            .timeout_config(TimeoutConfig::builder().connect_timeout(Duration::from_secs(5)).build())
            .stalled_stream_protection(StalledStreamProtectionConfig::enabled().build())
            // The SDK would otherwise call CreateSession over the network while it presigns for S3 Express.
            .disable_s3_express_session_auth(true)
            .build();
        let (config, is_aws) = with_addressing(config).await;
        Ok(Self { profile: profile.to_owned(), signer, regions: Regions::new(config, is_aws) })
    }
}

async fn configuration(access: Access) -> (config::Builder, Option<SharedCredentialsProvider>) {
    match access {
        Access::Environment => {
            let shared = aws_config::load_defaults(BehaviorVersion::latest()).await;
            (with_region(&shared), shared.credentials_provider())
        }
        Access::Profile(name) => {
            let shared = aws_config::defaults(BehaviorVersion::latest()).profile_name(&name).load().await;
            // The default chain would ask the environment first, whatever profile was named.
            let provider = ProfileFileCredentialsProvider::builder()
                .configure(&ProviderConfig::default().with_region(shared.region().cloned()))
                .profile_name(name)
                .build();
            let provider = SharedCredentialsProvider::new(provider);
            (with_region(&shared).credentials_provider(provider.clone()), Some(provider))
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
                .endpoint_url(endpoint)
                .region(Region::new(region))
                .credentials_provider(provider.clone());
            (config, Some(provider))
        }
    }
}

fn with_region(shared: &SdkConfig) -> config::Builder {
    let region = shared.region().cloned().unwrap_or(Region::from_static(FIRST_REGION));
    config::Builder::from(shared).region(region)
}

/// Path style for every server but AWS: all of them take it, while few have a name for each bucket.
async fn with_addressing(config: Config) -> (Config, bool) {
    let host = sign::endpoint_host(&Client::from_conf(config.clone())).await;
    let is_aws =
        host.is_none_or(|host| host.ends_with(".amazonaws.com") || host.ends_with(".amazonaws.com.cn"));
    if is_aws { (config, true) } else { (config.to_builder().force_path_style(true).build(), false) }
}
