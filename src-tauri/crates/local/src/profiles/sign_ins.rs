//! Who has signed in where, by the files in which AWS CLI v2 and the SDKs keep that.
//! <https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html>
//!
//! Reads when a sign-in ends, and passes over the tokens. What cannot be read is no sign-in: the list of profiles does
//! not depend on it, and the SDK will say more when it is asked.

use std::collections::HashMap;
use std::path::PathBuf;

use aws_runtime::fs_util::{Os, home_dir};
use guestpass_core::{Organisation, Secret, Standing};
use jiff::Timestamp;
use serde::Deserialize;
use serde::de::IgnoredAny;
use sha1::{Digest as _, Sha1};

use super::chain::{Base, Chain};
use crate::Env;

/// The sign-ins that were looked at, by the names of their sessions.
pub(super) struct SignIns {
    ends: HashMap<String, Token>,
    now: Timestamp,
}

/// What is read of a file.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Token {
    expires_at: Timestamp,
    registration_expires_at: Option<Timestamp>,
    #[serde(rename = "accessToken")]
    _access_token: IgnoredAny,
    refresh_token: Option<IgnoredAny>,
    client_id: Option<IgnoredAny>,
    client_secret: Option<IgnoredAny>,
}

impl SignIns {
    /// Looks at those that these chains need.
    pub(super) async fn read(env: &Env, now: Timestamp, chains: impl Iterator<Item = &Chain>) -> Self {
        let mut ends = HashMap::new();
        for chain in chains {
            let Base::Organisation { organisation, .. } = &chain.base else { continue };
            let name = organisation.session_name();
            if !ends.contains_key(name)
                && let Some(path) = path(env, name)
                && let Ok(text) = tokio::fs::read(path).await
                && let Ok(token) = serde_json::from_slice::<Token>(Secret::new(text).reveal())
            {
                ends.insert(name.to_owned(), token);
            }
        }
        Self { ends, now }
    }

    /// Whether whoever needs this chain can use it now.
    pub(super) fn standing(&self, chain: &Chain) -> Standing {
        let base = match &chain.base {
            Base::Key => Standing::Ready,
            Base::Session(Some(end)) if *end <= self.now => Standing::SignedOut,
            Base::Session(Some(end)) => Standing::Until(*end),
            Base::Session(None) | Base::Other => Standing::Untried,
            Base::Organisation { is_whole: false, .. } | Base::Broken => Standing::Broken,
            Base::Organisation { organisation, is_whole: true } => self.signed_in(organisation),
        };
        match base {
            // A code is of no use before these are mended.
            Standing::Broken | Standing::SignedOut => base,
            _ if chain.needs_code => Standing::NeedsCode,
            _ => base,
        }
    }

    fn signed_in(&self, organisation: &Organisation) -> Standing {
        match self.ends.get(organisation.session_name()) {
            Some(token) if token.expires_at > self.now => Standing::Until(token.expires_at),
            // Whether it is renewed is the server's to say.
            Some(token) if organisation.session.is_some() && token.renews(self.now) => Standing::Untried,
            _ => Standing::SignedOut,
        }
    }
}

impl Token {
    /// Whether the SDK would try to renew it: what it asks with is there, and is not too old.
    fn renews(&self, now: Timestamp) -> bool {
        self.registration_expires_at.is_some_and(|end| end > now)
            && self.refresh_token.is_some()
            && self.client_id.is_some()
            && self.client_secret.is_some()
    }
}

/// `~/.aws/sso/cache/` and the SHA-1 of the session's name, with the home that the SDK finds.
fn path(env: &Env, session_name: &str) -> Option<PathBuf> {
    let home = home_dir(&env.for_sdk(), Os::real())?;
    let file = hex::encode(Sha1::digest(session_name.as_bytes()));
    Some(PathBuf::from(home).join(".aws/sso/cache").join(file).with_extension("json"))
}
