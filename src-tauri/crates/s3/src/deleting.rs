//! Deleting, and what a bucket does with what is deleted.

mod gone;

use std::collections::HashMap;

use aws_sdk_s3::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_s3::operation::delete_object::{DeleteObjectError, DeleteObjectOutput};
use aws_sdk_s3::operation::delete_objects::DeleteObjectsError;
use aws_sdk_s3::types::{BucketVersioningStatus, Delete, MfaDeleteStatus, ObjectIdentifier};
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use futures_util::StreamExt;
use gone::Site;
use guestpass_core::ports::{Deleted, Doomed};
use guestpass_core::{Action, BucketName, Error, Keeps, Kind, ObjectKey, Result, VersionId};
use jiff::Timestamp;

use crate::S3Store;
use crate::error::{Asked, Refusal, of_sdk};
use crate::upload::status_of;

/// Single deletions under way at the same time.
const SINGLES_AT_ONCE: usize = 16;

impl S3Store {
    pub(crate) async fn remove_if(&self, bucket: &BucketName, key: &ObjectKey, etag: &str) -> Result<()> {
        let client = self.regions.of(bucket, &self.profile).await?.client;
        let asked = Asked::object(Action::Delete, &self.profile, bucket, key);
        // Not every server knows the condition, so it is looked at first as well.
        let answer = client.head_object().bucket(bucket.as_str()).key(key.as_str()).send().await;
        let changed = || Err(Kind::FileChanged { name: key.name().to_owned() }.into());
        match (status_of(&answer), answer) {
            (_, Ok(found)) if found.e_tag() == Some(etag) => {}
            (_, Ok(_)) => return changed(),
            // An earlier try has got through.
            (Some(404), Err(_)) => return Ok(()),
            (_, Err(e)) => return Err(of_sdk(e, asked)),
        }
        let delete = |condition: Option<&str>| {
            let request = client.delete_object().bucket(bucket.as_str()).key(key.as_str());
            let request = request.set_if_match(condition.map(str::to_owned)).customize();
            // Whoever asks looks again where there is no answer.
            request.config_override(self.limits.for_one_try()).send()
        };
        let mut answer = delete(Some(etag)).await;
        if matches!(status_of(&answer), Some(400 | 501)) {
            answer = delete(None).await;
        }
        match (status_of(&answer), answer) {
            (_, Ok(_)) | (Some(404), Err(_)) => Ok(()),
            (Some(409 | 412), Err(_)) => changed(),
            (_, Err(e)) => Err(of_sdk(e, asked)),
        }
    }

    pub(crate) async fn versioning(&self, bucket: &BucketName) -> Result<Keeps> {
        let client = self.regions.of(bucket, &self.profile).await?.client;
        let answer = client.get_bucket_versioning().bucket(bucket.as_str()).send().await;
        match (status_of(&answer), answer) {
            (_, Ok(told)) => Ok(match (told.status(), told.mfa_delete()) {
                (Some(BucketVersioningStatus::Enabled), Some(MfaDeleteStatus::Enabled)) => {
                    Keeps::VersionsLocked
                }
                (Some(BucketVersioningStatus::Enabled), _) => Keeps::Versions,
                _ => Keeps::Nothing,
            }),
            // Who may delete need not be allowed to ask that, and not every server has an answer.
            (Some(401 | 403 | 405 | 501), Err(e)) if !is_about_the_signer(&e) => Ok(Keeps::NotSaid),
            (_, Err(e)) => Err(of_sdk(e, Asked::bucket(Action::Delete, &self.profile, bucket))),
        }
    }

    pub(crate) async fn delete_all(
        &self,
        bucket: &BucketName,
        doomed: &[Doomed],
        since: Option<Timestamp>,
    ) -> Result<Vec<Result<Deleted>>> {
        let client = self.regions.of(bucket, &self.profile).await?.client;
        let site = Site { client: &client, bucket };
        let mut answers: HashMap<usize, Result<Deleted>> = HashMap::new();
        if let Some(since) = since {
            let gone = self.gone_since(site, &doomed.iter().collect::<Vec<_>>(), since).await?;
            let gone = gone.into_iter().enumerate();
            answers.extend(gone.filter_map(|(at, gone)| Some((at, Ok(gone?)))));
        }
        // XML has no words for control characters, neither in the request nor in the answer.
        let (together, single): (Vec<usize>, Vec<usize>) = (0..doomed.len())
            .filter(|at| !answers.contains_key(at))
            .partition(|at| doomed.len() > 1 && !doomed[*at].key.as_str().chars().any(is_not_in_xml));
        let mut alone = single;
        if !together.is_empty() {
            let these: Vec<&Doomed> = together.iter().map(|at| &doomed[*at]).collect();
            match self.delete_together(site, &these).await? {
                Some(told) => answers.extend(together.into_iter().zip(told)),
                None => alone.extend(together),
            }
        }
        let each = alone.into_iter().map(|at| async move { (at, self.delete_one(site, &doomed[at]).await) });
        let each: Vec<_> = each.collect();
        let told: Vec<_> = futures_util::stream::iter(each).buffer_unordered(SINGLES_AT_ONCE).collect().await;
        for (at, told) in told {
            answers.insert(at, told?);
        }
        let answered = |at| answers.remove(&at).unwrap_or_else(|| Err(Kind::ServerFault.into()));
        Ok((0..doomed.len()).map(answered).collect())
    }

    /// One request for all. `None` where the server does not know it.
    async fn delete_together(
        &self,
        site: Site<'_>,
        doomed: &[&Doomed],
    ) -> Result<Option<Vec<Result<Deleted>>>> {
        let named = doomed.iter().map(|one| {
            let version = one.version.as_ref().map(|version| version.as_str().to_owned());
            ObjectIdentifier::builder().key(one.key.as_str()).set_version_id(version).build()
        });
        let named =
            named.collect::<Result<Vec<_>, _>>().map_err(|e| Error::from(Kind::Internal).with_source(e))?;
        let all = Delete::builder().set_objects(Some(named)).build();
        let all = all.map_err(|e| Error::from(Kind::Internal).with_source(e))?;
        let (bucket, asked_at) = (site.bucket, self.clock.now());
        let request = site.client.delete_objects().bucket(bucket.as_str()).delete(all);
        let answer = match request.customize().config_override(self.limits.for_one_try()).send().await {
            Ok(answer) => answer,
            Err(e) if is_unknown(&e) => return Ok(None),
            Err(e) => {
                let is_lost = is_lost(&e);
                let error = of_sdk(e, Asked::bucket(Action::Delete, &self.profile, bucket));
                return if is_lost {
                    self.found_out(site, doomed, asked_at, error).await.map(Some)
                } else {
                    Err(error)
                };
            }
        };
        let mut told: HashMap<(String, Option<String>), Result<Deleted>> = HashMap::new();
        for gone in answer.deleted.unwrap_or_default() {
            let marker = gone.delete_marker_version_id.filter(|_| gone.delete_marker == Some(true));
            let marker = marker.as_deref().and_then(VersionId::kept);
            told.insert((gone.key.unwrap_or_default(), gone.version_id), Ok(Deleted { marker }));
        }
        for stays in answer.errors.unwrap_or_default() {
            let key = stays.key.unwrap_or_default();
            let code = stays.code.unwrap_or_default();
            let status = status_behind(&code);
            let refusal =
                Refusal { status, code, message: stays.message.unwrap_or_default(), ..Refusal::default() };
            let object = ObjectKey::parse(&key).ok();
            let asked = Asked { key: object.as_ref(), ..Asked::bucket(Action::Delete, &self.profile, bucket) };
            let answer = if status == 404 { Ok(Deleted::default()) } else { Err(refusal.into_error(asked)) };
            told.insert((key, stays.version_id), answer);
        }
        let mut answer_of = |one: &&Doomed| {
            let key = one.key.as_str().to_owned();
            let version = one.version.as_ref().map(|version| version.as_str().to_owned());
            // Some servers leave the version out, or name the marker's.
            let exact = told.remove(&(key.clone(), version));
            let found = exact.or_else(|| told.remove(&(key, None)));
            let unanswered = || Err(Error::from(Kind::ServerFault).with_detail("no word about an object"));
            let undo = |deleted: Deleted| if one.version.is_some() { Deleted::default() } else { deleted };
            found.unwrap_or_else(unanswered).map(undo)
        };
        Ok(Some(doomed.iter().map(&mut answer_of).collect()))
    }

    /// Error of the whole: whether it is deleted is not known.
    async fn delete_one(&self, site: Site<'_>, one: &Doomed) -> Result<Result<Deleted>> {
        let (bucket, asked_at) = (site.bucket, self.clock.now());
        let version = one.version.as_ref().map(|version| version.as_str().to_owned());
        let request = site.client.delete_object().bucket(bucket.as_str()).key(one.key.as_str());
        let request = request.set_version_id(version).customize().config_override(self.limits.for_one_try());
        let answer: Result<DeleteObjectOutput, SdkError<DeleteObjectError>> = request.send().await;
        match (status_of(&answer), answer) {
            (_, Ok(gone)) => {
                let is_marker = gone.delete_marker() == Some(true) && one.version.is_none();
                let marker = gone.version_id().filter(|_| is_marker).and_then(VersionId::kept);
                Ok(Ok(Deleted { marker }))
            }
            (Some(404), Err(e)) if e.code() != Some("NoSuchBucket") => Ok(Ok(Deleted::default())),
            (_, Err(e)) => {
                let is_lost = is_lost(&e);
                let error = of_sdk(e, Asked::object(Action::Delete, &self.profile, bucket, &one.key));
                if !is_lost {
                    return Ok(Err(error));
                }
                let told = self.found_out(site, &[one], asked_at, error).await?;
                Ok(told.into_iter().next().unwrap_or_else(|| Err(Kind::ServerFault.into())))
            }
        }
    }
}

/// Errors of single objects come without a status
/// (<https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>).
fn status_behind(code: &str) -> u16 {
    match code {
        "InternalError" => 500,
        "SlowDown" | "ServiceUnavailable" => 503,
        "NoSuchKey" | "NoSuchVersion" => 404,
        "AccessDenied" => 403,
        _ => 400,
    }
}

/// Whether a server may have done what it was asked for, although it has not said so.
fn is_lost<E>(error: &SdkError<E, HttpResponse>) -> bool {
    match error {
        SdkError::TimeoutError(_) | SdkError::DispatchFailure(_) | SdkError::ResponseError(_) => true,
        SdkError::ServiceError(refused) => matches!(refused.raw().status().as_u16(), 500 | 502 | 504),
        _ => false,
    }
}

fn is_unknown(error: &SdkError<DeleteObjectsError>) -> bool {
    let status = error.raw_response().map(|raw| raw.status().as_u16());
    let codes = ["NotImplemented", "MethodNotAllowed", "InvalidRequest", "InvalidDigest", "MissingContentMD5"];
    matches!(status, Some(405 | 501))
        || (status == Some(400) && error.code().is_some_and(|code| codes.contains(&code)))
}

fn is_about_the_signer<E: ProvideErrorMetadata>(error: &SdkError<E>) -> bool {
    let codes = ["InvalidAccessKeyId", "SignatureDoesNotMatch", "ExpiredToken", "RequestTimeTooSkewed"];
    error.code().is_some_and(|code| codes.contains(&code))
}

fn is_not_in_xml(c: char) -> bool {
    c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}' | '\u{2028}' | '\u{2029}')
}
