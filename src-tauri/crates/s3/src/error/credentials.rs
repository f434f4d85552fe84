//! Why there are no credentials: of a file, a program, an organisation's portal or STS.

use aws_credential_types::provider::error::{CredentialsError, TokenError};
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sso::operation::get_role_credentials::GetRoleCredentialsError;
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use aws_sdk_sts::operation::assume_role_with_web_identity::AssumeRoleWithWebIdentityError;
use guestpass_core::{Error, Kind};

use super::{in_chain, of_unreached};
use crate::transport::Unreached;
use crate::ways::CodeError;

/// An error of resolving credentials.
pub(crate) fn of_credentials(error: CredentialsError, profile: &str) -> Error {
    let kind = kind(&error, profile);
    if is_printable(&error) { kind.with_source(error) } else { kind }
}

/// Whether an error may be in a log: what a program wrote when it failed may hold what it was to tell.
pub(super) fn is_printable(error: &CredentialsError) -> bool {
    let is_of_a_server = in_chain::<Unreached>(error).is_some() || refusal(error).is_some();
    is_of_a_server
        || in_chain::<CodeError>(error).is_some()
        || in_chain::<TokenError>(error).is_some()
        || !matches!(error, CredentialsError::ProviderError(_) | CredentialsError::Unhandled(_))
}

pub(super) fn kind(error: &CredentialsError, profile: &str) -> Error {
    let name = || profile.to_owned();
    match in_chain(error) {
        Some(CodeError::Needed) => return Kind::CodeNeeded { profile: name() }.into(),
        Some(CodeError::Refused { why }) => {
            let refused = Error::from(Kind::CodeRefused { profile: name() });
            return why.iter().fold(refused, |refused, why| refused.with_detail(why));
        }
        None => (),
    }
    if let Some(unreached) = in_chain::<Unreached>(error) {
        return of_unreached(unreached);
    }
    if let Some(refusal) = refusal(error) {
        return Error::from(refusal.kind(profile)).with_detail(refusal.text());
    }
    // The cause of a failed provider may quote what a program printed; it stays out of sight.
    let (kind, detail) = match error {
        CredentialsError::CredentialsNotLoaded(_) => {
            (Kind::CredentialsMissing { profile: name() }, "no credentials found")
        }
        CredentialsError::InvalidConfiguration(_) => {
            (Kind::CredentialsMissing { profile: name() }, "the profile's settings do not fit together")
        }
        CredentialsError::ProviderTimedOut(_) => (Kind::ServerBusy, "signing in took too long"),
        _ => (Kind::CredentialsEnded { profile: name() }, "signing in with this profile failed"),
    };
    Error::from(kind).with_detail(detail)
}

/// What a server that hands out credentials said instead.
struct Refusal<'a> {
    status: u16,
    code: &'a str,
    message: &'a str,
}

impl Refusal<'_> {
    /// <https://docs.aws.amazon.com/STS/latest/APIReference/API_AssumeRole.html> and
    /// <https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/API_GetRoleCredentials.html>.
    fn kind(&self, profile: &str) -> Kind {
        let profile = profile.to_owned();
        match (self.code, self.status) {
            // Whoever signs in again is the same person, and is refused again.
            (
                "AccessDenied"
                | "ForbiddenException"
                | "ResourceNotFoundException"
                | "InvalidClientTokenId"
                | "SignatureDoesNotMatch"
                | "InvalidIdentityToken"
                | "IDPRejectedClaim",
                _,
            ) => Kind::CredentialsRefused { profile },
            ("TooManyRequestsException" | "Throttling" | "ThrottlingException", _) | (_, 429 | 503) => {
                Kind::ServerBusy
            }
            (_, 500..) => Kind::ServerFault,
            _ => Kind::CredentialsEnded { profile },
        }
    }

    fn text(&self) -> String {
        format!("{} (HTTP {}): {}", self.code, self.status, self.message)
    }
}

fn refusal(error: &CredentialsError) -> Option<Refusal<'_>> {
    of::<GetRoleCredentialsError>(error)
        .or_else(|| of::<AssumeRoleError>(error))
        .or_else(|| of::<AssumeRoleWithWebIdentityError>(error))
}

fn of<E: std::error::Error + ProvideErrorMetadata + 'static>(error: &CredentialsError) -> Option<Refusal<'_>> {
    let Some(SdkError::ServiceError(refused)) = in_chain::<SdkError<E>>(error) else { return None };
    Some(Refusal {
        status: refused.raw().status().as_u16(),
        code: refused.err().code().unwrap_or_default(),
        message: refused.err().message().unwrap_or_default(),
    })
}
