//! The guest who tries a link before it is handed over.
//!
//! One GET of the very URL with `Range: bytes=0-0`, by a client that knows no credentials. HEAD would not do:
//! the method is part of the signature.

use std::time::Duration;

use async_trait::async_trait;
use guestpass_core::ports::Check;
use guestpass_core::{Action, Checked, Error, Kind, Link, Result, Tested};
use reqwest::header::{HeaderMap, RANGE};
use reqwest::redirect::Policy;
use reqwest::{Certificate, Client, ClientBuilder, Response, StatusCode};
use serde::Deserialize;
use url::Url;

use crate::clock::http_date;
use crate::error::{Asked, Refusal};
use crate::transport::{CA_BUNDLE, certificates_in, is_here, is_untrusted};

/// The click must feel immediate; a link that cannot be tested in this time is handed over and said untested.
const LIMIT: Duration = Duration::from_millis(1_500);

/// An error answer is a few hundred bytes; more is not read.
const MAX_ANSWER_BYTES: usize = 64 * 1024;

/// Two clients without credentials: no proxy leads to this very computer.
#[derive(Debug)]
pub struct AnonymousCheck {
    here: Client,
    outside: Client,
}

impl AnonymousCheck {
    /// Makes the clients; they serve all checks. Error: [`Kind::Internal`] when TLS cannot be set up.
    pub fn new() -> Result<Self> {
        // A recipient's browser would follow a redirect, and the signature would not fit the other host.
        let client = || Client::builder().redirect(Policy::none()).timeout(LIMIT);
        let built = |client: ClientBuilder| {
            client.build().map_err(|e| Error::from(Kind::Internal).with_source(e.without_url()))
        };
        let outside = client().tls_certs_merge(extra_certificates());
        Ok(Self { here: built(client().no_proxy())?, outside: built(outside)? })
    }

    fn client(&self, url: &str) -> &Client {
        if Url::parse(url).is_ok_and(|url| is_here(&url)) { &self.here } else { &self.outside }
    }
}

/// Where a proxy of the house reads along, its certificate is trusted by all of the house: the test must not be the
/// one that refuses.
fn extra_certificates() -> Vec<Certificate> {
    let bundle = std::env::var(CA_BUNDLE).ok();
    let certificates = bundle.map(|bundle| certificates_in(&bundle)).unwrap_or_default();
    certificates.iter().filter_map(|pem| Certificate::from_pem(pem.as_bytes()).ok()).collect()
}

#[async_trait]
impl Check for AnonymousCheck {
    async fn check(&self, link: &Link, profile: &str) -> Tested {
        let asked = Asked::object(Action::Read, profile, &link.bucket, &link.key);
        let url = link.url.reveal();
        let answer = match self.client(url).get(url).header(RANGE, "bytes=0-0").send().await {
            Ok(answer) => answer,
            Err(e) => {
                if is_untrusted(&e) {
                    let host = Url::parse(url).ok().and_then(|url| url.host_str().map(str::to_owned));
                    let refused = Error::from(Kind::Untrusted { host: host.unwrap_or_default() });
                    return Tested { outcome: Err(refused.with_source(e.without_url())), server_time: None };
                }
                let checked = if e.is_timeout() { Checked::TimedOut } else { Checked::Offline };
                return Tested { outcome: Ok(checked), server_time: None };
            }
        };
        let server_time = header(answer.headers(), "date").and_then(|date| http_date(&date));
        let outcome = match answer.status() {
            // 416: there is no first byte, because the object is empty.
            StatusCode::OK | StatusCode::PARTIAL_CONTENT | StatusCode::RANGE_NOT_SATISFIABLE => {
                Ok(Checked::Opens)
            }
            status => match read(answer).await.into_error(asked) {
                busy if *busy.kind() == Kind::ServerBusy => Ok(Checked::ServerBusy),
                // It says nothing about the link, and passes.
                fault if *fault.kind() == Kind::ServerFault && status.is_server_error() => {
                    Ok(Checked::ServerBusy)
                }
                refused => Err(refused),
            },
        };
        Tested { outcome, server_time }
    }
}

fn header(headers: &HeaderMap, name: &str) -> Option<String> {
    headers.get(name)?.to_str().ok().map(str::to_owned)
}

async fn read(mut answer: Response) -> Refusal {
    let mut refusal = Refusal {
        status: answer.status().as_u16(),
        request_id: header(answer.headers(), "x-amz-request-id"),
        date: header(answer.headers(), "date"),
        is_delete_marker: header(answer.headers(), "x-amz-delete-marker").as_deref() == Some("true"),
        ..Refusal::default()
    };
    let mut body = Vec::new();
    while let Ok(Some(chunk)) = answer.chunk().await {
        body.extend_from_slice(&chunk);
        if body.len() > MAX_ANSWER_BYTES {
            return refusal;
        }
    }
    (refusal.code, refusal.message) = code_and_message(&body);
    refusal
}

/// The parts of S3's error document that are read.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "PascalCase")]
struct ErrorDocument {
    code: String,
    message: String,
}

/// What is not an error document gives empty texts.
fn code_and_message(body: &[u8]) -> (String, String) {
    let text = String::from_utf8_lossy(body);
    let document: ErrorDocument = quick_xml::de::from_str(&text).unwrap_or_default();
    (document.code, document.message)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_an_s3_error_and_nothing_else() {
        let xml = b"<?xml version=\"1.0\"?><Error><Code>AccessDenied</Code><Message>Access &apos;Denied&apos;</Message>\
                    <HostId>x</HostId></Error>";
        assert_eq!(code_and_message(xml), ("AccessDenied".into(), "Access 'Denied'".into()));
        assert_eq!(code_and_message(b"<html><body>Proxy says no</body></html>"), Default::default());
        assert_eq!(code_and_message(b"\xff\x00<<<"), Default::default());
    }
}
