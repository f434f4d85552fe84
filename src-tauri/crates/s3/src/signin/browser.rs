//! Signing in with the browser of this computer, which comes back by itself: an authorization code (RFC 6749) with
//! proof that it was us who asked (PKCE, RFC 7636) over the loopback interface (RFC 8252).

use base64_simd::URL_SAFE_NO_PAD;
use guestpass_core::ports::{Clock, Invitation};
use guestpass_core::{Error, Kind, Result, Secret};
use sha2::{Digest, Sha256};

use super::callback::{Arrival, Callback, Outcome};
use super::oidc::{BY_CODE, Oidc, SCOPE, token_of};
use super::token::Token;
use super::{PATIENCE, Pages, internal, patience, refusal};

pub(super) async fn sign_in(
    oidc: &Oidc,
    pages: &Pages,
    clock: &dyn Clock,
    invite: &(dyn Fn(Invitation) + Send + Sync),
) -> Result<Token> {
    let (state, verifier) = (random()?, random()?);
    let mut callback = Callback::listen(state.clone()).await?;
    let (registration, mut page) = oidc.register(BY_CODE).await?;
    // The order and the names of AWS CLI v2, which are written down nowhere.
    page.query_pairs_mut()
        .append_pair("response_type", "code")
        .append_pair("client_id", &registration.client_id)
        .append_pair("redirect_uri", callback.address())
        .append_pair("state", state.reveal())
        .append_pair("code_challenge_method", "S256")
        .append_pair("code_challenge", &challenge(verifier.reveal()))
        .append_pair("scopes", SCOPE);
    let url = callback.lead_to(Secret::new(page.into()), &random()?);
    invite(Invitation { url, code: None, ends_at: patience(clock) });
    let arrival = tokio::select! {
        arrival = callback.arrival() => arrival?,
        () = clock.pass(PATIENCE.unsigned_abs()) => return Err(Kind::SignInUnanswered.into()),
    };
    let Arrival { outcome, browser } = arrival;
    let token = match outcome {
        Outcome::Code(code) => {
            let address = callback.address();
            let given = oidc.token(&registration, BY_CODE, |by| {
                by.code(code.reveal()).code_verifier(verifier.reveal()).redirect_uri(address)
            });
            let given = given.await.map_err(|e| refusal::of(e, &oidc.organisation));
            given.and_then(|given| token_of(given, registration, clock.now()))
        }
        Outcome::Denied => Err(Kind::SignInRefused.into()),
        Outcome::Failed(why) => Err(Error::from(Kind::ServerFault).with_detail(why)),
    };
    browser.show(if token.is_ok() { &pages.done } else { &pages.refused }).await;
    token
}

/// 256 random bits as 43 characters: as long as a verifier must be (RFC 7636, section 4.1).
fn random() -> Result<Secret<String>> {
    let mut bytes = zeroize::Zeroizing::new([0; 32]);
    getrandom::fill(&mut *bytes).map_err(|e| internal("no random numbers").with_source(e))?;
    Ok(Secret::new(URL_SAFE_NO_PAD.encode_to_string(*bytes)))
}

fn challenge(verifier: &str) -> String {
    URL_SAFE_NO_PAD.encode_to_string(Sha256::digest(verifier))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_challenge_is_that_of_the_standard() {
        // RFC 7636, appendix B
        let challenge = challenge("dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk");
        assert_eq!(challenge, "E9Melhoa2OwvFrEMTJguCHaoeK1t8URWbuGJSstw-cM");
        let (one, other) = (random().unwrap(), random().unwrap());
        assert_eq!(one.reveal().len(), 43);
        assert_ne!(one.reveal(), other.reveal());
    }
}
