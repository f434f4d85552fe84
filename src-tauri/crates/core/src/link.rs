//! A link: the guest pass itself.

use crate::{BucketName, Disposition, Expiry, LinkEnd, ObjectKey, ProfileId, Secret};

/// A presigned URL. Whoever holds it may open the object, so it does not print; [`LinkUrl::reveal`] is the
/// one door out, for the clipboard, the check, the panel that shows it and standard output.
#[derive(Clone, Debug)]
pub struct LinkUrl(Secret<String>);

impl LinkUrl {
    /// Takes a URL that has just been signed.
    pub fn new(url: String) -> Self {
        Self(Secret::new(url))
    }

    /// The URL itself. Never for a log, an error or a file.
    pub fn reveal(&self) -> &str {
        self.0.reveal()
    }
}

/// What a person asks for when they ask for a link.
#[derive(Clone, Debug)]
pub struct LinkRequest {
    /// Who signs.
    pub profile: ProfileId,
    /// The bucket.
    pub bucket: BucketName,
    /// The object.
    pub key: ObjectKey,
    /// How long it should work.
    pub expiry: Expiry,
    /// What it does when opened.
    pub disposition: Disposition,
    /// The name that the recipient sees; the key's own when `None`.
    pub name: Option<String>,
    /// Whether to open it once before handing it over.
    pub check: bool,
}

/// What the one anonymous request for the link found. A link that does not open is an error instead.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Checked {
    /// It opened, without signing in.
    Opens,
    /// Not tested: the server cannot be reached from here just now.
    Offline,
    /// Not tested: no answer within the time allowed.
    TimedOut,
    /// Not tested: the server asks to come back later.
    ServerBusy,
    /// Not tested, as was asked.
    Skipped,
}

/// A link that may be handed over.
#[derive(Clone, Debug)]
pub struct Link {
    /// The bucket.
    pub bucket: BucketName,
    /// The object.
    pub key: ObjectKey,
    /// The file name that the recipient sees.
    pub name: String,
    /// The URL.
    pub url: LinkUrl,
    /// When it ends.
    pub end: LinkEnd,
    /// What the test found.
    pub checked: Checked,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_link_does_not_print() {
        let url = LinkUrl::new("https://x.test/?X-Amz-Signature=abc".into());
        assert!(!format!("{url:?}").contains("Signature"));
    }
}
