//! Copies of objects that are too large for one request: the server copies ranges, several at a time.

use std::ops::Range;
use std::sync::atomic::{AtomicU64, Ordering};

use aws_sdk_s3::Config;
use aws_sdk_s3::config::retry::RetryConfig;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::complete_multipart_upload::CompleteMultipartUploadError;
use aws_sdk_s3::operation::create_multipart_upload::CreateMultipartUploadOutput;
use aws_sdk_s3::operation::head_object::HeadObjectOutput;
use aws_sdk_s3::types::{CompletedMultipartUpload, CompletedPart};
use aws_smithy_types::date_time::{DateTime, Format};
use futures_util::{StreamExt, TryStreamExt};
use guestpass_core::{Error, Kind, Result};
use percent_encoding::{NON_ALPHANUMERIC, utf8_percent_encode};

use super::{CopyJob, Looked, Made, kms, size_of};
use crate::error::of_sdk;
use crate::upload::{Attempts, status_of};

/// Ranges of one object that are copied at the same time.
const PARTS_AT_ONCE: usize = 4;

/// The most parts that an object may be made of
/// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html>).
const MAX_PARTS: u64 = 10_000;

impl CopyJob<'_> {
    pub(super) async fn in_parts(&self, original: &HeadObjectOutput) -> Result<Made> {
        let tags = self.tags(original).await?;
        self.witness.begins(self.store.clock.now()).await;
        let begun = self.create(original, tags).await?;
        let id = begun.upload_id().filter(|id| !id.is_empty());
        let id = id.ok_or_else(|| Error::from(Kind::ServerFault).with_detail("an upload without an id"))?;
        self.witness.began(id).await;
        let done = AtomicU64::default();
        let size = size_of(original);
        let part = self.limits.part.max(size.div_ceil(MAX_PARTS));
        let ranges = (0..size.div_ceil(part)).map(|at| at * part..((at + 1) * part).min(size));
        let each: Vec<_> =
            ranges.zip(1..).map(|(range, number)| self.part(original, id, number, range, &done)).collect();
        let copying = futures_util::stream::iter(each).buffer_unordered(PARTS_AT_ONCE).try_collect();
        let mut parts: Vec<CompletedPart> = tokio::select! {
            parts = copying => parts?,
            () = self.witness.stopped() => return Err(Kind::Cancelled.into()),
        };
        parts.sort_unstable_by_key(CompletedPart::part_number);
        // Copying took a while, and not every server knows the condition.
        match self.look().await? {
            Looked::Something(_) if self.copy.asked_at.is_some() => Ok(Made::TakenOrOurs),
            Looked::Something(_) => Ok(Made::Taken),
            looked => tokio::select! {
                made = self.complete(id, parts, &looked) => made,
                () = self.given_up() => Ok(Made::Unknown),
            },
        }
    }

    /// What a copy in one request would take with it.
    async fn create(
        &self,
        original: &HeadObjectOutput,
        tags: Option<String>,
    ) -> Result<CreateMultipartUploadOutput> {
        let text = |value: Option<&str>| value.map(str::to_owned);
        let request = self.client.create_multipart_upload();
        let request = request
            .bucket(self.copy.bucket.as_str())
            .key(self.copy.to.as_str())
            .set_content_type(text(original.content_type()))
            .set_content_disposition(text(original.content_disposition()))
            .set_content_encoding(text(original.content_encoding()))
            .set_content_language(text(original.content_language()))
            .set_cache_control(text(original.cache_control()))
            .set_expires(original.expires_string().and_then(|at| DateTime::from_str(at, Format::HttpDate).ok()))
            .set_metadata(original.metadata().cloned())
            .set_storage_class(original.storage_class().cloned())
            .set_website_redirect_location(text(original.website_redirect_location()))
            .set_server_side_encryption(kms(original))
            .set_ssekms_key_id(kms(original).and(text(original.ssekms_key_id())))
            .set_bucket_key_enabled(kms(original).and(original.bucket_key_enabled()))
            .set_tagging(tags);
        // Once: each repetition could begin one more, of which no name comes.
        let once = Config::builder().retry_config(RetryConfig::disabled());
        let answer = request.customize().config_override(once).send().await;
        answer.map_err(|e| of_sdk(e, self.writing()))
    }

    /// The tags of the original as a query. Who may not read them may not make a copy without them: how many there
    /// are is told to those alone who may.
    async fn tags(&self, original: &HeadObjectOutput) -> Result<Option<String>> {
        if original.tag_count().is_some_and(|count| count == 0) {
            return Ok(None);
        }
        let request =
            self.client.get_object_tagging().bucket(self.copy.bucket.as_str()).key(self.copy.from.as_str());
        let answer = request.send().await;
        let tags = match (status_of(&answer), answer) {
            (_, Ok(answer)) => answer.tag_set,
            // It has none, or its server knows none.
            (Some(404 | 405 | 501), Err(_)) => Vec::new(),
            (_, Err(e)) if e.code() == Some("NoSuchTagSet") => Vec::new(),
            (_, Err(e)) => return Err(of_sdk(e, self.reading())),
        };
        let encoded = |text: &str| utf8_percent_encode(text, NON_ALPHANUMERIC).to_string();
        let pairs = tags.iter().map(|tag| format!("{}={}", encoded(tag.key()), encoded(tag.value())));
        let query = pairs.collect::<Vec<_>>().join("&");
        Ok(Some(query).filter(|query| !query.is_empty()))
    }

    async fn part(
        &self,
        original: &HeadObjectOutput,
        id: &str,
        number: i32,
        range: Range<u64>,
        done: &AtomicU64,
    ) -> Result<CompletedPart> {
        let request = self.client.upload_part_copy();
        let request = request
            .bucket(self.copy.bucket.as_str())
            .key(self.copy.to.as_str())
            .upload_id(id)
            .part_number(number)
            .copy_source(self.source())
            .copy_source_range(format!("bytes={}-{}", range.start, range.end - 1))
            .set_copy_source_if_match(original.e_tag().map(str::to_owned));
        let answer = request.customize().config_override(self.limits.for_whole_objects()).send().await;
        let answer = match (status_of(&answer), answer) {
            (_, Ok(answer)) => answer,
            (Some(412), Err(_)) => return Err(self.changed()),
            (_, Err(e)) => return Err(self.refused(e)),
        };
        let length = range.end - range.start;
        self.witness.copied(done.fetch_add(length, Ordering::Relaxed) + length);
        let made =
            answer.copy_part_result.unwrap_or_else(|| aws_sdk_s3::types::CopyPartResult::builder().build());
        Ok(CompletedPart::builder()
            .part_number(number)
            .set_e_tag(made.e_tag)
            .set_checksum_crc64_nvme(made.checksum_crc64_nvme)
            .set_checksum_crc32(made.checksum_crc32)
            .set_checksum_crc32_c(made.checksum_crc32_c)
            .set_checksum_sha1(made.checksum_sha1)
            .set_checksum_sha256(made.checksum_sha256)
            .build())
    }

    async fn complete(&self, id: &str, parts: Vec<CompletedPart>, looked: &Looked) -> Result<Made> {
        self.witness.asks(self.store.clock.now());
        let attempts = Attempts::default();
        let mut answer = self.put_together(id, parts.clone(), true, attempts.clone()).await;
        if status_of(&answer) == Some(501) && matches!(looked, Looked::Nothing) {
            answer = self.put_together(id, parts, false, attempts.clone()).await;
        }
        match (status_of(&answer), answer) {
            (_, Ok(())) => Ok(Made::Stored),
            (Some(409 | 412), Err(e)) => self.conflict(e, attempts.were_several()).await,
            // The answer of an earlier attempt may be lost, and then there is no such upload any more.
            (_, Err(e)) if e.code() == Some("NoSuchUpload") => match self.look().await? {
                Looked::Something(_) => Ok(Made::TakenOrOurs),
                _ => Err(self.refused(e)),
            },
            (_, Err(e)) => Err(self.refused(e)),
        }
    }

    async fn put_together(
        &self,
        id: &str,
        parts: Vec<CompletedPart>,
        only_new: bool,
        attempts: Attempts,
    ) -> Result<(), SdkError<CompleteMultipartUploadError>> {
        let request = self.client.complete_multipart_upload();
        let request = request
            .bucket(self.copy.bucket.as_str())
            .key(self.copy.to.as_str())
            .upload_id(id)
            .multipart_upload(CompletedMultipartUpload::builder().set_parts(Some(parts)).build())
            .set_if_none_match(only_new.then(|| "*".to_owned()));
        let how = self.limits.for_whole_objects().interceptor(attempts);
        request.customize().config_override(how).send().await.map(drop)
    }
}
