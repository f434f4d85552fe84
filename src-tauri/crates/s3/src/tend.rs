//! Making what is there fit to be lent: copies under another name, and objects back from the archive.

use async_trait::async_trait;
use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::copy_object::CopyObjectError;
use aws_sdk_s3::types::{GlacierJobParameters, RestoreRequest, Tier};
use guestpass_core::ports::{CopyOutcome, CopyWhole, CopyWitness, Deleted, Doomed, PutOutcome, Tend};
use guestpass_core::{Action, BucketName, Error, Keeps, Kind, Object, ObjectKey, Result, VersionId};
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};

use crate::S3Store;
use crate::copying::CopyJob;
use crate::error::{Asked, of_sdk};
use crate::limits::Copies;
use crate::upload::{exists, status_of};

/// The source of a copy is named in a header, percent-encoded.
const SOURCE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

#[async_trait]
impl Tend for S3Store {
    async fn copy_new(&self, bucket: &BucketName, from: &ObjectKey, to: &ObjectKey) -> Result<PutOutcome> {
        let client = self.regions.of(bucket, &self.profile).await?.client;
        // Servers that do not know `If-None-Match` on a copy ignore it, so the key is looked at first as well.
        if exists(&client, bucket, to).await {
            return Ok(PutOutcome::Taken);
        }
        let copies = self.limits.copies;
        let mut answer = copy(&client, copies, bucket, from, to, true).await;
        if status_of(&answer) == Some(501) {
            answer = copy(&client, copies, bucket, from, to, false).await;
        }
        match answer {
            Ok(()) => Ok(PutOutcome::Stored),
            answer if matches!(status_of(&answer), Some(409 | 412)) => Ok(PutOutcome::Taken),
            Err(e) => Err(of_sdk(e, Asked::object(Action::Write, &self.profile, bucket, to))),
        }
    }

    fn copy_limit(&self) -> u64 {
        self.limits.copies.in_one
    }

    async fn copy_whole(&self, copy: CopyWhole<'_>, witness: &dyn CopyWitness) -> Result<CopyOutcome> {
        CopyJob::new(self, copy, witness).await?.run().await
    }

    async fn remove_copied(&self, bucket: &BucketName, key: &ObjectKey, etag: &str) -> Result<()> {
        self.remove_if(bucket, key, etag).await
    }

    async fn keeps(&self, bucket: &BucketName) -> Result<Keeps> {
        self.versioning(bucket).await
    }

    async fn look(&self, bucket: &BucketName, keys: &[ObjectKey]) -> Result<Vec<Result<Option<Object>>>> {
        self.look_at(bucket, keys).await
    }

    async fn delete_many(
        &self,
        bucket: &BucketName,
        doomed: &[Doomed],
        since: Option<Timestamp>,
    ) -> Result<Vec<Result<Deleted>>> {
        self.delete_all(bucket, doomed, since).await
    }

    async fn bring_back(
        &self,
        bucket: &BucketName,
        key: &ObjectKey,
        version: Option<&VersionId>,
        days: u32,
    ) -> Result<()> {
        let client = self.regions.of(bucket, &self.profile).await?.client;
        let job = GlacierJobParameters::builder().tier(Tier::Standard).build();
        let job = job.map_err(|e| Error::from(Kind::Internal).with_source(e))?;
        let how =
            RestoreRequest::builder().days(days.try_into().unwrap_or(i32::MAX)).glacier_job_parameters(job);
        let request = client
            .restore_object()
            .bucket(bucket.as_str())
            .key(key.as_str())
            .set_version_id(version.map(|version| version.as_str().to_owned()))
            .restore_request(how.build());
        match request.send().await {
            Ok(_) => Ok(()),
            Err(e) if e.code() == Some("RestoreAlreadyInProgress") => Ok(()),
            Err(e) => Err(of_sdk(e, Asked::object(Action::Restore, &self.profile, bucket, key))),
        }
    }
}

async fn copy(
    client: &Client,
    copies: Copies,
    bucket: &BucketName,
    from: &ObjectKey,
    to: &ObjectKey,
    only_new: bool,
) -> Result<(), SdkError<CopyObjectError>> {
    let between = if bucket.as_str().starts_with("arn:") { "/object/" } else { "/" };
    let source = format!("{bucket}{between}{}", from.as_str());
    let request = client
        .copy_object()
        .bucket(bucket.as_str())
        .copy_source(utf8_percent_encode(&source, SOURCE).to_string())
        .key(to.as_str())
        .set_if_none_match(only_new.then(|| "*".to_owned()));
    request.customize().config_override(copies.for_whole_objects()).send().await.map(drop)
}
