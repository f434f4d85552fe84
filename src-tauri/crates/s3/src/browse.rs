//! Listing buckets and their contents.
//!
//! What a server lists is not trusted: a page has a size, pages have an end, and an entry is in the place that
//! was asked for or is left out. Names are kept as they are; whoever shows them makes them visible.

mod page;
mod seam;

use std::borrow::Cow;

use async_trait::async_trait;
use aws_sdk_s3::types::EncodingType;
use guestpass_core::ports::Browse;
use guestpass_core::{
    Action, BucketName, Entry, Error, Kind, Listing, Object, ObjectFacts, ObjectKey, PageStart, Place, Prefix,
    Result, VersionId,
};
use page::Page;
use percent_encoding::percent_decode_str;
use seam::OurReading;

use crate::S3Store;
use crate::error::{Asked, of_sdk};

/// The most rows of one page. Objects come by 1,000 and buckets by 10,000 at most
/// (<https://docs.aws.amazon.com/AmazonS3/latest/API/API_ListBuckets.html>).
const PAGE_ROWS: usize = 10_000;

/// The most pages of buckets: they are a million, the largest quota of an account
/// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/BucketRestrictions.html>).
const BUCKET_PAGES: usize = 100;

#[async_trait]
impl Browse for S3Store {
    async fn buckets(&self) -> Result<Vec<BucketName>> {
        let asked = Asked { action: Action::ListBuckets, profile: &self.profile, bucket: None, key: None };
        let client = self.regions.home();
        let mut buckets = Vec::new();
        let mut token = None::<String>;
        for _ in 0..BUCKET_PAGES {
            let request = client.list_buckets().set_continuation_token(token.clone());
            let page = request.send().await.map_err(|e| of_sdk(e, asked))?;
            // The SDK reads a document that is none as an account without buckets.
            if page.buckets.is_none() && page.owner().is_none() {
                return Err(nonsense("the answer is no list of buckets"));
            }
            assure_size(page.buckets().len())?;
            let names = page.buckets().iter().filter_map(|bucket| bucket.name());
            buckets.extend(names.filter_map(|name| BucketName::parse(name).ok()));
            let next = page.continuation_token().filter(|token| !token.is_empty());
            let Some(next) = next else {
                return Ok(buckets);
            };
            assure_progress(token.as_deref(), next)?;
            token = Some(next.to_owned());
        }
        Err(nonsense("the list of buckets does not end"))
    }

    async fn list(&self, place: &Place, page: Option<&PageStart>, recursive: bool) -> Result<Listing> {
        let asked = Asked::bucket(Action::List, &self.profile, &place.bucket);
        let regional = self.regions.of(&place.bucket, &self.profile).await?;
        let (token, after) = match page {
            None => (None, None),
            Some(PageStart::Token(token)) => (Some(token.as_str()), None),
            Some(PageStart::After(key)) => (None, Some(key.as_str())),
        };
        let request = regional
            .client
            .list_objects_v2()
            .bucket(place.bucket.as_str())
            .prefix(place.prefix.as_str())
            .set_delimiter((!recursive).then(|| "/".to_owned()))
            .set_continuation_token(token.map(str::to_owned))
            .set_start_after(after.map(str::to_owned))
            // Control characters in a key would otherwise break the XML of the whole page.
            .encoding_type(EncodingType::Url);
        let reading = OurReading::of(place, recursive);
        let answer = request.customize().interceptor(reading.clone()).send().await;
        let listing = reading.into_listing(&answer.map_err(|e| of_sdk(e, asked))?)?;
        if let Some(PageStart::Token(next)) = &listing.next {
            assure_progress(token, next)?;
        }
        Ok(listing)
    }

    async fn facts(
        &self,
        bucket: &BucketName,
        key: &ObjectKey,
        version: Option<&VersionId>,
    ) -> Result<ObjectFacts> {
        self.facts_of(bucket, key, version).await
    }
}

/// Whoever reads page after page would read a server's same answer for ever.
fn assure_progress(asked: Option<&str>, next: &str) -> Result<()> {
    if asked == Some(next) { Err(nonsense("the next page of the listing is this page")) } else { Ok(()) }
}

fn assure_size(rows: usize) -> Result<()> {
    if rows > PAGE_ROWS { Err(nonsense("a page of the listing has too many rows")) } else { Ok(()) }
}

/// What cannot be the name of an entry in this place is left out, and the page keeps its other rows: no request
/// could carry such a name, so there is nothing to be done with it, and one bad row would otherwise take a whole
/// folder away. A name of another place would pass for a file of this one. The folder's own marker is not one of
/// its files; where all objects are asked for, it is one of them.
fn listing(page: Page<'_>, place: &Place, recursive: bool) -> Result<Listing> {
    assure_size(page.folders.len() + page.rows.len())?;
    // A document that is none reads as an empty folder; every listing says these two.
    if !page.has_name && page.is_truncated.is_none() {
        return Err(nonsense("the answer is no listing"));
    }
    let here = place.prefix.as_str();
    let mut entries = Vec::with_capacity(page.folders.len() + page.rows.len());
    entries.extend(page.folders.iter().filter_map(|folder| {
        let prefix = text(folder.as_deref()?, page.is_encoded)?;
        if !prefix.starts_with(here) || prefix == here {
            return None;
        }
        Some(Entry::Folder(Prefix::parse(&prefix).ok()?))
    }));
    entries.extend(page.rows.into_iter().filter_map(|row| {
        let key = text(row.key.as_deref()?, page.is_encoded)?;
        if !key.starts_with(here) || (key == here && !recursive) {
            return None;
        }
        Some(Entry::Object(Object {
            key: ObjectKey::parse(&key).ok()?,
            size: row.size.unwrap_or_default().try_into().unwrap_or_default(),
            modified_at: row.modified_at,
            etag: row.etag.map(Cow::into_owned),
            storage_class: row.storage_class.filter(|class| class != "STANDARD").map(Cow::into_owned),
        }))
    }));
    let next = page.next.filter(|next| page.is_truncated.unwrap_or_default() && !next.is_empty());
    if next.is_none() && page.is_truncated == Some(true) {
        return Err(nonsense("the listing goes on, and does not say where"));
    }
    Ok(Listing { entries, next: next.map(|token| PageStart::Token(token.into_owned())) })
}

/// The name of an entry; `None` where it can be none.
fn text(raw: &str, is_encoded: bool) -> Option<Cow<'_, str>> {
    if is_encoded { decode(raw) } else { Some(Cow::Borrowed(raw)) }
}

/// `encoding-type=url` writes a space as `+` or `%20`, and a plus always as `%2B`. None: it is not UTF-8.
pub(crate) fn decode(raw: &str) -> Option<Cow<'_, str>> {
    if !raw.bytes().any(|byte| matches!(byte, b'+' | b'%')) {
        return Some(Cow::Borrowed(raw));
    }
    let spaced = raw.replace('+', " ");
    Some(Cow::Owned(percent_decode_str(&spaced).decode_utf8().ok()?.into_owned()))
}

fn nonsense(what: &str) -> Error {
    Error::from(Kind::ServerFault).with_detail(what)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_come_out_of_a_listing_as_they_went_in() {
        assert_eq!(decode("a+b%2Bc%20d%25%2F/%E6%96%B0%01").unwrap(), "a b+c d%//新\u{1}");
        assert!(decode("%ff").is_none());
    }
}
