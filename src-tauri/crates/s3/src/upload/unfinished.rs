//! What lies on a server of an upload that has not come to its end, and how it goes away.

use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::abort_multipart_upload::AbortMultipartUploadError;
use aws_sdk_s3::operation::list_multipart_uploads::ListMultipartUploadsError;
use aws_sdk_s3::types::{EncodingType, MultipartUpload};
use guestpass_core::{BucketName, Error, ObjectKey};
use jiff::Timestamp;

use crate::browse::decode;
use crate::error::{Asked, of_sdk};
use crate::limits::Pace;

/// How far a server's word on when an upload began may be from ours: it tells seconds, and up to five seconds between
/// the clocks are not noticed.
const SLACK: Duration = Duration::from_secs(15);

/// Where the upload was to go.
#[derive(Clone, Copy)]
pub(super) struct Place<'a> {
    pub(super) client: &'a Client,
    pub(super) pace: Pace,
    pub(super) bucket: &'a BucketName,
    pub(super) key: &'a ObjectKey,
}

/// Why it did not go away.
#[derive(Debug)]
pub(super) enum Stuck {
    NotListed(SdkError<ListMultipartUploadsError>),
    NotAborted(SdkError<AbortMultipartUploadError>),
}

impl Stuck {
    pub(super) fn told(self, asked: Asked<'_>) -> Error {
        match self {
            Self::NotListed(e) => of_sdk(e, asked),
            Self::NotAborted(e) => of_sdk(e, asked),
        }
    }
}

impl Place<'_> {
    /// Removes an upload. That there is none any more is no error.
    pub(super) async fn abort(self, upload_id: &str) -> Result<(), Stuck> {
        let request = self.client.abort_multipart_upload();
        let request = request.bucket(self.bucket.as_str()).key(self.key.as_str()).upload_id(upload_id);
        match request.customize().config_override(self.pace.for_body_of(0)).send().await {
            Err(e) if !is_unknown(&e) => Err(Stuck::NotAborted(e)),
            _ => Ok(()),
        }
    }

    /// Removes the uploads to this key that began while one was asked for at `asked_at`, except those that are known.
    ///
    /// The list of a server says of an upload neither what it is made of nor who began it by which program. Somebody
    /// else's to the very key in these very minutes would go, too, and have to be sent again: the price for leaving
    /// nothing behind, paid only where an answer was lost.
    pub(super) async fn sweep(self, asked_at: Timestamp, spared: &[String]) -> Result<(), Stuck> {
        let list = self.client.list_multipart_uploads().bucket(self.bucket.as_str()).prefix(self.key.as_str());
        // In XML as it is, a control character would end the list for every reader.
        let list = list.encoding_type(EncodingType::Url);
        let listed = list.customize().config_override(self.pace.for_body_of(0)).send().await;
        let (uploads, is_encoded) = match listed {
            Ok(listed) => {
                let is_encoded = listed.encoding_type() == Some(&EncodingType::Url);
                (listed.uploads.unwrap_or_default(), is_encoded)
            }
            // No bucket, no uploads.
            Err(e) if is_unknown(&e) => return Ok(()),
            Err(e) => return Err(Stuck::NotListed(e)),
        };
        let began = asked_at - SLACK..=asked_at + self.pace.longest_try() + SLACK;
        let is_ours = |upload: &&MultipartUpload| {
            let key = upload.key().and_then(|raw| if is_encoded { decode(raw) } else { Some(raw.into()) });
            key.is_some_and(|key| key == self.key.as_str())
        };
        for upload in uploads.iter().filter(is_ours) {
            let since = upload.initiated().and_then(|at| Timestamp::from_second(at.secs()).ok());
            let is_of_then = since.is_some_and(|since| began.contains(&since));
            match upload.upload_id() {
                Some(id) if is_of_then && !spared.iter().any(|known| known == id) => self.abort(id).await?,
                _ => {}
            }
        }
        Ok(())
    }
}

pub(super) fn is_unknown<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    error.code() == Some("NoSuchUpload") || error.raw_response().is_some_and(|raw| raw.status().as_u16() == 404)
}
