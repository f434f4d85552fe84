//! Looking for what is in the way, one thing at a time.

use async_trait::async_trait;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::types::ServerSideEncryption;
use guestpass_core::ports::{Examine, Route};
use guestpass_core::{Action, BucketName, Error, Kind, ObjectKey, Result};

use crate::S3Store;
use crate::error::{Asked, of_sdk};
use crate::sign::place;

/// The alias of the key that AWS keeps for an account, where a bucket names KMS and no key
/// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingKMSEncryption.html>).
const AWS_MANAGED_KEY: &str = "alias/aws/s3";

#[async_trait]
impl Examine for S3Store {
    async fn route(&self, bucket: Option<&BucketName>) -> Result<Route> {
        let client = self.regions.nearest(bucket);
        let server = match bucket {
            Some(bucket) => place::server_of(&client, bucket).await,
            None => place::server(&client).await,
        };
        let server = server.ok_or_else(|| Error::from(Kind::Internal).with_detail("no endpoint"))?;
        Ok(Route {
            host: place::host(&server),
            is_encrypted: server.scheme() == "https",
            is_aws: self.regions.is_aws(),
            proxy: crate::transport::proxy_to(&server),
            certificates: self.certificates.clone(),
        })
    }

    async fn identity(&self) -> Result<Option<String>> {
        let Some(sts) = &self.sts else { return self.is_taken_by_storage().await.map(|()| None) };
        let by = self.signer.credentials().await?;
        let client = aws_sdk_sts::Client::from_conf(sts.to_builder().credentials_provider(by).build());
        let asked = Asked { action: Action::ListBuckets, profile: &self.profile, bucket: None, key: None };
        match client.get_caller_identity().send().await.map_err(|e| of_sdk(e, asked)) {
            Ok(caller) => Ok(caller.arn),
            // Some networks let nobody through but the storage, and sharing asks nobody else.
            Err(e) if is_out_of_reach(&e) => self.is_taken_by_storage().await.map(|()| None),
            Err(e) => Err(e),
        }
    }

    async fn region(&self, bucket: &BucketName) -> Result<String> {
        self.regions.ask(bucket, &self.profile).await
    }

    async fn kms_key(&self, bucket: &BucketName) -> Result<Option<String>> {
        let client = self.regions.of(bucket, &self.profile).await?.client;
        let answer = match client.get_bucket_encryption().bucket(bucket.as_str()).send().await {
            Ok(answer) => answer,
            Err(e) if has_none(&e) => return Ok(None),
            Err(e) => return Err(of_sdk(e, Asked::bucket(Action::Read, &self.profile, bucket))),
        };
        let rules = answer.server_side_encryption_configuration.map(|all| all.rules).unwrap_or_default();
        let default = rules.into_iter().find_map(|rule| rule.apply_server_side_encryption_by_default);
        let by_kms = default.filter(|how| {
            matches!(how.sse_algorithm, ServerSideEncryption::AwsKms | ServerSideEncryption::AwsKmsDsse)
        });
        Ok(by_kms.map(|how| how.kms_master_key_id.unwrap_or_else(|| AWS_MANAGED_KEY.to_owned())))
    }

    async fn delete(&self, bucket: &BucketName, key: &ObjectKey) -> Result<()> {
        let client = self.regions.of(bucket, &self.profile).await?.client;
        let answer = client.delete_object().bucket(bucket.as_str()).key(key.as_str()).send().await;
        let asked = Asked::object(Action::Delete, &self.profile, bucket, key);
        answer.map(drop).map_err(|e| of_sdk(e, asked))
    }
}

impl S3Store {
    /// Whether the storage takes the credentials; being allowed nothing is as good as an answer.
    async fn is_taken_by_storage(&self) -> Result<()> {
        let asked = Asked { action: Action::ListBuckets, profile: &self.profile, bucket: None, key: None };
        let listed = self.regions.home().list_buckets().max_buckets(1).send().await;
        match listed.map_err(|e| of_sdk(e, asked)) {
            Err(e) if !matches!(e.kind(), Kind::AccessDenied { .. }) => Err(e),
            _ => Ok(()),
        }
    }
}

fn is_out_of_reach(error: &Error) -> bool {
    matches!(error.kind(), Kind::Offline { .. } | Kind::Untrusted { .. } | Kind::ServerBusy | Kind::ServerFault)
}

/// Whether a bucket has no such setting, or its server no such thing.
fn has_none<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    let none = ["ServerSideEncryptionConfigurationNotFoundError", "NotImplemented"];
    error.code().is_some_and(|code| none.contains(&code))
        || error.raw_response().is_some_and(|answer| answer.status().as_u16() == 501)
}
