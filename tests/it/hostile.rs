//! A bucket whose server means harm can neither exhaust the app, nor hang it, nor mislead whoever looks at it.
//! The app is the real one; the server answers by a script.

mod floods;
mod looks;
mod tricks;
mod uploads;
mod waits;

use std::sync::Arc;
use std::time::Duration;

use async_trait::async_trait;
use guestpass_core::app::App;
use guestpass_core::ports::{Connect, Store};
use guestpass_core::{Checked, Error, Listing, PageStart, Result, Secret, Way};
use guestpass_local::SystemClock;
use guestpass_s3::{Access, Limits, S3Store};
use guestpass_testkit::memory::{MemoryClipboard, MemoryJournal};
use guestpass_testkit::scripted::{Answer, Scripted};
use http::request::Parts;

use crate::world::{app_over, link_to, place, profile};

/// An app in front of a scripted server.
pub(crate) struct Hostile {
    pub(crate) server: Scripted,
    pub(crate) app: App,
    clipboard: Arc<MemoryClipboard>,
    journal: Arc<MemoryJournal>,
    limits: Limits,
}

impl Hostile {
    /// With the limits that people have.
    pub(crate) async fn bucket(script: impl Fn(&Parts) -> Answer + Send + Sync + 'static) -> Self {
        Self::within(Limits::default(), script).await
    }

    /// With limits on time that a test can wait for: two attempts fit in, and not a third.
    async fn hurried(script: impl Fn(&Parts) -> Answer + Send + Sync + 'static) -> Self {
        let (attempt, operation) = (Duration::from_millis(250), Duration::from_millis(500));
        Self::within(Limits { attempt, operation, ..Limits::default() }, script).await
    }

    async fn within(limits: Limits, script: impl Fn(&Parts) -> Answer + Send + Sync + 'static) -> Self {
        let server = Scripted::start(script).await;
        let clipboard = Arc::new(MemoryClipboard::default());
        let journal = Arc::new(MemoryJournal::default());
        let app = new_app(&server, limits, &clipboard, &journal);
        Self { server, app, clipboard, journal, limits }
    }

    /// The app after a restart.
    fn restarted(&self) -> App {
        new_app(&self.server, self.limits, &self.clipboard, &self.journal)
    }

    /// The first page of a folder.
    async fn list(&self, prefix: &str) -> Result<Listing> {
        self.list_from(prefix, None).await
    }

    async fn list_from(&self, prefix: &str, page: Option<&PageStart>) -> Result<Listing> {
        self.app.list(&profile("press"), &place(prefix), page, false).await
    }

    /// The error of listing the bucket.
    async fn no_listing(&self) -> Error {
        self.list("").await.unwrap_err()
    }

    /// Makes and tests a link.
    async fn check(&self) -> Result<Checked> {
        Ok(self.app.link(&link_to("film.mp4")).await?.checked)
    }
}

fn new_app(
    server: &Scripted,
    limits: Limits,
    clipboard: &Arc<MemoryClipboard>,
    journal: &Arc<MemoryJournal>,
) -> App {
    let way = Arc::new(Through { endpoint: server.endpoint().to_owned(), limits });
    app_over(way, clipboard.clone(), Arc::new(SystemClock), Some(journal.clone()))
}

struct Through {
    endpoint: String,
    limits: Limits,
}

#[async_trait]
impl Connect for Through {
    async fn connect(&self, _: &Way, name: &str, allows_http: bool) -> Result<Arc<dyn Store>> {
        let access = Access::Local {
            endpoint: self.endpoint.clone(),
            region: "us-east-1".into(),
            access_key_id: Secret::new("GPTESTHOSTILE0000001".into()),
            secret_access_key: Secret::new("test-only".into()),
        };
        Ok(Arc::new(
            S3Store::connect_within(self.limits, access, name, Arc::new(SystemClock), allows_http).await?,
        ))
    }
}

/// A page of a listing around these elements, as a server writes it that was asked for `encoding-type=url`.
fn page(elements: &str) -> Answer {
    Answer::document(format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\
         <ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\">\
         <Name>acme-press</Name><EncodingType>url</EncodingType>{elements}</ListBucketResult>"
    ))
}
