//! The policy of a computer: what whoever administers it lets the app do.
//!
//! A TOML file of a few lines, without which nothing is forbidden. Where it lies is the adapter's business
//! ([`crate::ports::PolicyBook`]). A file with a mistake forbids everything ([`Kind::PolicyBroken`]): a limit that was
//! misspelt must not be one that is not there.
//!
//! ```
//! let text = r#"
//! longest-expiry = "3d"                                     # s, m, h, d, w; at most 7d
//! places = ["s3://acme-press/", "s3://acme-video/outbox/"]  # buckets, or folders that end in /
//! inline = false                                            # links download, and never show in the browser
//! upload-links = true                                       # outsiders may be asked for files
//! upload-to = "s3://acme-press/incoming/"                   # the one place where files are put
//! access-keys = false                                       # no signing with keys that do not end
//! audit-log = "/var/log/guestpass.jsonl"                    # each share is written down, or not made
//! trusted-keys = []                                         # minisign keys: connection files need a signature by one
//! "#;
//! # let text = if cfg!(windows) { text.replace("/var", "C:/var") } else { text.to_owned() };
//! let policy = guestpass_core::Policy::parse(text.as_bytes(), "/etc/guestpass/policy.toml")?;
//! assert_eq!(policy.limits.longest_seconds, Some(259_200));
//! # Ok::<(), guestpass_core::Error>(())
//! ```

#[cfg(test)]
mod tests;

use std::path::Path;

use minisign_verify::PublicKey;
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::written::{Mistake, Seconds, WrittenLimits, WrittenPlace, read, text};
use crate::{Error, Kind, Limits, Result, Rule};

/// What the app may do on this computer. The default forbids nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// What may be shared.
    pub limits: Limits,
    /// Whether an access key that does not end may sign.
    pub access_keys: bool,
    /// The minisign public keys, one of which has to have signed a connection file; any file is taken where there is
    /// none.
    pub trusted_keys: Vec<String>,
    /// The file, by its absolute path, in which each share is written down before it is handed over.
    pub audit_log: Option<String>,
}

impl Default for Policy {
    fn default() -> Self {
        Self { limits: Limits::default(), access_keys: true, trusted_keys: Vec::new(), audit_log: None }
    }
}

/// The file as it is written.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenPolicy {
    longest_expiry: Option<Seconds>,
    inline: Option<bool>,
    upload_links: Option<bool>,
    upload_to: Option<Spanned<WrittenPlace>>,
    places: Option<Spanned<Vec<WrittenPlace>>>,
    access_keys: Option<bool>,
    trusted_keys: Vec<TrustedKey>,
    audit_log: Option<AuditPath>,
}

impl Policy {
    /// Reads a policy. `path` is where it lies, for the error: [`Kind::PolicyBroken`].
    pub fn parse(text: &[u8], path: &str) -> Result<Self> {
        Self::read(text).map_err(|mistake| {
            let broken = Kind::PolicyBroken { path: path.to_owned(), line: mistake.line };
            Error::from(broken).with_detail(mistake.what)
        })
    }

    fn read(text: &[u8]) -> Result<Self, Mistake> {
        let written: WrittenPolicy = read(text)?;
        let limits = WrittenLimits {
            longest_expiry: written.longest_expiry,
            inline: written.inline,
            upload_links: written.upload_links,
            upload_to: written.upload_to,
            places: written.places,
        };
        Ok(Self {
            limits: limits.meant(text)?,
            access_keys: written.access_keys.unwrap_or(true),
            trusted_keys: written.trusted_keys.into_iter().map(|TrustedKey(key)| key).collect(),
            audit_log: written.audit_log.map(|AuditPath(path)| path),
        })
    }

    /// Whether an access key that does not end may sign. Error: [`Kind::Forbidden`] with [`Rule::AccessKeys`].
    pub fn check_access_keys(&self) -> Result<()> {
        let refusal = Kind::Forbidden { rule: Rule::AccessKeys, allowed: None };
        if self.access_keys { Ok(()) } else { Err(refusal.into()) }
    }
}

struct TrustedKey(String);

impl<'de> Deserialize<'de> for TrustedKey {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mistake = "not a minisign public key: the second line of minisign.pub";
        text(deserializer, mistake, |text| PublicKey::from_base64(text).ok().map(|_| Self(text.to_owned())))
    }
}

struct AuditPath(String);

impl<'de> Deserialize<'de> for AuditPath {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer, "not an absolute path", |text| {
            (Path::new(text).is_absolute() && !text.contains('\0')).then(|| Self(text.to_owned()))
        })
    }
}
