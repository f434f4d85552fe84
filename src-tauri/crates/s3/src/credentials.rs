//! The credentials that sign, and when they end.
//!
//! The SDK caches credentials inside its clients, where their end cannot be seen. A link ends with the very
//! credentials that signed it, so they are resolved here and handed to each signature.

use std::sync::{Mutex, PoisonError};
use std::time::{Duration, SystemTime};

use aws_credential_types::Credentials;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use guestpass_core::{CredentialsEnd, Result};
use jiff::Timestamp;

use crate::error;

/// Credentials are asked for anew when they have less than this left, as the SDK's own cache does.
const REFRESH_BEFORE: Duration = Duration::from_secs(5 * 60);

/// Resolves and keeps the credentials of one profile. Does not print them.
pub(crate) struct Signer {
    provider: SharedCredentialsProvider,
    profile: String,
    current: Mutex<Option<Credentials>>,
}

impl Signer {
    pub(crate) fn new(provider: SharedCredentialsProvider, profile: &str) -> Self {
        Self { provider, profile: profile.to_owned(), current: Mutex::new(None) }
    }

    /// Credentials that are good now: those at hand, or fresh ones when these are about to end.
    pub(crate) async fn credentials(&self) -> Result<Credentials> {
        let kept = self.current.lock().unwrap_or_else(PoisonError::into_inner).clone();
        if let Some(kept) = kept
            && kept.expiry().is_none_or(|end| end > SystemTime::now() + REFRESH_BEFORE)
        {
            return Ok(kept);
        }
        let fresh = self.provider.provide_credentials().await;
        let fresh = fresh.map_err(|e| error::of_credentials(e, &self.profile))?;
        *self.current.lock().unwrap_or_else(PoisonError::into_inner) = Some(fresh.clone());
        Ok(fresh)
    }
}

/// When these credentials end. A session token without an end is temporary all the same.
pub(crate) fn end_of(credentials: &Credentials) -> CredentialsEnd {
    match (credentials.expiry(), credentials.session_token()) {
        (Some(end), _) => Timestamp::try_from(end).map_or(CredentialsEnd::Unknown, CredentialsEnd::At),
        (None, Some(_)) => CredentialsEnd::Unknown,
        (None, None) => CredentialsEnd::Never,
    }
}

impl std::fmt::Debug for Signer {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Signer").field("profile", &self.profile).finish_non_exhaustive()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_is_what_the_credentials_say() {
        let keys = |token: Option<&str>, end| {
            end_of(&Credentials::new("id", "secret", token.map(str::to_owned), end, "test"))
        };
        let end = SystemTime::UNIX_EPOCH + Duration::from_secs(1_800_000_000);
        assert_eq!(keys(None, None), CredentialsEnd::Never);
        assert_eq!(keys(Some("token"), None), CredentialsEnd::Unknown);
        assert_eq!(
            keys(Some("token"), Some(end)),
            CredentialsEnd::At(Timestamp::from_second(1_800_000_000).unwrap())
        );
    }
}
