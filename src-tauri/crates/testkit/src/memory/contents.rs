//! What is in the objects of the store in memory: what was written, or as many `x` as they are long.

use std::hash::{DefaultHasher, Hash, Hasher};
use std::ops::Range;
use std::sync::atomic::Ordering;

use async_trait::async_trait;
use bytes::Bytes;
use futures_util::stream::{self, StreamExt};
use guestpass_core::ports::{Body, Browse, Details, Read, Tags};
use guestpass_core::{BucketName, Kind, ObjectKey, Result, VersionId, content_type_of};

use super::{MemoryStore, Step};

/// As many bytes as come at a time: few, so that what comes in pieces is met at once.
const CHUNK: usize = 64 * 1024;

impl MemoryStore {
    fn contents(&self, bucket: &BucketName, key: &ObjectKey) -> Result<Bytes> {
        let (bucket, key) = (bucket.to_string(), key.as_str().to_owned());
        let Some(size) = self.size(&bucket, &key) else {
            return Err(Kind::ObjectMissing { bucket, key }.into());
        };
        let written = self.contents.lock().unwrap().get(&(bucket, key)).cloned();
        Ok(written.unwrap_or_else(|| vec![b'x'; usize::try_from(size).unwrap()].into()))
    }
}

#[async_trait]
impl Read for MemoryStore {
    async fn details(
        &self,
        bucket: &BucketName,
        key: &ObjectKey,
        version: Option<&VersionId>,
    ) -> Result<Details> {
        let facts = self.facts(bucket, key, version).await?;
        let contents = self.contents(bucket, key)?;
        Ok(Details {
            size: contents.len() as u64,
            content_type: facts.content_type.or_else(|| Some(content_type_of(key.name()))),
            etag: Some(etag(&contents)),
            version: facts.version,
            tags: Tags::Read(Vec::new()),
            ..Details::default()
        })
    }

    async fn read(
        &self,
        bucket: &BucketName,
        key: &ObjectKey,
        range: Option<Range<u64>>,
        wanted: Option<&str>,
    ) -> Result<Body> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        if let Some((kind, _)) = self.tending.due(Step::Read, key.as_str()) {
            return Err(kind.into());
        }
        let contents = self.contents(bucket, key)?;
        let (etag, size) = (etag(&contents), contents.len() as u64);
        let is_asked = !self.ignores_conditions.load(Ordering::Relaxed);
        if is_asked && wanted.is_some_and(|wanted| wanted != etag) {
            return Err(Kind::FileChanged { name: key.name().to_owned() }.into());
        }
        let range = range.unwrap_or(0..size);
        let start = range.start.min(size);
        let range = range.start..range.end.clamp(start, size).max(range.start);
        let bytes = contents.slice(start as usize..range.end.min(size) as usize);
        let breaks = self.breaks.lock().unwrap().pop_front().filter(|after| *after < bytes.len());
        let whole = breaks.map_or(bytes.clone(), |after| bytes.slice(..after));
        let mut chunks: Vec<_> = whole.chunks(CHUNK).map(|chunk| Ok(whole.slice_ref(chunk))).collect();
        chunks.extend(breaks.map(|_| Err(Kind::Offline { host: bucket.to_string() }.into())));
        let content_type = Some(content_type_of(key.name()));
        Ok(Body { range, size, content_type, etag: Some(etag), bytes: stream::iter(chunks).boxed() })
    }
}

fn etag(bytes: &Bytes) -> String {
    let mut hasher = DefaultHasher::new();
    bytes.hash(&mut hasher);
    format!("\"{:016x}\"", hasher.finish())
}
