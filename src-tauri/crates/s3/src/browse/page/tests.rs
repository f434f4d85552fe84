//! Our reading beside the SDK's own, over generated pages, field by field.

use aws_sdk_s3::config::ConfigBag;
use aws_smithy_runtime_api::client::orchestrator::HttpResponse;
use aws_smithy_runtime_api::client::ser_de::DeserializeResponse;
use aws_smithy_types::body::SdkBody;
use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use proptest::collection::vec;
use proptest::prelude::*;
use proptest::sample::{Index, select};

use super::*;
use crate::browse::seam::theirs;

/// What S3 leaves as it is in a key with `encoding-type=url`.
const KEPT: AsciiSet = NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'_').remove(b'.').remove(b'*');

/// What the SDK reads in an answer of 200; `None` where it refuses.
fn by_sdk(answer: &[u8]) -> Option<ListObjectsV2Output> {
    let response = HttpResponse::new(200.try_into().unwrap(), SdkBody::from(answer.to_vec()));
    let read = theirs().unwrap().deserialize_nonstreaming_with_config(&response, &ConfigBag::base());
    Some(read.ok()?.downcast::<ListObjectsV2Output>().unwrap())
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn element(name: &str, text: &str) -> String {
    format!("<{name}>{text}</{name}>")
}

/// A key as it stands in the XML: with `encoding-type=url`, or as some servers have it.
fn key() -> impl Strategy<Value = String> {
    let text = prop_oneof!["[a-z0-9/._ +%&<>\"'-]{0,40}", "\\PC{0,30}", "[a-z]{1,8}(/[a-z0-9]{1,8}){0,6}"];
    (text, 0..3).prop_map(|(text, form)| match form {
        0 => utf8_percent_encode(&text, &KEPT).to_string(),
        1 => utf8_percent_encode(&text, &KEPT).to_string().replace("%20", "+"),
        _ => escaped(&text),
    })
}

fn date() -> impl Strategy<Value = String> {
    let parts = (1600..2200, 0..14, 0..33, 0..25, 0..61, 0..62);
    let dated = |(year, month, day, hour, minute, second)| {
        format!("{year:04}-{month:02}-{day:02}T{hour:02}:{minute:02}:{second:02}")
    };
    let end = select(vec!["Z", ".000Z", ".123Z", ".123456789Z", "+02:00", "z", ""]);
    let usual =
        ("20[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])", "(0[0-9]|1[0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]");
    prop_oneof![
        4 => usual.prop_map(|(day, time)| format!("{day}T{time}.000Z")),
        1 => (parts.prop_map(dated), end).prop_map(|(date, end)| format!("{date}{end}")),
    ]
}

fn usual_date() -> impl Strategy<Value = String> {
    let day = "(19[7-9]|20[0-9])[0-9]-(0[1-9]|1[0-2])-(0[1-9]|1[0-9]|2[0-8])";
    let time = "([01][0-9]|2[0-3]):[0-5][0-9]:[0-5][0-9]";
    let end = select(vec!["Z", ".000Z", ".123Z", ".999999Z"]);
    (day, time, end).prop_map(|(day, time, end)| format!("{day}T{time}{end}"))
}

fn row(date: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let etag = prop_oneof![
        "[0-9a-f]{32}(-[0-9]{1,4})?".prop_map(|tag| format!("&quot;{tag}&quot;")),
        "[0-9a-f]{32}".prop_map(|tag| format!("&#34;{tag}&#x22;")),
        "[0-9a-f]{32}".prop_map(|tag| format!("\"{tag}\"")),
        Just(String::new()),
    ];
    let class = select(vec!["STANDARD", "GLACIER", "DEEP_ARCHIVE", "COLD AS ICE", ""]);
    let more = select(vec![
        "",
        "<Owner><ID>7</ID><DisplayName>kim &amp; co</DisplayName></Owner>",
        "<Owner/>",
        "<ChecksumAlgorithm>CRC64NVME</ChecksumAlgorithm><ChecksumType>FULL_OBJECT</ChecksumType>",
    ]);
    let fields = (key(), date, etag, any::<u64>().prop_map(|n| n >> 1), class, more, any::<u8>());
    fields.prop_map(|(key, date, etag, size, class, more, left_out)| {
        let all = [
            element("Key", &key),
            element("LastModified", &date),
            element("ETag", &etag),
            element("Size", &size.to_string()),
            element("StorageClass", class),
            more.to_owned(),
        ];
        // One row of four lacks something.
        let lacks = |at: usize| left_out < 64 && left_out % 6 == at as u8;
        let kept = all.iter().enumerate().filter(|(at, _)| !lacks(*at));
        element("Contents", &kept.map(|(_, field)| field.as_str()).collect::<String>())
    })
}

fn head() -> impl Strategy<Value = String> {
    let encoding = select(vec!["<EncodingType>url</EncodingType>", "<EncodingType/>", ""]);
    let truncated = select(vec![
        "<IsTruncated>false</IsTruncated>",
        "<IsTruncated>true</IsTruncated><NextContinuationToken>1a+/=&amp;b</NextContinuationToken>",
        "",
    ]);
    let name = select(vec!["<Name>acme-press</Name>", "<Name/>", ""]);
    let rest =
        select(vec!["<Prefix/><KeyCount>3</KeyCount><MaxKeys>1000</MaxKeys><Delimiter>/</Delimiter>", ""]);
    (name, rest, encoding, truncated)
        .prop_map(|(name, rest, encoding, truncated)| [name, rest, encoding, truncated].concat())
}

fn page_of(row: impl Strategy<Value = String>) -> impl Strategy<Value = String> {
    let folder = key().prop_map(|key| element("CommonPrefixes", &element("Prefix", &key)));
    let start = select(vec![
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n",
        "<?xml version='1.0' encoding='utf-8' ?>",
        "<?xml version=\"1.0\"?>",
        "",
    ]);
    let space = select(vec!["", "\n", "\r\n  "]);
    let root = select(vec!["", " xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"", " "]);
    let parts = (start, root, space, head(), vec(row, 0..12), vec(folder, 0..4), any::<bool>());
    parts.prop_map(|(start, root, space, head, rows, folders, is_head_last)| {
        let mut body = vec![rows.join(space), folders.join(space)];
        body.insert(if is_head_last { 2 } else { 0 }, head);
        format!("{start}<ListBucketResult{root}>{space}{}{space}</ListBucketResult>", body.join(space))
    })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1_000))]

    #[test]
    fn what_honest_servers_write_is_read_as_the_sdk_reads_it(xml in page_of(row(usual_date()))) {
        let theirs = by_sdk(xml.as_bytes()).unwrap();
        prop_assert_eq!(Page::read(xml.as_bytes()), Some(Page::from(&theirs)));
    }

    #[test]
    fn a_date_is_the_sdk_s_date_or_none(xml in page_of(row(date()))) {
        let theirs = by_sdk(xml.as_bytes());
        prop_assert_eq!(Page::read(xml.as_bytes()), theirs.as_ref().map(Page::from));
    }

    #[test]
    fn what_is_broken_is_read_as_the_sdk_reads_it_or_left_to_it(
        xml in page_of(row(usual_date())),
        wounds in vec((any::<Index>(), 0..4, select(b"<>/&;]![\"'=? \0\x01\xffa0#-".to_vec())), 1..4),
    ) {
        let mut xml = xml.into_bytes();
        for (place, how, byte) in wounds {
            let at = place.index(xml.len());
            match how {
                0 => { xml.remove(at); }
                1 => xml.insert(at, byte),
                2 => xml[at] = byte,
                _ => xml.truncate(at.max(1)),
            }
            if xml.is_empty() { break; }
        }
        if let Some(ours) = Page::read(&xml) {
            let theirs = by_sdk(&xml);
            prop_assert_eq!(Some(ours), theirs.as_ref().map(Page::from), "{}", String::from_utf8_lossy(&xml));
        }
    }
}

#[test]
fn what_is_unusual_is_left_to_the_sdk() {
    let root = |inner: &str| format!("<ListBucketResult><Name>a</Name>{inner}</ListBucketResult>");
    assert!(Page::read(root("").as_bytes()).is_some());
    for odd in [
        root("<Contents><Key><![CDATA[a]]></Key></Contents>"),
        root("<!-- why --><Contents/>"),
        root("<Contents><Key>&bomb;</Key></Contents>"),
        root("<Contents><Key>a]]>b</Key></Contents>"),
        root("<Contents><Key>a\u{1}</Key></Contents>"),
        root("<Contents><Key size=\"7\">a</Key></Contents>"),
        root("<Contents><Key>a<b/></Key></Contents>"),
        root("<Contents><Size>many</Size></Contents>"),
        root("<Contents><LastModified>yesterday</LastModified></Contents>"),
        root("<Contents><RestoreStatus/></Contents>"),
        root("<Surprise/>"),
        root("<IsTruncated>perhaps</IsTruncated>"),
        format!("<!DOCTYPE a [<!ENTITY bomb \"ha\">]>{}", root("")),
        format!("\u{feff}{}", root("")),
        root("").replace("</ListBucketResult>", ""),
        root("").replace("ListBucketResult", "Error"),
        String::new(),
    ] {
        assert_eq!(Page::read(odd.as_bytes()), None, "{odd}");
    }
}

#[test]
fn a_page_of_a_large_bucket_is_read_here() {
    let row = "<Contents><Key>2026/Autumn+launch/photo.jpg</Key><LastModified>2026-11-23T12:00:00.000Z</LastModified>\
               <ETag>&quot;0123456789abcdef0123456789abcdef&quot;</ETag><Size>123456</Size>\
               <StorageClass>STANDARD</StorageClass></Contents>";
    let xml = format!("<ListBucketResult><Name>a</Name>{}</ListBucketResult>", row.repeat(1_000));
    let page = Page::read(xml.as_bytes()).unwrap();
    assert_eq!(page, Page::from(&by_sdk(xml.as_bytes()).unwrap()));
    assert_eq!(page.rows.len(), 1_000);
    assert_eq!(page.rows[999].modified_at, "2026-11-23T12:00:00Z".parse().ok());
    assert_eq!(page.rows[0].etag.as_deref(), Some("\"0123456789abcdef0123456789abcdef\""));
}
