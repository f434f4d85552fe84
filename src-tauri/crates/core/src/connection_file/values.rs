//! What may stand where in a connection file. A value that is not of its form is refused: the file comes from elsewhere,
//! and parts of it become parts of addresses to which credentials are sent.

use std::net::{Ipv4Addr, Ipv6Addr};

use serde::{Deserialize, Deserializer};
use url::{Host, Url};

use crate::written::text;

macro_rules! value {
    ($(#[$doc:meta])* $name:ident, $is_one:ident, $mistake:literal) => {
        $(#[$doc])*
        pub(super) struct $name(pub(super) String);

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                text(deserializer, $mistake, |text| $is_one(text).then(|| Self(text.to_owned())))
            }
        }
    };
}

value!(ConnectionName, is_name, "a name has 1 to 60 visible characters, and spaces only between them");
value!(SectionName, is_name, "the name of a profile has 1 to 60 visible characters");
value!(
    /// `https`, but for tests on this computer.
    StartUrl,
    is_start_url,
    "a start URL begins with https:// and holds no password"
);
value!(
    /// `http` too: the person has to insist on that, when it is used.
    Endpoint,
    is_endpoint,
    "an endpoint is an address such as https://s3.example.org, without password, query or fragment"
);
value!(
    /// Becomes part of host names. Other servers than AWS have capitals in it.
    Region,
    is_region,
    "a region has 1 to 63 letters, digits, hyphens and underscores"
);
value!(AccountId, is_account, "an account has twelve digits");
value!(
    /// <https://docs.aws.amazon.com/singlesignon/latest/APIReference/API_CreatePermissionSet.html>
    RoleName,
    is_role,
    "a role has 1 to 64 letters, digits and _+=,.@-"
);

fn is_name(text: &str) -> bool {
    (1..=60).contains(&text.chars().count()) && text.trim() == text && text.chars().all(is_visible)
}

/// Neither a control character nor one without a shape or that turns the direction of writing; a space is visible.
pub(super) fn is_visible(c: char) -> bool {
    !c.is_control()
        && (c == ' ' || !c.is_whitespace())
        && !matches!(c, '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}')
        && !matches!(c, '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

fn is_start_url(text: &str) -> bool {
    web_address(text).is_some_and(|url| url.scheme() == "https" || is_this_computer(&url))
}

fn is_endpoint(text: &str) -> bool {
    web_address(text).is_some_and(|url| url.query().is_none() && url.fragment().is_none())
}

/// Whether an address is of another computer, and without encryption.
pub(super) fn is_readable_by_all(text: &str) -> bool {
    web_address(text).is_some_and(|url| url.scheme() == "http" && !is_this_computer(&url))
}

/// Of those, exactly as it will be used: nothing that the parser had to mend.
fn web_address(text: &str) -> Option<Url> {
    let is_plain = text.chars().all(|c| is_visible(c) && c != ' ' && c != '\\');
    let url = Url::parse(text).ok().filter(|_| is_plain)?;
    let has_login = !url.username().is_empty() || url.password().is_some();
    let is_web = matches!(url.scheme(), "http" | "https") && text.split_once("://").is_some();
    (is_web && !has_login && url.host().is_some()).then_some(url)
}

fn is_this_computer(url: &Url) -> bool {
    match url.host() {
        Some(Host::Ipv4(address)) => address == Ipv4Addr::LOCALHOST,
        Some(Host::Ipv6(address)) => address == Ipv6Addr::LOCALHOST,
        Some(Host::Domain(name)) => name == "localhost",
        None => false,
    }
}

fn is_region(text: &str) -> bool {
    let is_fit = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'_');
    (1..=63).contains(&text.len()) && text.bytes().all(is_fit)
}

fn is_account(text: &str) -> bool {
    text.len() == 12 && text.bytes().all(|b| b.is_ascii_digit())
}

fn is_role(text: &str) -> bool {
    let is_fit = |b: u8| b.is_ascii_alphanumeric() || b"_+=,.@-".contains(&b);
    (1..=64).contains(&text.len()) && text.bytes().all(is_fit)
}
