//! A journal in memory.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
use guestpass_core::journal::{Entry, KeptTransfer, Leftover};
use guestpass_core::ports::Journal;
use guestpass_core::{Error, Kind, Result, TransferId};

/// Holds what it is told, and can be told to hold nothing more.
#[derive(Default)]
pub struct MemoryJournal {
    transfers: Mutex<BTreeMap<TransferId, KeptTransfer>>,
    leftovers: Mutex<Vec<Leftover>>,
    /// The disk is full.
    pub is_full: AtomicBool,
}

impl MemoryJournal {
    fn room(&self) -> Result<()> {
        if self.is_full.load(Ordering::Relaxed) {
            return Err(Error::from(Kind::Internal).with_detail("the disk is full"));
        }
        Ok(())
    }
}

#[async_trait]
impl Journal for MemoryJournal {
    async fn transfers(&self) -> Result<Vec<(TransferId, KeptTransfer)>> {
        Ok(self.transfers.lock().unwrap().iter().map(|(id, kept)| (*id, kept.clone())).collect())
    }

    async fn keep(&self, id: TransferId, transfer: &KeptTransfer) -> Result<()> {
        self.room()?;
        self.transfers.lock().unwrap().insert(id, transfer.clone());
        Ok(())
    }

    async fn note(&self, id: TransferId, entry: &Entry) -> Result<()> {
        self.room()?;
        self.transfers.lock().unwrap().get_mut(&id).unwrap().apply(entry.clone());
        Ok(())
    }

    async fn forget(&self, id: TransferId) -> Result<()> {
        self.transfers.lock().unwrap().remove(&id);
        Ok(())
    }

    async fn leftovers(&self) -> Result<Vec<Leftover>> {
        Ok(self.leftovers.lock().unwrap().clone())
    }

    async fn keep_leftover(&self, leftover: &Leftover) -> Result<()> {
        self.leftovers.lock().unwrap().push(leftover.clone());
        Ok(())
    }

    async fn forget_leftover(&self, leftover: &Leftover) -> Result<()> {
        self.leftovers.lock().unwrap().retain(|known| known != leftover);
        Ok(())
    }
}
