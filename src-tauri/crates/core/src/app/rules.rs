//! What IT allows: the policy of this computer, and what the file of a connection says besides. Held here, where
//! neither the window nor the command line can pass.

use std::sync::Arc;

use jiff::Timestamp;

use super::App;
use crate::ports::Store;
use crate::{
    Act, AuditEntry, BucketName, CredentialsEnd, Limits, Link, Place, Policy, ProfileId, Result, VersionId,
};

impl App {
    /// The policy of this computer. Error: [`crate::Kind::PolicyBroken`].
    pub fn policy(&self) -> Result<Arc<Policy>> {
        self.ports.policy.policy()
    }

    /// The policy as far as it concerns this profile. Practice leads nowhere but to this computer.
    pub(super) fn policy_for(&self, profile: &ProfileId) -> Result<Arc<Policy>> {
        match profile {
            ProfileId::Practice => Ok(Arc::default()),
            _ => self.policy(),
        }
    }

    /// What is allowed with this profile: by the policy, and by the connection's own file.
    pub async fn limits(&self, profile: &ProfileId) -> Result<Limits> {
        let policy = self.policy_for(profile)?;
        match profile {
            ProfileId::Own(_) => Ok(policy.limits.and(&self.own(profile).await?.given.limits)),
            _ => Ok(policy.limits.clone()),
        }
    }

    pub(super) async fn usual_seconds(&self, profile: &ProfileId) -> Option<i64> {
        match profile {
            ProfileId::Own(_) => self.own(profile).await.ok()?.given.usual_seconds,
            _ => None,
        }
    }

    /// The places that IT's file gives with this profile.
    pub(super) async fn given_places(&self, profile: &ProfileId) -> Vec<Place> {
        match profile {
            ProfileId::Own(_) => self.own(profile).await.map(|own| own.given.places).unwrap_or_default(),
            _ => Vec::new(),
        }
    }

    /// Writes down what is about to be handed over, where the policy wants that. Error:
    /// [`crate::Kind::AuditUnwritable`]; it is not handed over then.
    pub(super) async fn audit(&self, profile: &ProfileId, entry: AuditEntry<'_>) -> Result<()> {
        let policy = self.policy_for(profile)?;
        let Some(path) = &policy.audit_log else { return Ok(()) };
        let (at, name, identity) =
            (self.ports.clock.now(), self.name_of(profile).await, self.session.identity(profile));
        let entry = AuditEntry { at, profile: &name, identity: identity.as_deref(), ..entry };
        self.ports.audit.note(path, &entry.line())
    }

    /// An access key is told by its credentials, which do not end, wherever they come from.
    pub(super) async fn check_access_key(&self, profile: &ProfileId, store: &dyn Store) -> Result<()> {
        let policy = self.policy_for(profile)?;
        if policy.access_keys || store.credentials_end(self.ports.clock.now()).await? != CredentialsEnd::Never {
            return Ok(());
        }
        policy.check_access_keys()
    }

    /// Asks once whose credentials these are, where that is written down beside what they share.
    pub(super) async fn learn_identity(&self, profile: &ProfileId, store: &dyn Store) {
        if self.policy_for(profile).is_ok_and(|policy| policy.audit_log.is_some())
            && let Ok(Some(identity)) = store.identity().await
        {
            self.session.set_identity(profile, identity);
        }
    }

    pub(super) async fn audit_link(&self, profile: &ProfileId, link: &Link) -> Result<()> {
        let entry = AuditEntry {
            version: link.version.as_ref().map(VersionId::as_str),
            expires_at: Some(link.end.expires_at),
            checked: Some(link.checked),
            ..entry(Act::Link, &link.bucket, link.key.as_str())
        };
        self.audit(profile, entry).await
    }
}

/// An entry without what [`App::audit`] knows.
pub(super) fn entry<'a>(act: Act, bucket: &'a BucketName, key: &'a str) -> AuditEntry<'a> {
    AuditEntry {
        at: Timestamp::UNIX_EPOCH,
        act,
        profile: "",
        identity: None,
        bucket,
        key,
        version: None,
        expires_at: None,
        checked: None,
    }
}
