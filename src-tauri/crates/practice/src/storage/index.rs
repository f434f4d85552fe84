//! The index: which key of which bucket has which bytes. SQLite, so that two processes may share it.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

use super::blobs::{self, Staged};
use crate::PracticeError;

/// Another process's transaction is waited for this long.
const PATIENCE: Duration = Duration::from_secs(10);

/// Keys are BLOBs: SQLite compares those byte by byte, which is S3's order.
const SCHEMA: &str = "
    CREATE TABLE IF NOT EXISTS buckets (
        name TEXT PRIMARY KEY,
        created_at INTEGER NOT NULL
    ) STRICT, WITHOUT ROWID;
    CREATE TABLE IF NOT EXISTS objects (
        bucket TEXT NOT NULL REFERENCES buckets (name),
        key BLOB NOT NULL,
        blob TEXT NOT NULL,
        size INTEGER NOT NULL,
        etag TEXT NOT NULL,
        modified_at INTEGER NOT NULL,
        headers TEXT NOT NULL,
        PRIMARY KEY (bucket, key)
    ) STRICT, WITHOUT ROWID;
    CREATE INDEX IF NOT EXISTS objects_by_blob ON objects (blob);
";

/// What a client said about an object and gets back with it.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub(crate) struct Headers {
    pub(crate) content_type: Option<String>,
    pub(crate) content_disposition: Option<String>,
    pub(crate) content_encoding: Option<String>,
    pub(crate) content_language: Option<String>,
    pub(crate) cache_control: Option<String>,
    pub(crate) metadata: BTreeMap<String, String>,
}

/// A row of the index.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Object {
    pub(crate) key: String,
    /// The SHA-256 of its bytes, which names the blob.
    pub(crate) blob: String,
    pub(crate) size: u64,
    /// The MD5 of its bytes, without quotes.
    pub(crate) etag: String,
    /// Unix seconds.
    pub(crate) modified_at: i64,
    pub(crate) headers: Headers,
}

/// The open index, and the folder whose blobs it names.
pub(crate) struct Index {
    connection: Connection,
    root: PathBuf,
}

const COLUMNS: &str = "key, blob, size, etag, modified_at, headers";

impl Index {
    /// Opens the index; the flag tells whether it was made just now.
    pub(super) fn open(root: &Path) -> Result<(Self, bool), PracticeError> {
        std::fs::create_dir_all(root)?;
        let file = root.join("index.sqlite");
        let is_new = !file.exists();
        let connection = Connection::open(file)?;
        connection.busy_timeout(PATIENCE)?;
        connection.pragma_update(None, "journal_mode", "WAL")?;
        connection.pragma_update(None, "foreign_keys", true)?;
        connection.execute_batch(SCHEMA)?;
        Ok((Self { connection, root: root.to_owned() }, is_new))
    }

    pub(super) fn store(
        &mut self,
        bucket: &str,
        key: &str,
        staged: Staged,
        headers: Headers,
        only_new: bool,
    ) -> Result<Option<Object>, PracticeError> {
        let change = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let before = blob_of(&change, bucket, key)?;
        if only_new && before.is_some() {
            return Ok(None);
        }
        let modified_at = Timestamp::now().as_second();
        let said = serde_json::to_string(&headers).map_err(std::io::Error::other)?;
        change.execute(
            "INSERT OR REPLACE INTO objects (bucket, key, blob, size, etag, modified_at, headers)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)",
            params![bucket, key.as_bytes(), staged.sha256, staged.size as i64, staged.md5, modified_at, said],
        )?;
        staged.keep(&self.root)?;
        sweep(&change, &self.root, before)?;
        change.commit()?;
        let (blob, etag, size) = (staged.sha256.clone(), staged.md5.clone(), staged.size);
        Ok(Some(Object { key: key.to_owned(), blob, size, etag, modified_at, headers }))
    }

    pub(super) fn object(&self, bucket: &str, key: &str) -> Result<Option<Object>, PracticeError> {
        let sql = format!("SELECT {COLUMNS} FROM objects WHERE bucket = ?1 AND key = ?2");
        let mut query = self.connection.prepare_cached(&sql)?;
        Ok(query.query_row(params![bucket, key.as_bytes()], object).optional()?)
    }

    pub(super) fn delete(&mut self, bucket: &str, key: &str) -> Result<(), PracticeError> {
        let change = self.connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
        let before = blob_of(&change, bucket, key)?;
        change
            .execute("DELETE FROM objects WHERE bucket = ?1 AND key = ?2", params![bucket, key.as_bytes()])?;
        sweep(&change, &self.root, before)?;
        Ok(change.commit()?)
    }

    /// Up to `limit` rows from `from` on, before `end`, in the order of the bytes.
    pub(super) fn range(
        &self,
        bucket: &str,
        from: &[u8],
        end: Option<&[u8]>,
        limit: usize,
    ) -> Result<Vec<Object>, PracticeError> {
        let sql = format!(
            "SELECT {COLUMNS} FROM objects WHERE bucket = ?1 AND key >= ?2 AND (?3 IS NULL OR key < ?3)
             ORDER BY key LIMIT ?4"
        );
        let mut query = self.connection.prepare_cached(&sql)?;
        let rows = query.query_map(params![bucket, from, end, limit as i64], object)?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(super) fn buckets(&self) -> Result<Vec<(String, i64)>, PracticeError> {
        let mut query = self.connection.prepare_cached("SELECT name, created_at FROM buckets ORDER BY name")?;
        let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?)))?;
        Ok(rows.collect::<Result<_, _>>()?)
    }

    pub(super) fn has_bucket(&self, bucket: &str) -> Result<bool, PracticeError> {
        Ok(self.connection.prepare_cached("SELECT 1 FROM buckets WHERE name = ?1")?.exists([bucket])?)
    }

    pub(super) fn create_bucket(&mut self, bucket: &str) -> Result<bool, PracticeError> {
        let now = Timestamp::now().as_second();
        let sql = "INSERT OR IGNORE INTO buckets (name, created_at) VALUES (?1, ?2)";
        Ok(self.connection.execute(sql, params![bucket, now])? == 1)
    }

    pub(super) fn delete_bucket(&mut self, bucket: &str) -> Result<bool, PracticeError> {
        let sql =
            "DELETE FROM buckets WHERE name = ?1 AND NOT EXISTS (SELECT 1 FROM objects WHERE bucket = ?1)";
        Ok(self.connection.execute(sql, [bucket])? == 1)
    }
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

fn blob_of(change: &Transaction<'_>, bucket: &str, key: &str) -> Result<Option<String>, PracticeError> {
    let mut query = change.prepare_cached("SELECT blob FROM objects WHERE bucket = ?1 AND key = ?2")?;
    Ok(query.query_row(params![bucket, key.as_bytes()], |row| row.get(0)).optional()?)
}

/// Removes a blob that no row names any more.
fn sweep(change: &Transaction<'_>, root: &Path, blob: Option<String>) -> Result<(), PracticeError> {
    if let Some(blob) = blob
        && !change.prepare_cached("SELECT 1 FROM objects WHERE blob = ?1")?.exists([&blob])?
    {
        blobs::remove(root, &blob)?;
    }
    Ok(())
}
