-- What is under way, so that the next run of the app can go on with it. No row outlives its transfer, but leftovers.
CREATE TABLE IF NOT EXISTS transfers (
    id      INTEGER PRIMARY KEY,
    request TEXT NOT NULL,              -- JSON: everything but the files
    paused  INTEGER NOT NULL
) STRICT;
CREATE TABLE IF NOT EXISTS files (
    transfer INTEGER NOT NULL REFERENCES transfers(id) ON DELETE CASCADE,
    at       INTEGER NOT NULL,          -- its place in the drop
    name     TEXT NOT NULL,
    path     BLOB NOT NULL,             -- as the system writes paths, which need not be text
    size     INTEGER NOT NULL,          -- bytes, when it was offered
    far      INTEGER NOT NULL,          -- 0 waiting, 1 begun, 2 sent, 3 left out
    key      TEXT,
    begun    TEXT,                      -- JSON: the upload in parts
    PRIMARY KEY (transfer, at)
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS parts (
    transfer INTEGER NOT NULL,
    at       INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    etag     TEXT NOT NULL,
    crc      BLOB NOT NULL,             -- CRC-64/NVME, big-endian
    PRIMARY KEY (transfer, at, number),
    FOREIGN KEY (transfer, at) REFERENCES files(transfer, at) ON DELETE CASCADE
) STRICT, WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS leftovers (
    profile   TEXT NOT NULL,
    bucket    TEXT NOT NULL,
    key       TEXT NOT NULL,
    upload_id TEXT NOT NULL,            -- empty where it is not known
    asked_at  INTEGER NOT NULL,         -- Unix seconds
    since     INTEGER NOT NULL,         -- Unix seconds
    PRIMARY KEY (bucket, key, upload_id, asked_at)
) STRICT;
