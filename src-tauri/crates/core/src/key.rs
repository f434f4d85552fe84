//! Keys and prefixes: kept byte for byte, never normalised.
//!
//! `a//b`, `/x`, `dir/`, `..`, NFC and NFD forms all name different objects
//! (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html>), so nothing here tidies.

use serde::{Deserialize, Serialize};

/// Longest key that S3 stores, in bytes of UTF-8.
const MAX_BYTES: usize = 1024;

/// The key of one object: any UTF-8 of 1–1,024 bytes.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct ObjectKey(String);

/// What the keys of a folder begin with: empty for the bucket itself, else as a rule ending in `/`.
#[derive(Clone, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(try_from = "String", into = "String")]
pub struct Prefix(String);

/// The text is empty, or longer than 1,024 bytes.
#[derive(Debug, thiserror::Error)]
#[error("a key has 1 to 1,024 bytes")]
pub struct KeyInvalid;

impl ObjectKey {
    /// Takes any text of 1–1,024 bytes.
    pub fn parse(key: &str) -> Result<Self, KeyInvalid> {
        if (1..=MAX_BYTES).contains(&key.len()) { Ok(Self(key.to_owned())) } else { Err(KeyInvalid) }
    }

    /// The key as it is stored.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a person calls the file: the part behind the last `/` that has anything behind it.
    pub fn name(&self) -> &str {
        last_segment(&self.0)
    }

    /// Whether a link can carry the key to the server.
    ///
    /// Browsers, mail programs and most HTTP clients resolve `.` and `..` segments before they send a
    /// request, also when written `%2e` (<https://url.spec.whatwg.org/#double-dot-path-segment>); the
    /// signature then no longer fits. Such a link would be dead for its recipient.
    pub fn is_linkable(&self) -> bool {
        !self.0.split('/').any(|segment| segment == "." || segment == "..")
    }
}

impl Prefix {
    /// The bucket itself.
    pub fn root() -> Self {
        Self::default()
    }

    /// Takes any text of at most 1,024 bytes.
    pub fn parse(prefix: &str) -> Result<Self, KeyInvalid> {
        if prefix.len() <= MAX_BYTES { Ok(Self(prefix.to_owned())) } else { Err(KeyInvalid) }
    }

    /// The folder that a key or a half-typed prefix lies in.
    pub fn folder_of(text: &str) -> Result<Self, KeyInvalid> {
        let end = text.rfind('/').map_or(0, |slash| slash + 1);
        Self::parse(&text[..end])
    }

    /// The prefix as requests carry it.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// What a person calls the folder; empty for the bucket itself.
    pub fn name(&self) -> &str {
        last_segment(&self.0)
    }

    /// The key of a file of this name in this folder.
    pub fn join(&self, name: &str) -> Result<ObjectKey, KeyInvalid> {
        ObjectKey::parse(&format!("{}{name}", self.0))
    }
}

/// `a/b/` and `a/b` are both called `b`; a key of slashes alone is called by itself.
fn last_segment(text: &str) -> &str {
    let trimmed = text.strip_suffix('/').unwrap_or(text);
    match trimmed.rsplit('/').next() {
        Some("") | None => text,
        Some(name) => name,
    }
}

macro_rules! as_text {
    ($type:ty) => {
        impl TryFrom<String> for $type {
            type Error = KeyInvalid;
            fn try_from(text: String) -> Result<Self, KeyInvalid> {
                Self::parse(&text)
            }
        }
        impl From<$type> for String {
            fn from(value: $type) -> Self {
                value.0
            }
        }
    };
}
as_text!(ObjectKey);
as_text!(Prefix);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn keys_are_kept_byte_for_byte() {
        for key in ["a//b", "/x", "dir/", "..", "é", "e\u{301}", "\u{1}", "a b+c%2F?#&=;:'\""] {
            assert_eq!(ObjectKey::parse(key).unwrap().as_str(), key);
        }
    }

    #[test]
    fn a_key_has_1_to_1024_bytes_not_characters() {
        assert!(ObjectKey::parse("").is_err());
        assert!(ObjectKey::parse(&"é".repeat(512)).is_ok());
        assert!(ObjectKey::parse(&"é".repeat(513)).is_err());
        assert!(Prefix::parse("").is_ok());
    }

    #[test]
    fn dot_segments_cannot_travel_in_a_link() {
        for dead in [".", "..", "a/../b", "a/./b", "../x", "a/.."] {
            assert!(!ObjectKey::parse(dead).unwrap().is_linkable(), "{dead:?}");
        }
        for alive in ["...", "a..b", ".hidden", "a/.b/c", "a//b", "%2e%2e/x"] {
            assert!(ObjectKey::parse(alive).unwrap().is_linkable(), "{alive:?}");
        }
    }

    #[test]
    fn names_are_what_a_person_would_say() {
        let name = |key: &str| ObjectKey::parse(key).unwrap().name().to_owned();
        assert_eq!(name("2026/Autumn/film.mp4"), "film.mp4");
        assert_eq!(name("2026/Autumn/"), "Autumn");
        assert_eq!(name("//"), "//");
        assert_eq!(Prefix::folder_of("a/b/c.txt").unwrap().as_str(), "a/b/");
        assert_eq!(Prefix::folder_of("c.txt").unwrap(), Prefix::root());
    }
}
