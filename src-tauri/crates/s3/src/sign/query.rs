//! Signature Version 4 in the query of a URL, with `host` as the one signed header: what any plain client can send.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>
//!
//! Done here rather than by `presigned()`, which builds a whole request with its retries and endpoints for each
//! URL: fifty times the time. The keys and the signature are `aws-sigv4`'s; the tests hold the rest to the
//! SDK's and to botocore's own URLs.

use std::time::{Duration, UNIX_EPOCH};

use aws_credential_types::Credentials;
use aws_sigv4::sign::v4::{calculate_signature, generate_signing_key};
use guestpass_core::ports::Span;
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sha2::{Digest, Sha256};

use super::place::SigningPlace;

/// Everything but RFC 3986's unreserved characters.
const QUERY: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// In a path the slashes of the key stand as they are.
const PATH: &AsciiSet = &QUERY.remove(b'/');

/// The URL of a request that is signed by its query.
///
/// `parameters` are those of the operation, unencoded, such as `versionId`.
pub(super) fn presign(
    method: &str,
    place: &SigningPlace,
    key: &str,
    parameters: &[(&str, &str)],
    credentials: &Credentials,
    span: Span,
) -> String {
    let scope = Scope::of(place, span.at);
    let path = format!("{}{}", place.path, utf8_percent_encode(key, PATH));
    let credential = format!("{}/{}", credentials.access_key_id(), scope.text);
    let seconds = span.seconds.to_string();
    let mut query: Vec<(&str, &str)> = parameters.to_vec();
    query.extend([
        ("X-Amz-Algorithm", ALGORITHM),
        ("X-Amz-Credential", &credential),
        ("X-Amz-Date", &scope.moment),
        ("X-Amz-Expires", &seconds),
        ("X-Amz-SignedHeaders", "host"),
    ]);
    query.extend(credentials.session_token().map(|token| ("X-Amz-Security-Token", token)));
    // The names need no encoding, so their order is that of their encoded forms; none is there twice.
    query.sort_unstable_by_key(|(name, _)| *name);
    let query: Vec<String> =
        query.iter().map(|(name, value)| format!("{name}={}", utf8_percent_encode(value, QUERY))).collect();
    let query = query.join("&");
    let host = &place.host;
    let request = format!("{method}\n{path}\n{query}\nhost:{host}\n\nhost\nUNSIGNED-PAYLOAD");
    let hash = hex::encode(Sha256::digest(request));
    let signature = scope.sign(&format!("{ALGORITHM}\n{}\n{}\n{hash}", scope.moment, scope.text), credentials);
    format!("{}{path}?{query}&X-Amz-Signature={signature}", place.origin)
}

/// The one way to sign that every store knows.
pub(super) const ALGORITHM: &str = "AWS4-HMAC-SHA256";

/// What a signature is for: a day, a region and a service.
pub(super) struct Scope<'a> {
    /// `20261123T172000Z`
    pub(super) moment: String,
    /// `20261123/eu-west-1/s3/aws4_request`
    pub(super) text: String,
    at: Timestamp,
    place: &'a SigningPlace,
}

impl<'a> Scope<'a> {
    pub(super) fn of(place: &'a SigningPlace, at: Timestamp) -> Self {
        let moment = at.strftime("%Y%m%dT%H%M%SZ").to_string();
        let text = format!("{}/{}/{}/aws4_request", &moment[..8], place.region, place.service);
        Self { moment, text, at, place }
    }

    pub(super) fn sign(&self, text: &str, credentials: &Credentials) -> String {
        let (region, service) = (&self.place.region, &self.place.service);
        // Only the day counts, and there is none before 1970.
        let day = UNIX_EPOCH + Duration::from_secs(self.at.as_second().try_into().unwrap_or_default());
        let key = generate_signing_key(credentials.secret_access_key(), day, region, service);
        calculate_signature(key, text.as_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The worked example of <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>.
    #[test]
    fn the_worked_example_of_aws() {
        let place = SigningPlace {
            origin: "https://examplebucket.s3.amazonaws.com".into(),
            host: "examplebucket.s3.amazonaws.com".into(),
            path: "/".into(),
            region: "us-east-1".into(),
            service: "s3".into(),
        };
        let credentials = Credentials::new(
            "AKIAIOSFODNN7EXAMPLE",
            "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY",
            None,
            None,
            "the example",
        );
        let span = Span { at: "2013-05-24T00:00:00Z".parse().unwrap(), seconds: 86_400 };
        let url = presign("GET", &place, "test.txt", &[], &credentials, span);
        assert!(
            url.starts_with(
                "https://examplebucket.s3.amazonaws.com/test.txt?X-Amz-Algorithm=AWS4-HMAC-SHA256&"
            )
        );
        let signature = "X-Amz-Signature=aeeed9bbccd4d02ee5c0109b86d86835f995330da4c265957d157751f604d404";
        assert!(url.ends_with(signature), "{url}");
    }
}
