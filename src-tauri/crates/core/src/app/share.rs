//! Making a link: decide its end, sign it, open it once, hand it over.

use super::App;
use crate::ports::{SignGet, Store};
use crate::{Checked, Expiry, Kind, Link, LinkEnd, LinkRequest, Opening, ProfileId, Result};

impl App {
    /// When a link made now would end. Shown before the click.
    pub async fn link_end(&self, profile: &ProfileId, expiry: Expiry) -> Result<LinkEnd> {
        let store = self.store(profile).await?;
        self.end_with(store.as_ref(), profile, expiry).await
    }

    /// Makes a link and, if asked to, opens it once as a guest would.
    ///
    /// A link that would not open is an error, of the kind that says why; one that could not be tested is a
    /// link, and says so. Also [`Kind::KeyNotLinkable`] for a key that no URL can carry.
    pub async fn link(&self, request: &LinkRequest) -> Result<Link> {
        if !request.key.is_linkable() {
            return Err(Kind::KeyNotLinkable { key: request.key.as_str().to_owned() }.into());
        }
        let store = self.store(&request.profile).await?;
        let at = self.ports.clock.now();
        let end = self.end_with(store.as_ref(), &request.profile, request.expiry).await?;
        let name = request.name.clone().unwrap_or_else(|| request.key.name().to_owned());
        let opening = Opening::of(&name, request.disposition);
        // `end` is at most seven days from a clock that was read later than `at`.
        let seconds = (end.expires_at.as_second() - at.as_second()).clamp(1, crate::MAX_SECONDS) as u32;
        let get = SignGet { bucket: &request.bucket, key: &request.key, at, seconds, opening: &opening };
        let url = store.sign_get(get).await?;
        let (bucket, key) = (request.bucket.clone(), request.key.clone());
        let mut link = Link { bucket, key, name, url, end, checked: Checked::Skipped };
        if request.check {
            link.checked = self.ports.check.check(&link, &request.profile).await?;
        }
        Ok(link)
    }

    /// Makes a link, opens it once, and puts it on the clipboard.
    ///
    /// The flag is false when the clipboard refused: the link is good, and is offered for copying by hand.
    pub async fn copy_link(&self, request: &LinkRequest) -> Result<(Link, bool)> {
        let link = self.link(request).await?;
        let copied = self.copy_links(std::slice::from_ref(&link)).await.is_ok();
        Ok((link, copied))
    }

    /// Puts links on the clipboard, one a line.
    pub async fn copy_links(&self, links: &[Link]) -> Result<()> {
        self.ports.clipboard.copy_links(links).await
    }

    /// Puts plain text on the clipboard: technical details for IT.
    pub async fn copy_text(&self, text: &str) -> Result<()> {
        self.ports.clipboard.copy_text(text).await
    }

    async fn end_with(&self, store: &dyn Store, profile: &ProfileId, expiry: Expiry) -> Result<LinkEnd> {
        let credentials = store.credentials_end().await?;
        expiry.end(self.ports.clock.now(), credentials, None, profile.name())
    }
}
