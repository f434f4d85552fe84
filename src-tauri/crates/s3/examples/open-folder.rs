//! Opens a folder as the window does, and prints what it shows once all is read and in order; for
//! `cargo xtask bench listing`, which runs it beside other tools. Arguments: the server's address, the folder below the
//! bucket `acme-press`, and what is searched for, if anything.
#![expect(clippy::unwrap_used, reason = "a measurement that cannot go on must stop loudly")]

use std::io::Write as _;
use std::sync::Arc;

use async_trait::async_trait;
use guestpass_core::app::{App, Ports};
use guestpass_core::ports::{Connect, Store};
use guestpass_core::{
    Arrangement, BucketName, Depth, FolderState, Place, Prefix, ProfileId, Result, Secret, SortBy, Way,
};
use guestpass_s3::{Access, S3Store};
use guestpass_testkit::memory::{FixedClock, World};

/// The app's.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

/// As many rows as the window may ask for at once.
const WINDOW: usize = 1_000;

/// Every profile leads to this server.
struct Here(Access);

#[async_trait]
impl Connect for Here {
    async fn connect(&self, _: &Way, name: &str, _: bool) -> Result<Arc<dyn Store>> {
        let clock = Arc::new(FixedClock::at("2026-11-23T17:20:00Z"));
        Ok(Arc::new(S3Store::connect(self.0.clone(), name, clock, false).await?))
    }
}

fn main() {
    let mut words = std::env::args().skip(1);
    let endpoint = words.next().expect("the server's address");
    let place = Place {
        bucket: BucketName::parse("acme-press").unwrap(),
        prefix: Prefix::parse(&words.next().unwrap_or_default()).unwrap(),
    };
    let search = words.next().unwrap_or_default();
    let access = Access::Local {
        endpoint,
        region: "us-east-1".into(),
        access_key_id: Secret::new("AKIDEXAMPLE".into()),
        secret_access_key: Secret::new("secret".into()),
    };
    let app = App::new(Ports { connect: Arc::new(Here(access)), ..World::default().ports() }, None);
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().unwrap();
    runtime.block_on(print(app, place, search));
}

async fn print(app: App, place: Place, search: String) {
    let profile = ProfileId::Aws("Marketing".into());
    let arrangement = Arrangement { sort: SortBy::Name, descending: false, search, locale: "en".into() };
    let id = app.open_folder(&profile, place, Depth::Here, arrangement).await.unwrap();
    let mut watch = app.watch_folder(id).unwrap();
    let is_over = |state: &FolderState| state.error.is_some() || (state.is_complete && state.is_arranged);
    let state = watch.wait_for(is_over).await.unwrap().clone();
    assert!(state.error.is_none(), "{:?}", state.error);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for from in (0..state.shown).step_by(WINDOW) {
        for row in app.folder_rows(id, from, WINDOW).unwrap().rows {
            writeln!(out, "{}", row.name).unwrap();
        }
    }
}
