//! Files from IT that set up a connection: offered to the person, and taken when they say so.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use super::{App, Given, NewConnection};
use crate::{ConnectionFile, Kind, Profile, Result, SignInWay, Way};

/// Files that were never taken are forgotten, oldest first.
const KEPT: usize = 8;

/// A file that was read, and what it would set up.
#[derive(Clone, Debug)]
pub struct ConnectionOffer {
    /// By this it is taken.
    pub id: u32,
    /// What it says.
    pub file: ConnectionFile,
}

/// The files that were read in this run.
#[derive(Clone, Default)]
pub(super) struct Offers(Arc<Mutex<Kept>>);

#[derive(Default)]
struct Kept {
    last_id: u32,
    files: BTreeMap<u32, ConnectionFile>,
}

impl Offers {
    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl From<&ConnectionFile> for Given {
    fn from(file: &ConnectionFile) -> Self {
        Self { places: file.places.clone(), usual_seconds: file.usual_seconds, limits: file.limits.clone() }
    }
}

impl App {
    /// Reads a file that sets up a connection. `name` is the file's own, for the words of failures. Nothing is set up.
    ///
    /// Errors: [`Kind::ConnectionFileInvalid`], [`Kind::ConnectionFileUntrusted`], [`Kind::PolicyBroken`].
    pub fn offer_connection(&self, bytes: &[u8], name: &str) -> Result<ConnectionOffer> {
        let file = ConnectionFile::parse(bytes, name, &self.policy()?.trusted_keys)?;
        let mut kept = self.offers.kept();
        kept.last_id += 1;
        let id = kept.last_id;
        kept.files.insert(id, file.clone());
        while kept.files.len() > KEPT {
            kept.files.pop_first();
        }
        Ok(ConnectionOffer { id, file })
    }

    /// Sets up what a file describes, unless that takes an access key: see [`App::add_key`]. The account and the role
    /// are those that the person chose where the file leaves them open.
    ///
    /// Errors: [`Kind::DropGone`] where the offer is not known any more, and those of [`App::add_connection`].
    pub async fn accept_connection(
        &self,
        id: u32,
        account: Option<String>,
        role: Option<String>,
        session_only: bool,
    ) -> Result<Profile> {
        let file = self.offered(id)?;
        let given = Given::from(&file);
        let way = match file.sign_in {
            SignInWay::Organisation { organisation, account: set_account, role: set_role } => Way::Role {
                organisation,
                account: set_account.or(account).ok_or(Kind::Internal)?,
                role: set_role.or(role).ok_or(Kind::Internal)?,
                server: file.server,
            },
            SignInWay::Profile(profile) => Way::Aws { profile, code: None },
            SignInWay::Key => return Err(Kind::KeyIncomplete.into()),
        };
        let new = NewConnection { name: file.name, way, given };
        let profile = self.add_connection(new, session_only, false).await?;
        self.withdraw(id);
        Ok(profile)
    }

    pub(super) fn offered(&self, id: u32) -> Result<ConnectionFile> {
        self.offers.kept().files.get(&id).cloned().ok_or_else(|| Kind::DropGone.into())
    }

    pub(super) fn withdraw(&self, id: u32) {
        self.offers.kept().files.remove(&id);
    }
}
