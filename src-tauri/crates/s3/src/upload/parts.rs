//! A file in parts: several at a time, put together at the end, and gone on with where an earlier try stopped.
//!
//! What the server lists is the truth about what it has. A part of it is kept only where it is proven to be made of
//! the bytes that the file has now.

use std::collections::HashMap;
use std::ops::Range;

use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::operation::complete_multipart_upload::{
    CompleteMultipartUploadError, CompleteMultipartUploadOutput,
};
use aws_sdk_s3::operation::upload_part::{UploadPartError, UploadPartOutput};
use aws_sdk_s3::types::{ChecksumType, CompletedMultipartUpload, CompletedPart, Part as Listed};
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use guestpass_core::Result;
use guestpass_core::ports::{Multipart, Part, PutOutcome};
use md5::{Digest, Md5};

use super::attempts::Attempts;
use super::body::{Crc, stream};
use super::unfinished::is_unknown;
use super::{Demands, Job, plan};
use crate::error::of_sdk;

/// A part that the server has.
struct Arrived {
    number: i32,
    e_tag: String,
    crc: Crc,
}

impl Job<'_> {
    pub(super) async fn in_parts(&self) -> Result<PutOutcome> {
        let standing = match self.put.begun {
            Some(begun) => match &begun.upload_id {
                Some(_) if !self.is_of(begun) => return Err(self.source.changed()),
                Some(id) => self.standing(begun, id).await?,
                None => self.sweep(begun.asked_at).await,
            },
            None => None,
        };
        let (demands, upload) = match standing {
            Some(standing) => (self.demands(), standing),
            None => {
                let (demands, id, multipart) = self.begin().await?;
                (demands, Standing { id, multipart, listed: HashMap::new() })
            }
        };
        let each = plan::parts(self.source.size(), upload.multipart.part_size).zip(1..);
        let each = each.map(|(range, number)| self.part(demands, &upload, number, range));
        let sending = futures_util::stream::iter(each).buffer_unordered(plan::PARTS_AT_ONCE);
        let mut arrived: Vec<Arrived> = sending.try_collect().await?;
        arrived.sort_unstable_by_key(|part| part.number);
        self.source.recheck().await?;
        if let Some(outcome) = self.looked().await? {
            // Sending took a while, and not every server knows the condition.
            return Ok(outcome);
        }
        let complete = |demands| self.complete(demands, &upload.id, &arrived);
        let (_, answer) = self.uploads.negotiate(demands, complete).await;
        self.outcome_of(answer).await
    }

    /// Whether an upload that has begun is made of the file as it is now, as far as the disk tells.
    fn is_of(&self, begun: &Multipart) -> bool {
        (begun.size, begun.modified_at) == (self.source.size(), self.source.modified_at())
    }

    /// What the server has of an upload; `None` where it does not know it any more.
    async fn standing(&self, begun: &Multipart, id: &str) -> Result<Option<Standing>> {
        let list = self.client.list_parts().bucket(self.put.bucket.as_str()).key(self.put.key.as_str());
        let mut pages = list.upload_id(id).into_paginator().send();
        let mut listed = HashMap::new();
        while let Some(page) = pages.next().await {
            match page {
                Ok(page) => {
                    let parts = page.parts.unwrap_or_default().into_iter();
                    listed.extend(parts.filter_map(|part| Some((part.part_number?, part))));
                }
                Err(e) if is_unknown(&e) => return Ok(None),
                Err(e) => return Err(of_sdk(e, self.asked())),
            }
        }
        Ok(Some(Standing { id: id.to_owned(), multipart: begun.clone(), listed }))
    }

    async fn part(
        &self,
        demands: Demands,
        upload: &Standing,
        number: i32,
        range: Range<u64>,
    ) -> Result<Arrived> {
        let size = range.end - range.start;
        let mut lane = self.uploads.flow.lane().await?;
        let _room = self.uploads.room_for(size).await?;
        let bytes = self.source.read(range).await?;
        let crc = Crc::of(&bytes);
        match upload.has(number, &bytes, crc) {
            Has::Same(e_tag) => {
                self.progress.add(size);
                return Ok(Arrived { number, e_tag, crc });
            }
            Has::Earlier => return Err(self.source.changed()),
            Has::Nothing => {}
        }
        let attempts = Attempts::default();
        lane.begin();
        let send = |demands| self.send_part(demands, &upload.id, number, (&bytes, crc), attempts.clone());
        let (_, answer) = self.uploads.negotiate(demands, send).await;
        lane.through(attempts.were_several());
        let e_tag = answer.map_err(|e| of_sdk(e, self.asked()))?.e_tag.unwrap_or_default();
        let part = Part { number: number.unsigned_abs(), etag: e_tag.clone(), crc: crc.sum };
        self.witness.arrived(part).await;
        Ok(Arrived { number, e_tag, crc })
    }

    async fn send_part(
        &self,
        demands: Demands,
        id: &str,
        number: i32,
        (bytes, crc): (&Bytes, Crc),
        attempts: Attempts,
    ) -> Result<UploadPartOutput, SdkError<UploadPartError>> {
        let request = self.client.upload_part().bucket(self.put.bucket.as_str()).key(self.put.key.as_str());
        let request = request
            .upload_id(id)
            .part_number(number)
            .content_length(bytes.len().try_into().unwrap_or(i64::MAX))
            .set_checksum_crc64_nvme(demands.checksum(crc))
            .body(stream(bytes.clone(), &self.progress));
        let how = self.uploads.pace.for_body_of(bytes.len() as u64).interceptor(attempts);
        request.customize().config_override(how).send().await
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
            let listed = CompletedPart::builder().part_number(part.number).e_tag(part.e_tag.clone());
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
        request.customize().config_override(self.uploads.pace.for_completion()).send().await
    }
}

/// An upload, and what the server has of it.
struct Standing {
    id: String,
    multipart: Multipart,
    listed: HashMap<i32, Listed>,
}

/// What the server has of a part.
enum Has {
    /// These very bytes, under this ETag.
    Same(String),
    /// Others that the file once had in this place.
    Earlier,
    /// None, or nothing that is proven to be of this file.
    Nothing,
}

impl Standing {
    fn has(&self, number: i32, bytes: &[u8], crc: Crc) -> Has {
        let listed = self.listed.get(&number).filter(|part| part.size() == i64::try_from(bytes.len()).ok());
        let Some(e_tag) = listed.and_then(Listed::e_tag) else { return Has::Nothing };
        let known = self
            .multipart
            .parts
            .iter()
            .find(|part| part.number == number.unsigned_abs() && bare(&part.etag) == bare(e_tag));
        let is_same = match (known, listed.and_then(Listed::checksum_crc64_nvme)) {
            (Some(known), _) if known.crc != crc.sum => return Has::Earlier,
            (Some(_), _) => true,
            (None, Some(sum)) => sum == crc.header(),
            // The answer was lost, and the server keeps no checksum: without encryption by a key of its own, the
            // ETag of a part is the MD5 of its bytes
            // (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html>).
            (None, None) => bare(e_tag) == hex::encode(Md5::digest(bytes)),
        };
        if is_same { Has::Same(e_tag.to_owned()) } else { Has::Nothing }
    }
}

fn bare(e_tag: &str) -> &str {
    e_tag.trim_matches('"')
}
