//! What became of a deletion whose answer was lost: the markers that were made since, or what is still there.

use std::time::Duration;

use aws_sdk_s3::Client;
use aws_sdk_s3::types::{DeleteMarkerEntry, EncodingType, ObjectVersion};
use futures_util::StreamExt;
use guestpass_core::ports::{Deleted, Doomed};
use guestpass_core::{Action, BucketName, Error, Kind, Result, VersionId};
use jiff::Timestamp;

use super::SINGLES_AT_ONCE;
use crate::S3Store;
use crate::browse::decode;
use crate::error::{Asked, of_sdk};
use crate::upload::status_of;

/// How far a server's word on when a marker was made may be from ours: it tells seconds, and up to five seconds between
/// the clocks are not noticed.
const SLACK: Duration = Duration::from_secs(15);

/// Where something is deleted.
#[derive(Clone, Copy)]
pub(super) struct Site<'a> {
    pub(super) client: &'a Client,
    pub(super) bucket: &'a BucketName,
}

impl S3Store {
    /// An answer for each of those about which the server was asked at this moment and has not answered. What is
    /// still there has failed so. Error, the same one: nothing can be found out now.
    pub(super) async fn found_out(
        &self,
        site: Site<'_>,
        doomed: &[&Doomed],
        asked_at: Timestamp,
        error: Error,
    ) -> Result<Vec<Result<Deleted>>> {
        let Ok(gone) = self.gone_since(site, doomed, asked_at).await else { return Err(error) };
        let stays = |gone: Option<Deleted>| gone.ok_or_else(|| Error::from(error.kind().clone()));
        Ok(gone.into_iter().map(stays).collect())
    }

    /// Those that are deleted, with the markers that were made since then. To take off a marker once more does no harm,
    /// so that is always still to be done.
    pub(super) async fn gone_since(
        &self,
        site: Site<'_>,
        doomed: &[&Doomed],
        since: Timestamp,
    ) -> Result<Vec<Option<Deleted>>> {
        let looks = futures_util::stream::iter(0..doomed.len()).map(|at| async move {
            match &doomed[at].version {
                Some(_) => Ok(None),
                None => self.is_gone(site, doomed[at], since).await,
            }
        });
        let seen: Vec<_> = looks.buffered(SINGLES_AT_ONCE).collect().await;
        seen.into_iter().collect()
    }

    async fn is_gone(&self, site: Site<'_>, one: &Doomed, since: Timestamp) -> Result<Option<Deleted>> {
        let (bucket, key) = (site.bucket.as_str(), one.key.as_str());
        let list = site.client.list_object_versions().bucket(bucket).prefix(key).max_keys(1);
        // Who may delete need not be allowed to see versions, and not every server has them.
        if let Ok(listed) = list.encoding_type(EncodingType::Url).send().await {
            let is_encoded = listed.encoding_type() == Some(&EncodingType::Url);
            let is_it = |raw: Option<&str>| {
                let name = raw.and_then(|raw| if is_encoded { decode(raw) } else { Some(raw.into()) });
                name.is_some_and(|name| name == key)
            };
            let is_latest =
                |marker: &&DeleteMarkerEntry| is_it(marker.key()) && marker.is_latest() == Some(true);
            if let Some(marker) = listed.delete_markers().iter().find(is_latest) {
                let made = marker.last_modified().and_then(|at| Timestamp::from_second(at.secs()).ok());
                let is_ours = made.is_some_and(|at| at >= since - SLACK);
                let marker = marker.version_id().filter(|_| is_ours).and_then(VersionId::kept);
                return Ok(Some(Deleted { marker }));
            }
            let is_there = |one: &ObjectVersion| is_it(one.key()) && one.is_latest() == Some(true);
            if listed.versions().iter().any(is_there) {
                return Ok(None);
            }
        }
        let answer = site.client.head_object().bucket(bucket).key(key).send().await;
        match (status_of(&answer), answer) {
            (_, Ok(_)) => Ok(None),
            (Some(404), Err(_)) => Ok(Some(Deleted::default())),
            (_, Err(e)) => {
                let refused = of_sdk(e, Asked::object(Action::Read, &self.profile, site.bucket, &one.key));
                // Who may not look is told that it stays, rather than that it is gone.
                if matches!(refused.kind(), Kind::AccessDenied { .. }) { Ok(None) } else { Err(refused) }
            }
        }
    }
}
