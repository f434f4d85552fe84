//! Finding out what is in the way of sharing.

use async_trait::async_trait;

use crate::{BucketName, ObjectKey, Result};

/// How the server is reached.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Route {
    /// Its host, and its port where that is not the usual one.
    pub host: String,
    /// Whether what is said is encrypted.
    pub is_encrypted: bool,
    /// Whether it is AWS itself.
    pub is_aws: bool,
    /// The proxy on the way, without its password.
    pub proxy: Option<String>,
    /// The file with certificates that are trusted besides the system's.
    pub certificates: Option<String>,
}

/// What is in the way, asked one thing at a time. Nothing here changes anything, but [`Examine::delete`].
#[async_trait]
pub trait Examine: Send + Sync {
    /// How the server is reached. Asks nobody.
    async fn route(&self, bucket: Option<&BucketName>) -> Result<Route>;
    /// Who the credentials belong to, as an ARN (`sts:GetCallerIdentity`, which needs no permission). `None` where the
    /// server is not AWS: whether it takes the credentials is then asked by listing buckets, and being allowed nothing
    /// is as good as an answer.
    async fn identity(&self) -> Result<Option<String>>;
    /// The region that a bucket is in. Asks anew.
    async fn region(&self, bucket: &BucketName) -> Result<String>;
    /// The KMS key that new objects of a bucket are encrypted with unless told otherwise, if that is one.
    async fn kms_key(&self, bucket: &BucketName) -> Result<Option<String>>;
    /// Deletes an object.
    async fn delete(&self, bucket: &BucketName, key: &ObjectKey) -> Result<()>;
}
