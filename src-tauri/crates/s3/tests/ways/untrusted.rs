//! Servers whose certificate nobody here trusts.

use std::sync::Arc;

use guestpass_core::ports::Check;
use guestpass_core::{BucketName, Checked, Disposition, Kind, LimitedBy, Link, LinkEnd, LinkUrl, ObjectKey};
use guestpass_s3::AnonymousCheck;
use jiff::Timestamp;
use rcgen::{CertificateParams, KeyPair};
use tokio::net::TcpListener;
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::guest::S3;
use crate::house::House;

/// A server that signs for itself. Nobody gets past the handshake.
async fn stranger() -> String {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(["127.0.0.1".into()]).unwrap().self_signed(&key).unwrap();
    let key = PrivateKeyDer::from(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(vec![certificate.der().clone()], key).unwrap();
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let acceptor = TlsAcceptor::from(Arc::new(config));
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move { acceptor.accept(stream).await.map(drop) });
        }
    });
    format!("https://{address}")
}

#[tokio::test]
async fn a_stranger_is_not_taken_for_having_no_network() {
    let stranger = stranger().await;
    let mut house = House::new().await;
    house.variables.push((S3, stranger.clone()));
    let mut guest = house.guest();
    assert!(guest.ask("connect key").await.starts_with("https"));
    let said = guest.ask("buckets").await;
    assert!(said.starts_with("error Untrusted { host: \"127.0.0.1\" } |"), "{said}");

    for name in ["AWS_ENDPOINT_URL_SSO_OIDC", "AWS_ENDPOINT_URL_SSO"] {
        house.variables.push((name, stranger.clone()));
    }
    let said = house.guest().ask("sign-in browser").await;
    assert!(said.starts_with("error Untrusted { host: \"127.0.0.1\" } |"), "{said}");
}

#[tokio::test]
async fn nor_by_whoever_tries_a_link() {
    let link = Link {
        bucket: BucketName::parse("acme").unwrap(),
        key: ObjectKey::parse("film.mp4").unwrap(),
        version: None,
        name: "film.mp4".into(),
        disposition: Disposition::Inline,
        pays: false,
        url: LinkUrl::new(format!("{}/acme/film.mp4?x=1", stranger().await)),
        end: LinkEnd {
            expires_at: Timestamp::now(),
            limited_by: LimitedBy::Chosen,
            certain: true,
            clock_offset_seconds: 0,
        },
        checked: Checked::Offline,
    };
    let tested = AnonymousCheck::new().unwrap().check(&link, "environment").await;
    let refused = tested.outcome.unwrap_err();
    assert_eq!(*refused.kind(), Kind::Untrusted { host: "127.0.0.1".into() });
    assert!(!format!("{refused:?}").contains("film.mp4"), "{refused:?}");
}
