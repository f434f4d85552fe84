//! The credentials that sign, and when they end.
//!
//! The SDK caches credentials inside its clients, where their end cannot be seen. A link ends with the very
//! credentials that signed it, so they are resolved here and handed to each signature.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{ProvideCredentials, SharedCredentialsProvider};
use guestpass_core::{CredentialsEnd, Result};
use jiff::{SignedDuration, Timestamp};

use crate::clock::StoreClock;
use crate::error;

/// Credentials are asked for anew when they have less than this left, as the SDK's own cache does.
const REFRESH_BEFORE: SignedDuration = SignedDuration::from_mins(5);

/// How long they are waited for: a program that a profile names may ask a person.
const LONGEST: Duration = Duration::from_secs(120);

/// Credentials that were got this recently are as good as it gets.
const FRESH_FOR: SignedDuration = SignedDuration::from_mins(1);

/// Resolves and keeps the credentials of one profile. Does not print them.
pub(crate) struct Signer {
    provider: SharedCredentialsProvider,
    profile: String,
    clock: Arc<StoreClock>,
    kept: Mutex<Option<Kept>>,
}

#[derive(Clone)]
struct Kept {
    credentials: Credentials,
    got_at: Timestamp,
}

impl Signer {
    pub(crate) fn new(provider: SharedCredentialsProvider, profile: &str, clock: Arc<StoreClock>) -> Self {
        Self { provider, profile: profile.to_owned(), clock, kept: Mutex::new(None) }
    }

    /// Credentials that are good now: those at hand, or fresh ones when these are about to end.
    pub(crate) async fn credentials(&self) -> Result<Credentials> {
        self.credentials_until(self.clock.now()).await
    }

    /// Credentials that are good until `wanted` if there are such, else those that last longest.
    pub(crate) async fn credentials_until(&self, wanted: Timestamp) -> Result<Credentials> {
        let now = self.clock.now();
        let kept = self.kept().clone();
        let Some(kept) = kept else {
            return self.fetch(now).await;
        };
        let CredentialsEnd::At(end) = end_of(&kept.credentials) else {
            return Ok(kept.credentials);
        };
        let is_good = end.duration_since(now) > REFRESH_BEFORE;
        let is_fresh = now.duration_since(kept.got_at).abs() < FRESH_FOR;
        if is_good && (end >= wanted || is_fresh) {
            return Ok(kept.credentials);
        }
        match self.fetch(now).await {
            Ok(fresh) if outlasts(&fresh, end) => Ok(fresh),
            // A provider may hand out what it has kept itself.
            Ok(_) if end > now => Ok(kept.credentials),
            Err(_) if is_good => Ok(kept.credentials),
            other => other,
        }
    }

    async fn fetch(&self, now: Timestamp) -> Result<Credentials> {
        let asked = tokio::time::timeout(LONGEST, self.provider.provide_credentials()).await;
        let fresh = asked.unwrap_or_else(|_| Err(CredentialsError::provider_timed_out(LONGEST)));
        let fresh = fresh.map_err(|e| error::of_credentials(e, &self.profile))?;
        *self.kept() = Some(Kept { credentials: fresh.clone(), got_at: now });
        Ok(fresh)
    }

    fn kept(&self) -> std::sync::MutexGuard<'_, Option<Kept>> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn outlasts(credentials: &Credentials, end: Timestamp) -> bool {
    match end_of(credentials) {
        CredentialsEnd::At(other) => other > end,
        CredentialsEnd::Never | CredentialsEnd::Unknown => true,
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
    use aws_credential_types::provider::future;
    use guestpass_core::ports::Clock;
    use std::sync::atomic::{AtomicI64, Ordering};
    use std::time::SystemTime;

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

    struct Hand(AtomicI64);

    impl Clock for Hand {
        fn now(&self) -> Timestamp {
            Timestamp::from_second(self.0.load(Ordering::Relaxed)).unwrap()
        }
    }

    /// Gives an hour from now at each call, as a role does; or refuses.
    #[derive(Debug)]
    struct Role {
        clock: Arc<StoreClock>,
        calls: Arc<AtomicI64>,
        answers: i64,
    }

    impl ProvideCredentials for Role {
        fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
        where
            Self: 'a,
        {
            let call = self.calls.fetch_add(1, Ordering::Relaxed);
            let end = SystemTime::UNIX_EPOCH + Duration::from_secs(self.clock.now().as_second() as u64 + 3_600);
            future::ProvideCredentials::ready(if call < self.answers {
                Ok(Credentials::new(format!("id{call}"), "secret", Some("token".into()), Some(end), "test"))
            } else {
                Err(CredentialsError::provider_error("no more"))
            })
        }
    }

    fn role(answers: i64) -> (Arc<Hand>, Arc<AtomicI64>, Signer) {
        let hand = Arc::new(Hand(AtomicI64::new(1_800_000_000)));
        let clock = Arc::new(StoreClock::new(hand.clone()));
        let calls = Arc::new(AtomicI64::new(0));
        let role = Role { clock: clock.clone(), calls: calls.clone(), answers };
        (hand, calls, Signer::new(SharedCredentialsProvider::new(role), "Marketing", clock))
    }

    async fn id_until(signer: &Signer, hand: &Hand, seconds: i64) -> String {
        let wanted = hand.now() + SignedDuration::from_secs(seconds);
        signer.credentials_until(wanted).await.unwrap().access_key_id().to_owned()
    }

    #[tokio::test]
    async fn what_lasts_long_enough_is_kept_and_what_does_not_is_asked_for_anew() {
        let (hand, calls, signer) = role(9);
        assert_eq!(id_until(&signer, &hand, 600).await, "id0");
        hand.0.fetch_add(1_800, Ordering::Relaxed);
        assert_eq!(id_until(&signer, &hand, 1_700).await, "id0");
        assert_eq!(id_until(&signer, &hand, 86_400).await, "id1", "half an hour more");
        assert_eq!(
            id_until(&signer, &hand, 86_400).await,
            "id1",
            "and that a second ago: no better can be had"
        );
        assert_eq!(calls.load(Ordering::Relaxed), 2);
        hand.0.fetch_add(3_400, Ordering::Relaxed);
        assert_eq!(signer.credentials().await.unwrap().access_key_id(), "id2", "these were about to end");
    }

    #[tokio::test]
    async fn a_refusal_matters_only_when_there_is_nothing_better() {
        let (hand, _, signer) = role(1);
        assert_eq!(id_until(&signer, &hand, 600).await, "id0");
        hand.0.fetch_add(1_800, Ordering::Relaxed);
        assert_eq!(id_until(&signer, &hand, 86_400).await, "id0");
        hand.0.fetch_add(1_799, Ordering::Relaxed);
        assert!(signer.credentials().await.is_err());
    }
}
