//! Removing a connection, and everything that it left on this computer.

use super::App;
use super::connections::item_name;
use crate::{Organisation, ProfileId, Result};

/// What was removed with a connection.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Forgotten {
    /// Items of the keyring.
    pub keyring_items: usize,
    /// Uploads, with what they had written down.
    pub transfers: usize,
    /// Whether its sign-in was ended: nothing else on this computer uses it.
    pub signed_out: bool,
}

impl App {
    /// Removes a connection that was set up here, or what is remembered of a profile of this computer, whose own
    /// files stay as they are.
    ///
    /// Uploads and tasks under way are stopped, and what they left on the server is removed while that is still
    /// possible. Errors: those of the keyring; everything stays then.
    pub async fn forget_connection(&self, id: &ProfileId) -> Result<Forgotten> {
        let organisation = self.find(id).await.ok().and_then(|profile| profile.organisation);
        let mut forgotten = Forgotten::default();
        // First what may be refused. What is needed to clear up on the server is still known to the session.
        let removed = self.forget_kept(id).await;
        forgotten.keyring_items = removed.map_err(|refusal| self.not_kept(refusal))?;
        forgotten.transfers = self.forget_transfers_of(id).await;
        self.forget_tasks_of(id).await;
        self.session.forget(id);
        self.known_stores().remove(id);
        if let (ProfileId::Own(_), Some(organisation)) = (id, organisation)
            && !self.is_used_elsewhere(&organisation).await
        {
            forgotten.signed_out = self.ports.sign_in.sign_out(&organisation).await.is_ok();
        }
        Ok(forgotten)
    }

    async fn forget_transfers_of(&self, id: &ProfileId) -> usize {
        let all = self.transfers.watch().borrow().clone();
        let ids: Vec<_> = all.iter().filter(|transfer| transfer.profile == *id).map(|one| one.id).collect();
        for transfer in &ids {
            self.forget(*transfer).await;
        }
        if let Some(journal) = &self.ports.journal {
            for left in journal.leftovers().await.unwrap_or_default() {
                // Without the connection nobody could remove it any more: what the server still has is its owner's.
                if left.profile == *id {
                    if let Some(spared) = self.transfers.to_spare(&left) {
                        let _ = self.remove_leftover(&left, &spared).await;
                    }
                    let _ = journal.forget_leftover(&left).await;
                }
            }
        }
        ids.len()
    }

    async fn forget_tasks_of(&self, id: &ProfileId) {
        futures_util::future::join_all(self.tasks.of(id).into_iter().map(|task| self.forget_task(task))).await;
    }

    async fn forget_kept(&self, id: &ProfileId) -> Result<usize, crate::ports::VaultRefusal> {
        let mut items = 0;
        if !self.session.is_for_session(id) {
            // So that it is there for what follows.
            self.item(id).await?;
            // First the secret, so that nothing fails between the two that would hide it.
            items += usize::from(self.ports.vault.remove(&item_name(id)).await?);
            let mut kept = self.session.kept_ids();
            if kept.contains(id) {
                kept.retain(|one| one != id);
                self.keep_index(&kept).await?;
            }
            items += usize::from(self.forget_selection(id).await?);
        }
        let mut settings = self.settings().await;
        if settings.http_profiles.contains(id) {
            settings.http_profiles.retain(|one| one != id);
            self.set_settings(settings).await;
        }
        Ok(items)
    }

    async fn is_used_elsewhere(&self, organisation: &Organisation) -> bool {
        let (others, _) = self.profiles().await;
        let session = |profile: &crate::Profile| {
            profile.organisation.as_ref().map(|organisation| organisation.session_name().to_owned())
        };
        others.iter().any(|profile| session(profile).as_deref() == Some(organisation.session_name()))
    }
}
