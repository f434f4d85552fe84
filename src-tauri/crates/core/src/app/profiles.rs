//! Choosing a way in.

use super::{App, Memory};
use crate::{CredentialsEnd, Kind, Profile, ProfileId, Result};

/// A profile that works.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The profile.
    pub profile: Profile,
    /// When its credentials end.
    pub credentials_end: CredentialsEnd,
    /// Whether the choice is remembered.
    pub memory: Memory,
}

impl App {
    /// The profiles of this computer. The practice bucket is not among them: it is always there.
    pub async fn profiles(&self) -> Result<Vec<Profile>> {
        self.ports.profiles.profiles().await
    }

    /// Takes a profile: resolves its credentials, and remembers the choice.
    ///
    /// The place that was remembered for the same profile stays. With `insists_on_http` its server may be spoken
    /// to without encryption from now on. Errors: [`Kind::ProfileMissing`], [`Kind::EndpointInsecure`] and those
    /// of the credentials.
    pub async fn connect(&self, id: &ProfileId, insists_on_http: bool) -> Result<Connection> {
        let profile = self.find(id).await?;
        if insists_on_http {
            self.allow_http(id).await;
            self.set_settings(self.settings().await).await;
        }
        let store = self.reconnect(id).await?;
        let credentials_end = store.credentials_end(self.ports.clock.now()).await?;
        let recalled = self.recall().await;
        let memory =
            if recalled.profile.as_ref() == Some(id) { recalled.memory } else { self.remember(id, None).await };
        Ok(Connection { profile, credentials_end, memory })
    }

    async fn find(&self, id: &ProfileId) -> Result<Profile> {
        if *id == ProfileId::Practice {
            return Ok(Profile::practice());
        }
        let profiles = self.profiles().await?;
        let found = profiles.into_iter().find(|profile| profile.id == *id);
        found.ok_or_else(|| Kind::ProfileMissing { profile: id.name().to_owned() }.into())
    }
}
