//! What an organisation says instead: by code and status, never by message
//! (<https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_CreateToken.html>).

use aws_sdk_sso::error::{ProvideErrorMetadata, SdkError};
use guestpass_core::{Error, Kind, Organisation};

use crate::error::{in_chain, of_unreached};
use crate::transport::Unreached;

/// The sign-in has ended, or somebody ended it.
pub(super) fn ended(organisation: &Organisation) -> Error {
    Kind::CredentialsEnded { profile: organisation.session_name().to_owned() }.into()
}

pub(super) fn of<E>(error: SdkError<E>, organisation: &Organisation) -> Error
where
    E: std::error::Error + ProvideErrorMetadata + Send + Sync + 'static,
{
    if let Some(unreached) = in_chain::<Unreached>(&error) {
        return of_unreached(unreached).with_source(error);
    }
    let SdkError::ServiceError(refused) = &error else {
        let kind = match &error {
            SdkError::TimeoutError(_) => Kind::ServerBusy,
            _ => Kind::ServerFault,
        };
        return Error::from(kind).with_detail("the sign-in was not understood").with_source(error);
    };
    let (status, code) = (refused.raw().status().as_u16(), refused.err().code().unwrap_or_default());
    let kind = kind_of(code, status, organisation);
    let message = refused.err().message().unwrap_or_default();
    let detail = format!("{code} (HTTP {status}) {message}");
    Error::from(kind).with_detail(detail.trim()).with_source(error)
}

fn kind_of(code: &str, status: u16, organisation: &Organisation) -> Kind {
    let profile = || organisation.session_name().to_owned();
    match (code, status) {
        ("AccessDeniedException", _) => Kind::SignInRefused,
        ("ExpiredTokenException", _) => Kind::SignInUnanswered,
        ("UnauthorizedException", _) => Kind::CredentialsEnded { profile: profile() },
        ("ForbiddenException" | "ResourceNotFoundException", _) => {
            Kind::CredentialsRefused { profile: profile() }
        }
        ("SlowDownException" | "TooManyRequestsException", _) | (_, 429 | 503) => Kind::ServerBusy,
        // Also an address that is of no organisation, and a client that is not known.
        _ => Kind::ServerFault,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_leads_to_its_next_step() {
        let (start_url, region) = ("https://acme.test/start".to_owned(), "eu-west-1".to_owned());
        let acme = Organisation { start_url: start_url.clone(), region, session: None };
        let profile = || start_url.clone();
        for (code, status, expected) in [
            ("AccessDeniedException", 400, Kind::SignInRefused),
            ("ExpiredTokenException", 400, Kind::SignInUnanswered),
            ("UnauthorizedException", 401, Kind::CredentialsEnded { profile: profile() }),
            ("ForbiddenException", 403, Kind::CredentialsRefused { profile: profile() }),
            ("SlowDownException", 400, Kind::ServerBusy),
            ("", 503, Kind::ServerBusy),
            ("InvalidRequestException", 400, Kind::ServerFault),
            ("InvalidClientException", 401, Kind::ServerFault),
        ] {
            assert_eq!(kind_of(code, status, &acme), expected, "{code}");
        }
    }
}
