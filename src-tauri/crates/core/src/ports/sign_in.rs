//! Signing in where that takes a person.

use async_trait::async_trait;
use jiff::Timestamp;

use crate::{Account, Organisation, Result, Secret, Standing};

/// How a person signs in to an organisation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SignInBy {
    /// In the browser of this computer, which comes back by itself (authorization code with PKCE).
    Browser,
    /// In a browser anywhere, with a code to compare (device authorization).
    Device,
}

/// Where a person is to go to sign in.
#[derive(Clone, Debug)]
pub struct Invitation {
    /// The page to open. It leads to this very sign-in, so it is for the person's browser and nobody else.
    pub url: Secret<String>,
    /// The code that the page shows too, where the browser may be elsewhere.
    pub code: Option<String>,
    /// When it is too late.
    pub ends_at: Timestamp,
}

/// Who are you? IAM Identity Center, whose token AWS CLI v2 and every SDK on this computer share.
#[async_trait]
pub trait SignIn: Send + Sync {
    /// Asks the person to sign in: `invite` hears where. Answers when the token is kept.
    ///
    /// Errors: [`crate::Kind::SignInRefused`], [`crate::Kind::SignInUnanswered`], [`crate::Kind::Offline`],
    /// [`crate::Kind::Untrusted`], [`crate::Kind::ServerFault`] (also where the address is of no organisation).
    ///
    /// # Cancellation
    /// Dropping the future stops listening and asking; no token is kept.
    async fn sign_in(
        &self,
        organisation: &Organisation,
        how: SignInBy,
        invite: &(dyn Fn(Invitation) + Send + Sync),
    ) -> Result<()>;
    /// Until when somebody is signed in, or will be by a silent renewal; `None` where nobody is.
    async fn signed_in_until(&self, organisation: &Organisation) -> Option<Timestamp>;
    /// Whether somebody is signed in, as far as this computer knows: asks nobody.
    async fn standing(&self, organisation: &Organisation) -> Standing;
    /// The accounts that whoever has signed in may use, by name. Error: [`crate::Kind::CredentialsEnded`].
    async fn accounts(&self, organisation: &Organisation) -> Result<Vec<Account>>;
    /// Their roles in one account, by name.
    async fn roles(&self, organisation: &Organisation, account: &str) -> Result<Vec<String>>;
    /// Ends the sign-in at the organisation, and removes the token here. That it had ended is no error.
    async fn sign_out(&self, organisation: &Organisation) -> Result<()>;
}
