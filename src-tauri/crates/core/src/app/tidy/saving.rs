//! Saving on this computer: in ranges, several at a time, into a file that gets its name when all of it is there.

use std::ops::Range;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use futures_util::{StreamExt, TryStreamExt};

use super::super::free_name::{MAX_COPIES, numbered};
use super::SaveTo;
use super::counting::{Found, Row};
use super::names::on_disk;
use super::work::Work;
use crate::ports::{Arriving, Details};
use crate::{Kind, Object, ObjectKey, Result, TaskState};

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
        let each = found.iter().map(|found| async move {
            let (path, replaces) = match to {
                SaveTo::File(path) => (path.clone(), true),
                SaveTo::Folder(folder) => (folder.join(path_below(&rows[found.row], found)), false),
            };
            let outcome = self.save_one(&found.object, &path, replaces).await;
            let is_full = outcome.as_ref().is_err_and(|e| matches!(e.kind(), Kind::DiskFull { .. }));
            self.count_done(&found.object.key, outcome);
            // Every other file would only be begun.
            if is_full {
                Err(Kind::DiskFull { name: found.object.key.name().to_owned() }.into())
            } else {
                Ok(())
            }
        });
        let each: Vec<_> = each.collect();
        futures_util::stream::iter(each).buffer_unordered(FILES_AT_ONCE).try_collect().await
    }

    async fn save_one(&self, object: &Object, path: &Path, replaces: bool) -> Result<()> {
        if !self.goes_on().await {
            return Err(Kind::Cancelled.into());
        }
        let key = &object.key;
        self.app.limits(&self.profile).await?.check_place(&self.bucket, key.as_str())?;
        self.update(|task| task.current_name = Some(key.name().to_owned()));
        let details =
            self.persist(|| async { self.store().await?.details(&self.bucket, key, None).await }).await?;
        let file = self.app.ports.disk.begin(path, details.size).await?;
        // The list may be older than the file.
        self.update(|task| task.bytes = (task.bytes + details.size).saturating_sub(object.size));
        let parts = (0..details.size.div_ceil(PART)).map(|at| at * PART..((at + 1) * PART).min(details.size));
        let each: Vec<_> = parts.map(|range| self.fetch(key, range, &details, &file)).collect();
        futures_util::stream::iter(each).buffer_unordered(PARTS_AT_ONCE).try_collect::<()>().await?;
        let name = || key.name().to_owned();
        // Of a file in parts, some servers keep a checksum of the checksums, with how many there are behind a dash.
        if let Some((algorithm, kept)) = details.checksum.as_ref().filter(|(_, kept)| !kept.contains('-'))
            && let Some(sum) = file.checksum(algorithm).await?
            && sum != *kept
        {
            return Err(Kind::ChecksumWrong { name: name() }.into());
        }
        self.name_it(&file, path, &details, replaces, key).await
    }

    /// Gives it its name, or the first of "name (2)", "name (3)" … that is free.
    async fn name_it(
        &self,
        file: &Arc<dyn Arriving>,
        path: &Path,
        details: &Details,
        replaces: bool,
        key: &ObjectKey,
    ) -> Result<()> {
        if !self.goes_on().await {
            return Err(Kind::Cancelled.into());
        }
        let name = path.file_name().unwrap_or_default().to_string_lossy().into_owned();
        for copy in 1..=MAX_COPIES {
            let path = if copy == 1 { path.to_owned() } else { path.with_file_name(numbered(&name, copy)) };
            if file.keep(&path, details.modified_at, replaces).await? {
                return Ok(());
            }
        }
        Err(Kind::FileUnwritable { name: key.name().to_owned() }.into())
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

/// The names of an object below the folder that was chosen, each safe on a disk.
fn path_below(row: &Row, found: &Found) -> PathBuf {
    let key = found.object.key.as_str();
    let Some(folder) = row.folder() else { return on_disk(found.object.key.name()).into() };
    let own = super::names::name_of(&row.entry);
    let below = key[folder.len()..].split('/').map(on_disk);
    std::iter::once(on_disk(own)).chain(below).collect()
}
