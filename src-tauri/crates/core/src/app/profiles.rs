//! Choosing a way in.

use jiff::Timestamp;

use super::{App, Memory};
use crate::{CredentialsEnd, Kind, Limits, Profile, ProfileId, Result, Secret, Way};

/// A profile that works.
#[derive(Clone, Debug)]
pub struct Connection {
    /// The profile.
    pub profile: Profile,
    /// Until when.
    pub signed_in: SignedIn,
    /// Whether the choice is remembered.
    pub memory: Memory,
    /// What IT allows with it.
    pub limits: Limits,
    /// How long links usually work, in seconds, if IT says so.
    pub usual_seconds: Option<i64>,
}

/// Until when one is signed in.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SignedIn {
    /// When the person has to sign in again. Later than the other where credentials are renewed silently.
    pub until: CredentialsEnd,
    /// When the credentials that sign now end, and links with them.
    pub credentials_end: CredentialsEnd,
}

impl App {
    /// The ways in of this computer: what was set up in this app, then its AWS profiles, or why those cannot be read.
    /// The practice bucket is not among them: it is always there.
    pub async fn profiles(&self) -> (Vec<Profile>, Result<()>) {
        let mut profiles = self.own_profiles().await;
        let files = self.ports.profiles.profiles().await.map(|found| profiles.extend(found));
        (profiles, files)
    }

    /// Takes a profile: resolves its credentials, and remembers the choice. `code` is what a role with `mfa_serial`
    /// asks for.
    ///
    /// The place that was remembered for the same profile stays. With `insists_on_http` its server may be spoken
    /// to without encryption from now on. Errors: [`Kind::ProfileMissing`], [`Kind::EndpointInsecure`],
    /// [`Kind::CodeNeeded`], [`Kind::CodeRefused`], [`Kind::PolicyBroken`], [`Kind::Forbidden`] and those of the
    /// credentials.
    pub async fn connect(
        &self,
        id: &ProfileId,
        insists_on_http: bool,
        code: Option<Secret<String>>,
    ) -> Result<Connection> {
        let (limits, usual_seconds) = (self.limits(id).await?, self.usual_seconds(id).await);
        let profile = self.find(id).await?;
        if insists_on_http {
            self.allow_http(id).await;
            self.set_settings(self.settings().await).await;
        }
        self.reconnect(id, code).await?;
        let signed_in = self.signed_in_with(&profile).await?;
        let recalled = self.recall().await;
        let memory =
            if recalled.profile.as_ref() == Some(id) { recalled.memory } else { self.remember(id, None).await };
        Ok(Connection { profile, signed_in, memory, limits, usual_seconds })
    }

    /// Takes a profile with a code, and remembers nothing. Errors: as of [`App::connect`].
    pub async fn connect_for_now(&self, id: &ProfileId, code: Secret<String>) -> Result<()> {
        self.reconnect(id, Some(code)).await.map(drop)
    }

    /// Until when one is signed in, asked anew: what can be renewed without the person is.
    ///
    /// Errors: those of the credentials, once they have ended.
    pub async fn signed_in(&self, id: &ProfileId) -> Result<SignedIn> {
        self.signed_in_with(&self.find(id).await?).await
    }

    async fn signed_in_with(&self, profile: &Profile) -> Result<SignedIn> {
        let store = self.store(&profile.id).await?;
        let credentials_end = store.credentials_end(self.ports.clock.now()).await?;
        let renewed_until = match &profile.organisation {
            Some(organisation) => self.ports.sign_in.signed_in_until(organisation).await,
            None => None,
        };
        let until = match (credentials_end, renewed_until) {
            (CredentialsEnd::At(end), Some(until)) => CredentialsEnd::At(Timestamp::max(end, until)),
            (end, _) => end,
        };
        Ok(SignedIn { until, credentials_end })
    }

    pub(super) async fn find(&self, id: &ProfileId) -> Result<Profile> {
        if *id == ProfileId::Practice {
            return Ok(Profile::practice());
        }
        if let ProfileId::Own(_) = id {
            // Also where the AWS files cannot be read.
            let own = self.own(id).await?;
            return Ok(self.own_profile(id.clone(), &own).await);
        }
        let profiles = self.ports.profiles.profiles().await?;
        let found = profiles.into_iter().find(|profile| profile.id == *id);
        found.ok_or_else(|| Kind::ProfileMissing { profile: id.name().to_owned() }.into())
    }

    /// A name on the command line means a profile of the AWS files, else a connection of this app that is called so.
    pub async fn meant_by(&self, named: &ProfileId) -> ProfileId {
        let ProfileId::Aws(name) = named else { return named.clone() };
        // Files that cannot be read may hold the name: who asks for it is told so.
        let Ok(files) = self.ports.profiles.profiles().await else { return named.clone() };
        if files.iter().any(|profile| profile.id == *named) {
            return named.clone();
        }
        let own = self.own_profiles().await.into_iter().find(|profile| profile.name == *name);
        own.map_or_else(|| named.clone(), |own| own.id)
    }

    /// Connects afresh, so that a changed file or a new sign-in counts.
    pub(super) async fn reconnect(
        &self,
        profile: &ProfileId,
        code: Option<Secret<String>>,
    ) -> Result<std::sync::Arc<dyn crate::ports::Store>> {
        let allows_http = self.settings().await.http_profiles.contains(profile);
        let (way, name) = self.way(profile, code).await?;
        let store = self.ports.connect.connect(&way, &name, allows_http).await?;
        self.check_access_key(profile, store.as_ref()).await?;
        self.learn_identity(profile, store.as_ref()).await;
        self.known_stores().insert(profile.clone(), store.clone());
        self.transfers.wake(profile);
        self.tasks.wake(profile);
        Ok(store)
    }

    async fn way(&self, profile: &ProfileId, code: Option<Secret<String>>) -> Result<(Way, String)> {
        let name = profile.name().to_owned();
        Ok(match profile {
            ProfileId::Practice => (Way::Practice, name),
            ProfileId::Environment => (Way::Environment, name),
            ProfileId::Aws(section) => (Way::Aws { profile: section.clone(), code }, name),
            ProfileId::Own(_) => {
                let own = self.own(profile).await?;
                (own.way.way(code), own.name)
            }
        })
    }
}
