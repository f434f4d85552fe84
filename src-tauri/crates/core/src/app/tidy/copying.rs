//! One copy on its way. What it may leave on the server is written down before the server is asked for it.

use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Mutex, OnceLock, PoisonError};

use async_trait::async_trait;
use jiff::Timestamp;

use super::work::Work;
use crate::ObjectKey;
use crate::journal::Leftover;
use crate::ports::CopyWitness;

/// Keeps the figures of a copy, and what it has begun.
pub(super) struct Copying<'a> {
    work: &'a Work,
    to: &'a ObjectKey,
    counted: AtomicU64,
    begun: Mutex<Option<Leftover>>,
    /// When the server was asked for the copy first.
    asked_at: OnceLock<Timestamp>,
}

impl<'a> Copying<'a> {
    pub(super) fn new(work: &'a Work, to: &'a ObjectKey) -> Self {
        Self { work, to, counted: AtomicU64::default(), begun: Mutex::default(), asked_at: OnceLock::new() }
    }

    /// When it was asked for first; since then it may be there.
    pub(super) fn asked_at(&self) -> Option<Timestamp> {
        self.asked_at.get().copied()
    }

    /// Removes what has begun; what cannot be removed now stays written down, for later.
    pub(super) async fn give_up(&self) {
        self.copied(0);
        let Some(left) = self.put(None) else { return };
        let app = &self.work.app;
        app.tasks.copies(Some(&left), None);
        if let Some(spared) = app.transfers.to_spare(&left)
            && let Err(e) = app.remove_leftover(&left, &spared).await
        {
            tracing::warn!("parts of a copy could not be removed: {e}");
        }
    }

    /// The copy is there: nothing of it is left over.
    pub(super) async fn is_done(&self) {
        if let Some(left) = self.put(None) {
            self.strike_out(&left).await;
            self.work.app.tasks.copies(Some(&left), None);
        }
    }

    async fn keep(&self, upload_id: Option<String>, asked_at: Timestamp) {
        let Work { app, profile, bucket, .. } = self.work;
        let left = Leftover {
            profile: profile.clone(),
            bucket: bucket.clone(),
            key: self.to.clone(),
            upload_id,
            asked_at,
            since: app.ports.clock.now(),
        };
        let before = self.put(Some(left.clone()));
        app.tasks.copies(before.as_ref(), Some(left.clone()));
        app.keep_leftover(&left).await;
        if let Some(before) = before {
            self.strike_out(&before).await;
        }
    }

    async fn strike_out(&self, left: &Leftover) {
        if let Some(journal) = &self.work.app.ports.journal
            && let Err(e) = journal.forget_leftover(left).await
        {
            tracing::warn!("a copy cannot be struck out of the journal: {e}");
        }
    }

    fn put(&self, left: Option<Leftover>) -> Option<Leftover> {
        std::mem::replace(&mut *self.begun.lock().unwrap_or_else(PoisonError::into_inner), left)
    }
}

#[async_trait]
impl CopyWitness for Copying<'_> {
    fn copied(&self, bytes: u64) {
        self.work.update(|task| {
            // Within the lock of the figures: what is told last is what stands.
            let before = self.counted.swap(bytes, Ordering::Relaxed);
            task.bytes_done = (task.bytes_done + bytes).saturating_sub(before);
        });
    }

    async fn stopped(&self) {
        self.work.handle.stop.cancelled().await;
    }

    fn asks(&self, at: Timestamp) {
        // The first time is the one that counts.
        let _ = self.asked_at.set(at);
    }

    async fn begins(&self, asked_at: Timestamp) {
        self.keep(None, asked_at).await;
    }

    async fn began(&self, upload_id: &str) {
        let asked_at = {
            let begun = self.begun.lock().unwrap_or_else(PoisonError::into_inner);
            begun.as_ref().map(|left| left.asked_at)
        };
        if let Some(asked_at) = asked_at {
            self.keep(Some(upload_id.to_owned()), asked_at).await;
        }
    }
}
