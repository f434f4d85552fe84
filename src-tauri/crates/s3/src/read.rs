//! What an object is, and its bytes.

use std::ops::Range;
use std::time::Duration;

use async_trait::async_trait;
use aws_sdk_s3::Client;
use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::operation::get_object::GetObjectOutput;
use aws_sdk_s3::operation::head_object::HeadObjectOutput;
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::StorageClass;
use aws_smithy_types::byte_stream::error::Error as ByteStreamError;
use bytes::Bytes;
use futures_util::stream::{self, Stream, StreamExt, TryStreamExt};
use guestpass_core::ports::{Body, Details, Read, Tags};
use guestpass_core::{Action, BucketName, Error, Kind, ObjectKey, Result, VersionId};
use jiff::Timestamp;
use tokio::time::timeout;

use crate::S3Store;
use crate::error::{Asked, of_sdk};
use crate::facts::coming_back;
use crate::upload::status_of;

/// How long tags are waited for: they are one line of many, and nobody waits for the rest with them.
const TAGS_WITHIN: Duration = Duration::from_secs(2);

#[async_trait]
impl Read for S3Store {
    async fn details(
        &self,
        bucket: &BucketName,
        key: &ObjectKey,
        version: Option<&VersionId>,
    ) -> Result<Details> {
        let client = self.regions.of(bucket, &self.profile).await?.client;
        let tags = timeout(TAGS_WITHIN, tags(&client, bucket, key, version));
        let (found, tags) = tokio::join!(self.head_with_checksum(bucket, key, version), tags);
        let details = of_head(&found?);
        // S3 names every class but this one: https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html
        let unsaid = self.regions.is_aws().then(|| StorageClass::Standard.as_str().to_owned());
        let storage_class = details.storage_class.or(unsaid);
        Ok(Details { tags: tags.unwrap_or_default(), storage_class, ..details })
    }

    async fn read(
        &self,
        bucket: &BucketName,
        key: &ObjectKey,
        range: Option<Range<u64>>,
        etag: Option<&str>,
    ) -> Result<Body> {
        if range.as_ref().is_some_and(Range::is_empty) {
            return Err(Error::from(Kind::Internal).with_detail("a range of no bytes"));
        }
        let client = self.regions.of(bucket, &self.profile).await?.client;
        let request = client
            .get_object()
            .bucket(bucket.as_str())
            .key(key.as_str())
            .set_range(range.as_ref().map(|range| format!("bytes={}-{}", range.start, range.end - 1)))
            .set_if_match(etag.map(str::to_owned));
        let answer = request.send().await;
        match status_of(&answer) {
            Some(412) => return Err(Kind::FileChanged { name: key.name().to_owned() }.into()),
            // The range begins where the object has ended.
            Some(416) if let Some(range) = range => return Ok(nothing_at(range.start, &answer)),
            _ => {}
        }
        let found = answer.map_err(|e| of_sdk(e, Asked::object(Action::Read, &self.profile, bucket, key)))?;
        if let (Some(asked), Some(told)) = (etag, found.e_tag())
            && !is_same(asked, told)
        {
            return Err(Kind::FileChanged { name: key.name().to_owned() }.into());
        }
        body(found, range, bucket)
    }
}

impl S3Store {
    /// Where an object is encrypted with a key of KMS, its checksum is for those alone who may use the key
    /// (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadObject.html>).
    async fn head_with_checksum(
        &self,
        bucket: &BucketName,
        key: &ObjectKey,
        version: Option<&VersionId>,
    ) -> Result<HeadObjectOutput> {
        match self.head(bucket, key, version, true).await {
            Err(refused) if matches!(refused.kind(), Kind::AccessDenied { .. }) => {
                self.head(bucket, key, version, false).await
            }
            answer => answer,
        }
    }
}

/// Not every server knows `If-Match`, and a range of another object would pass for one of this. ETags stand with and
/// without quotes.
fn is_same(one: &str, other: &str) -> bool {
    one.trim_matches('"') == other.trim_matches('"')
}

async fn tags(client: &Client, bucket: &BucketName, key: &ObjectKey, version: Option<&VersionId>) -> Tags {
    let request = client
        .get_object_tagging()
        .bucket(bucket.as_str())
        .key(key.as_str())
        .set_version_id(version.map(|version| version.as_str().to_owned()));
    let answer = request.send().await;
    match (status_of(&answer), answer) {
        (_, Ok(found)) => Tags::Read(found.tag_set.into_iter().map(|tag| (tag.key, tag.value)).collect()),
        (Some(403), _) => Tags::Denied,
        // https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html (MethodNotAllowed, NotImplemented)
        (Some(405 | 501), _) => Tags::Unsupported,
        _ => Tags::Unknown,
    }
}

fn of_head(found: &HeadObjectOutput) -> Details {
    let class = found.storage_class();
    // A copy that was brought back can be read: `ongoing-request="false"`.
    let is_back = found.restore().is_some_and(|restore| !coming_back(restore));
    let in_archive = found.archive_status().is_some()
        || matches!(class, Some(StorageClass::Glacier | StorageClass::DeepArchive));
    Details {
        size: found.content_length().unwrap_or_default().try_into().unwrap_or_default(),
        content_type: found.content_type().map(str::to_owned),
        modified_at: found.last_modified().and_then(|at| Timestamp::from_second(at.secs()).ok()),
        etag: found.e_tag().map(str::to_owned),
        storage_class: class.map(|class| class.as_str().to_owned()),
        is_archived: in_archive && !is_back,
        encryption: found.server_side_encryption().map(|how| how.as_str().to_owned()),
        kms_key: found.ssekms_key_id().map(str::to_owned),
        version: found.version_id().and_then(VersionId::kept),
        checksum: checksum(found),
        tags: Tags::default(),
    }
}

/// The strongest that the server keeps.
fn checksum(found: &HeadObjectOutput) -> Option<(String, String)> {
    let kept = [
        ("SHA256", found.checksum_sha256()),
        ("SHA1", found.checksum_sha1()),
        ("CRC64NVME", found.checksum_crc64_nvme()),
        ("CRC32C", found.checksum_crc32_c()),
        ("CRC32", found.checksum_crc32()),
    ];
    kept.into_iter().find_map(|(algorithm, value)| Some((algorithm.to_owned(), value?.to_owned())))
}

/// The object has no bytes there. How many it has, the refusal may tell: `bytes */7`.
fn nothing_at<E>(start: u64, refused: &Result<GetObjectOutput, SdkError<E>>) -> Body {
    let answer = refused.as_ref().err().and_then(SdkError::raw_response);
    let told = answer.and_then(|answer| answer.headers().get("content-range"));
    let size = told.and_then(|told| told.rsplit_once('/')?.1.parse().ok()).unwrap_or(start);
    Body { range: start..start, size, content_type: None, etag: None, bytes: stream::empty().boxed() }
}

/// A server that sends other bytes than those that it was asked for is not believed.
fn body(found: GetObjectOutput, asked: Option<Range<u64>>, bucket: &BucketName) -> Result<Body> {
    let length: u64 = found.content_length().unwrap_or_default().try_into().unwrap_or_default();
    let (range, size) = match found.content_range() {
        Some(told) => content_range(told).ok_or_else(|| odd("a range that is none"))?,
        None => (0..length, length),
    };
    let fits = asked.as_ref().is_none_or(|asked| range.start == asked.start && range.end <= asked.end);
    if !fits || range.end - range.start != length || (asked.is_none() && range.end != size) {
        return Err(odd("other bytes than those asked for"));
    }
    Ok(Body {
        range,
        size,
        content_type: found.content_type().map(str::to_owned),
        etag: found.e_tag().map(str::to_owned),
        bytes: chunks(found.body, bucket.to_string()).boxed(),
    })
}

/// What breaks off on its way was not reached to its end.
fn chunks(body: ByteStream, host: String) -> impl Stream<Item = Result<Bytes>> + Send {
    let chunks = stream::try_unfold(body, |mut body| async move {
        Ok::<_, ByteStreamError>(body.try_next().await?.map(|chunk| (chunk, body)))
    });
    chunks.map_err(move |e| Error::from(Kind::Offline { host: host.clone() }).with_source(e))
}

/// `bytes 0-6/7`: which bytes, and of how many.
fn content_range(told: &str) -> Option<(Range<u64>, u64)> {
    let (range, size) = told.strip_prefix("bytes ")?.split_once('/')?;
    let (first, last) = range.split_once('-')?;
    let (first, last, size): (u64, u64, u64) = (first.parse().ok()?, last.parse().ok()?, size.parse().ok()?);
    (first <= last && last < size).then_some((first..last + 1, size))
}

fn odd(what: &str) -> Error {
    Error::from(Kind::ServerFault).with_detail(format!("the server sends {what}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_range_is_what_it_says_or_nothing() {
        assert_eq!(content_range("bytes 2-4/10"), Some((2..5, 10)));
        for odd in ["bytes */10", "bytes 4-2/10", "bytes 2-10/10", "bytes 2-4/*", "2-4/10", "bytes 2-4", ""] {
            assert_eq!(content_range(odd), None, "{odd}");
        }
    }

    #[test]
    fn other_bytes_than_those_asked_for_are_not_believed() {
        let bucket = BucketName::parse("acme").unwrap();
        let answer = |length, range: Option<&str>, asked| {
            let found = GetObjectOutput::builder().content_length(length);
            let found = found.set_content_range(range.map(str::to_owned)).build();
            body(found, asked, &bucket).map(|body| (body.range, body.size)).map_err(Error::into_kind)
        };
        assert_eq!(answer(3, Some("bytes 2-4/10"), Some(2..5)), Ok((2..5, 10)));
        assert_eq!(answer(3, Some("bytes 7-9/10"), Some(7..99)), Ok((7..10, 10)));
        assert_eq!(answer(3, None, Some(0..64)), Ok((0..3, 3)), "all of it is as good as the range");
        assert_eq!(answer(3, None, None), Ok((0..3, 3)));
        for (length, range, asked) in [
            (10, None, Some(0..3)),
            (10, None, Some(2..5)),
            (3, Some("bytes 0-2/10"), Some(2..5)),
            (9, Some("bytes 2-4/10"), Some(2..5)),
            (8, Some("bytes 2-9/10"), Some(2..5)),
            (3, Some("bytes 2-4/10"), None),
            (3, Some("nonsense"), Some(2..5)),
        ] {
            assert_eq!(answer(length, range, asked.clone()), Err(Kind::ServerFault), "{range:?} {asked:?}");
        }
    }

    #[test]
    fn an_archived_object_can_be_read_once_it_is_back() {
        let class = |class, restore: Option<&str>| {
            let head = HeadObjectOutput::builder().storage_class(class);
            of_head(&head.set_restore(restore.map(str::to_owned)).build()).is_archived
        };
        assert!(class(StorageClass::Glacier, None));
        assert!(class(StorageClass::DeepArchive, Some("ongoing-request=\"true\"")));
        let back = "ongoing-request=\"false\", expiry-date=\"Fri, 21 Dec 2029 00:00:00 GMT\"";
        assert!(!class(StorageClass::Glacier, Some(back)));
        assert!(!class(StorageClass::GlacierIr, None), "that one answers at once");
    }
}
