//! What is kept of one profile, as one item of the keyring: secrets, places, and what IT's file gave.
//!
//! The layout is read by later versions too. This is the only place where a secret is written down, into the text
//! that goes to the keyring.

use serde::{Deserialize, Serialize};
use zeroize::Zeroizing;

use crate::limits::places::addresses;
use crate::{AccessKey, Limits, Organisation, Place, Secret, Server, Way};

/// One item.
#[derive(Clone, Default, Serialize, Deserialize)]
pub(super) struct Item {
    /// The connection itself, where it was set up in this app.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub(super) own: Option<Own>,
    /// The buckets and folders that the person added.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "addresses")]
    pub(super) places: Vec<Place>,
    /// The folders that were open lately, latest first.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "addresses")]
    pub(super) recent: Vec<Place>,
}

/// A connection that was set up in this app.
#[derive(Clone, Serialize, Deserialize)]
pub(super) struct Own {
    pub(super) name: String,
    pub(super) way: KeptWay,
    #[serde(default)]
    pub(super) given: Given,
}

/// What IT's file gives with a connection.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Given {
    /// The places to show.
    #[serde(skip_serializing_if = "Vec::is_empty", with = "addresses")]
    pub places: Vec<Place>,
    /// How long links usually work, in seconds.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub usual_seconds: Option<i64>,
    /// What it does not allow.
    #[serde(skip_serializing_if = "is_nothing")]
    pub limits: Limits,
}

fn is_nothing(limits: &Limits) -> bool {
    *limits == Limits::default()
}

/// How it signs in, with its secret.
#[derive(Clone, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub(super) enum KeptWay {
    Key {
        #[serde(with = "text")]
        id: Secret<String>,
        #[serde(with = "text")]
        secret: Secret<String>,
        #[serde(default, with = "maybe_text", skip_serializing_if = "Option::is_none")]
        token: Option<Secret<String>>,
        #[serde(default)]
        server: Server,
    },
    Role {
        organisation: Organisation,
        account: String,
        role: String,
        #[serde(default)]
        server: Server,
    },
    Aws {
        profile: String,
    },
}

impl KeptWay {
    /// `None` for what needs no keeping.
    pub(super) fn of(way: Way) -> Option<Self> {
        match way {
            Way::Key { key, server } => {
                let AccessKey { access_key_id, secret_access_key, session_token } = key;
                Some(Self::Key { id: access_key_id, secret: secret_access_key, token: session_token, server })
            }
            Way::Role { organisation, account, role, server } => {
                Some(Self::Role { organisation, account, role, server })
            }
            Way::Aws { profile, .. } => Some(Self::Aws { profile }),
            Way::Practice | Way::Environment => None,
        }
    }

    /// The way in; `code` is what a role with `mfa_serial` asks for.
    pub(super) fn way(self, code: Option<Secret<String>>) -> Way {
        match self {
            Self::Key { id, secret, token, server } => {
                let key = AccessKey { access_key_id: id, secret_access_key: secret, session_token: token };
                Way::Key { key, server }
            }
            Self::Role { organisation, account, role, server } => {
                Way::Role { organisation, account, role, server }
            }
            Self::Aws { profile } => Way::Aws { profile, code },
        }
    }
}

impl Item {
    /// An item of another layout is as good as none.
    pub(super) fn read(text: &Secret<String>) -> Option<Self> {
        serde_json::from_str(text.reveal()).ok()
    }

    /// The text for the keyring; `None` where it is longer than `limit` bytes. Recent folders give way to all else.
    pub(super) fn write(&self, limit: usize) -> Option<Secret<String>> {
        let mut item = self.clone();
        loop {
            let text = item.text(limit);
            if text.is_some() || item.recent.pop().is_none() {
                return text;
            }
        }
    }

    fn text(&self, limit: usize) -> Option<Secret<String>> {
        // Room for all of it from the start: a buffer that grows leaves copies behind.
        let mut bytes = Zeroizing::new(Vec::with_capacity(limit));
        serde_json::to_writer(Bounded { bytes: &mut bytes, limit }, self).ok()?;
        String::from_utf8(std::mem::take(&mut *bytes)).ok().map(Secret::new)
    }
}

/// Takes so many bytes and no more.
struct Bounded<'a> {
    bytes: &'a mut Vec<u8>,
    limit: usize,
}

impl std::io::Write for Bounded<'_> {
    fn write(&mut self, more: &[u8]) -> std::io::Result<usize> {
        if self.bytes.len() + more.len() > self.limit {
            return Err(std::io::ErrorKind::StorageFull.into());
        }
        self.bytes.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

mod text {
    use serde::{Deserialize, Deserializer, Serializer};

    use crate::Secret;

    pub(super) fn serialize<S: Serializer>(secret: &Secret<String>, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(secret.reveal())
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Secret<String>, D::Error> {
        String::deserialize(from).map(Secret::new)
    }
}

mod maybe_text {
    use serde::{Deserializer, Serializer};

    use crate::Secret;

    pub(super) fn serialize<S: Serializer>(secret: &Option<Secret<String>>, to: S) -> Result<S::Ok, S::Error> {
        match secret {
            Some(secret) => super::text::serialize(secret, to),
            None => to.serialize_none(),
        }
    }

    pub(super) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Secret<String>>, D::Error> {
        super::text::deserialize(from).map(Some)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{BucketName, Prefix};

    fn key(token: Option<String>) -> Item {
        let way = KeptWay::Key {
            id: Secret::new("AKIAIOSFODNN7EXAMPLE".into()),
            secret: Secret::new("hush".into()),
            token: token.map(Secret::new),
            server: Server { region: Some("eu-west-1".into()), ..Server::default() },
        };
        let own = Own { name: "Press".into(), way, given: Given::default() };
        let place =
            Place { bucket: BucketName::parse("acme").unwrap(), prefix: Prefix::parse("2026/").unwrap() };
        Item { own: Some(own), places: vec![place], recent: Vec::new() }
    }

    #[test]
    fn an_item_comes_back_as_it_was_written() {
        for token in [None, Some("IQoJ".to_owned())] {
            let text = key(token.clone()).write(2_560).unwrap();
            let own = Item::read(&text).unwrap().own.unwrap();
            let Way::Key { key, server } = own.way.way(None) else { panic!("a key") };
            assert_eq!(key.secret_access_key.reveal(), "hush");
            assert_eq!(key.session_token.map(|token| token.reveal().clone()), token);
            assert_eq!(server.region.as_deref(), Some("eu-west-1"));
        }
        assert!(Item::read(&Secret::new(r#"{"own":{"name":"x"}}"#.into())).is_none(), "another layout");
    }

    #[test]
    fn what_does_not_fit_is_not_written_in_part() {
        assert!(key(Some("x".repeat(2_400))).write(2_560).is_none());
        assert!(key(Some("x".repeat(2_000))).write(2_560).is_some());
    }

    #[test]
    fn recent_folders_give_way_to_all_else() {
        let mut item = key(Some("x".repeat(2_000)));
        item.recent = (0..8)
            .map(|n| Place {
                bucket: BucketName::parse("acme").unwrap(),
                prefix: Prefix::parse(&format!("{n}/{}/", "x".repeat(60))).unwrap(),
            })
            .collect();
        let kept = Item::read(&item.write(2_560).unwrap()).unwrap();
        assert_eq!(kept.places, item.places);
        assert!((1..8).contains(&kept.recent.len()), "{}", kept.recent.len());
        assert_eq!(kept.recent, item.recent[..kept.recent.len()], "the latest stay");
    }
}
