//! A link: the guest pass itself.

use jiff::Timestamp;

use crate::{BucketName, Disposition, Error, Expiry, LinkEnd, ObjectKey, ProfileId, Result, Secret, VersionId};

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
    /// Whether pages and pictures that carry scripts are shown too, against our advice.
    pub shows_active: bool,
    /// The name that the recipient sees; the key's own when `None`.
    pub name: Option<String>,
    /// Which version it opens.
    pub version: VersionChoice,
    /// Whether the signer pays for what the recipient reads, as a requester-pays bucket demands.
    pub pays: bool,
    /// Whether to open it once before handing it over.
    pub check: bool,
}

impl LinkRequest {
    /// A tested download of whatever has the name, under that name; all else is for the caller to change.
    pub fn new(profile: ProfileId, bucket: BucketName, key: ObjectKey, expiry: Expiry) -> Self {
        Self {
            profile,
            bucket,
            key,
            expiry,
            disposition: Disposition::Attachment,
            shows_active: false,
            name: None,
            version: VersionChoice::Latest,
            pays: false,
            check: true,
        }
    }
}

/// Which version of an object a link opens.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum VersionChoice {
    /// Whatever has the name when the link is opened.
    Latest,
    /// The one that is there now, also when it is replaced later; where versions are kept.
    Current,
    /// This one.
    Exact(VersionId),
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
    /// Not tested: the server asks to come back later, or has a fault of its own.
    ServerBusy,
    /// Not tested, as was asked.
    Skipped,
}

/// What the one anonymous request for a link brought back.
#[derive(Debug)]
pub struct Tested {
    /// Whether it opens; why not, otherwise.
    pub outcome: Result<Checked, Error>,
    /// The server's time when it answered.
    pub server_time: Option<Timestamp>,
}

/// A link that may be handed over.
#[derive(Clone, Debug)]
pub struct Link {
    /// The bucket.
    pub bucket: BucketName,
    /// The object.
    pub key: ObjectKey,
    /// The version that it is bound to, if it is to one.
    pub version: Option<VersionId>,
    /// The file name that the recipient sees.
    pub name: String,
    /// What it really does when opened.
    pub disposition: Disposition,
    /// Whether the signer pays for what the recipient reads.
    pub pays: bool,
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
