//! A file in parts: several at a time, put together at the end, and given up without a trace where that fails.

use std::ops::Range;

use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::complete_multipart_upload::{
    CompleteMultipartUploadError, CompleteMultipartUploadOutput,
};
use aws_sdk_s3::operation::create_multipart_upload::{CreateMultipartUploadError, CreateMultipartUploadOutput};
use aws_sdk_s3::operation::upload_part::{UploadPartError, UploadPartOutput};
use aws_sdk_s3::types::{ChecksumAlgorithm, ChecksumType, CompletedMultipartUpload, CompletedPart};
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use guestpass_core::ports::PutOutcome;
use guestpass_core::{Error, Kind, Result};
use tokio::runtime::Handle;

use super::body::{Crc, stream};
use super::{Demands, Job, MARK, plan};
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
        let (demands, mut unfinished) = self.begin().await?;
        let outcome = self.carry_through(demands, unfinished.id()).await;
        match outcome {
            Ok(PutOutcome::Stored) => unfinished.forget(),
            Ok(PutOutcome::Taken) | Err(_) => unfinished.remove().await,
        }
        outcome
    }

    async fn begin(&self) -> Result<(Demands, Unfinished)> {
        let create = |demands| self.create(demands);
        let (demands, answer) = self.uploads.negotiate(self.uploads.demands(), create).await;
        let id = answer.map_err(|e| of_sdk(e, self.asked()))?.upload_id;
        let id = id.ok_or_else(|| Error::from(Kind::ServerFault).with_detail("an upload without an id"))?;
        let (bucket, key) = (self.put.bucket.as_str().to_owned(), self.put.key.as_str().to_owned());
        Ok((demands, Unfinished(Some(Parts { client: self.client.clone(), bucket, key, id }))))
    }

    async fn create(
        &self,
        demands: Demands,
    ) -> Result<CreateMultipartUploadOutput, SdkError<CreateMultipartUploadError>> {
        let request = self.client.create_multipart_upload();
        let request = request
            .bucket(self.put.bucket.as_str())
            .key(self.put.key.as_str())
            .content_type(self.put.content_type)
            .metadata(MARK, &self.mark)
            .set_checksum_algorithm(demands.checksum.then_some(ChecksumAlgorithm::Crc64Nvme))
            .set_checksum_type(demands.checksum.then_some(ChecksumType::FullObject));
        request.customize().config_override(for_body_of(0)).send().await
    }

    async fn carry_through(&self, demands: Demands, id: &str) -> Result<PutOutcome> {
        let ranges = plan::parts(self.put.size).zip(1..);
        let parts = ranges.map(|(range, number)| self.part(demands, id, number, range));
        let sending = futures_util::stream::iter(parts).buffer_unordered(plan::PARTS_AT_ONCE);
        let mut arrived: Vec<Arrived> = sending.try_collect().await?;
        arrived.sort_unstable_by_key(|part| part.number);
        self.source.recheck().await?;
        let complete = |demands| self.complete(demands, id, &arrived);
        let (_, answer) = self.uploads.negotiate(demands, complete).await;
        self.outcome_of(answer).await
    }

    async fn part(&self, demands: Demands, id: &str, number: i32, range: Range<u64>) -> Result<Arrived> {
        let size = range.end - range.start;
        let _room = self.uploads.room_for(size).await?;
        let bytes = self.source.read(range).await?;
        let crc = Crc::of(&bytes);
        let send = |demands| self.send_part(demands, id, number, &bytes, crc);
        let (_, answer) = self.uploads.negotiate(demands, send).await;
        let e_tag = answer.map_err(|e| of_sdk(e, self.asked()))?.e_tag;
        Ok(Arrived { number, e_tag, crc })
    }

    async fn send_part(
        &self,
        demands: Demands,
        id: &str,
        number: i32,
        bytes: &Bytes,
        crc: Crc,
    ) -> Result<UploadPartOutput, SdkError<UploadPartError>> {
        let request = self.client.upload_part().bucket(self.put.bucket.as_str()).key(self.put.key.as_str());
        let request = request
            .upload_id(id)
            .part_number(number)
            .content_length(bytes.len().try_into().unwrap_or(i64::MAX))
            .set_checksum_crc64_nvme(demands.checksum(crc))
            .body(stream(bytes.clone(), &self.progress));
        request.customize().config_override(for_body_of(bytes.len() as u64)).send().await
    }

    /// With the checksum of the whole, so that the server tells a part too few or in the wrong place.
    async fn complete(
        &self,
        demands: Demands,
        id: &str,
        arrived: &[Arrived],
    ) -> Result<CompleteMultipartUploadOutput, SdkError<CompleteMultipartUploadError>> {
        let whole = arrived.iter().fold(Crc::of(b""), |sum, part| sum.then(part.crc));
        let checksum = demands.checksum(whole);
        let parts = arrived.iter().map(|part| {
            let listed = CompletedPart::builder().part_number(part.number).set_e_tag(part.e_tag.clone());
            listed.set_checksum_crc64_nvme(demands.checksum(part.crc)).build()
        });
        let parts = CompletedMultipartUpload::builder().set_parts(Some(parts.collect())).build();
        let request = self.client.complete_multipart_upload();
        let request = request
            .bucket(self.put.bucket.as_str())
            .key(self.put.key.as_str())
            .upload_id(id)
            .multipart_upload(parts)
            .set_if_none_match(demands.only_new())
            .set_checksum_type(checksum.is_some().then_some(ChecksumType::FullObject))
            .set_checksum_crc64_nvme(checksum);
        request.customize().config_override(for_whole_objects()).send().await
    }
}

/// A multipart upload that has not come to its end. Its parts would cost money for ever, so they go on every way out.
struct Unfinished(Option<Parts>);

struct Parts {
    client: Client,
    bucket: String,
    key: String,
    id: String,
}

impl Unfinished {
    fn id(&self) -> &str {
        self.0.as_ref().map_or("", |parts| &parts.id)
    }

    /// The server has made an object of them.
    fn forget(&mut self) {
        self.0 = None;
    }

    async fn remove(&mut self) {
        if let Some(parts) = self.0.take() {
            parts.abort().await;
        }
    }
}

impl Drop for Unfinished {
    /// Somebody cancelled, where they have not been seen to yet.
    fn drop(&mut self) {
        if let (Some(parts), Ok(runtime)) = (self.0.take(), Handle::try_current()) {
            runtime.spawn(parts.abort());
        }
    }
}

impl Parts {
    async fn abort(self) {
        let request = self.client.abort_multipart_upload();
        let request = request.bucket(self.bucket).key(self.key).upload_id(self.id);
        if let Err(e) = request.customize().config_override(for_body_of(0)).send().await {
            tracing::warn!(code = e.code(), "the parts of an unfinished upload could not be removed");
        }
    }
}
