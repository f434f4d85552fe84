//! The way to every server: through the proxy and by the certificates that the environment names, and given up where
//! nothing moves any more.
//!
//! The SDK knows neither `HTTPS_PROXY` nor `AWS_CA_BUNDLE` by itself, and its time limits count from a request's start:
//! they cannot tell a slow line from a dead one.

mod silence;
mod unreached;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use aws_sdk_s3::config::SharedAsyncSleep;
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
use hyper_util::client::proxy::matcher::Matcher;
use rustls::RootCertStore;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use silence::{Pulse, watched};
pub(crate) use unreached::{Unreached, is_untrusted};
use url::{Host, Url};

/// Names a file with certificates to trust besides those of the system.
pub(crate) const CA_BUNDLE: &str = "AWS_CA_BUNDLE";

/// Makes connections, and keeps them for the next request.
#[derive(Clone, Debug, Default)]
pub(crate) struct Transport(Arc<Shared>);

#[derive(Debug, Default)]
struct Shared {
    /// In PEM, each by itself.
    certificates: Mutex<Vec<String>>,
    ways: Mutex<HashMap<Way, SharedHttpConnector>>,
}

/// Connections that are made in the same manner.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
struct Way {
    /// To this very computer.
    is_here: bool,
    /// How long one may take to open.
    connecting: Option<Duration>,
}

impl Transport {
    /// Trusts the certificates in this file from now on, besides those of the system.
    pub(crate) fn trust(&self, bundle: &str) {
        locked(&self.0.certificates).extend(certificates_in(bundle));
        locked(&self.0.ways).clear();
    }

    /// Trusts the certificates that the environment names, and tells the name of their file.
    pub(crate) fn trust_environment(&self) -> Option<String> {
        let bundle = std::env::var(CA_BUNDLE).ok().filter(|bundle| !bundle.is_empty())?;
        self.trust(&bundle);
        Some(bundle)
    }

    fn connector(&self, way: Way, sleep: Option<SharedAsyncSleep>) -> SharedHttpConnector {
        locked(&self.0.ways).entry(way).or_insert_with(|| self.connect(way, sleep)).clone()
    }

    fn connect(&self, way: Way, sleep: Option<SharedAsyncSleep>) -> SharedHttpConnector {
        let certificates = locked(&self.0.certificates);
        let store = certificates
            .iter()
            .fold(TrustStore::default(), |store, pem| store.with_pem_certificate(pem.clone()));
        // It has no error but in name.
        let context = TlsContext::builder().with_trust_store(store).build().unwrap_or_default();
        let proxy = if way.is_here { ProxyConfig::disabled() } else { ProxyConfig::from_env() };
        let mut settings = HttpConnectorSettings::builder();
        settings.set_connect_timeout(way.connecting);
        let mut connector = Connector::builder().connector_settings(settings.build()).proxy_config(proxy);
        connector.set_sleep_impl(sleep);
        let connector = connector.tls_provider(Provider::Rustls(CryptoMode::AwsLc)).tls_context(context);
        SharedHttpConnector::new(connector.build())
    }
}

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

/// The certificates in a file, in PEM, each by itself. What cannot be read of it is told in the log: connections that
/// need it fail, and say so.
pub(crate) fn certificates_in(bundle: &str) -> Vec<String> {
    let pem = std::fs::read(bundle).unwrap_or_else(|e| {
        tracing::warn!("the certificates in {bundle} cannot be read: {e}");
        Vec::new()
    });
    // Between the certificates, people write in whatever encoding they have.
    let pem = String::from_utf8_lossy(&pem);
    let (good, bad): (Vec<_>, Vec<_>) = blocks(&pem).partition(|block| is_certificate(block));
    if !bad.is_empty() {
        tracing::warn!("{} of the certificates in {bundle} are none", bad.len());
    }
    good
}

fn blocks(pem: &str) -> impl Iterator<Item = String> {
    const END: &str = "-----END CERTIFICATE-----";
    let blocks = pem.split_inclusive(END).filter(|block| block.ends_with(END));
    blocks.map(|block| format!("{}\n", block.trim_start()))
}

/// The SDK takes it for granted, and would panic.
fn is_certificate(pem: &str) -> bool {
    let certificate = CertificateDer::from_pem_slice(pem.as_bytes());
    certificate.is_ok_and(|certificate| RootCertStore::empty().add(certificate).is_ok())
}

impl HttpClient for Transport {
    fn http_connector(
        &self,
        settings: &HttpConnectorSettings,
        components: &RuntimeComponents,
    ) -> SharedHttpConnector {
        SharedHttpConnector::new(Watched {
            transport: self.clone(),
            connecting: settings.connect_timeout(),
            silence: settings.read_timeout(),
            sleep: components.sleep_impl(),
        })
    }
}

/// Sends requests, each until nothing has moved for so long.
#[derive(Debug)]
struct Watched {
    transport: Transport,
    connecting: Option<Duration>,
    silence: Option<Duration>,
    sleep: Option<SharedAsyncSleep>,
}

impl HttpConnector for Watched {
    fn call(&self, mut request: HttpRequest) -> HttpConnectorFuture {
        let url = Url::parse(request.uri()).ok();
        let is_here = url.as_ref().is_some_and(is_here);
        let host = url.as_ref().and_then(Url::host_str).unwrap_or_default().to_owned();
        let way = Way { is_here, connecting: self.connecting };
        let connector = self.transport.connector(way, self.sleep.clone());
        let Some(limit) = self.silence else {
            let answer = connector.call(request);
            return HttpConnectorFuture::new(
                async move { answer.await.map_err(|e| unreached::named(e, &host)) },
            );
        };
        let pulse = Pulse::default();
        let body = watched(request.take_body(), pulse.clone());
        *request.body_mut() = body;
        let answer = connector.call(request);
        HttpConnectorFuture::new(async move {
            tokio::select! {
                answer = answer => answer.map_err(|e| unreached::named(e, &host)),
                () = pulse.silence(limit) => Err(ConnectorError::timeout(
                    format!("nothing has moved for {limit:?}").into(),
                )),
            }
        })
    }
}

/// The proxy on the way to an address, without its password; as the connections find it.
pub(crate) fn proxy_to(url: &Url) -> Option<String> {
    if is_here(url) {
        return None;
    }
    let proxy = Matcher::from_env().intercept(&url.as_str().parse().ok()?)?;
    let mut proxy = Url::parse(&proxy.uri().to_string()).ok()?;
    // Both fail where a URL can have neither.
    let _ = (proxy.set_username(""), proxy.set_password(None));
    Some(proxy.to_string().trim_end_matches('/').to_owned())
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_certificate_is_left_out_of_a_bundle() {
        let bundle = tempfile::NamedTempFile::new().unwrap();
        let nonsense =
            "# the house\n-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\nthe end";
        std::fs::write(&bundle, nonsense).unwrap();
        for path in [bundle.path().to_str().unwrap(), "/nowhere"] {
            assert!(certificates_in(path).is_empty());
        }
    }

    #[test]
    fn the_certificates_of_a_bundle_are_told_apart() {
        let one = "-----BEGIN CERTIFICATE-----\nYQ==\n-----END CERTIFICATE-----\n";
        assert_eq!(blocks(&format!("# first\n{one}\n\n{one}")).count(), 2);
        assert_eq!(blocks("").count(), 0);
    }
}
