//! One page of a listing, found by seeking: what lies below a common prefix is skipped, not read.

use super::StorageResult;
use super::index::{Index, Object};

/// What is asked.
#[derive(Clone, Debug, Default)]
pub(crate) struct PageRequest {
    pub(crate) prefix: String,
    pub(crate) delimiter: Option<String>,
    /// The first key that may be on the page, as bytes; from a continuation token.
    pub(crate) from: Option<Vec<u8>>,
    /// Only keys behind this one.
    pub(crate) after: Option<String>,
    pub(crate) max_keys: usize,
}

/// What is on the page.
#[derive(Clone, Debug, Default)]
pub(crate) struct Page {
    pub(crate) objects: Vec<Object>,
    pub(crate) common_prefixes: Vec<String>,
    /// Where the next page begins.
    pub(crate) next: Option<Vec<u8>>,
}

/// Rows read at a time: few are wasted where each is a folder, and few reads are made where none is.
const BATCH: usize = 64;

pub(super) fn read(index: &Index, bucket: &str, request: &PageRequest) -> StorageResult<Page> {
    let prefix = request.prefix.as_bytes();
    let end = behind_all(prefix);
    let mut cursor = request.from.clone().unwrap_or_default().max(prefix.to_vec());
    if let Some(after) = &request.after {
        cursor = cursor.max(just_behind(after.as_bytes()));
        // A common prefix is not behind a key that lies below it.
        if let Some(common) = common_prefix(after, request)
            && let Some(next) = behind_all(common.as_bytes())
        {
            cursor = cursor.max(next);
        }
    }
    let mut page = Page::default();
    if request.max_keys == 0 {
        return Ok(page);
    }
    loop {
        let rows = index.range(bucket, &cursor, end.as_deref(), BATCH)?;
        let is_last = rows.len() < BATCH;
        for object in rows {
            if object.key.as_bytes() < cursor.as_slice() {
                continue;
            }
            if page.objects.len() + page.common_prefixes.len() == request.max_keys {
                page.next = Some(object.key.into_bytes());
                return Ok(page);
            }
            cursor = just_behind(object.key.as_bytes());
            match common_prefix(&object.key, request).map(str::to_owned) {
                None => page.objects.push(object),
                Some(common) => {
                    cursor = behind_all(common.as_bytes()).unwrap_or(cursor);
                    page.common_prefixes.push(common);
                }
            }
        }
        if is_last {
            return Ok(page);
        }
    }
}

/// The part of a key up to the first delimiter behind the prefix.
fn common_prefix<'a>(key: &'a str, request: &PageRequest) -> Option<&'a str> {
    let delimiter = request.delimiter.as_deref().filter(|delimiter| !delimiter.is_empty())?;
    let rest = key.strip_prefix(&request.prefix)?;
    let end = request.prefix.len() + rest.find(delimiter)? + delimiter.len();
    Some(&key[..end])
}

/// The first bytes that sort behind this key.
fn just_behind(key: &[u8]) -> Vec<u8> {
    [key, &[0]].concat()
}

/// The first bytes that sort behind everything that begins so; nothing when everything may.
fn behind_all(prefix: &[u8]) -> Option<Vec<u8>> {
    let last = prefix.iter().rposition(|byte| *byte < u8::MAX)?;
    let mut next = prefix[..=last].to_vec();
    next[last] += 1;
    Some(next)
}
