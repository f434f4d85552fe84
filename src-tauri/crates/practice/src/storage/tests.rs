//! Keys come back byte for byte, listings page without a gap, and nothing is left behind.

use super::*;

const ODD_KEYS: &[&str] = &[
    "plain",
    "a b",
    "a+b",
    "a%2Fb",
    "a%",
    "%",
    "%%25",
    "?",
    "a?b=c",
    "#",
    "a#b",
    "&",
    "a&b",
    "=",
    ";",
    ":",
    "@",
    "$",
    "!",
    "*",
    "'",
    "\"",
    "(",
    ")",
    ",",
    "\\",
    "a\\b",
    "~",
    "`",
    "^",
    "|",
    "<b>",
    "{x}",
    "[y]",
    "/",
    "//",
    "/x",
    "x/",
    "a//b",
    "a///b",
    ".",
    "..",
    "../x",
    "a/../b",
    "a/./b",
    "./a",
    "...",
    " ",
    " lead",
    "trail ",
    "\t",
    "\n",
    "\r\n",
    "\u{1}",
    "\u{7f}",
    "\u{0}",
    "é",
    "e\u{301}",
    "Ü",
    "新製品",
    "🎉",
    "עברית",
    "\u{202e}gpj.exe",
    "\u{feff}bom",
];

async fn storage() -> (tempfile::TempDir, Storage) {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::open(folder.path().to_owned()).await.unwrap();
    storage.create_bucket("b").await.unwrap();
    (folder, storage)
}

async fn put(storage: &Storage, key: &str, bytes: &str, only_new: bool) -> Option<Object> {
    let condition = if only_new { Condition::Free } else { Condition::None };
    let mut staging = storage.stage().await.unwrap();
    staging.write(bytes.as_bytes()).await.unwrap();
    let staged = staging.finish().await.unwrap();
    match storage.store("b", key, staged, Headers::default(), condition).await {
        Err(StorageError::Condition) => None,
        stored => Some(stored.unwrap()),
    }
}

fn files_below(folder: &std::path::Path) -> usize {
    let entries =
        std::fs::read_dir(folder).map(|entries| entries.flatten().collect()).unwrap_or_else(|_| Vec::new());
    entries.iter().map(|entry| if entry.path().is_dir() { files_below(&entry.path()) } else { 1 }).sum()
}

#[tokio::test]
async fn every_key_is_another_object_and_none_leaves_the_folder() {
    let (folder, storage) = storage().await;
    let long = "é".repeat(512);
    let keys: Vec<&str> = ODD_KEYS.iter().copied().chain([long.as_str()]).collect();
    for key in &keys {
        put(&storage, key, key, false).await;
    }
    for key in &keys {
        let object = storage.object("b", key).await.unwrap().unwrap();
        assert_eq!((object.key.as_str(), object.size), (*key, key.len() as u64));
    }
    let page = storage.page("b", PageRequest { max_keys: 1_000, ..PageRequest::default() }).await.unwrap();
    let mut sorted = keys.clone();
    sorted.sort_unstable_by_key(|key| key.as_bytes());
    let listed: Vec<&str> = page.objects.iter().map(|object| object.key.as_str()).collect();
    assert_eq!(listed, sorted, "in the order of the bytes");
    let siblings = std::fs::read_dir(folder.path().parent().unwrap()).unwrap().flatten();
    assert!(siblings.map(|entry| entry.file_name()).all(|name| name != "x"), "../x stays inside");
}

#[tokio::test]
async fn pages_join_without_gap_or_repetition() {
    let (_folder, storage) = storage().await;
    for n in 0..40 {
        for key in [format!("d{n:02}/a"), format!("d{n:02}/b"), format!("f{n:02}"), format!("d{n:02}/x/y")] {
            put(&storage, &key, "x", false).await;
        }
    }
    for (delimiter, prefix, expected) in
        [(Some("/"), "", 80), (None, "", 160), (Some("/"), "d07/", 3), (Some("/x/"), "d", 120)]
    {
        for max_keys in [1, 2, 7, 63, 64, 65, 1_000] {
            let mut request = PageRequest {
                prefix: prefix.into(),
                delimiter: delimiter.map(str::to_owned),
                max_keys,
                ..PageRequest::default()
            };
            let mut seen = Vec::new();
            loop {
                let page = storage.page("b", request.clone()).await.unwrap();
                assert!(page.objects.len() + page.common_prefixes.len() <= max_keys);
                seen.extend(page.objects.into_iter().map(|object| object.key));
                seen.extend(page.common_prefixes);
                request.from = page.next;
                if request.from.is_none() {
                    break;
                }
            }
            let count = seen.len();
            seen.sort();
            seen.dedup();
            assert_eq!((count, seen.len()), (expected, expected), "{delimiter:?} {prefix} {max_keys}");
        }
    }
}

#[tokio::test]
async fn a_listing_starts_behind_a_key() {
    let (_folder, storage) = storage().await;
    for key in ["a/1", "a/2", "b", "c"] {
        put(&storage, key, "x", false).await;
    }
    let after = |after: &str| PageRequest {
        delimiter: Some("/".into()),
        after: Some(after.into()),
        max_keys: 10,
        ..PageRequest::default()
    };
    let page = storage.page("b", after("a/1")).await.unwrap();
    assert!(page.common_prefixes.is_empty(), "a/ is not behind a/1");
    assert_eq!(page.objects.len(), 2);
    assert_eq!(storage.page("b", after("b")).await.unwrap().objects.len(), 1);
}

#[tokio::test]
async fn a_taken_key_is_left_alone_when_it_must_be_free() {
    let (_folder, storage) = storage().await;
    assert!(put(&storage, "k", "first", true).await.is_some());
    assert_eq!(put(&storage, "k", "second", true).await, None);
    assert_eq!(storage.object("b", "k").await.unwrap().unwrap().size, 5);
}

#[tokio::test]
async fn bytes_that_nobody_names_are_removed() {
    let (folder, storage) = storage().await;
    let blobs = || files_below(&folder.path().join("blobs"));
    put(&storage, "a", "same", false).await;
    put(&storage, "b", "same", false).await;
    assert_eq!(blobs(), 1);
    put(&storage, "a", "other", false).await;
    assert_eq!(blobs(), 2);
    storage.delete("b", "b").await.unwrap();
    assert_eq!(blobs(), 1);
    storage.delete("b", "a").await.unwrap();
    storage.delete("b", "never there").await.unwrap();
    assert_eq!(blobs(), 0);
    drop(storage.stage().await.unwrap());
    assert_eq!(files_below(&folder.path().join("staging")), 0);
}

#[tokio::test]
async fn two_processes_share_the_folder() {
    let (folder, storage) = storage().await;
    let other = Storage::open(folder.path().to_owned()).await.unwrap();
    put(&other, "from the other", "x", false).await;
    assert!(storage.object("b", "from the other").await.unwrap().is_some());
    assert!(!storage.delete_bucket("b").await.unwrap(), "it holds something");
}

#[tokio::test]
async fn what_a_killed_run_left_is_tidied() {
    let (folder, storage) = storage().await;
    put(&storage, "kept", "x", false).await;
    let orphan = folder.path().join("blobs/ab").join(format!("ab{}", "0".repeat(62)));
    std::fs::create_dir_all(orphan.parent().unwrap()).unwrap();
    std::fs::write(&orphan, "nobody's").unwrap();
    let foreign = folder.path().join("blobs/ab/.DS_Store");
    std::fs::write(&foreign, "not ours").unwrap();
    let sending = storage.stage().await.unwrap();
    storage.tidy().await.unwrap();
    assert!(!orphan.exists() && foreign.exists());
    assert_eq!(files_below(&folder.path().join("staging")), 1, "somebody may still be sending");
    drop(sending);
    assert!(storage.open_object("b", "kept").await.unwrap().is_some());
}

#[tokio::test]
async fn a_folder_is_new_once() {
    let folder = tempfile::tempdir().unwrap();
    let storage = Storage::open(folder.path().to_owned()).await.unwrap();
    assert!(storage.is_new().await.unwrap());
    let mut staging = storage.stage().await.unwrap();
    staging.write(b"x").await.unwrap();
    let objects = vec![("k", staging.finish().await.unwrap(), Headers::default())];
    storage.found("first", objects).await.unwrap();
    storage.delete("first", "k").await.unwrap();
    assert!(storage.delete_bucket("first").await.unwrap());
    assert!(!storage.is_new().await.unwrap(), "who deleted the samples does not get them again");
}

#[tokio::test]
async fn a_full_disk_is_said_as_such() {
    let full: StorageError = std::io::Error::from(std::io::ErrorKind::StorageFull).into();
    assert!(matches!(full, StorageError::Full));
    let full = rusqlite::Error::SqliteFailure(rusqlite::ffi::Error::new(rusqlite::ffi::SQLITE_FULL), None);
    assert!(matches!(StorageError::from(full), StorageError::Full));
    let answer = crate::ops::fault(StorageError::Full);
    assert_eq!(answer.status_code().map(|status| status.as_u16()), Some(507));
}

#[tokio::test]
async fn a_listing_reads_from_its_prefix_to_its_end_and_no_further() {
    let (_folder, storage) = storage().await;
    let plan = storage.with(|index| {
        let sql = "EXPLAIN QUERY PLAN SELECT key FROM objects WHERE bucket = 'b' AND key >= x'61' AND key < x'62' ORDER BY key LIMIT 9";
        Ok(index.connection.query_row(sql, [], |row| row.get::<_, String>(3))?)
    });
    assert_eq!(plan.await.unwrap(), "SEARCH objects USING PRIMARY KEY (bucket=? AND key>? AND key<?)");
}
