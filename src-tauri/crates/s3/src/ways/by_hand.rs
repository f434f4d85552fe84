//! Ways of which the app has everything itself. They are made by hand, so that no variable of the environment and no
//! file leads them elsewhere; only the way out, by a proxy and its certificates, is the house's.

use aws_config::Region;
use aws_config::provider_config::ProviderConfig;
use aws_config::sso::SsoCredentialsProvider;
use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_s3::config::{self, BehaviorVersion};
use guestpass_core::{AccessKey, Organisation, Secret, Server};

use super::{Configured, FIRST_REGION, Sts, with_slash};
use crate::Limits;
use crate::section::S3Section;
use crate::transport::Transport;

/// A key that was given to the app.
pub(super) fn key(key: &AccessKey, server: Server, transport: Transport, limits: Limits) -> Configured {
    let keys = Credentials::new(
        key.access_key_id.reveal(),
        key.secret_access_key.reveal(),
        key.session_token.as_ref().map(|token| token.reveal().clone()),
        None,
        "a key of the app",
    );
    let certificates = transport.trust_environment();
    on(server, SharedCredentialsProvider::new(keys), &transport, certificates, limits)
}

/// A role through IAM Identity Center. The token is read where AWS CLI v2 keeps it, and renewed there.
pub(super) fn role(
    organisation: &Organisation,
    account: &str,
    role: &str,
    server: Server,
    transport: Transport,
    limits: Limits,
) -> Configured {
    let certificates = transport.trust_environment();
    let region = Region::new(organisation.region.clone());
    let asking = ProviderConfig::default()
        .with_region(Some(region.clone()))
        .with_http_client(transport.clone())
        .with_timeout_config(limits.for_one_answer());
    let provider = SsoCredentialsProvider::builder()
        .configure(&asking)
        .account_id(account)
        .role_name(role)
        .start_url(&organisation.start_url)
        .session_name(organisation.session_name())
        .region(region)
        .build();
    on(server, SharedCredentialsProvider::new(provider), &transport, certificates, limits)
}

/// A server on this computer.
pub(super) fn local(
    endpoint: String,
    region: String,
    access_key_id: &Secret<String>,
    secret_access_key: &Secret<String>,
    transport: Transport,
) -> Configured {
    let (id, secret) = (access_key_id.reveal(), secret_access_key.reveal());
    let keys = Credentials::new(id, secret, None, None, "a server on this computer");
    let server = Server { endpoint: Some(endpoint), region: Some(region), ..Server::default() };
    on(server, SharedCredentialsProvider::new(keys), &transport, None, Limits::default())
}

/// No way at all: connecting says that there are no credentials.
pub(super) fn nothing() -> Configured {
    let config = config::Builder::new().behavior_version(BehaviorVersion::latest());
    Configured { config, provider: None, section: S3Section::default(), sts: None, certificates: None }
}

fn on(
    server: Server,
    provider: SharedCredentialsProvider,
    transport: &Transport,
    certificates: Option<String>,
    limits: Limits,
) -> Configured {
    let Server { endpoint, region, addressing } = server;
    let region = Region::new(region.unwrap_or_else(|| FIRST_REGION.to_owned()));
    let mut config = config::Builder::new()
        .behavior_version(BehaviorVersion::latest())
        .http_client(transport.clone())
        .region(region.clone())
        .credentials_provider(provider.clone());
    config.set_endpoint_url(endpoint.map(with_slash));
    let sts = aws_sdk_sts::config::Builder::new()
        .behavior_version(BehaviorVersion::latest())
        .http_client(transport.clone())
        .timeout_config(limits.for_one_answer())
        .region(region);
    Configured {
        config,
        provider: Some(provider),
        section: S3Section::by(addressing),
        sts: Some(Sts { config: sts, is_named: false }),
        certificates,
    }
}
