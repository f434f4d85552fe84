//! ListObjectsV2, and ListObjects for clients of the first hour.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use s3s::dto::*;
use s3s::{S3Response, S3Result, s3_error};

use super::{PracticeStore, fault, in_xml, timestamp};
use crate::storage::{Object as Row, Page, PageRequest};

/// What stays as it is under `encoding-type=url`. A plus does not: it would be read as a space.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

/// The most rows on one page.
const MAX_KEYS: i32 = 1_000;

pub(crate) fn encode(text: &str) -> String {
    utf8_percent_encode(text, ENCODED).to_string()
}

pub(super) async fn second(
    store: &PracticeStore,
    input: ListObjectsV2Input,
) -> S3Result<S3Response<ListObjectsV2Output>> {
    let from = input.continuation_token.as_deref().map(hex::decode).transpose();
    let from = from.map_err(|_| s3_error!(InvalidArgument, "The continuation token provided is incorrect"))?;
    let max_keys = max_keys(input.max_keys)?;
    let request = PageRequest {
        prefix: input.prefix.clone().unwrap_or_default(),
        delimiter: input.delimiter.clone(),
        // A token goes before `start-after`, as on AWS.
        after: input.start_after.clone().filter(|_| from.is_none()),
        from,
        max_keys: max_keys.unsigned_abs() as usize,
    };
    let page = read(store, &input.bucket, request).await?;
    let text = texts(input.encoding_type.as_ref(), names(&page))?;
    let rows = page.objects.len() + page.common_prefixes.len();
    Ok(S3Response::new(ListObjectsV2Output {
        name: Some(input.bucket),
        prefix: input.prefix.map(text),
        delimiter: input.delimiter.map(text),
        start_after: input.start_after.map(text),
        continuation_token: input.continuation_token,
        encoding_type: input.encoding_type,
        max_keys: Some(max_keys),
        key_count: i32::try_from(rows).ok(),
        is_truncated: Some(page.next.is_some()),
        next_continuation_token: page.next.map(hex::encode),
        contents: Some(page.objects.into_iter().map(|row| of_row(row, text)).collect()),
        common_prefixes: Some(of_prefixes(page.common_prefixes, text)),
        ..ListObjectsV2Output::default()
    }))
}

pub(super) async fn first(
    store: &PracticeStore,
    input: ListObjectsInput,
) -> S3Result<S3Response<ListObjectsOutput>> {
    let max_keys = max_keys(input.max_keys)?;
    let request = PageRequest {
        prefix: input.prefix.clone().unwrap_or_default(),
        delimiter: input.delimiter.clone(),
        after: input.marker.clone().filter(|marker| !marker.is_empty()),
        from: None,
        max_keys: max_keys.unsigned_abs() as usize,
    };
    let page = read(store, &input.bucket, request).await?;
    let text = texts(input.encoding_type.as_ref(), names(&page))?;
    // Where the page ends: the last of the keys or of the common prefixes, whichever sorts behind.
    let key = page.objects.last().map(|object| object.key.clone());
    let last = key.max(page.common_prefixes.last().cloned()).filter(|_| page.next.is_some());
    Ok(S3Response::new(ListObjectsOutput {
        name: Some(input.bucket),
        prefix: input.prefix.map(text),
        delimiter: input.delimiter.map(text),
        marker: Some(input.marker.map(text).unwrap_or_default()),
        next_marker: last.map(text),
        encoding_type: input.encoding_type,
        max_keys: Some(max_keys),
        is_truncated: Some(page.next.is_some()),
        contents: Some(page.objects.into_iter().map(|row| of_row(row, text)).collect()),
        common_prefixes: Some(of_prefixes(page.common_prefixes, text)),
        ..ListObjectsOutput::default()
    }))
}

async fn read(store: &PracticeStore, bucket: &str, request: PageRequest) -> S3Result<Page> {
    store.must_exist(bucket).await?;
    store.storage.page(bucket, request).await.map_err(fault)
}

fn max_keys(asked: Option<i32>) -> S3Result<i32> {
    match asked.unwrap_or(MAX_KEYS) {
        0.. => Ok(asked.unwrap_or(MAX_KEYS).min(MAX_KEYS)),
        _ => Err(s3_error!(InvalidArgument, "Argument max-keys must be an integer between 0 and 2147483647")),
    }
}

/// How texts are written in the answer. What cannot be written is an error, not another key.
pub(super) fn texts<'a>(
    kind: Option<&EncodingType>,
    mut keys: impl Iterator<Item = &'a str>,
) -> S3Result<fn(String) -> String> {
    if kind.is_some_and(|kind| kind.as_str() == EncodingType::URL) {
        return Ok(|raw| encode(&raw));
    }
    if keys.all(|key| in_xml(key.to_owned()).is_some()) {
        return Ok(|raw| raw);
    }
    Err(s3_error!(InvalidArgument, "A key here has characters that XML has not: list with encoding-type=url"))
}

fn names(page: &Page) -> impl Iterator<Item = &str> {
    let keys = page.objects.iter().map(|object| object.key.as_str());
    keys.chain(page.common_prefixes.iter().map(String::as_str))
}

fn of_prefixes(prefixes: Vec<String>, text: fn(String) -> String) -> CommonPrefixList {
    prefixes.into_iter().map(|prefix| CommonPrefix { prefix: Some(text(prefix)) }).collect()
}

fn of_row(row: Row, text: fn(String) -> String) -> Object {
    Object {
        key: Some(text(row.key)),
        size: i64::try_from(row.size).ok(),
        e_tag: Some(ETag::Strong(row.etag)),
        last_modified: Some(timestamp(row.modified_at)),
        storage_class: Some(ObjectStorageClass::from_static(ObjectStorageClass::STANDARD)),
        ..Object::default()
    }
}
