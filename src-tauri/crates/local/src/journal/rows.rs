//! Rows of the journal, and what they stand for. A row that says nothing sensible any more is skipped, not guessed.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};

use guestpass_core::journal::{Entry, KeptFile, KeptTransfer, Leftover};
use guestpass_core::ports::{Multipart, Part};
use guestpass_core::{
    BucketName, Disposition, Expiry, IfTaken, ObjectKey, OfferedFile, Place, ProfileId, SendRequest, TransferId,
};
use jiff::Timestamp;
use rusqlite::{Connection, Row, Transaction, TransactionBehavior, params};
use serde::{Deserialize, Serialize};

/// A transfer without its files. Its layout is read by later versions too.
#[derive(Serialize, Deserialize)]
struct Request {
    profile: ProfileId,
    place: Place,
    if_taken: IfTaken,
    taken: BTreeSet<String>,
    expiry: Expiry,
    disposition: Disposition,
    token: String,
    started_at: Timestamp,
}

pub(super) fn transfers(connection: &Connection) -> rusqlite::Result<Vec<(TransferId, KeptTransfer)>> {
    let mut query = connection.prepare("SELECT id, request, paused FROM transfers ORDER BY id")?;
    let rows = query.query_map([], |row| Ok((row.get(0)?, row.get(1)?, row.get(2)?)))?;
    let mut transfers = Vec::new();
    for row in rows {
        let (id, request, is_paused): (u32, String, bool) = row?;
        let Ok(request) = serde_json::from_str::<Request>(&request) else {
            tracing::warn!("a transfer of another version is left alone");
            continue;
        };
        let (offered, files) = files(connection, id)?.into_iter().unzip();
        transfers.push((TransferId(id), request.with(offered, files, is_paused)));
    }
    Ok(transfers)
}

impl Request {
    fn of(transfer: &KeptTransfer) -> Self {
        let request = &transfer.request;
        Self {
            profile: request.profile.clone(),
            place: request.place.clone(),
            if_taken: request.if_taken,
            taken: request.taken.clone(),
            expiry: request.expiry,
            disposition: request.disposition,
            token: transfer.token.clone(),
            started_at: transfer.started_at,
        }
    }

    fn with(self, offered: Vec<OfferedFile>, files: Vec<KeptFile>, is_paused: bool) -> KeptTransfer {
        let request = SendRequest {
            profile: self.profile,
            place: self.place,
            files: offered,
            if_taken: self.if_taken,
            taken: self.taken,
            expiry: self.expiry,
            disposition: self.disposition,
        };
        KeptTransfer { request, token: self.token, started_at: self.started_at, is_paused, files }
    }
}

fn files(connection: &Connection, id: u32) -> rusqlite::Result<Vec<(OfferedFile, KeptFile)>> {
    let sql = "SELECT name, path, size, far, key, begun, at FROM files WHERE transfer = ?1 ORDER BY at";
    let mut query = connection.prepare_cached(sql)?;
    let rows = query.query_map([id], |row| {
        let offered = OfferedFile {
            name: row.get(0)?,
            path: path(row.get(1)?),
            size: row.get::<_, i64>(2)?.unsigned_abs(),
        };
        Ok((offered, far(row)?, row.get(6)?))
    })?;
    let mut files = Vec::new();
    for row in rows {
        let (offered, mut far, at): (_, _, i64) = row?;
        if let KeptFile::Begun(_, multipart) = &mut far {
            multipart.parts = parts(connection, id, at)?;
        }
        files.push((offered, far));
    }
    Ok(files)
}

/// How far a file is; to be sent from the start where that cannot be read.
fn far(row: &Row<'_>) -> rusqlite::Result<KeptFile> {
    let key = row.get::<_, Option<String>>(4)?.and_then(|key| ObjectKey::parse(&key).ok());
    let begun = row.get::<_, Option<String>>(5)?.and_then(|text| serde_json::from_str::<Multipart>(&text).ok());
    Ok(match (row.get(3)?, key, begun) {
        (1, Some(key), Some(multipart)) => KeptFile::Begun(key, multipart),
        (2, Some(key), _) => KeptFile::Sent(key),
        (3, ..) => KeptFile::LeftOut,
        _ => KeptFile::Waiting,
    })
}

fn parts(connection: &Connection, id: u32, at: i64) -> rusqlite::Result<Vec<Part>> {
    let sql = "SELECT number, etag, crc FROM parts WHERE transfer = ?1 AND at = ?2 ORDER BY number";
    let mut query = connection.prepare_cached(sql)?;
    let rows = query.query_map(params![id, at], |row| {
        Ok(Part { number: row.get(0)?, etag: row.get(1)?, crc: u64::from_be_bytes(row.get(2)?) })
    })?;
    rows.collect()
}

pub(super) fn keep(
    connection: &mut Connection,
    id: TransferId,
    transfer: &KeptTransfer,
) -> rusqlite::Result<()> {
    let request = serde_json::to_string(&Request::of(transfer)).map_err(unwritable)?;
    let change = begin(connection)?;
    change.execute(
        "INSERT INTO transfers (id, request, paused) VALUES (?1, ?2, ?3)",
        params![id.0, request, transfer.is_paused],
    )?;
    for (at, (offered, far)) in transfer.request.files.iter().zip(&transfer.files).enumerate() {
        change
            .prepare_cached(
                "INSERT INTO files (transfer, at, name, path, size, far) VALUES (?1, ?2, ?3, ?4, ?5, 0)",
            )?
            .execute(params![id.0, at as i64, offered.name, path_bytes(&offered.path), offered.size as i64])?;
        set_far(&change, id, at, far)?;
    }
    change.commit()
}

pub(super) fn note(connection: &mut Connection, id: TransferId, entry: &Entry) -> rusqlite::Result<()> {
    let change = begin(connection)?;
    match entry {
        Entry::Paused(is_paused) => {
            change.execute("UPDATE transfers SET paused = ?2 WHERE id = ?1", params![id.0, is_paused])?;
        }
        Entry::File(at, far) => set_far(&change, id, *at, far)?,
        Entry::Part(at, part) => {
            change
                .prepare_cached(
                    "INSERT OR REPLACE INTO parts (transfer, at, number, etag, crc) VALUES (?1, ?2, ?3, ?4, ?5)",
                )?
                .execute(params![id.0, *at as i64, part.number, part.etag, part.crc.to_be_bytes()])?;
        }
    }
    change.commit()
}

fn set_far(change: &Transaction<'_>, id: TransferId, at: usize, far: &KeptFile) -> rusqlite::Result<()> {
    let (far, key, begun) = match far {
        KeptFile::Waiting => (0, None, None),
        KeptFile::Begun(key, multipart) => {
            (1, Some(key), Some(serde_json::to_string(multipart).map_err(unwritable)?))
        }
        KeptFile::Sent(key) => (2, Some(key), None),
        KeptFile::LeftOut => (3, None, None),
    };
    change
        .prepare_cached("DELETE FROM parts WHERE transfer = ?1 AND at = ?2")?
        .execute(params![id.0, at as i64])?;
    change
        .prepare_cached("UPDATE files SET far = ?3, key = ?4, begun = ?5 WHERE transfer = ?1 AND at = ?2")?
        .execute(params![id.0, at as i64, far, key.map(ObjectKey::as_str), begun])?;
    Ok(())
}

pub(super) fn forget(connection: &Connection, id: TransferId) -> rusqlite::Result<()> {
    connection.execute("DELETE FROM transfers WHERE id = ?1", [id.0]).map(drop)
}

pub(super) fn leftovers(connection: &Connection) -> rusqlite::Result<Vec<Leftover>> {
    let mut query = connection.prepare_cached(
        "SELECT profile, bucket, key, upload_id, asked_at, since FROM leftovers ORDER BY since",
    )?;
    let rows = query.query_map([], |row| {
        let profile = ProfileId::try_from(row.get::<_, String>(0)?).ok();
        let bucket = BucketName::parse(&row.get::<_, String>(1)?).ok();
        let key = ObjectKey::parse(&row.get::<_, String>(2)?).ok();
        let asked_at = Timestamp::from_second(row.get(4)?).ok();
        let since = Timestamp::from_second(row.get(5)?).ok();
        let upload_id = row.get::<_, Option<String>>(3)?.filter(|id| !id.is_empty());
        let whole = profile.zip(bucket).zip(key).zip(asked_at.zip(since));
        Ok(whole.map(|(((profile, bucket), key), (asked_at, since))| Leftover {
            profile,
            bucket,
            key,
            upload_id,
            asked_at,
            since,
        }))
    })?;
    rows.filter_map(Result::transpose).collect()
}

pub(super) fn keep_leftover(connection: &Connection, leftover: &Leftover) -> rusqlite::Result<()> {
    let Leftover { profile, bucket, key, upload_id, asked_at, since } = leftover;
    connection
        .execute(
            "INSERT OR IGNORE INTO leftovers (profile, bucket, key, upload_id, asked_at, since)
             VALUES (?1, ?2, ?3, ?4, ?5, ?6)",
            params![
                profile.to_string(),
                bucket.as_str(),
                key.as_str(),
                upload_id.as_deref().unwrap_or_default(),
                asked_at.as_second(),
                since.as_second()
            ],
        )
        .map(drop)
}

pub(super) fn forget_leftover(connection: &Connection, leftover: &Leftover) -> rusqlite::Result<()> {
    let Leftover { bucket, key, upload_id, asked_at, .. } = leftover;
    connection
        .execute(
            "DELETE FROM leftovers WHERE bucket = ?1 AND key = ?2 AND upload_id = ?3 AND asked_at = ?4",
            params![
                bucket.as_str(),
                key.as_str(),
                upload_id.as_deref().unwrap_or_default(),
                asked_at.as_second()
            ],
        )
        .map(drop)
}

fn begin(connection: &mut Connection) -> rusqlite::Result<Transaction<'_>> {
    connection.transaction_with_behavior(TransactionBehavior::Immediate)
}

fn unwritable(error: serde_json::Error) -> rusqlite::Error {
    rusqlite::Error::ToSqlConversionFailure(error.into())
}

#[cfg(unix)]
fn path_bytes(path: &Path) -> &[u8] {
    std::os::unix::ffi::OsStrExt::as_bytes(path.as_os_str())
}

#[cfg(unix)]
fn path(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(<std::ffi::OsString as std::os::unix::ffi::OsStringExt>::from_vec(bytes))
}

#[cfg(not(unix))]
fn path_bytes(path: &Path) -> Vec<u8> {
    path.to_string_lossy().into_owned().into_bytes()
}

#[cfg(not(unix))]
fn path(bytes: Vec<u8>) -> PathBuf {
    PathBuf::from(String::from_utf8_lossy(&bytes).into_owned())
}
