//! `guestpass ls`: lists as the pages arrive.

use guestpass_core::address::Address;
use guestpass_core::{BucketName, Entry, Error, Kind, Object, Place};
use serde::Serialize;
use tokio::sync::mpsc;

use super::output::{self, json_line, line, visible};
use super::{Session, arguments};

/// How many pages may wait to be printed: a reader that is slow does not fill the memory.
const AHEAD: usize = 2;

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
enum Line<'a> {
    Bucket { bucket: &'a str },
    Folder { bucket: &'a str, prefix: &'a str },
    Object { bucket: &'a str, key: &'a str, size: u64, modified_at: Option<String>, etag: Option<&'a str> },
}

pub(super) async fn run(session: &Session, asked: arguments::Ls) -> Result<u8, Error> {
    let Some(address) = &asked.address else {
        let places = session.app.places(&session.profile).await?;
        for known in &places.places {
            let (bucket, prefix) = (known.place.bucket.as_str(), known.place.prefix.as_str());
            match prefix {
                "" => print(&Line::Bucket { bucket }, asked.json),
                prefix => print(&Line::Folder { bucket, prefix }, asked.json),
            }
        }
        return Ok(0);
    };
    let place = Address::parse(address)?.prefix()?;
    let (pages, coming) = mpsc::channel(AHEAD);
    let (bucket, json) = (place.bucket.clone(), asked.json);
    // A thread of its own: the next page is on its way meanwhile.
    let printing = tokio::task::spawn_blocking(move || print_pages(&bucket, coming, json));
    let listed = list_all(session, &place, asked.recursive, pages).await;
    let printed = printing.await;
    // What was listed is seen, also where the rest was refused.
    listed?;
    printed.map(|()| 0).map_err(|e| Error::from(Kind::Internal).with_detail(e.to_string()))
}

/// Hands over page after page, until nobody takes them any more.
async fn list_all(
    session: &Session,
    place: &Place,
    recursive: bool,
    pages: mpsc::Sender<Vec<Entry>>,
) -> Result<(), Error> {
    let mut page = None;
    loop {
        let listing = session.app.list(&session.profile, place, page.as_ref(), recursive).await?;
        page = listing.next;
        if pages.send(listing.entries).await.is_err() || page.is_none() {
            return Ok(());
        }
    }
}

fn print_pages(bucket: &BucketName, mut pages: mpsc::Receiver<Vec<Entry>>, json: bool) {
    let bucket = bucket.as_str();
    while let Some(entries) = pages.blocking_recv() {
        for entry in &entries {
            match entry {
                Entry::Folder(prefix) => print(&Line::Folder { bucket, prefix: prefix.as_str() }, json),
                Entry::Object(object) => print(&of_object(bucket, object), json),
            }
        }
        output::flush();
    }
}

fn of_object<'a>(bucket: &'a str, object: &'a Object) -> Line<'a> {
    Line::Object {
        bucket,
        key: object.key.as_str(),
        size: object.size,
        modified_at: object.modified_at.map(|at| at.to_string()),
        etag: object.etag.as_deref(),
    }
}

fn print(row: &Line<'_>, json: bool) {
    if json {
        return json_line(row);
    }
    let (modified, size, address) = match row {
        Line::Bucket { bucket } => ("", String::new(), format!("s3://{bucket}/")),
        Line::Folder { bucket, prefix } => ("", String::new(), format!("s3://{bucket}/{prefix}")),
        Line::Object { bucket, key, size, modified_at, .. } => {
            (modified_at.as_deref().unwrap_or_default(), size.to_string(), format!("s3://{bucket}/{key}"))
        }
    };
    line(&format!("{modified:20} {size:>15} {}", visible(&address)));
}
