//! When a link ends: what was asked, and what is true.

use jiff::{SignedDuration, Timestamp};
use serde::{Deserialize, Serialize};

use crate::{CredentialsEnd, Error, Kind, Result};

/// The longest that Signature Version 4 lets a presigned URL live: seven days, in seconds.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-query-string-auth.html> (`X-Amz-Expires`)
pub const MAX_SECONDS: i64 = 604_800;

/// What a person asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Expiry {
    /// This many seconds from the moment of signing.
    For(i64),
    /// Until this moment.
    Until(Timestamp),
}

/// Which of the limits set the end of a link.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LimitedBy {
    /// The person's choice.
    Chosen,
    /// Seven days.
    Maximum,
    /// The end of the credentials that sign.
    Credentials,
    /// The organisation's policy.
    Policy,
}

/// When a link really ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LinkEnd {
    /// The first moment at which it no longer opens.
    pub expires_at: Timestamp,
    /// What set it.
    pub limited_by: LimitedBy,
    /// False when the credentials are temporary and do not say when they end: it may stop sooner.
    pub certain: bool,
    /// Seconds by which the server's clock, which counts, is ahead of this computer's; 0 when the two agree.
    pub clock_offset_seconds: i64,
}

impl Expiry {
    /// When something that begins at `now` would end, were it not for the credentials or a policy.
    pub fn wanted(self, now: Timestamp) -> Timestamp {
        let latest = now.saturating_add(SignedDuration::from_secs(MAX_SECONDS)).unwrap_or(Timestamp::MAX);
        let asked = match self {
            Self::For(seconds) => now.saturating_add(SignedDuration::from_secs(seconds)).unwrap_or(latest),
            Self::Until(at) => at,
        };
        asked.min(latest)
    }

    /// `min(asked, seven days, end of the credentials, policy)`, for a link signed at `now`.
    ///
    /// `policy` is the longest that the organisation allows, in seconds. Whole seconds throughout, because
    /// `X-Amz-Expires` counts them. Errors: [`Kind::ExpiryPast`] when less than a second was asked for,
    /// [`Kind::CredentialsEnded`] when the credentials are at their end.
    pub fn end(
        self,
        now: Timestamp,
        credentials: CredentialsEnd,
        policy: Option<i64>,
        profile: &str,
    ) -> Result<LinkEnd> {
        let now = whole_second(now);
        let after = |seconds| now.saturating_add(SignedDuration::from_secs(seconds));
        let asked = match self {
            Self::For(seconds) => seconds,
            Self::Until(at) => at.as_second() - now.as_second(),
        };
        if asked < 1 {
            return Err(Kind::ExpiryPast.into());
        }
        let mut seconds = asked;
        let mut limited_by = LimitedBy::Chosen;
        let mut limit = |max: i64, by| {
            if max < seconds {
                (seconds, limited_by) = (max, by);
            }
        };
        limit(MAX_SECONDS, LimitedBy::Maximum);
        if let Some(policy) = policy {
            limit(policy, LimitedBy::Policy);
        }
        if let CredentialsEnd::At(end) = credentials {
            limit(end.as_second() - now.as_second(), LimitedBy::Credentials);
        }
        if seconds < 1 {
            return Err(Error::from(Kind::CredentialsEnded { profile: profile.to_owned() }));
        }
        Ok(LinkEnd {
            expires_at: after(seconds).map_err(|_| Kind::ExpiryPast)?,
            limited_by,
            certain: credentials != CredentialsEnd::Unknown,
            clock_offset_seconds: 0,
        })
    }
}

/// Signature Version 4 dates have no fractions.
fn whole_second(at: Timestamp) -> Timestamp {
    Timestamp::from_second(at.as_second()).unwrap_or(at)
}

#[cfg(test)]
mod tests {
    use super::*;

    const DAY: i64 = 86_400;

    fn now() -> Timestamp {
        "2026-11-23T17:20:00.9Z".parse().unwrap()
    }

    fn end(expiry: Expiry, credentials: CredentialsEnd, policy: Option<i64>) -> LinkEnd {
        expiry.end(now(), credentials, policy, "Marketing").unwrap()
    }

    fn at(text: &str) -> Timestamp {
        text.parse().unwrap()
    }

    #[test]
    fn the_choice_holds_where_nothing_is_shorter() {
        let three_days = end(Expiry::For(3 * DAY), CredentialsEnd::Never, None);
        assert_eq!(three_days.expires_at, at("2026-11-26T17:20:00Z"));
        assert_eq!(three_days.limited_by, LimitedBy::Chosen);
        assert!(three_days.certain);
        let until = end(Expiry::Until(at("2026-11-24T08:00:00Z")), CredentialsEnd::Never, None);
        assert_eq!(until.expires_at, at("2026-11-24T08:00:00Z"));
    }

    #[test]
    fn exactly_seven_days_are_the_persons_choice_and_a_second_more_is_not() {
        let seven = end(Expiry::For(MAX_SECONDS), CredentialsEnd::Never, None);
        assert_eq!(seven.limited_by, LimitedBy::Chosen);
        let more = end(Expiry::For(MAX_SECONDS + 1), CredentialsEnd::Never, None);
        assert_eq!(more.limited_by, LimitedBy::Maximum);
        assert_eq!(more.expires_at, seven.expires_at);
    }

    #[test]
    fn the_shortest_limit_wins_and_is_named() {
        let tonight = CredentialsEnd::At(at("2026-11-23T21:04:00Z"));
        let limited = end(Expiry::For(3 * DAY), tonight, Some(2 * DAY));
        assert_eq!(limited.expires_at, at("2026-11-23T21:04:00Z"));
        assert_eq!(limited.limited_by, LimitedBy::Credentials);
        let policy = end(Expiry::For(3 * DAY), CredentialsEnd::Never, Some(2 * DAY));
        assert_eq!(policy.limited_by, LimitedBy::Policy);
        let short = end(Expiry::For(3600), tonight, Some(2 * DAY));
        assert_eq!(short.limited_by, LimitedBy::Chosen);
    }

    #[test]
    fn an_unknown_end_of_the_credentials_is_said() {
        assert!(!end(Expiry::For(DAY), CredentialsEnd::Unknown, None).certain);
    }

    #[test]
    fn no_link_is_made_that_has_ended() {
        let kind = |expiry: Expiry, credentials| {
            expiry.end(now(), credentials, None, "Marketing").unwrap_err().into_kind()
        };
        assert_eq!(kind(Expiry::For(0), CredentialsEnd::Never), Kind::ExpiryPast);
        assert_eq!(kind(Expiry::Until(now()), CredentialsEnd::Never), Kind::ExpiryPast);
        assert_eq!(kind(Expiry::Until(Timestamp::MIN), CredentialsEnd::Never), Kind::ExpiryPast);
        assert_eq!(
            kind(Expiry::For(DAY), CredentialsEnd::At(now())),
            Kind::CredentialsEnded { profile: "Marketing".into() }
        );
    }
}
