//! Multipart uploads: begun, sent part by part, completed or aborted, and listed on the way.
//! <https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html>

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};
use tokio::io::{AsyncReadExt, AsyncSeekExt};

use super::body::{Promise, receive};
use super::conditions::{self, Conditions};
use super::list::{encode, texts};
use super::{PracticeStore, fault, headers, in_xml, timestamp, write};
use crate::storage::{Assembly, Part as Row, StorageError};

/// Every part but the last is at least so large.
const MIN_PART: u64 = 5 * 1024 * 1024;

/// Parts are numbered from 1 to this.
const MAX_PARTS: i32 = 10_000;

/// Rows on one page of a listing.
const MAX_ROWS: i32 = 1_000;

/// Bytes in memory while a part is copied.
const CHUNK: usize = 256 * 1024;

pub(super) async fn create(
    store: &PracticeStore,
    input: CreateMultipartUploadInput,
) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
    let headers = headers::of_upload(&input)?;
    let id = store.storage.begin(&input.bucket, &input.key, headers).await.map_err(fault)?;
    Ok(S3Response::new(CreateMultipartUploadOutput {
        bucket: Some(input.bucket),
        key: in_xml(input.key),
        upload_id: Some(id),
        checksum_algorithm: input.checksum_algorithm,
        checksum_type: input.checksum_type,
        ..CreateMultipartUploadOutput::default()
    }))
}

pub(super) async fn upload_part(
    store: &PracticeStore,
    req: S3Request<UploadPartInput>,
) -> S3Result<S3Response<UploadPartOutput>> {
    let mut input = req.input;
    check_number(input.part_number)?;
    // Before the bytes, not only behind them: they may be many.
    store.storage.parts(&input.bucket, &input.key, &input.upload_id).await.map_err(fault)?;
    let promise =
        Promise::new(input.content_length, input.content_md5.take(), &req.headers, req.trailing_headers);
    let (staged, sums) = receive(store, input.body.take(), promise).await?;
    let part = store.storage.store_part(&input.upload_id, input.part_number, staged).await.map_err(fault)?;
    Ok(S3Response::new(UploadPartOutput {
        e_tag: Some(ETag::Strong(part.etag)),
        checksum_crc32: sums.checksum_crc32,
        checksum_crc32c: sums.checksum_crc32c,
        checksum_crc64nvme: sums.checksum_crc64nvme,
        checksum_sha1: sums.checksum_sha1,
        checksum_sha256: sums.checksum_sha256,
        ..UploadPartOutput::default()
    }))
}

pub(super) async fn upload_part_copy(
    store: &PracticeStore,
    input: UploadPartCopyInput,
) -> S3Result<S3Response<UploadPartCopyOutput>> {
    check_number(input.part_number)?;
    store.storage.parts(&input.bucket, &input.key, &input.upload_id).await.map_err(fault)?;
    let conditions = Conditions {
        matches: input.copy_source_if_match.as_ref(),
        none_match: input.copy_source_if_none_match.as_ref(),
        modified_since: input.copy_source_if_modified_since.as_ref(),
        unmodified_since: input.copy_source_if_unmodified_since.as_ref(),
    };
    let (bucket, source) = write::source(store, &input.copy_source, conditions).await?;
    let range = input.copy_source_range.as_deref().map(Range::parse).transpose();
    let range = range.map_err(|_| s3_error!(InvalidArgument, "The x-amz-copy-source-range is not valid"))?;
    let range = range.map(|range| range.check(source.size)).transpose();
    let range = range.map_err(|_| s3_error!(InvalidRange, "The requested range is not satisfiable"))?;
    let (start, end) = range.map_or((0, source.size), |range| (range.start, range.end));

    let opened = store.storage.open_object(&bucket, &source.key).await.map_err(fault)?;
    let (_, mut file) = opened
        .filter(|(object, _)| object.etag == source.etag)
        .ok_or_else(|| s3_error!(PreconditionFailed, "The copy source was changed meanwhile"))?;
    file.seek(std::io::SeekFrom::Start(start)).await.map_err(|e| fault(e.into()))?;
    let mut bytes = file.take(end - start);
    let mut staging = store.storage.stage().await.map_err(fault)?;
    let mut buffer = vec![0; CHUNK];
    loop {
        let read = bytes.read(&mut buffer).await.map_err(|e| fault(e.into()))?;
        if read == 0 {
            break;
        }
        staging.write(&buffer[..read]).await.map_err(|e| fault(e.into()))?;
    }
    let staged = staging.finish().await.map_err(|e| fault(e.into()))?;
    let part = store.storage.store_part(&input.upload_id, input.part_number, staged).await.map_err(fault)?;
    let result = CopyPartResult {
        e_tag: Some(ETag::Strong(part.etag)),
        last_modified: Some(timestamp(part.modified_at)),
        ..CopyPartResult::default()
    };
    Ok(S3Response::new(UploadPartCopyOutput { copy_part_result: Some(result), ..Default::default() }))
}

pub(super) async fn complete(
    store: &PracticeStore,
    input: CompleteMultipartUploadInput,
) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
    let there = store.storage.parts(&input.bucket, &input.key, &input.upload_id).await.map_err(fault)?;
    let named = input.multipart_upload.and_then(|upload| upload.parts).unwrap_or_default();
    let parts = chosen(&named, &there)?;
    let size: u64 = parts.iter().map(|part| part.size).sum();
    if input.mpu_object_size.is_some_and(|promised| u64::try_from(promised) != Ok(size)) {
        return Err(s3_error!(InvalidRequest, "The parts together have another size than was promised"));
    }
    let condition = conditions::of_write(input.if_match.as_ref(), input.if_none_match.as_ref())?;
    let assembly = Assembly { parts, condition };
    let completed = store.storage.complete(&input.bucket, &input.key, &input.upload_id, assembly).await;
    let object = completed.map_err(fault)?;
    Ok(S3Response::new(CompleteMultipartUploadOutput {
        location: Some(format!("/{}/{}", input.bucket, encode(&input.key))),
        bucket: Some(input.bucket),
        key: in_xml(input.key),
        e_tag: Some(ETag::Strong(object.etag)),
        ..CompleteMultipartUploadOutput::default()
    }))
}

/// The parts that a client names, if they are there, in order and large enough.
fn chosen(named: &[CompletedPart], there: &[Row]) -> S3Result<Vec<Row>> {
    if named.is_empty() {
        return Err(s3_error!(MalformedXML, "You must specify at least one part"));
    }
    let numbers: Vec<i32> = named.iter().map(|part| part.part_number.unwrap_or_default()).collect();
    if !numbers.is_sorted_by(|one, next| one < next) {
        return Err(s3_error!(InvalidPartOrder, "The list of parts was not in ascending order."));
    }
    let mut parts = Vec::with_capacity(named.len());
    for (wanted, number) in named.iter().zip(numbers) {
        let same_etag = |part: &&Row| wanted.e_tag.as_ref().is_some_and(|etag| etag.value() == part.etag);
        let found = there.iter().find(|part| part.number == number).filter(same_etag);
        parts.push(found.cloned().ok_or_else(|| fault(StorageError::NoPart))?);
    }
    if parts.iter().rev().skip(1).any(|part| part.size < MIN_PART) {
        return Err(s3_error!(EntityTooSmall, "Your proposed upload is smaller than the minimum allowed size"));
    }
    Ok(parts)
}

pub(super) async fn abort(
    store: &PracticeStore,
    input: AbortMultipartUploadInput,
) -> S3Result<S3Response<AbortMultipartUploadOutput>> {
    store.storage.abort(&input.bucket, &input.key, &input.upload_id).await.map_err(fault)?;
    Ok(S3Response::new(AbortMultipartUploadOutput::default()))
}

pub(super) async fn list_parts(
    store: &PracticeStore,
    input: ListPartsInput,
) -> S3Result<S3Response<ListPartsOutput>> {
    let there = store.storage.parts(&input.bucket, &input.key, &input.upload_id).await.map_err(fault)?;
    let marker = input.part_number_marker.unwrap_or_default();
    let max_parts = input.max_parts.unwrap_or(MAX_ROWS).clamp(1, MAX_ROWS);
    let mut rows: Vec<&Row> = there.iter().filter(|part| part.number > marker).collect();
    let is_truncated = rows.len() > max_parts.unsigned_abs() as usize;
    rows.truncate(max_parts.unsigned_abs() as usize);
    let next = rows.last().filter(|_| is_truncated).map(|part| part.number);
    let parts = rows.into_iter().map(|part| Part {
        part_number: Some(part.number),
        size: i64::try_from(part.size).ok(),
        e_tag: Some(ETag::Strong(part.etag.clone())),
        last_modified: Some(timestamp(part.modified_at)),
        ..Part::default()
    });
    Ok(S3Response::new(ListPartsOutput {
        parts: Some(parts.collect()),
        bucket: Some(input.bucket),
        key: in_xml(input.key),
        upload_id: Some(input.upload_id),
        max_parts: Some(max_parts),
        part_number_marker: Some(marker),
        next_part_number_marker: next,
        is_truncated: Some(is_truncated),
        storage_class: Some(StorageClass::from_static(StorageClass::STANDARD)),
        ..ListPartsOutput::default()
    }))
}

pub(super) async fn list_uploads(
    store: &PracticeStore,
    input: ListMultipartUploadsInput,
) -> S3Result<S3Response<ListMultipartUploadsOutput>> {
    store.must_exist(&input.bucket).await?;
    if input.delimiter.is_some() {
        return Err(s3_error!(NotImplemented, "Uploads are listed without a delimiter"));
    }
    let max_uploads = input.max_uploads.unwrap_or(MAX_ROWS).clamp(1, MAX_ROWS);
    let limit = max_uploads.unsigned_abs() as usize;
    let after = (input.key_marker.clone().unwrap_or_default(), input.upload_id_marker.clone());
    let prefix = input.prefix.clone().unwrap_or_default();
    let found = store.storage.uploads(&input.bucket, &prefix, after, limit + 1).await;
    let mut found = found.map_err(fault)?;
    let is_truncated = found.len() > limit;
    found.truncate(limit);
    let text = texts(input.encoding_type.as_ref(), found.iter().map(|upload| upload.key.as_str()))?;
    let last = found.last().filter(|_| is_truncated).cloned();
    let uploads = found.into_iter().map(|upload| MultipartUpload {
        key: Some(text(upload.key)),
        upload_id: Some(upload.id),
        initiated: Some(timestamp(upload.started_at)),
        storage_class: Some(StorageClass::from_static(StorageClass::STANDARD)),
        ..MultipartUpload::default()
    });
    Ok(S3Response::new(ListMultipartUploadsOutput {
        uploads: Some(uploads.collect()),
        bucket: Some(input.bucket),
        prefix: input.prefix.map(text),
        key_marker: input.key_marker.map(text),
        upload_id_marker: input.upload_id_marker,
        next_upload_id_marker: last.as_ref().map(|upload| upload.id.clone()),
        next_key_marker: last.map(|upload| text(upload.key)),
        max_uploads: Some(max_uploads),
        is_truncated: Some(is_truncated),
        encoding_type: input.encoding_type,
        ..ListMultipartUploadsOutput::default()
    }))
}

fn check_number(number: i32) -> S3Result<()> {
    if (1..=MAX_PARTS).contains(&number) {
        return Ok(());
    }
    Err(s3_error!(InvalidArgument, "Part number must be an integer between 1 and 10000, inclusive"))
}
