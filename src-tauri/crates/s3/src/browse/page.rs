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
use quick_xml::Reader;
use quick_xml::escape::resolve_xml_entity;
use quick_xml::events::{BytesRef, BytesStart, Event};

/// What servers write before the root, if they write anything.
const DECLARATIONS: [&str; 5] = [
    r#"version="1.0" encoding="UTF-8""#,
    r#"version="1.0" encoding="utf-8""#,
    r#"version='1.0' encoding='UTF-8'"#,
    r#"version='1.0' encoding='utf-8'"#,
    r#"version="1.0""#,
];

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
        let mut xml = Xml(Reader::from_str(without_declaration(text)?));
        let root = xml.root()?;
        if root.name().as_ref() != "ListBucketResult" || !is_plain_namespace(root.attributes_raw()) {
            return None;
        }
        let mut page = Self::default();
        while let Some(element) = xml.child()? {
            page.take(&mut xml, element)?;
        }
        Some(page)
    }

    fn take(&mut self, xml: &mut Xml<'a>, element: Element<'a>) -> Option<()> {
        match element.name() {
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
            match element.name() {
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
        if element.name() != "Prefix" {
            return None;
        }
        prefix = Some(xml.leaf(&element)?);
    }
    Some(prefix)
}

/// An element that has begun, and perhaps ended with that (`<Key/>`).
struct Element<'a> {
    start: BytesStart<'a>,
    is_empty: bool,
}

impl Element<'_> {
    fn name(&self) -> &str {
        &self.start
    }
}

/// The XML as far as it has been read. All answers are `None` where it is not of the plain kind.
struct Xml<'a>(Reader<&'a [u8]>);

impl<'a> Xml<'a> {
    fn root(&mut self) -> Option<BytesStart<'a>> {
        loop {
            match self.0.read_event().ok()? {
                Event::Start(root) => return Some(root),
                Event::Text(space) if space.trim_ascii().is_empty() => {}
                _ => return None,
            }
        }
    }

    /// The next child of the element that is open; `Some(None)` at its end.
    fn child(&mut self) -> Option<Option<Element<'a>>> {
        let (start, is_empty) = loop {
            match self.0.read_event().ok()? {
                Event::Start(start) => break (start, false),
                Event::Empty(start) => break (start, true),
                Event::End(_) => return Some(None),
                Event::Text(space) if space.trim_ascii().is_empty() => {}
                _ => return None,
            }
        };
        start.attributes_raw().is_empty().then_some(Some(Element { start, is_empty }))
    }

    fn child_of(&mut self, parent: &Element<'a>) -> Option<Option<Element<'a>>> {
        if parent.is_empty { Some(None) } else { self.child() }
    }

    /// The text of an element that holds nothing else.
    fn leaf(&mut self, element: &Element<'a>) -> Option<Cow<'a, str>> {
        let mut text = Cow::Borrowed("");
        if element.is_empty {
            return Some(text);
        }
        loop {
            match self.0.read_event().ok()? {
                Event::Text(more) if text.is_empty() => text = more.into_inner(),
                Event::Text(more) => text.to_mut().push_str(&more),
                Event::GeneralRef(name) => push(text.to_mut(), &name)?,
                Event::End(_) => return Some(text),
                _ => return None,
            }
        }
    }
}

/// Of all entities, those that XML itself has.
fn push(text: &mut String, name: &BytesRef<'_>) -> Option<()> {
    match name.resolve_char_ref().ok()? {
        Some(c) => text.push(c),
        None => text.push_str(resolve_xml_entity(name)?),
    }
    Some(())
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
