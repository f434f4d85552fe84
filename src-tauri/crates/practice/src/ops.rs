//! The operations of S3 over the storage: `s3s` calls them for requests that are signed and well-formed.
//!
//! Listing is in `list`, reading in `read`, writing in `write` and `multipart`. Nothing has
//! a tag, because none is kept. What is not here (versions, policies, lifecycles) answers NotImplemented by itself, as
//! many stores do.

pub(crate) mod body;
mod conditions;
pub(crate) mod headers;
mod list;
mod multipart;
mod read;
mod write;

use hyper::StatusCode;
pub(crate) use list::encode;

use s3s::dto::*;
use s3s::{S3, S3Error, S3ErrorCode, S3Request, S3Response, S3Result, s3_error};

use crate::storage::{Storage, StorageError};

/// What `s3s` calls for each request that is signed and well-formed.
pub(crate) struct PracticeStore {
    storage: Storage,
    region: &'static str,
}

impl PracticeStore {
    pub(crate) fn new(storage: Storage, region: &'static str) -> Self {
        Self { storage, region }
    }

    async fn must_exist(&self, bucket: &str) -> S3Result<()> {
        if self.storage.has_bucket(bucket).await.map_err(fault)? {
            Ok(())
        } else {
            Err(s3_error!(NoSuchBucket, "The specified bucket does not exist"))
        }
    }
}

/// What the storage says, in S3's words.
pub(crate) fn fault(error: StorageError) -> S3Error {
    match error {
        StorageError::NoBucket => s3_error!(NoSuchBucket, "The specified bucket does not exist"),
        StorageError::NoUpload => s3_error!(NoSuchUpload, "The specified multipart upload does not exist."),
        StorageError::NoPart => {
            s3_error!(InvalidPart, "One or more of the specified parts could not be found.")
        }
        StorageError::Condition => {
            s3_error!(PreconditionFailed, "At least one of the pre-conditions you specified did not hold")
        }
        StorageError::Full => {
            // Not one of AWS's, whose disks are never full; clients do not repeat a 507.
            let code = S3ErrorCode::Custom("InsufficientStorage".into());
            let mut full = S3Error::with_message(code, "This computer's disk is full");
            full.set_status_code(StatusCode::INSUFFICIENT_STORAGE);
            full
        }
        StorageError::Disk(_) | StorageError::Index(_) => {
            tracing::error!("the practice bucket: {error}");
            s3_error!(error, InternalError, "The practice folder cannot be read or written.")
        }
    }
}

/// A key that an answer in XML can name. XML has no control characters, and no words for them: where a key is
/// only repeated it is left out, for the client knows it.
fn in_xml(key: String) -> Option<String> {
    let is_named = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..);
    key.chars().all(is_named).then_some(key)
}

/// Nothing here has versions: the only one of an object is called `null`.
fn only_version(asked: Option<&str>) -> S3Result<()> {
    match asked {
        None | Some("" | "null") => Ok(()),
        Some(_) => Err(s3_error!(NoSuchVersion, "The specified version does not exist.")),
    }
}

fn timestamp(seconds: i64) -> Timestamp {
    let seconds = u64::try_from(seconds).unwrap_or_default();
    Timestamp::from(std::time::UNIX_EPOCH + std::time::Duration::from_secs(seconds))
}

#[async_trait::async_trait]
impl S3 for PracticeStore {
    async fn list_buckets(&self, _: S3Request<ListBucketsInput>) -> S3Result<S3Response<ListBucketsOutput>> {
        let buckets = self.storage.buckets().await.map_err(fault)?;
        let buckets = buckets.into_iter().map(|(name, created_at)| Bucket {
            name: Some(name),
            creation_date: Some(timestamp(created_at)),
            ..Bucket::default()
        });
        let output = ListBucketsOutput { buckets: Some(buckets.collect()), ..ListBucketsOutput::default() };
        Ok(S3Response::new(output))
    }

    async fn create_bucket(
        &self,
        req: S3Request<CreateBucketInput>,
    ) -> S3Result<S3Response<CreateBucketOutput>> {
        if !self.storage.create_bucket(&req.input.bucket).await.map_err(fault)? {
            return Err(s3_error!(BucketAlreadyOwnedByYou));
        }
        Ok(S3Response::new(CreateBucketOutput::default()))
    }

    async fn delete_bucket(
        &self,
        req: S3Request<DeleteBucketInput>,
    ) -> S3Result<S3Response<DeleteBucketOutput>> {
        self.must_exist(&req.input.bucket).await?;
        if !self.storage.delete_bucket(&req.input.bucket).await.map_err(fault)? {
            return Err(s3_error!(BucketNotEmpty));
        }
        Ok(S3Response::new(DeleteBucketOutput::default()))
    }

    async fn head_bucket(&self, req: S3Request<HeadBucketInput>) -> S3Result<S3Response<HeadBucketOutput>> {
        self.must_exist(&req.input.bucket).await?;
        let region = Some(self.region.to_owned());
        Ok(S3Response::new(HeadBucketOutput { bucket_region: region, ..HeadBucketOutput::default() }))
    }

    async fn get_bucket_location(
        &self,
        req: S3Request<GetBucketLocationInput>,
    ) -> S3Result<S3Response<GetBucketLocationOutput>> {
        self.must_exist(&req.input.bucket).await?;
        // AWS says nothing for us-east-1, too.
        Ok(S3Response::new(GetBucketLocationOutput::default()))
    }

    /// Nothing here has versions, and none was ever asked for.
    async fn get_bucket_versioning(
        &self,
        req: S3Request<GetBucketVersioningInput>,
    ) -> S3Result<S3Response<GetBucketVersioningOutput>> {
        self.must_exist(&req.input.bucket).await?;
        Ok(S3Response::new(GetBucketVersioningOutput::default()))
    }

    async fn list_objects_v2(
        &self,
        req: S3Request<ListObjectsV2Input>,
    ) -> S3Result<S3Response<ListObjectsV2Output>> {
        list::second(self, req.input).await
    }

    async fn head_object(&self, req: S3Request<HeadObjectInput>) -> S3Result<S3Response<HeadObjectOutput>> {
        read::head(self, req.input).await
    }

    async fn get_object(&self, req: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        read::get(self, req).await
    }

    async fn get_object_tagging(
        &self,
        req: S3Request<GetObjectTaggingInput>,
    ) -> S3Result<S3Response<GetObjectTaggingOutput>> {
        read::tags(self, req.input).await
    }

    async fn put_object(&self, req: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        write::put(self, req).await
    }

    async fn delete_object(
        &self,
        req: S3Request<DeleteObjectInput>,
    ) -> S3Result<S3Response<DeleteObjectOutput>> {
        only_version(req.input.version_id.as_deref())?;
        self.must_exist(&req.input.bucket).await?;
        self.storage.delete(&req.input.bucket, &req.input.key).await.map_err(fault)?;
        Ok(S3Response::new(DeleteObjectOutput::default()))
    }

    async fn list_objects(&self, req: S3Request<ListObjectsInput>) -> S3Result<S3Response<ListObjectsOutput>> {
        list::first(self, req.input).await
    }

    async fn copy_object(&self, req: S3Request<CopyObjectInput>) -> S3Result<S3Response<CopyObjectOutput>> {
        write::copy(self, req.input).await
    }

    async fn delete_objects(
        &self,
        req: S3Request<DeleteObjectsInput>,
    ) -> S3Result<S3Response<DeleteObjectsOutput>> {
        write::delete_many(self, req.input).await
    }

    async fn create_multipart_upload(
        &self,
        req: S3Request<CreateMultipartUploadInput>,
    ) -> S3Result<S3Response<CreateMultipartUploadOutput>> {
        multipart::create(self, req.input).await
    }

    async fn upload_part(&self, req: S3Request<UploadPartInput>) -> S3Result<S3Response<UploadPartOutput>> {
        multipart::upload_part(self, req).await
    }

    async fn upload_part_copy(
        &self,
        req: S3Request<UploadPartCopyInput>,
    ) -> S3Result<S3Response<UploadPartCopyOutput>> {
        multipart::upload_part_copy(self, req.input).await
    }

    async fn complete_multipart_upload(
        &self,
        req: S3Request<CompleteMultipartUploadInput>,
    ) -> S3Result<S3Response<CompleteMultipartUploadOutput>> {
        multipart::complete(self, req.input).await
    }

    async fn abort_multipart_upload(
        &self,
        req: S3Request<AbortMultipartUploadInput>,
    ) -> S3Result<S3Response<AbortMultipartUploadOutput>> {
        multipart::abort(self, req.input).await
    }

    async fn list_parts(&self, req: S3Request<ListPartsInput>) -> S3Result<S3Response<ListPartsOutput>> {
        multipart::list_parts(self, req.input).await
    }

    async fn list_multipart_uploads(
        &self,
        req: S3Request<ListMultipartUploadsInput>,
    ) -> S3Result<S3Response<ListMultipartUploadsOutput>> {
        multipart::list_uploads(self, req.input).await
    }
}
