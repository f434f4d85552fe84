//! `guestpass ls`: lists as the pages arrive.

use guestpass_core::address::Address;
use guestpass_core::{Entry, Error, Object};
use serde::Serialize;

use super::output::{self, json_line, line, visible};
use super::{Session, arguments};

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
    let bucket = place.bucket.as_str();
    let mut page = None;
    loop {
        let listing = session.app.list(&session.profile, &place, page.as_ref(), asked.recursive).await?;
        for entry in &listing.entries {
            match entry {
                Entry::Folder(prefix) => print(&Line::Folder { bucket, prefix: prefix.as_str() }, asked.json),
                Entry::Object(object) => print(&of_object(bucket, object), asked.json),
            }
        }
        output::flush();
        page = listing.next;
        if page.is_none() {
            return Ok(0);
        }
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
