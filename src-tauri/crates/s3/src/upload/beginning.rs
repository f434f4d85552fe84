//! The beginning of an upload in parts. Its answer is the one that must not get lost: it holds the name without which
//! nobody can go on with the upload, or remove it.

use std::sync::Arc;

use aws_sdk_s3::Client;
use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::operation::create_multipart_upload::{CreateMultipartUploadError, CreateMultipartUploadOutput};
use aws_sdk_s3::types::{ChecksumAlgorithm, ChecksumType};
use guestpass_core::ports::{Multipart, Witness};
use guestpass_core::{Action, BucketName, Error, Kind, ObjectKey, Result};
use jiff::Timestamp;

use super::attempts::Attempts;
use super::unfinished::Place;
use super::{Demands, Job, MARK, Uploads, plan};
use crate::clock::StoreClock;
use crate::error::{Asked, of_sdk};

impl Job<'_> {
    /// Begins an upload; answers what was asked of the server, and its name for it.
    pub(super) async fn begin(&self) -> Result<(Demands, String, Multipart)> {
        let size = self.source.size();
        let creation = Creation {
            uploads: self.uploads.clone(),
            client: self.client.clone(),
            bucket: self.put.bucket.clone(),
            key: self.put.key.clone(),
            content_type: self.content_type.clone(),
            mark: self.put.mark.to_owned(),
            witness: self.witness.clone(),
            attempts: Attempts::default(),
            clock: self.clock.clone(),
            profile: self.profile.to_owned(),
            multipart: Multipart {
                upload_id: None,
                asked_at: self.clock.now(),
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
        match multipart.upload_id.clone() {
            Some(id) => Ok((demands, id, multipart)),
            None => Err(Error::from(Kind::ServerFault).with_detail("an upload without an id")),
        }
    }

    /// Removes what an earlier try may have begun without hearing its name; nothing is left to go on with.
    pub(super) async fn sweep<T>(&self, asked_at: Timestamp) -> Option<T> {
        let (bucket, key) = (self.put.bucket, self.put.key);
        let place = Place { client: &self.client, pace: self.uploads.pace, bucket, key };
        sweep(place, &*self.witness, asked_at, None, self.asked()).await;
        None
    }
}

/// Removes what may have begun since then, except what is known; what cannot be told apart now is for later.
async fn sweep(
    place: Place<'_>,
    witness: &dyn Witness,
    asked_at: Timestamp,
    ours: Option<&str>,
    asked: Asked<'_>,
) {
    let swept = match witness.to_spare(asked_at) {
        Some(mut spared) => {
            spared.extend(ours.map(str::to_owned));
            place.sweep(asked_at, &spared).await.map_err(|e| e.told(asked))
        }
        None => Err(Kind::ServerBusy.into()),
    };
    if let Err(e) = swept {
        tracing::warn!("parts of an unfinished upload may be on the server: {e}");
        witness.strayed(asked_at).await;
    }
}

/// Everything that it takes to begin an upload, by itself.
struct Creation {
    uploads: Arc<Uploads>,
    client: Client,
    bucket: BucketName,
    key: ObjectKey,
    content_type: String,
    mark: String,
    witness: Arc<dyn Witness>,
    attempts: Attempts,
    clock: Arc<StoreClock>,
    profile: String,
    multipart: Multipart,
}

impl Creation {
    async fn begin(
        mut self,
        demands: Demands,
    ) -> Result<(Demands, Multipart), SdkError<CreateMultipartUploadError>> {
        self.multipart.asked_at = self.clock.now();
        self.witness.began(self.multipart.clone()).await;
        let create = |demands| self.create(demands);
        let (demands, answer) = self.uploads.negotiate(demands, create).await;
        let id = answer.as_ref().ok().and_then(|output| output.upload_id().map(str::to_owned));
        self.multipart.upload_id = id.filter(|id| !id.is_empty());
        if self.attempts.were_several() {
            // Each time an upload may have begun of which no answer came.
            let Self { client, bucket, key, .. } = &self;
            let place = Place { client, pace: self.uploads.pace, bucket, key };
            let asked = Asked::object(Action::Write, &self.profile, bucket, key);
            let (asked_at, ours) = (self.multipart.asked_at, self.multipart.upload_id.as_deref());
            sweep(place, &*self.witness, asked_at, ours, asked).await;
        } else if let Err(SdkError::ServiceError(_)) = &answer {
            self.witness.refused(self.multipart.asked_at).await;
        }
        answer?;
        if self.multipart.upload_id.is_some() {
            self.witness.began(self.multipart.clone()).await;
        }
        Ok((demands, self.multipart))
    }

    async fn create(
        &self,
        demands: Demands,
    ) -> Result<CreateMultipartUploadOutput, SdkError<CreateMultipartUploadError>> {
        let request = self.client.create_multipart_upload();
        let request = request
            .bucket(self.bucket.as_str())
            .key(self.key.as_str())
            .content_type(&self.content_type)
            .metadata(MARK, &self.mark)
            .set_checksum_algorithm(demands.checksum.then_some(ChecksumAlgorithm::Crc64Nvme))
            .set_checksum_type(demands.checksum.then_some(ChecksumType::FullObject));
        let how = self.uploads.pace.for_body_of(0).interceptor(self.attempts.clone());
        request.customize().config_override(how).send().await
    }
}
