//! Files into a bucket: whole or not at all, never over something that is there, in bounded memory.
//!
//! A small file goes in one request, a larger one in parts, several at a time. Each body is read once, held within a
//! budget that all uploads of the store share, sent with its checksum, and sent again from memory where the line
//! breaks. Answers get lost, too: every upload leaves a mark on its object, by which a success that nobody reported
//! is known from a stranger's file. What has begun in parts stays until it is gone on with or abandoned.

mod attempts;
mod beginning;
mod body;
mod flow;
mod parts;
mod plan;
mod source;
mod unfinished;

use std::collections::HashMap;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use async_trait::async_trait;
pub(crate) use attempts::Attempts;
use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::put_object::{PutObjectError, PutObjectOutput};
use aws_sdk_s3::primitives::ByteStream;
use body::{Crc, Progress, stream};
use bytes::Bytes;
use flow::Flow;
use guestpass_core::journal::Leftover;
use guestpass_core::ports::{Put, PutOutcome, Upload, Witness};
use guestpass_core::{Action, BucketName, Error, Kind, ObjectKey, Prefix, Result, stored_type_of};
use source::{Buffers, Source};
use tokio::sync::{Semaphore, SemaphorePermit};
use unfinished::Place;

use crate::S3Store;
use crate::clock::StoreClock;
use crate::error::{Asked, of_sdk};
use crate::limits::Pace;

/// The metadata that holds the mark of an upload.
const MARK: &str = "guestpass-upload";

/// What all uploads of a store share.
#[derive(Debug)]
pub(crate) struct Uploads {
    flow: Flow,
    large: Semaphore,
    budget: Semaphore,
    buffers: Buffers,
    refuses_checksums: AtomicBool,
    refuses_conditions: AtomicBool,
    pace: Pace,
}

impl Uploads {
    pub(crate) fn new(pace: Pace) -> Self {
        Self {
            pace,
            flow: Flow::default(),
            large: Semaphore::new(plan::LARGE_AT_ONCE),
            budget: Semaphore::new(plan::BUDGET_MIB),
            buffers: Buffers::default(),
            refuses_checksums: AtomicBool::new(false),
            refuses_conditions: AtomicBool::new(false),
        }
    }

    async fn room_for(&self, bytes: u64) -> Result<SemaphorePermit<'_>> {
        let share = plan::share_of_budget(bytes);
        self.budget.acquire_many(share).await.map_err(|e| Error::from(Kind::Internal).with_source(e))
    }

    /// Waits until one more large file may go.
    async fn turn(&self) -> Result<SemaphorePermit<'_>> {
        self.large.acquire().await.map_err(|e| Error::from(Kind::Internal).with_source(e))
    }

    fn demands(&self) -> Demands {
        Demands {
            checksum: !self.refuses_checksums.load(Ordering::Relaxed),
            only_new: !self.refuses_conditions.load(Ordering::Relaxed),
        }
    }

    /// Sends with these demands, and with fewer where the server does not know them. What it took in the end is
    /// remembered, and answered with its answer.
    async fn negotiate<T, E: ProvideErrorMetadata, Sending: Future<Output = Result<T, SdkError<E>>> + Send>(
        &self,
        asked: Demands,
        send: impl Fn(Demands) -> Sending + Send,
    ) -> (Demands, Result<T, SdkError<E>>) {
        let mut demands = asked;
        loop {
            let answer = send(demands).await;
            match &answer {
                Ok(_) => {
                    // Only what was given up tells of the server: what replaces a file never asks for a free name.
                    let (checksum, only_new) = (asked.checksum, asked.only_new);
                    self.refuses_checksums.fetch_or(checksum && !demands.checksum, Ordering::Relaxed);
                    self.refuses_conditions.fetch_or(only_new && !demands.only_new, Ordering::Relaxed);
                    return (demands, answer);
                }
                Err(e) => match demands.fewer(status_of(&answer), e.code()) {
                    Some(fewer) => demands = fewer,
                    None => return (demands, answer),
                },
            }
        }
    }
}

/// What is asked of the server beyond keeping the bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
struct Demands {
    /// To check that they are the right ones.
    checksum: bool,
    /// To put them nowhere where something is.
    only_new: bool,
}

impl Demands {
    /// What to ask of a server after this refusal; `None` where asking less would not help.
    fn fewer(self, status: Option<u16>, code: Option<&str>) -> Option<Self> {
        let is_unknown = match status {
            Some(501) => true,
            Some(400) => matches!(code, Some("InvalidArgument" | "InvalidRequest" | "NotImplemented")),
            _ => false,
        };
        match self {
            Self { checksum: true, .. } if is_unknown => Some(Self { checksum: false, ..self }),
            Self { only_new: true, .. } if status == Some(501) => Some(Self { only_new: false, ..self }),
            _ => None,
        }
    }

    fn checksum(self, crc: Crc) -> Option<String> {
        self.checksum.then(|| crc.header())
    }

    fn only_new(self) -> Option<String> {
        self.only_new.then(|| "*".to_owned())
    }
}

#[async_trait]
impl Upload for S3Store {
    async fn put(&self, put: Put<'_>, witness: Arc<dyn Witness>) -> Result<PutOutcome> {
        let client = self.regions.of(put.bucket, &self.profile).await?.client;
        // Before anything is looked at: a large file may wait for hours.
        let size = tokio::fs::metadata(put.path).await.map_or(put.size, |found| found.len());
        let _turn = if size > plan::PART { Some(self.uploads.turn().await?) } else { None };
        // Servers that do not know `If-None-Match` on a PUT ignore it, so the key is looked at first as well.
        let asked = Asked::object(Action::Write, &self.profile, put.bucket, put.key);
        if let Some(outcome) = outcome_of_look(look(&client, put, asked).await?, put) {
            return Ok(outcome);
        }
        let source = Source::open(put.path, self.uploads.buffers.clone()).await?;
        if source.size() > plan::LARGEST {
            return Err(Kind::FileTooLarge { name: source.name(), limit: plan::LARGEST }.into());
        }
        witness.found(source.size());
        let job = Job {
            uploads: &self.uploads,
            profile: &self.profile,
            client,
            content_type: stored_type_of(put.key.name(), source.first_bytes()),
            source,
            put,
            progress: Progress::new(witness.clone()),
            witness,
            clock: self.clock.clone(),
        };
        if job.source.size() <= plan::PART { job.in_one().await } else { job.in_parts().await }
    }

    async fn abandon(&self, left: &Leftover, spared: &[String]) -> Result<()> {
        let client = self.regions.of(&left.bucket, &self.profile).await?.client;
        let place = Place { client: &client, pace: self.uploads.pace, bucket: &left.bucket, key: &left.key };
        let removed = match &left.upload_id {
            Some(id) => place.abort(id).await,
            None => place.sweep(left.asked_at, spared).await,
        };
        removed.map_err(|e| e.told(Asked::object(Action::Abandon, &self.profile, &left.bucket, &left.key)))
    }

    async fn is_taken(&self, bucket: &BucketName, key: &ObjectKey) -> bool {
        match self.regions.of(bucket, &self.profile).await {
            Ok(region) => exists(&region.client, bucket, key).await,
            Err(_) => false,
        }
    }

    async fn make_folder(&self, bucket: &BucketName, prefix: &Prefix) -> Result<PutOutcome> {
        let client = self.regions.of(bucket, &self.profile).await?.client;
        let attempts = Attempts::default();
        let make = |only_new: bool| {
            let request = client.put_object().bucket(bucket.as_str()).key(prefix.as_str());
            let request = request.content_type("application/x-directory").body(ByteStream::from_static(b""));
            request
                .set_if_none_match(only_new.then(|| "*".to_owned()))
                .customize()
                .interceptor(attempts.clone())
        };
        let mut made = make(true).send().await;
        if status_of(&made) == Some(501) {
            made = make(false).send().await;
        }
        match (status_of(&made), made) {
            (_, Ok(_)) => Ok(PutOutcome::Stored),
            // Our own, the answer to which was lost.
            (Some(409 | 412), Err(_)) if attempts.were_several() => Ok(PutOutcome::Stored),
            (Some(409 | 412), Err(_)) => Ok(PutOutcome::Taken),
            (_, Err(e)) => Err(of_sdk(e, Asked::bucket(Action::Write, &self.profile, bucket))),
        }
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

/// One file on its way.
struct Job<'a> {
    uploads: &'a Arc<Uploads>,
    profile: &'a str,
    client: Client,
    put: Put<'a>,
    content_type: String,
    source: Source,
    witness: Arc<dyn Witness>,
    progress: Progress,
    clock: Arc<StoreClock>,
}

impl Job<'_> {
    async fn in_one(&self) -> Result<PutOutcome> {
        let mut lane = self.uploads.flow.lane().await?;
        let _room = self.uploads.room_for(self.source.size()).await?;
        let bytes = self.source.read(0..self.source.size()).await?;
        let crc = Crc::of(&bytes);
        let attempts = Attempts::default();
        lane.begin();
        let send = |demands| self.send(demands, &bytes, crc, attempts.clone());
        let (_, answer) = self.uploads.negotiate(self.demands(), send).await;
        lane.through(attempts.were_several());
        self.outcome_of(answer).await
    }

    fn demands(&self) -> Demands {
        let demands = self.uploads.demands();
        Demands { only_new: demands.only_new && !self.put.replaces, ..demands }
    }

    /// What came of the last request of an upload. An answer can be lost although it was a good one; a repetition is
    /// then told that the name is taken, or that there is no such upload.
    async fn outcome_of<T, E>(&self, answer: Result<T, SdkError<E>>) -> Result<PutOutcome>
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        let status = status_of(&answer);
        let Err(error) = answer else { return Ok(PutOutcome::Stored) };
        match look(&self.client, self.put, self.asked()).await {
            Ok(Found::Ours) => Ok(PutOutcome::Stored),
            // A condition failed, or somebody else was writing there at the same time
            // (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/conditional-writes.html>).
            Ok(_) if matches!(status, Some(409 | 412)) => Ok(PutOutcome::Taken),
            Ok(_) => Err(of_sdk(error, self.asked())),
            // Whether it has arrived is not known: the next try looks again.
            Err(unknown) => Err(unknown),
        }
    }

    /// What to answer where there is something under the name by now.
    async fn looked(&self) -> Result<Option<PutOutcome>> {
        Ok(outcome_of_look(look(&self.client, self.put, self.asked()).await?, self.put))
    }

    async fn send(
        &self,
        demands: Demands,
        bytes: &Bytes,
        crc: Crc,
        attempts: Attempts,
    ) -> Result<PutObjectOutput, SdkError<PutObjectError>> {
        let request = self.client.put_object().bucket(self.put.bucket.as_str()).key(self.put.key.as_str());
        let request = request
            .content_type(&self.content_type)
            .content_length(bytes.len().try_into().unwrap_or(i64::MAX))
            .metadata(MARK, self.put.mark)
            .set_if_none_match(demands.only_new())
            .set_checksum_crc64_nvme(demands.checksum(crc))
            .body(stream(bytes.clone(), &self.progress));
        let how = self.uploads.pace.for_body_of(bytes.len() as u64).interceptor(attempts);
        request.customize().config_override(how).send().await
    }

    fn asked(&self) -> Asked<'_> {
        Asked::object(Action::Write, self.profile, self.put.bucket, self.put.key)
    }
}

/// What lies where an upload is to go.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Found {
    Nothing,
    /// It came from this very upload.
    Ours,
    Another,
}

fn outcome_of_look(found: Found, put: Put<'_>) -> Option<PutOutcome> {
    match found {
        Found::Ours => Some(PutOutcome::Stored),
        Found::Another => (!put.replaces).then_some(PutOutcome::Taken),
        Found::Nothing => None,
    }
}

/// A refusal to look is not an answer: the upload decides. A fault is none either, but one that passes.
async fn look(client: &Client, put: Put<'_>, asked: Asked<'_>) -> Result<Found> {
    let answer = client.head_object().bucket(put.bucket.as_str()).key(put.key.as_str()).send().await;
    match (status_of(&answer), answer) {
        (_, Ok(found)) => Ok(found_with(found.metadata(), put)),
        (Some(401 | 403 | 404 | 405), Err(_)) => Ok(Found::Nothing),
        // An answer to HEAD has no body, so it cannot say what is bad about the request.
        (Some(400), Err(_)) => look_closer(client, put, asked).await,
        (_, Err(e)) => Err(of_sdk(e, asked)),
    }
}

/// The same by a request whose refusal gives a reason, such as a session that has ended.
async fn look_closer(client: &Client, put: Put<'_>, asked: Asked<'_>) -> Result<Found> {
    let first = client.get_object().bucket(put.bucket.as_str()).key(put.key.as_str()).range("bytes=0-0");
    let answer = first.send().await;
    match (status_of(&answer), answer) {
        (_, Ok(found)) => Ok(found_with(found.metadata(), put)),
        (Some(401 | 403 | 404 | 405), Err(_)) => Ok(Found::Nothing),
        // It is there, and encrypted with a key that we do not have.
        (_, Err(e)) if e.code() == Some("InvalidRequest") => Ok(Found::Another),
        (_, Err(e)) => Err(of_sdk(e, asked)),
    }
}

fn found_with(metadata: Option<&HashMap<String, String>>, put: Put<'_>) -> Found {
    let mark = metadata.and_then(|all| all.get(MARK));
    if mark.is_some_and(|mark| mark == put.mark) { Found::Ours } else { Found::Another }
}

/// A refusal to look is not an answer: the upload decides.
pub(crate) async fn exists(client: &Client, bucket: &BucketName, key: &ObjectKey) -> bool {
    let look = client.head_object().bucket(bucket.as_str()).key(key.as_str());
    look.send().await.is_ok()
}

pub(crate) fn status_of<T, E>(answer: &Result<T, SdkError<E>>) -> Option<u16> {
    answer.as_ref().err()?.raw_response().map(|raw| raw.status().as_u16())
}
