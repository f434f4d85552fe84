//! A keyring that a test can read, lock and take away.

use std::collections::HashMap;
use std::sync::Mutex;

use async_trait::async_trait;
use guestpass_core::Secret;
use guestpass_core::ports::{Vault, VaultRefusal};

/// As much as Credential Manager keeps in one item.
const LIMIT: usize = 2_560;

/// Keeps items; refuses when told to.
#[derive(Default)]
pub struct MemoryVault {
    items: Mutex<HashMap<String, String>>,
    refusal: Mutex<Option<VaultRefusal>>,
}

impl MemoryVault {
    /// From now on nothing is read or kept.
    pub fn refuse(&self, refusal: VaultRefusal) {
        *self.refusal.lock().unwrap() = Some(refusal);
    }

    /// From now on it answers again.
    pub fn open(&self) {
        *self.refusal.lock().unwrap() = None;
    }

    /// Everything that is kept.
    pub fn items(&self) -> HashMap<String, String> {
        self.items.lock().unwrap().clone()
    }

    fn answer(&self) -> Result<(), VaultRefusal> {
        self.refusal.lock().unwrap().map_or(Ok(()), Err)
    }
}

#[async_trait]
impl Vault for MemoryVault {
    async fn load(&self, item: &str) -> Result<Option<Secret<String>>, VaultRefusal> {
        self.answer()?;
        Ok(self.items.lock().unwrap().get(item).cloned().map(Secret::new))
    }

    async fn save(&self, item: &str, text: &Secret<String>) -> Result<(), VaultRefusal> {
        self.answer()?;
        if text.reveal().len() > LIMIT {
            return Err(VaultRefusal::TooLong);
        }
        self.items.lock().unwrap().insert(item.to_owned(), text.reveal().clone());
        Ok(())
    }

    async fn remove(&self, item: &str) -> Result<bool, VaultRefusal> {
        self.answer()?;
        Ok(self.items.lock().unwrap().remove(item).is_some())
    }

    fn limit(&self) -> usize {
        LIMIT
    }
}
