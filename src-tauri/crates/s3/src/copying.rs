//! Copies of objects of any size, with all that belongs to them, looked at before anybody relies on them.

mod parts;
mod sameness;

use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::copy_object::CopyObjectError;
use aws_sdk_s3::operation::head_object::{HeadObjectError, HeadObjectOutput};
use aws_sdk_s3::primitives::ByteStream;
use aws_sdk_s3::types::{ChecksumMode, ObjectLockLegalHoldStatus, ServerSideEncryption};
use guestpass_core::ports::{CopyOutcome, CopyWhole, CopyWitness};
use guestpass_core::{Action, Error, Kind, ObjectKey, Result};
use jiff::Timestamp;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sameness::{Sameness, compare};

use crate::S3Store;
use crate::error::{Asked, of_sdk};
use crate::limits::Copies;
use crate::upload::{Attempts, status_of};

/// The source of a copy is named in a header, percent-encoded.
const SOURCE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

/// How far a server's word on when an object was written may be from ours: it tells seconds, and up to five seconds
/// between the clocks are not noticed.
const SLACK: Duration = Duration::from_secs(15);

/// One copy on its way.
pub(crate) struct CopyJob<'a> {
    store: &'a S3Store,
    client: Client,
    copy: CopyWhole<'a>,
    witness: &'a dyn CopyWitness,
    limits: Copies,
}

/// What came of the request that makes the copy.
enum Made {
    Stored,
    Taken,
    /// Something is there, and it may be what an earlier attempt of this very request made.
    TakenOrOurs,
    /// It was asked for, and nobody has waited for the answer.
    Unknown,
}

/// What is under the new name.
enum Looked {
    Nothing,
    Something(Box<HeadObjectOutput>),
    /// It may not be looked at; the server can be relied on to keep what is there.
    NotSaid,
}

impl<'a> CopyJob<'a> {
    pub(crate) async fn new(
        store: &'a S3Store,
        copy: CopyWhole<'a>,
        witness: &'a dyn CopyWitness,
    ) -> Result<Self> {
        let client = store.regions.of(copy.bucket, &store.profile).await?.client;
        Ok(Self { store, client, copy, witness, limits: store.limits.copies })
    }

    pub(crate) async fn run(self) -> Result<CopyOutcome> {
        let original = self.head(self.copy.from).await.map_err(|e| of_sdk(e, self.reading()))?;
        if self.is_held(&original) {
            return Err(Kind::FileHeld { name: self.copy.from.name().to_owned() }.into());
        }
        // Servers that do not know `If-None-Match` on a copy ignore it, so the key is looked at first as well.
        let looked = match (self.look().await?, self.copy.asked_at) {
            // A folder is one already: some servers have it as soon as something is in it.
            (Looked::Something(there), _)
                if stands_for_a_folder(&original, self.copy.from)
                    && stands_for_a_folder(&there, self.copy.to) =>
            {
                return Ok(self.copied(&original, &there));
            }
            (Looked::Something(there), Some(since)) => return self.ours_or_taken(&original, &there, since),
            (Looked::Something(_), None) => return Ok(CopyOutcome::Taken),
            (looked, _) => looked,
        };
        let since = self.copy.asked_at.unwrap_or_else(|| self.store.clock.now());
        let made = if size_of(&original) <= self.limits.in_one {
            self.in_one(&original, &looked).await?
        } else {
            self.in_parts(&original).await?
        };
        if matches!(made, Made::Taken) {
            return Ok(CopyOutcome::Taken);
        }
        let there = match (made, self.head(self.copy.to).await) {
            (Made::TakenOrOurs, Ok(there)) => return self.ours_or_taken(&original, &there, since),
            (Made::Unknown, Ok(there)) => {
                let outcome = self.ours_or_taken(&original, &there, since)?;
                return if outcome == CopyOutcome::Taken { Err(Kind::Cancelled.into()) } else { Ok(outcome) };
            }
            (Made::Unknown, Err(_)) => return Err(Kind::Cancelled.into()),
            (_, Ok(there)) => there,
            (_, Err(e)) => {
                let refused = of_sdk(e, self.writing());
                // What is there cannot be looked at, now or later.
                let is_final = matches!(refused.kind(), Kind::AccessDenied { .. } | Kind::BucketMissing { .. });
                return Err(if is_final { refused.with_kind(self.left()) } else { refused });
            }
        };
        match compare(&original, &there) {
            Sameness::Proven | Sameness::Likely => Ok(self.copied(&original, &there)),
            Sameness::Different => Err(Kind::CopyDiffers { name: self.copy.from.name().to_owned() }.into()),
        }
    }

    /// What something is that was found where a copy may have been made since then. It is only ours where it is as
    /// young as that: whoever takes a stranger's file for a copy removes the original.
    fn ours_or_taken(
        &self,
        original: &HeadObjectOutput,
        there: &HeadObjectOutput,
        since: Timestamp,
    ) -> Result<CopyOutcome> {
        let written = there.last_modified().and_then(|at| Timestamp::from_second(at.secs()).ok());
        let is_young = written.is_some_and(|at| at >= since - SLACK);
        match compare(original, there) {
            Sameness::Proven if is_young => Ok(self.copied(original, there)),
            Sameness::Likely if is_young => Err(self.left().into()),
            _ => Ok(CopyOutcome::Taken),
        }
    }

    /// Whether it is kept from being deleted. A copy would not be, and the original would stay.
    fn is_held(&self, original: &HeadObjectOutput) -> bool {
        let now = self.store.clock.now().as_second();
        original.object_lock_legal_hold_status() == Some(&ObjectLockLegalHoldStatus::On)
            || original.object_lock_retain_until_date().is_some_and(|until| until.secs() > now)
    }

    async fn in_one(&self, original: &HeadObjectOutput, looked: &Looked) -> Result<Made> {
        let attempts = Attempts::default();
        let asking = async {
            self.witness.asks(self.store.clock.now());
            let answer = self.send(original, true, attempts.clone()).await;
            match (status_of(&answer), looked) {
                (Some(501), Looked::Nothing) => self.send(original, false, attempts.clone()).await,
                _ => answer,
            }
        };
        let answer = tokio::select! {
            answer = asking => answer,
            () = self.given_up() => return Ok(Made::Unknown),
        };
        match (status_of(&answer), answer) {
            (_, Ok(())) => Ok(Made::Stored),
            (Some(409 | 412), Err(e)) => self.conflict(e, attempts.were_several()).await,
            // It was seen a moment ago: some servers keep what stands for a folder as a folder, and copy none.
            (Some(404), Err(e))
                if stands_for_a_folder(original, self.copy.from) && e.code() == Some("NoSuchKey") =>
            {
                self.make_anew(original, looked).await
            }
            (_, Err(e)) => Err(self.refused(e)),
        }
    }

    /// Puts an object of no bytes there, of the same type and with the same metadata.
    async fn make_anew(&self, original: &HeadObjectOutput, looked: &Looked) -> Result<Made> {
        let attempts = Attempts::default();
        let put = |only_new: bool| {
            let request = self.client.put_object().bucket(self.copy.bucket.as_str()).key(self.copy.to.as_str());
            request
                .set_content_type(original.content_type().map(str::to_owned))
                .set_metadata(original.metadata().cloned())
                .set_if_none_match(only_new.then(|| "*".to_owned()))
                .body(ByteStream::from_static(b""))
                .customize()
                .interceptor(attempts.clone())
        };
        let mut answer = put(true).send().await;
        if status_of(&answer) == Some(501) && matches!(looked, Looked::Nothing) {
            answer = put(false).send().await;
        }
        match (status_of(&answer), answer) {
            (_, Ok(_)) => Ok(Made::Stored),
            (Some(409 | 412), Err(e)) => self.conflict(e, attempts.were_several()).await,
            (_, Err(e)) => Err(of_sdk(e, self.writing())),
        }
    }

    /// Returns when a copy is not wanted any more, and was waited for a while all the same: as a rule it is there by
    /// then, and the file is moved.
    async fn given_up(&self) {
        self.witness.stopped().await;
        tokio::time::sleep(self.limits.grace).await;
    }

    async fn send(
        &self,
        original: &HeadObjectOutput,
        only_new: bool,
        attempts: Attempts,
    ) -> Result<(), SdkError<CopyObjectError>> {
        let request = self
            .client
            .copy_object()
            .bucket(self.copy.bucket.as_str())
            .copy_source(self.source())
            .set_copy_source_if_match(original.e_tag().map(str::to_owned))
            .key(self.copy.to.as_str())
            .set_if_none_match(only_new.then(|| "*".to_owned()))
            // What a copy does not take with it by itself; content type, metadata and tags it does
            // (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_CopyObject.html>).
            .set_storage_class(original.storage_class().cloned())
            .set_website_redirect_location(original.website_redirect_location().map(str::to_owned))
            .set_server_side_encryption(kms(original))
            .set_ssekms_key_id(kms(original).and(original.ssekms_key_id().map(str::to_owned)))
            .set_bucket_key_enabled(kms(original).and(original.bucket_key_enabled()));
        let how = self.limits.for_whole_objects().interceptor(attempts);
        request.customize().config_override(how).send().await.map(drop)
    }

    /// Whether the name was taken, or the original replaced: a server says the same of both.
    async fn conflict<E>(&self, refused: SdkError<E>, were_several: bool) -> Result<Made>
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        let is_busy = refused.raw_response().is_some_and(|raw| raw.status().as_u16() == 409);
        let may_be_ours = were_several || self.copy.asked_at.is_some();
        match (self.look().await?, is_busy) {
            (Looked::Something(_), _) if may_be_ours => Ok(Made::TakenOrOurs),
            (Looked::Something(_), _) => Ok(Made::Taken),
            (_, true) => Err(Error::from(Kind::ServerBusy).with_source(refused)),
            // The original is replaced, or the name is taken by what may not be seen.
            (Looked::NotSaid, false) => Ok(Made::Taken),
            (Looked::Nothing, false) => Err(self.changed()),
        }
    }

    /// A refusal to look is no answer. AWS keeps what is there all the same; of others that is not known.
    async fn look(&self) -> Result<Looked> {
        let answer = self.head(self.copy.to).await;
        match (status_of(&answer), answer) {
            (_, Ok(found)) => Ok(Looked::Something(Box::new(found))),
            (Some(404), Err(_)) => Ok(Looked::Nothing),
            (Some(401 | 403), Err(_)) if self.store.regions.is_aws() => Ok(Looked::NotSaid),
            (_, Err(e)) => {
                Err(of_sdk(e, Asked::object(Action::Read, &self.store.profile, self.copy.bucket, self.copy.to)))
            }
        }
    }

    async fn head(&self, key: &ObjectKey) -> Result<HeadObjectOutput, SdkError<HeadObjectError>> {
        let request = self.client.head_object().bucket(self.copy.bucket.as_str()).key(key.as_str());
        request.checksum_mode(ChecksumMode::Enabled).send().await
    }

    fn source(&self) -> String {
        let bucket = self.copy.bucket;
        let between = if bucket.as_str().starts_with("arn:") { "/object/" } else { "/" };
        let source = format!("{bucket}{between}{}", self.copy.from.as_str());
        utf8_percent_encode(&source, SOURCE).to_string()
    }

    fn reading(&self) -> Asked<'_> {
        Asked::object(Action::Read, &self.store.profile, self.copy.bucket, self.copy.from)
    }

    fn writing(&self) -> Asked<'_> {
        Asked::object(Action::Write, &self.store.profile, self.copy.bucket, self.copy.to)
    }

    /// A refusal that is about the original names that.
    fn refused<E>(&self, error: SdkError<E>) -> Error
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        let of_original = matches!(error.code(), Some("NoSuchKey" | "InvalidObjectState"));
        let asked = if of_original { self.reading() } else { self.writing() };
        of_sdk(error, asked)
    }

    fn left(&self) -> Kind {
        let (name, copy) = (self.copy.from.name().to_owned(), self.copy.to.as_str().to_owned());
        Kind::CopyLeft { name, copy }
    }

    fn copied(&self, original: &HeadObjectOutput, there: &HeadObjectOutput) -> CopyOutcome {
        self.witness.copied(size_of(original));
        let etag = |head: &HeadObjectOutput| head.e_tag().unwrap_or_default().to_owned();
        CopyOutcome::Copied { from: etag(original), to: etag(there) }
    }

    fn changed(&self) -> Error {
        Kind::FileChanged { name: self.copy.from.name().to_owned() }.into()
    }
}

fn stands_for_a_folder(head: &HeadObjectOutput, key: &ObjectKey) -> bool {
    size_of(head) == 0 && key.as_str().ends_with('/')
}

fn size_of(head: &HeadObjectOutput) -> u64 {
    head.content_length().unwrap_or_default().try_into().unwrap_or_default()
}

/// How it is encrypted, where that is by a key of KMS; all else is the bucket's own affair.
fn kms(head: &HeadObjectOutput) -> Option<ServerSideEncryption> {
    let how = head.server_side_encryption().cloned()?;
    matches!(how, ServerSideEncryption::AwsKms | ServerSideEncryption::AwsKmsDsse).then_some(how)
}
