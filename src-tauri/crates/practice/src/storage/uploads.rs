//! Multipart uploads on their way: parts are blobs like others, joined into one when the upload is completed.
//!
//! The joined object is written outside any transaction, so that a large one keeps nobody waiting; the one
//! that then puts it under its key finds out whether the upload was aborted meanwhile. `ops::multipart` calls.

use std::path::PathBuf;

use jiff::Timestamp;
use md5::{Digest, Md5};
use rusqlite::{OptionalExtension, Row, Transaction, params};
use tokio::io::AsyncReadExt;

use super::index::{Condition, Headers, Index, Object, check, has_bucket, write};
use super::{Staged, Storage, StorageError, StorageResult, blobs};

/// Bytes in memory while parts are joined.
const CHUNK: usize = 256 * 1024;

/// An upload that was begun.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Upload {
    pub(crate) id: String,
    pub(crate) key: String,
    /// Unix seconds.
    pub(crate) started_at: i64,
}

/// A part that has arrived.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Part {
    pub(crate) number: i32,
    blob: String,
    pub(crate) size: u64,
    /// The MD5 of its bytes, without quotes.
    pub(crate) etag: String,
    /// Unix seconds.
    pub(crate) modified_at: i64,
}

/// Which parts an object is made of, and under what condition it may be.
pub(crate) struct Assembly {
    pub(crate) parts: Vec<Part>,
    pub(crate) condition: Condition,
}

impl Storage {
    /// Begins an upload and gives its id.
    pub(crate) async fn begin(&self, bucket: &str, key: &str, headers: Headers) -> StorageResult<String> {
        let (bucket, key) = (bucket.to_owned(), key.to_owned());
        self.with(move |index| index.begin(&bucket, &key, &headers)).await
    }

    /// Keeps a part; one of the same number is replaced.
    pub(crate) async fn store_part(&self, upload: &str, number: i32, staged: Staged) -> StorageResult<Part> {
        let upload = upload.to_owned();
        self.with(move |index| index.store_part(&upload, number, &staged)).await
    }

    /// The parts that have arrived, by number.
    pub(crate) async fn parts(&self, bucket: &str, key: &str, upload: &str) -> StorageResult<Vec<Part>> {
        let (bucket, key, upload) = (bucket.to_owned(), key.to_owned(), upload.to_owned());
        self.with(move |index| index.parts(&bucket, &key, &upload)).await
    }

    /// Uploads in the order of their keys, at most `limit`, behind the key and id given.
    pub(crate) async fn uploads(
        &self,
        bucket: &str,
        prefix: &str,
        after: (String, Option<String>),
        limit: usize,
    ) -> StorageResult<Vec<Upload>> {
        let (bucket, prefix) = (bucket.to_owned(), prefix.to_owned());
        self.with(move |index| index.uploads(&bucket, &prefix, &after, limit)).await
    }

    /// Forgets an upload with its parts.
    pub(crate) async fn abort(&self, bucket: &str, key: &str, upload: &str) -> StorageResult<()> {
        let (bucket, key, upload) = (bucket.to_owned(), key.to_owned(), upload.to_owned());
        self.with(move |index| index.abort(&bucket, &key, &upload)).await
    }

    /// Joins the parts and puts the object under its key.
    pub(crate) async fn complete(
        &self,
        bucket: &str,
        key: &str,
        upload: &str,
        assembly: Assembly,
    ) -> StorageResult<Object> {
        let mut staging = self.stage().await?;
        let mut buffer = vec![0; CHUNK];
        for part in &assembly.parts {
            let mut bytes = tokio::fs::File::open(self.blob(part)).await.map_err(|_| StorageError::NoPart)?;
            loop {
                let read = bytes.read(&mut buffer).await?;
                if read == 0 {
                    break;
                }
                staging.write(&buffer[..read]).await?;
            }
        }
        let mut staged = staging.finish().await?;
        staged.etag = etag_of(&assembly.parts)?;
        let (bucket, key, upload) = (bucket.to_owned(), key.to_owned(), upload.to_owned());
        self.with(move |index| index.complete(&bucket, &key, &upload, &staged, &assembly)).await
    }

    fn blob(&self, part: &Part) -> PathBuf {
        blobs::path(&self.root, &part.blob)
    }
}

/// S3's ETag of a multipart object: the MD5 of the MD5s, and how many there were.
fn etag_of(parts: &[Part]) -> StorageResult<String> {
    let mut md5 = Md5::new();
    for part in parts {
        md5.update(hex::decode(&part.etag).map_err(|_| StorageError::NoPart)?);
    }
    Ok(format!("{}-{}", hex::encode(md5.finalize()), parts.len()))
}

impl Index {
    fn begin(&mut self, bucket: &str, key: &str, headers: &Headers) -> StorageResult<String> {
        let mut id = [0; 16];
        getrandom::fill(&mut id).map_err(|_| std::io::Error::other("no random numbers"))?;
        let id = hex::encode(id);
        let headers = serde_json::to_string(headers).map_err(std::io::Error::other)?;
        let change = self.change()?;
        if !has_bucket(&change, bucket)? {
            return Err(StorageError::NoBucket);
        }
        let sql = "INSERT INTO uploads (id, bucket, key, headers, started_at) VALUES (?1, ?2, ?3, ?4, ?5)";
        change.execute(sql, params![id, bucket, key.as_bytes(), headers, Timestamp::now().as_second()])?;
        change.commit()?;
        Ok(id)
    }

    fn store_part(&mut self, upload: &str, number: i32, staged: &Staged) -> StorageResult<Part> {
        let root = self.root.clone();
        let change = self.change()?;
        if !change.prepare_cached("SELECT 1 FROM uploads WHERE id = ?1")?.exists([upload])? {
            return Err(StorageError::NoUpload);
        }
        let before = "SELECT blob FROM parts WHERE upload = ?1 AND number = ?2";
        let before: Option<String> =
            change.query_row(before, params![upload, number], |row| row.get(0)).optional()?;
        staged.keep(&root)?;
        let (blob, etag) = (staged.sha256.clone(), staged.etag.clone());
        let part = Part { number, blob, size: staged.size, etag, modified_at: Timestamp::now().as_second() };
        change.execute(
            "INSERT OR REPLACE INTO parts (upload, number, blob, size, etag, modified_at)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![upload, number, part.blob, part.size as i64, part.etag, part.modified_at],
        )?;
        change.commit()?;
        self.sweep(before);
        Ok(part)
    }

    fn parts(&mut self, bucket: &str, key: &str, upload: &str) -> StorageResult<Vec<Part>> {
        let change = self.change()?;
        headers_of(&change, bucket, key, upload)?;
        parts_of(&change, upload)
    }

    fn uploads(
        &mut self,
        bucket: &str,
        prefix: &str,
        (after, after_id): &(String, Option<String>),
        limit: usize,
    ) -> StorageResult<Vec<Upload>> {
        // Without an id, all uploads of the marker's key are behind us: no id sorts after a `~`.
        let after_id = after_id.as_deref().unwrap_or(if after.is_empty() { "" } else { "~" });
        let sql = "SELECT id, key, started_at FROM uploads
                   WHERE bucket = ?1 AND (key, id) > (?2, ?3) AND substr(key, 1, ?5) = ?4
                   ORDER BY key, id LIMIT ?6";
        let mut query = self.connection.prepare_cached(sql)?;
        let prefix = prefix.as_bytes();
        let given = params![bucket, after.as_bytes(), after_id, prefix, prefix.len() as i64, limit as i64];
        let rows = query.query_map(given, |row| {
            let key: Vec<u8> = row.get(1)?;
            let key = String::from_utf8_lossy(&key).into_owned();
            Ok(Upload { id: row.get(0)?, key, started_at: row.get(2)? })
        })?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    fn abort(&mut self, bucket: &str, key: &str, upload: &str) -> StorageResult<()> {
        let change = self.change()?;
        headers_of(&change, bucket, key, upload)?;
        let parts = parts_of(&change, upload)?;
        change.execute("DELETE FROM uploads WHERE id = ?1", [upload])?;
        change.commit()?;
        self.sweep(parts.into_iter().map(|part| part.blob));
        Ok(())
    }

    fn complete(
        &mut self,
        bucket: &str,
        key: &str,
        upload: &str,
        staged: &Staged,
        assembly: &Assembly,
    ) -> StorageResult<Object> {
        let root = self.root.clone();
        let change = self.change()?;
        let headers = headers_of(&change, bucket, key, upload)?;
        let parts = parts_of(&change, upload)?;
        if !assembly.parts.iter().all(|part| parts.contains(part)) {
            return Err(StorageError::NoPart);
        }
        let before = check(&change, bucket, key, &assembly.condition)?;
        staged.keep(&root)?;
        let object = staged.object(key, headers);
        write(&change, bucket, &object)?;
        change.execute("DELETE FROM uploads WHERE id = ?1", [upload])?;
        change.commit()?;
        self.sweep(parts.into_iter().map(|part| part.blob).chain(before.map(|object| object.blob)));
        Ok(object)
    }
}

/// An id is good for the bucket and key that it was given out for.
fn headers_of(change: &Transaction<'_>, bucket: &str, key: &str, upload: &str) -> StorageResult<Headers> {
    let sql = "SELECT headers FROM uploads WHERE id = ?1 AND bucket = ?2 AND key = ?3";
    let given = params![upload, bucket, key.as_bytes()];
    let headers: Option<String> = change.query_row(sql, given, |row| row.get(0)).optional()?;
    let headers = headers.ok_or(StorageError::NoUpload)?;
    Ok(serde_json::from_str(&headers).unwrap_or_default())
}

fn parts_of(change: &Transaction<'_>, upload: &str) -> StorageResult<Vec<Part>> {
    let sql = "SELECT number, blob, size, etag, modified_at FROM parts WHERE upload = ?1 ORDER BY number";
    let mut query = change.prepare_cached(sql)?;
    Ok(query.query_map([upload], part)?.collect::<Result<_, _>>()?)
}

/// The blobs of all parts of all uploads of a bucket.
pub(super) fn blobs_of_bucket(change: &Transaction<'_>, bucket: &str) -> StorageResult<Vec<String>> {
    let sql = "SELECT blob FROM parts JOIN uploads ON upload = id WHERE bucket = ?1";
    let mut query = change.prepare_cached(sql)?;
    Ok(query.query_map([bucket], |row| row.get(0))?.collect::<Result<_, _>>()?)
}

fn part(row: &Row<'_>) -> rusqlite::Result<Part> {
    Ok(Part {
        number: row.get(0)?,
        blob: row.get(1)?,
        size: row.get::<_, i64>(2)?.unsigned_abs(),
        etag: row.get(3)?,
        modified_at: row.get(4)?,
    })
}
