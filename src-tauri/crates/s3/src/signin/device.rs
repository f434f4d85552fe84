//! Signing in with a browser anywhere: the person compares a code, we ask until it is allowed (RFC 8628).

use guestpass_core::ports::{Clock, Invitation};
use guestpass_core::{Kind, Result, Secret};
use jiff::SignedDuration;

use super::address::is_page;
use super::oidc::{BY_DEVICE, Oidc, nonsense, token_of};
use super::token::Token;
use super::{patience, refusal};

/// How long one waits between two questions where the server does not say, in seconds (RFC 8628, section 3.2).
const INTERVAL: u64 = 5;

/// How much longer where it says that this is too often (RFC 8628, section 3.5).
const SLOWER: u64 = 5;

pub(super) async fn sign_in(
    oidc: &Oidc,
    clock: &dyn Clock,
    invite: &(dyn Fn(Invitation) + Send + Sync),
) -> Result<Token> {
    let (registration, _) = oidc.register(BY_DEVICE).await?;
    let started = oidc.start_device(&registration).await?;
    let page = started.verification_uri_complete.or(started.verification_uri).filter(|page| is_page(page));
    let (Some(device), Some(page)) = (started.device_code.map(Secret::new), page) else {
        return Err(nonsense("an invitation without its parts"));
    };
    let expires = clock.now() + SignedDuration::from_secs(started.expires_in.max(0).into());
    let ends_at = expires.min(patience(clock));
    invite(Invitation { url: Secret::new(page), code: started.user_code, ends_at });
    let mut interval = u64::try_from(started.interval).ok().filter(|&seconds| seconds > 0).unwrap_or(INTERVAL);
    loop {
        clock.pass(interval).await;
        if clock.now() >= ends_at {
            return Err(Kind::SignInUnanswered.into());
        }
        let asked = oidc.token(&registration, BY_DEVICE, |by| by.device_code(device.reveal())).await;
        let refused = match asked {
            Ok(given) => return token_of(given, registration, clock.now()),
            Err(refused) => refused,
        };
        match refused.as_service_error() {
            Some(answer) if answer.is_authorization_pending_exception() => continue,
            Some(answer) if answer.is_slow_down_exception() => {
                interval += SLOWER;
                continue;
            }
            _ => (),
        }
        let refused = refusal::of(refused, &oidc.organisation);
        // A line that breaks for a moment has refused nothing.
        if !matches!(refused.kind(), Kind::Offline { .. } | Kind::ServerBusy) {
            return Err(refused);
        }
    }
}
