//! Bytes in memory as the body of a request, told as they go out; a repeated request counts from its start.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};
use std::task::{Context, Poll};

use aws_sdk_s3::primitives::{ByteStream, SdkBody};
use base64_simd::STANDARD;
use bytes::Bytes;
use crc_fast::{CrcAlgorithm, checksum, checksum_combine};
use guestpass_core::ports::Witness;
use http_body::{Body, Frame, SizeHint};

/// How much is handed to the connection at a time, and so how finely progress is told, in bytes.
const CHUNK: usize = 256 * 1024;

/// The sum of all bodies of one file.
#[derive(Clone)]
pub(super) struct Progress {
    sum: Arc<AtomicU64>,
    witness: Arc<dyn Witness>,
}

impl Progress {
    pub(super) fn new(witness: Arc<dyn Witness>) -> Self {
        Self { sum: Arc::default(), witness }
    }

    /// Also for bytes that the server has from an earlier try.
    pub(super) fn add(&self, bytes: u64) {
        self.witness.sent(self.sum.fetch_add(bytes, Ordering::Relaxed) + bytes);
    }

    fn take_back(&self, bytes: u64) {
        self.witness.sent(self.sum.fetch_sub(bytes, Ordering::Relaxed) - bytes);
    }
}

/// A body that can be sent again without reading the file again.
pub(super) fn stream(bytes: Bytes, progress: &Progress) -> ByteStream {
    let progress = progress.clone();
    let counted = Arc::new(AtomicU64::new(0));
    ByteStream::new(SdkBody::retryable(move || {
        progress.take_back(counted.swap(0, Ordering::Relaxed));
        let body = Counted { left: bytes.clone(), counted: counted.clone(), progress: progress.clone() };
        SdkBody::from_body_1_x(body)
    }))
}

struct Counted {
    left: Bytes,
    counted: Arc<AtomicU64>,
    progress: Progress,
}

impl Body for Counted {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        _: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        if self.left.is_empty() {
            return Poll::Ready(None);
        }
        let length = self.left.len().min(CHUNK);
        let chunk = self.left.split_to(length);
        self.counted.fetch_add(length as u64, Ordering::Relaxed);
        self.progress.add(length as u64);
        Poll::Ready(Some(Ok(Frame::data(chunk))))
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.left.len() as u64)
    }
}

/// CRC-64/NVME, which S3 checks before it keeps anything, and can check over all parts at once
/// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html>).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Crc {
    /// The checksum as a number.
    pub(super) sum: u64,
    length: u64,
}

impl Crc {
    pub(super) fn of(bytes: &[u8]) -> Self {
        Self { sum: checksum(CrcAlgorithm::Crc64Nvme, bytes), length: bytes.len() as u64 }
    }

    /// The sum over these bytes and those that follow.
    pub(super) fn then(self, next: Self) -> Self {
        let sum = checksum_combine(CrcAlgorithm::Crc64Nvme, self.sum, next.sum, next.length);
        Self { sum, length: self.length + next.length }
    }

    /// As it travels in a header: big-endian, in base64.
    pub(super) fn header(self) -> String {
        STANDARD.encode_to_string(self.sum.to_be_bytes())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_of_parts_make_the_sum_of_the_whole() {
        // The check value of the CRC catalogue for CRC-64/NVME: 0xae8b14860a799888.
        assert_eq!(Crc::of(b"123456789").header(), "rosUhgp5mIg=");
        let whole = Crc::of(b"").then(Crc::of(b"1234")).then(Crc::of(b"56789"));
        assert_eq!(whole, Crc::of(b"123456789"));
    }
}
