//! The one door to the rules: what the window and the command line can do, a use case a method.
//!
//! [`App`] is cheap to clone and holds the ports; locks live inside what needs them and are never held across
//! an await. The use cases stand in the modules below, one for each thing that people do.

mod access_key;
mod browse;
mod claims;
mod connections;
mod examine;
mod files;
mod folders;
mod forget;
mod free_name;
mod go_to;
mod kept;
mod look;
mod memory;
mod profiles;
mod reading;
mod request;
mod rules;
mod settings;
mod share;
mod share_copy;
mod share_many;
mod signing_in;
mod taken;
mod tasks;
mod tidy;
mod transfers;
mod upload;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

pub use access_key::KeyForm;
pub use browse::{KnownPlace, Origin, Places};
pub use connections::NewConnection;
pub use examine::{Finding, Outcome, Step};
pub use files::ConnectionOffer;
pub use folders::{FolderRows, Selected};
pub use forget::Forgotten;
pub use go_to::Destination;
pub use kept::Given;
pub use look::Look;
pub use memory::{Memory, Recalled};
pub use profiles::{Connection, SignedIn};
pub use reading::ReadOrder;
pub use settings::Settings;
pub use share_many::ManyLinks;
pub use tasks::Tasks;
pub use tidy::{SaveTo, name_on_disk};
pub use transfers::Transfers;

use crate::ports::{
    Audit, Check, Clipboard, Clock, Connect, Disk, Journal, PolicyBook, ProfileBook, SignIn, Store, Vault,
};
use crate::{ProfileId, Result};

/// The adapters, named once by the composition root.
pub struct Ports {
    /// The time.
    pub clock: Arc<dyn Clock>,
    /// The profiles of this computer.
    pub profiles: Arc<dyn ProfileBook>,
    /// The keyring.
    pub vault: Arc<dyn Vault>,
    /// What IT allows on this computer.
    pub policy: Arc<dyn PolicyBook>,
    /// Where shares are written down, if IT wants that.
    pub audit: Arc<dyn Audit>,
    /// Signing in to organisations.
    pub sign_in: Arc<dyn SignIn>,
    /// The stores behind profiles.
    pub connect: Arc<dyn Connect>,
    /// The anonymous test of a link.
    pub check: Arc<dyn Check>,
    /// The clipboard.
    pub clipboard: Arc<dyn Clipboard>,
    /// Where files are saved.
    pub disk: Arc<dyn Disk>,
    /// The journal of transfers; without one they end with the app.
    pub journal: Option<Arc<dyn Journal>>,
}

/// Guestpass, without a face.
#[derive(Clone)]
pub struct App {
    ports: Arc<Ports>,
    stores: Arc<Mutex<HashMap<ProfileId, Arc<dyn Store>>>>,
    session: memory::Session,
    offers: files::Offers,
    pasted: access_key::Pasted,
    transfers: Transfers,
    tasks: Tasks,
    claims: claims::Claims,
    folders: folders::Folders,
}

impl App {
    /// Starts with nothing connected. `forced` is the profile that this run was told to open on: it comes
    /// before what the keyring remembers, and is not remembered itself.
    pub fn new(ports: Ports, forced: Option<ProfileId>) -> Self {
        Self {
            ports: Arc::new(ports),
            stores: Arc::default(),
            session: memory::Session::new(forced),
            offers: files::Offers::default(),
            pasted: access_key::Pasted::default(),
            transfers: Transfers::default(),
            tasks: Tasks::default(),
            claims: claims::Claims::default(),
            folders: folders::Folders::default(),
        }
    }

    /// The store behind a profile, connected at first use. A policy that cannot be understood closes this door.
    async fn store(&self, profile: &ProfileId) -> Result<Arc<dyn Store>> {
        self.policy_for(profile)?;
        let known = self.known_stores().get(profile).cloned();
        match known {
            Some(store) => {
                self.check_access_key(profile, store.as_ref()).await?;
                Ok(store)
            }
            None => self.reconnect(profile, None).await,
        }
    }

    fn known_stores(&self) -> std::sync::MutexGuard<'_, HashMap<ProfileId, Arc<dyn Store>>> {
        // A panic elsewhere cannot leave a map of Arcs half-written.
        self.stores.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
