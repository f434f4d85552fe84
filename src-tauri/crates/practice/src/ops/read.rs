//! HeadObject, GetObject (whole or by a range, streamed from disk) and tags.

use hyper::HeaderMap;
use hyper::header::{ETAG, HeaderValue, IF_RANGE};
use s3s::dto::*;
use s3s::{S3Error, S3Request, S3Response, S3Result, s3_error};
use tokio::io::{AsyncReadExt, AsyncSeekExt};
use tokio_util::io::ReaderStream;

use super::conditions::{Conditions, Verdict};
use super::{PracticeStore, fault, headers, only_version, timestamp};
use crate::storage::Object;

/// Bytes in memory per read and request.
const CHUNK: usize = 128 * 1024;

/// What AWS sends for what is not there.
fn no_such_key() -> S3Error {
    s3_error!(NoSuchKey, "The specified key does not exist.")
}

pub(super) async fn find(store: &PracticeStore, bucket: &str, key: &str) -> S3Result<Object> {
    store.must_exist(bucket).await?;
    store.storage.object(bucket, key).await.map_err(fault)?.ok_or_else(no_such_key)
}

pub(super) async fn head(
    store: &PracticeStore,
    input: HeadObjectInput,
) -> S3Result<S3Response<HeadObjectOutput>> {
    only_version(input.version_id.as_deref())?;
    let object = find(store, &input.bucket, &input.key).await?;
    check(
        Conditions {
            matches: input.if_match.as_ref(),
            none_match: input.if_none_match.as_ref(),
            modified_since: input.if_modified_since.as_ref(),
            unmodified_since: input.if_unmodified_since.as_ref(),
        },
        &object,
    )?;
    let expires = headers::expires(&object.headers);
    let headers = object.headers;
    Ok(S3Response::new(HeadObjectOutput {
        accept_ranges: Some("bytes".to_owned()),
        content_length: i64::try_from(object.size).ok(),
        e_tag: Some(ETag::Strong(object.etag)),
        last_modified: Some(timestamp(object.modified_at)),
        expires,
        metadata: Some(headers.metadata.into_iter().collect()),
        content_type: asked(input.response_content_type)?.or(headers.content_type),
        content_disposition: asked(input.response_content_disposition)?.or(headers.content_disposition),
        content_encoding: asked(input.response_content_encoding)?.or(headers.content_encoding),
        content_language: asked(input.response_content_language)?.or(headers.content_language),
        cache_control: asked(input.response_cache_control)?.or(headers.cache_control),
        ..HeadObjectOutput::default()
    }))
}

/// None: a write with tags loses them.
pub(super) async fn tags(
    store: &PracticeStore,
    input: GetObjectTaggingInput,
) -> S3Result<S3Response<GetObjectTaggingOutput>> {
    only_version(input.version_id.as_deref())?;
    find(store, &input.bucket, &input.key).await?;
    Ok(S3Response::new(GetObjectTaggingOutput { tag_set: TagSet::new(), version_id: None }))
}

pub(super) async fn get(
    store: &PracticeStore,
    req: S3Request<GetObjectInput>,
) -> S3Result<S3Response<GetObjectOutput>> {
    let input = req.input;
    only_version(input.version_id.as_deref())?;
    if input.part_number.is_some() {
        return Err(s3_error!(NotImplemented, "Objects are read whole or by ranges, not by parts"));
    }
    store.must_exist(&input.bucket).await?;
    let found = store.storage.open_object(&input.bucket, &input.key).await.map_err(fault)?;
    let (object, mut file) = found.ok_or_else(no_such_key)?;
    check(
        Conditions {
            matches: input.if_match.as_ref(),
            none_match: input.if_none_match.as_ref(),
            modified_since: input.if_modified_since.as_ref(),
            unmodified_since: input.if_unmodified_since.as_ref(),
        },
        &object,
    )?;
    let range = input.range.filter(|_| is_still(&req.headers, &object));
    let range = range.map(|range| range.check(object.size)).transpose();
    let range = range.map_err(|_| s3_error!(InvalidRange, "The requested range is not satisfiable"))?;
    let (start, end) = range.as_ref().map_or((0, object.size), |range| (range.start, range.end));

    file.seek(std::io::SeekFrom::Start(start)).await.map_err(|e| fault(e.into()))?;
    let body = StreamingBlob::wrap(ReaderStream::with_capacity(file.take(end - start), CHUNK));
    let content_range = range.map(|_| format!("bytes {start}-{}/{}", end - 1, object.size));
    let expires = input.response_expires.or_else(|| headers::expires(&object.headers));
    // What the link asked for goes before what was stored.
    let headers = object.headers;
    Ok(S3Response::new(GetObjectOutput {
        accept_ranges: Some("bytes".to_owned()),
        body: Some(body),
        content_length: i64::try_from(end - start).ok(),
        content_range,
        e_tag: Some(ETag::Strong(object.etag)),
        last_modified: Some(timestamp(object.modified_at)),
        expires,
        metadata: Some(headers.metadata.into_iter().collect()),
        content_type: asked(input.response_content_type)?.or(headers.content_type),
        content_disposition: asked(input.response_content_disposition)?.or(headers.content_disposition),
        content_encoding: asked(input.response_content_encoding)?.or(headers.content_encoding),
        content_language: asked(input.response_content_language)?.or(headers.content_language),
        cache_control: asked(input.response_cache_control)?.or(headers.cache_control),
        ..GetObjectOutput::default()
    }))
}

fn check(conditions: Conditions<'_>, object: &Object) -> S3Result<()> {
    match conditions.verdict(object) {
        Verdict::GoOn => Ok(()),
        Verdict::Failed => {
            Err(s3_error!(PreconditionFailed, "At least one of the pre-conditions you specified did not hold"))
        }
        Verdict::NotModified => {
            let mut answer = s3_error!(NotModified);
            if let Ok(etag) = HeaderValue::from_str(&format!("\"{}\"", object.etag)) {
                answer.set_headers(HeaderMap::from_iter([(ETAG, etag)]));
            }
            Err(answer)
        }
    }
}

/// If-Range: a download that goes on takes up the same bytes, or starts again.
fn is_still(headers: &HeaderMap, object: &Object) -> bool {
    let Some(wanted) = headers.get(IF_RANGE).and_then(|value| value.to_str().ok()) else { return true };
    match Timestamp::parse(TimestampFormat::HttpDate, wanted) {
        Ok(at) => timestamp(object.modified_at) == at,
        Err(_) => wanted.trim_matches('"') == object.etag,
    }
}

/// A header that a link asks for. What cannot be one, such as a second line, is refused.
fn asked(value: Option<String>) -> S3Result<Option<String>> {
    match value {
        Some(value) if !value.bytes().all(|byte| matches!(byte, b' '..=b'~' | b'\t')) => {
            Err(s3_error!(InvalidArgument, "A header value cannot be represented"))
        }
        value => Ok(value),
    }
}
