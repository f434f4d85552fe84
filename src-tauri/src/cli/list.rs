//! `guestpass ls`: lists as the pages arrive.

use std::io::Write;

use futures_util::{Stream, StreamExt};
use guestpass_core::address::Address;
use guestpass_core::app::ReadOrder;
use guestpass_core::{BucketName, Entry, Error, Kind, Object};
use jiff::Timestamp;
use jiff::fmt::StdIoWrite;
use jiff::fmt::temporal::DateTimePrinter;
use serde::Serialize;
use tokio::sync::mpsc;

use super::output::{self, visible};
use super::{Session, arguments};

/// How many pages may wait to be printed: a reader that is slow does not fill the memory.
const AHEAD: usize = 2;

/// Of a moment in UTC, to the second.
const MOMENT_WIDTH: usize = 20;

#[derive(Serialize)]
#[serde(rename_all = "snake_case", tag = "kind")]
enum Line<'a> {
    Bucket { bucket: &'a str },
    Folder { bucket: &'a str, prefix: &'a str },
    Object { bucket: &'a str, key: &'a str, size: u64, modified_at: Option<Timestamp>, etag: Option<&'a str> },
}

pub(super) async fn run(session: &Session, asked: arguments::Ls) -> Result<u8, Error> {
    let Some(address) = &asked.address else {
        let places = session.app.places(&session.profile).await?;
        let mut text = Vec::new();
        for known in &places.places {
            let (bucket, prefix) = (known.place.bucket.as_str(), known.place.prefix.as_str());
            match prefix {
                "" => Line::Bucket { bucket }.write(&mut text, asked.json),
                prefix => Line::Folder { bucket, prefix }.write(&mut text, asked.json),
            }
        }
        output::lines(&text);
        return Ok(0);
    };
    let place = Address::parse(address)?.prefix()?;
    let read = session.app.read_place(&session.profile, &place, asked.recursive, ReadOrder::ByKey).await?;
    let (pages, coming) = mpsc::channel(AHEAD);
    let (bucket, json) = (place.bucket, asked.json);
    // A thread of its own: the next pages are on their way meanwhile.
    let printing = tokio::task::spawn_blocking(move || print_pages(&bucket, coming, json));
    let listed = hand_over(read, pages).await;
    let printed = printing.await;
    // What was listed is seen, also where the rest was refused.
    listed?;
    printed.map(|()| 0).map_err(|e| Error::from(Kind::Internal).with_detail(e.to_string()))
}

/// Page after page, until nobody takes them any more.
async fn hand_over(
    mut read: impl Stream<Item = Result<Vec<Entry>, Error>> + Unpin,
    pages: mpsc::Sender<Vec<Entry>>,
) -> Result<(), Error> {
    while let Some(entries) = read.next().await {
        if pages.send(entries?).await.is_err() {
            break;
        }
    }
    Ok(())
}

fn print_pages(bucket: &BucketName, mut pages: mpsc::Receiver<Vec<Entry>>, json: bool) {
    let mut text = Vec::new();
    while let Some(entries) = pages.blocking_recv() {
        text.clear();
        for entry in &entries {
            Line::of(bucket.as_str(), entry).write(&mut text, json);
        }
        output::lines(&text);
        output::flush();
    }
}

impl<'a> Line<'a> {
    fn of(bucket: &'a str, entry: &'a Entry) -> Self {
        match entry {
            Entry::Folder(prefix) => Self::Folder { bucket, prefix: prefix.as_str() },
            Entry::Object(Object { key, size, modified_at, etag, .. }) => Self::Object {
                bucket,
                key: key.as_str(),
                size: *size,
                modified_at: *modified_at,
                etag: etag.as_deref(),
            },
        }
    }

    /// Adds the line to a text, which never fails.
    fn write(&self, text: &mut Vec<u8>, json: bool) {
        if json {
            // Our own structs of texts and numbers always serialise.
            let _ = serde_json::to_writer(&mut *text, self);
            return text.push(b'\n');
        }
        let (bucket, rest, facts) = match self {
            Self::Bucket { bucket } => (bucket, "", None),
            Self::Folder { bucket, prefix } => (bucket, *prefix, None),
            Self::Object { bucket, key, size, modified_at, .. } => (bucket, *key, Some((*size, *modified_at))),
        };
        let start = text.len();
        if let Some(at) = facts.and_then(|(_, modified_at)| modified_at) {
            let _ = DateTimePrinter::new().print_timestamp(&at, StdIoWrite(&mut *text));
        }
        let width = text.len() - start;
        text.extend(std::iter::repeat_n(b' ', MOMENT_WIDTH.saturating_sub(width)));
        let _ = match facts {
            Some((size, _)) => write!(text, " {size:>15} "),
            None => write!(text, " {:>15} ", ""),
        };
        let _ = writeln!(text, "s3://{bucket}/{}", visible(rest));
    }
}
