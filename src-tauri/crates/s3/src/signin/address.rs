//! What may be asked, and what may be opened in a browser.

use guestpass_core::{Error, Kind, Organisation, Result};
use url::Url;

use crate::transport::is_here;

/// Refuses what is no address of an organisation: [`Kind::AddressInvalid`]. Its text comes from a person or from a file
/// that somebody sent, and becomes part of requests and of the name of a server.
pub(crate) fn assure(organisation: &Organisation) -> Result<()> {
    let Organisation { start_url, region, .. } = organisation;
    let is_region = (1..=32).contains(&region.len())
        && region.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-');
    if is_region && is_page(start_url) {
        return Ok(());
    }
    Err(invalid(start_url))
}

/// The refusal of an address, without the name and password that may stand in it.
pub(crate) fn invalid(address: &str) -> Error {
    let shown = address.rsplit_once('@').map_or(address, |(_, shown)| shown);
    Kind::AddressInvalid { address: shown.to_owned() }.into()
}

/// Whether an address is of a web page that may be opened: encrypted unless it is on this very computer, and without
/// anything that is read differently elsewhere.
pub(super) fn is_page(address: &str) -> bool {
    web(address).is_some_and(|url| url.scheme() == "https" || is_here(&url))
}

/// Whether an address is of an S3 server. Whether it must be encrypted is decided when that is known to be elsewhere.
pub(crate) fn is_server(address: &str) -> bool {
    web(address).is_some_and(|url| url.query().is_none() && url.fragment().is_none())
}

fn web(address: &str) -> Option<Url> {
    if address.chars().any(|char| char.is_control() || char.is_whitespace()) {
        return None;
    }
    let url = Url::parse(address).ok().filter(|url| ["http", "https"].contains(&url.scheme()))?;
    (url.host_str().is_some() && url.username().is_empty() && url.password().is_none()).then_some(url)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_addresses_of_organisations_are_asked() {
        let assured = |start_url: &str, region: &str| {
            let (start_url, region) = (start_url.to_owned(), region.to_owned());
            assure(&Organisation { start_url, region, session: None }).is_ok()
        };
        for good in ["https://acme.awsapps.com/start", "https://d-1/start/#/", "http://127.0.0.1:8/start"] {
            assert!(assured(good, "eu-west-1"), "{good}");
        }
        for bad in [
            "http://acme.awsapps.com/start",
            "file:///etc/passwd",
            "javascript:alert(1)",
            "https://kim:pw@acme.awsapps.com/start",
            "https://acme.awsapps.com/start\nregion = x",
            "https://acme.awsapps.com/a b",
            "acme",
            "",
        ] {
            assert!(!assured(bad, "eu-west-1"), "{bad}");
        }
        for region in ["", "eu-west-1.evil.test/", "EU", "a b", "x#"] {
            assert!(!assured("https://acme.awsapps.com/start", region), "{region}");
        }
    }
}
