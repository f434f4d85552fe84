//! The ways in: what each takes becomes a configuration of the SDK and a source of credentials.

mod by_hand;
mod coded;
mod coded_chain;
mod files;

use aws_config::SdkConfig;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_s3::config;
use aws_types::service_config::ServiceConfigKey;
pub(crate) use coded::CodeError;
use guestpass_core::{Result, Secret, Way};

use crate::Limits;
use crate::section::S3Section;
use crate::signin::address;
use crate::transport::{CA_BUNDLE, Transport};

/// Where a bucket's region is not known and the profile names none, requests start here: every region's
/// buckets can be found from it.
const FIRST_REGION: &str = "us-east-1";

/// Where the credentials and the server come from.
#[derive(Clone, Debug)]
pub enum Access {
    /// As the core has it. [`Way::Practice`] is none by itself: whoever runs that server makes a
    /// [`Access::Local`] of it.
    Way(Way),
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

/// What was found, before a client is made of it.
pub(crate) struct Configured {
    pub(crate) config: config::Builder,
    pub(crate) provider: Option<SharedCredentialsProvider>,
    pub(crate) section: S3Section,
    pub(crate) sts: Option<Sts>,
    /// The file with certificates that are trusted besides the system's.
    pub(crate) certificates: Option<String>,
}

/// AWS's service that knows whose credentials these are.
pub(crate) struct Sts {
    pub(crate) config: aws_sdk_sts::config::Builder,
    /// Whether somebody named a server for it: then it is asked wherever the buckets are.
    pub(crate) is_named: bool,
}

impl Access {
    /// Refuses addresses that are none: [`Kind::AddressInvalid`]. They come from a person or from a file that somebody
    /// sent, and the SDK would refuse each request with what nobody understands.
    pub(crate) fn assure_addresses(&self) -> Result<()> {
        let Self::Way(way) = self else { return Ok(()) };
        if let Way::Role { organisation, .. } = way {
            address::assure(organisation)?;
        }
        let (Way::Key { server, .. } | Way::Role { server, .. }) = way else { return Ok(()) };
        let Some(endpoint) = &server.endpoint else { return Ok(()) };
        if address::is_server(endpoint) {
            return Ok(());
        }
        Err(address::invalid(endpoint))
    }
}

pub(crate) async fn configuration(access: Access, limits: Limits) -> Configured {
    let transport = Transport::default();
    match access {
        Access::Way(Way::Environment) => files::environment(transport, limits).await,
        Access::Way(Way::Aws { profile, code }) => files::section(profile, code, transport, limits).await,
        Access::Way(Way::Key { key, server }) => by_hand::key(&key, server, transport, limits),
        Access::Way(Way::Role { organisation, account, role, server }) => {
            by_hand::role(&organisation, &account, &role, server, transport, limits)
        }
        Access::Way(Way::Practice) => by_hand::nothing(),
        Access::Local { endpoint, region, access_key_id, secret_access_key } => {
            by_hand::local(endpoint, region, &access_key_id, &secret_access_key, transport)
        }
    }
}

/// The file with certificates that AWS's other tools trust, from `AWS_CA_BUNDLE` or the profile
/// (<https://docs.aws.amazon.com/sdkref/latest/guide/settings-reference.html>).
fn ca_bundle(shared: &SdkConfig) -> Option<String> {
    let key = ServiceConfigKey::builder().service_id("S3").env(CA_BUNDLE).profile("ca_bundle");
    shared.service_config()?.load_config(key.build().ok()?)
}

/// Without a slash at its end the SDK writes a base path and a bucket as one word: `/basebucket/key`.
fn with_slash(url: String) -> String {
    if url.ends_with('/') { url } else { url + "/" }
}
