//! A store in memory: small pages, and failures on demand.

use std::collections::{BTreeMap, VecDeque};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::{Arc, Mutex};

use async_trait::async_trait;
use bytes::Bytes;
use guestpass_core::journal::Leftover;
use guestpass_core::ports::{Browse, Examine, Put, PutOutcome, Route, Sign, SignGet, Span, Upload, Witness};
use guestpass_core::{
    BucketName, CredentialsEnd, Entry, Error, Kind, LinkUrl, Listing, ObjectFacts, ObjectKey, PageStart, Place,
    Prefix, Result, Secret, ServerClock, UploadForm, VersionId,
};
use jiff::Timestamp;
use tokio::sync::Semaphore;

use super::Tending;
use super::listing::Lists;

/// Buckets of keys and sizes.
pub struct MemoryStore {
    pub(super) buckets: Mutex<BTreeMap<String, BTreeMap<String, u64>>>,
    /// How it lists.
    pub lists: Mutex<Lists>,
    /// How many pages of listings were asked for.
    pub listings: AtomicUsize,
    under_way: AtomicUsize,
    /// How many of them, at most, at the same time.
    pub most_listings: AtomicUsize,
    /// What listing buckets is refused with.
    pub buckets_refusal: Mutex<Option<Kind>>,
    /// A permit for each page that is answered; as many as are asked for, unless a test takes them away.
    pub pages: Semaphore,
    /// What a page is refused with.
    pub list_refusal: Mutex<Option<Kind>>,
    /// What writing a key of this name is refused with, and how often.
    pub put_refusal: Mutex<Option<(String, Kind, u32)>>,
    /// When the credentials end.
    pub credentials_end: Mutex<CredentialsEnd>,
    /// A permit for each upload that may go through; as many as are asked for, unless a test takes them away.
    pub gate: Semaphore,
    /// The largest file that is taken, in bytes.
    pub limit: u64,
    /// What the server tells of every object; an object that is not there is missing all the same.
    pub facts: Mutex<Result<ObjectFacts, Kind>>,
    /// What it says of an object that is not there to those who may not know that.
    pub missing_refusal: Mutex<Option<Kind>>,
    /// The server's time.
    pub server_clock: ServerClock,
    /// The keys that were asked back from the archive.
    pub brought_back: Mutex<Vec<String>>,
    /// Who the credentials belong to, or why the server does not take them.
    pub identity: Mutex<Result<Option<String>, Kind>>,
    /// What deleting is refused with.
    pub delete_refusal: Mutex<Option<Kind>>,
    /// Whether it reads an object without looking at which one was meant.
    pub ignores_conditions: AtomicBool,
    /// How objects are copied, moved and deleted.
    pub tending: Tending,
    /// After how many bytes the next readings break off.
    pub breaks: Mutex<VecDeque<usize>>,
    /// How many times bytes of objects were asked for.
    pub reads: AtomicUsize,
    /// The bytes of objects, by bucket and key.
    pub(super) contents: Mutex<BTreeMap<(String, String), Bytes>>,
}

impl Default for MemoryStore {
    fn default() -> Self {
        Self {
            buckets: Mutex::default(),
            lists: Mutex::default(),
            listings: AtomicUsize::new(0),
            under_way: AtomicUsize::new(0),
            most_listings: AtomicUsize::new(0),
            reads: AtomicUsize::new(0),
            buckets_refusal: Mutex::default(),
            pages: Semaphore::new(100_000),
            list_refusal: Mutex::default(),
            put_refusal: Mutex::default(),
            credentials_end: Mutex::new(CredentialsEnd::Never),
            gate: Semaphore::new(1_000),
            limit: 1_000,
            facts: Mutex::new(Ok(ObjectFacts { size: 7, ..ObjectFacts::default() })),
            missing_refusal: Mutex::default(),
            server_clock: ServerClock::default(),
            brought_back: Mutex::default(),
            identity: Mutex::new(Ok(Some("arn:aws:iam::123456789012:user/kim".into()))),
            delete_refusal: Mutex::default(),
            ignores_conditions: AtomicBool::default(),
            tending: Tending::default(),
            breaks: Mutex::default(),
            contents: Mutex::default(),
        }
    }
}

impl MemoryStore {
    /// Adds a bucket with these keys, each of 7 bytes.
    pub fn fill(&self, bucket: &str, keys: &[&str]) {
        let keys = keys.iter().map(|key| ((*key).to_owned(), 7)).collect();
        self.buckets.lock().unwrap().insert(bucket.to_owned(), keys);
    }

    /// Puts these bytes there.
    pub fn write(&self, bucket: &str, key: &str, bytes: impl Into<Bytes>) {
        let bytes = bytes.into();
        let mut buckets = self.buckets.lock().unwrap();
        buckets.entry(bucket.to_owned()).or_default().insert(key.to_owned(), bytes.len() as u64);
        self.contents.lock().unwrap().insert((bucket.to_owned(), key.to_owned()), bytes);
    }

    /// The size of an object, in bytes.
    pub(super) fn size(&self, bucket: &str, key: &str) -> Option<u64> {
        self.buckets.lock().unwrap().get(bucket)?.get(key).copied()
    }

    /// The keys of a bucket.
    pub fn keys(&self, bucket: &str) -> Vec<String> {
        self.buckets.lock().unwrap().get(bucket).map(|keys| keys.keys().cloned().collect()).unwrap_or_default()
    }
}

#[async_trait]
impl Browse for MemoryStore {
    async fn buckets(&self) -> Result<Vec<BucketName>> {
        if let Some(kind) = self.buckets_refusal.lock().unwrap().clone() {
            return Err(kind.into());
        }
        Ok(self.buckets.lock().unwrap().keys().map(|name| BucketName::parse(name).unwrap()).collect())
    }

    async fn list(&self, place: &Place, page: Option<&PageStart>, recursive: bool) -> Result<Listing> {
        self.pages.acquire().await.unwrap().forget();
        if let Some(kind) = self.list_refusal.lock().unwrap().clone() {
            return Err(kind.into());
        }
        self.listings.fetch_add(1, Ordering::Relaxed);
        let lists = *self.lists.lock().unwrap();
        let under_way = self.under_way.fetch_add(1, Ordering::Relaxed) + 1;
        self.most_listings.fetch_max(under_way, Ordering::Relaxed);
        // The others have their turn.
        tokio::task::yield_now().await;
        self.under_way.fetch_sub(1, Ordering::Relaxed);
        if under_way > lists.busy_above {
            return Err(Kind::ServerBusy.into());
        }
        let mut listing = {
            let buckets = self.buckets.lock().unwrap();
            let missing = || Error::from(Kind::BucketMissing { bucket: place.bucket.to_string() });
            let keys = buckets.get(place.bucket.as_str()).ok_or_else(missing)?;
            lists.page(keys, place, page, recursive)
        };
        for entry in &mut listing.entries {
            if let Entry::Object(object) = entry {
                object.etag = Some(self.etag(place.bucket.as_str(), object.key.as_str()));
            }
        }
        Ok(listing)
    }

    async fn facts(&self, bucket: &BucketName, key: &ObjectKey, _: Option<&VersionId>) -> Result<ObjectFacts> {
        if !self.keys(bucket.as_str()).iter().any(|other| other == key.as_str()) {
            let (bucket, key) = (bucket.to_string(), key.as_str().to_owned());
            let refusal = self.missing_refusal.lock().unwrap().clone();
            return Err(refusal.unwrap_or(Kind::ObjectMissing { bucket, key }).into());
        }
        self.facts.lock().unwrap().clone().map_err(Error::from)
    }
}

#[async_trait]
impl Sign for MemoryStore {
    fn server_clock(&self) -> &ServerClock {
        &self.server_clock
    }

    async fn credentials_end(&self, _: Timestamp) -> Result<CredentialsEnd> {
        Ok(*self.credentials_end.lock().unwrap())
    }

    async fn sign_get(&self, get: SignGet<'_>) -> Result<LinkUrl> {
        let mut url = format!("memory://{}/{}?{}", get.bucket, get.key.as_str(), spanned(get.span));
        if let Some(version) = get.version {
            url += &format!("&version={}", version.as_str());
        }
        if get.pays {
            url += "&pays";
        }
        Ok(LinkUrl::new(url))
    }

    async fn sign_put(&self, bucket: &BucketName, key: &ObjectKey, span: Span) -> Result<LinkUrl> {
        Ok(LinkUrl::new(format!("memory://{bucket}/{}?put&{}", key.as_str(), spanned(span))))
    }

    async fn sign_form(
        &self,
        bucket: &BucketName,
        prefix: &Prefix,
        max_bytes: u64,
        span: Span,
    ) -> Result<UploadForm> {
        Ok(UploadForm {
            action: format!("memory://{bucket}/"),
            prefix: prefix.clone(),
            max_bytes,
            fields: vec![("policy", Secret::new(spanned(span)))],
        })
    }
}

fn spanned(span: Span) -> String {
    format!("at={}&seconds={}", span.at, span.seconds)
}

#[async_trait]
impl Upload for MemoryStore {
    async fn put(&self, put: Put<'_>, witness: Arc<dyn Witness>) -> Result<PutOutcome> {
        witness.found(put.size);
        if put.size > self.limit {
            return Err(Kind::FileTooLarge { name: put.key.name().to_owned(), limit: self.limit }.into());
        }
        witness.sent(put.size / 2);
        self.gate.acquire().await.unwrap().forget();
        if let Some((name, kind, times)) = self.put_refusal.lock().unwrap().as_mut()
            && name == put.key.name()
            && *times > 0
        {
            *times -= 1;
            return Err(kind.clone().into());
        }
        witness.sent(put.size);
        let mut buckets = self.buckets.lock().unwrap();
        let keys = buckets.get_mut(put.bucket.as_str()).unwrap();
        if keys.contains_key(put.key.as_str()) && !put.replaces {
            return Ok(PutOutcome::Taken);
        }
        keys.insert(put.key.as_str().to_owned(), put.size);
        Ok(PutOutcome::Stored)
    }

    async fn abandon(&self, left: &Leftover, _: &[String]) -> Result<()> {
        self.tending
            .unfinished
            .lock()
            .unwrap()
            .retain(|id| left.upload_id.as_ref().is_some_and(|one| one != id));
        Ok(())
    }

    async fn is_taken(&self, bucket: &BucketName, key: &ObjectKey) -> bool {
        self.keys(bucket.as_str()).iter().any(|other| other == key.as_str())
    }

    async fn make_folder(&self, bucket: &BucketName, prefix: &Prefix) -> Result<PutOutcome> {
        let mut buckets = self.buckets.lock().unwrap();
        let keys = buckets.get_mut(bucket.as_str()).unwrap();
        if keys.contains_key(prefix.as_str()) {
            return Ok(PutOutcome::Taken);
        }
        keys.insert(prefix.as_str().to_owned(), 0);
        Ok(PutOutcome::Stored)
    }

    async fn put_page(&self, bucket: &BucketName, key: &ObjectKey, html: Vec<u8>) -> Result<PutOutcome> {
        let mut buckets = self.buckets.lock().unwrap();
        let keys = buckets.get_mut(bucket.as_str()).unwrap();
        keys.insert(key.as_str().to_owned(), html.len() as u64);
        Ok(PutOutcome::Stored)
    }
}

#[async_trait]
impl Examine for MemoryStore {
    async fn route(&self, _: Option<&BucketName>) -> Result<Route> {
        Ok(Route { host: "s3.test".into(), is_encrypted: true, is_aws: true, ..Route::default() })
    }

    async fn identity(&self) -> Result<Option<String>> {
        self.identity.lock().unwrap().clone().map_err(Error::from)
    }

    async fn region(&self, _: &BucketName) -> Result<String> {
        Ok("eu-west-1".into())
    }

    async fn kms_key(&self, _: &BucketName) -> Result<Option<String>> {
        Ok(None)
    }

    async fn delete(&self, bucket: &BucketName, key: &ObjectKey) -> Result<()> {
        if let Some(kind) = self.delete_refusal.lock().unwrap().clone() {
            return Err(kind.into());
        }
        if let Some(keys) = self.buckets.lock().unwrap().get_mut(bucket.as_str()) {
            keys.remove(key.as_str());
        }
        Ok(())
    }
}
