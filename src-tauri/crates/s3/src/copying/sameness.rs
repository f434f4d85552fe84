//! Whether a copy is what it was made of, as far as a server tells.

use aws_sdk_s3::operation::head_object::HeadObjectOutput;
use aws_sdk_s3::types::{ChecksumType, ServerSideEncryption};

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Sameness {
    /// By the content.
    Proven,
    /// By the size; nothing else can be compared.
    Likely,
    Different,
}

pub(super) fn compare(original: &HeadObjectOutput, copy: &HeadObjectOutput) -> Sameness {
    if original.content_length() != copy.content_length() {
        return Sameness::Different;
    }
    match (sums(original, copy), md5s(original, copy)) {
        (Some(false), _) | (None, Some(false)) => Sameness::Different,
        (Some(true), _) | (None, Some(true)) => Sameness::Proven,
        (None, None) => Sameness::Likely,
    }
}

/// Whether the checksums are the same; `None` where there are none of the whole object by the same algorithm.
fn sums(original: &HeadObjectOutput, copy: &HeadObjectOutput) -> Option<bool> {
    let of = |head: &HeadObjectOutput| {
        let is_whole = head.checksum_type() != Some(&ChecksumType::Composite);
        let sums = [
            head.checksum_crc64_nvme(),
            head.checksum_sha256(),
            head.checksum_sha1(),
            head.checksum_crc32_c(),
            head.checksum_crc32(),
        ];
        // Of a checksum of checksums, the number of parts stands behind a dash.
        sums.map(|sum| sum.filter(|sum| is_whole && !sum.contains('-')).map(str::to_owned))
    };
    let same = |(one, other): (Option<String>, Option<String>)| Some(one? == other?);
    of(original).into_iter().zip(of(copy)).find_map(same)
}

/// The same of ETags, which are the MD5 of an object that came in one piece and is not encrypted by a key of its own
/// (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_Object.html>).
fn md5s(original: &HeadObjectOutput, copy: &HeadObjectOutput) -> Option<bool> {
    let md5 = |head: &HeadObjectOutput| {
        let is_plain = head.sse_customer_algorithm().is_none()
            && matches!(head.server_side_encryption(), None | Some(ServerSideEncryption::Aes256));
        let etag = head.e_tag()?.trim_matches('"').to_ascii_lowercase();
        (is_plain && etag.len() == 32 && etag.bytes().all(|byte| byte.is_ascii_hexdigit())).then_some(etag)
    };
    Some(md5(original)? == md5(copy)?)
}

#[cfg(test)]
mod tests {
    use super::*;

    const ONE: &str = "\"0123456789abcdef0123456789abcdef\"";
    const OTHER: &str = "\"fedcba9876543210fedcba9876543210\"";

    fn head(size: i64, etag: &str) -> aws_sdk_s3::operation::head_object::builders::HeadObjectOutputBuilder {
        HeadObjectOutput::builder().content_length(size).e_tag(etag)
    }

    #[test]
    fn a_copy_is_believed_by_its_content_where_that_can_be_told() {
        let plain = head(7, ONE).build();
        assert_eq!(compare(&plain, &plain), Sameness::Proven);
        assert_eq!(compare(&plain, &head(8, ONE).build()), Sameness::Different);
        assert_eq!(compare(&plain, &head(7, OTHER).build()), Sameness::Different);
        let in_parts = head(7, "\"0123456789abcdef0123456789abcdef-2\"").build();
        assert_eq!(compare(&in_parts, &plain), Sameness::Likely);
        let by_key = head(7, OTHER).server_side_encryption(ServerSideEncryption::AwsKms).build();
        assert_eq!(compare(&plain, &by_key), Sameness::Likely);
        let sum = |sum: &str| head(7, "\"x\"").checksum_crc64_nvme(sum).build();
        assert_eq!(compare(&sum("a="), &sum("a=")), Sameness::Proven);
        assert_eq!(compare(&sum("a="), &sum("b=")), Sameness::Different);
        assert_eq!(compare(&sum("a=-2"), &sum("a=")), Sameness::Likely);
        let composite =
            head(7, "\"x\"").checksum_crc64_nvme("a=").checksum_type(ChecksumType::Composite).build();
        assert_eq!(compare(&composite, &sum("b=")), Sameness::Likely);
    }
}
