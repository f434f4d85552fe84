//! A file in parts: several at a time, put together at the end, and given up without a trace where that fails.

use std::ops::Range;

use aws_sdk_s3::Client;
use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::operation::complete_multipart_upload::CompleteMultipartUploadError;
use aws_sdk_s3::types::{ChecksumAlgorithm, ChecksumType, CompletedMultipartUpload, CompletedPart};
use futures_util::{StreamExt, TryStreamExt};
use guestpass_core::ports::PutOutcome;
use guestpass_core::{Error, Kind, Result};
use tokio::runtime::Handle;

use super::body::{Crc, stream};
use super::{Job, MARK, is_taken, plan, status_of};
use crate::error::of_sdk;
use crate::limits::{for_body_of, for_whole_objects};

/// A part that the server has.
struct Arrived {
    number: i32,
    e_tag: Option<String>,
    crc: Crc,
}

impl Job<'_> {
    pub(super) async fn in_parts(&self) -> Result<PutOutcome> {
        let mut unfinished = self.begin().await?;
        let outcome = self.carry_through(&unfinished.id).await;
        match outcome {
            Ok(PutOutcome::Stored) => unfinished.is_over = true,
            Ok(PutOutcome::Taken) | Err(_) => unfinished.abort().await,
        }
        outcome
    }

    async fn begin(&self) -> Result<Unfinished> {
        let mut answer = self.create().await;
        while self.uploads.ask_less(&answer) {
            answer = self.create().await;
        }
        let id = answer.map_err(|e| of_sdk(e, self.asked()))?.upload_id;
        let id = id.ok_or_else(|| Error::from(Kind::ServerFault).with_detail("an upload without an id"))?;
        let (bucket, key) = (self.put.bucket.as_str().to_owned(), self.put.key.as_str().to_owned());
        Ok(Unfinished { client: self.client.clone(), bucket, key, id, is_over: false })
    }

    async fn create(
        &self,
    ) -> Result<
        aws_sdk_s3::operation::create_multipart_upload::CreateMultipartUploadOutput,
        SdkError<aws_sdk_s3::operation::create_multipart_upload::CreateMultipartUploadError>,
    > {
        let has_sums = self.uploads.checksum(Crc::of(b"")).is_some();
        let request = self.client.create_multipart_upload();
        let request = request
            .bucket(self.put.bucket.as_str())
            .key(self.put.key.as_str())
            .content_type(self.put.content_type)
            .metadata(MARK, &self.mark)
            .set_checksum_algorithm(has_sums.then_some(ChecksumAlgorithm::Crc64Nvme))
            .set_checksum_type(has_sums.then_some(ChecksumType::FullObject));
        request.customize().config_override(for_body_of(0)).send().await
    }

    async fn carry_through(&self, id: &str) -> Result<PutOutcome> {
        let ranges = plan::parts(self.put.size).zip(1..);
        let sending = futures_util::stream::iter(ranges.map(|(range, number)| self.part(id, number, range)));
        let mut arrived: Vec<Arrived> = sending.buffer_unordered(plan::PARTS_AT_ONCE).try_collect().await?;
        arrived.sort_unstable_by_key(|part| part.number);
        self.source.recheck().await?;
        let mut answer = self.complete(id, &arrived).await;
        while self.uploads.ask_less(&answer) {
            answer = self.complete(id, &arrived).await;
        }
        let status = status_of(&answer);
        match answer {
            Ok(()) => Ok(PutOutcome::Stored),
            // A completion that was answered into the void is answered "no such upload" when it is repeated.
            Err(_) if self.has_arrived().await => Ok(PutOutcome::Stored),
            Err(_) if is_taken(status) => Ok(PutOutcome::Taken),
            Err(e) => Err(of_sdk(e, self.asked())),
        }
    }

    async fn part(&self, id: &str, number: i32, range: Range<u64>) -> Result<Arrived> {
        let size = range.end - range.start;
        let _room = self.uploads.room_for(size).await?;
        let bytes = self.source.read(range).await?;
        let crc = Crc::of(&bytes);
        let request = self.client.upload_part().bucket(self.put.bucket.as_str()).key(self.put.key.as_str());
        let request = request
            .upload_id(id)
            .part_number(number)
            .content_length(size.try_into().unwrap_or(i64::MAX))
            .set_checksum_crc64_nvme(self.uploads.checksum(crc))
            .body(stream(bytes, &self.progress));
        let sent = request.customize().config_override(for_body_of(size)).send().await;
        let e_tag = sent.map_err(|e| of_sdk(e, self.asked()))?.e_tag;
        Ok(Arrived { number, e_tag, crc })
    }

    /// With the checksum of the whole, so that the server tells a part too few or in the wrong place.
    async fn complete(
        &self,
        id: &str,
        arrived: &[Arrived],
    ) -> Result<(), SdkError<CompleteMultipartUploadError>> {
        let whole = arrived.iter().fold(Crc::of(b""), |sum, part| sum.then(part.crc));
        let checksum = self.uploads.checksum(whole);
        let parts = arrived.iter().map(|part| {
            let listed = CompletedPart::builder().part_number(part.number).set_e_tag(part.e_tag.clone());
            listed.set_checksum_crc64_nvme(self.uploads.checksum(part.crc)).build()
        });
        let parts = CompletedMultipartUpload::builder().set_parts(Some(parts.collect())).build();
        let request = self.client.complete_multipart_upload();
        let request = request
            .bucket(self.put.bucket.as_str())
            .key(self.put.key.as_str())
            .upload_id(id)
            .multipart_upload(parts)
            .set_if_none_match(self.uploads.only_new())
            .set_checksum_type(checksum.is_some().then_some(ChecksumType::FullObject))
            .set_checksum_crc64_nvme(checksum);
        request.customize().config_override(for_whole_objects()).send().await.map(drop)
    }
}

/// A multipart upload that has not come to its end. Its parts would cost money for ever, so they go on every way out.
struct Unfinished {
    client: Client,
    bucket: String,
    key: String,
    id: String,
    is_over: bool,
}

impl Unfinished {
    async fn abort(&mut self) {
        self.is_over = true;
        abort(&self.client, &self.bucket, &self.key, &self.id).await;
    }
}

impl Drop for Unfinished {
    /// The future was dropped: somebody cancelled.
    fn drop(&mut self) {
        if self.is_over {
            return;
        }
        if let Ok(runtime) = Handle::try_current() {
            let (client, bucket) = (self.client.clone(), std::mem::take(&mut self.bucket));
            let (key, id) = (std::mem::take(&mut self.key), std::mem::take(&mut self.id));
            runtime.spawn(async move { abort(&client, &bucket, &key, &id).await });
        }
    }
}

async fn abort(client: &Client, bucket: &str, key: &str, id: &str) {
    let request = client.abort_multipart_upload().bucket(bucket).key(key).upload_id(id);
    if let Err(e) = request.customize().config_override(for_body_of(0)).send().await {
        let e = SdkError::into_service_error(e);
        tracing::warn!(code = e.meta().code(), "the parts of an unfinished upload could not be removed");
    }
}
