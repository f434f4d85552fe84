//! The one door to the rules: what the window and the command line can do, a use case a method.
//!
//! [`App`] is cheap to clone and holds the ports; locks live inside what needs them and are never held across
//! an await. The use cases stand in the modules below, one for each thing that people do.

mod browse;
mod free_name;
mod memory;
mod profiles;
mod request;
mod settings;
mod share;
mod share_copy;
mod share_many;
mod taken;
mod transfers;
mod upload;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

pub use browse::Places;
pub use memory::{Memory, Recalled};
pub use profiles::Connection;
pub use settings::Settings;
pub use share_many::ManyLinks;
pub use transfers::Transfers;

use crate::ports::{Check, Clipboard, Clock, Connect, Journal, ProfileBook, Store, Vault};
use crate::{ProfileId, Result};

/// The adapters, named once by the composition root.
pub struct Ports {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The profiles of this computer.
    pub profiles: Arc<dyn ProfileBook>,
    /// The keyring.
    pub vault: Arc<dyn Vault>,
    /// The stores behind profiles.
    pub connect: Arc<dyn Connect>,
    /// The anonymous test of a link.
    pub check: Arc<dyn Check>,
    /// The clipboard.
    pub clipboard: Arc<dyn Clipboard>,
    /// The journal of transfers; without one they end with the app.
    pub journal: Option<Arc<dyn Journal>>,
}

/// Guestpass, without a face.
#[derive(Clone)]
pub struct App {
    ports: Arc<Ports>,
    stores: Arc<Mutex<HashMap<ProfileId, Arc<dyn Store>>>>,
    session: memory::Session,
    transfers: Transfers,
}

impl App {
    /// Starts with nothing connected. `forced` is the profile that this run was told to open on: it comes
    /// before what the keyring remembers, and is not remembered itself.
    pub fn new(ports: Ports, forced: Option<ProfileId>) -> Self {
        Self {
            ports: Arc::new(ports),
            stores: Arc::default(),
            session: memory::Session::new(forced),
            transfers: Transfers::default(),
        }
    }

    /// The store behind a profile, connected at first use.
    async fn store(&self, profile: &ProfileId) -> Result<Arc<dyn Store>> {
        let known = self.known_stores().get(profile).cloned();
        match known {
            Some(store) => Ok(store),
            None => self.reconnect(profile).await,
        }
    }

    /// Connects afresh, so that a changed file or a new sign-in counts.
    async fn reconnect(&self, profile: &ProfileId) -> Result<Arc<dyn Store>> {
        let allows_http = self.settings().await.http_profiles.contains(profile);
        let store = self.ports.connect.connect(profile, allows_http).await?;
        self.known_stores().insert(profile.clone(), store.clone());
        Ok(store)
    }

    fn known_stores(&self) -> std::sync::MutexGuard<'_, HashMap<ProfileId, Arc<dyn Store>>> {
        // A panic elsewhere cannot leave a map of Arcs half-written.
        self.stores.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
