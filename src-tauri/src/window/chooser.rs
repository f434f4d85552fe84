//! Where offers come from that are not dragged: the system's dialogs, and the clipboard.

use std::path::PathBuf;
use std::pin::Pin;
use std::sync::Arc;

use guestpass_core::app::{SaveTo, name_on_disk};
use guestpass_core::{Entry, Error, Kind, Result};
use guestpass_local::DataDir;
use tauri::{AppHandle, Manager as _, Wry};
use tauri_plugin_dialog::{DialogExt, FileDialogBuilder};
use tokio::sync::oneshot;

use crate::clipboard::{Pasted, SystemClipboard};
use crate::connection_files::EXTENSION;
use crate::pasted;

type Choice = Pin<Box<dyn Future<Output = Result<Option<Vec<PathBuf>>>> + Send>>;

/// What a person is asked for.
pub(crate) enum Wanted {
    Files,
    Folder,
    /// A place and a name for one file, this one to begin with.
    SaveAs {
        name: String,
    },
    /// A folder to save into.
    SaveInto,
    /// One file that sets up a connection.
    ConnectionFile,
    /// What is on the clipboard; a picture gets this name.
    Pasted {
        picture_name: String,
    },
}

/// Asks a person for files. A value, so that the commands do not depend on a real window.
pub(crate) struct Chooser(Box<dyn Fn(Wanted) -> Choice + Send + Sync>);

impl Chooser {
    /// The dialogs and the clipboard of the operating system.
    pub(crate) fn system(handle: AppHandle<Wry>, clipboard: Arc<SystemClipboard>) -> Self {
        Self(Box::new(move |wanted| {
            let (tell, chosen) = oneshot::channel();
            // Nobody waits any more when the window was closed meanwhile.
            let told = move |paths| drop(tell.send(paths));
            match wanted {
                Wanted::Files => handle.dialog().file().pick_files(told),
                Wanted::Folder => handle.dialog().file().pick_folders(told),
                Wanted::SaveAs { name } => {
                    let dialog = in_downloads(&handle).set_file_name(name);
                    dialog.save_file(move |path| told(path.map(|path| vec![path])));
                }
                Wanted::SaveInto => {
                    in_downloads(&handle).pick_folder(move |path| told(path.map(|path| vec![path])));
                }
                Wanted::ConnectionFile => {
                    let dialog = handle.dialog().file().add_filter("Guestpass", &[EXTENSION]);
                    dialog.pick_file(move |path| told(path.map(|path| vec![path])));
                }
                Wanted::Pasted { picture_name } => {
                    let clipboard = clipboard.clone();
                    return Box::pin(async move { of_clipboard(&clipboard, picture_name).await });
                }
            }
            Box::pin(async move {
                let paths = chosen.await.ok().flatten();
                Ok(paths.map(|paths| paths.into_iter().filter_map(|path| path.into_path().ok()).collect()))
            })
        }))
    }

    /// A person who always chooses the same.
    #[cfg(test)]
    pub(crate) fn always(chosen: Option<Vec<PathBuf>>) -> Self {
        Self(Box::new(move |_| Box::pin(std::future::ready(Ok(chosen.clone())))))
    }

    /// The files that were chosen; nothing when the dialog was closed.
    pub(crate) async fn choose(&self, wanted: Wanted) -> Result<Option<Vec<PathBuf>>> {
        (self.0)(wanted).await
    }

    /// Where these are to be saved: one file gets a name, all else goes into a folder.
    pub(crate) async fn where_to_save(&self, entries: &[Entry]) -> Result<Option<SaveTo>> {
        let wanted = match entries {
            [Entry::Object(object)] => Wanted::SaveAs { name: name_on_disk(&object.key) },
            _ => Wanted::SaveInto,
        };
        let is_one = matches!(wanted, Wanted::SaveAs { .. });
        let chosen = self.choose(wanted).await?.and_then(|paths| paths.into_iter().next());
        let Some(path) = chosen else { return Ok(None) };
        if !is_one {
            return Ok(Some(SaveTo::Folder(path)));
        }
        // Then the dialog has asked; of what comes there while the file is on its way, it could not.
        let replaces = tokio::fs::try_exists(&path).await.unwrap_or_default();
        Ok(Some(SaveTo::File { path, replaces }))
    }
}

/// A dialog that begins where people look for what they have saved.
fn in_downloads(handle: &AppHandle<Wry>) -> FileDialogBuilder<Wry> {
    let dialog = handle.dialog().file();
    match handle.path().download_dir().or_else(|_| handle.path().home_dir()) {
        Ok(folder) => dialog.set_directory(folder),
        Err(_) => dialog,
    }
}

async fn of_clipboard(clipboard: &SystemClipboard, picture_name: String) -> Result<Option<Vec<PathBuf>>> {
    let picture = match clipboard.pasted().await? {
        None => return Ok(None),
        Some(Pasted::Files(files)) => return Ok(Some(files)),
        Some(Pasted::Picture(picture)) => picture,
    };
    let unreadable = picture_name.clone();
    let written = tokio::task::spawn_blocking(move || {
        let folder = DataDir::open()?.pasted()?;
        pasted::write(&folder, &picture_name, &picture)
    });
    let written = written.await.map_err(|e| Error::from(Kind::Internal).with_source(e))?;
    let written = written.map_err(|e| {
        Error::from(Kind::FileUnreadable { name: unreadable }).with_detail(e.to_string()).with_source(e)
    });
    Ok(Some(vec![written?]))
}

#[cfg(test)]
mod tests {
    use guestpass_core::{Object, ObjectKey, Prefix};

    use super::*;

    #[tokio::test]
    async fn only_what_the_dialog_has_asked_about_is_replaced() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("report.pdf");
        let key = ObjectKey::parse("2026/report.pdf").unwrap();
        let file = Entry::Object(Object { key, size: 1, modified_at: None, etag: None, storage_class: None });
        let chooser = Chooser::always(Some(vec![path.clone()]));
        let chosen = |replaces| Some(SaveTo::File { path: path.clone(), replaces });
        assert_eq!(chooser.where_to_save(std::slice::from_ref(&file)).await.unwrap(), chosen(false));
        std::fs::write(&path, "mine").unwrap();
        assert_eq!(chooser.where_to_save(&[file]).await.unwrap(), chosen(true));
        let below = Entry::Folder(Prefix::parse("2026/").unwrap());
        let into = Chooser::always(Some(vec![folder.path().to_owned()])).where_to_save(&[below]).await;
        assert_eq!(into.unwrap(), Some(SaveTo::Folder(folder.path().to_owned())));
    }
}
