//! A file in parts: several at a time, put together at the end, and gone on with where an earlier try stopped.
//!
//! What the server lists is the truth about what it has. A part of it is kept only where it is proven to be made of
//! the bytes that the file has now.

use std::collections::HashMap;
use std::ops::Range;
use std::sync::Arc;

use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::complete_multipart_upload::{
    CompleteMultipartUploadError, CompleteMultipartUploadOutput,
};
use aws_sdk_s3::operation::create_multipart_upload::{CreateMultipartUploadError, CreateMultipartUploadOutput};
use aws_sdk_s3::operation::upload_part::{UploadPartError, UploadPartOutput};
use aws_sdk_s3::types::{
    ChecksumAlgorithm, ChecksumType, CompletedMultipartUpload, CompletedPart, Part as Listed,
};
use bytes::Bytes;
use futures_util::{StreamExt, TryStreamExt};
use guestpass_core::ports::{Multipart, Part, PutOutcome, Witness};
use guestpass_core::{BucketName, Error, Kind, ObjectKey, Result};
use md5::{Digest, Md5};

use super::body::{Crc, stream};
use super::{Demands, Job, MARK, Uploads, plan};
use crate::error::{Asked, of_sdk};

/// A part that the server has.
struct Arrived {
    number: i32,
    e_tag: String,
    crc: Crc,
}

impl Job<'_> {
    pub(super) async fn in_parts(&self) -> Result<PutOutcome> {
        let standing = match self.put.begun {
            Some(begun) if !self.is_of(begun) => return Err(self.source.changed()),
            Some(begun) => self.standing(begun).await?,
            None => None,
        };
        let (demands, upload) = match standing {
            Some(standing) => (self.demands(), standing),
            None => {
                let (demands, multipart) = self.begin().await?;
                (demands, Standing { multipart, listed: HashMap::new() })
            }
        };
        let each = plan::parts(self.source.size(), upload.multipart.part_size).zip(1..);
        let each = each.map(|(range, number)| self.part(demands, &upload, number, range));
        let sending = futures_util::stream::iter(each).buffer_unordered(plan::PARTS_AT_ONCE);
        let mut arrived: Vec<Arrived> = sending.try_collect().await?;
        arrived.sort_unstable_by_key(|part| part.number);
        self.source.recheck().await?;
        let complete = |demands| self.complete(demands, &upload.multipart.upload_id, &arrived);
        let (_, answer) = self.uploads.negotiate(demands, complete).await;
        self.outcome_of(answer).await
    }

    /// Whether an upload that has begun is made of the file as it is now, as far as the disk tells.
    fn is_of(&self, begun: &Multipart) -> bool {
        (begun.size, begun.modified_at) == (self.source.size(), self.source.modified_at())
    }

    async fn begin(&self) -> Result<(Demands, Multipart)> {
        let size = self.source.size();
        let creation = Creation {
            uploads: self.uploads.clone(),
            client: self.client.clone(),
            bucket: self.put.bucket.as_str().to_owned(),
            key: self.put.key.as_str().to_owned(),
            content_type: self.content_type.clone(),
            mark: self.put.mark.to_owned(),
            witness: self.witness.clone(),
            multipart: Multipart {
                upload_id: String::new(),
                size,
                modified_at: self.source.modified_at(),
                part_size: plan::part_size(size),
                parts: Vec::new(),
            },
        };
        // Goes on where somebody cancels: an upload that the server has begun must be known to somebody.
        let begun = tokio::spawn(creation.begin(self.demands())).await;
        let begun = begun.map_err(|e| Error::from(Kind::Internal).with_source(e))?;
        let (demands, multipart) = begun.map_err(|e| of_sdk(e, self.asked()))?;
        if multipart.upload_id.is_empty() {
            return Err(Error::from(Kind::ServerFault).with_detail("an upload without an id"));
        }
        Ok((demands, multipart))
    }

    /// What the server has of an upload; `None` where it does not know it any more.
    async fn standing(&self, begun: &Multipart) -> Result<Option<Standing>> {
        let list = self.client.list_parts().bucket(self.put.bucket.as_str()).key(self.put.key.as_str());
        let mut pages = list.upload_id(&begun.upload_id).into_paginator().send();
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
        Ok(Some(Standing { multipart: begun.clone(), listed }))
    }

    async fn part(
        &self,
        demands: Demands,
        upload: &Standing,
        number: i32,
        range: Range<u64>,
    ) -> Result<Arrived> {
        let size = range.end - range.start;
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
        let id = &upload.multipart.upload_id;
        let send = |demands| self.send_part(demands, id, number, &bytes, crc);
        let (_, answer) = self.uploads.negotiate(demands, send).await;
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
        let patience = self.uploads.pace.for_body_of(bytes.len() as u64);
        request.customize().config_override(patience).send().await
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

/// Everything that it takes to begin an upload, by itself.
struct Creation {
    uploads: Arc<Uploads>,
    client: Client,
    bucket: String,
    key: String,
    content_type: String,
    mark: String,
    witness: Arc<dyn Witness>,
    multipart: Multipart,
}

impl Creation {
    async fn begin(
        mut self,
        demands: Demands,
    ) -> Result<(Demands, Multipart), SdkError<CreateMultipartUploadError>> {
        let create = |demands| self.create(demands);
        let (demands, answer) = self.uploads.negotiate(demands, create).await;
        self.multipart.upload_id = answer?.upload_id.unwrap_or_default();
        if !self.multipart.upload_id.is_empty() {
            self.witness.began(self.multipart.clone()).await;
        }
        Ok((demands, self.multipart))
    }

    async fn create(
        &self,
        demands: Demands,
    ) -> Result<CreateMultipartUploadOutput, SdkError<CreateMultipartUploadError>> {
        let request = self.client.create_multipart_upload().bucket(&self.bucket).key(&self.key);
        let request = request
            .content_type(&self.content_type)
            .metadata(MARK, &self.mark)
            .set_checksum_algorithm(demands.checksum.then_some(ChecksumAlgorithm::Crc64Nvme))
            .set_checksum_type(demands.checksum.then_some(ChecksumType::FullObject));
        request.customize().config_override(self.uploads.pace.for_body_of(0)).send().await
    }
}

/// Removes an upload. That there is none any more is no error.
pub(super) async fn abandon(
    uploads: &Uploads,
    client: &Client,
    asked: Asked<'_>,
    (bucket, key): (&BucketName, &ObjectKey),
    upload_id: &str,
) -> Result<()> {
    let request = client.abort_multipart_upload();
    let request = request.bucket(bucket.as_str()).key(key.as_str()).upload_id(upload_id);
    match request.customize().config_override(uploads.pace.for_body_of(0)).send().await {
        Ok(_) => Ok(()),
        Err(e) if is_unknown(&e) => Ok(()),
        Err(e) => Err(of_sdk(e, asked)),
    }
}

fn is_unknown<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    error.code() == Some("NoSuchUpload") || error.raw_response().is_some_and(|raw| raw.status().as_u16() == 404)
}
