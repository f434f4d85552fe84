//! Signing in to an organisation (IAM Identity Center), and out again.

use super::App;
use crate::ports::{Invitation, SignInBy};
use crate::{Account, Kind, Organisation, ProfileId, Result};

impl App {
    /// Asks the person to sign in; `invite` hears where. Answers when they have.
    ///
    /// Errors: [`Kind::SignInRefused`], [`Kind::SignInUnanswered`] and those of the network.
    ///
    /// # Cancellation
    /// Dropping the future ends the waiting, and nothing is kept.
    pub async fn sign_in(
        &self,
        organisation: &Organisation,
        how: SignInBy,
        invite: &(dyn Fn(Invitation) + Send + Sync),
    ) -> Result<()> {
        self.policy()?;
        self.ports.sign_in.sign_in(organisation, how, invite).await?;
        // Whoever it was that has signed in now: nothing goes on as the one before.
        self.disconnect(organisation).await;
        Ok(())
    }

    /// The accounts that whoever has signed in may use.
    pub async fn accounts(&self, organisation: &Organisation) -> Result<Vec<Account>> {
        self.ports.sign_in.accounts(organisation).await
    }

    /// Their roles in one account.
    pub async fn roles(&self, organisation: &Organisation, account: &str) -> Result<Vec<String>> {
        self.ports.sign_in.roles(organisation, account).await
    }

    /// Ends the sign-in behind a profile, for every program of this computer that shares it.
    ///
    /// Error: [`Kind::ProfileMissing`] where there is none.
    pub async fn sign_out(&self, profile: &ProfileId) -> Result<()> {
        let profile = self.find(profile).await?;
        let organisation = profile.organisation.ok_or(Kind::ProfileMissing { profile: profile.name })?;
        self.ports.sign_in.sign_out(&organisation).await?;
        self.disconnect(&organisation).await;
        Ok(())
    }

    async fn disconnect(&self, organisation: &Organisation) {
        let session = Some(organisation.session_name());
        for profile in self.profiles().await.0 {
            if profile.organisation.as_ref().map(Organisation::session_name) == session {
                self.known_stores().remove(&profile.id);
                self.transfers.wake(&profile.id);
                self.tasks.wake(&profile.id);
            }
        }
    }
}
