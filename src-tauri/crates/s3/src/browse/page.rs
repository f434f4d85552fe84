//! A page of ListObjectsV2, read from its XML in one pass: a bucket of a million objects has a thousand pages, and the
//! SDK takes its time for each.
//!
//! It reads what honest servers write, and answers `None` to everything else: what is unusual or broken is then
//! judged by the SDK, see [`seam`](super::seam). So it never decides what is to be refused. Where it does answer, the
//! SDK would have read the same; `page/tests.rs` holds it to that.

use std::borrow::Cow;

use aws_sdk_s3::operation::list_objects_v2::ListObjectsV2Output;
use aws_sdk_s3::types::EncodingType;
use aws_smithy_types::date_time::{DateTime, Format};
use jiff::Timestamp;
use memchr::memchr;
use quick_xml::escape::unescape;

/// What servers write before the root, if they write anything.
const DECLARATIONS: [&str; 5] = [
    r#"version="1.0" encoding="UTF-8""#,
    r#"version="1.0" encoding="utf-8""#,
    r#"version='1.0' encoding='UTF-8'"#,
    r#"version='1.0' encoding='utf-8'"#,
    r#"version="1.0""#,
];

/// About how long a short row is; a page with shorter ones has its rows moved once.
const ROW_BYTES: usize = 200;

/// What a page says, as far as anybody here asks. Names are as they stand there: perhaps encoded for a URL.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Page<'a> {
    pub(super) has_name: bool,
    pub(super) is_truncated: Option<bool>,
    pub(super) next: Option<Cow<'a, str>>,
    pub(super) is_encoded: bool,
    pub(super) folders: Vec<Option<Cow<'a, str>>>,
    pub(super) rows: Vec<Row<'a>>,
}

/// An object of a page.
#[derive(Debug, Default, PartialEq)]
pub(super) struct Row<'a> {
    pub(super) key: Option<Cow<'a, str>>,
    pub(super) size: Option<i64>,
    pub(super) modified_at: Option<Timestamp>,
    pub(super) etag: Option<Cow<'a, str>>,
    pub(super) storage_class: Option<Cow<'a, str>>,
}

impl<'a> From<&'a ListObjectsV2Output> for Page<'a> {
    fn from(theirs: &'a ListObjectsV2Output) -> Self {
        Self {
            has_name: theirs.name().is_some(),
            is_truncated: theirs.is_truncated(),
            next: theirs.next_continuation_token().map(Cow::Borrowed),
            is_encoded: theirs.encoding_type() == Some(&EncodingType::Url),
            folders: theirs.common_prefixes().iter().map(|one| one.prefix().map(Cow::Borrowed)).collect(),
            rows: theirs.contents().iter().map(Row::from).collect(),
        }
    }
}

impl<'a> From<&'a aws_sdk_s3::types::Object> for Row<'a> {
    fn from(theirs: &'a aws_sdk_s3::types::Object) -> Self {
        Self {
            key: theirs.key().map(Cow::Borrowed),
            size: theirs.size(),
            modified_at: theirs.last_modified().and_then(|at| Timestamp::from_second(at.secs()).ok()),
            etag: theirs.e_tag().map(Cow::Borrowed),
            storage_class: theirs.storage_class().map(|class| Cow::Borrowed(class.as_str())),
        }
    }
}

impl<'a> Page<'a> {
    /// Reads an answer. `None`: it is none of those that are read here.
    pub(super) fn read(answer: &'a [u8]) -> Option<Self> {
        let text = std::str::from_utf8(answer).ok().filter(|text| is_plain(text))?;
        let mut xml = Xml(without_declaration(text)?);
        let (root, attributes) = xml.root()?;
        if root.name != "ListBucketResult" || !is_plain_namespace(attributes) {
            return None;
        }
        let mut page = Self { rows: Vec::with_capacity(text.len() / ROW_BYTES), ..Self::default() };
        while let Some(element) = xml.child_of(&root)? {
            page.take(&mut xml, element)?;
        }
        Some(page)
    }

    fn take(&mut self, xml: &mut Xml<'a>, element: Element<'a>) -> Option<()> {
        match element.name {
            "Contents" => self.rows.push(Row::read(xml, &element)?),
            "CommonPrefixes" => self.folders.push(folder(xml, &element)?),
            "Name" => {
                xml.leaf(&element)?;
                self.has_name = true;
            }
            "IsTruncated" => self.is_truncated = Some(xml.leaf(&element)?.parse().ok()?),
            "NextContinuationToken" => self.next = Some(xml.leaf(&element)?),
            "EncodingType" => self.is_encoded = xml.leaf(&element)? == EncodingType::Url.as_str(),
            "MaxKeys" | "KeyCount" => {
                xml.leaf(&element)?.parse::<i32>().ok()?;
            }
            "Prefix" | "Delimiter" | "StartAfter" | "ContinuationToken" => {
                xml.leaf(&element)?;
            }
            _ => return None,
        }
        Some(())
    }
}

impl<'a> Row<'a> {
    fn read(xml: &mut Xml<'a>, contents: &Element<'a>) -> Option<Self> {
        let mut row = Self::default();
        while let Some(element) = xml.child_of(contents)? {
            match element.name {
                "Key" => row.key = Some(xml.leaf(&element)?),
                "LastModified" => row.modified_at = moment(&xml.leaf(&element)?)?,
                "ETag" => row.etag = Some(xml.leaf(&element)?),
                "Size" => row.size = Some(xml.leaf(&element)?.parse().ok()?),
                "StorageClass" => row.storage_class = Some(xml.leaf(&element)?),
                "ChecksumAlgorithm" | "ChecksumType" => {
                    xml.leaf(&element)?;
                }
                "Owner" => {
                    while let Some(part) = xml.child_of(&element)? {
                        xml.leaf(&part)?;
                    }
                }
                _ => return None,
            }
        }
        Some(row)
    }
}

fn folder<'a>(xml: &mut Xml<'a>, common: &Element<'a>) -> Option<Option<Cow<'a, str>>> {
    let mut prefix = None;
    while let Some(element) = xml.child_of(common)? {
        if element.name != "Prefix" {
            return None;
        }
        prefix = Some(xml.leaf(&element)?);
    }
    Some(prefix)
}

/// An element that has begun, and perhaps ended with that (`<Key/>`).
struct Element<'a> {
    name: &'a str,
    is_empty: bool,
}

/// What has not been read yet. All answers are `None` where it is not of the plain kind.
struct Xml<'a>(&'a str);

impl<'a> Xml<'a> {
    /// The root and its attributes, as they stand there.
    fn root(&mut self) -> Option<(Element<'a>, &'a str)> {
        self.0 = self.0.trim_ascii_start().strip_prefix('<')?;
        let name = self.name();
        let (attributes, rest) = self.0.split_once('>')?;
        self.0 = rest;
        (!attributes.ends_with('/')).then_some((Element { name, is_empty: false }, attributes))
    }

    /// The next child of an element; `Some(None)` at its end.
    fn child_of(&mut self, parent: &Element<'a>) -> Option<Option<Element<'a>>> {
        if parent.is_empty {
            return Some(None);
        }
        self.0 = self.0.trim_ascii_start();
        if self.0.starts_with("</") {
            self.end_of(parent)?;
            return Some(None);
        }
        self.0 = self.0.strip_prefix('<')?;
        let name = self.name();
        let end = if self.0.starts_with('/') { "/>" } else { ">" };
        self.0 = self.0.strip_prefix(end)?;
        (!name.is_empty()).then_some(Some(Element { name, is_empty: end == "/>" }))
    }

    /// The text of an element that holds nothing else.
    fn leaf(&mut self, element: &Element<'a>) -> Option<Cow<'a, str>> {
        if element.is_empty {
            return Some(Cow::Borrowed(""));
        }
        let (text, rest) = self.0.split_at(memchr(b'<', self.0.as_bytes())?);
        self.0 = rest;
        self.end_of(element)?;
        // It knows the entities that XML itself has, and no other.
        if memchr(b'&', text.as_bytes()).is_some() { unescape(text).ok() } else { Some(Cow::Borrowed(text)) }
    }

    fn end_of(&mut self, element: &Element<'a>) -> Option<()> {
        self.0 = self.0.strip_prefix("</")?.strip_prefix(element.name)?.strip_prefix('>')?;
        Some(())
    }

    /// The vocabulary of listings is one of letters.
    fn name(&mut self) -> &'a str {
        let end = self.0.bytes().position(|byte| !byte.is_ascii_alphabetic()).unwrap_or(self.0.len());
        let (name, rest) = self.0.split_at(end);
        self.0 = rest;
        name
    }
}

/// Without what only a thorough parser judges: characters that XML forbids, and `]]>` in a text.
fn is_plain(text: &str) -> bool {
    let is_odd = |byte: u8| byte < b' ' && !matches!(byte, b'\t' | b'\n' | b'\r');
    // A fold has no early end and is done for many bytes at once.
    let (is_odd, has_bracket) = text
        .bytes()
        .fold((false, false), |(odd, bracket), byte| (odd | is_odd(byte), bracket | (byte == b']')));
    let has_end_of_data = has_bracket && text.contains("]]>");
    let has_no_character = !text.is_ascii() && text.contains(['\u{feff}', '\u{fffe}', '\u{ffff}']);
    !(is_odd || has_end_of_data || has_no_character)
}

fn without_declaration(text: &str) -> Option<&str> {
    let Some(rest) = text.strip_prefix("<?xml ") else { return Some(text) };
    let (declaration, rest) = rest.split_once("?>")?;
    DECLARATIONS.contains(&declaration.trim_end()).then_some(rest)
}

/// Whether a root says no more than which vocabulary it is of.
fn is_plain_namespace(attributes: &str) -> bool {
    let attributes = attributes.trim_ascii();
    let named = attributes.strip_prefix("xmlns=\"").and_then(|rest| rest.strip_suffix('"'));
    attributes.is_empty() || named.is_some_and(|name| !name.contains(['"', '<', '&']))
}

/// To the second. `None`: it is no date; `Some(None)`: none that we can hold.
fn moment(text: &str) -> Option<Option<Timestamp>> {
    if let Some(usual) = usual_moment(text.as_bytes()) {
        return Some(Some(usual));
    }
    let at = DateTime::from_str(text, Format::DateTimeWithOffset).ok()?;
    Some(Timestamp::from_second(at.secs()).ok())
}

/// `2026-11-23T12:00:00.000Z`, with or without the fraction: what every server writes.
fn usual_moment(text: &[u8]) -> Option<Timestamp> {
    let (head, tail) = text.split_at_checked(19)?;
    let is_usual = matches!(tail, b"Z" | b".000Z");
    let marks = [(4, b'-'), (7, b'-'), (10, b'T'), (13, b':'), (16, b':')];
    if !is_usual || marks.iter().any(|(at, mark)| head[*at] != *mark) {
        return None;
    }
    let number = |from: usize, to: usize| {
        head[from..to]
            .iter()
            .try_fold(0_i16, |sum, digit| digit.is_ascii_digit().then(|| sum * 10 + i16::from(*digit - b'0')))
    };
    let small = |from: usize| i8::try_from(number(from, from + 2)?).ok();
    let day = jiff::civil::Date::new(number(0, 4)?, small(5)?, small(8)?).ok()?;
    let time = jiff::civil::Time::new(small(11)?, small(14)?, small(17)?, 0).ok()?;
    jiff::tz::Offset::UTC.to_timestamp(day.to_datetime(time)).ok()
}

#[cfg(test)]
mod tests;
