//! What the store in memory does with what is there, step by step, and the faults that a test puts between the steps.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::Mutex;

use async_trait::async_trait;
use futures_util::FutureExt;
use guestpass_core::ports::{CopyOutcome, CopyWhole, CopyWitness, Deleted, Doomed, PutOutcome, Tend};
use guestpass_core::{BucketName, Keeps, Kind, Object, ObjectKey, Result, VersionId};
use jiff::Timestamp;
use tokio::sync::Semaphore;

use super::MemoryStore;

/// How much is copied at a time of what is too large to be copied at once, in bytes.
const PART: u64 = 100;

/// Something that is asked of the store.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// To look at an object, be it the original of a copy.
    Look,
    /// To copy an object, by the key of the original.
    Copy,
    /// To remove the original of a copy.
    Remove,
    /// To delete an object.
    Delete,
    /// To delete several at once, by the key of the first: the answer to all.
    DeleteMany,
    /// To bring a deleted object back.
    Restore,
    /// To read an object.
    Read,
}

/// A failure on demand.
#[derive(Clone, Debug)]
pub struct Fault {
    /// Of what.
    pub step: Step,
    /// For which key.
    pub key: String,
    /// What is answered.
    pub kind: Kind,
    /// Whether it was done all the same, and only the answer is lost.
    pub is_done: bool,
    /// How often.
    pub times: u32,
}

/// What happens to what is there.
pub struct Tending {
    /// What buckets do with what is deleted.
    pub keeps: Mutex<Keeps>,
    /// Failures on demand.
    pub faults: Mutex<Vec<Fault>>,
    /// The names of copies in parts that have begun and not ended.
    pub unfinished: Mutex<Vec<String>>,
    /// A permit for each copy that may go through; as many as are asked for, unless a test takes them away.
    pub gate: Semaphore,
    hidden: Mutex<Vec<Hidden>>,
    last_id: Mutex<u32>,
}

struct Hidden {
    bucket: String,
    key: String,
    marker: String,
    size: u64,
}

impl Default for Tending {
    fn default() -> Self {
        Self {
            keeps: Mutex::new(Keeps::Nothing),
            faults: Mutex::default(),
            unfinished: Mutex::default(),
            gate: Semaphore::new(1_000_000),
            hidden: Mutex::default(),
            last_id: Mutex::default(),
        }
    }
}

impl Tending {
    /// From now on, so many times.
    pub fn fail(&self, step: Step, key: &str, kind: Kind, is_done: bool, times: u32) {
        self.faults.lock().unwrap().push(Fault { step, key: key.to_owned(), kind, is_done, times });
    }

    /// The failure that is due, and whether the step is done all the same.
    pub(super) fn due(&self, step: Step, key: &str) -> Option<(Kind, bool)> {
        let mut faults = self.faults.lock().unwrap();
        let due = faults.iter_mut().find(|fault| fault.step == step && fault.key == key && fault.times > 0)?;
        due.times -= 1;
        Some((due.kind.clone(), due.is_done))
    }

    fn last_marker(&self, bucket: &str, key: &str) -> Deleted {
        let hidden = self.hidden.lock().unwrap();
        let last = hidden.iter().rfind(|one| one.bucket == bucket && one.key == key);
        Deleted { marker: last.and_then(|one| VersionId::kept(&one.marker)) }
    }

    fn next_id(&self) -> u32 {
        let mut last = self.last_id.lock().unwrap();
        *last += 1;
        *last
    }
}

impl MemoryStore {
    /// Does a step, unless a test wants it to fail.
    fn step<T>(&self, step: Step, key: &str, act: impl FnOnce() -> Result<T>) -> Result<T> {
        match self.tending.due(step, key) {
            None => act(),
            Some((kind, is_done)) => {
                if is_done {
                    act()?;
                }
                Err(kind.into())
            }
        }
    }

    fn hide(&self, bucket: &str, key: &str) -> Deleted {
        let Some(size) = self.take(bucket, key) else { return Deleted::default() };
        if !matches!(*self.tending.keeps.lock().unwrap(), Keeps::Versions | Keeps::VersionsLocked) {
            return Deleted::default();
        }
        let marker = format!("marker-{}", self.tending.next_id());
        let hidden = Hidden { bucket: bucket.into(), key: key.into(), marker: marker.clone(), size };
        self.tending.hidden.lock().unwrap().push(hidden);
        Deleted { marker: VersionId::kept(&marker) }
    }

    fn show(&self, bucket: &str, key: &str, marker: &str) {
        let mut hidden = self.tending.hidden.lock().unwrap();
        let is_it = |one: &Hidden| one.bucket == bucket && one.key == key && one.marker == marker;
        if let Some(at) = hidden.iter().position(is_it) {
            let size = hidden.remove(at).size;
            // Another marker still hides it, or what came since.
            let is_hidden = hidden.iter().any(|one| one.bucket == bucket && one.key == key);
            if !is_hidden && self.size(bucket, key).is_none() {
                self.put_size(bucket, key, size);
            }
        }
    }
}

#[async_trait]
impl Tend for MemoryStore {
    async fn copy_new(&self, bucket: &BucketName, from: &ObjectKey, to: &ObjectKey) -> Result<PutOutcome> {
        if self.size(bucket.as_str(), to.as_str()).is_some() {
            return Ok(PutOutcome::Taken);
        }
        self.copy(bucket.as_str(), from.as_str(), to.as_str());
        Ok(PutOutcome::Stored)
    }

    fn copy_limit(&self) -> u64 {
        self.limit
    }

    async fn copy_whole(&self, copy: CopyWhole<'_>, witness: &dyn CopyWitness) -> Result<CopyOutcome> {
        let (bucket, from, to) = (copy.bucket.as_str(), copy.from.as_str(), copy.to.as_str());
        self.step(Step::Look, from, || Ok(()))?;
        let Some(size) = self.size(bucket, from) else {
            return Err(Kind::ObjectMissing { bucket: bucket.into(), key: from.into() }.into());
        };
        let copied = || CopyOutcome::Copied { from: self.etag(bucket, from), to: self.etag(bucket, from) };
        if self.size(bucket, to).is_some() {
            let is_ours = copy.asked_at.is_some() && self.etag(bucket, from) == self.etag(bucket, to);
            return Ok(if is_ours { copied() } else { CopyOutcome::Taken });
        }
        // As on a server that knows no conditions: what comes after the look is overwritten.
        self.tending.gate.acquire().await.unwrap().forget();
        if size > self.limit {
            let id = format!("copy-{}", self.tending.next_id());
            witness.begins(Timestamp::UNIX_EPOCH).await;
            self.tending.unfinished.lock().unwrap().push(id.clone());
            witness.began(&id).await;
            let mut done = 0;
            while done < size {
                if witness.stopped().now_or_never().is_some() {
                    return Err(Kind::Cancelled.into());
                }
                done = (done + PART).min(size);
                witness.copied(done);
                tokio::task::yield_now().await;
            }
            if let Some((kind, _)) = self.tending.due(Step::Copy, from) {
                return Err(kind.into());
            }
            self.tending.unfinished.lock().unwrap().retain(|one| *one != id);
        }
        witness.asks(Timestamp::UNIX_EPOCH);
        self.step(Step::Copy, from, || {
            self.copy(bucket, from, to);
            Ok(())
        })?;
        witness.copied(size);
        Ok(copied())
    }

    async fn remove_copied(&self, bucket: &BucketName, key: &ObjectKey, etag: &str) -> Result<()> {
        if self.size(bucket.as_str(), key.as_str()).is_some()
            && self.etag(bucket.as_str(), key.as_str()) != etag
        {
            return Err(Kind::FileChanged { name: key.name().to_owned() }.into());
        }
        self.step(Step::Remove, key.as_str(), || {
            self.hide(bucket.as_str(), key.as_str());
            Ok(())
        })
    }

    async fn keeps(&self, _: &BucketName) -> Result<Keeps> {
        Ok(*self.tending.keeps.lock().unwrap())
    }

    async fn look(&self, bucket: &BucketName, keys: &[ObjectKey]) -> Result<Vec<Result<Option<Object>>>> {
        for key in keys {
            self.step(Step::Look, key.as_str(), || Ok(()))?;
        }
        let look = |key: &ObjectKey| {
            let size = self.size(bucket.as_str(), key.as_str())?;
            let etag = Some(self.etag(bucket.as_str(), key.as_str()));
            Some(Object { key: key.clone(), size, modified_at: None, etag, storage_class: None })
        };
        Ok(keys.iter().map(|key| Ok(look(key))).collect())
    }

    async fn delete_many(
        &self,
        bucket: &BucketName,
        doomed: &[Doomed],
        since: Option<Timestamp>,
    ) -> Result<Vec<Result<Deleted>>> {
        let first = doomed.first().map_or("", |one| one.key.as_str());
        let lost = self.tending.due(Step::DeleteMany, first);
        if let Some((kind, false)) = lost {
            return Err(kind.into());
        }
        let delete = |one: &Doomed| match &one.version {
            None if since.is_some() && self.size(bucket.as_str(), one.key.as_str()).is_none() => {
                Ok(self.tending.last_marker(bucket.as_str(), one.key.as_str()))
            }
            None => {
                self.step(Step::Delete, one.key.as_str(), || Ok(self.hide(bucket.as_str(), one.key.as_str())))
            }
            Some(marker) => self.step(Step::Restore, one.key.as_str(), || {
                self.show(bucket.as_str(), one.key.as_str(), marker.as_str());
                Ok(Deleted::default())
            }),
        };
        let told = doomed.iter().map(delete).collect();
        match lost {
            Some((kind, _)) => Err(kind.into()),
            None => Ok(told),
        }
    }

    async fn bring_back(&self, _: &BucketName, key: &ObjectKey, _: Option<&VersionId>, _: u32) -> Result<()> {
        self.brought_back.lock().unwrap().push(key.as_str().to_owned());
        Ok(())
    }
}

/// What objects are made of, for what happens to them.
impl MemoryStore {
    fn put_size(&self, bucket: &str, key: &str, size: u64) {
        self.buckets.lock().unwrap().entry(bucket.to_owned()).or_default().insert(key.to_owned(), size);
    }

    /// Its contents stay, as those of a version do.
    fn take(&self, bucket: &str, key: &str) -> Option<u64> {
        self.buckets.lock().unwrap().get_mut(bucket)?.remove(key)
    }

    fn copy(&self, bucket: &str, from: &str, to: &str) {
        if let Some(size) = self.size(bucket, from) {
            self.put_size(bucket, to, size);
        }
        let mut contents = self.contents.lock().unwrap();
        match contents.get(&(bucket.to_owned(), from.to_owned())).cloned() {
            Some(bytes) => contents.insert((bucket.to_owned(), to.to_owned()), bytes),
            None => contents.remove(&(bucket.to_owned(), to.to_owned())),
        };
    }

    pub(super) fn etag(&self, bucket: &str, key: &str) -> String {
        let written = self.contents.lock().unwrap().get(&(bucket.to_owned(), key.to_owned())).cloned();
        let mut hasher = DefaultHasher::new();
        (self.size(bucket, key), written).hash(&mut hasher);
        format!("\"{:016x}\"", hasher.finish())
    }
}
