//! Saving on this computer: in ranges, several at a time, into a file that gets its name when all of it is there.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt};

use super::super::free_name::MAX_COPIES;
use super::SaveTo;
use super::counting::Row;
use super::names::{numbered_on_disk, on_disk};
use super::work::Work;
use crate::ports::{Arriving, Details};
use crate::{Kind, Object, ObjectKey, Result, TaskState, TaskWork};

/// Files on their way at the same time.
const FILES_AT_ONCE: usize = 4;

/// How much is asked for in one request, in bytes.
const PART: u64 = 16 * 1024 * 1024;

/// Requests of one file at the same time.
const PARTS_AT_ONCE: usize = 4;

impl Work {
    pub(super) async fn save(self, rows: Vec<Row>, to: SaveTo) {
        let outcome = self.save_all(&rows, &to).await;
        self.finish(outcome);
    }

    async fn save_all(&self, rows: &[Row], to: &SaveTo) -> Result<()> {
        let mut found = self.count(rows).await?;
        // What stands for a folder is no file.
        found.retain(|found| found.object.size > 0 || !found.object.key.as_str().ends_with('/'));
        self.update(|task| {
            task.files = found.len();
            task.state = TaskState::Running;
        });
        // Begun one after the other: a folder may hold a million of them.
        let each = futures_util::stream::iter(found).map(|found| async move {
            let object = &found.object;
            let outcome = self.save_one(&rows[found.row], object, to).await;
            let is_full = outcome.as_ref().is_err_and(|e| matches!(e.kind(), Kind::DiskFull { .. }));
            self.count_done(&object.key, outcome);
            // Every other file would only be begun.
            if is_full { Err(Kind::DiskFull { name: object.key.name().to_owned() }.into()) } else { Ok(()) }
        });
        each.buffer_unordered(FILES_AT_ONCE).try_collect().await
    }

    async fn save_one(&self, row: &Row, object: &Object, to: &SaveTo) -> Result<()> {
        if !self.goes_on().await {
            return Err(Kind::Cancelled.into());
        }
        let key = &object.key;
        self.app.limits(&self.profile).await?.check_place(&self.bucket, key.as_str())?;
        self.update(|task| task.current_name = Some(key.name().to_owned()));
        let details =
            self.persist(|| async { self.store().await?.details(&self.bucket, key, None).await }).await?;
        let (path, replaces) = match to {
            SaveTo::File { path, replaces } => (path.clone(), *replaces),
            SaveTo::Folder(folder) => (self.make_folders(folder, names_below(row, key)).await?, false),
        };
        let file = self.app.ports.disk.begin(&path, details.size).await?;
        // The list may be older than the file.
        self.update(|task| task.bytes = (task.bytes + details.size).saturating_sub(object.size));
        let parts = (0..details.size.div_ceil(PART)).map(|at| at * PART..((at + 1) * PART).min(details.size));
        let each = futures_util::stream::iter(parts).map(|range| self.fetch(key, range, &details, &file));
        each.buffer_unordered(PARTS_AT_ONCE).try_collect::<()>().await?;
        // Of a file in parts, some servers keep a checksum of the checksums, with how many there are behind a dash.
        if let Some((algorithm, kept)) = details.checksum.as_ref().filter(|(_, kept)| !kept.contains('-'))
            && let Some(sum) = file.checksum(algorithm).await?
            && sum != *kept
        {
            return Err(Kind::ChecksumWrong { name: key.name().to_owned() }.into());
        }
        let named = self.name_it(&file, &path, &details, replaces).await?;
        if let SaveTo::File { .. } = to {
            self.update(|task| task.work = SaveTo::File { path: named, replaces }.work());
        }
        Ok(())
    }

    /// Makes the folders above a file, and answers where it goes. A folder whose name a file has gets another one.
    async fn make_folders(&self, folder: &Path, mut names: Vec<String>) -> Result<PathBuf> {
        let last = names.pop().unwrap_or_default();
        let mut made = folder.to_owned();
        for name in names {
            let mut paths = free_paths(made.join(&name));
            made = loop {
                let path = paths.next().ok_or_else(|| Kind::FileUnwritable { name: name.clone() })?;
                if self.app.ports.disk.make_folder(&path).await? {
                    break path;
                }
            };
        }
        Ok(made.join(last))
    }

    /// Gives it its name, or the first of "name (2)", "name (3)" … that is free; answers where it is.
    async fn name_it(
        &self,
        file: &Arc<dyn Arriving>,
        path: &Path,
        details: &Details,
        replaces: bool,
    ) -> Result<PathBuf> {
        if !self.goes_on().await {
            return Err(Kind::Cancelled.into());
        }
        for path in free_paths(path.to_owned()) {
            if file.keep(&path, details.modified_at, replaces).await? {
                return Ok(path);
            }
        }
        Err(Kind::FileUnwritable { name: name_of(path) }.into())
    }

    /// Writes one range of a file. What has arrived of it is not asked for again after a pause or a broken line.
    async fn fetch(
        &self,
        key: &ObjectKey,
        range: Range<u64>,
        details: &Details,
        file: &Arc<dyn Arriving>,
    ) -> Result<()> {
        let at = std::sync::atomic::AtomicU64::new(range.start);
        let (at, end) = (&at, range.end);
        use std::sync::atomic::Ordering::Relaxed;
        while at.load(Relaxed) < end {
            self.persist(|| async move {
                let store = self.store().await?;
                let wanted = Some(at.load(Relaxed)..end);
                let mut body = store.read(&self.bucket, key, wanted, details.etag.as_deref()).await?;
                // Some servers do not know the condition, and send what has the key by now.
                if body.etag.is_some() && details.etag.is_some() && body.etag != details.etag {
                    return Err(Kind::FileChanged { name: key.name().to_owned() }.into());
                }
                let mut paused = self.handle.paused.subscribe();
                loop {
                    let chunk = tokio::select! {
                        chunk = body.bytes.next() => chunk,
                        () = self.handle.stop.cancelled() => return Err(Kind::Cancelled.into()),
                        _ = paused.wait_for(|is_paused| *is_paused) => return Ok(()),
                    };
                    let start = at.load(Relaxed);
                    let Some(chunk) = chunk.transpose()?.filter(|_| start < end) else {
                        // A server that sends less than it was asked for would be asked for ever.
                        return if start < end { Err(Kind::ServerFault.into()) } else { Ok(()) };
                    };
                    let length = (chunk.len() as u64).min(end - start);
                    file.write(start, chunk.slice(..length as usize)).await?;
                    at.store(start + length, Relaxed);
                    self.update(|task| task.bytes_done += length);
                }
            })
            .await?;
        }
        Ok(())
    }
}

impl SaveTo {
    /// What is done, in the person's words.
    pub(super) fn work(&self) -> TaskWork {
        let (path, into_folder) = match self {
            Self::File { path, .. } => (path, false),
            Self::Folder(path) => (path, true),
        };
        TaskWork::Save { to: name_of(path), into_folder }
    }
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or(path.as_os_str()).to_string_lossy().into_owned()
}

/// A path, and those that are tried where its name is taken.
fn free_paths(path: PathBuf) -> impl Iterator<Item = PathBuf> + Send {
    let name = name_of(&path);
    let first = path.clone();
    let others = move |copy| path.with_file_name(numbered_on_disk(&name, copy));
    std::iter::once(first).chain((2..=MAX_COPIES).map(others))
}

/// The names of an object below the folder that was chosen, each safe on a disk.
fn names_below(row: &Row, key: &ObjectKey) -> Vec<String> {
    let Some(folder) = row.folder() else { return vec![on_disk(key.name())] };
    let own = super::names::name_of(&row.entry);
    let below = key.as_str()[folder.len()..].split('/').map(on_disk);
    std::iter::once(on_disk(own)).chain(below).collect()
}
