//! The rules themselves, on what a request says about itself. Signatures are `s3s`'s to check.

use hyper::Request;
use hyper::header::{AUTHORIZATION, HOST, HeaderMap};
use jiff::Timestamp;
use jiff::civil::DateTime;
use jiff::tz::TimeZone;
use percent_encoding::percent_decode_str;

/// The longest life of a presigned URL, in seconds.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html>
const MAX_EXPIRES: u64 = 604_800;

/// How far a request's date may be off, in seconds.
const MAX_SKEW: i64 = 15 * 60;

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
    pub(super) fn check<B>(&self, request: &Request<B>, now: Timestamp) -> Result<(), Refusal> {
        let headers = request.headers();
        self.check_host(headers)?;
        let query = request.uri().query().unwrap_or_default();
        if header(headers, "authorization").is_some_and(|value| value.starts_with("AWS "))
            || parameter(query, "AWSAccessKeyId").is_some()
        {
            return refuse(400, "InvalidRequest", "Sign with AWS4-HMAC-SHA256");
        }
        if parameter(query, "X-Amz-Signature").is_some() {
            self.check_presigned(query, now)
        } else if headers.contains_key(AUTHORIZATION) {
            self.check_signed(headers, now)
        } else {
            Ok(())
        }
    }

    fn check_host(&self, headers: &HeaderMap) -> Result<(), Refusal> {
        let host = headers.get(HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
        let ours = ["127.0.0.1", "localhost"].iter().any(|name| host == format!("{name}:{}", self.port));
        if ours { Ok(()) } else { refuse(403, "AccessDenied", "This server is for this computer only") }
    }

    fn check_presigned(&self, query: &str, now: Timestamp) -> Result<(), Refusal> {
        let malformed = |message| refuse(400, "AuthorizationQueryParametersError", message);
        let expires = parameter(query, "X-Amz-Expires").and_then(|text| text.parse::<u64>().ok());
        match expires {
            Some(1..=MAX_EXPIRES) => {}
            Some(0) | None => return malformed("X-Amz-Expires must be a number of seconds, at least 1"),
            Some(_) => return malformed("X-Amz-Expires must be less than a week (in seconds) that is 604800"),
        }
        if !self.is_our_scope(&parameter(query, "X-Amz-Credential").unwrap_or_default()) {
            return malformed("Error parsing the X-Amz-Credential parameter; the region is wrong");
        }
        // An old date is what `X-Amz-Expires` is for; one from the future is a wrong clock.
        let date = parameter(query, "X-Amz-Date").and_then(|text| amz_date(&text));
        if date.is_some_and(|date| date.as_second() - now.as_second() > MAX_SKEW) {
            return refuse(403, "AccessDenied", "Request is not valid yet");
        }
        self.check_token(parameter(query, "X-Amz-Security-Token").as_deref())
    }

    fn check_signed(&self, headers: &HeaderMap, now: Timestamp) -> Result<(), Refusal> {
        let authorization = header(headers, "authorization").unwrap_or_default();
        let credential = authorization.split_once("Credential=").map_or("", |(_, rest)| rest);
        if !self.is_our_scope(credential.split([',', ' ']).next().unwrap_or_default()) {
            let message = "The authorization header is malformed; the region is wrong";
            return refuse(400, "AuthorizationHeaderMalformed", message);
        }
        let date = header(headers, "x-amz-date").and_then(amz_date);
        if date.is_none_or(|date| (date.as_second() - now.as_second()).abs() > MAX_SKEW) {
            let message = "The difference between the request time and the current time is too large.";
            return refuse(403, "RequestTimeTooSkewed", message);
        }
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

fn refuse(status: u16, code: &'static str, message: &'static str) -> Result<(), Refusal> {
    Err(Refusal { status, code, message })
}

fn header<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers.get(name)?.to_str().ok()
}

fn parameter(query: &str, name: &str) -> Option<String> {
    let pairs = query.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    let (_, value) = pairs.into_iter().find(|(key, _)| *key == name)?;
    Some(percent_decode_str(value).decode_utf8_lossy().into_owned())
}

/// `20261123T172000Z`
fn amz_date(text: &str) -> Option<Timestamp> {
    let date = DateTime::strptime("%Y%m%dT%H%M%SZ", text).ok()?;
    TimeZone::UTC.to_timestamp(date).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    const NOW: &str = "2026-11-23T17:20:00Z";

    fn rules() -> Rules {
        Rules { port: 9000, region: "us-east-1", session_token: None }
    }

    fn verdict(rules: &Rules, request: hyper::http::request::Builder) -> &'static str {
        let checked = rules.check(&request.body(()).unwrap(), NOW.parse().unwrap());
        checked.map_or_else(|refusal| refusal.code, |()| "passes")
    }

    fn presigned(change: impl Fn(String) -> String) -> hyper::http::request::Builder {
        let query = "X-Amz-Credential=AK%2F20261123%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20261123T172000Z\
                     &X-Amz-Expires=604800&X-Amz-Signature=abc";
        Request::builder().uri(format!("/b/k?{}", change(query.to_owned()))).header("host", "127.0.0.1:9000")
    }

    fn signed(region: &str, date: &str) -> hyper::http::request::Builder {
        let credential =
            format!("AWS4-HMAC-SHA256 Credential=AK/20261123/{region}/s3/aws4_request, SignedHeaders=x");
        Request::builder()
            .header("host", "localhost:9000")
            .header("authorization", credential)
            .header("x-amz-date", date)
    }

    #[test]
    fn a_week_is_the_longest_and_a_second_the_shortest() {
        let with = |expires: &str| {
            verdict(&rules(), presigned(|q| q.replace("Expires=604800", &format!("Expires={expires}"))))
        };
        assert_eq!((with("604800"), with("1")), ("passes", "passes"));
        for wrong in ["604801", "0", "-1", "", "1e3", "99999999999999999999"] {
            assert_eq!(with(wrong), "AuthorizationQueryParametersError", "{wrong}");
        }
    }

    #[test]
    fn the_region_and_service_must_be_ours() {
        for scope in ["eu-west-1%2Fs3", "us-east-1%2Fsts"] {
            let other = presigned(|q| q.replace("us-east-1%2Fs3", scope));
            assert_eq!(verdict(&rules(), other), "AuthorizationQueryParametersError");
        }
        assert_eq!(verdict(&rules(), signed("us-east-1", "20261123T172000Z")), "passes");
        assert_eq!(verdict(&rules(), signed("eu-west-1", "20261123T172000Z")), "AuthorizationHeaderMalformed");
    }

    #[test]
    fn dates_are_within_a_quarter_of_an_hour() {
        for (date, code) in [
            ("20261123T173459Z", "passes"),
            ("20261123T170501Z", "passes"),
            ("20261123T173501Z", "RequestTimeTooSkewed"),
            ("20261123T170459Z", "RequestTimeTooSkewed"),
            ("yesterday", "RequestTimeTooSkewed"),
        ] {
            assert_eq!(verdict(&rules(), signed("us-east-1", date)), code, "{date}");
        }
        let future = presigned(|q| q.replace("T172000Z", "T180000Z"));
        assert_eq!(verdict(&rules(), future), "AccessDenied");
        let old = presigned(|q| q.replace("20261123T172000Z", "20261118T172000Z"));
        assert_eq!(verdict(&rules(), old), "passes", "how old is X-Amz-Expires' question");
    }

    #[test]
    fn a_session_token_belongs_to_its_keys() {
        let temporary = Rules { session_token: Some("to/ken=".into()), ..rules() };
        let with = |token: &str| presigned(|q| format!("{q}&X-Amz-Security-Token={token}"));
        assert_eq!(verdict(&temporary, with("to%2Fken%3D")), "passes");
        assert_eq!(verdict(&temporary, with("other")), "InvalidToken");
        assert_eq!(verdict(&temporary, presigned(|q| q)), "InvalidToken");
        assert_eq!(verdict(&rules(), with("to%2Fken%3D")), "InvalidToken");
        let now = "20261123T172000Z";
        assert_eq!(verdict(&temporary, signed("us-east-1", now)), "InvalidToken");
        assert_eq!(
            verdict(&temporary, signed("us-east-1", now).header("x-amz-security-token", "to/ken=")),
            "passes"
        );
    }

    #[test]
    fn signature_version_2_is_refused() {
        let v2 =
            Request::builder().header("host", "localhost:9000").header("authorization", "AWS AK:signature");
        assert_eq!(verdict(&rules(), v2), "InvalidRequest");
        let v2 = Request::builder().uri("/b/k?AWSAccessKeyId=AK&Signature=x&Expires=9999999999");
        assert_eq!(verdict(&rules(), v2.header("host", "localhost:9000")), "InvalidRequest");
    }

    #[test]
    fn only_this_computer_s_names_reach_us() {
        for host in ["evil.test:9000", "127.0.0.1:9001", "127.0.0.1", "localhost.evil.test:9000"] {
            let request = Request::builder().header("host", host);
            assert_eq!(verdict(&rules(), request), "AccessDenied", "{host}");
        }
    }
}
