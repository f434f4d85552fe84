//! What may be shared, by whoever set up the computer or the connection.
//!
//! Knows neither who set the limits nor in which file: [`crate::Policy`] and [`crate::ConnectionFile`] bring them, the
//! use cases ask here before they sign. Where both set some, [`Limits::and`] is what is left.

pub(crate) mod places;
#[cfg(test)]
mod tests;

use serde::{Deserialize, Serialize};

pub use places::Places;

use crate::{BucketName, Error, Kind, Result, Rule};

/// What may be shared. The default forbids nothing.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Limits {
    /// The longest that a link may work, in seconds; `None` leaves it at [`crate::MAX_SECONDS`].
    #[serde(skip_serializing_if = "Option::is_none")]
    pub longest_seconds: Option<i64>,
    /// Whether a link may show a file in the browser, instead of downloading it.
    #[serde(skip_serializing_if = "is_allowed")]
    pub inline: bool,
    /// Whether outsiders may be asked for files.
    #[serde(skip_serializing_if = "is_allowed")]
    pub upload_links: bool,
    /// Where files may be put, by this person or by outsiders. [`Limits::places`] counts as well.
    #[serde(skip_serializing_if = "Places::is_everywhere")]
    pub upload_to: Places,
    /// What may be shared from, and put to.
    #[serde(skip_serializing_if = "Places::is_everywhere")]
    pub places: Places,
}

#[expect(clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn is_allowed(value: &bool) -> bool {
    *value
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            longest_seconds: None,
            inline: true,
            upload_links: true,
            upload_to: Places::Everywhere,
            places: Places::Everywhere,
        }
    }
}

impl Limits {
    /// The stricter of each: what both allow.
    #[must_use]
    pub fn and(&self, other: &Self) -> Self {
        let longest = [self.longest_seconds, other.longest_seconds];
        Self {
            longest_seconds: longest.into_iter().flatten().min(),
            inline: self.inline && other.inline,
            upload_links: self.upload_links && other.upload_links,
            upload_to: self.upload_to.and(&other.upload_to),
            places: self.places.and(&other.places),
        }
    }

    /// Whether something may be shared from here: a key, or all keys that begin with a prefix.
    pub fn allows(&self, bucket: &BucketName, key_or_prefix: &str) -> bool {
        self.places.allow(bucket, key_or_prefix)
    }

    /// The same as an error. Error: [`Kind::Forbidden`] with [`Rule::Place`].
    pub fn check_place(&self, bucket: &BucketName, key_or_prefix: &str) -> Result<()> {
        check(&self.places, Rule::Place, bucket, key_or_prefix)
    }

    /// Whether something may be put here. Error: [`Kind::Forbidden`] with [`Rule::UploadPlace`] or [`Rule::Place`];
    /// what it allows instead are the places where both would let it through.
    pub fn check_upload(&self, bucket: &BucketName, key_or_prefix: &str) -> Result<()> {
        let rule = if self.upload_to.is_everywhere() { Rule::Place } else { Rule::UploadPlace };
        check(&self.upload_places(), rule, bucket, key_or_prefix)
    }

    /// Where files may be put, all counted.
    pub fn upload_places(&self) -> Places {
        self.upload_to.and(&self.places)
    }

    /// Whether outsiders may be asked for files, wherever those would go. Error: [`Kind::Forbidden`] with
    /// [`Rule::UploadLinks`].
    pub fn check_upload_links(&self) -> Result<()> {
        if self.upload_links { Ok(()) } else { Err(forbidden(Rule::UploadLinks, None)) }
    }
}

fn check(places: &Places, rule: Rule, bucket: &BucketName, key_or_prefix: &str) -> Result<()> {
    if places.allow(bucket, key_or_prefix) { Ok(()) } else { Err(forbidden(rule, places.text())) }
}

fn forbidden(rule: Rule, allowed: Option<String>) -> Error {
    Kind::Forbidden { rule, allowed }.into()
}
