//! A client for each bucket: on AWS, of the bucket's own region, found by asking once.
//!
//! A link signed for the wrong region does not open, and signing does not notice. Other servers have one
//! region, which the profile names.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_s3::config::Region;
use aws_sdk_s3::error::SdkError;
use aws_sdk_s3::{Client, Config};
use guestpass_core::{Action, BucketName, Result};

use crate::error::{self, Asked};
use crate::sign::place::SigningPlace;

/// A client, and the region for which it signs.
#[derive(Clone, Debug)]
pub(crate) struct Regional {
    pub(crate) client: Client,
    pub(crate) region: String,
}

/// The clients of one profile.
#[derive(Debug)]
pub(crate) struct Regions {
    config: Config,
    home: String,
    is_aws: bool,
    clients: Mutex<HashMap<String, Client>>,
    regions: Mutex<HashMap<BucketName, String>>,
    places: Mutex<HashMap<BucketName, Arc<SigningPlace>>>,
}

impl Regions {
    pub(crate) fn new(config: Config, is_aws: bool) -> Self {
        let home = config.region().map(Region::to_string).unwrap_or_default();
        Self {
            config,
            home,
            is_aws,
            clients: Mutex::default(),
            regions: Mutex::default(),
            places: Mutex::default(),
        }
    }

    /// The client for what belongs to no bucket.
    pub(crate) fn home(&self) -> Client {
        self.client_in(&self.home)
    }

    /// The client for a bucket.
    pub(crate) async fn of(&self, bucket: &BucketName, profile: &str) -> Result<Regional> {
        let region = match self.known(bucket) {
            Some(region) => region,
            None => self.find(bucket, profile).await?,
        };
        Ok(Regional { client: self.client_in(&region), region })
    }

    /// The client for a bucket as far as its region is known. Asks nobody.
    pub(crate) fn nearest(&self, bucket: Option<&BucketName>) -> Client {
        let region = bucket.and_then(|bucket| self.known(bucket));
        self.client_in(region.as_deref().unwrap_or(&self.home))
    }

    /// Whether these are servers of AWS.
    pub(crate) fn is_aws(&self) -> bool {
        self.is_aws
    }

    /// Where signatures for a bucket lead; asked of the SDK once.
    pub(crate) async fn signing_place(&self, bucket: &BucketName, profile: &str) -> Result<Arc<SigningPlace>> {
        let known = self.places.lock().unwrap_or_else(PoisonError::into_inner).get(bucket).cloned();
        if let Some(known) = known {
            return Ok(known);
        }
        let regional = self.of(bucket, profile).await?;
        let place = Arc::new(SigningPlace::of(&regional.client, bucket, &regional.region).await?);
        self.places.lock().unwrap_or_else(PoisonError::into_inner).insert(bucket.clone(), place.clone());
        Ok(place)
    }

    fn known(&self, bucket: &BucketName) -> Option<String> {
        if !self.is_aws {
            return Some(self.home.clone());
        }
        if let Some(arn) = bucket.as_str().strip_prefix("arn:") {
            return arn.split(':').nth(2).map(str::to_owned);
        }
        self.regions.lock().unwrap_or_else(PoisonError::into_inner).get(bucket).cloned()
    }

    async fn find(&self, bucket: &BucketName, profile: &str) -> Result<String> {
        let region = self.ask(bucket, profile).await?;
        let mut regions = self.regions.lock().unwrap_or_else(PoisonError::into_inner);
        Ok(regions.entry(bucket.clone()).or_insert(region).clone())
    }

    /// Asks in which region a bucket is, whatever is known.
    ///
    /// AWS names the region in `x-amz-bucket-region` of every HeadBucket answer, also when it says 301 or 403
    /// (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_HeadBucket.html>).
    pub(crate) async fn ask(&self, bucket: &BucketName, profile: &str) -> Result<String> {
        let answer = self.home().head_bucket().bucket(bucket.as_str()).send().await;
        let region = match &answer {
            Ok(found) => found.bucket_region().map(str::to_owned),
            Err(SdkError::ServiceError(refused)) => {
                refused.raw().headers().get("x-amz-bucket-region").map(str::to_owned)
            }
            Err(_) => None,
        };
        match (region, answer) {
            (Some(region), Ok(_)) => Ok(region),
            // Other servers name a region and refuse all the same.
            (Some(region), Err(_)) if self.is_aws => Ok(region),
            (None, Ok(_)) => Ok(self.home.clone()),
            (_, Err(e)) => Err(error::of_sdk(e, Asked::bucket(Action::List, profile, bucket))),
        }
    }

    fn client_in(&self, region: &str) -> Client {
        let mut clients = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        let make =
            || Client::from_conf(self.config.to_builder().region(Region::new(region.to_owned())).build());
        clients.entry(region.to_owned()).or_insert_with(make).clone()
    }
}
