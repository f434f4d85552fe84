//! Signing in to an organisation (IAM Identity Center), like `aws sso login`: in a browser, or with a code to compare.
//!
//! What comes of it is a token, kept where AWS CLI v2 and every SDK on this computer look for it; [`crate::Access`]
//! then goes in by it. It decides nothing about roles: the core asks which there are, and a person chooses.

pub(crate) mod address;
mod browser;
mod callback;
mod device;
mod oidc;
mod portal;
mod refusal;
mod token;
mod token_file;

use std::sync::Arc;

use async_trait::async_trait;
use guestpass_core::ports::{Clock, Invitation, SignIn, SignInBy};
use guestpass_core::{Account, Error, Kind, Organisation, Result, Standing};
use jiff::{SignedDuration, Timestamp};
use oidc::Oidc;
use portal::Portal;
use token::Token;
use tokio::sync::Mutex;

use crate::Limits;
use crate::transport::Transport;

/// How long a person has, in seconds. The codes of IAM Identity Center live as long.
const PATIENCE: i64 = 600;

/// A token is renewed when it has less than this left: a minute before the SDK does, so that the window, which warns of
/// the end as early as that, need not.
const RENEW_BEFORE: SignedDuration = SignedDuration::from_mins(6);

/// The pages that a browser ends on, as whole HTML documents. They may bring styles and pictures of their own, and
/// nothing else is loaded.
#[derive(Clone, Debug)]
pub struct Pages {
    /// Somebody has signed in.
    pub done: String,
    /// Nobody has: the person or the organisation said no, or it went wrong.
    pub refused: String,
}

/// Asks organisations.
pub struct IdentityCenter {
    pages: Pages,
    clock: Arc<dyn Clock>,
    limits: Limits,
    transport: Transport,
    /// A refresh token works once: whoever renews must be alone.
    renewing: Arc<Mutex<()>>,
}

impl IdentityCenter {
    /// Asks nobody yet.
    pub fn new(pages: Pages, clock: Arc<dyn Clock>) -> Self {
        let transport = Transport::default();
        transport.trust_environment();
        Self { pages, clock, limits: Limits::default(), transport, renewing: Arc::default() }
    }

    /// The token that is kept, renewed if it is about to end; `None` where nobody has signed in, or no longer.
    async fn token(&self, organisation: &Organisation) -> Result<Option<Token>> {
        let Some(token) = token_file::load(organisation).await else { return Ok(None) };
        if self.lasts(&token) {
            return Ok(Some(token));
        }
        let alone = self.renewing.clone().lock_owned().await;
        // Somebody else may have renewed it meanwhile.
        let Some(token) = token_file::load(organisation).await else { return Ok(None) };
        if self.lasts(&token) {
            return Ok(Some(token));
        }
        let now = self.clock.now();
        let still_good = token.ends_at > now;
        let Some((registration, refresh)) = token.renewal(now) else {
            return Ok(still_good.then_some(token));
        };
        let oidc = Oidc::of(organisation, &self.transport, self.limits).await;
        // Whoever stops waiting does not stop this: the old refresh token may be used up, and the new one not kept.
        let (registration, refresh) = (registration.clone(), refresh.clone());
        let renewing = tokio::spawn(async move {
            let _alone = alone;
            let new = oidc.renew(&registration, &refresh, now).await?;
            if let Err(e) = token_file::save(&oidc.organisation, &new).await {
                tracing::warn!("a renewed sign-in cannot be kept: {e:?}");
            }
            Ok(new)
        });
        match renewing.await.unwrap_or_else(|e| Err(internal("the renewal broke off").with_source(e))) {
            Ok(new) => Ok(Some(new)),
            Err(_) if still_good => Ok(Some(token)),
            // Who cannot be asked has not refused.
            Err(e) if matches!(e.kind(), Kind::Offline { .. } | Kind::Untrusted { .. } | Kind::ServerBusy) => {
                Err(e)
            }
            // A store on this computer may have been quicker with the same refresh token.
            Err(_) => Ok(token_file::load(organisation).await.filter(|token| self.lasts(token))),
        }
    }

    fn lasts(&self, token: &Token) -> bool {
        token.ends_at.duration_since(self.clock.now()) > RENEW_BEFORE
    }

    /// The portal, with a token that is good.
    async fn portal(&self, organisation: &Organisation) -> Result<(Portal, Token)> {
        address::assure(organisation)?;
        let token = self.token(organisation).await?.ok_or_else(|| refusal::ended(organisation))?;
        Ok((Portal::of(organisation, &self.transport, self.limits).await, token))
    }
}

#[async_trait]
impl SignIn for IdentityCenter {
    async fn sign_in(
        &self,
        organisation: &Organisation,
        how: SignInBy,
        invite: &(dyn Fn(Invitation) + Send + Sync),
    ) -> Result<()> {
        address::assure(organisation)?;
        let oidc = Oidc::of(organisation, &self.transport, self.limits).await;
        let token = match how {
            SignInBy::Browser => browser::sign_in(&oidc, &self.pages, &*self.clock, invite).await?,
            SignInBy::Device => device::sign_in(&oidc, &*self.clock, invite).await?,
        };
        let _alone = self.renewing.lock().await;
        token_file::save(organisation, &token).await
    }

    async fn signed_in_until(&self, organisation: &Organisation) -> Option<Timestamp> {
        address::assure(organisation).ok()?;
        Some(self.token(organisation).await.ok()??.ends_at)
    }

    async fn standing(&self, organisation: &Organisation) -> Standing {
        let token = match address::assure(organisation) {
            Ok(()) => token_file::load(organisation).await,
            Err(_) => return Standing::Broken,
        };
        let now = self.clock.now();
        match token {
            Some(token) if token.ends_at > now => Standing::Until(token.ends_at),
            Some(token) if token.renewal(now).is_some() => Standing::Untried,
            _ => Standing::SignedOut,
        }
    }

    async fn accounts(&self, organisation: &Organisation) -> Result<Vec<Account>> {
        let (portal, token) = self.portal(organisation).await?;
        portal.accounts(&token).await
    }

    async fn roles(&self, organisation: &Organisation, account: &str) -> Result<Vec<String>> {
        let (portal, token) = self.portal(organisation).await?;
        portal.roles(&token, account).await
    }

    async fn sign_out(&self, organisation: &Organisation) -> Result<()> {
        address::assure(organisation)?;
        let _alone = self.renewing.lock().await;
        let Some(token) = token_file::load(organisation).await else { return Ok(()) };
        // First here, where it is certain.
        token_file::remove(organisation).await?;
        Portal::of(organisation, &self.transport, self.limits).await.log_out(&token).await;
        Ok(())
    }
}

impl std::fmt::Debug for IdentityCenter {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("IdentityCenter").finish_non_exhaustive()
    }
}

/// The moment until which a person is waited for.
fn patience(clock: &dyn Clock) -> Timestamp {
    clock.now() + SignedDuration::from_secs(PATIENCE)
}

/// Something on this computer that does not fail.
fn internal(what: &'static str) -> Error {
    Error::from(Kind::Internal).with_detail(what)
}
