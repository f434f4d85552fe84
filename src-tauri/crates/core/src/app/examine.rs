//! "Can I share from here?": one thing after the other is tried, and what is missing is named.
//!
//! Nothing is changed unless writing is asked for; then two small objects are written and deleted again.

use std::sync::Arc;

use super::App;
use super::rules::entry;
use crate::ports::{PutOutcome, Route, Store};
use crate::random::random;
use crate::statement::{kms_statement, statement_for};
use crate::{
    Act, Action, Checked, DeniedBy, Disposition, Entry, Error, Expiry, Kind, LinkRequest, ObjectKey, Place,
    ProfileId, Result,
};

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step {
    /// The way to the server, a proxy on it included.
    Server,
    /// Its certificate.
    Certificate,
    /// This computer's clock.
    Clock,
    /// Who the credentials belong to.
    Identity,
    /// Where the bucket is.
    Region,
    /// Seeing what is in the place.
    List,
    /// Reading a file of it.
    Read,
    /// Opening a link to that file, as somebody without an account.
    Link,
    /// The key of KMS that the bucket encrypts with.
    Encryption,
    /// Writing a small file.
    Write,
    /// Copying it.
    Copy,
    /// Deleting both.
    Delete,
}

/// What came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// It works.
    Fine,
    /// It is not allowed.
    Refused,
    /// It does not work.
    Failed,
    /// It was not tried: what it needs is not there, or it was not asked for.
    Skipped,
}

/// One step, and what came out.
#[derive(Debug)]
pub struct Finding {
    /// What was tried.
    pub step: Step,
    /// What came out.
    pub outcome: Outcome,
    /// What was found, in technical terms: an ARN, a region, a host and its proxy, seconds, a key.
    pub fact: Option<String>,
    /// Why not.
    pub error: Option<Error>,
    /// The IAM statement that is missing, in JSON.
    pub statement: Option<String>,
}

/// How long the link lives that is tried: nobody gets it.
const LINK_SECONDS: i64 = 60;

/// Characters of a written file's random part.
const RANDOM_CHARS: usize = 8;

impl App {
    /// Tries what sharing from a place needs, and tells each finding as it comes. Without a place only what needs
    /// none is tried.
    ///
    /// With `writes` two files named `guestpass-check-…` are written there and deleted again.
    /// Error: [`Kind::PolicyBroken`], [`Kind::ProfileMissing`] and what keeps the profile from being connected at all.
    pub async fn examine(
        &self,
        profile: &ProfileId,
        place: Option<&Place>,
        writes: bool,
        on_finding: &(dyn Fn(Finding) + Send + Sync),
    ) -> Result<()> {
        if let Some(place) = place {
            let limits = self.limits(profile).await?;
            limits.check_place(&place.bucket, place.prefix.as_str())?;
            if writes {
                limits.check_upload(&place.bucket, place.prefix.as_str())?;
            }
        }
        let store = self.store(profile).await?;
        let examination = Examination { app: self, profile, store, on_finding, region: None };
        examination.carry_out(place, writes).await;
        Ok(())
    }
}

struct Examination<'a> {
    app: &'a App,
    profile: &'a ProfileId,
    store: Arc<dyn Store>,
    on_finding: &'a (dyn Fn(Finding) + Send + Sync),
    region: Option<String>,
}

impl Examination<'_> {
    async fn carry_out(mut self, place: Option<&Place>, writes: bool) {
        if !self.reach(place).await {
            return;
        }
        let Some(place) = place else { return };
        match self.store.region(&place.bucket).await {
            Ok(region) => {
                self.region = Some(region.clone());
                self.fine(Step::Region, Some(region));
            }
            // Sharing does not ask for it where the answer is no; looking into the place tells what counts.
            Err(error) if matches!(error.kind(), Kind::AccessDenied { .. }) => self.skipped(Step::Region),
            Err(error) => {
                self.failed(Step::Region, error);
            }
        }
        let file = self.look(place).await;
        match self.store.kms_key(&place.bucket).await {
            Ok(key) => self.fine(Step::Encryption, key),
            // Few may ask for it, and nobody needs to.
            Err(_) => self.skipped(Step::Encryption),
        }
        match (file, writes) {
            (file, false) => {
                self.open(place, file).await;
                self.skip(&[Step::Write, Step::Copy, Step::Delete]);
            }
            (Some(file), true) => {
                self.open(place, Some(file)).await;
                self.write(place, false).await;
            }
            // What is written serves to be read, too.
            (None, true) => self.write(place, true).await,
        }
    }

    /// The server, its certificate, the clock, and who we are to it. False where nothing else can be tried.
    async fn reach(&self, place: Option<&Place>) -> bool {
        let route = match self.store.route(place.map(|place| &place.bucket)).await {
            Ok(route) => route,
            Err(error) => return self.failed(Step::Server, error),
        };
        let identity = self.store.identity().await;
        match &identity {
            Err(e) if matches!(e.kind(), Kind::Untrusted { .. }) => {
                self.fine(Step::Server, Some(named(&route)));
                return identity.is_err_and(|error| self.failed(Step::Certificate, error));
            }
            Err(e) if matches!(e.kind(), Kind::Offline { .. } | Kind::ServerBusy | Kind::ServerFault) => {
                return identity.is_err_and(|error| self.failed(Step::Server, error));
            }
            _ => {}
        }
        self.fine(Step::Server, Some(named(&route)));
        match route.is_encrypted {
            true => self.fine(Step::Certificate, route.certificates),
            false => self.skipped(Step::Certificate),
        }
        if identity.as_ref().is_err_and(|error| matches!(error.kind(), Kind::ClockWrong { .. })) {
            return identity.is_err_and(|error| self.failed(Step::Clock, error));
        }
        let offset = self.store.server_clock().offset_seconds();
        self.fine(Step::Clock, Some(offset.to_string()));
        match identity {
            Ok(identity) => self.fine(Step::Identity, identity),
            Err(error) => return self.failed(Step::Identity, error),
        }
        true
    }

    /// Lists, and answers a file of the place.
    async fn look(&self, place: &Place) -> Option<ObjectKey> {
        let listing = self.store.list(place, None, false).await;
        let file = listing.as_ref().ok().and_then(|listing| {
            listing.entries.iter().find_map(|entry| match entry {
                Entry::Object(object) if object.key.is_linkable() => Some(object.key.clone()),
                _ => None,
            })
        });
        self.tell(Step::List, Action::List, place, listing.map(|_| None));
        file
    }

    /// Reads a file as the signer, and by a link as a guest.
    async fn open(&self, place: &Place, file: Option<ObjectKey>) {
        let Some(key) = file else { return self.skip(&[Step::Read, Step::Link]) };
        let read = self.store.facts(&place.bucket, &key, None).await;
        self.tell(Step::Read, Action::Read, place, read.map(|_| Some(key.as_str().to_owned())));
        let bucket = place.bucket.clone();
        let link = LinkRequest::new(self.profile.clone(), bucket, key, Expiry::For(LINK_SECONDS));
        match self.app.tested_link(&LinkRequest { disposition: Disposition::Attachment, ..link }).await {
            Ok(link) if link.checked == Checked::Opens => self.fine(Step::Link, None),
            Ok(_) => self.skipped(Step::Link),
            Err(error) => self.tell(Step::Link, Action::Read, place, Err(error)),
        }
    }

    /// Writes a file, copies it and deletes both; in between it is opened, if nothing else was.
    async fn write(&self, place: &Place, opens: bool) {
        let (Some(first), Some(second)) = (self.new_key(place), self.new_key(place)) else {
            return self.skip(&[Step::Write, Step::Copy, Step::Delete]);
        };
        let bucket = &place.bucket;
        for (act, key) in [(Act::Upload, &first), (Act::Copy, &second)] {
            if let Err(error) = self.app.audit(self.profile, entry(act, &place.bucket, key.as_str())).await {
                self.failed(Step::Write, error);
                return self.skip(&[Step::Copy, Step::Delete]);
            }
        }
        let html = b"<!doctype html><title>Guestpass</title>".to_vec();
        let written = self.store.put_page(bucket, &first, html).await;
        let is_written = written.is_ok();
        self.tell(Step::Write, Action::Write, place, written.map(|_| Some(first.as_str().to_owned())));
        if opens {
            self.open(place, is_written.then(|| first.clone())).await;
        }
        if !is_written {
            return self.skip(&[Step::Copy, Step::Delete]);
        }
        let copied = self.store.copy_new(bucket, &first, &second).await;
        let is_copied = matches!(copied, Ok(PutOutcome::Stored));
        // Writing works: what is missing is to read what is there.
        self.tell(Step::Copy, Action::Read, place, copied.map(|_| None));
        let mut deleted = self.store.delete(bucket, &first).await;
        if is_copied {
            deleted = deleted.and(self.store.delete(bucket, &second).await);
        }
        self.tell(Step::Delete, Action::Delete, place, deleted.map(|()| None));
    }

    fn new_key(&self, place: &Place) -> Option<ObjectKey> {
        place.prefix.join(&format!("guestpass-check-{}.html", random(RANDOM_CHARS).ok()?)).ok()
    }

    fn tell(&self, step: Step, action: Action, place: &Place, result: Result<Option<String>>) {
        let error = match result {
            Ok(fact) => return self.fine(step, fact),
            Err(error) => error,
        };
        let Kind::AccessDenied { by, .. } = error.kind() else {
            self.failed(step, error);
            return;
        };
        let statement = match by {
            DeniedBy::NotSaid | DeniedBy::Identity => statement_for(action, place, self.region.as_deref()),
            DeniedBy::KmsKey => error.detail().and_then(kms_key_in).map(kms_statement),
            // Another statement would not help against a rule that forbids.
            DeniedBy::BucketPolicy | DeniedBy::Organisation | DeniedBy::Network | DeniedBy::Links => None,
        };
        let finding = Finding { step, outcome: Outcome::Refused, fact: None, error: Some(error), statement };
        (self.on_finding)(finding);
    }

    fn fine(&self, step: Step, fact: Option<String>) {
        (self.on_finding)(Finding { step, outcome: Outcome::Fine, fact, error: None, statement: None });
    }

    fn skip(&self, steps: &[Step]) {
        steps.iter().for_each(|step| self.skipped(*step));
    }

    fn skipped(&self, step: Step) {
        (self.on_finding)(Finding {
            step,
            outcome: Outcome::Skipped,
            fact: None,
            error: None,
            statement: None,
        });
    }

    /// Always false: nothing else can be tried.
    fn failed(&self, step: Step, error: Error) -> bool {
        (self.on_finding)(Finding {
            step,
            outcome: Outcome::Failed,
            fact: None,
            error: Some(error),
            statement: None,
        });
        false
    }
}

fn named(route: &Route) -> String {
    match &route.proxy {
        Some(proxy) => format!("{} ({proxy})", route.host),
        None => route.host.clone(),
    }
}

/// The key that a refusal names: `… is not authorized to perform: kms:Decrypt on resource: arn:aws:kms:…`.
fn kms_key_in(detail: &str) -> Option<&str> {
    let words = detail.split(|c: char| c.is_whitespace() || c == '"');
    words.into_iter().find(|word| word.starts_with("arn:") && word.contains(":kms:"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_key_of_a_refusal_is_found() {
        let detail = "AccessDenied (HTTP 403): User: arn:aws:iam::1:user/kim is not authorized to perform: \
                      kms:Decrypt on resource: arn:aws:kms:eu-west-1:1:key/2 because";
        assert_eq!(kms_key_in(detail), Some("arn:aws:kms:eu-west-1:1:key/2"));
        assert_eq!(kms_key_in("Access Denied"), None);
    }
}
