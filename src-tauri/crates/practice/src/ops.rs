//! The operations of S3 over the storage. Listing is in `list`, reading in `read`, writing in `write`.

mod list;
mod read;
mod write;

use s3s::dto::*;
use s3s::{S3, S3Error, S3Request, S3Response, S3Result, s3_error};

use crate::PracticeError;
use crate::storage::Storage;

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

/// A fault of this computer, in S3's words; the client repeats the request.
fn fault(error: PracticeError) -> S3Error {
    tracing::error!("the practice bucket: {error}");
    s3_error!(error, InternalError, "The practice folder cannot be read or written.")
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

    async fn list_objects_v2(
        &self,
        req: S3Request<ListObjectsV2Input>,
    ) -> S3Result<S3Response<ListObjectsV2Output>> {
        list::page(self, req.input).await
    }

    async fn head_object(&self, req: S3Request<HeadObjectInput>) -> S3Result<S3Response<HeadObjectOutput>> {
        read::head(self, req.input).await
    }

    async fn get_object(&self, req: S3Request<GetObjectInput>) -> S3Result<S3Response<GetObjectOutput>> {
        read::get(self, req.input).await
    }

    async fn put_object(&self, req: S3Request<PutObjectInput>) -> S3Result<S3Response<PutObjectOutput>> {
        write::put(self, req).await
    }

    async fn delete_object(
        &self,
        req: S3Request<DeleteObjectInput>,
    ) -> S3Result<S3Response<DeleteObjectOutput>> {
        self.must_exist(&req.input.bucket).await?;
        self.storage.delete(&req.input.bucket, &req.input.key).await.map_err(fault)?;
        Ok(S3Response::new(DeleteObjectOutput::default()))
    }
}
