//! Files that a person offers, by dragging them over the window or choosing them in a dialog.
//!
//! The paths stay here: the web view gets names, sizes and an id, and hands the id back. An id is good for one
//! sending.

mod walk;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use guestpass_core::{Error, Kind, OfferedFile, Result};
use tauri::ipc::Channel;
use tauri::{DragDropEvent, async_runtime};

use crate::ipc::{Drop, DropEvent, DroppedFile};
pub(crate) use walk::look_at;
use walk::{Found, name_of};

/// Offers that were never sent are forgotten, oldest first.
const KEPT: usize = 16;

/// The offers of this run, and who is told of drags.
#[derive(Clone, Default)]
pub(crate) struct Drops(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    last_id: u32,
    offers: BTreeMap<u32, Offer>,
    listener: Option<Channel<DropEvent>>,
    /// Was offered before anybody listened: by a file manager that started the app.
    early: Vec<PathBuf>,
}

/// What can be sent of an offer.
#[derive(Clone, Debug, Default)]
pub(crate) struct Offer {
    pub(crate) files: Vec<OfferedFile>,
    /// The names of which the person has been told that they are taken.
    pub(crate) taken: BTreeSet<String>,
}

impl Drops {
    /// Tells this channel of drags from now on, and no other.
    pub(crate) fn listen(&self, channel: Channel<DropEvent>) {
        let mut state = self.state();
        state.listener = Some(channel);
        let early = std::mem::take(&mut state.early);
        drop(state);
        if !early.is_empty() {
            self.offer_from_elsewhere(early);
        }
    }

    /// Offers files that another program handed over, as if they had been dropped.
    pub(crate) fn offer_from_elsewhere(&self, paths: Vec<PathBuf>) {
        let mut state = self.state();
        if state.listener.is_none() {
            return state.early.extend(paths);
        }
        drop(state);
        let drops = self.clone();
        async_runtime::spawn(async move {
            let event = drops.offer(paths).await.map_or(DropEvent::Left, |drop| DropEvent::Dropped { drop });
            drops.tell(event);
        });
    }

    /// Passes on what the window system says of a drag.
    pub(crate) fn on_drag(&self, event: &DragDropEvent) {
        match event {
            DragDropEvent::Enter { paths, .. } => {
                self.tell(DropEvent::Over { names: paths.iter().map(|path| name_of(path)).collect() });
            }
            DragDropEvent::Leave => self.tell(DropEvent::Left),
            DragDropEvent::Drop { paths, .. } => self.offer_from_elsewhere(paths.clone()),
            _ => {}
        }
    }

    /// Looks at the files, and keeps those that can be sent.
    pub(crate) async fn offer(&self, paths: Vec<PathBuf>) -> Result<Drop> {
        let found = async_runtime::spawn_blocking(move || Found::of(&paths)).await;
        let Found { files, empty_folders, skipped } =
            found.map_err(|e| Error::from(Kind::Internal).with_source(e))?;
        let shown = files.iter().map(|file| DroppedFile { name: file.name.clone(), size: file.size }).collect();
        let mut state = self.state();
        state.last_id += 1;
        let id = state.last_id;
        state.offers.insert(id, Offer { files, taken: BTreeSet::new() });
        while state.offers.len() > KEPT {
            state.offers.pop_first();
        }
        Ok(Drop { id, files: shown, empty_folders, skipped })
    }

    /// The names behind an id. Error: [`Kind::DropGone`].
    pub(crate) fn names(&self, id: u32) -> Result<Vec<String>> {
        let state = self.state();
        let offer = state.offers.get(&id).ok_or(Kind::DropGone)?;
        Ok(offer.files.iter().map(|file| file.name.clone()).collect())
    }

    /// The person is told that these are taken.
    pub(crate) fn set_taken(&self, id: u32, taken: BTreeSet<String>) {
        if let Some(offer) = self.state().offers.get_mut(&id) {
            offer.taken = taken;
        }
    }

    /// What is behind an id, once. Error: [`Kind::DropGone`].
    pub(crate) fn take(&self, id: u32) -> Result<Offer> {
        self.state().offers.remove(&id).ok_or_else(|| Kind::DropGone.into())
    }

    fn tell(&self, event: DropEvent) {
        if let Some(listener) = &self.state().listener
            && let Err(e) = listener.send(event)
        {
            tracing::warn!("a drag could not be told to the window: {e}");
        }
    }

    fn state(&self) -> MutexGuard<'_, State> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ipc::SkipReason;

    #[tokio::test]
    async fn files_are_offered_once_with_what_was_told_of_them() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("Übersicht 新.txt");
        std::fs::write(&file, "hello").unwrap();
        let drops = Drops::default();
        let paths = vec![file.clone(), folder.path().join("gone")];
        let drop = drops.offer(paths).await.unwrap();
        assert_eq!(drop.files, [DroppedFile { name: "Übersicht 新.txt".into(), size: 5 }]);
        let reasons: Vec<_> = drop.skipped.iter().map(|skipped| skipped.reason).collect();
        assert_eq!(reasons, [SkipReason::Unreadable]);
        assert_eq!(drops.names(drop.id).unwrap(), ["Übersicht 新.txt"]);
        drops.set_taken(drop.id, BTreeSet::from(["Übersicht 新.txt".to_owned()]));
        let offer = drops.take(drop.id).unwrap();
        assert_eq!((&offer.files[0].path, offer.taken.len()), (&file, 1));
        assert_eq!(drops.take(drop.id).unwrap_err().into_kind(), Kind::DropGone);
    }

    #[tokio::test]
    async fn offers_that_are_never_sent_are_forgotten() {
        let drops = Drops::default();
        let first = drops.offer(Vec::new()).await.unwrap();
        for _ in 0..KEPT {
            drops.offer(Vec::new()).await.unwrap();
        }
        assert!(drops.take(first.id).is_err());
    }
}
