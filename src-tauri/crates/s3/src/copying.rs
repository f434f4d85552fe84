//! Copies of objects of any size, with all that belongs to them, looked at before anybody relies on them.

mod parts;
mod sameness;

use aws_sdk_s3::Client;
use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::copy_object::CopyObjectError;
use aws_sdk_s3::operation::head_object::{HeadObjectError, HeadObjectOutput};
use aws_sdk_s3::types::{ChecksumMode, ServerSideEncryption};
use guestpass_core::ports::{CopyOutcome, CopyWhole, CopyWitness};
use guestpass_core::{Action, Error, Kind, ObjectKey, Result};
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use sameness::{Sameness, compare};

use crate::S3Store;
use crate::error::{Asked, of_sdk};
use crate::limits::{Copies, for_whole_objects};
use crate::upload::{Attempts, status_of};

/// The source of a copy is named in a header, percent-encoded.
const SOURCE: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'.').remove(b'_').remove(b'~').remove(b'/');

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
}

impl<'a> CopyJob<'a> {
    pub(crate) async fn new(
        store: &'a S3Store,
        copy: CopyWhole<'a>,
        witness: &'a dyn CopyWitness,
    ) -> Result<Self> {
        let client = store.regions.of(copy.bucket, &store.profile).await?.client;
        Ok(Self { store, client, copy, witness, limits: store.copies })
    }

    pub(crate) async fn run(self) -> Result<CopyOutcome> {
        let original = self.head(self.copy.from).await.map_err(|e| of_sdk(e, self.reading()))?;
        // Servers that do not know `If-None-Match` on a copy ignore it, so the key is looked at first as well.
        if let Some(there) = self.look().await? {
            let is_ours = self.copy.may_be_there && compare(&original, &there) == Sameness::Proven;
            return Ok(if is_ours { copied(&original, &there) } else { CopyOutcome::Taken });
        }
        let made = if size_of(&original) <= self.limits.in_one {
            self.in_one(&original).await?
        } else {
            self.in_parts(&original).await?
        };
        if matches!(made, Made::Taken) {
            return Ok(CopyOutcome::Taken);
        }
        let there = self.head(self.copy.to).await.map_err(|e| of_sdk(e, self.writing()))?;
        match (compare(&original, &there), made) {
            (Sameness::Proven, _) | (Sameness::Likely, Made::Stored) => {
                self.witness.copied(size_of(&original));
                Ok(copied(&original, &there))
            }
            (_, Made::TakenOrOurs) => Ok(CopyOutcome::Taken),
            _ => Err(Kind::CopyDiffers { name: self.copy.from.name().to_owned() }.into()),
        }
    }

    async fn in_one(&self, original: &HeadObjectOutput) -> Result<Made> {
        let attempts = Attempts::default();
        let mut answer = self.send(original, true, attempts.clone()).await;
        if status_of(&answer) == Some(501) {
            answer = self.send(original, false, attempts.clone()).await;
        }
        match (status_of(&answer), answer) {
            (_, Ok(())) => Ok(Made::Stored),
            (Some(409 | 412), Err(e)) => self.conflict(e, attempts.were_several()).await,
            (_, Err(e)) => Err(self.refused(e)),
        }
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
            .set_ssekms_key_id(kms(original).and(original.ssekms_key_id().map(str::to_owned)));
        let how = for_whole_objects().interceptor(attempts);
        request.customize().config_override(how).send().await.map(drop)
    }

    /// Whether the name was taken, or the original replaced: a server says the same of both.
    async fn conflict<E>(&self, refused: SdkError<E>, were_several: bool) -> Result<Made>
    where
        E: ProvideErrorMetadata + std::error::Error + Send + Sync + 'static,
    {
        let is_busy = refused.raw_response().is_some_and(|raw| raw.status().as_u16() == 409);
        match (self.look().await?, is_busy) {
            (Some(_), _) if were_several => Ok(Made::TakenOrOurs),
            (Some(_), _) => Ok(Made::Taken),
            (None, true) => Err(Error::from(Kind::ServerBusy).with_source(refused)),
            (None, false) => Err(self.changed()),
        }
    }

    /// What is under the new name. A refusal to look is not an answer: the copy decides.
    async fn look(&self) -> Result<Option<HeadObjectOutput>> {
        let answer = self.head(self.copy.to).await;
        match (status_of(&answer), answer) {
            (_, Ok(found)) => Ok(Some(found)),
            (Some(401 | 403 | 404 | 405), Err(_)) => Ok(None),
            (_, Err(e)) => Err(of_sdk(e, self.writing())),
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

    fn changed(&self) -> Error {
        Kind::FileChanged { name: self.copy.from.name().to_owned() }.into()
    }
}

fn copied(original: &HeadObjectOutput, there: &HeadObjectOutput) -> CopyOutcome {
    let etag = |head: &HeadObjectOutput| head.e_tag().unwrap_or_default().to_owned();
    CopyOutcome::Copied { from: etag(original), to: etag(there) }
}

fn size_of(head: &HeadObjectOutput) -> u64 {
    head.content_length().unwrap_or_default().try_into().unwrap_or_default()
}

/// How it is encrypted, where that is by a key of KMS; all else is the bucket's own affair.
fn kms(head: &HeadObjectOutput) -> Option<ServerSideEncryption> {
    let how = head.server_side_encryption().cloned()?;
    matches!(how, ServerSideEncryption::AwsKms | ServerSideEncryption::AwsKmsDsse).then_some(how)
}
