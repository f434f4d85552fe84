//! What the server tells of one object.

use aws_sdk_s3::Client;
use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::operation::head_object::{HeadObjectError, HeadObjectOutput};
use aws_sdk_s3::types::{ChecksumMode, DeleteMarkerEntry, RequestPayer};
use guestpass_core::{Action, BucketName, Kind, ObjectFacts, ObjectKey, Result, VersionId};

use crate::S3Store;
use crate::error::{Asked, of_sdk};

impl S3Store {
    pub(crate) async fn facts_of(
        &self,
        bucket: &BucketName,
        key: &ObjectKey,
        version: Option<&VersionId>,
    ) -> Result<ObjectFacts> {
        Ok(read(&self.head(bucket, key, version, false).await?))
    }

    /// Asks for one object; with its checksum, where the server keeps one.
    pub(crate) async fn head(
        &self,
        bucket: &BucketName,
        key: &ObjectKey,
        version: Option<&VersionId>,
        checksum: bool,
    ) -> Result<HeadObjectOutput> {
        let client = self.regions.of(bucket, &self.profile).await?.client;
        let mode = checksum.then_some(ChecksumMode::Enabled);
        let refused = match ask(&client, bucket, key, version, mode.clone(), None).await {
            Ok(found) => return Ok(found),
            Err(refused) => refused,
        };
        // A HEAD has no body to say why.
        let status = refused.raw_response().map(|answer| answer.status().as_u16());
        let names = || (bucket.as_str().to_owned(), key.as_str().to_owned());
        let understood = match status {
            // Whoever offers to pay finds out whether it was that; asked for anything less, another reason would pass
            // for it.
            Some(403) => {
                let paid = ask(&client, bucket, key, version, mode, Some(RequestPayer::Requester)).await;
                paid.is_ok().then(|| Kind::RequesterPays { bucket: names().0 })
            }
            // Not every server names the delete marker in its answer.
            Some(404) if version.is_none() && ends_in_delete_marker(&client, bucket, key).await => {
                let (bucket, key) = names();
                Some(Kind::ObjectDeleted { bucket, key })
            }
            _ => None,
        };
        let refused = of_sdk(refused, Asked::object(Action::Read, &self.profile, bucket, key));
        Err(match understood {
            Some(kind) => refused.with_kind(kind),
            None => refused,
        })
    }
}

/// Whether the newest version of the key says that the object was deleted. Who may not see versions sees none.
async fn ends_in_delete_marker(client: &Client, bucket: &BucketName, key: &ObjectKey) -> bool {
    let request = client.list_object_versions().bucket(bucket.as_str()).prefix(key.as_str()).max_keys(1);
    let Ok(versions) = request.send().await else {
        return false;
    };
    let is_it =
        |marker: &DeleteMarkerEntry| marker.key() == Some(key.as_str()) && marker.is_latest() == Some(true);
    versions.delete_markers().iter().any(is_it)
}

async fn ask(
    client: &Client,
    bucket: &BucketName,
    key: &ObjectKey,
    version: Option<&VersionId>,
    checksum: Option<ChecksumMode>,
    payer: Option<RequestPayer>,
) -> Result<HeadObjectOutput, SdkError<HeadObjectError>> {
    let request = client
        .head_object()
        .bucket(bucket.as_str())
        .key(key.as_str())
        .set_version_id(version.map(|version| version.as_str().to_owned()))
        .set_checksum_mode(checksum)
        .set_request_payer(payer);
    request.send().await
}

fn read(found: &HeadObjectOutput) -> ObjectFacts {
    ObjectFacts {
        size: found.content_length().unwrap_or_default().try_into().unwrap_or_default(),
        content_type: found.content_type().map(str::to_owned),
        version: found.version_id().and_then(VersionId::kept),
        coming_back: found.restore().is_some_and(coming_back),
    }
}

/// Whether the restore that a server tells of is under way.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html#API_HeadObject_ResponseSyntax>
pub(crate) fn coming_back(restore: &str) -> bool {
    restore.contains("ongoing-request=\"true\"")
}
