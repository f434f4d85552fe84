//! PutObject, CopyObject, DeleteObjects: what changes what is under a key, whole.

use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, s3_error};

use super::body::{MAX_BYTES, Promise, receive};
use super::conditions::{self, Conditions, Verdict};
use super::{PracticeStore, fault, headers, in_xml, only_version, read, timestamp};
use crate::storage::Object as Row;

/// The most keys that go in one DeleteObjects.
const MAX_DELETED: usize = 1_000;

pub(super) async fn put(
    store: &PracticeStore,
    req: S3Request<PutObjectInput>,
) -> S3Result<S3Response<PutObjectOutput>> {
    let mut input = req.input;
    store.must_exist(&input.bucket).await?;
    let condition = conditions::of_write(input.if_match.as_ref(), input.if_none_match.as_ref())?;
    let headers = headers::of_put(&input)?;
    let promise =
        Promise::new(input.content_length, input.content_md5.take(), &req.headers, req.trailing_headers);
    let (staged, sums) = receive(store, input.body.take(), promise).await?;
    let stored = store.storage.store(&input.bucket, &input.key, staged, headers, condition).await;
    let object = stored.map_err(fault)?;
    Ok(S3Response::new(PutObjectOutput {
        e_tag: Some(ETag::Strong(object.etag)),
        checksum_crc32: sums.checksum_crc32,
        checksum_crc32c: sums.checksum_crc32c,
        checksum_crc64nvme: sums.checksum_crc64nvme,
        checksum_sha1: sums.checksum_sha1,
        checksum_sha256: sums.checksum_sha256,
        ..PutObjectOutput::default()
    }))
}

/// The object that a copy is made of, if the conditions of the request hold.
pub(super) async fn source(
    store: &PracticeStore,
    source: &CopySource,
    conditions: Conditions<'_>,
) -> S3Result<(String, Row)> {
    let CopySource::Bucket { bucket, key, version_id } = source else {
        return Err(s3_error!(NotImplemented, "Copies are made from buckets only"));
    };
    only_version(version_id.as_deref())?;
    let object = read::find(store, bucket, key).await?;
    match conditions.verdict(&object) {
        Verdict::GoOn => Ok((bucket.to_string(), object)),
        Verdict::Failed | Verdict::NotModified => {
            Err(s3_error!(PreconditionFailed, "At least one of the pre-conditions you specified did not hold"))
        }
    }
}

pub(super) async fn copy(
    store: &PracticeStore,
    input: CopyObjectInput,
) -> S3Result<S3Response<CopyObjectOutput>> {
    store.must_exist(&input.bucket).await?;
    let conditions = Conditions {
        matches: input.copy_source_if_match.as_ref(),
        none_match: input.copy_source_if_none_match.as_ref(),
        modified_since: input.copy_source_if_modified_since.as_ref(),
        unmodified_since: input.copy_source_if_unmodified_since.as_ref(),
    };
    let (bucket, object) = source(store, &input.copy_source, conditions).await?;
    let replaces =
        input.metadata_directive.as_ref().is_some_and(|said| said.as_str() == MetadataDirective::REPLACE);
    if !replaces && bucket == input.bucket && object.key == input.key {
        return Err(s3_error!(InvalidRequest, "A copy of an object to itself must change something about it"));
    }
    if object.size > MAX_BYTES {
        return Err(s3_error!(InvalidRequest, "The copy source is larger than the maximum of 5 GB"));
    }
    let headers = if replaces { headers::of_copy(&input)? } else { object.headers.clone() };
    let copied = store.storage.copy(&object, &input.bucket, &input.key, headers).await.map_err(fault)?;
    let result = CopyObjectResult {
        e_tag: Some(ETag::Strong(copied.etag)),
        last_modified: Some(timestamp(copied.modified_at)),
        ..CopyObjectResult::default()
    };
    Ok(S3Response::new(CopyObjectOutput { copy_object_result: Some(result), ..CopyObjectOutput::default() }))
}

pub(super) async fn delete_many(
    store: &PracticeStore,
    input: DeleteObjectsInput,
) -> S3Result<S3Response<DeleteObjectsOutput>> {
    store.must_exist(&input.bucket).await?;
    let Delete { objects, quiet } = input.delete;
    if objects.is_empty() || objects.len() > MAX_DELETED {
        return Err(s3_error!(MalformedXML, "Between 1 and 1000 keys can be deleted at once"));
    }
    let (mut deleted, mut errors) = (Vec::new(), Vec::new());
    for object in objects {
        let done = match only_version(object.version_id.as_deref()) {
            Ok(()) => store.storage.delete(&input.bucket, &object.key).await.map_err(fault),
            Err(refused) => Err(refused),
        };
        match done {
            Ok(()) if quiet == Some(true) => {}
            Ok(()) => deleted.extend(
                in_xml(object.key).map(|key| DeletedObject { key: Some(key), ..DeletedObject::default() }),
            ),
            Err(refused) => errors.push(Error {
                code: Some(refused.code().as_str().to_owned()),
                message: refused.message().map(str::to_owned),
                key: in_xml(object.key),
                version_id: object.version_id,
            }),
        }
    }
    let output = DeleteObjectsOutput { deleted: Some(deleted), errors: Some(errors), ..Default::default() };
    Ok(S3Response::new(output))
}
