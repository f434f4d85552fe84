//! TOML that a person has written: the values that the policy and connection files have in common, and where a mistake
//! in them is.
//!
//! Not what a file means: that is its own module's business, which also makes its own kind of error of a [`Mistake`].

use std::fmt;

use serde::de::{DeserializeOwned, Error, Visitor};
use serde::{Deserialize, Deserializer};
use toml::Spanned;

use crate::limits::places;
use crate::{Limits, MAX_SECONDS, Place, Places};

/// What is wrong, and in which line, from 1.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Mistake {
    pub(crate) line: Option<u32>,
    pub(crate) what: String,
}

impl Mistake {
    /// One at this byte of the text.
    pub(crate) fn at(text: &[u8], byte: usize, what: impl Into<String>) -> Self {
        let before = text.get(..byte).unwrap_or(text);
        let line = before.iter().filter(|byte| **byte == b'\n').count() + 1;
        Self { line: u32::try_from(line).ok(), what: what.into() }
    }
}

/// Reads a whole file.
pub(crate) fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, Mistake> {
    let utf8 = std::str::from_utf8(text)
        .map_err(|error| Mistake::at(text, error.valid_up_to(), "this line is not UTF-8"))?;
    toml::from_str(utf8).map_err(|error| match error.span() {
        Some(span) => Mistake::at(text, span.start, without_values(error.message())),
        None => Mistake { line: None, what: without_values(error.message()) },
    })
}

/// A key that was written where a switch belongs must not come back in a message: values are left out, and the names
/// of settings stay.
fn without_values(message: &str) -> String {
    match (message.find("string \""), message.rfind('"')) {
        (Some(start), Some(end)) if end > start => {
            format!("{}string{}", &message[..start], &message[end + 1..])
        }
        _ => message.to_owned(),
    }
}

/// Reads a text that has to be of a form; `mistake` says of which. The parser knows the line of what a visitor refuses,
/// and of what is refused later only the line of the whole list.
pub(crate) fn text<'de, D: Deserializer<'de>, T>(
    deserializer: D,
    mistake: &'static str,
    read: fn(&str) -> Option<T>,
) -> Result<T, D::Error> {
    deserializer.deserialize_str(Text { mistake, read })
}

struct Text<T> {
    mistake: &'static str,
    read: fn(&str) -> Option<T>,
}

impl<T> Visitor<'_> for Text<T> {
    type Value = T;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("text in quotes")
    }

    fn visit_str<E: Error>(self, text: &str) -> Result<T, E> {
        (self.read)(text).ok_or_else(|| E::custom(self.mistake))
    }
}

/// A length of time in seconds, written `90s`, `30m`, `12h`, `3d` or `1w`: at least a second, at most seven days.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Seconds(pub(crate) i64);

impl Seconds {
    fn parse(text: &str) -> Option<Self> {
        let unit = match text.chars().next_back()? {
            's' => 1,
            'm' => 60,
            'h' => 3_600,
            'd' => 86_400,
            'w' => 604_800,
            _ => return None,
        };
        let number = &text[..text.len() - 1];
        let digits = number.bytes().all(|byte| byte.is_ascii_digit());
        let seconds = number.parse::<i64>().ok().filter(|_| digits)?.checked_mul(unit)?;
        (1..=MAX_SECONDS).contains(&seconds).then_some(Self(seconds))
    }
}

impl<'de> Deserialize<'de> for Seconds {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        text(deserializer, "a time is a number and one of s, m, h, d, w: from 1s to 7d", Self::parse)
    }
}

/// `s3://bucket/` or `s3://bucket/folder/`.
#[derive(Clone, Debug)]
pub(crate) struct WrittenPlace(pub(crate) Place);

impl<'de> Deserialize<'de> for WrittenPlace {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let mistake = "a place is s3://bucket/ or s3://bucket/folder/";
        text(deserializer, mistake, |text| places::parse(text).ok().map(Self))
    }
}

/// Limits as both files spell them.
#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub(crate) struct WrittenLimits {
    pub(crate) longest_expiry: Option<Seconds>,
    pub(crate) inline: Option<bool>,
    pub(crate) upload_links: Option<bool>,
    pub(crate) upload_to: Option<Spanned<WrittenPlace>>,
    pub(crate) places: Option<Spanned<Vec<WrittenPlace>>>,
}

impl WrittenLimits {
    /// What they mean; `text` is the file, for the line of a mistake.
    pub(crate) fn meant(self, text: &[u8]) -> Result<Limits, Mistake> {
        let places = match self.places {
            Some(written) if written.get_ref().is_empty() => {
                return Err(Mistake::at(
                    text,
                    written.span().start,
                    "places names none: nothing could be shared",
                ));
            }
            Some(written) => {
                Places::Only(written.into_inner().into_iter().map(|WrittenPlace(place)| place).collect())
            }
            None => Places::Everywhere,
        };
        let upload_to = match self.upload_to {
            Some(written) => {
                let start = written.span().start;
                let WrittenPlace(place) = written.into_inner();
                if !places.allow(&place.bucket, place.prefix.as_str()) {
                    return Err(Mistake::at(text, start, "upload-to is outside of places"));
                }
                Places::Only(vec![place])
            }
            None => Places::Everywhere,
        };
        Ok(Limits {
            longest_seconds: self.longest_expiry.map(|Seconds(seconds)| seconds),
            inline: self.inline.unwrap_or(true),
            upload_links: self.upload_links.unwrap_or(true),
            upload_to,
            places,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn times_have_a_unit_and_bounds() {
        for (text, seconds) in [
            ("1s", 1),
            ("90s", 90),
            ("30m", 1_800),
            ("12h", 43_200),
            ("3d", 259_200),
            ("07d", 604_800),
            ("1w", 604_800),
        ] {
            assert_eq!(Seconds::parse(text).unwrap().0, seconds, "{text}");
        }
        for text in [
            "",
            "s",
            "3",
            "0s",
            "-1d",
            "+1d",
            "8d",
            "2w",
            "1 d",
            "1D",
            "1.5h",
            "99999999999999999999d",
            "1д",
            "é",
        ] {
            assert!(Seconds::parse(text).is_none(), "{text:?}");
        }
    }

    #[test]
    fn a_value_does_not_come_back_in_a_message() {
        let mistake = read::<WrittenLimits>(b"\ninline = 'wJalr\"XUtn'").err().unwrap();
        assert_eq!(
            mistake,
            Mistake { line: Some(2), what: "invalid type: string, expected a boolean".to_owned() }
        );
    }
}
