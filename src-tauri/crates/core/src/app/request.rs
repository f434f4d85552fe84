//! Asking somebody outside for files.

use url::Url;

use super::App;
use super::rules::entry;
use crate::ports::{PutOutcome, Store, TitledLink};
use crate::random::random;
use crate::{
    Act, AuditEntry, Disposition, Error, Expiry, FileRequest, Kind, LinkRequest, ObjectKey, PageLink, Prefix,
    RequestKind, RequestPage, Result, UploadForm, UploadLink,
};

/// The most that one form may carry: 5 GiB
/// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/qfacts.html>).
const FORM_LIMIT: u64 = 5 * 1024 * 1024 * 1024;

/// Characters of a folder's random part: not to be guessed or met twice.
const RANDOM_CHARS: usize = 8;

impl App {
    /// Makes an upload link. What arrives lies in a new folder whose name holds a random part, so nothing that is
    /// there is overwritten, also on servers that do not know conditional writes.
    ///
    /// Errors: [`Kind::NameInvalid`] for a title or name that cannot be part of a key; for a page those of
    /// writing, and of [`App::link`] with which it is tested.
    pub async fn request_files(&self, request: &FileRequest, page: &dyn RequestPage) -> Result<UploadLink> {
        let store = self.store(&request.profile).await?;
        let limits = self.limits(&request.profile).await?;
        limits.check_upload_links()?;
        limits.check_upload(&request.place.bucket, request.place.prefix.as_str())?;
        let (span, end) = self.span(store.as_ref(), &request.profile, request.expiry).await?;
        let random = random(RANDOM_CHARS)?;
        let stem = format!("{}{} {random}", request.place.prefix.as_str(), plain(&request.title)?);
        let bucket = &request.place.bucket;
        let folder = Prefix::parse(&format!("{stem}/")).map_err(|_| invalid(&request.title))?;
        let act = match request.kind {
            RequestKind::Put { .. } => Act::UploadLink,
            RequestKind::Form { .. } | RequestKind::Page { .. } => Act::RequestFiles,
        };
        let entry = AuditEntry { expires_at: Some(end.expires_at), ..entry(act, bucket, folder.as_str()) };
        self.audit(&request.profile, entry).await?;
        match &request.kind {
            RequestKind::Put { name } => {
                let key = folder.join(&plain(name)?).map_err(|_| invalid(name))?;
                let url = store.sign_put(bucket, &key, span).await?;
                Ok(UploadLink::Put { url, key, end })
            }
            RequestKind::Form { max_bytes } => {
                let form = store.sign_form(bucket, &folder, (*max_bytes).min(FORM_LIMIT), span).await?;
                Ok(UploadLink::Form { form, end })
            }
            RequestKind::Page { max_bytes } => {
                let form = store.sign_form(bucket, &folder, (*max_bytes).min(FORM_LIMIT), span).await?;
                let html = page.draw(&request.title, &form, end);
                let key = ObjectKey::parse(&format!("{stem}.html")).map_err(|_| invalid(&request.title))?;
                let expiry = Expiry::Until(end.expires_at);
                let url = self.publish(store.as_ref(), request, &form, key.clone(), html, expiry).await?;
                Ok(UploadLink::Page(PageLink { url, page: key, folder, end }))
            }
        }
    }

    /// Puts the link to a page, or to one PUT, on the clipboard. A form is not for pasting: nothing is copied.
    pub async fn copy_upload_link(&self, link: &UploadLink, title: &str) -> Result<()> {
        match link {
            UploadLink::Page(PageLink { url, .. }) | UploadLink::Put { url, .. } => {
                let is_private = self.settings().await.private_clipboard;
                self.ports.clipboard.copy_links(&[TitledLink { title, url }], is_private).await
            }
            UploadLink::Form { .. } => Ok(()),
        }
    }

    /// Puts the page into the bucket, and makes the link that opens it there.
    async fn publish(
        &self,
        store: &dyn Store,
        request: &FileRequest,
        form: &UploadForm,
        key: ObjectKey,
        html: Vec<u8>,
        expiry: Expiry,
    ) -> Result<crate::LinkUrl> {
        let bucket = request.place.bucket.clone();
        let size = html.len() as u64;
        if store.put_page(&bucket, &key, html).await? == PutOutcome::Taken {
            return Err(invalid(&request.title));
        }
        self.note_new(&request.profile, &bucket, &key, size);
        let link = LinkRequest::new(request.profile.clone(), bucket, key, expiry);
        // Active content, but ours: its script is what sends the files.
        let shown = LinkRequest { disposition: Disposition::Inline, shows_active: true, ..link };
        let url = self.tested_link(&shown).await?.url;
        if origin(url.reveal()) != origin(&form.action) {
            let detail = "the page and its form came out on different servers";
            return Err(Error::from(Kind::Internal).with_detail(detail));
        }
        Ok(url)
    }
}

/// A browser lets a page send files to its own origin alone, unless the bucket's owner says otherwise (CORS).
fn origin(url: &str) -> Option<(String, String, Option<u16>)> {
    let url = Url::parse(url).ok()?;
    Some((url.scheme().to_owned(), url.host_str()?.to_owned(), url.port_or_known_default()))
}

/// A part of a key: no folders of its own, no control characters, nothing that a URL would rewrite.
fn plain(name: &str) -> Result<String> {
    let name = name.trim();
    let is_plain = !name.contains(['/', '\\']) && !name.chars().any(char::is_control);
    if name.is_empty() || name == "." || name == ".." || !is_plain {
        return Err(invalid(name));
    }
    Ok(name.to_owned())
}

fn invalid(name: &str) -> Error {
    Kind::NameInvalid { name: name.to_owned() }.into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_is_one_plain_part_of_a_key() {
        assert_eq!(plain(" Photos from Kim ").unwrap(), "Photos from Kim");
        for name in ["", " ", "..", ".", "a/b", "a\\b", "a\nb"] {
            assert!(plain(name).is_err(), "{name:?}");
        }
    }
}
