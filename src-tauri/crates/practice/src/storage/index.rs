//! The index: which key of which bucket has which bytes. SQLite, so that two processes may share it.

use std::collections::BTreeMap;
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use super::blobs::{self, Staged};
use super::{StorageError, StorageResult};

/// Another process's transaction is waited for this long.
const PATIENCE: Duration = Duration::from_secs(10);

/// Keys are BLOBs: SQLite compares those byte by byte, which is S3's order.
const SCHEMA: &str = include_str!("schema.sql");

/// `PRAGMA user_version` of a folder that has had its first objects.
const FOUNDED: i64 = 1;

/// What a client said about an object and gets back with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Headers {
    pub(crate) content_type: Option<String>,
    pub(crate) content_disposition: Option<String>,
    pub(crate) content_encoding: Option<String>,
    pub(crate) content_language: Option<String>,
    pub(crate) cache_control: Option<String>,
    /// As a date of HTTP.
    pub(crate) expires: Option<String>,
    pub(crate) metadata: BTreeMap<String, String>,
}

/// What must be true of a key before something is put under it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Condition {
    None,
    /// Nothing is there.
    Free,
    /// What is there has this ETag.
    Is(String),
}

/// A row of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Object {
    pub(crate) key: String,
    /// The SHA-256 of its bytes, which names the blob.
    pub(crate) blob: String,
    pub(crate) size: u64,
    /// Without quotes: the MD5 of its bytes, or for a multipart upload S3's hash of those of its parts.
    pub(crate) etag: String,
    /// Unix seconds.
    pub(crate) modified_at: i64,
    pub(crate) headers: Headers,
}

/// The open index, and the folder whose blobs it names.
pub(crate) struct Index {
    pub(super) connection: Connection,
    pub(super) root: PathBuf,
}

const COLUMNS: &str = "key, blob, size, etag, modified_at, headers";

impl Index {
    pub(super) fn open(root: &Path) -> StorageResult<Self> {
        std::fs::create_dir_all(root)?;
        let connection = Connection::open(root.join("index.sqlite"))?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "synchronous", "NORMAL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.execute_batch(SCHEMA)?;
        Ok(Self { connection, root: root.to_owned() })
    }

    pub(super) fn is_new(&self) -> StorageResult<bool> {
        let version: i64 = self.connection.pragma_query_value(None, "user_version", |row| row.get(0))?;
        Ok(version != FOUNDED && self.buckets()?.is_empty())
    }

    pub(super) fn found(&mut self, bucket: &str, objects: &[(&str, Staged, Headers)]) -> StorageResult<()> {
        let root = self.root.clone();
        let change = self.change()?;
        if !insert_bucket(&change, bucket)? {
            return Ok(());
        }
        for (key, staged, headers) in objects {
            staged.keep(&root)?;
            write(&change, bucket, &staged.object(key, headers.clone()))?;
        }
        change.pragma_update(None, "user_version", FOUNDED)?;
        Ok(change.commit()?)
    }

    pub(super) fn store(
        &mut self,
        bucket: &str,
        key: &str,
        staged: &Staged,
        headers: Headers,
        condition: &Condition,
    ) -> StorageResult<Object> {
        let root = self.root.clone();
        let change = self.change()?;
        let before = check(&change, bucket, key, condition)?;
        staged.keep(&root)?;
        let object = staged.object(key, headers);
        write(&change, bucket, &object)?;
        change.commit()?;
        self.sweep(before.map(|object| object.blob));
        Ok(object)
    }

    /// Writes a row for bytes that are there under another key.
    pub(super) fn refer(&mut self, bucket: &str, mut object: Object) -> StorageResult<Object> {
        let change = self.change()?;
        let before = check(&change, bucket, &object.key, &Condition::None)?;
        if !is_named(&change, &object.blob)? {
            return Err(StorageError::Condition);
        }
        object.modified_at = Timestamp::now().as_second();
        write(&change, bucket, &object)?;
        change.commit()?;
        self.sweep(before.map(|object| object.blob));
        Ok(object)
    }

    pub(super) fn object(&self, bucket: &str, key: &str) -> StorageResult<Option<Object>> {
        read(&self.connection, bucket, key)
    }

    pub(super) fn open_object(&self, bucket: &str, key: &str) -> StorageResult<Option<(Object, File)>> {
        let mut tries = 0;
        loop {
            let Some(object) = self.object(bucket, key)? else { return Ok(None) };
            match File::open(blobs::path(&self.root, &object.blob)) {
                // Another process replaced it between the two lines above.
                Err(e) if e.kind() == std::io::ErrorKind::NotFound && tries < 3 => tries += 1,
                opened => return Ok(Some((object, opened?))),
            }
        }
    }

    pub(super) fn delete(&mut self, bucket: &str, key: &str) -> StorageResult<()> {
        let change = self.change()?;
        let before = read(&change, bucket, key)?;
        change
            .execute("DELETE FROM objects WHERE bucket = ?1 AND key = ?2", params![bucket, key.as_bytes()])?;
        change.commit()?;
        self.sweep(before.map(|object| object.blob));
        Ok(())
    }

    /// Up to `limit` rows from `from` on, before `end`, in the order of the bytes.
    pub(super) fn range(
        &self,
        bucket: &str,
        from: &[u8],
        end: Option<&[u8]>,
        limit: usize,
    ) -> StorageResult<Vec<Object>> {
        // The end is part of the condition only where there is one: otherwise SQLite would read past it.
        let bound = if end.is_some() { "AND key < ?4" } else { "AND ?4 IS NULL" };
        let sql = format!(
            "SELECT {COLUMNS} FROM objects WHERE bucket = ?1 AND key >= ?2 {bound} ORDER BY key LIMIT ?3"
        );
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows = query.query_map(params![bucket, from, limit as i64, end], object)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(super) fn buckets(&self) -> StorageResult<Vec<(String, i64)>> {
        let mut query = self.connection.prepare_cached("SELECT name, created_at FROM buckets ORDER BY name")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(super) fn has_bucket(&self, bucket: &str) -> StorageResult<bool> {
        has_bucket(&self.connection, bucket)
    }

    pub(super) fn create_bucket(&mut self, bucket: &str) -> StorageResult<bool> {
        insert_bucket(&self.connection, bucket)
    }

    pub(super) fn delete_bucket(&mut self, bucket: &str) -> StorageResult<bool> {
        let change = self.change()?;
        if change.prepare_cached("SELECT 1 FROM objects WHERE bucket = ?1 LIMIT 1")?.exists([bucket])? {
            return Ok(false);
        }
        let parts = super::uploads::blobs_of_bucket(&change, bucket)?;
        change.execute("DELETE FROM uploads WHERE bucket = ?1", [bucket])?;
        change.execute("DELETE FROM buckets WHERE name = ?1", [bucket])?;
        change.commit()?;
        self.sweep(parts);
        Ok(true)
    }

    /// The only kind of change: it waits for other writers before it reads.
    pub(super) fn change(&mut self) -> StorageResult<Transaction<'_>> {
        Ok(self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?)
    }

    /// Removes blobs that no row names any more. What fails here is for the next start to tidy.
    pub(super) fn sweep(&mut self, blobs: impl IntoIterator<Item = String>) {
        for blob in blobs {
            if let Err(error) = self.remove_unnamed(&blob) {
                tracing::warn!("a blob of the practice bucket stays behind: {error}");
            }
        }
    }

    fn remove_unnamed(&mut self, blob: &str) -> StorageResult<()> {
        let root = self.root.clone();
        let change = self.change()?;
        if !is_named(&change, blob)? {
            blobs::remove(&root, blob)?;
        }
        Ok(change.commit()?)
    }
}

impl Staged {
    /// The row for these bytes.
    pub(super) fn object(&self, key: &str, headers: Headers) -> Object {
        let (blob, size, etag) = (self.sha256.clone(), self.size, self.etag.clone());
        Object { key: key.to_owned(), blob, size, etag, modified_at: Timestamp::now().as_second(), headers }
    }
}

/// Whether something may be put under a key; gives what is there now.
pub(super) fn check(
    change: &Transaction<'_>,
    bucket: &str,
    key: &str,
    condition: &Condition,
) -> StorageResult<Option<Object>> {
    if !has_bucket(change, bucket)? {
        return Err(StorageError::NoBucket);
    }
    let before = read(change, bucket, key)?;
    let holds = match condition {
        Condition::None => true,
        Condition::Free => before.is_none(),
        Condition::Is(etag) => before.as_ref().is_some_and(|object| object.etag == *etag),
    };
    if holds { Ok(before) } else { Err(StorageError::Condition) }
}

pub(super) fn write(change: &Transaction<'_>, bucket: &str, object: &Object) -> StorageResult<()> {
    let Object { key, blob, size, etag, modified_at, headers } = object;
    let headers = serde_json::to_string(headers).map_err(std::io::Error::other)?;
    change.execute(
        "INSERT OR REPLACE INTO objects (bucket, key, blob, size, etag, modified_at, headers)
         VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
        params![bucket, key.as_bytes(), blob, *size as i64, etag, modified_at, headers],
    )?;
    Ok(())
}

/// Whether any row, of an object or of a part, has these bytes.
pub(super) fn is_named(connection: &Connection, blob: &str) -> StorageResult<bool> {
    let sql = "SELECT 1 FROM objects WHERE blob = ?1 UNION ALL SELECT 1 FROM parts WHERE blob = ?1 LIMIT 1";
    Ok(connection.prepare_cached(sql)?.exists([blob])?)
}

pub(super) fn has_bucket(connection: &Connection, bucket: &str) -> StorageResult<bool> {
    Ok(connection.prepare_cached("SELECT 1 FROM buckets WHERE name = ?1")?.exists([bucket])?)
}

fn insert_bucket(connection: &Connection, bucket: &str) -> StorageResult<bool> {
    let sql = "INSERT OR IGNORE INTO buckets (name, created_at) VALUES (?1, ?2)";
    Ok(connection.execute(sql, params![bucket, Timestamp::now().as_second()])? == 1)
}

fn read(connection: &Connection, bucket: &str, key: &str) -> StorageResult<Option<Object>> {
    let sql = format!("SELECT {COLUMNS} FROM objects WHERE bucket = ?1 AND key = ?2");
    let mut query = connection.prepare_cached(&sql)?;
    Ok(query.query_row(params![bucket, key.as_bytes()], object).optional()?)
}

fn object(row: &Row<'_>) -> rusqlite::Result<Object> {
    let key: Vec<u8> = row.get(0)?;
    let headers: String = row.get(5)?;
    Ok(Object {
        // Only UTF-8 is ever put in.
        key: String::from_utf8_lossy(&key).into_owned(),
        blob: row.get(1)?,
        size: row.get::<_, i64>(2)?.unsigned_abs(),
        etag: row.get(3)?,
        modified_at: row.get(4)?,
        headers: serde_json::from_str(&headers).unwrap_or_default(),
    })
}
