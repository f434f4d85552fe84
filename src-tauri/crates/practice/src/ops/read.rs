//! HeadObject and GetObject: whole or by a range, streamed from disk.

use std::collections::HashMap;

use s3s::dto::*;
use s3s::{S3Response, S3Result, s3_error};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use super::{PracticeStore, fault, timestamp};
use crate::storage::Object;

/// Bytes in memory per read and request.
const CHUNK: usize = 128 * 1024;

async fn find(store: &PracticeStore, bucket: &str, key: &str) -> S3Result<Object> {
    store.must_exist(bucket).await?;
    let found = store.storage.object(bucket, key).await.map_err(fault)?;
    found.ok_or_else(|| s3_error!(NoSuchKey, "The specified key does not exist."))
}

pub(super) async fn head(
    store: &PracticeStore,
    input: HeadObjectInput,
) -> S3Result<S3Response<HeadObjectOutput>> {
    let object = find(store, &input.bucket, &input.key).await?;
    Ok(S3Response::new(HeadObjectOutput {
        accept_ranges: Some("bytes".to_owned()),
        content_length: i64::try_from(object.size).ok(),
        e_tag: Some(ETag::Strong(object.etag)),
        last_modified: Some(timestamp(object.modified_at)),
        metadata: Some(object.headers.metadata.into_iter().collect::<HashMap<_, _>>()),
        content_type: object.headers.content_type,
        content_disposition: object.headers.content_disposition,
        content_encoding: object.headers.content_encoding,
        content_language: object.headers.content_language,
        cache_control: object.headers.cache_control,
        ..HeadObjectOutput::default()
    }))
}

pub(super) async fn get(store: &PracticeStore, input: GetObjectInput) -> S3Result<S3Response<GetObjectOutput>> {
    let object = find(store, &input.bucket, &input.key).await?;
    check_conditions(&input, &object)?;
    let range = input.range.map(|range| range.check(object.size)).transpose();
    let range = range.map_err(|_| s3_error!(InvalidRange, "The requested range is not satisfiable"))?;
    let (start, end) = range.as_ref().map_or((0, object.size), |range| (range.start, range.end));

    let mut file = store.storage.open_blob(&object).await.map_err(fault)?;
    file.seek(std::io::SeekFrom::Start(start)).await.map_err(|e| fault(e.into()))?;
    let body = StreamingBlob::wrap(ReaderStream::with_capacity(file.take(end - start), CHUNK));
    let content_range = range.map(|_| format!("bytes {start}-{}/{}", end - 1, object.size));
    // What the link asked for goes before what was stored.
    let headers = object.headers;
    Ok(S3Response::new(GetObjectOutput {
        accept_ranges: Some("bytes".to_owned()),
        body: Some(body),
        content_length: i64::try_from(end - start).ok(),
        content_range,
        e_tag: Some(ETag::Strong(object.etag)),
        last_modified: Some(timestamp(object.modified_at)),
        metadata: Some(headers.metadata.into_iter().collect()),
        content_type: input.response_content_type.or(headers.content_type),
        content_disposition: input.response_content_disposition.or(headers.content_disposition),
        content_encoding: input.response_content_encoding.or(headers.content_encoding),
        content_language: input.response_content_language.or(headers.content_language),
        cache_control: input.response_cache_control.or(headers.cache_control),
        ..GetObjectOutput::default()
    }))
}

/// RFC 9110, section 13.2.2: the ETag goes before the date.
fn check_conditions(input: &GetObjectInput, object: &Object) -> S3Result<()> {
    let etag = ETag::Strong(object.etag.clone());
    let is = |condition: &ETagCondition| condition.as_etag().is_none_or(|wanted| wanted.weak_cmp(&etag));
    if input.if_match.as_ref().is_some_and(|condition| !is(condition)) {
        return Err(s3_error!(PreconditionFailed));
    }
    let unchanged_since = |at: &Timestamp| timestamp(object.modified_at) <= *at;
    if input.if_match.is_none() && input.if_unmodified_since.as_ref().is_some_and(|at| !unchanged_since(at)) {
        return Err(s3_error!(PreconditionFailed));
    }
    let not_modified = match &input.if_none_match {
        Some(condition) => is(condition),
        None => input.if_modified_since.as_ref().is_some_and(unchanged_since),
    };
    if not_modified { Err(s3_error!(NotModified)) } else { Ok(()) }
}
