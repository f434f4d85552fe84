//! `guestpass request`: an upload link.

use guestpass_core::{Error, FileRequest, RequestKind, UploadLink};

use super::send::destination;
use super::{Session, arguments, output};
use crate::pages::Pages;

pub(super) async fn run(session: &Session, asked: arguments::Request) -> Result<u8, Error> {
    let max_bytes = asked.max_size;
    let kind = match asked.put {
        Some(name) => RequestKind::Put { name },
        None if asked.form => RequestKind::Form { max_bytes },
        None => RequestKind::Page { max_bytes },
    };
    let request = FileRequest {
        profile: session.profile.clone(),
        place: destination(session, Some(&asked.address)).await?,
        title: asked.title,
        expiry: asked.end.expiry(),
        kind,
    };
    let link = session.app.request_files(&request, &Pages).await?;
    match &link {
        UploadLink::Page(page) => {
            output::print_upload_url(&page.url, page.folder.as_str(), page.end, asked.output.json);
        }
        UploadLink::Put { url, key, end } => {
            output::print_upload_url(url, key.as_str(), *end, asked.output.json);
        }
        UploadLink::Form { form, end } => output::print_form(form, *end, asked.output.json),
    }
    if asked.output.copy {
        session.app.copy_upload_link(&link, &request.title).await?;
    }
    Ok(0)
}
