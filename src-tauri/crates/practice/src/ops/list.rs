//! ListObjectsV2.

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use s3s::dto::*;
use s3s::{S3Response, S3Result, s3_error};

use super::{PracticeStore, fault, timestamp};
use crate::storage::{Object as Row, PageRequest};

/// What stays as it is under `encoding-type=url`. A plus does not: it would be read as a space.
const ENCODED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~').remove(b'/');

pub(super) async fn page(
    store: &PracticeStore,
    input: ListObjectsV2Input,
) -> S3Result<S3Response<ListObjectsV2Output>> {
    store.must_exist(&input.bucket).await?;
    let from = input.continuation_token.as_deref().map(hex::decode).transpose();
    let from = from.map_err(|_| s3_error!(InvalidArgument, "The continuation token provided is incorrect"))?;
    let max_keys = input.max_keys.unwrap_or(1_000).clamp(0, 1_000);
    let page = store
        .storage
        .page(
            &input.bucket,
            PageRequest {
                prefix: input.prefix.clone().unwrap_or_default(),
                delimiter: input.delimiter.clone(),
                // A token goes before `start-after`, as on AWS.
                after: input.start_after.clone().filter(|_| from.is_none()),
                from,
                max_keys: max_keys.unsigned_abs() as usize,
            },
        )
        .await
        .map_err(fault)?;
    let encoded = input.encoding_type.as_ref().is_some_and(|kind| kind.as_str() == EncodingType::URL);
    let text = |raw: String| if encoded { utf8_percent_encode(&raw, ENCODED).to_string() } else { raw };
    let rows = page.objects.len() + page.common_prefixes.len();
    let common_prefixes =
        page.common_prefixes.into_iter().map(|prefix| CommonPrefix { prefix: Some(text(prefix)) });
    Ok(S3Response::new(ListObjectsV2Output {
        name: Some(input.bucket),
        prefix: input.prefix.map(text),
        delimiter: input.delimiter.map(text),
        start_after: input.start_after.map(text),
        continuation_token: input.continuation_token,
        encoding_type: input.encoding_type,
        max_keys: Some(max_keys),
        key_count: Some(i32::try_from(rows).unwrap_or(i32::MAX)),
        is_truncated: Some(page.next.is_some()),
        next_continuation_token: page.next.map(hex::encode),
        contents: Some(page.objects.into_iter().map(|row| of_row(row, text)).collect()),
        common_prefixes: Some(common_prefixes.collect()),
        ..ListObjectsV2Output::default()
    }))
}

fn of_row(row: Row, text: impl Fn(String) -> String) -> Object {
    Object {
        key: Some(text(row.key)),
        size: i64::try_from(row.size).ok(),
        e_tag: Some(ETag::Strong(row.etag)),
        last_modified: Some(timestamp(row.modified_at)),
        storage_class: Some(ObjectStorageClass::from_static(ObjectStorageClass::STANDARD)),
        ..Object::default()
    }
}
