//! Signatures that are handed out: presigned GETs and PUTs, and upload forms.

mod form;
#[cfg(test)]
mod oracle;
pub(crate) mod place;
mod query;

use async_trait::async_trait;
use guestpass_core::ports::{Sign, SignGet, Span};
use guestpass_core::{BucketName, CredentialsEnd, LinkUrl, ObjectKey, Prefix, Result, ServerClock, UploadForm};
use jiff::Timestamp;

use crate::S3Store;
use crate::credentials::end_of;

#[async_trait]
impl Sign for S3Store {
    fn server_clock(&self) -> &ServerClock {
        &self.clock.server
    }

    async fn credentials_end(&self, wanted: Timestamp) -> Result<CredentialsEnd> {
        Ok(end_of(&self.signer.credentials_until(wanted).await?))
    }

    async fn sign_get(&self, get: SignGet<'_>) -> Result<LinkUrl> {
        let place = self.regions.signing_place(get.bucket, &self.profile).await?;
        let credentials = self.signer.credentials().await?;
        let mut parameters = vec![("response-content-disposition", get.opening.content_disposition.as_str())];
        parameters.extend(get.opening.content_type.as_deref().map(|kind| ("response-content-type", kind)));
        parameters.extend(get.version.map(|version| ("versionId", version.as_str())));
        // https://docs.aws.amazon.com/AmazonS3/latest/userguide/ObjectsinRequesterPaysBuckets.html
        parameters.extend(get.pays.then_some(("x-amz-request-payer", "requester")));
        let url = query::presign("GET", &place, get.key.as_str(), &parameters, &credentials, get.span);
        Ok(LinkUrl::new(url))
    }

    async fn sign_put(&self, bucket: &BucketName, key: &ObjectKey, span: Span) -> Result<LinkUrl> {
        let place = self.regions.signing_place(bucket, &self.profile).await?;
        let credentials = self.signer.credentials().await?;
        Ok(LinkUrl::new(query::presign("PUT", &place, key.as_str(), &[], &credentials, span)))
    }

    async fn sign_form(
        &self,
        bucket: &BucketName,
        prefix: &Prefix,
        max_bytes: u64,
        span: Span,
    ) -> Result<UploadForm> {
        let place = self.regions.signing_place(bucket, &self.profile).await?;
        let credentials = self.signer.credentials().await?;
        Ok(form::form(&place, bucket, prefix, max_bytes, &credentials, span))
    }
}
