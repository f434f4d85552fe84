//! The core's ports in memory, so that a use case is tested in milliseconds.
//!
//! Each can be told to fail; none is used outside tests.

mod clipboard;
mod contents;
mod disk;
mod journal;
mod listing;
mod sign_in;
mod store;
mod tending;
mod vault;

use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};

use async_trait::async_trait;
pub use clipboard::MemoryClipboard;
pub use disk::MemoryDisk;
use guestpass_core::app::{App, Ports};
use guestpass_core::ports::{Audit, Check, Clock, Connect, PolicyBook, ProfileBook, Store};
use guestpass_core::{
    Checked, Error, Kind, Link, Policy, Profile, ProfileId, ProfileKind, Result, Standing, Tested, Way,
};
use jiff::Timestamp;
pub use journal::MemoryJournal;
pub use listing::{ListOrder, Lists};
pub use sign_in::MemorySignIn;
pub use store::MemoryStore;
pub use tending::{Fault, Step, Tending};
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
        role: None,
        account: None,
        organisation: None,
        standing: Standing::Ready,
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
    /// Where files are saved.
    pub disk: MemoryDisk,
    /// The journal, shared as by several runs.
    pub journal: Arc<MemoryJournal>,
    /// What the check finds.
    pub checked: Arc<MemoryCheck>,
    /// What IT allows; a broken policy, where that is one.
    pub policy: Arc<MemoryPolicy>,
    /// What was written down of shares.
    pub audit: Arc<MemoryAudit>,
    /// Signing in to organisations.
    pub sign_in: Arc<MemorySignIn>,
    /// What was connected, and what is refused.
    pub connect: Arc<MemoryConnect>,
    /// The profiles of this computer.
    pub profiles: Vec<Profile>,
    /// Why they cannot be read.
    pub files_trouble: Arc<FilesTrouble>,
}

/// Why the profiles of this computer cannot be read; nothing, until a test says so.
#[derive(Default)]
pub struct FilesTrouble(std::sync::Mutex<Option<Kind>>);

impl FilesTrouble {
    /// From now on.
    pub fn set(&self, kind: Kind) {
        *self.0.lock().unwrap() = Some(kind);
    }
}

impl Default for World {
    fn default() -> Self {
        Self {
            clock: Arc::new(FixedClock::at("2026-11-23T17:20:00Z")),
            vault: Arc::default(),
            store: Arc::default(),
            clipboard: Arc::default(),
            disk: MemoryDisk::default(),
            journal: Arc::default(),
            checked: Arc::default(),
            policy: Arc::default(),
            audit: Arc::default(),
            sign_in: Arc::default(),
            connect: Arc::default(),
            profiles: vec![profile("Marketing")],
            files_trouble: Arc::default(),
        }
    }
}

impl World {
    /// An app in this world; several share its keyring as several runs do.
    pub fn app(&self, forced: Option<ProfileId>) -> App {
        App::new(self.ports(), forced)
    }

    /// The ports of such an app, for who has a better one of some kind.
    pub fn ports(&self) -> Ports {
        Ports {
            clock: self.clock.clone(),
            profiles: Arc::new(Book(self.profiles.clone(), self.files_trouble.clone())),
            vault: self.vault.clone(),
            connect: Arc::new(One { store: self.store.clone(), connect: self.connect.clone() }),
            policy: self.policy.clone(),
            audit: self.audit.clone(),
            sign_in: self.sign_in.clone(),
            check: self.checked.clone(),
            clipboard: self.clipboard.clone(),
            disk: Arc::new(self.disk.clone()),
            journal: Some(self.journal.clone()),
        }
    }
}

struct Book(Vec<Profile>, Arc<FilesTrouble>);

#[async_trait]
impl ProfileBook for Book {
    async fn profiles(&self) -> Result<Vec<Profile>> {
        match self.1.0.lock().unwrap().clone() {
            Some(kind) => Err(kind.into()),
            None => Ok(self.0.clone()),
        }
    }
}

struct One {
    store: Arc<MemoryStore>,
    connect: Arc<MemoryConnect>,
}

/// What was connected, and what is refused.
#[derive(Default)]
pub struct MemoryConnect {
    /// Each way that was taken, with the name that it was given.
    pub ways: std::sync::Mutex<Vec<(Way, String)>>,
    /// What connecting is refused with.
    pub refusal: std::sync::Mutex<Option<Kind>>,
}

#[async_trait]
impl Connect for One {
    async fn connect(&self, way: &Way, name: &str, _: bool) -> Result<Arc<dyn Store>> {
        self.connect.ways.lock().unwrap().push((way.clone(), name.to_owned()));
        match self.connect.refusal.lock().unwrap().clone() {
            Some(kind) => Err(kind.into()),
            None => Ok(self.store.clone()),
        }
    }
}

/// What IT allows: everything, until a test says otherwise.
#[derive(Default)]
pub struct MemoryPolicy(std::sync::Mutex<Option<Result<Arc<Policy>, Kind>>>);

impl MemoryPolicy {
    /// From now on.
    pub fn set(&self, policy: Result<Policy, Kind>) {
        *self.0.lock().unwrap() = Some(policy.map(Arc::new));
    }
}

impl PolicyBook for MemoryPolicy {
    fn policy(&self) -> Result<Arc<Policy>> {
        self.0.lock().unwrap().clone().unwrap_or_else(|| Ok(Arc::default())).map_err(Error::from)
    }
}

/// What was written down, a line each; or a file that cannot be written.
#[derive(Default)]
pub struct MemoryAudit {
    /// The lines.
    pub lines: std::sync::Mutex<Vec<String>>,
    /// Whether writing fails.
    pub is_full: std::sync::atomic::AtomicBool,
}

impl Audit for MemoryAudit {
    fn note(&self, path: &str, line: &str) -> Result<()> {
        if self.is_full.load(Ordering::Relaxed) {
            return Err(Kind::AuditUnwritable { path: path.to_owned() }.into());
        }
        self.lines.lock().unwrap().push(line.to_owned());
        Ok(())
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
    async fn check(&self, _: &Link, _: &str) -> Tested {
        let verdict = self.verdict.lock().unwrap().clone();
        let outcome = verdict.unwrap_or(Ok(Checked::Opens)).map_err(Error::from);
        Tested { outcome, server_time: *self.server_time.lock().unwrap() }
    }
}
