//! Making a link: decide its end, sign it, open it once, hand it over.

use std::time::Duration;

use jiff::Timestamp;

use super::App;
use crate::ports::{SignGet, Span, Store, TitledLink};
use crate::{
    Checked, DeniedBy, Disposition, Error, Expiry, Kind, Link, LinkEnd, LinkRequest, ObjectFacts, Opening,
    ProfileId, Result, Tested, VersionChoice, VersionId,
};

/// A person waits for the explanation: as long as for the test of the link, not longer.
const EXPLAIN_WITHIN: Duration = Duration::from_millis(1_500);

/// How long an object that comes back from the archive stays readable, in days: as long as a link may live.
const DAYS_BACK: u32 = 7;

impl App {
    /// When a link made now would end. Shown before the click.
    pub async fn link_end(&self, profile: &ProfileId, expiry: Expiry) -> Result<LinkEnd> {
        let store = self.store(profile).await?;
        Ok(self.span(store.as_ref(), profile, expiry).await?.1)
    }

    /// Makes a link and, if asked to, opens it once as a guest would.
    ///
    /// A link that would not open is an error, of the kind that says why; one that could not be tested is a
    /// link, and says so. Also [`Kind::KeyNotLinkable`] for a key that no URL can carry, [`Kind::Forbidden`] outside
    /// of what IT allows, and [`Kind::AuditUnwritable`].
    pub async fn link(&self, request: &LinkRequest) -> Result<Link> {
        let limits = self.limits(&request.profile).await?;
        limits.check_place(&request.bucket, request.key.as_str())?;
        let mut request = request.clone();
        if !limits.inline {
            request.disposition = Disposition::Attachment;
        }
        let link = self.tested_link(&request).await?;
        self.audit_link(&request.profile, &link).await?;
        Ok(link)
    }

    /// A link that nobody forbids or writes down: to what stands for something allowed, or for nobody's hands.
    pub(super) async fn tested_link(&self, request: &LinkRequest) -> Result<Link> {
        if !request.key.is_linkable() {
            return Err(Kind::KeyNotLinkable { key: request.key.as_str().to_owned() }.into());
        }
        let store = self.store(&request.profile).await?;
        let pass = Pass::of(store.as_ref(), request).await?;
        let mut link = self.sign(store.as_ref(), request, &pass).await?;
        if !request.check {
            return Ok(link);
        }
        let mut tested = self.test(store.as_ref(), &link, &request.profile).await;
        if link.end.clock_offset_seconds != store.server_clock().offset_seconds() {
            // Signed for a time that is not the server's, a link may be refused for that alone, or end early.
            link = self.sign(store.as_ref(), request, &pass).await?;
            tested = self.test(store.as_ref(), &link, &request.profile).await;
        }
        match tested.outcome {
            Ok(checked) => Ok(Link { checked, ..link }),
            Err(refused) => Err(explain(store.as_ref(), &link, refused).await),
        }
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
        let titled = links.iter().map(|link| TitledLink { title: &link.name, url: &link.url });
        let is_private = self.settings().await.private_clipboard;
        self.ports.clipboard.copy_links(&titled.collect::<Vec<_>>(), is_private).await
    }

    /// Puts plain text on the clipboard: technical details for IT.
    pub async fn copy_text(&self, text: &str) -> Result<()> {
        self.ports.clipboard.copy_text(text).await
    }

    /// Asks for an archived object to be brought back, for as long as a link may live.
    pub async fn bring_back(&self, request: &LinkRequest) -> Result<()> {
        let store = self.store(&request.profile).await?;
        self.limits(&request.profile).await?.check_place(&request.bucket, request.key.as_str())?;
        let version = match &request.version {
            VersionChoice::Exact(version) => Some(version),
            VersionChoice::Latest | VersionChoice::Current => None,
        };
        store.bring_back(&request.bucket, &request.key, version, DAYS_BACK).await
    }

    async fn sign(&self, store: &dyn Store, request: &LinkRequest, pass: &Pass) -> Result<Link> {
        let (span, end) = self.span(store, &request.profile, request.expiry).await?;
        let get = SignGet {
            bucket: &request.bucket,
            key: &request.key,
            version: pass.version.as_ref(),
            pays: request.pays,
            opening: &pass.opening,
            span,
        };
        Ok(Link {
            url: store.sign_get(get).await?,
            bucket: request.bucket.clone(),
            key: request.key.clone(),
            version: pass.version.clone(),
            name: pass.name.clone(),
            disposition: pass.opening.disposition,
            pays: request.pays,
            end,
            checked: Checked::Skipped,
        })
    }

    async fn test(&self, store: &dyn Store, link: &Link, profile: &ProfileId) -> Tested {
        let tested = self.ports.check.check(link, &self.name_of(profile).await).await;
        if let Some(server_time) = tested.server_time {
            store.server_clock().learn(server_time, self.ports.clock.now());
        }
        tested
    }

    /// From when and until when something signed now works, by the server's clock.
    pub(super) async fn span(
        &self,
        store: &dyn Store,
        profile: &ProfileId,
        expiry: Expiry,
    ) -> Result<(Span, LinkEnd)> {
        let at = store.server_clock().at(self.ports.clock.now());
        let clock_offset_seconds = store.server_clock().offset_seconds();
        let credentials = store.credentials_end(expiry.wanted(at)).await?;
        let longest = self.limits(profile).await?.longest_seconds;
        let end = expiry.end(at, credentials, longest, &self.name_of(profile).await)?;
        Ok((Span { at, seconds: seconds_between(at, end.expires_at) }, LinkEnd { clock_offset_seconds, ..end }))
    }
}

/// What is settled before a link is signed.
struct Pass {
    name: String,
    version: Option<VersionId>,
    opening: Opening,
}

impl Pass {
    async fn of(store: &dyn Store, request: &LinkRequest) -> Result<Self> {
        let name = request.name.clone().unwrap_or_else(|| request.key.shown_name());
        let version = match &request.version {
            VersionChoice::Exact(version) => Some(version.clone()),
            VersionChoice::Latest | VersionChoice::Current => None,
        };
        let is_current = request.version == VersionChoice::Current;
        let facts = if is_current {
            store.facts(&request.bucket, &request.key, None).await?
        } else if Opening::needs_stored_type(&name, request.disposition) {
            // A link need not wait for this: what is not known is a download.
            store.facts(&request.bucket, &request.key, version.as_ref()).await.unwrap_or_default()
        } else {
            ObjectFacts::default()
        };
        let stored_type = facts.content_type.as_deref();
        let opening = Opening::of(&name, request.disposition, request.shows_active, stored_type);
        let version = if is_current { facts.version } else { version };
        Ok(Self { name, version, opening })
    }
}

/// `end` is at most seven days after `at`, and at least a second.
fn seconds_between(at: Timestamp, end: Timestamp) -> u32 {
    (end.as_second() - at.as_second()).clamp(1, crate::MAX_SECONDS) as u32
}

/// Asks the server once more, as the signer, where the guest's refusal leaves open what would help.
async fn explain(store: &dyn Store, link: &Link, refused: Error) -> Error {
    let facts = async || {
        let asked = store.facts(&link.bucket, &link.key, link.version.as_ref());
        tokio::time::timeout(EXPLAIN_WITHIN, asked).await.unwrap_or_else(|_| Err(Kind::ServerBusy.into()))
    };
    match refused.kind().clone() {
        Kind::AccessDenied { action, by: DeniedBy::NotSaid, profile, bucket, key } => match facts().await {
            Ok(_) => {
                refused.with_kind(Kind::AccessDenied { action, by: DeniedBy::Links, profile, bucket, key })
            }
            Err(said) if matches!(said.kind(), Kind::RequesterPays { .. }) => {
                refused.with_kind(said.into_kind())
            }
            Err(_) => refused,
        },
        Kind::ObjectMissing { .. } => match facts().await {
            Err(said) if matches!(said.kind(), Kind::ObjectDeleted { .. }) => {
                refused.with_kind(said.into_kind())
            }
            _ => refused,
        },
        Kind::ObjectArchived { bucket, key, .. } => {
            let coming_back = facts().await.is_ok_and(|facts| facts.coming_back);
            refused.with_kind(Kind::ObjectArchived { bucket, key, coming_back })
        }
        _ => refused,
    }
}
