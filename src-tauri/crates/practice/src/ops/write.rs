//! PutObject, and through it the form of a browser (PostObject): streamed to disk, then kept if the checksums agree.

use futures_util::StreamExt;
use s3s::checksum::ChecksumHasher;
use s3s::crypto::{Checksum as _, Crc32, Crc32c, Crc64Nvme, Sha1, Sha256};
use s3s::dto::*;
use s3s::{S3Request, S3Response, S3Result, TrailingHeaders, s3_error};

use super::{PracticeStore, fault};
use crate::storage::{Headers, Staged};

/// Longest key, in bytes of UTF-8.
const MAX_KEY_BYTES: usize = 1024;

pub(super) async fn put(
    store: &PracticeStore,
    req: S3Request<PutObjectInput>,
) -> S3Result<S3Response<PutObjectOutput>> {
    let trailers = req.trailing_headers;
    let mut input = req.input;
    store.must_exist(&input.bucket).await?;
    if input.key.len() > MAX_KEY_BYTES {
        return Err(s3_error!(KeyTooLongError, "Your key is too long"));
    }
    let mut hasher = hasher_for(&input);
    let staged = receive(store, input.body.take(), input.content_length, &mut hasher).await?;
    check_md5(&input, &staged)?;
    check_sums(&input, trailers.as_ref(), &hasher.finalize())?;

    let only_new = input.if_none_match.as_ref().is_some_and(ETagCondition::is_any);
    let headers = Headers {
        content_type: input.content_type,
        content_disposition: input.content_disposition,
        content_encoding: input.content_encoding.filter(|coding| coding != "aws-chunked"),
        content_language: input.content_language,
        cache_control: input.cache_control,
        metadata: input.metadata.unwrap_or_default().into_iter().collect(),
    };
    match store.storage.store(&input.bucket, &input.key, staged, headers, only_new).await.map_err(fault)? {
        Some(object) => {
            let e_tag = Some(ETag::Strong(object.etag));
            Ok(S3Response::new(PutObjectOutput { e_tag, ..PutObjectOutput::default() }))
        }
        None => {
            Err(s3_error!(PreconditionFailed, "At least one of the pre-conditions you specified did not hold"))
        }
    }
}

async fn receive(
    store: &PracticeStore,
    body: Option<StreamingBlob>,
    promised: Option<i64>,
    hasher: &mut ChecksumHasher,
) -> S3Result<Staged> {
    let mut staging = store.storage.stage().await.map_err(fault)?;
    if let Some(mut body) = body {
        while let Some(chunk) = body.next().await {
            let chunk = chunk.map_err(|_| s3_error!(IncompleteBody, "The request body broke off"))?;
            hasher.update(&chunk);
            staging.write(&chunk).await.map_err(|e| fault(e.into()))?;
        }
    }
    let staged = staging.finish().await.map_err(|e| fault(e.into()))?;
    if promised.is_some_and(|promised| u64::try_from(promised) != Ok(staged.size)) {
        return Err(s3_error!(IncompleteBody, "The request body has another length than was promised"));
    }
    Ok(staged)
}

/// All that a client may send; which one it was is known only behind the body, when it is a trailer.
fn hasher_for(input: &PutObjectInput) -> ChecksumHasher {
    let named = input.checksum_algorithm.as_ref().map(ChecksumAlgorithm::as_str);
    let is = |name: &str, sent: bool| sent || named == Some(name);
    ChecksumHasher {
        crc32: is(ChecksumAlgorithm::CRC32, input.checksum_crc32.is_some()).then(Crc32::new),
        crc32c: is(ChecksumAlgorithm::CRC32C, input.checksum_crc32c.is_some()).then(Crc32c::new),
        crc64nvme: is(ChecksumAlgorithm::CRC64NVME, input.checksum_crc64nvme.is_some()).then(Crc64Nvme::new),
        sha1: is(ChecksumAlgorithm::SHA1, input.checksum_sha1.is_some()).then(Sha1::new),
        sha256: is(ChecksumAlgorithm::SHA256, input.checksum_sha256.is_some()).then(Sha256::new),
    }
}

fn check_md5(input: &PutObjectInput, staged: &Staged) -> S3Result<()> {
    let Some(sent) = &input.content_md5 else { return Ok(()) };
    if base64(&staged.md5).as_deref() == Some(sent) {
        return Ok(());
    }
    Err(s3_error!(BadDigest, "The Content-MD5 you specified did not match what we received."))
}

fn base64(hex_digest: &str) -> Option<String> {
    Some(base64_simd::STANDARD.encode_to_string(hex::decode(hex_digest).ok()?))
}

fn check_sums(input: &PutObjectInput, trailers: Option<&TrailingHeaders>, found: &Checksum) -> S3Result<()> {
    let trailer = |name: &str| {
        let read = |headers: &hyper::HeaderMap| headers.get(name)?.to_str().ok().map(str::to_owned);
        trailers.and_then(|trailers| trailers.read(read).flatten())
    };
    for (name, sent, found) in [
        ("x-amz-checksum-crc32", &input.checksum_crc32, &found.checksum_crc32),
        ("x-amz-checksum-crc32c", &input.checksum_crc32c, &found.checksum_crc32c),
        ("x-amz-checksum-crc64nvme", &input.checksum_crc64nvme, &found.checksum_crc64nvme),
        ("x-amz-checksum-sha1", &input.checksum_sha1, &found.checksum_sha1),
        ("x-amz-checksum-sha256", &input.checksum_sha256, &found.checksum_sha256),
    ] {
        let sent = sent.clone().or_else(|| trailer(name));
        if sent.is_some() && found.is_some() && sent != *found {
            return Err(s3_error!(
                BadDigest,
                "The checksum you specified did not match the calculated checksum."
            ));
        }
    }
    Ok(())
}
