//! The rules themselves, on what a request says about itself. Signatures are `s3s`'s to check.

use hyper::Request;
use hyper::header::{HOST, HeaderMap};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use super::query::Query;

/// The longest life of a presigned URL, in seconds.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>
pub(crate) const MAX_EXPIRES: u64 = 604_800;

/// How far a request's date may be off, in seconds.
pub(crate) const MAX_SKEW: i64 = 15 * 60;

/// An error in S3's own terms.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Refusal {
    pub(super) status: u16,
    pub(super) code: &'static str,
    pub(super) message: &'static str,
}

/// What this run of the server accepts.
pub(super) struct Rules {
    pub(super) port: u16,
    pub(super) region: &'static str,
    pub(super) session_token: Option<String>,
}

impl Rules {
    /// Whether the request is signed in a way that may be checked further.
    pub(super) fn check<B>(&self, request: &Request<B>, now: Timestamp) -> Result<(), Refusal> {
        let headers = request.headers();
        let query = Query::parse(request.uri().query().unwrap_or_default());
        let in_query = query.has("X-Amz-Signature") || query.has("X-Amz-Algorithm");
        let in_header = header(headers, "authorization");
        let is_version_2 = in_header.is_some_and(|value| value.starts_with("AWS "));
        if is_version_2 || query.has("AWSAccessKeyId") || query.has("Signature") {
            return refuse(400, "InvalidRequest", "Please use AWS4-HMAC-SHA256.");
        }
        match (in_query, in_header) {
            (true, Some(_)) => refuse(400, "InvalidArgument", "Only one auth mechanism allowed"),
            (true, None) => self.check_presigned(&query, headers, now),
            (false, Some(value)) if value.starts_with("AWS4-HMAC-SHA256 ") => {
                self.check_signed(value, headers, now)
            }
            (false, Some(_)) => refuse(400, "InvalidArgument", "Unsupported Authorization Type"),
            (false, None) => refuse(403, "AccessDenied", "Access Denied"),
        }
    }

    /// Whether the request names this very address.
    pub(super) fn check_host(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let is_ours = |name: &&str| host.eq_ignore_ascii_case(&format!("{name}:{}", self.port));
        if headers.get_all(HOST).iter().count() == 1 && ["127.0.0.1", "localhost"].iter().any(is_ours) {
            return Ok(());
        }
        refuse(403, "AccessDenied", "This server is for this computer only")
    }

    fn check_presigned(&self, query: &Query<'_>, headers: &HeaderMap, now: Timestamp) -> Result<(), Refusal> {
        let malformed = |message| refuse(400, "AuthorizationQueryParametersError", message);
        let expires = query.only("X-Amz-Expires").and_then(seconds);
        match expires {
            Some(1..=MAX_EXPIRES) => {}
            Some(0) | None => return malformed("X-Amz-Expires must be a number of seconds, at least 1"),
            Some(_) => return malformed("X-Amz-Expires must be less than a week (in seconds) that is 604800"),
        }
        if !self.is_our_scope(query.only("X-Amz-Credential").unwrap_or_default()) {
            return malformed("Error parsing the X-Amz-Credential parameter; the region is wrong");
        }
        let Some(date) = query.only("X-Amz-Date").and_then(amz_date) else {
            return malformed("X-Amz-Date must be in the ISO8601 Long Format");
        };
        // An old date is what `X-Amz-Expires` is for; one from the future is a wrong clock.
        if date.as_second() - now.as_second() > MAX_SKEW {
            return refuse(403, "AccessDenied", "Request is not valid yet");
        }
        check_signed_headers(query.only("X-Amz-SignedHeaders").unwrap_or_default(), headers)?;
        self.check_token(query.only("X-Amz-Security-Token"))
    }

    fn check_signed(&self, authorization: &str, headers: &HeaderMap, now: Timestamp) -> Result<(), Refusal> {
        let field = |name: &str| {
            let (_, rest) = authorization.split_once(name)?;
            rest.split([',', ' ']).next()
        };
        if !self.is_our_scope(field("Credential=").unwrap_or_default()) {
            let message = "The authorization header is malformed; the region is wrong";
            return refuse(400, "AuthorizationHeaderMalformed", message);
        }
        let date = header(headers, "x-amz-date").and_then(amz_date);
        if date.is_none_or(|date| (date.as_second() - now.as_second()).abs() > MAX_SKEW) {
            let message = "The difference between the request time and the current time is too large.";
            return refuse(403, "RequestTimeTooSkewed", message);
        }
        check_signed_headers(field("SignedHeaders=").unwrap_or_default(), headers)?;
        self.check_token(header(headers, "x-amz-security-token"))
    }

    fn check_token(&self, token: Option<&str>) -> Result<(), Refusal> {
        if token == self.session_token.as_deref() {
            return Ok(());
        }
        refuse(400, "InvalidToken", "The provided token is malformed or otherwise invalid.")
    }

    /// `KEY/DATE/REGION/s3/aws4_request`
    fn is_our_scope(&self, credential: &str) -> bool {
        credential.ends_with(&format!("/{}/s3/aws4_request", self.region))
    }
}

/// Whoever holds a link must not be able to add to it what its signer did not say.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>
fn check_signed_headers(signed: &str, headers: &HeaderMap) -> Result<(), Refusal> {
    let is_signed = |name: &str| signed.split(';').any(|signed| signed == name);
    // The hash of the body says of itself whether it is right.
    let must_be = |name: &str| name.starts_with("x-amz-") && name != "x-amz-content-sha256";
    if is_signed("host") && headers.keys().all(|name| !must_be(name.as_str()) || is_signed(name.as_str())) {
        return Ok(());
    }
    refuse(403, "AccessDenied", "There were headers present in the request which were not signed")
}

/// Digits alone: not `+5`, which Rust takes for a number.
fn seconds(text: &str) -> Option<u64> {
    if text.bytes().all(|byte| byte.is_ascii_digit()) { text.parse().ok() } else { None }
}

fn refuse(status: u16, code: &'static str, message: &'static str) -> Result<(), Refusal> {
    Err(Refusal { status, code, message })
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

/// `20261123T172000Z`
pub(crate) fn amz_date(text: &str) -> Option<Timestamp> {
    let date = DateTime::strptime("%Y%m%dT%H%M%SZ", text).ok()?;
    TimeZone::UTC.to_timestamp(date).ok()
}

#[cfg(test)]
mod tests;
