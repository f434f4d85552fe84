//! The way to every server: through the proxy and by the certificates that the environment names, and given up where
//! nothing moves any more.
//!
//! The SDK knows neither `HTTPS_PROXY` nor `AWS_CA_BUNDLE` by itself, and its time limits count from a request's start:
//! they cannot tell a slow line from a dead one.

mod silence;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_smithy_http_client::Connector;
use aws_smithy_http_client::proxy::ProxyConfig;
use aws_smithy_http_client::tls::rustls_provider::CryptoMode;
use aws_smithy_http_client::tls::{Provider, TlsContext, TrustStore};
use aws_smithy_runtime_api::client::http::{
    HttpClient, HttpConnector, HttpConnectorFuture, HttpConnectorSettings, SharedHttpConnector,
};
use aws_smithy_runtime_api::client::orchestrator::HttpRequest;
use aws_smithy_runtime_api::client::result::ConnectorError;
use aws_smithy_runtime_api::client::runtime_components::RuntimeComponents;
use silence::{Pulse, watched};
use url::{Host, Url};

/// Names a file with certificates to trust besides those of the system.
pub(crate) const CA_BUNDLE: &str = "AWS_CA_BUNDLE";

/// Makes connections, and keeps them for the next request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Transport(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    certificates: Mutex<Vec<Vec<u8>>>,
    /// By how long a connection may take to open.
    ways: Mutex<HashMap<Option<Duration>, Ways>>,
}

/// To this very computer, and to all others.
#[derive(Clone, Debug)]
struct Ways {
    here: SharedHttpConnector,
    outside: SharedHttpConnector,
}

impl Transport {
    /// Trusts the certificates in this file from now on, besides those of the system. One that cannot be read is
    /// told in the log: connections that need it fail, and say so.
    pub(crate) fn trust(&self, bundle: &str) {
        match std::fs::read(bundle) {
            Ok(pem) => {
                self.0.certificates.lock().unwrap_or_else(PoisonError::into_inner).push(pem);
                self.0.ways.lock().unwrap_or_else(PoisonError::into_inner).clear();
            }
            Err(e) => tracing::warn!("the certificates in {bundle} cannot be read: {e}"),
        }
    }

    fn connect(&self, settings: &HttpConnectorSettings, components: &RuntimeComponents) -> Ways {
        let mut store = TrustStore::default();
        for pem in self.0.certificates.lock().unwrap_or_else(PoisonError::into_inner).iter() {
            store = store.with_pem_certificate(pem.clone());
        }
        let mut only_connecting = HttpConnectorSettings::builder();
        only_connecting.set_connect_timeout(settings.connect_timeout());
        let only_connecting = only_connecting.build();
        let make = |proxy| {
            // Its one error is a trust store without a certificate.
            let context = TlsContext::builder().with_trust_store(store.clone()).build().unwrap_or_default();
            let mut connector = Connector::builder().connector_settings(only_connecting.clone());
            connector.set_sleep_impl(components.sleep_impl());
            let connector = connector.proxy_config(proxy).tls_provider(Provider::Rustls(CryptoMode::AwsLc));
            SharedHttpConnector::new(connector.tls_context(context).build())
        };
        Ways { here: make(ProxyConfig::disabled()), outside: make(ProxyConfig::from_env()) }
    }
}

impl HttpClient for Transport {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        let mut known = self.0.ways.lock().unwrap_or_else(PoisonError::into_inner);
        let ways = match known.get(&settings.connect_timeout()) {
            Some(ways) => ways.clone(),
            None => {
                let ways = self.connect(settings, components);
                known.insert(settings.connect_timeout(), ways.clone());
                ways
            }
        };
        SharedHttpConnector::new(Watched { ways, silence: settings.read_timeout() })
    }
}

/// Sends requests, each until nothing has moved for so long.
#[derive(Debug)]
struct Watched {
    ways: Ways,
    silence: Option<Duration>,
}

impl HttpConnector for Watched {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let way = if Url::parse(request.uri()).is_ok_and(|url| is_here(&url)) {
            &self.ways.here
        } else {
            &self.ways.outside
        };
        let Some(limit) = self.silence else { return way.call(request) };
        let pulse = Pulse::default();
        let body = watched(request.take_body(), pulse.clone());
        *request.body_mut() = body;
        let answer = way.call(request);
        HttpConnectorFuture::new(async move {
            tokio::select! {
                answer = answer => answer,
                () = pulse.silence(limit) => Err(ConnectorError::timeout(
                    format!("nothing has moved for {limit:?}").into(),
                )),
            }
        })
    }
}

/// Whether an address is of this very computer. No proxy leads there.
pub(crate) fn is_here(url: &Url) -> bool {
    match url.host() {
        Some(Host::Domain(name)) => name == "localhost" || name.ends_with(".localhost"),
        Some(Host::Ipv4(address)) => address.is_loopback(),
        Some(Host::Ipv6(address)) => address.is_loopback(),
        None => false,
    }
}
