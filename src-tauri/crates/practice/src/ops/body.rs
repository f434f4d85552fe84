//! Bytes of a client on their way to disk, with what it promised about them: their length, MD5 and checksums.
//!
//! `s3s` unpacks aws-chunked bodies and checks the signature of each chunk and `x-amz-content-sha256`; it does
//! not check Content-MD5 nor any `x-amz-checksum-*`, in front of the body or behind it. That is done here, for
//! objects and for parts alike.

use std::time::Duration;

use futures_util::StreamExt;
use hyper::HeaderMap;
use s3s::checksum::ChecksumHasher;
use s3s::crypto::{Checksum as _, Crc32, Crc32c, Crc64Nvme, Sha1, Sha256};
use s3s::dto::{Checksum, StreamingBlob};
use s3s::{S3Error, S3Result, TrailingHeaders, s3_error};

use super::{PracticeStore, fault};
use crate::storage::Staged;

/// The most bytes of one request: more go in parts.
pub(crate) const MAX_BYTES: u64 = 5 * 1024 * 1024 * 1024;

/// A client that sends nothing for so long has gone.
pub(crate) const PATIENCE: Duration = Duration::from_secs(60);

/// The checksums of S3 by their headers.
const SUMS: [&str; 5] = [
    "x-amz-checksum-crc32",
    "x-amz-checksum-crc32c",
    "x-amz-checksum-crc64nvme",
    "x-amz-checksum-sha1",
    "x-amz-checksum-sha256",
];

/// What a client says about bytes that it is about to send.
pub(super) struct Promise {
    length: Option<i64>,
    md5: Option<String>,
    sums: [Option<String>; 5],
    /// Which checksums follow behind the body.
    trailing: [bool; 5],
    trailers: Option<TrailingHeaders>,
}

impl Promise {
    pub(super) fn new(
        length: Option<i64>,
        md5: Option<String>,
        headers: &HeaderMap,
        trailers: Option<TrailingHeaders>,
    ) -> Self {
        let sums = SUMS.map(|name| headers.get(name)?.to_str().ok().map(str::to_owned));
        let announced = headers.get_all("x-amz-trailer").iter().filter_map(|value| value.to_str().ok());
        let announced: Vec<String> =
            announced.flat_map(|names| names.split(',')).map(|name| name.trim().to_ascii_lowercase()).collect();
        let trailing = SUMS.map(|name| announced.iter().any(|announced| announced == name));
        Self { length, md5, sums, trailing, trailers }
    }

    fn hasher(&self) -> ChecksumHasher {
        let is = |n: usize| self.sums[n].is_some() || self.trailing[n];
        ChecksumHasher {
            crc32: is(0).then(Crc32::new),
            crc32c: is(1).then(Crc32c::new),
            crc64nvme: is(2).then(Crc64Nvme::new),
            sha1: is(3).then(Sha1::new),
            sha256: is(4).then(Sha256::new),
        }
    }

    fn check(&self, staged: &Staged, found: &Checksum) -> S3Result<()> {
        if self.length.is_some_and(|length| u64::try_from(length) != Ok(staged.size)) {
            return Err(s3_error!(IncompleteBody, "The request body has another length than was promised"));
        }
        if let Some(sent) = &self.md5 {
            check_md5(sent, &staged.md5)?;
        }
        let found = [
            &found.checksum_crc32,
            &found.checksum_crc32c,
            &found.checksum_crc64nvme,
            &found.checksum_sha1,
            &found.checksum_sha256,
        ];
        for (n, found) in found.into_iter().enumerate() {
            let behind = || self.trailer(SUMS[n]);
            let sent = self.sums[n].clone().or_else(behind);
            if found.is_some() && sent != *found {
                let message = "The checksum you specified did not match the calculated checksum.";
                return Err(s3_error!(BadDigest, "{message}"));
            }
        }
        Ok(())
    }

    fn trailer(&self, name: &str) -> Option<String> {
        let read = |headers: &HeaderMap| headers.get(name)?.to_str().ok().map(str::to_owned);
        self.trailers.as_ref()?.read(read).flatten()
    }
}

/// Streams a body to disk and gives it with the checksums that were asked for, all of them right.
pub(super) async fn receive(
    store: &PracticeStore,
    body: Option<StreamingBlob>,
    promise: Promise,
) -> S3Result<(Staged, Checksum)> {
    let too_large = || s3_error!(EntityTooLarge, "Your proposed upload exceeds the maximum allowed size");
    if promise.length.is_some_and(|length| u64::try_from(length).is_ok_and(|length| length > MAX_BYTES)) {
        return Err(too_large());
    }
    let mut staging = store.storage.stage().await.map_err(fault)?;
    let mut hasher = promise.hasher();
    let mut size = 0;
    if let Some(mut body) = body {
        loop {
            let chunk = tokio::time::timeout(PATIENCE, body.next()).await;
            let chunk = chunk.map_err(|_| s3_error!(RequestTimeout, "Nothing was sent for too long"))?;
            let Some(chunk) = chunk else { break };
            let chunk = chunk.map_err(broken)?;
            size += chunk.len() as u64;
            if size > MAX_BYTES {
                return Err(too_large());
            }
            hasher.update(&chunk);
            staging.write(&chunk).await.map_err(|e| fault(e.into()))?;
        }
    }
    let staged = staging.finish().await.map_err(|e| fault(e.into()))?;
    let found = hasher.finalize();
    promise.check(&staged, &found)?;
    Ok((staged, found))
}

/// Why `s3s` gave up a body; it tells these apart by their words only for the log.
fn broken(error: s3s::StdError) -> S3Error {
    tracing::debug!("a body ended: {error}");
    s3_error!(IncompleteBody, "The request body broke off, or is not the one that was signed")
}

/// Content-MD5 is in base64, what was found in hexadecimal.
fn check_md5(sent: &str, found: &str) -> S3Result<()> {
    let sent = base64_simd::STANDARD.decode_to_vec(sent).ok().filter(|md5| md5.len() == 16);
    let sent = sent.ok_or_else(|| s3_error!(InvalidDigest, "The Content-MD5 you specified was invalid."))?;
    if hex::encode(sent) == found {
        return Ok(());
    }
    Err(s3_error!(BadDigest, "The Content-MD5 you specified did not match what we received."))
}
