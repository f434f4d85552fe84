//! Listing buckets and their contents.

use std::time::Duration;

use async_trait::async_trait;
use aws_sdk_s3::config::Config;
use aws_sdk_s3::config::timeout::TimeoutConfig;
use aws_sdk_s3::operation::list_objects_v2::ListObjectsV2Output;
use aws_sdk_s3::types::EncodingType;
use guestpass_core::ports::Browse;
use guestpass_core::{
    Action, BucketName, Entry, Error, Kind, Listing, Object, ObjectKey, PageToken, Place, Prefix, Result,
};
use jiff::Timestamp;
use percent_encoding::percent_decode_str;

use crate::S3Store;
use crate::error::{Asked, of_sdk};

/// A listing that takes longer than this is tried again, then given up.
const ATTEMPT: Duration = Duration::from_secs(20);

#[async_trait]
impl Browse for S3Store {
    async fn buckets(&self) -> Result<Vec<BucketName>> {
        let asked = Asked { action: Action::ListBuckets, profile: &self.profile, bucket: None, key: None };
        let client = self.regions.home();
        let mut buckets = Vec::new();
        let mut token = None;
        loop {
            let request = client.list_buckets().set_continuation_token(token);
            let page = request.customize().config_override(bounded()).send().await;
            let page = page.map_err(|e| of_sdk(e, asked))?;
            let names = page.buckets().iter().filter_map(|bucket| bucket.name());
            buckets.extend(names.filter_map(|name| BucketName::parse(name).ok()));
            token = page.continuation_token().filter(|token| !token.is_empty()).map(str::to_owned);
            if token.is_none() {
                return Ok(buckets);
            }
        }
    }

    async fn list(&self, place: &Place, page: Option<&PageToken>, recursive: bool) -> Result<Listing> {
        let asked = Asked::bucket(Action::List, &self.profile, &place.bucket);
        let regional = self.regions.of(&place.bucket, &self.profile).await?;
        let request = regional
            .client
            .list_objects_v2()
            .bucket(place.bucket.as_str())
            .prefix(place.prefix.as_str())
            .set_delimiter((!recursive).then(|| "/".to_owned()))
            .set_continuation_token(page.map(|page| page.0.clone()))
            // Control characters in a key would otherwise break the XML of the whole page.
            .encoding_type(EncodingType::Url);
        let answer = request.customize().config_override(bounded()).send().await;
        read(&answer.map_err(|e| of_sdk(e, asked))?, place)
    }
}

fn bounded() -> aws_sdk_s3::config::Builder {
    let timeouts =
        TimeoutConfig::builder().connect_timeout(Duration::from_secs(5)).operation_attempt_timeout(ATTEMPT);
    Config::builder().timeout_config(timeouts.build())
}

fn read(page: &ListObjectsV2Output, place: &Place) -> Result<Listing> {
    let encoded = page.encoding_type() == Some(&EncodingType::Url);
    let text = |raw: &str| if encoded { decode(raw) } else { Ok(raw.to_owned()) };
    let mut entries = Vec::with_capacity(page.common_prefixes().len() + page.contents().len());
    for prefix in page.common_prefixes() {
        let prefix = text(prefix.prefix().unwrap_or_default())?;
        entries.push(Entry::Folder(Prefix::parse(&prefix).map_err(|_| nonsense())?));
    }
    for object in page.contents() {
        let key = text(object.key().unwrap_or_default())?;
        // The folder's own marker is not one of its files.
        if key == place.prefix.as_str() {
            continue;
        }
        entries.push(Entry::Object(Object {
            key: ObjectKey::parse(&key).map_err(|_| nonsense())?,
            size: object.size().unwrap_or_default().try_into().unwrap_or_default(),
            modified_at: object.last_modified().and_then(|at| Timestamp::from_second(at.secs()).ok()),
            etag: object.e_tag().map(str::to_owned),
            storage_class: object
                .storage_class()
                .map(|class| class.as_str().to_owned())
                .filter(|class| class != "STANDARD"),
        }));
    }
    let next = page.is_truncated().unwrap_or_default().then(|| page.next_continuation_token());
    Ok(Listing { entries, next: next.flatten().map(|token| PageToken(token.to_owned())) })
}

/// `encoding-type=url` writes a space as `+` or `%20`, and a plus always as `%2B`.
fn decode(raw: &str) -> Result<String> {
    let spaced = raw.replace('+', " ");
    Ok(percent_decode_str(&spaced).decode_utf8().map_err(|_| nonsense())?.into_owned())
}

fn nonsense() -> Error {
    Error::from(Kind::ServerFault).with_detail("the listing holds a key that cannot be one")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_out_of_a_listing_as_they_went_in() {
        assert_eq!(decode("a+b%2Bc%20d%25%2F/%E6%96%B0%01").unwrap(), "a b+c d%//新\u{1}");
        assert!(decode("%ff").is_err());
    }
}
