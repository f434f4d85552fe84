//! A bucket of as many keys as a test wants, none of which lies anywhere: pages are written as they are asked for.
//!
//! It knows `prefix`, `start-after`, tokens and `max-keys` of ListObjectsV2, and no folders: a delimiter is ignored.

use std::time::Duration;

use http::Uri;

use super::objects::query;

/// The keys of every bucket.
#[derive(Clone, Copy, Debug, Default)]
pub struct Catalogue {
    /// How many there are; none is an empty bucket.
    pub keys: u32,
    /// How long each page is waited for.
    pub delay: Duration,
}

/// The digits of the key's number stand in place of the zeros. Hundred keys are a folder.
const KEY: &str = "2026/Autumn-launch/batch-000000/photo-00000000.jpg";
const FOLDER_DIGITS: (usize, usize) = (25, 31);
const NUMBER_DIGITS: (usize, usize) = (38, 46);

const BEFORE_KEY: &str = "<Contents><Key>";
const AFTER_KEY: &str = "</Key><LastModified>2026-11-23T12:00:00.000Z</LastModified>\
    <ETag>&quot;0123456789abcdef0123456789abcdef&quot;</ETag><Size>123456</Size>\
    <StorageClass>STANDARD</StorageClass></Contents>";

/// The most keys of a page.
const PAGE: u32 = 1_000;

impl Catalogue {
    /// The page that is asked for, in XML.
    pub(super) fn page(self, asked: &Uri) -> String {
        let prefix = decoded(asked, "prefix").unwrap_or_default();
        let token = decoded(asked, "continuation-token").and_then(|token| token.parse::<u32>().ok());
        let after = decoded(asked, "start-after").unwrap_or_default();
        let most = decoded(asked, "max-keys").and_then(|most| most.parse().ok()).unwrap_or(PAGE).min(PAGE);
        let end = self.first(|key| key >= prefix.as_str() && !key.starts_with(&prefix));
        let start = token.unwrap_or_else(|| self.first(|key| key >= prefix.as_str() && key > after.as_str()));
        let stop = end.min(start.saturating_add(most));
        let more = (stop < end).then(|| format!("<NextContinuationToken>{stop}</NextContinuationToken>"));
        let mut page = format!(
            "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>acme-press</Name>\
             <Prefix>{prefix}</Prefix><KeyCount>{}</KeyCount><MaxKeys>{most}</MaxKeys>\
             <EncodingType>url</EncodingType><IsTruncated>{}</IsTruncated>{}",
            stop.saturating_sub(start),
            more.is_some(),
            more.unwrap_or_default(),
        );
        page.reserve((BEFORE_KEY.len() + KEY.len() + AFTER_KEY.len()) * PAGE as usize);
        for number in start..stop {
            page.push_str(BEFORE_KEY);
            page.push_str(key(number, &mut [0; KEY.len()]));
            page.push_str(AFTER_KEY);
        }
        page.push_str("</ListBucketResult>");
        page
    }

    /// The first key of which this is true; it is of all behind it as well.
    fn first(self, is_behind: impl Fn(&str) -> bool) -> u32 {
        let (mut low, mut high) = (0, self.keys);
        while low < high {
            let middle = low + (high - low) / 2;
            if is_behind(key(middle, &mut [0; KEY.len()])) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
}

/// In the order of their numbers, which is that of their bytes.
fn key(number: u32, bytes: &mut [u8; KEY.len()]) -> &str {
    bytes.copy_from_slice(KEY.as_bytes());
    write_digits(&mut bytes[FOLDER_DIGITS.0..FOLDER_DIGITS.1], number / 100);
    write_digits(&mut bytes[NUMBER_DIGITS.0..NUMBER_DIGITS.1], number);
    str::from_utf8(bytes).unwrap()
}

fn write_digits(digits: &mut [u8], mut number: u32) {
    for digit in digits.iter_mut().rev() {
        *digit = b'0' + (number % 10) as u8;
        number /= 10;
    }
}

fn decoded(asked: &Uri, name: &str) -> Option<String> {
    let raw = query(asked, name)?;
    let pair = format!("{name}={raw}");
    url::form_urlencoded::parse(pair.as_bytes()).next().map(|(_, value)| value.into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys_of(page: &str) -> Vec<&str> {
        page.split("<Key>").skip(1).map(|rest| rest.split_once('<').unwrap().0).collect()
    }

    #[test]
    fn pages_follow_one_another_in_the_order_of_bytes() {
        let catalogue = Catalogue { keys: 2_500, ..Catalogue::default() };
        let page = |query: &str| catalogue.page(&format!("/acme-press?list-type=2{query}").parse().unwrap());
        let (first, second, third) =
            (page(""), page("&continuation-token=1000"), page("&continuation-token=2000"));
        let all: Vec<&str> = [&first, &second, &third].into_iter().flat_map(|page| keys_of(page)).collect();
        assert_eq!(all.len(), 2_500);
        assert!(all.is_sorted(), "by bytes");
        assert_eq!(all[2_499], "2026/Autumn-launch/batch-000024/photo-00002499.jpg");
        assert!(first.contains("<IsTruncated>true</IsTruncated><NextContinuationToken>1000<"));
        assert!(third.contains("<IsTruncated>false</IsTruncated><Contents>"));
        let after = page("&start-after=2026%2FAutumn-launch%2Fbatch-000024%2Fphoto-00002497.jpg");
        assert_eq!(keys_of(&after), all[2_498..]);
        assert_eq!(keys_of(&page("&prefix=2026/Autumn-launch/batch-000003/&max-keys=2")), all[300..302]);
        assert!(keys_of(&page("&prefix=2027/")).is_empty());
    }
}
