//! `guestpass send`: uploads, then prints the links in the order of the files.

use std::collections::BTreeSet;
use std::path::Path;

use guestpass_core::address::Address;
use guestpass_core::{Error, FailedFile, IfTaken, Kind, Link, OfferedFile, Place, Prefix, SendRequest};

use super::link::{copy, first};
use super::{Session, arguments, output};
use crate::drops;

pub(super) async fn run(session: &Session, asked: arguments::Send) -> Result<u8, Error> {
    let place = destination(session, asked.to.as_deref()).await?;
    let mut code = 0;
    let mut files = Vec::new();
    for path in &asked.files {
        match look_at(path) {
            Ok(file) => files.push(file),
            Err(e) => code = first(code, output::fail(&e)),
        }
    }
    let request = SendRequest {
        profile: session.profile.clone(),
        place,
        files,
        if_taken: IfTaken::KeepBoth,
        taken: BTreeSet::new(),
        expiry: asked.end.expiry(),
        disposition: asked.opening.disposition(),
    };
    let mut links = Vec::new();
    let mut clock_offset = 0;
    for sent in upload(session, request).await? {
        match sent {
            Ok(link) => {
                clock_offset = link.end.clock_offset_seconds;
                output::print_link(&link, asked.output.json);
                links.push(link);
            }
            Err(failure) => code = first(code, output::fail(&failure.error)),
        }
    }
    output::clock(clock_offset);
    if asked.output.copy {
        copy(session, &links).await?;
    }
    Ok(code)
}

/// Uploads; on Ctrl+C nothing unfinished stays on the server.
async fn upload(session: &Session, request: SendRequest) -> Result<Vec<Result<Link, FailedFile>>, Error> {
    let app = session.app.clone();
    let stop_at_interrupt = move |id| {
        tokio::spawn(async move {
            if tokio::signal::ctrl_c().await.is_ok() {
                app.cancel(id).await;
            }
        });
    };
    session.app.send_and_wait(request, stop_at_interrupt).await
}

/// Where to: as told, else where the window last was with this profile.
pub(super) async fn destination(session: &Session, to: Option<&str>) -> Result<Place, Error> {
    let Some(to) = to else {
        let recalled = session.app.recall().await;
        let place = recalled.place.filter(|_| recalled.profile.as_ref() == Some(&session.profile));
        return place.ok_or_else(|| Kind::AddressInvalid { address: String::new() }.into());
    };
    let address = Address::parse(to)?;
    // "s3://bucket/folder" means the folder, whether or not the slash was typed.
    let prefix = match address.rest.as_str() {
        "" => Prefix::root(),
        rest if rest.ends_with('/') => address.prefix()?.prefix,
        rest => {
            Prefix::parse(&format!("{rest}/")).map_err(|_| Kind::AddressInvalid { address: to.to_owned() })?
        }
    };
    Ok(Place { bucket: address.bucket, prefix })
}

fn look_at(path: &Path) -> Result<OfferedFile, Error> {
    drops::look_at(path).map_err(|skipped| Kind::FileUnreadable { name: skipped.name }.into())
}
