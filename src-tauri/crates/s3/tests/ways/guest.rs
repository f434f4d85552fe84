//! What the child process does: the adapters, asked a line at a time.

use std::io::BufRead;
use std::sync::Arc;
use std::time::{Duration, Instant};

use async_trait::async_trait;
use guestpass_core::ports::{Browse, Clock, Examine, Invitation, Sign, SignGet, SignIn, SignInBy, Span};
use guestpass_core::{
    AccessKey, BucketName, Disposition, Error, ObjectKey, Opening, Organisation, Secret, Server, Way,
};
use guestpass_s3::{Access, IdentityCenter, Pages, S3Store};
use jiff::{SignedDuration, Timestamp};

/// How many seconds pass in one, for whoever waits for minutes.
pub(crate) const HURRY: &str = "GUESTPASS_TEST_HURRY";
/// The start URL, and the session if any.
pub(crate) const START_URL: &str = "GUESTPASS_TEST_START_URL";
pub(crate) const SESSION: &str = "GUESTPASS_TEST_SESSION";
/// The S3 server.
pub(crate) const S3: &str = "GUESTPASS_TEST_S3";
/// Before the answer to a line, and before an invitation.
pub(crate) const ANSWER: &str = "= ";
pub(crate) const INVITED: &str = "? ";

/// This computer's clock, perhaps in a hurry.
struct Hurried {
    started: (Instant, Timestamp),
    times: u32,
}

#[async_trait]
impl Clock for Hurried {
    fn now(&self) -> Timestamp {
        let passed = self.started.0.elapsed() * self.times;
        self.started.1 + SignedDuration::try_from(passed).unwrap()
    }

    async fn pass(&self, seconds: u64) {
        tokio::time::sleep(Duration::from_secs(seconds) / self.times).await;
    }
}

struct Guest {
    clock: Arc<Hurried>,
    organisation: Organisation,
    center: IdentityCenter,
    store: Option<S3Store>,
}

fn variable(name: &str) -> String {
    std::env::var(name).unwrap_or_default()
}

/// Not a test by itself: the tests start it as a process of its own.
#[tokio::test(flavor = "multi_thread")]
#[ignore = "a role that the other tests start in a child process"]
async fn guest() {
    if std::env::var_os(START_URL).is_none() {
        return;
    }
    let times = variable(HURRY).parse().unwrap_or(1);
    let clock = Arc::new(Hurried { started: (Instant::now(), Timestamp::now()), times });
    let pages = Pages { done: "<h1>Signed in</h1>".into(), refused: "<h1>Not signed in</h1>".into() };
    let session = Some(variable(SESSION)).filter(|session| !session.is_empty());
    let organisation = Organisation { start_url: variable(START_URL), region: "eu-west-1".into(), session };
    let center = IdentityCenter::new(pages, clock.clone());
    let mut guest = Guest { clock, organisation, center, store: None };
    for line in std::io::stdin().lock().lines() {
        let line = line.unwrap();
        let words: Vec<&str> = line.split(' ').collect();
        let said = guest.answer(&words).await.unwrap_or_else(|error| {
            // All that could reach a log.
            format!("error {:?} | {error} {error:?} {:?} {:?}", error.kind(), guest.center, guest.store)
        });
        println!("\n{ANSWER}{}", said.replace('\n', " "));
    }
}

impl Guest {
    async fn answer(&mut self, words: &[&str]) -> Result<String, Error> {
        let organisation = &self.organisation;
        let bucket = |name: &str| BucketName::parse(name).unwrap();
        match words {
            ["sign-in", how] => {
                let how = if *how == "browser" { SignInBy::Browser } else { SignInBy::Device };
                self.center.sign_in(organisation, how, &invited).await?;
                Ok("signed in".into())
            }
            ["turn-away"] => {
                let asking = self.center.sign_in(organisation, SignInBy::Browser, &invited);
                let given_up = tokio::time::timeout(Duration::from_millis(500), asking).await;
                Ok(format!("{}", given_up.is_err()))
            }
            ["until"] => Ok(format!("{:?}", self.center.signed_in_until(organisation).await)),
            ["accounts"] => Ok(format!("{:?}", self.center.accounts(organisation).await?)),
            ["roles", account] => Ok(format!("{:?}", self.center.roles(organisation, account).await?)),
            ["sign-out"] => self.center.sign_out(organisation).await.map(|()| "signed out".into()),
            ["connect", way @ ..] => {
                let access = Access::Way(self.way(way));
                let store = S3Store::connect(access, "Press", self.clock.clone(), false).await?;
                self.store = Some(store);
                self.link().await
            }
            ["link"] => self.link().await,
            ["buckets"] => Ok(format!("{:?}", self.store().buckets().await?)),
            ["route"] => Ok(format!("{:?}", self.store().route(None).await?)),
            ["route", name] => Ok(format!("{:?}", self.store().route(Some(&bucket(name))).await?)),
            ["identity"] => Ok(format!("{:?}", self.store().identity().await?)),
            ["region", name] => self.store().region(&bucket(name)).await,
            ["kms", name] => Ok(format!("{:?}", self.store().kms_key(&bucket(name)).await?)),
            ["delete", name, key] => {
                let key = ObjectKey::parse(key).unwrap();
                self.store().delete(&bucket(name), &key).await.map(|()| "deleted".into())
            }
            _ => panic!("{words:?}"),
        }
    }

    fn way(&self, words: &[&str]) -> Way {
        let endpoint = Some(variable(S3)).filter(|s3| !s3.is_empty());
        let server = Server { endpoint, region: Some("eu-west-1".into()), ..Server::default() };
        let secret = |text: &str| Secret::new(text.to_owned());
        match words {
            ["environment"] => Way::Environment,
            ["aws", profile] => Way::Aws { profile: (*profile).into(), code: None },
            ["aws", profile, code] => Way::Aws { profile: (*profile).into(), code: Some(secret(code)) },
            ["key"] => {
                let (access_key_id, secret_access_key) = (secret("AKIDOFTHEAPP"), secret("never-print-this"));
                Way::Key { key: AccessKey { access_key_id, secret_access_key, session_token: None }, server }
            }
            ["role", account, role] => Way::Role {
                organisation: self.organisation.clone(),
                account: (*account).into(),
                role: (*role).into(),
                server,
            },
            _ => panic!("{words:?}"),
        }
    }

    fn store(&self) -> &S3Store {
        self.store.as_ref().unwrap()
    }

    /// A link: it names the key that signed it.
    async fn link(&self) -> Result<String, Error> {
        let (bucket, key) = (BucketName::parse("acme-press").unwrap(), ObjectKey::parse("film.mp4").unwrap());
        let opening = Opening::of("film.mp4", Disposition::Inline, false, None);
        let span = Span { at: self.clock.now(), seconds: 60 };
        let get = SignGet { bucket: &bucket, key: &key, version: None, pays: false, opening: &opening, span };
        Ok(self.store().sign_get(get).await?.reveal().to_owned())
    }
}

fn invited(invitation: Invitation) {
    println!("\n{INVITED}{} {}", invitation.url.reveal(), invitation.code.unwrap_or_default());
}
