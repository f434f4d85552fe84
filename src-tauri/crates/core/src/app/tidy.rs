//! The few things that people need around sharing: new folders, other names, other folders, deleting, saving.
//!
//! What is changed or deleted must lie where IT lets this person put files ([`crate::Limits::check_upload`]).
//!
//! What may take long is a task: the call answers with its id, its state is seen through [`Tasks::watch`]. One file's
//! failure does not stop the others, and no file is without a whole copy of it at any moment.
//!
//! # Cancellation
//! [`App::cancel_task`] begins nothing more and ends what is under way: a file is moved or it is not, a file that was
//! being saved leaves nothing behind, a copy in parts is taken off the server. What was done stays done. The end of
//! the app is the same; nothing goes on by itself after it.

mod copying;
mod counting;
mod deleting;
mod moving;
mod names;
mod saving;
mod work;

use std::collections::BTreeSet;
use std::path::PathBuf;

use counting::Row;
use names::{checked_name, renamed, within};
use work::Work;

use super::App;
use super::tasks::Tasks;
use crate::ports::PutOutcome;
use crate::{
    BucketName, Entry, Kind, ObjectKey, Place, Prefix, ProfileId, Result, Task, TaskId, TaskPhase, TaskState,
    TaskWork,
};

/// Where files are saved on this computer. The paths come from the system's own dialogs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum SaveTo {
    /// One file under this name, or the first free one beside it where the name is taken by then.
    File {
        /// The name that was chosen.
        path: PathBuf,
        /// Whether something had it already, so that the dialog has asked: that alone is replaced.
        replaces: bool,
    },
    /// Into this folder; nothing is replaced.
    Folder(PathBuf),
}

impl App {
    /// The tasks that are known.
    pub fn tasks(&self) -> &Tasks {
        &self.tasks
    }

    /// Makes an empty folder.
    ///
    /// Errors: [`Kind::NameInvalid`], [`Kind::NameTaken`] (by a file, too), [`Kind::Forbidden`], those of writing.
    pub async fn new_folder(&self, profile: &ProfileId, place: &Place, name: &str) -> Result<Place> {
        checked_name(name)?;
        let prefix = format!("{}{name}/", place.prefix.as_str());
        // A file in it needs a byte of its own.
        let key = ObjectKey::parse(&prefix).map_err(|_| Kind::NameInvalid { name: name.to_owned() })?;
        let prefix = Prefix::parse(key.as_str()).map_err(|_| Kind::NameInvalid { name: name.to_owned() })?;
        self.limits(profile).await?.check_upload(&place.bucket, prefix.as_str())?;
        let taken = || Kind::NameTaken { name: name.to_owned() };
        let _claim = self.claims.take(&place.bucket, &key).ok_or_else(taken)?;
        self.must_be_free(profile, &place.bucket, prefix.as_str()).await?;
        let folder = Place { bucket: place.bucket.clone(), prefix };
        let made = self.store(profile).await?.make_folder(&folder.bucket, &folder.prefix).await?;
        if made == PutOutcome::Taken {
            return Err(taken().into());
        }
        self.note_folder(profile, folder.clone());
        Ok(folder)
    }

    /// Gives a file or a folder another name where it is. Links to it stop working.
    ///
    /// Errors: as of [`App::new_folder`].
    pub async fn rename(
        &self,
        profile: &ProfileId,
        bucket: &BucketName,
        entry: Entry,
        name: &str,
    ) -> Result<TaskId> {
        checked_name(name)?;
        let to = renamed(&entry, name);
        if to.len() > ObjectKey::MAX_BYTES {
            return Err(Kind::NameInvalid { name: name.to_owned() }.into());
        }
        let work = TaskWork::Rename { name: name.to_owned() };
        self.start_moving(profile, bucket, vec![(entry, to)], work).await
    }

    /// Puts files and folders into another folder of their bucket. Links to them stop working.
    ///
    /// Errors: [`Kind::IntoItself`], [`Kind::NameTaken`] (by another of them, too), [`Kind::Forbidden`], those of signing
    /// in.
    pub async fn move_to(
        &self,
        profile: &ProfileId,
        bucket: &BucketName,
        entries: Vec<Entry>,
        to: Prefix,
    ) -> Result<TaskId> {
        let mut rows = Vec::new();
        for entry in entries {
            let target = within(&entry, &to)?;
            rows.push((entry, target));
        }
        self.start_moving(profile, bucket, rows, TaskWork::Move { to }).await
    }

    /// Deletes files and folders. Where the bucket keeps no versions, or does not say so, the task stops at
    /// [`TaskState::Asking`] once all is counted, for [`App::consent_task`]; what comes after that is not deleted.
    ///
    /// Errors: [`Kind::Forbidden`], those of signing in.
    pub async fn delete(
        &self,
        profile: &ProfileId,
        bucket: &BucketName,
        entries: Vec<Entry>,
    ) -> Result<TaskId> {
        let limits = self.limits(profile).await?;
        entries.iter().try_for_each(|entry| limits.check_upload(bucket, key_of(entry)))?;
        let rows = Row::all(entries);
        let work = self.begin(profile, bucket, &rows, TaskWork::Delete).await?;
        let id = work.id;
        tokio::spawn(async move { work.delete(rows).await });
        Ok(id)
    }

    /// Writes files and folders to the disk of this computer, and looks at each before it gets its name.
    ///
    /// Errors: [`Kind::Forbidden`], those of signing in.
    pub async fn save(
        &self,
        profile: &ProfileId,
        bucket: &BucketName,
        entries: Vec<Entry>,
        to: SaveTo,
    ) -> Result<TaskId> {
        let limits = self.limits(profile).await?;
        entries.iter().try_for_each(|entry| limits.check_place(bucket, key_of(entry)))?;
        let rows = Row::all(entries);
        let work = self.begin(profile, bucket, &rows, to.work()).await?;
        let id = work.id;
        tokio::spawn(async move { work.save(rows, to).await });
        Ok(id)
    }

    /// The person has seen what goes for good, and wants that.
    pub fn consent_task(&self, id: TaskId) {
        if let Some(handle) = self.tasks.handle(id) {
            handle.consent.cancel();
        }
    }

    /// Brings back what a task has deleted, as far as that was kept.
    ///
    /// Errors: those of signing in.
    pub async fn undo_task(&self, id: TaskId) -> Result<()> {
        let Some(task) = self.tasks.get(id) else { return Ok(()) };
        self.store(&task.profile).await?;
        let Some(handle) = self.tasks.start_again(id) else { return Ok(()) };
        let work = Work { app: self.clone(), id, handle, profile: task.profile, bucket: task.bucket };
        tokio::spawn(async move { work.undo().await });
        Ok(())
    }

    /// Halts a task after what is under way just now.
    pub fn pause_task(&self, id: TaskId) {
        if let Some(handle) = self.tasks.handle(id) {
            handle.paused.send_replace(true);
        }
    }

    /// Goes on with a task, and does not wait any longer where it waits for the network.
    pub fn resume_task(&self, id: TaskId) {
        if let Some(handle) = self.tasks.handle(id) {
            handle.paused.send_replace(false);
            handle.wake.notify_waiters();
        }
    }

    /// Stops a task, and answers when nothing of it is under way any more.
    pub async fn cancel_task(&self, id: TaskId) {
        if let Some(handle) = self.tasks.handle(id) {
            handle.stop.cancel();
            handle.ended().await;
        }
    }

    /// Takes a task off the list; one that is under way is stopped first.
    pub async fn forget_task(&self, id: TaskId) {
        self.cancel_task(id).await;
        self.tasks.remove(id);
    }

    /// Stops all tasks.
    pub(super) async fn halt_tasks(&self) {
        let all = self.tasks.all_handles();
        all.iter().for_each(|handle| handle.stop.cancel());
        futures_util::future::join_all(all.iter().map(|handle| handle.ended())).await;
    }

    async fn start_moving(
        &self,
        profile: &ProfileId,
        bucket: &BucketName,
        targets: Vec<(Entry, String)>,
        work: TaskWork,
    ) -> Result<TaskId> {
        let limits = self.limits(profile).await?;
        for (entry, to) in &targets {
            limits.check_upload(bucket, key_of(entry))?;
            limits.check_upload(bucket, to)?;
        }
        let mut names = BTreeSet::new();
        for (_, to) in &targets {
            // Both would find it free, and one of them would be all that is left.
            let bare = to.strip_suffix('/').unwrap_or(to);
            if !names.insert(bare) {
                let name = bare.rsplit('/').next().unwrap_or(bare);
                return Err(Kind::NameTaken { name: name.to_owned() }.into());
            }
        }
        for (entry, to) in &targets {
            // Of many files each is told by itself; two folders would become one.
            if targets.len() == 1 || matches!(entry, Entry::Folder(_)) {
                self.must_be_free(profile, bucket, to).await?;
            }
        }
        let rows = Row::to(targets);
        let work = self.begin(profile, bucket, &rows, work).await?;
        let id = work.id;
        tokio::spawn(async move { work.move_all(rows).await });
        Ok(id)
    }

    async fn begin(
        &self,
        profile: &ProfileId,
        bucket: &BucketName,
        rows: &[Row],
        work: TaskWork,
    ) -> Result<Work> {
        self.store(profile).await?;
        let name = rows.first().map(|row| names::name_of(&row.entry).to_owned()).unwrap_or_default();
        let (id, handle) = self.tasks.add(Task {
            id: TaskId(0),
            profile: profile.clone(),
            bucket: bucket.clone(),
            work,
            name,
            chosen: rows.len(),
            state: TaskState::Counting,
            phase: TaskPhase::Counting,
            keeps: None,
            files: 0,
            files_done: 0,
            bytes: 0,
            bytes_done: 0,
            current_name: None,
            trouble: None,
            failed: Vec::new(),
            files_failed: 0,
            undoable: 0,
        });
        Ok(Work { app: self.clone(), id, handle, profile: profile.clone(), bucket: bucket.clone() })
    }

    /// Whether nothing has this key or lies in this folder. A file and a folder may not share a name: some servers
    /// cannot hold both, and nobody could tell them apart. Error: [`Kind::NameTaken`], those of listing.
    async fn must_be_free(&self, profile: &ProfileId, bucket: &BucketName, to: &str) -> Result<()> {
        let bare = to.strip_suffix('/').unwrap_or(to);
        let store = self.store(profile).await?;
        let invalid = |_| Kind::NameInvalid { name: bare.to_owned() };
        let folder =
            Place { bucket: bucket.clone(), prefix: Prefix::parse(&format!("{bare}/")).map_err(invalid)? };
        let keys: Vec<_> =
            [bare, folder.prefix.as_str()].into_iter().filter_map(|key| ObjectKey::parse(key).ok()).collect();
        let mut is_taken = !store.list(&folder, None, true).await?.entries.is_empty();
        for seen in store.look(bucket, &keys).await? {
            is_taken |= seen?.is_some();
        }
        if is_taken {
            return Err(Kind::NameTaken { name: folder.prefix.name().to_owned() }.into());
        }
        Ok(())
    }
}

/// What a file is called on a disk, whatever its system: no path, no device, nothing hidden from the eye.
pub fn name_on_disk(key: &ObjectKey) -> String {
    names::on_disk(key.name())
}

fn key_of(entry: &Entry) -> &str {
    match entry {
        Entry::Folder(prefix) => prefix.as_str(),
        Entry::Object(object) => object.key.as_str(),
    }
}
