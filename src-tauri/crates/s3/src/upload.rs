//! One file to one free key, in one streamed PUT: memory does not grow with the file.

use std::io;
use std::path::{Path, PathBuf};
use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};

use async_trait::async_trait;
use aws_sdk_s3::Client;
use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::operation::put_object::PutObjectError;
use aws_sdk_s3::primitives::{ByteStream, SdkBody};
use bytes::{Bytes, BytesMut};
use guestpass_core::ports::{OnProgress, Put, PutOutcome, Upload};
use guestpass_core::{Action, BucketName, Error, Kind, ObjectKey, Result};
use http_body::{Body, Frame, SizeHint};
use tokio::io::{AsyncRead, ReadBuf};

use crate::S3Store;
use crate::error::{Asked, of_sdk};
use crate::limits::for_whole_objects;

/// The most that one PUT may carry: 5 GiB
/// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html>).
const PUT_LIMIT: u64 = 5 * 1024 * 1024 * 1024;

/// How much of the file is in memory at a time, per request.
const CHUNK: usize = 256 * 1024;

#[async_trait]
impl Upload for S3Store {
    async fn put_new(&self, put: Put<'_>, on_progress: OnProgress) -> Result<PutOutcome> {
        let asked = Asked::object(Action::Write, &self.profile, put.bucket, put.key);
        let client = self.regions.of(put.bucket, &self.profile).await?.client;
        // Servers that do not know `If-None-Match` on a PUT ignore it, so the key is looked at first as well.
        if exists(&client, put.bucket, put.key).await {
            return Ok(PutOutcome::Taken);
        }
        let fault = Fault::default();
        let source =
            FileSource { path: put.path.to_owned(), size: put.size, on_progress, fault: fault.clone() };
        let mut answer = send(&client, put, &source, true).await;
        if status_of(&answer) == Some(501) {
            answer = send(&client, put, &source, false).await;
        }
        match (answer, fault.take()) {
            (Ok(()), None) => Ok(PutOutcome::Stored),
            (answer @ Err(_), None) if matches!(status_of(&answer), Some(409 | 412)) => Ok(PutOutcome::Taken),
            (Err(e), None) => Err(of_sdk(e, asked)),
            (_, Some(FileFault::Changed)) => Err(Kind::FileChanged { name: name_of(put.path) }.into()),
            (_, Some(FileFault::Unreadable(e))) => {
                let detail = e.to_string();
                Err(Error::from(Kind::FileUnreadable { name: name_of(put.path) })
                    .with_detail(detail)
                    .with_source(e))
            }
        }
    }

    fn put_limit(&self) -> u64 {
        PUT_LIMIT
    }

    async fn put_page(&self, bucket: &BucketName, key: &ObjectKey, html: Vec<u8>) -> Result<PutOutcome> {
        let client = self.regions.of(bucket, &self.profile).await?.client;
        if exists(&client, bucket, key).await {
            return Ok(PutOutcome::Taken);
        }
        let request = client.put_object().bucket(bucket.as_str()).key(key.as_str());
        let request = request.content_type("text/html; charset=utf-8").body(ByteStream::from(html));
        let sent = request.send().await;
        sent.map_err(|e| of_sdk(e, Asked::object(Action::Write, &self.profile, bucket, key)))?;
        Ok(PutOutcome::Stored)
    }
}

/// A refusal to look is not an answer: the PUT decides.
pub(crate) async fn exists(client: &Client, bucket: &BucketName, key: &ObjectKey) -> bool {
    let look = client.head_object().bucket(bucket.as_str()).key(key.as_str());
    look.send().await.is_ok()
}

async fn send(
    client: &Client,
    put: Put<'_>,
    source: &FileSource,
    only_new: bool,
) -> Result<(), SdkError<PutObjectError>> {
    let request = client
        .put_object()
        .bucket(put.bucket.as_str())
        .key(put.key.as_str())
        .content_type(put.content_type)
        .content_length(put.size.try_into().unwrap_or(i64::MAX))
        .set_if_none_match(only_new.then(|| "*".to_owned()))
        .body(source.stream());
    request.customize().config_override(for_whole_objects()).send().await.map(drop)
}

pub(crate) fn status_of<T, E>(answer: &Result<T, SdkError<E>>) -> Option<u16> {
    answer.as_ref().err()?.raw_response().map(|raw| raw.status().as_u16())
}

fn name_of(path: &Path) -> String {
    path.file_name().unwrap_or_default().to_string_lossy().into_owned()
}

/// What went wrong on this side of the wire, where the SDK would only report a broken stream.
#[derive(Debug)]
enum FileFault {
    Unreadable(io::Error),
    Changed,
}

#[derive(Clone, Debug, Default)]
struct Fault(Arc<Mutex<Option<FileFault>>>);

impl Fault {
    fn set(&self, fault: FileFault) -> io::Error {
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(fault);
        io::Error::other("the file cannot be sent")
    }

    fn take(&self) -> Option<FileFault> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}

/// Makes the body of a request, and again for each repetition.
#[derive(Clone)]
struct FileSource {
    path: PathBuf,
    size: u64,
    on_progress: OnProgress,
    fault: Fault,
}

impl FileSource {
    fn stream(&self) -> ByteStream {
        let source = self.clone();
        ByteStream::new(SdkBody::retryable(move || {
            (source.on_progress)(0);
            let opened = std::fs::File::open(&source.path).map(tokio::fs::File::from_std);
            SdkBody::from_body_1_x(FileBody { source: source.clone(), file: Some(opened), sent: 0 })
        }))
    }
}

/// The file's bytes, exactly as many as were promised; more or fewer mean that it changed.
struct FileBody {
    source: FileSource,
    file: Option<io::Result<tokio::fs::File>>,
    sent: u64,
}

impl FileBody {
    fn poll_read(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Option<Bytes>>> {
        let file = match &mut self.file {
            None => return Poll::Ready(Ok(None)),
            Some(Ok(file)) => file,
            Some(Err(e)) => {
                let e = std::mem::replace(e, io::ErrorKind::Other.into());
                return Poll::Ready(Err(self.source.fault.set(FileFault::Unreadable(e))));
            }
        };
        let mut buffer = BytesMut::zeroed(CHUNK);
        let mut read = ReadBuf::new(&mut buffer);
        let outcome = ready!(Pin::new(file).poll_read(cx, &mut read));
        let filled = read.filled().len();
        if let Err(e) = outcome {
            return Poll::Ready(Err(self.source.fault.set(FileFault::Unreadable(e))));
        }
        self.sent += filled as u64;
        let ended_early = filled == 0 && self.sent < self.source.size;
        if ended_early || self.sent > self.source.size {
            return Poll::Ready(Err(self.source.fault.set(FileFault::Changed)));
        }
        if filled == 0 {
            self.file = None;
            return Poll::Ready(Ok(None));
        }
        (self.source.on_progress)(self.sent);
        buffer.truncate(filled);
        Poll::Ready(Ok(Some(buffer.freeze())))
    }
}

impl Body for FileBody {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        let chunk = ready!(self.get_mut().poll_read(cx));
        Poll::Ready(chunk.transpose().map(|chunk| chunk.map(Frame::data)))
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.source.size - self.sent.min(self.source.size))
    }
}
