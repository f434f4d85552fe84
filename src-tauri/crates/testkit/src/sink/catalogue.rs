//! A bucket of as many keys as a test wants, none of which lies anywhere: pages are written as they are asked for.
//!
//! It knows `prefix`, `delimiter`, `start-after`, tokens and `max-keys` of ListObjectsV2. As on S3, a folder is listed
//! again behind a `start-after` that lies in it.

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
    /// Whether all of them lie in one folder.
    pub is_flat: bool,
    /// Whether `start-after` is taken for none, as by servers that do not know it.
    pub ignores_start_after: bool,
}

/// The digits of the key's number stand in place of the zeros. Hundred keys are a folder.
const KEY: &str = "2026/Autumn-launch/batch-000000/photo-00000000.jpg";
const FOLDER_DIGITS: (usize, usize) = (25, 31);
const NUMBER_DIGITS: (usize, usize) = (38, 46);
/// The last `/`; another character there, and the keys lie in one folder.
const LAST_SLASH: usize = 31;

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
        let after = decoded(asked, "start-after").filter(|_| !self.ignores_start_after).unwrap_or_default();
        let most = decoded(asked, "max-keys").and_then(|most| most.parse().ok()).unwrap_or(PAGE).min(PAGE);
        let delimiter = decoded(asked, "delimiter").filter(|delimiter| !delimiter.is_empty());
        let end = self.first(|key| key >= prefix.as_str() && !key.starts_with(&prefix));
        let start = token.unwrap_or_else(|| self.first(|key| key >= prefix.as_str() && key > after.as_str()));
        let (mut rows, mut count, mut number) = (String::new(), 0, start);
        rows.reserve((BEFORE_KEY.len() + KEY.len() + AFTER_KEY.len()) * PAGE as usize);
        while number < end && count < most {
            let mut bytes = [0; KEY.len()];
            let key = self.key(number, &mut bytes);
            let behind = |delimiter: &String| {
                Some(prefix.len() + key[prefix.len()..].find(delimiter)? + delimiter.len())
            };
            number = match delimiter.as_ref().and_then(behind) {
                Some(length) => {
                    let folder = &key[..length];
                    rows.push_str(&format!("<CommonPrefixes><Prefix>{folder}</Prefix></CommonPrefixes>"));
                    self.first(|key| key > folder && !key.starts_with(folder))
                }
                None => {
                    rows.extend([BEFORE_KEY, key, AFTER_KEY]);
                    number + 1
                }
            };
            count += 1;
        }
        let more = (number < end).then(|| format!("<NextContinuationToken>{number}</NextContinuationToken>"));
        format!(
            "<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><Name>acme-press</Name>\
             <Prefix>{prefix}</Prefix><KeyCount>{count}</KeyCount><MaxKeys>{most}</MaxKeys>\
             <EncodingType>url</EncodingType><IsTruncated>{}</IsTruncated>{}{rows}</ListBucketResult>",
            more.is_some(),
            more.unwrap_or_default(),
        )
    }

    /// In the order of their numbers, which is that of their bytes.
    fn key(self, number: u32, bytes: &mut [u8; KEY.len()]) -> &str {
        bytes.copy_from_slice(KEY.as_bytes());
        write_digits(&mut bytes[FOLDER_DIGITS.0..FOLDER_DIGITS.1], number / 100);
        write_digits(&mut bytes[NUMBER_DIGITS.0..NUMBER_DIGITS.1], number);
        if self.is_flat {
            bytes[LAST_SLASH] = b'-';
        }
        str::from_utf8(bytes).unwrap()
    }

    /// The first key of which this is true; it is of all behind it as well.
    fn first(self, is_behind: impl Fn(&str) -> bool) -> u32 {
        let (mut low, mut high) = (0, self.keys);
        while low < high {
            let middle = low + (high - low) / 2;
            if is_behind(self.key(middle, &mut [0; KEY.len()])) {
                high = middle;
            } else {
                low = middle + 1;
            }
        }
        low
    }
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

    #[test]
    fn folders_stand_for_what_is_below_them() {
        let page = |catalogue: Catalogue, query: &str| {
            catalogue.page(
                &format!("/acme-press?list-type=2&delimiter=%2F&prefix=2026/Autumn-launch/{query}")
                    .parse()
                    .unwrap(),
            )
        };
        let folders = |page: &str| page.matches("<CommonPrefixes>").count();
        let catalogue = Catalogue { keys: 150_050, ..Catalogue::default() };
        let first = page(catalogue, "");
        assert_eq!((folders(&first), keys_of(&first).len()), (1_000, 0));
        assert!(first.contains("<NextContinuationToken>100000<"));
        assert_eq!(folders(&page(catalogue, "&continuation-token=100000")), 501);
        let within = "&start-after=2026/Autumn-launch/batch-001499/photo-00149942.jpg";
        assert_eq!(folders(&page(catalogue, within)), 2, "the one that it lies in, and the next");
        let flat = Catalogue { is_flat: true, ..catalogue };
        assert_eq!(keys_of(&page(flat, ""))[999], "2026/Autumn-launch/batch-000009-photo-00000999.jpg");
        let deaf = Catalogue { ignores_start_after: true, ..catalogue };
        assert_eq!(page(deaf, within), first);
        assert_eq!(keys_of(&page(catalogue, "batch-000003/")).len(), 100);
    }
}
