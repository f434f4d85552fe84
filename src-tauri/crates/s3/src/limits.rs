//! How much of an answer is read, and how long one is waited for: the same for every request to a server.
//!
//! A server is not trusted to stop. An answer that would fill the memory is broken off, one that comes by drops
//! is given up. [`S3Store`](crate::S3Store) applies this to its configuration once; only uploads, copies and
//! deletions differ, see [`Pace`], [`Copies`] and [`Limits::for_one_try`]. The check has bounds of its own.

use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use aws_sdk_s3::Config;
use aws_sdk_s3::config::interceptors::{BeforeDeserializationInterceptorContextMut, InterceptorContext};
use aws_sdk_s3::config::retry::{ClassifyRetry, RetryAction, RetryConfig, RetryPartition, TokenBucket};
use aws_sdk_s3::config::timeout::{TimeoutConfig, TimeoutConfigBuilder};
use aws_sdk_s3::config::{
    Builder, ConfigBag, Intercept, RequestChecksumCalculation, RuntimeComponents, StalledStreamProtectionConfig,
};
use aws_sdk_s3::error::BoxError;
use aws_smithy_runtime_api::client::orchestrator::Metadata;
use aws_smithy_types::body::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use memchr::memchr_iter;

use crate::error::in_chain;

/// How often a part of a file is sent before its upload is given up, with growing pauses in between.
const ATTEMPTS: u32 = 5;

/// The slowest that a body may be as long as it moves, in bytes a second: several share a line.
const SLOWEST: u64 = 2 * 1024;

/// How long a connection may take to open.
const CONNECT: Duration = Duration::from_secs(5);

/// What one request may cost. The default is for servers anywhere; tests are less patient.
#[derive(Clone, Copy, Debug)]
pub struct Limits {
    /// The longest answer that is read, in bytes.
    ///
    /// No object is held to this, so the longest honest answer is a page of a listing: 1,000 keys of 1,024 bytes
    /// (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListObjectsV2.html>). If every byte of them stands
    /// in the XML as six, as `&quot;` does, that is 6 MiB.
    pub answer_bytes: usize,
    /// The most `<` in an answer, each of which may cost the SDK hundreds of bytes.
    ///
    /// The longest honest answer has 10,000 buckets with four facts each
    /// (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html>): 100,000 tags.
    pub answer_tags: usize,
    /// How long one attempt may take, to the last byte of its answer. It is then tried again.
    pub attempt: Duration,
    /// How long all attempts and the pauses between them may take.
    pub operation: Duration,
    /// The same for bodies of uploads.
    pub upload: Pace,
    /// How objects are copied.
    pub copies: Copies,
}

/// How objects are copied on the server.
#[derive(Clone, Copy, Debug)]
pub struct Copies {
    /// The largest that goes in one request, in bytes. S3 takes 5 GiB
    /// (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html>).
    pub in_one: u64,
    /// The parts that a larger one is copied in, in bytes: each takes seconds, and between them it can be stopped.
    pub part: u64,
    /// How long an answer is waited for: a server may work on a copy for minutes, and a line that was cut while this
    /// computer slept does not say so.
    pub answer: Duration,
    /// How long it is still waited for once nobody wants the copy any more.
    pub grace: Duration,
}

impl Default for Copies {
    fn default() -> Self {
        Self {
            in_one: 5 << 30,
            part: 256 << 20,
            answer: Duration::from_secs(600),
            grace: Duration::from_secs(10),
        }
    }
}

impl Copies {
    /// How a request differs that copies a whole object.
    pub(crate) fn for_whole_objects(self) -> Builder {
        let timeouts = connecting().operation_attempt_timeout(self.answer).operation_timeout(self.answer * 2);
        Config::builder().timeout_config(timeouts.build())
    }
}

/// How patient an upload is.
#[derive(Clone, Copy, Debug)]
pub struct Pace {
    /// How long nothing may move: no byte of a body go out, and no answer come.
    pub answer: Duration,
    /// The first pause before a body is sent again; the next ones grow.
    pub pause: Duration,
}

impl Default for Pace {
    fn default() -> Self {
        Self { answer: Duration::from_secs(60), pause: Duration::from_secs(1) }
    }
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            answer_bytes: 8 * 1024 * 1024,
            answer_tags: 120_000,
            attempt: Duration::from_secs(20),
            operation: Duration::from_secs(45),
            upload: Pace::default(),
            copies: Copies::default(),
        }
    }
}

impl Limits {
    /// How long an answer is waited for that is no listing: of those who sign in and who know the credentials.
    pub(crate) fn for_one_answer(self) -> TimeoutConfig {
        connecting().operation_attempt_timeout(self.attempt).operation_timeout(self.operation).build()
    }

    /// How a request differs that may not be repeated unseen: its one try has the time of all.
    pub(crate) fn for_one_try(self) -> Builder {
        let timeouts =
            connecting().operation_attempt_timeout(self.operation).operation_timeout(self.operation).build();
        Config::builder().timeout_config(timeouts).retry_config(RetryConfig::disabled())
    }

    /// Holds every request of this configuration to the limits.
    pub(crate) fn apply(self, config: Builder) -> Builder {
        config
            .timeout_config(self.for_one_answer())
            .stalled_stream_protection(StalledStreamProtectionConfig::enabled().build())
            .interceptor(self)
            .retry_classifier(OnceIsEnough)
    }
}

impl Pace {
    /// How a request differs that carries a part of a file, or prepares one: it is tried more often, and each time
    /// waited for as long as a slow line needs.
    pub(crate) fn for_body_of(self, bytes: u64) -> Builder {
        self.within(self.answer, self.answer + Duration::from_secs(bytes / SLOWEST))
    }

    /// How a request differs that makes an object of its parts: a server may work on that for minutes
    /// (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_CompleteMultipartUpload.html>).
    pub(crate) fn for_completion(self) -> Builder {
        self.within(self.answer * 10, self.answer * 10)
    }

    /// How long a request without a body may take with all its attempts.
    pub(crate) fn longest_try(self) -> Duration {
        self.answer * ATTEMPTS
    }

    fn within(self, silence: Duration, attempt: Duration) -> Builder {
        let timeouts = connecting()
            .read_timeout(silence)
            .operation_attempt_timeout(attempt)
            .operation_timeout(attempt * ATTEMPTS)
            .build();
        let partition = RetryPartition::custom("uploads").token_bucket(TokenBucket::unlimited()).build();
        let retries = RetryConfig::standard().with_max_attempts(ATTEMPTS).with_initial_backoff(self.pause);
        Config::builder()
            .timeout_config(timeouts)
            .retry_config(retries)
            // Else all requests together have a hundred repetitions, and a bad line ends uploads that would arrive.
            .retry_partition(partition)
            // Ours stand in headers, made of what was read. A server that refuses those is not asked with others.
            .request_checksum_calculation(RequestChecksumCalculation::WhenRequired)
    }
}

fn connecting() -> TimeoutConfigBuilder {
    TimeoutConfig::builder().connect_timeout(CONNECT)
}

/// The server's answer is longer than any honest one.
#[derive(Debug, thiserror::Error)]
pub(crate) enum Overlong {
    #[error("the answer is larger than {} MiB", .0 >> 20)]
    Bytes(usize),
    #[error("the answer has more than {0} tags")]
    Tags(usize),
}

impl Intercept for Limits {
    fn name(&self) -> &'static str {
        "Limits"
    }

    /// Breaks off a longer answer, before anything of it is parsed. An object is not parsed, and is as long as it is.
    fn modify_before_deserialization(
        &self,
        context: &mut BeforeDeserializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        config: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let operation = config.load::<Metadata>().map(Metadata::name);
        if operation == Some("GetObject") && context.response().status().is_success() {
            return Ok(());
        }
        let body = context.response_mut().body_mut();
        let answer = std::mem::replace(body, SdkBody::taken());
        *body = SdkBody::from_body_1_x(Capped { answer, limits: *self, bytes: 0, tags: 0 });
        Ok(())
    }
}

/// An answer as far as it has been read.
struct Capped {
    answer: SdkBody,
    limits: Limits,
    bytes: usize,
    tags: usize,
}

impl Capped {
    fn count(&mut self, chunk: &[u8]) -> Result<(), Overlong> {
        self.bytes += chunk.len();
        self.tags += memchr_iter(b'<', chunk).count();
        if self.bytes > self.limits.answer_bytes {
            Err(Overlong::Bytes(self.limits.answer_bytes))
        } else if self.tags > self.limits.answer_tags {
            Err(Overlong::Tags(self.limits.answer_tags))
        } else {
            Ok(())
        }
    }
}

impl Body for Capped {
    type Data = Bytes;
    type Error = BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BoxError>>> {
        let frame = ready!(Pin::new(&mut self.answer).poll_frame(cx));
        if let Some(Ok(frame)) = &frame
            && let Some(chunk) = frame.data_ref()
            && let Err(overlong) = self.count(chunk)
        {
            return Poll::Ready(Some(Err(overlong.into())));
        }
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.answer.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        Body::size_hint(&self.answer)
    }
}

/// A server that answered too much once would do it again; the SDK takes a broken body for a passing fault.
#[derive(Debug)]
struct OnceIsEnough;

impl ClassifyRetry for OnceIsEnough {
    fn classify_retry(&self, context: &InterceptorContext) -> RetryAction {
        match context.output_or_error() {
            Some(Err(error)) if in_chain::<Overlong>(error).is_some() => RetryAction::RetryForbidden,
            _ => RetryAction::NoActionIndicated,
        }
    }

    fn name(&self) -> &'static str {
        "OnceIsEnough"
    }
}
