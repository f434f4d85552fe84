//! An organisation at which everybody may sign in, until a test says otherwise.

use std::collections::HashMap;
use std::sync::Mutex;

use async_trait::async_trait;
use guestpass_core::ports::{Invitation, SignIn, SignInBy};
use guestpass_core::{Account, Kind, Organisation, Result, Secret, Standing};
use jiff::Timestamp;

/// Remembers who has signed in where, and until when.
#[derive(Default)]
pub struct MemorySignIn {
    /// By the name of the session.
    pub until: Mutex<HashMap<String, Timestamp>>,
    /// What signing in is refused with.
    pub refusal: Mutex<Option<Kind>>,
}

/// The end of every sign-in here.
const END: &str = "2026-11-23T21:04:00Z";

#[async_trait]
impl SignIn for MemorySignIn {
    async fn sign_in(
        &self,
        organisation: &Organisation,
        how: SignInBy,
        invite: &(dyn Fn(Invitation) + Send + Sync),
    ) -> Result<()> {
        let end: Timestamp = END.parse().unwrap();
        let url = Secret::new(format!("{}/device", organisation.start_url));
        invite(Invitation {
            url,
            code: (how == SignInBy::Device).then(|| "ABCD-EFGH".to_owned()),
            ends_at: end,
        });
        if let Some(kind) = self.refusal.lock().unwrap().clone() {
            return Err(kind.into());
        }
        self.until.lock().unwrap().insert(organisation.session_name().to_owned(), end);
        Ok(())
    }

    async fn signed_in_until(&self, organisation: &Organisation) -> Option<Timestamp> {
        self.until.lock().unwrap().get(organisation.session_name()).copied()
    }

    async fn standing(&self, organisation: &Organisation) -> Standing {
        self.signed_in_until(organisation).await.map_or(Standing::SignedOut, Standing::Until)
    }

    async fn accounts(&self, _: &Organisation) -> Result<Vec<Account>> {
        Ok(vec![Account { id: "123456789012".into(), name: "Press".into() }])
    }

    async fn roles(&self, _: &Organisation, _: &str) -> Result<Vec<String>> {
        Ok(vec!["PressOffice".into(), "ReadOnly".into()])
    }

    async fn sign_out(&self, organisation: &Organisation) -> Result<()> {
        self.until.lock().unwrap().remove(organisation.session_name());
        Ok(())
    }
}
