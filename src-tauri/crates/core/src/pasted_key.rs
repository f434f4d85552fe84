//! An access key as people have it: in whatever form a console, a tool or a colleague gave it to them.
//!
//! Taken: variables as every shell sets them, sections of the AWS files, JSON of the AWS tools and of other servers,
//! the CSV file of the IAM console, lines of a name and a value, a name above a value, and an id above a secret.
//! Which names mean what is one table ([`Field::of`]); everything else only finds names and values.
//! Not here: whether the key works, which only a server knows.

mod json;
mod lines;
mod table;
#[cfg(test)]
mod tests;

use url::Url;

use crate::{AccessKey, Secret};

/// The longest text that is looked at, in bytes. A key with its token has less than four thousand.
const MAX_BYTES: usize = 64 * 1024;

/// An access key that was pasted, and where it leads, as far as that was said. Does not print.
#[derive(Clone, Debug)]
pub struct PastedKey {
    /// The key.
    pub key: AccessKey,
    /// The region.
    pub region: Option<String>,
    /// The address of the server, with its scheme.
    pub endpoint: Option<String>,
}

impl PastedKey {
    /// The first whole key in a text; `None` where there is none.
    pub fn read(text: &Secret<String>) -> Option<Self> {
        let text = text.reveal().trim_start_matches('\u{feff}').trim();
        if text.len() > MAX_BYTES {
            return None;
        }
        let found = json::read(text).or_else(|| table::read(text)).unwrap_or_else(|| lines::read(text));
        found.into_iter().find_map(Found::whole).or_else(|| lone_pair(text))
    }

    /// The id as it may be shown, so that a person can tell one key from another: `AKIA…WXYZ`.
    pub fn shortened(&self) -> String {
        let id: Vec<char> = self.key.access_key_id.reveal().chars().collect();
        // Less than half of it.
        let shown = (id.len() / 4).min(4);
        let part = |chars: &[char]| chars.iter().collect::<String>();
        format!("{}…{}", part(&id[..shown]), part(&id[id.len() - shown..]))
    }
}

/// What a value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Field {
    Id,
    Secret,
    Token,
    Region,
    Endpoint,
}

impl Field {
    /// By its name, however that is spelt: `AWS_ACCESS_KEY_ID`, `AccessKeyId`, `Access key ID`.
    fn of(name: &str) -> Option<Self> {
        if name.len() > 60 {
            return None;
        }
        // `aws configure` asks with what it has in brackets.
        let asked = name.trim_end().strip_suffix(']').and_then(|name| name.split_once(" ["));
        let name = asked.map_or(name, |(name, _)| name);
        let letters = name.chars().filter(char::is_ascii_alphanumeric);
        let plain: String = letters.map(|c| c.to_ascii_lowercase()).collect();
        Some(match plain.strip_prefix("aws").unwrap_or(&plain) {
            // In this order: AWS and rclone; MinIO, s3cmd and R2; Backblaze; Scaleway.
            "accesskeyid" | "accesskey" | "keyid" | "applicationkeyid" | "s3accesskey" | "s3accesskeyid" => {
                Self::Id
            }
            "secretaccesskey" | "secretkey" | "secret" | "applicationkey" | "s3secretkey"
            | "s3secretaccesskey" => Self::Secret,
            "sessiontoken" | "securitytoken" | "token" => Self::Token,
            "region" | "defaultregion" | "regionname" | "defaultregionname" | "bucketlocation" => Self::Region,
            "endpoint" | "endpointurl" | "endpointurls3" | "s3endpoint" | "endpoints3" | "serviceurl"
            | "url" | "hostbase" => Self::Endpoint,
            _ => return None,
        })
    }
}

/// What was found of one key.
#[derive(Default)]
struct Found {
    id: Option<Secret<String>>,
    secret: Option<Secret<String>>,
    token: Option<Secret<String>>,
    region: Option<Secret<String>>,
    endpoint: Option<Secret<String>>,
}

impl Found {
    /// Keeps a value; the first of each kind counts.
    fn put(&mut self, field: Field, value: &str) {
        let slot = match field {
            Field::Id => &mut self.id,
            Field::Secret => &mut self.secret,
            Field::Token => &mut self.token,
            Field::Region => &mut self.region,
            Field::Endpoint => &mut self.endpoint,
        };
        let value = value.trim();
        if slot.is_none() && !value.is_empty() {
            *slot = Some(Secret::new(value.to_owned()));
        }
    }

    /// The key, where both its halves are there and could be such.
    fn whole(self) -> Option<PastedKey> {
        let key = |value: &Secret<String>| is_key(value.reveal());
        let token = self.token;
        if !token.as_ref().is_none_or(key) {
            // Without its token a temporary key is not whole.
            return None;
        }
        let key = AccessKey {
            access_key_id: self.id.filter(key)?,
            secret_access_key: self.secret.filter(key)?,
            session_token: token,
        };
        let region = self.region.filter(|region| is_region(region.reveal()));
        let endpoint = self.endpoint.and_then(|endpoint| web_address(endpoint.reveal()));
        Some(PastedKey { key, region: region.map(|region| region.reveal().clone()), endpoint })
    }
}

/// Whether a value could be half a key: signs that can be seen, and not the dots that stand for a hidden one.
fn is_key(value: &str) -> bool {
    value.bytes().all(|byte| byte.is_ascii_graphic())
        && !value.contains(['"', '\'', '<', '>', '$'])
        && !value.bytes().all(|byte| matches!(byte, b'*' | b'.' | b'x' | b'X'))
}

fn is_region(region: &str) -> bool {
    region.len() <= 63 && region.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_'))
}

/// The address; consoles of other providers show the host alone.
fn web_address(text: &str) -> Option<String> {
    let address = if text.contains("://") { text.to_owned() } else { format!("https://{text}") };
    let url = Url::parse(&address).ok()?;
    let is_plain = url.username().is_empty() && url.password().is_none() && url.query().is_none();
    (matches!(url.scheme(), "http" | "https") && is_plain && url.fragment().is_none()).then_some(address)
}

/// An id and a secret of AWS without any name: 16 to 128 capitals and digits, then 40 signs of base64.
fn lone_pair(text: &str) -> Option<PastedKey> {
    let mut words = text.split_whitespace();
    let (id, secret) = (words.next()?, words.next()?);
    let is_id =
        (16..=128).contains(&id.len()) && id.bytes().all(|b| b.is_ascii_uppercase() || b.is_ascii_digit());
    let is_base64 = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'+' | b'=');
    if words.next().is_some() || !is_id || secret.len() != 40 || !secret.bytes().all(is_base64) {
        return None;
    }
    let mut found = Found::default();
    found.put(Field::Id, id);
    found.put(Field::Secret, secret);
    found.whole()
}
