//! One profile's way to S3: configuration found once, clients kept per region.

use std::sync::Arc;

use aws_sdk_s3::{Client, Config};
use guestpass_core::ports::Clock;
use guestpass_core::{Addressing, Error, Kind, Result};
use url::Url;

use crate::Limits;
use crate::clock::{LearnTime, StoreClock};
use crate::credentials::Signer;
use crate::regions::Regions;
use crate::sign::place;
use crate::transport::is_here;
use crate::upload::Uploads;
use crate::ways::{Access, Configured, configuration};

/// What one profile can do.
#[derive(Debug)]
pub struct S3Store {
    /// The profile's name, for messages.
    pub(crate) profile: String,
    pub(crate) clock: Arc<StoreClock>,
    pub(crate) signer: Signer,
    pub(crate) regions: Regions,
    pub(crate) uploads: Arc<Uploads>,
    pub(crate) limits: Limits,
    /// Who tells whose credentials these are; none where the server is not AWS.
    pub(crate) sts: Option<aws_sdk_sts::Config>,
    /// The file with certificates that are trusted besides the system's.
    pub(crate) certificates: Option<String>,
}

impl S3Store {
    /// Finds the profile's configuration and resolves its credentials once.
    ///
    /// `profile` is its name for messages. Errors: those of the credentials, [`Kind::CodeNeeded`] and
    /// [`Kind::CodeRefused`] for a role with `mfa_serial`, and [`Kind::EndpointInsecure`] where the profile names a
    /// server elsewhere without TLS, unless `allows_http`. [`Kind::AddressInvalid`] where an address that was given to
    /// the app is none.
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
        access.assure_addresses()?;
        Self::open(limits, configuration(access, limits).await, profile, clock, allows_http).await
    }

    pub(crate) async fn open(
        limits: Limits,
        configured: Configured,
        profile: &str,
        clock: Arc<dyn Clock>,
        allows_http: bool,
    ) -> Result<Self> {
        let Configured { config, provider, section, sts, certificates } = configured;
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
        let sts = sts.filter(|sts| is_aws || sts.is_named);
        let sts = sts.map(|sts| sts.config.interceptor(LearnTime(clock.clone())).build());
        Ok(Self { profile: profile.to_owned(), clock, signer, regions, uploads, limits, sts, certificates })
    }
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
