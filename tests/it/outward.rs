//! The way out of a house that lets nobody out but through its proxy, and reads along under a certificate of its own.

use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::{Arc, Mutex};

use guestpass_testkit::seaweedfs::SeaweedFs;
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use tokio::io::{AsyncBufReadExt, AsyncWriteExt, BufReader, copy_bidirectional};
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;
use tokio_rustls::rustls::ServerConfig;
use tokio_rustls::rustls::pki_types::{PrivateKeyDer, PrivatePkcs8KeyDer};

use crate::command_line::{create_bucket, guestpass, run};

/// A host that no resolver knows: only the proxy finds it.
const HOST: &str = "storage.guestpass.test";

/// The server behind TLS, behind a proxy.
struct House {
    server: SeaweedFs,
    proxy: SocketAddr,
    /// Where the proxy was asked to lead.
    asked: Arc<Mutex<Vec<String>>>,
    certificate: PathBuf,
    home: tempfile::TempDir,
}

impl House {
    async fn new() -> Self {
        let server = SeaweedFs::start();
        create_bucket(&server).await;
        let home = tempfile::tempdir().unwrap();
        let mut house = CertificateParams::new([]).unwrap();
        house.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let certificate = home.path().join("house.pem");
        std::fs::write(&certificate, house.self_signed(&key).unwrap().pem()).unwrap();
        let front = in_front_of(&server, &Issuer::new(house, key)).await;
        let asked = Arc::new(Mutex::new(Vec::new()));
        let proxy = proxy_to(front, asked.clone()).await;
        Self { server, proxy, asked, certificate, home }
    }

    /// The binary as somebody in this house runs it, with these lines in the profile.
    fn press(&self, lines: &str) -> Command {
        let folder = self.home.path().join("aws");
        let (config, credentials) = self.server.write_profiles(&folder);
        let own = std::fs::read_to_string(&config).unwrap();
        std::fs::write(&config, own.replace(&self.server.endpoint(), &format!("https://{HOST}\n{lines}")))
            .unwrap();
        let mut command = guestpass(self.home.path());
        command.env("AWS_CONFIG_FILE", config).env("AWS_SHARED_CREDENTIALS_FILE", credentials);
        command.env("HTTPS_PROXY", format!("http://{}", self.proxy)).args(["--profile", "press"]);
        command
    }
}

/// Speaks TLS, and passes on what was meant.
async fn in_front_of(server: &SeaweedFs, issuer: &Issuer<'static, KeyPair>) -> SocketAddr {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new([HOST.to_owned()]).unwrap().signed_by(&key, issuer).unwrap();
    let key = PrivateKeyDer::Pkcs8(PrivatePkcs8KeyDer::from(key.serialize_der()));
    let config = ServerConfig::builder().with_no_client_auth();
    let config = config.with_single_cert(vec![certificate.der().clone()], key).unwrap();
    let (acceptor, address) = (TlsAcceptor::from(Arc::new(config)), address_of(server));
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let front = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let acceptor = acceptor.clone();
            tokio::spawn(async move {
                // Who does not trust the certificate hangs up.
                let Ok(mut client) = acceptor.accept(stream).await else { return };
                let mut server = TcpStream::connect(address).await.unwrap();
                let _ = copy_bidirectional(&mut client, &mut server).await;
            });
        }
    });
    front
}

/// Leads every CONNECT to the one server that there is.
async fn proxy_to(front: SocketAddr, asked: Arc<Mutex<Vec<String>>>) -> SocketAddr {
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let proxy = listener.local_addr().unwrap();
    tokio::spawn(async move {
        while let Ok((stream, _)) = listener.accept().await {
            let asked = asked.clone();
            tokio::spawn(async move {
                let mut client = BufReader::new(stream);
                let mut head = String::new();
                while !head.ends_with("\r\n\r\n") && client.read_line(&mut head).await.unwrap() > 0 {}
                let first = head.lines().next().unwrap_or_default().to_owned();
                let leads_there = first.starts_with(&format!("CONNECT {HOST}:443 "));
                asked.lock().unwrap().push(first);
                if !leads_there {
                    let _ = client.write_all(b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\n\r\n").await;
                    return;
                }
                client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").await.unwrap();
                let mut server = TcpStream::connect(front).await.unwrap();
                let _ = copy_bidirectional(&mut client, &mut server).await;
            });
        }
    });
    proxy
}

fn address_of(server: &SeaweedFs) -> SocketAddr {
    server.endpoint().trim_start_matches("http://").parse().unwrap()
}

fn send(command: &mut Command, file: &Path) -> (String, String, i32) {
    run(command.args(["send", "--json", "--to", "s3://acme-press/in"]).arg(file))
}

#[tokio::test(flavor = "multi_thread")]
async fn the_proxy_and_the_certificates_of_the_environment_are_used() {
    let house = House::new().await;
    let letter = house.home.path().join("letter.txt");
    std::fs::write(&letter, "until Thursday").unwrap();
    let (sent, error, code) = send(house.press("").env("AWS_CA_BUNDLE", &house.certificate), &letter);
    assert_eq!((error.as_str(), code), ("", 0));
    let sent: serde_json::Value = serde_json::from_str(&sent).unwrap();
    assert_eq!(sent["checked"], "opens", "the test of the link goes the same way");
    assert!(sent["url"].as_str().unwrap().starts_with(&format!("https://{HOST}/")));
    let asked = house.asked.lock().unwrap().clone();
    assert!(asked.len() >= 2 && asked.iter().all(|asked| asked.contains(HOST)), "{asked:?}");

    let in_profile = format!("ca_bundle = {}", house.certificate.display());
    let (listed, error, code) = run(house.press(&in_profile).args(["ls", "s3://acme-press/in/"]));
    assert_eq!((error.as_str(), code), ("", 0));
    assert!(listed.ends_with("14 s3://acme-press/in/letter.txt"), "{listed}");

    let nonsense = house.home.path().join("nonsense.pem");
    std::fs::write(&nonsense, "-----BEGIN CERTIFICATE-----\nbm9uc2Vuc2U=\n-----END CERTIFICATE-----\n")
        .unwrap();
    for bundle in [None, Some(nonsense)] {
        let mut command = house.press("");
        command.envs(bundle.map(|bundle| ("AWS_CA_BUNDLE", bundle)));
        let (_, error, code) = run(command.args(["ls", "s3://acme-press/in/"]));
        assert_eq!(code, 6, "nobody is trusted without being told: {error}");
        assert!(error.contains("certificate"), "{error}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn no_proxy_leads_to_this_very_computer() {
    let house = House::new().await;
    let letter = house.home.path().join("letter.txt");
    std::fs::write(&letter, "until Thursday").unwrap();
    let (config, credentials) = house.server.write_profiles(&house.home.path().join("plain"));
    let mut command = guestpass(house.home.path());
    command.env("AWS_CONFIG_FILE", config).env("AWS_SHARED_CREDENTIALS_FILE", credentials);
    command.env("HTTP_PROXY", format!("http://{}", house.proxy)).args(["--profile", "press"]);
    let (sent, error, code) = send(&mut command, &letter);
    assert_eq!((error.as_str(), code), ("", 0));
    assert!(sent.contains("\"checked\":\"opens\""), "{sent}");
    assert!(house.asked.lock().unwrap().is_empty());
}
