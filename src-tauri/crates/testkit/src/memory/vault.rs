//! A keyring that a test can read, lock and take away.

use std::collections::HashMap;
use std::sync::Mutex;

use async_trait::async_trait;
use guestpass_core::ports::{Vault, VaultRefusal};

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
    async fn load(&self, item: &str) -> Result<Option<String>, VaultRefusal> {
        self.answer()?;
        Ok(self.items.lock().unwrap().get(item).cloned())
    }

    async fn save(&self, item: &str, text: &str) -> Result<(), VaultRefusal> {
        self.answer()?;
        self.items.lock().unwrap().insert(item.to_owned(), text.to_owned());
        Ok(())
    }
}
