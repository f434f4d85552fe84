//! Our signatures held to those of others: botocore, in a process beside the tests, and the SDK itself.
//!
//! URLs are compared as they are written, parameter by parameter: only the order of the parameters may differ,
//! which servers bring into one order before they judge a signature.

mod botocore;
mod forms;
mod generated;
mod places;
mod regions;
mod requests;
mod stub;

use std::collections::BTreeMap;

/// A URL taken apart without decoding anything.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Parts {
    /// Scheme, host and port.
    origin: String,
    path: String,
    query: BTreeMap<String, String>,
}

impl Parts {
    fn of(url: &str) -> Self {
        let (place, query) = url.split_once('?').unwrap();
        let host = place.find("://").unwrap() + 3;
        let path = host + place[host..].find('/').unwrap();
        let pairs: Vec<&str> = query.split('&').collect();
        let query: BTreeMap<String, String> = pairs
            .iter()
            .map(|pair| pair.split_once('=').unwrap())
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect();
        assert_eq!(query.len(), pairs.len(), "no parameter is there twice: {url}");
        Self { origin: place[..path].to_owned(), path: place[path..].to_owned(), query }
    }
}
