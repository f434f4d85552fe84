//! A network of one answer, which remembers what was asked; and stores behind it.

use std::sync::{Arc, Mutex};

use aws_credential_types::Credentials;
use aws_credential_types::provider::SharedCredentialsProvider;
use aws_sdk_s3::config::{self, Region};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::{HttpRequest, HttpResponse};
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use aws_smithy_types::body::SdkBody;
use guestpass_core::ports::Clock;
use jiff::Timestamp;

use crate::S3Store;
use crate::credentials::Signer;
use crate::limits::Limits;
use crate::section::S3Section;
use crate::ways::Configured;

/// Answers every request with this status and, if any, this region of the bucket.
#[derive(Clone, Debug, Default)]
pub(super) struct Network {
    status: u16,
    region: Option<String>,
    asked: Arc<Mutex<Vec<String>>>,
}

impl Network {
    pub(super) fn answering(status: u16, region: Option<&str>) -> Self {
        Self { status, region: region.map(str::to_owned), asked: Arc::default() }
    }

    /// Method and URL of each request so far.
    pub(super) fn asked(&self) -> Vec<String> {
        self.asked.lock().unwrap().clone()
    }
}

impl HttpConnector for Network {
    fn call(&self, request: HttpRequest) -> HttpConnectorFuture {
        self.asked.lock().unwrap().push(format!("{} {}", request.method(), request.uri()));
        let mut answer = HttpResponse::new(self.status.try_into().unwrap(), SdkBody::empty());
        if let Some(region) = &self.region {
            answer.headers_mut().insert("x-amz-bucket-region", region.clone());
        }
        HttpConnectorFuture::ready(Ok(answer))
    }
}

impl HttpClient for Network {
    fn http_connector(&self, _: &HttpConnectorSettings, _: &RuntimeComponents) -> SharedHttpConnector {
        SharedHttpConnector::new(self.clone())
    }
}

/// The clock on the wall of the tests; signatures bring their own time.
pub(super) struct Noon;

impl Clock for Noon {
    fn now(&self) -> Timestamp {
        "2026-11-23T12:00:00Z".parse().unwrap()
    }
}

/// Keys as both sides are given them.
#[derive(Clone, Debug)]
pub(super) struct Keys {
    pub(super) id: String,
    pub(super) secret: String,
    pub(super) token: Option<String>,
}

impl Keys {
    pub(super) fn plain() -> Self {
        Self { id: "AKIAIOSFODNN7EXAMPLE".into(), secret: "wJalrXUtnFEMI/K7MDENG+bPxRfi".into(), token: None }
    }

    pub(super) fn temporary() -> Self {
        Self { token: Some("FwoGZXIvYXdzEJr//////////wEaDE+4=&%20==".into()), ..Self::plain() }
    }

    pub(super) fn credentials(&self) -> Credentials {
        Credentials::new(&self.id, &self.secret, self.token.clone(), None, "the tests")
    }
}

/// A store with these keys, in this region of AWS or of the server at `endpoint`; every bucket is in that region.
pub(super) async fn store(keys: &Keys, region: &str, endpoint: Option<&str>) -> S3Store {
    store_in(keys, region, endpoint, Network::answering(200, Some(region))).await
}

/// The same behind a network.
pub(super) async fn store_in(keys: &Keys, region: &str, endpoint: Option<&str>, network: Network) -> S3Store {
    let provider = SharedCredentialsProvider::new(keys.credentials());
    let mut config = config::Config::builder()
        .behavior_version(config::BehaviorVersion::latest())
        .region(Region::new(region.to_owned()))
        .http_client(network)
        .credentials_provider(provider.clone());
    config.set_endpoint_url(endpoint.map(str::to_owned));
    opened(Configured {
        config,
        provider: Some(provider),
        section: S3Section::default(),
        sts: None,
        certificates: None,
    })
    .await
}

pub(super) async fn opened(configured: Configured) -> S3Store {
    S3Store::open(Limits::default(), configured, "press", Arc::new(Noon), false).await.unwrap()
}

/// From now on the store signs with these.
pub(super) fn hand_over(store: &mut S3Store, keys: &Keys) {
    let provider = SharedCredentialsProvider::new(keys.credentials());
    store.signer = Signer::new(provider, "press", store.clock.clone());
}
