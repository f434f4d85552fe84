//! Taking an access key, typed or pasted.

use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{App, Given, NewConnection};
use crate::{AccessKey, Kind, PastedKey, Profile, Result, Secret, Server, Way};

/// An access key as a person gives it.
#[derive(Clone, Debug)]
pub struct KeyForm {
    /// What the connection is to be called.
    pub name: String,
    /// The id; empty where the pasted one is meant.
    pub access_key_id: String,
    /// The secret half; empty where the pasted one is meant.
    pub secret_access_key: Secret<String>,
    /// The token of a temporary key; empty where there is none, or the pasted one is meant.
    pub session_token: Secret<String>,
    /// Whether what was pasted fills what is empty.
    pub uses_pasted: bool,
    /// Where the key leads.
    pub server: Server,
    /// The file of IT that asks for it.
    pub offer: Option<u32>,
}

/// What was pasted last, until it is used.
#[derive(Clone, Default)]
pub(super) struct Pasted(Arc<Mutex<Option<PastedKey>>>);

impl Pasted {
    fn key(&self) -> MutexGuard<'_, Option<PastedKey>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl App {
    /// Finds an access key in a text, and keeps it here until [`App::add_key`] uses it: a secret that was pasted
    /// passes through no window. `None` where there is none in it.
    pub fn take_pasted(&self, text: &Secret<String>) -> Option<PastedKey> {
        let found = PastedKey::read(text);
        self.pasted.key().clone_from(&found);
        found
    }

    /// Forgets what was pasted last.
    pub fn forget_pasted(&self) {
        *self.pasted.key() = None;
    }

    /// Sets up a connection with an access key. Errors: [`Kind::KeyIncomplete`] and those of
    /// [`App::add_connection`].
    pub async fn add_key(&self, form: KeyForm, session_only: bool, insists_on_http: bool) -> Result<Profile> {
        let offered = form.offer.map(|id| self.offered(id)).transpose()?;
        let given = offered.map(|file| Given::from(&file)).unwrap_or_default();
        let way = Way::Key { key: self.whole_key(&form)?, server: form.server };
        let new = NewConnection { name: form.name, way, given };
        let profile = self.add_connection(new, session_only, insists_on_http).await?;
        self.forget_pasted();
        if let Some(id) = form.offer {
            self.withdraw(id);
        }
        Ok(profile)
    }

    fn whole_key(&self, form: &KeyForm) -> Result<AccessKey> {
        let pasted = self.pasted.key().as_ref().filter(|_| form.uses_pasted).map(|pasted| pasted.key.clone());
        let (id, secret) = (form.access_key_id.trim(), form.secret_access_key.reveal().trim());
        let token = form.session_token.reveal().trim();
        let typed = |text: &str| (!text.is_empty()).then(|| Secret::new(text.to_owned()));
        let (pasted_id, pasted_secret, pasted_token) = match pasted {
            Some(AccessKey { access_key_id, secret_access_key, session_token }) => {
                (Some(access_key_id), Some(secret_access_key), session_token)
            }
            None => (None, None, None),
        };
        // A key that is typed over a pasted one is another key, to which the pasted token does not belong.
        let pasted_token = if id.is_empty() { pasted_token } else { None };
        Ok(AccessKey {
            access_key_id: typed(id).or(pasted_id).ok_or(Kind::KeyIncomplete)?,
            secret_access_key: typed(secret).or(pasted_secret).ok_or(Kind::KeyIncomplete)?,
            session_token: typed(token).or(pasted_token),
        })
    }
}
