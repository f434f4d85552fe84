//! The composition root: the only file that names the adapters.

use std::sync::Arc;

use async_trait::async_trait;
use guestpass_core::app::{App, Ports};
use guestpass_core::ports::{Clipboard, Connect, Journal, Store};
use guestpass_core::{Error, Kind, ProfileId, Result, Secret, Way};
use guestpass_local::{
    AuditFile, DataDir, Env, Keyring, LocalDisk, PolicyFile, ProfileFiles, SqliteJournal, SystemClock,
};
use guestpass_practice::{Options, Practice};
use guestpass_s3::{Access, AnonymousCheck, IdentityCenter, Pages as SignInPages, S3Store};
use tokio::sync::OnceCell;

use crate::pages;

/// Puts the app together around the clipboard that its face owns. Without a journal its transfers end with it.
pub(crate) fn app(
    clipboard: Arc<dyn Clipboard>,
    forced: Option<ProfileId>,
    journal: Option<Arc<dyn Journal>>,
) -> Result<App> {
    let env = Env::from_process();
    let clock = Arc::new(SystemClock);
    let ports = Ports {
        clock: clock.clone(),
        profiles: Arc::new(ProfileFiles::new(env.clone(), clock.clone())),
        policy: Arc::new(PolicyFile::system(&env)),
        audit: Arc::new(AuditFile),
        sign_in: Arc::new(IdentityCenter::new(after_sign_in(), clock)),
        vault: Arc::new(Keyring::new()),
        connect: Arc::new(Ways { practice: OnceCell::new() }),
        check: Arc::new(AnonymousCheck::new()?),
        clipboard,
        disk: Arc::new(LocalDisk::default()),
        journal,
    };
    Ok(App::new(ports, forced))
}

fn after_sign_in() -> SignInPages {
    SignInPages { done: pages::sign_in_done(), refused: pages::sign_in_refused() }
}

/// The journal of the person who runs the app. Where there is no folder for it, each use of it says so.
pub(crate) fn journal() -> Arc<dyn Journal> {
    let path = DataDir::open().map(|data| data.journal()).unwrap_or_default();
    Arc::new(SqliteJournal::new(path))
}

/// From a way in to its store. Holds the practice server, which starts at first use.
struct Ways {
    practice: OnceCell<Practice>,
}

#[async_trait]
impl Connect for Ways {
    async fn connect(&self, way: &Way, name: &str, allows_http: bool) -> Result<Arc<dyn Store>> {
        let access = match way {
            Way::Practice => self.practice().await?,
            way => Access::Way(way.clone()),
        };
        Ok(Arc::new(S3Store::connect(access, name, Arc::new(SystemClock), allows_http).await?))
    }
}

impl Ways {
    async fn practice(&self) -> Result<Access> {
        let server = self.practice.get_or_try_init(start_practice).await?;
        Ok(Access::Local {
            endpoint: server.endpoint().to_owned(),
            region: server.region().to_owned(),
            access_key_id: Secret::new(server.access_key_id().to_owned()),
            secret_access_key: Secret::new(server.secret_access_key().to_owned()),
        })
    }
}

async fn start_practice() -> Result<Practice> {
    let unavailable = |detail: String| Error::from(Kind::PracticeUnavailable).with_detail(detail);
    let folder = DataDir::open().map(|data| data.practice()).map_err(|e| unavailable(e.to_string()))?;
    let options = Options { root: folder, seed: true, ..Options::default() };
    Practice::start(options).await.map_err(|e| unavailable(e.to_string()).with_source(e))
}
