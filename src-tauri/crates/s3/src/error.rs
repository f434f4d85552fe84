//! Foreign errors become kinds here, once, by code and status and never by message text.
//!
//! The table follows <https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>.

mod credentials;

use aws_credential_types::provider::error::CredentialsError;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
pub(crate) use credentials::of_credentials;
use guestpass_core::{Action, BucketName, DeniedBy, Error, Kind, ObjectKey};
use jiff::Timestamp;

use crate::clock::http_date;

use crate::limits::Overlong;
use crate::transport::Unreached;

/// What was asked of the server, for the words of a refusal.
#[derive(Clone, Copy)]
pub(crate) struct Asked<'a> {
    pub(crate) action: Action,
    pub(crate) profile: &'a str,
    pub(crate) bucket: Option<&'a BucketName>,
    pub(crate) key: Option<&'a ObjectKey>,
}

impl<'a> Asked<'a> {
    pub(crate) fn bucket(action: Action, profile: &'a str, bucket: &'a BucketName) -> Self {
        Self { action, profile, bucket: Some(bucket), key: None }
    }

    pub(crate) fn object(action: Action, profile: &'a str, bucket: &'a BucketName, key: &'a ObjectKey) -> Self {
        Self { action, profile, bucket: Some(bucket), key: Some(key) }
    }

    fn bucket_name(&self) -> String {
        self.bucket.map(|bucket| bucket.as_str().to_owned()).unwrap_or_default()
    }

    fn key_name(&self) -> String {
        self.key.map(|key| key.as_str().to_owned()).unwrap_or_default()
    }
}

/// A refusal as the server worded it.
#[derive(Debug, Default)]
pub(crate) struct Refusal {
    pub(crate) status: u16,
    pub(crate) code: String,
    pub(crate) message: String,
    pub(crate) request_id: Option<String>,
    /// The server's own time, from its `Date` header.
    pub(crate) date: Option<String>,
    /// Whether what is there only says that the object was deleted.
    pub(crate) is_delete_marker: bool,
}

impl Refusal {
    pub(crate) fn into_error(self, asked: Asked<'_>) -> Error {
        let kind = match kind_of(&self.code, self.status, asked) {
            Kind::ClockWrong { .. } => Kind::ClockWrong { offset_seconds: self.clock_offset() },
            Kind::AccessDenied { action, profile, bucket, key, by: DeniedBy::NotSaid } => {
                Kind::AccessDenied { action, profile, bucket, key, by: denied_by(&self.message) }
            }
            Kind::ObjectMissing { bucket, key } if self.is_delete_marker => Kind::ObjectDeleted { bucket, key },
            kind => kind,
        };
        let detail = match (self.code.as_str(), self.message.as_str()) {
            ("", "") => format!("HTTP {}", self.status),
            (code, "") => format!("{code} (HTTP {})", self.status),
            (code, message) => format!("{code} (HTTP {}): {message}", self.status),
        };
        Error::from(kind).with_detail(detail).with_reference(self.request_id.as_deref())
    }

    /// How far this computer's clock is ahead of the server's, in seconds.
    fn clock_offset(&self) -> i64 {
        let server = self.date.as_deref().and_then(http_date);
        server.map_or(0, |server| Timestamp::now().as_second() - server.as_second())
    }
}

fn kind_of(code: &str, status: u16, asked: Asked<'_>) -> Kind {
    let profile = || asked.profile.to_owned();
    match (code, status) {
        ("ExpiredToken" | "ExpiredTokenException" | "TokenRefreshRequired", _) => {
            Kind::CredentialsEnded { profile: profile() }
        }
        (
            "InvalidAccessKeyId"
            | "SignatureDoesNotMatch"
            | "InvalidToken"
            | "InvalidSecurity"
            | "NotSignedUp"
            | "InvalidClientTokenId"
            | "UnrecognizedClientException",
            _,
        ) => Kind::CredentialsRefused { profile: profile() },
        ("RequestTimeTooSkewed" | "RequestExpired", _) => Kind::ClockWrong { offset_seconds: 0 },
        ("NoSuchBucket", _) => Kind::BucketMissing { bucket: asked.bucket_name() },
        ("NoSuchKey" | "NoSuchVersion" | "MethodNotAllowed", _) => missing(asked),
        ("InvalidObjectState", _) => {
            Kind::ObjectArchived { bucket: asked.bucket_name(), key: asked.key_name(), coming_back: false }
        }
        (code, 400..) if code.starts_with("KMS.") => denied(asked, DeniedBy::KmsKey),
        ("KeyTooLongError" | "XMinioInvalidObjectName" | "InvalidObjectName", _) => {
            Kind::NameInvalid { name: asked.key_name() }
        }
        ("SlowDown" | "ServiceUnavailable" | "Throttling" | "ThrottlingException" | "RequestTimeout", _)
        | (_, 429 | 503) => Kind::ServerBusy,
        // Somebody removed what had begun; the next try begins anew.
        ("NoSuchUpload", _) => Kind::ServerFault,
        (_, 404) => missing(asked),
        (_, 401 | 403) => denied(asked, DeniedBy::NotSaid),
        _ => Kind::ServerFault,
    }
}

fn denied(asked: Asked<'_>, by: DeniedBy) -> Kind {
    Kind::AccessDenied {
        action: asked.action,
        by,
        profile: asked.profile.to_owned(),
        bucket: asked.bucket.map(|bucket| bucket.as_str().to_owned()),
        key: asked.key.map(|key| key.as_str().to_owned()),
    }
}

/// Whose rule it was. There is one code for all of them, and only the message tells, in phrases that AWS documents:
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/troubleshoot-403-errors.html>. An unknown phrase says
/// nothing; the kind never depends on it.
fn denied_by(message: &str) -> DeniedBy {
    let says = |phrase| message.contains(phrase);
    if says("not authorized to perform: kms:") {
        DeniedBy::KmsKey
    } else if says("VPC endpoint policy") {
        DeniedBy::Network
    } else if says("service control policy") || says("resource control policy") {
        DeniedBy::Organisation
    } else if says("resource-based policy") || says("BlockPublicAccess") {
        DeniedBy::BucketPolicy
    } else if says("identity-based policy") || says("permissions boundary") || says("session policy") {
        DeniedBy::Identity
    } else {
        DeniedBy::NotSaid
    }
}

fn missing(asked: Asked<'_>) -> Kind {
    match asked.key {
        Some(key) if asked.action == Action::Read => {
            Kind::ObjectMissing { bucket: asked.bucket_name(), key: key.as_str().to_owned() }
        }
        _ => Kind::BucketMissing { bucket: asked.bucket_name() },
    }
}

/// An error of the SDK.
pub(crate) fn of_sdk<E>(error: SdkError<E, HttpResponse>, asked: Asked<'_>) -> Error
where
    E: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static,
{
    if let Some(credentials) = in_chain::<CredentialsError>(&error) {
        let kind = credentials::kind(credentials, asked.profile);
        return if credentials::is_printable(credentials) { kind.with_source(error) } else { kind };
    }
    if let Some(unreached) = in_chain::<Unreached>(&error)
        && unreached.is_untrusted
    {
        return untrusted(unreached).with_source(error);
    }
    match &error {
        SdkError::ServiceError(refused) => {
            let headers = refused.raw().headers();
            let refusal = Refusal {
                status: refused.raw().status().as_u16(),
                code: refused.err().code().unwrap_or_default().to_owned(),
                message: refused.err().message().unwrap_or_default().to_owned(),
                request_id: headers.get("x-amz-request-id").map(str::to_owned),
                date: headers.get("date").map(str::to_owned),
                is_delete_marker: headers.get("x-amz-delete-marker") == Some("true"),
            };
            refusal.into_error(asked).with_source(error)
        }
        // A network that swallows everything is as good as none.
        SdkError::DispatchFailure(failure) if failure.is_io() || failure.is_timeout() => {
            let cause = root_cause(&error);
            let host = in_chain::<Unreached>(&error).map(|unreached| unreached.host.clone());
            let host = asked.bucket.map(|bucket| bucket.as_str().to_owned()).or(host).unwrap_or_default();
            Error::from(Kind::Offline { host }).with_detail(cause).with_source(error)
        }
        SdkError::TimeoutError(_) => Error::from(Kind::ServerBusy).with_source(error),
        SdkError::ResponseError(response) => {
            let detail = match in_chain::<Overlong>(&error) {
                Some(overlong) => overlong.to_string(),
                None => format!("HTTP {}, and an answer that is not S3's", response.raw().status().as_u16()),
            };
            Error::from(Kind::ServerFault).with_detail(detail).with_source(error)
        }
        _ => Error::from(Kind::ServerFault).with_detail("the request could not be made").with_source(error),
    }
}

/// A server that was not reached.
pub(crate) fn of_unreached(unreached: &Unreached) -> Error {
    if unreached.is_untrusted {
        return untrusted(unreached);
    }
    Error::from(Kind::Offline { host: unreached.host.clone() }).with_detail(root_cause(unreached))
}

/// A certificate that nobody here trusts: of a stranger in the middle, or of a house whose own is not known here.
fn untrusted(unreached: &Unreached) -> Error {
    Error::from(Kind::Untrusted { host: unreached.host.clone() }).with_detail(root_cause(unreached))
}

/// What was wrong in the first place, such as a name that nobody knows or a certificate that nobody trusts.
fn root_cause(error: &(dyn std::error::Error + 'static)) -> String {
    causes(error).last().map(ToString::to_string).unwrap_or_default()
}

/// The first error of this type among the causes.
pub(crate) fn in_chain<'a, T: std::error::Error + 'static>(
    error: &'a (dyn std::error::Error + 'static),
) -> Option<&'a T> {
    causes(error).find_map(|error| error.downcast_ref())
}

/// An error and its causes, also those inside errors of the system, which name only the causes of what they hold.
fn causes<'a>(
    error: &'a (dyn std::error::Error + 'static),
) -> impl Iterator<Item = &'a (dyn std::error::Error + 'static)> {
    std::iter::successors(Some(error), |error| {
        let inner = error.downcast_ref::<std::io::Error>().and_then(std::io::Error::get_ref);
        inner.map(|inner| inner as &(dyn std::error::Error + 'static)).or_else(|| error.source())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn kind(code: &str, status: u16) -> Kind {
        let (bucket, key) = (BucketName::parse("acme").unwrap(), ObjectKey::parse("a/b").unwrap());
        let asked = Asked::object(Action::Read, "Marketing", &bucket, &key);
        Refusal { status, code: code.into(), ..Refusal::default() }.into_error(asked).into_kind()
    }

    #[test]
    fn every_code_leads_to_its_next_step() {
        let profile = || "Marketing".to_owned();
        let denied = || Kind::AccessDenied {
            action: Action::Read,
            by: DeniedBy::NotSaid,
            profile: profile(),
            bucket: Some("acme".into()),
            key: Some("a/b".into()),
        };
        let by_kms = || Kind::AccessDenied {
            action: Action::Read,
            by: DeniedBy::KmsKey,
            profile: profile(),
            bucket: Some("acme".into()),
            key: Some("a/b".into()),
        };
        let archived = || Kind::ObjectArchived { bucket: "acme".into(), key: "a/b".into(), coming_back: false };
        let gone = || Kind::ObjectMissing { bucket: "acme".into(), key: "a/b".into() };
        for (code, status, expected) in [
            ("AccessDenied", 403, denied()),
            ("AllAccessDisabled", 403, denied()),
            ("", 403, denied()),
            ("ExpiredToken", 400, Kind::CredentialsEnded { profile: profile() }),
            ("TokenRefreshRequired", 400, Kind::CredentialsEnded { profile: profile() }),
            ("InvalidAccessKeyId", 403, Kind::CredentialsRefused { profile: profile() }),
            ("SignatureDoesNotMatch", 403, Kind::CredentialsRefused { profile: profile() }),
            ("InvalidToken", 400, Kind::CredentialsRefused { profile: profile() }),
            ("RequestTimeTooSkewed", 403, Kind::ClockWrong { offset_seconds: 0 }),
            ("NoSuchBucket", 404, Kind::BucketMissing { bucket: "acme".into() }),
            ("NoSuchKey", 404, gone()),
            ("MethodNotAllowed", 405, gone()),
            ("", 404, gone()),
            ("InvalidObjectState", 403, archived()),
            ("KMS.DisabledException", 400, by_kms()),
            ("KeyTooLongError", 400, Kind::NameInvalid { name: "a/b".into() }),
            ("SlowDown", 503, Kind::ServerBusy),
            ("", 429, Kind::ServerBusy),
            ("InternalError", 500, Kind::ServerFault),
            ("PermanentRedirect", 301, Kind::ServerFault),
        ] {
            assert_eq!(kind(code, status), expected, "{code} {status}");
        }
    }

    #[test]
    fn whose_rule_it_was_is_told_as_far_as_the_server_tells() {
        let user = "User: arn:aws:iam::123456789012:user/kim is not authorized to perform: ";
        let get = "s3:GetObject on resource: \"arn:aws:s3:::acme/a/b\" ";
        for (message, by) in [
            ("Access Denied".to_owned(), DeniedBy::NotSaid),
            (
                format!("{user}{get}because no identity-based policy allows the s3:GetObject action"),
                DeniedBy::Identity,
            ),
            (format!("{user}{get}with an explicit deny in a resource-based policy"), DeniedBy::BucketPolicy),
            (format!("{user}{get}with an explicit deny in a service control policy"), DeniedBy::Organisation),
            (format!("{user}{get}with an explicit deny in a resource control policy"), DeniedBy::Organisation),
            (format!("{user}{get}with an explicit deny in a VPC endpoint policy"), DeniedBy::Network),
            (format!("{user}{get}with an explicit deny in a session policy"), DeniedBy::Identity),
            (
                format!(
                    "{user}kms:Decrypt on resource: arn:aws:kms:eu-west-1:123456789012:key/1 because no \
                     identity-based policy allows the kms:Decrypt action"
                ),
                DeniedBy::KmsKey,
            ),
        ] {
            assert_eq!(denied_by(&message), by, "{message}");
        }
    }

    #[test]
    fn a_wrong_clock_is_measured_by_the_server_s_date() {
        let refusal = Refusal {
            status: 403,
            code: "RequestTimeTooSkewed".into(),
            date: Some("Mon, 23 Nov 2020 17:20:00 GMT".into()),
            ..Refusal::default()
        };
        let asked = Asked { action: Action::List, profile: "p", bucket: None, key: None };
        let Kind::ClockWrong { offset_seconds } = refusal.into_error(asked).into_kind() else {
            panic!("not a wrong clock");
        };
        assert!(offset_seconds > 86_400 * 365 * 4, "{offset_seconds}");
    }
}
