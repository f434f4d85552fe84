//! Any way in which a person may write down a place in S3, read as bucket and key.
//!
//! Taken: `s3://bucket/key`, object and console URLs of AWS, path-style URLs of any other server, ARNs, and a
//! bare `bucket` or `bucket/key`. In `s3://` and ARN forms the key stands as it is (as AWS's own tools read
//! them); in URLs it is percent-encoded.

use percent_encoding::percent_decode_str;
use url::Url;

use crate::{BucketName, Error, Kind, ObjectKey, Place, Prefix, Result};

/// A bucket, and what stands behind it: a key, a prefix, or nothing.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Address {
    /// The bucket.
    pub bucket: BucketName,
    /// The rest, without the `/` between the two.
    pub rest: String,
}

impl Address {
    /// Reads an address. Error: [`Kind::AddressInvalid`].
    pub fn parse(text: &str) -> Result<Self> {
        let text = text.trim();
        let invalid = || Error::from(Kind::AddressInvalid { address: text.to_owned() });
        let (bucket, rest) = if let Some(behind) = strip_scheme(text, "s3://") {
            split(behind)
        } else if strip_scheme(text, "https://").or_else(|| strip_scheme(text, "http://")).is_some() {
            from_url(&Url::parse(text).map_err(|_| invalid())?).ok_or_else(invalid)?
        } else if text.starts_with("arn:") {
            from_arn(text).ok_or_else(invalid)?
        } else {
            split(text)
        };
        let bucket = BucketName::parse(&bucket).map_err(|_| invalid())?;
        Ok(Self { bucket, rest })
    }

    /// The folder that it names; for a key, the folder in which that lies.
    pub fn place(&self) -> Result<Place> {
        let prefix = Prefix::folder_of(&self.rest).map_err(|_| self.invalid())?;
        Ok(Place { bucket: self.bucket.clone(), prefix })
    }

    /// The folder that it names, where what stands behind the bucket is a prefix as it is.
    pub fn prefix(&self) -> Result<Place> {
        let prefix = Prefix::parse(&self.rest).map_err(|_| self.invalid())?;
        Ok(Place { bucket: self.bucket.clone(), prefix })
    }

    /// The object that it names. Error: [`Kind::AddressInvalid`] when it names a bucket alone.
    pub fn key(&self) -> Result<ObjectKey> {
        ObjectKey::parse(&self.rest).map_err(|_| self.invalid())
    }

    fn invalid(&self) -> Error {
        Kind::AddressInvalid { address: format!("s3://{}/{}", self.bucket, self.rest) }.into()
    }
}

fn strip_scheme<'a>(text: &'a str, scheme: &str) -> Option<&'a str> {
    let head = text.get(..scheme.len())?;
    head.eq_ignore_ascii_case(scheme).then(|| &text[scheme.len()..])
}

/// `bucket/rest`, where an access point's ARN may stand for the bucket.
fn split(text: &str) -> (String, String) {
    if let Some(found) = text.starts_with("arn:").then(|| from_arn(text)).flatten() {
        return found;
    }
    let (bucket, rest) = text.split_once('/').unwrap_or((text, ""));
    (bucket.to_owned(), rest.to_owned())
}

/// `arn:aws:s3:::bucket/key` or `arn:aws:s3:region:account:accesspoint/name[/object/key]`.
fn from_arn(arn: &str) -> Option<(String, String)> {
    let mut parts = arn.splitn(6, ':');
    let resource = (parts.nth(2)? == "s3").then(|| parts.nth(2)).flatten()?;
    let Some(behind) = resource.strip_prefix("accesspoint/") else {
        return Some(split(resource)).filter(|(bucket, _)| !bucket.starts_with("arn:"));
    };
    let (name, rest) = behind.split_once('/').unwrap_or((behind, ""));
    let key = rest.strip_prefix("object/").unwrap_or(rest);
    let head = &arn[..arn.len() - resource.len()];
    Some((format!("{head}accesspoint/{name}"), key.to_owned()))
}

/// Of AWS, AWS in China and GovCloud; each region has its own below.
const CONSOLES: [&str; 3] = ["console.aws.amazon.com", "console.amazonaws.cn", "console.amazonaws-us-gov.com"];

fn is_no_name_s_end(before: &str) -> bool {
    before.is_empty() || before.ends_with('.')
}

fn from_url(url: &Url) -> Option<(String, String)> {
    let host = url.host_str()?;
    let path = url.path().strip_prefix('/').unwrap_or_default();
    if CONSOLES.iter().any(|console| host.strip_suffix(console).is_some_and(is_no_name_s_end)) {
        return from_console(url, path);
    }
    if let Some(bucket) = virtual_hosted_bucket(host) {
        return Some((bucket.to_owned(), decode(path)?));
    }
    let (bucket, rest) = path.split_once('/').unwrap_or((path, ""));
    Some((decode(bucket)?, decode(rest)?))
}

/// `…/s3/buckets/NAME?prefix=P` and `…/s3/object/NAME?prefix=KEY`.
fn from_console(url: &Url, path: &str) -> Option<(String, String)> {
    let segments: Vec<&str> = path.split('/').collect();
    let at = segments.iter().position(|part| matches!(*part, "buckets" | "object"))?;
    let bucket = decode(segments.get(at + 1)?)?;
    let prefix = url.query_pairs().find(|(name, _)| name == "prefix");
    Some((bucket, prefix.map(|(_, value)| value.into_owned()).unwrap_or_default()))
}

/// The bucket in `bucket.s3.region.amazonaws.com` and its relatives
/// (<https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html>); none in path-style hosts.
fn virtual_hosted_bucket(host: &str) -> Option<&str> {
    if !host.ends_with(".amazonaws.com") && !host.ends_with(".amazonaws.com.cn") {
        return None;
    }
    let marks = [".s3.", ".s3-accelerate.", ".s3-fips.", ".s3-website.", ".s3-website-", ".s3-"];
    marks.iter().filter_map(|mark| host.rfind(mark)).min().map(|at| &host[..at])
}

fn decode(text: &str) -> Option<String> {
    percent_decode_str(text).decode_utf8().ok().map(String::from)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_every_way_to_write_a_place_down() {
        let ap = "arn:aws:s3:eu-west-1:123456789012:accesspoint/press";
        for (text, bucket, rest) in [
            ("acme-press", "acme-press", ""),
            ("  acme-press/2026/  ", "acme-press", "2026/"),
            ("s3://acme-press", "acme-press", ""),
            ("S3://acme-press/a%20b+c?d#e//f", "acme-press", "a%20b+c?d#e//f"),
            (
                "https://acme-press.s3.eu-west-1.amazonaws.com/a%20b/c%2B.pdf?X-Amz-Date=x",
                "acme-press",
                "a b/c+.pdf",
            ),
            ("https://my.dotted.s3.amazonaws.com/x", "my.dotted", "x"),
            ("https://acme-press.s3-eu-west-1.amazonaws.com/x", "acme-press", "x"),
            ("https://acme-press.s3.dualstack.eu-west-1.amazonaws.com/x", "acme-press", "x"),
            ("https://acme-press.s3-accelerate.amazonaws.com/x", "acme-press", "x"),
            ("https://s3.eu-west-1.amazonaws.com/acme-press/a/b", "acme-press", "a/b"),
            ("https://s3.amazonaws.com/acme-press", "acme-press", ""),
            ("http://127.0.0.1:9000/acme-press/%E6%96%B0/", "acme-press", "新/"),
            ("https://cn-north-1.console.amazonaws.cn/s3/buckets/acme-press?prefix=a/", "acme-press", "a/"),
            ("https://console.amazonaws-us-gov.com/s3/object/acme-press?prefix=a.pdf", "acme-press", "a.pdf"),
            ("https://my-console.amazonaws.cn/acme-press/a", "acme-press", "a"),
            (
                "https://s3.console.aws.amazon.com/s3/buckets/acme-press?region=eu-west-1&prefix=a+b/&showversions=false",
                "acme-press",
                "a b/",
            ),
            (
                "https://eu-west-1.console.aws.amazon.com/s3/object/acme-press?prefix=a/b.pdf",
                "acme-press",
                "a/b.pdf",
            ),
            ("arn:aws:s3:::acme-press/a:b/c", "acme-press", "a:b/c"),
            (ap, ap, ""),
            ("arn:aws:s3:eu-west-1:123456789012:accesspoint/press/object/a/b", ap, "a/b"),
            ("s3://arn:aws:s3:eu-west-1:123456789012:accesspoint/press/a/b", ap, "a/b"),
        ] {
            let address = Address::parse(text).unwrap_or_else(|e| panic!("{text}: {e}"));
            assert_eq!((address.bucket.as_str(), address.rest.as_str()), (bucket, rest), "{text}");
        }
    }

    #[test]
    fn refuses_what_names_no_bucket() {
        for text in [
            "",
            "  ",
            "s3://",
            "https://",
            "https://s3.amazonaws.com/",
            "arn:aws:iam::1:user/x",
            "a b",
            "s3://a b/c",
            "https://h/b/%ff",
        ] {
            let error = Address::parse(text).expect_err(text);
            assert!(matches!(error.kind(), Kind::AddressInvalid { .. }), "{text}");
        }
    }

    #[test]
    fn a_file_s_address_leads_to_its_folder() {
        let place = |text| Address::parse(text).unwrap().place().unwrap();
        assert_eq!(place("s3://b/a/c.pdf").prefix.as_str(), "a/");
        assert_eq!(place("s3://b/a/").prefix.as_str(), "a/");
        assert_eq!(place("s3://b").prefix, Prefix::root());
        assert!(Address::parse("s3://b").unwrap().key().is_err());
    }
}
