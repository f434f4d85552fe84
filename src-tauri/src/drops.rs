//! Files that a person offers, by dragging them over the window or choosing them in a dialog.
//!
//! The paths stay here: the web view gets names, sizes and an id, and hands the id back. An id is good for one
//! sending.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use guestpass_core::{Error, Kind, OfferedFile, Result};
use tauri::ipc::Channel;
use tauri::{DragDropEvent, async_runtime};

use crate::ipc::{Drop, DropEvent, DroppedFile, SkipReason, Skipped};

/// Offers that were never sent are forgotten, oldest first.
const KEPT: usize = 16;

/// The offers of this run, and who is told of drags.
#[derive(Clone, Default)]
pub(crate) struct Drops(Arc<Mutex<State>>);

#[derive(Default)]
struct State {
    last_id: u32,
    offers: BTreeMap<u32, Vec<OfferedFile>>,
    listener: Option<Channel<DropEvent>>,
}

impl Drops {
    /// Tells this channel of drags from now on, and no other.
    pub(crate) fn listen(&self, channel: Channel<DropEvent>) {
        self.state().listener = Some(channel);
    }

    /// Passes on what the window system says of a drag.
    pub(crate) fn on_drag(&self, event: &DragDropEvent) {
        match event {
            DragDropEvent::Enter { paths, .. } => {
                self.tell(DropEvent::Over { names: paths.iter().map(|path| name_of(path)).collect() });
            }
            DragDropEvent::Leave => self.tell(DropEvent::Left),
            DragDropEvent::Drop { paths, .. } => {
                let (drops, paths) = (self.clone(), paths.clone());
                async_runtime::spawn(async move {
                    let event =
                        drops.offer(paths).await.map_or(DropEvent::Left, |drop| DropEvent::Dropped { drop });
                    drops.tell(event);
                });
            }
            _ => {}
        }
    }

    /// Looks at the files, and keeps those that can be sent.
    pub(crate) async fn offer(&self, paths: Vec<PathBuf>) -> Result<Drop> {
        // A path may lie on a slow network drive.
        let looked =
            async_runtime::spawn_blocking(move || paths.iter().map(|path| look_at(path)).collect::<Vec<_>>());
        let looked = looked.await.map_err(|e| Error::from(Kind::Internal).with_source(e))?;
        let (mut files, mut skipped) = (Vec::new(), Vec::new());
        for one in looked {
            match one {
                Ok(file) => files.push(file),
                Err(skip) => skipped.push(skip),
            }
        }
        let shown = files.iter().map(|file| DroppedFile { name: file.name.clone(), size: file.size }).collect();
        let mut state = self.state();
        state.last_id += 1;
        let id = state.last_id;
        state.offers.insert(id, files);
        while state.offers.len() > KEPT {
            state.offers.pop_first();
        }
        Ok(Drop { id, files: shown, skipped })
    }

    /// The files behind an id, once. Error: [`Kind::DropGone`].
    pub(crate) fn take(&self, id: u32) -> Result<Vec<OfferedFile>> {
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

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// A file that can be sent, or why it cannot.
pub(crate) fn look_at(path: &Path) -> Result<OfferedFile, Skipped> {
    let name = name_of(path);
    let skip = |reason| Skipped { name: name.clone(), reason };
    let meta = std::fs::metadata(path).map_err(|_| skip(SkipReason::Unreadable))?;
    if meta.is_dir() {
        return Err(skip(SkipReason::Folder));
    }
    // A pipe or device is not opened: that could wait for ever. Opening tells whether a file may be read.
    if !meta.is_file() || std::fs::File::open(path).is_err() {
        return Err(skip(SkipReason::Unreadable));
    }
    Ok(OfferedFile { name: name.clone(), size: meta.len(), path: path.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn files_are_offered_once_and_folders_are_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("Übersicht 新.txt");
        std::fs::write(&file, "hello").unwrap();
        let drops = Drops::default();
        let paths = vec![folder.path().to_owned(), file.clone(), folder.path().join("gone")];
        let drop = drops.offer(paths).await.unwrap();
        assert_eq!(drop.files, [DroppedFile { name: "Übersicht 新.txt".into(), size: 5 }]);
        let reasons: Vec<_> = drop.skipped.iter().map(|skipped| skipped.reason).collect();
        assert_eq!(reasons, [SkipReason::Folder, SkipReason::Unreadable]);
        assert_eq!(drops.take(drop.id).unwrap()[0].path, file);
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
