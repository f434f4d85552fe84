//! The name of a bucket, as a person types it and as a request carries it.

use serde::{Deserialize, Serialize};

/// A bucket's name, an access point's alias, or an access point's ARN.
///
/// General-purpose buckets have 3–63 characters of `a-z 0-9 . -`
/// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/bucketnamingrules.html>); buckets made in
/// us-east-1 before 2018, and other providers, also have capitals, underscores and up to 255 characters.
/// Whether a bucket exists is the server's to say, so only what cannot be a name is refused here.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct BucketName(String);

/// The text is not a bucket's name.
#[derive(Debug, thiserror::Error)]
#[error("not a bucket name")]
pub struct BucketNameInvalid;

impl BucketName {
    /// Takes a name of 1–255 characters of `a-z A-Z 0-9 . - _`, or the ARN of an access point.
    pub fn parse(name: &str) -> Result<Self, BucketNameInvalid> {
        let plain = (1..=255).contains(&name.len())
            && name.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_'))
            && !name.starts_with('.')
            && !name.contains("..");
        if plain || is_access_point(name) { Ok(Self(name.to_owned())) } else { Err(BucketNameInvalid) }
    }

    /// The name as requests carry it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// `arn:PARTITION:s3:REGION:ACCOUNT:accesspoint/NAME`
fn is_access_point(text: &str) -> bool {
    let parts: Vec<&str> = text.splitn(6, ':').collect();
    let [arn, partition, service, region, account, resource] = parts[..] else {
        return false;
    };
    let name = resource.strip_prefix("accesspoint/").unwrap_or_default();
    arn == "arn"
        && partition.starts_with("aws")
        && service == "s3"
        && !account.is_empty()
        && !name.is_empty()
        && [region, account, name]
            .iter()
            .all(|part| part.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-' || b == b'.'))
}

impl TryFrom<String> for BucketName {
    type Error = BucketNameInvalid;
    fn try_from(name: String) -> Result<Self, BucketNameInvalid> {
        Self::parse(&name)
    }
}

impl From<BucketName> for String {
    fn from(name: BucketName) -> Self {
        name.0
    }
}

impl std::fmt::Display for BucketName {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_names_aliases_and_access_points() {
        for name in [
            "acme-press",
            "my.dotted.bucket",
            "Old_Bucket",
            "my-ap-abcdefghijklmnop-s3alias",
            "arn:aws:s3:eu-west-1:123456789012:accesspoint/press",
        ] {
            assert_eq!(BucketName::parse(name).unwrap().as_str(), name);
        }
    }

    #[test]
    fn refuses_what_could_leave_its_place_in_a_url() {
        for name in ["", "a/b", "..", "a..b", "a b", "a?b", "arn:aws:s3:::acme", "ünter"] {
            assert!(BucketName::parse(name).is_err(), "{name:?} must be refused");
        }
    }
}
