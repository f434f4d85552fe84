//! Keys and prefixes: kept byte for byte, never normalised.
//!
//! `a//b`, `/x`, `dir/`, `..`, NFC and NFD forms all name different objects
//! (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/object-keys.html>), so nothing here tidies.

use serde::{Deserialize, Serialize};

const MAX_BYTES: usize = ObjectKey::MAX_BYTES;

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
    /// Longest key that S3 stores, in bytes of UTF-8.
    pub const MAX_BYTES: usize = 1024;

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

    /// [`ObjectKey::name`] without control characters and without those that turn the direction of writing
    /// (<https://www.unicode.org/reports/tr9/#Directional_Formatting_Characters>): a recipient would read
    /// `exe.film` where it says `mlif.exe`.
    pub fn shown_name(&self) -> String {
        let turns = |c| matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
        self.name().chars().filter(|c| !c.is_control() && !turns(*c)).collect()
    }

    /// The same place under a name that every link can carry: `.` and `..` segments are written `_` and `__`.
    pub fn safe(&self) -> Result<Self, KeyInvalid> {
        let safe = |segment| match segment {
            "." => "_",
            ".." => "__",
            other => other,
        };
        Self::parse(&self.0.split('/').map(safe).collect::<Vec<_>>().join("/"))
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

/// Names one version of an object, in the server's own opaque text.
/// <https://docs.aws.amazon.com/AmazonS3/latest/userguide/versioning-workflows.html>
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VersionId(String);

impl VersionId {
    /// Takes what a server calls a version. None for `null`: what is written while versions are not kept, and
    /// is replaced by the next object of the same key.
    pub fn kept(id: &str) -> Option<Self> {
        (!id.is_empty() && id != "null").then(|| Self(id.to_owned()))
    }

    /// The id as requests carry it.
    pub fn as_str(&self) -> &str {
        &self.0
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
    fn a_name_cannot_turn_itself_around() {
        let shown = |key: &str| ObjectKey::parse(key).unwrap().shown_name();
        assert_eq!(shown("a/film\u{202e}4pm.exe\r\n"), "film4pm.exe");
        assert_eq!(shown("a/Ünï 新製品 👩\u{200d}🚀 שלום.pdf"), "Ünï 新製品 👩\u{200d}🚀 שלום.pdf");
    }

    #[test]
    fn a_safe_name_can_travel() {
        let safe = |key: &str| ObjectKey::parse(key).unwrap().safe().unwrap();
        assert_eq!(safe("a/../b/./c.txt").as_str(), "a/__/b/_/c.txt");
        assert_eq!(safe("a//b..c/").as_str(), "a//b..c/");
        assert!(safe("..").is_linkable());
    }

    #[test]
    fn only_a_version_that_is_kept_is_one() {
        assert_eq!(VersionId::kept("null"), None);
        assert_eq!(VersionId::kept(""), None);
        assert_eq!(VersionId::kept("3sL4kqtJ").unwrap().as_str(), "3sL4kqtJ");
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
