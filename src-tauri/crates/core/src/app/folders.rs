//! Open folders: read in the background, kept in memory, shown in windows of rows.

mod changes;
mod course;
mod folder;
mod look_ahead;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use course::Pages;
use folder::Folder;
use futures_util::FutureExt;
use tokio::sync::watch;

use super::App;
use super::reading::{ReadOrder, read_place};
use crate::index::Table;
use crate::{
    Arrangement, Depth, Entry, FolderId, FolderRow, FolderState, Kind, Place, ProfileId, Result, RowRef,
    SelectAct, Selection,
};

/// The most rows that are handed out at once.
const WINDOW: usize = 1_000;

/// A window of rows.
#[derive(Clone, Debug)]
pub struct FolderRows {
    /// The state of the folder to which they belong.
    pub generation: u32,
    /// The revision of what is chosen to which they belong.
    pub revision: u32,
    /// The position of the first, from 0.
    pub from: usize,
    /// The rows; fewer than asked for at the end.
    pub rows: Vec<FolderRow>,
}

/// What is chosen, with the first of it.
#[derive(Clone, Debug)]
pub struct Selected {
    /// In figures.
    pub selection: Selection,
    /// The first thousand, in the order of the list.
    pub rows: Vec<FolderRow>,
}

/// The folders that are open.
#[derive(Clone, Default)]
pub(super) struct Folders(Arc<Mutex<Open>>);

#[derive(Default)]
struct Open {
    last_id: u32,
    folders: HashMap<FolderId, Arc<Folder>>,
}

impl Folders {
    fn open(&self) -> MutexGuard<'_, Open> {
        // A panic elsewhere cannot leave a map of Arcs half-written.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn add(&self, folder: Arc<Folder>) -> FolderId {
        let mut open = self.open();
        open.last_id += 1;
        let id = FolderId(open.last_id);
        open.folders.insert(id, folder);
        id
    }

    fn get(&self, id: FolderId) -> Result<Arc<Folder>> {
        self.open().folders.get(&id).cloned().ok_or_else(|| Kind::Internal.into())
    }

    /// Those of a profile.
    fn of(&self, profile: &ProfileId) -> Vec<Arc<Folder>> {
        self.open().folders.values().filter(|folder| folder.profile == *profile).cloned().collect()
    }
}

impl App {
    /// Opens a folder and begins to read it. What comes of that is told by [`App::watch_folder`], a failure too.
    ///
    /// Errors: [`Kind::Forbidden`] outside of what IT allows, and those of signing in.
    pub async fn open_folder(
        &self,
        profile: &ProfileId,
        place: Place,
        depth: Depth,
        arrangement: Arrangement,
    ) -> Result<FolderId> {
        let search = arrangement.search.clone();
        let folder = Arc::new(Folder::new(profile.clone(), place, depth, arrangement));
        folder.read(self.pages(&folder).await?);
        self.look_ahead(&folder, &search);
        Ok(self.folders.add(folder))
    }

    /// How a folder stands, now and whenever that changes, until it is closed. Error: [`Kind::Internal`] for a folder
    /// that is not open, here and below.
    pub fn watch_folder(&self, id: FolderId) -> Result<watch::Receiver<FolderState>> {
        Ok(self.folders.get(id)?.watch())
    }

    /// Shows other rows, or in another order. Answers when they stand so; another search below a folder is begun anew.
    ///
    /// Errors: where it is begun anew, those of [`App::open_folder`]; then all stays as it was.
    pub async fn arrange_folder(&self, id: FolderId, arrangement: Arrangement) -> Result<FolderState> {
        let folder = self.folders.get(id)?;
        if folder.arrange(arrangement.clone()) {
            self.look_ahead(&folder, &arrangement.search);
            folder.arranged().await;
        } else {
            folder.read_for(arrangement, self.pages(&folder).await?);
        }
        Ok(folder.watch().borrow().clone())
    }

    /// Rows as they are shown, from this position on; at most a thousand.
    pub fn folder_rows(&self, id: FolderId, from: usize, count: usize) -> Result<FolderRows> {
        Ok(self.folders.get(id)?.with_table(|table| FolderRows {
            generation: table.generation(),
            revision: table.selection().revision,
            from,
            rows: table.rows(from, count.min(WINDOW)),
        }))
    }

    /// Chooses rows.
    pub fn select_rows(&self, id: FolderId, act: SelectAct) -> Result<Selected> {
        self.folders.get(id)?.select(act);
        self.selected_rows(id)
    }

    /// What is chosen.
    pub fn selected_rows(&self, id: FolderId) -> Result<Selected> {
        Ok(self
            .folders
            .get(id)?
            .with_table(|table| Selected { selection: table.selection(), rows: table.chosen_rows(WINDOW) }))
    }

    /// All that is chosen, however much that is, in the order of the list.
    pub fn chosen_entries(&self, id: FolderId) -> Result<Vec<Entry>> {
        Ok(self.folders.get(id)?.with_table(Table::picked).entries())
    }

    /// The position of a row as it is shown; `None` where it is not.
    pub fn find_row(&self, id: FolderId, row: &RowRef) -> Result<Option<usize>> {
        Ok(self.folders.get(id)?.with_table(|table| table.position(row)))
    }

    /// The position of the first row from here on, and then from the top, whose name begins with what was typed.
    pub fn type_ahead(&self, id: FolderId, text: &str, from: usize) -> Result<Option<usize>> {
        Ok(self.folders.get(id)?.with_table(|table| table.beginning(text, from)))
    }

    /// Reads a folder on where it was stopped, else anew. What is shown stays until all of it is there, and what is
    /// chosen stays chosen.
    ///
    /// Errors: those of [`App::open_folder`]; what comes of reading is told as ever.
    pub async fn reload_folder(&self, id: FolderId) -> Result<()> {
        let folder = self.folders.get(id)?;
        let pages = self.pages(&folder).await?;
        if !folder.go_on() {
            folder.read(pages);
        }
        Ok(())
    }

    /// Stops reading; what was read stays.
    pub fn stop_folder(&self, id: FolderId) {
        if let Ok(folder) = self.folders.get(id) {
            folder.stop();
        }
    }

    /// Closes a folder, and stops all that is done for it.
    pub fn close_folder(&self, id: FolderId) {
        let folder = self.folders.open().folders.remove(&id);
        if let Some(folder) = folder {
            folder.close();
        }
    }

    /// Closes all folders: whoever looked at them is gone.
    pub fn close_folders(&self) {
        let folders = std::mem::take(&mut self.folders.open().folders);
        folders.into_values().for_each(|folder| folder.close());
    }

    fn look_ahead(&self, folder: &Arc<Folder>, search: &str) {
        if folder.depth == Depth::Here {
            let (app, profile) = (self.clone(), folder.profile.clone());
            folder.clone().look_ahead(async move { app.store(&profile).await }, search);
        }
    }

    /// What is to be read of a folder. Nobody is asked before they are.
    async fn pages(&self, folder: &Arc<Folder>) -> Result<Pages> {
        let place = folder.place.clone();
        self.limits(&folder.profile).await?.check_place(&place.bucket, place.prefix.as_str())?;
        let store = self.store(&folder.profile).await?;
        let rest = read_place(store, place, folder.depth == Depth::Below, ReadOrder::Any);
        let (app, profile, opened) = (self.clone(), folder.profile.clone(), folder.place.clone());
        let note_recent = async move { app.note_recent(&profile, &opened).await };
        Ok(Pages { rest, is_there: (folder.depth == Depth::Here).then(|| note_recent.boxed()) })
    }
}
