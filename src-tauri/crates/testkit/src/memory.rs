//! The core's ports in memory, so that a use case is tested in milliseconds.
//!
//! Each can be told to fail; none is used outside tests.

mod clipboard;
mod journal;
mod store;
mod vault;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use async_trait::async_trait;
pub use clipboard::MemoryClipboard;
use guestpass_core::app::{App, Ports};
use guestpass_core::ports::{Check, Clock, Connect, ProfileBook, Store};
use guestpass_core::{Checked, Error, Kind, Link, Profile, ProfileId, ProfileKind, Result, Tested};
use jiff::Timestamp;
pub use journal::MemoryJournal;
pub use store::MemoryStore;
pub use vault::MemoryVault;

/// A clock that stands still until it is set.
pub struct FixedClock(AtomicI64);

impl FixedClock {
    /// Stands at this moment, to the second.
    pub fn at(moment: &str) -> Self {
        Self(AtomicI64::new(moment.parse::<Timestamp>().unwrap().as_second()))
    }

    /// Moves on.
    pub fn advance(&self, seconds: i64) {
        self.0.fetch_add(seconds, Ordering::Relaxed);
    }
}

impl Clock for FixedClock {
    fn now(&self) -> Timestamp {
        Timestamp::from_second(self.0.load(Ordering::Relaxed)).unwrap()
    }
}

/// A profile with a long-lived key.
pub fn profile(name: &str) -> Profile {
    Profile {
        id: ProfileId::Aws(name.to_owned()),
        name: name.to_owned(),
        kind: ProfileKind::AccessKey,
        region: None,
        endpoint: None,
        detail: None,
        is_default: false,
    }
}

/// All ports of an app, held by the test that looks into them.
pub struct World {
    /// Stands at 2026-11-23T17:20:00Z.
    pub clock: Arc<FixedClock>,
    /// The keyring.
    pub vault: Arc<MemoryVault>,
    /// The one store, behind every profile.
    pub store: Arc<MemoryStore>,
    /// The clipboard.
    pub clipboard: Arc<MemoryClipboard>,
    /// The journal, shared as by several runs.
    pub journal: Arc<MemoryJournal>,
    /// What the check finds.
    pub checked: Arc<MemoryCheck>,
    /// The profiles of this computer.
    pub profiles: Vec<Profile>,
}

impl Default for World {
    fn default() -> Self {
        Self {
            clock: Arc::new(FixedClock::at("2026-11-23T17:20:00Z")),
            vault: Arc::default(),
            store: Arc::default(),
            clipboard: Arc::default(),
            journal: Arc::default(),
            checked: Arc::default(),
            profiles: vec![profile("Marketing")],
        }
    }
}

impl World {
    /// An app in this world; several share its keyring as several runs do.
    pub fn app(&self, forced: Option<ProfileId>) -> App {
        let ports = Ports {
            clock: self.clock.clone(),
            profiles: Arc::new(Book(self.profiles.clone())),
            vault: self.vault.clone(),
            connect: Arc::new(One(self.store.clone())),
            check: self.checked.clone(),
            clipboard: self.clipboard.clone(),
            journal: Some(self.journal.clone()),
        };
        App::new(ports, forced)
    }
}

struct Book(Vec<Profile>);

#[async_trait]
impl ProfileBook for Book {
    async fn profiles(&self) -> Result<Vec<Profile>> {
        Ok(self.0.clone())
    }
}

struct One(Arc<MemoryStore>);

#[async_trait]
impl Connect for One {
    async fn connect(&self, _: &ProfileId, _: bool) -> Result<Arc<dyn Store>> {
        Ok(self.0.clone())
    }
}

/// A check that finds what it was told to find.
#[derive(Default)]
pub struct MemoryCheck {
    verdict: std::sync::Mutex<Option<Result<Checked, Kind>>>,
    server_time: std::sync::Mutex<Option<Timestamp>>,
}

impl MemoryCheck {
    /// From now on.
    pub fn finds(&self, verdict: Result<Checked, Kind>) {
        *self.verdict.lock().unwrap() = Some(verdict);
    }

    /// From now on the server says that it is this time.
    pub fn answers_at(&self, moment: &str) {
        *self.server_time.lock().unwrap() = Some(moment.parse().unwrap());
    }
}

#[async_trait]
impl Check for MemoryCheck {
    async fn check(&self, _: &Link, _: &ProfileId) -> Tested {
        let verdict = self.verdict.lock().unwrap().clone();
        let outcome = verdict.unwrap_or(Ok(Checked::Opens)).map_err(Error::from);
        Tested { outcome, server_time: *self.server_time.lock().unwrap() }
    }
}
