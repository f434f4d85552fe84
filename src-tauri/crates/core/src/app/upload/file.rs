//! One file of a transfer: to a key that is free, from where an earlier try stopped, and then its link.

use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use async_trait::async_trait;
use jiff::Timestamp;

use super::super::App;
use super::super::free_name::{MAX_COPIES, numbered};
use super::super::rules::entry;
use super::super::transfers::{Running, Stop};
use super::run::{Run, Waits, is_final};
use crate::journal::{Entry, KeptFile, KeptTransfer, Leftover};
use crate::ports::{Multipart, Part, Put, PutOutcome, Witness};
use crate::{
    Act, BucketName, Error, FailedFile, IfTaken, Kind, Link, LinkRequest, ObjectKey, OfferedFile, ProfileId,
    Result, SendRequest, TransferId, TransferState,
};

/// How often a file that changes under way is sent from the start.
const RESTARTS: u32 = 2;

/// How a file ended: with a link, a failure, or nothing to tell because its name was taken.
pub(super) type Ending = Option<Result<Link, FailedFile>>;

pub(super) struct OneFile<'a> {
    pub(super) run: &'a Run<'a>,
    pub(super) request: Arc<SendRequest>,
    /// Its place in the request.
    pub(super) at: usize,
    pub(super) mark: String,
    /// How large it is as far as is known, in bytes.
    pub(super) size: Arc<AtomicU64>,
    /// What of it stands in the figures of the transfer, in bytes.
    pub(super) counted: Arc<AtomicU64>,
}

impl OneFile<'_> {
    pub(super) async fn carry(&self) -> Ending {
        let done = self.run.running.stop.run_until_cancelled(self.to_its_link()).await;
        let ended = done.unwrap_or_else(|| Err(Kind::Cancelled.into()));
        let failed = |error: Error| FailedFile { name: self.file().name.clone(), error: Arc::new(error) };
        ended.map_err(failed).transpose()
    }

    fn file(&self) -> &OfferedFile {
        &self.request.files[self.at]
    }

    async fn to_its_link(&self) -> Result<Option<Link>> {
        let (app, id) = (self.run.app, self.run.id);
        let far = app.transfers.record(id, |kept| kept.files[self.at].clone()).unwrap_or_default();
        let key = match far {
            KeptFile::LeftOut => return Ok(None),
            KeptFile::Sent(key) => key,
            KeptFile::Waiting | KeptFile::Begun(..) => {
                app.transfers.update(id, |transfer| transfer.current_name = Some(self.file().name.clone()));
                // The policy may be another one since the transfer began.
                app.check_upload(&self.request).await?;
                let meant = self.meant();
                self.audit(&meant).await?;
                let arrived = self.arrive().await;
                app.transfers.update(id, |transfer| {
                    transfer.files_done += 1;
                    if transfer.files_done == transfer.files {
                        transfer.state = TransferState::Linking;
                    }
                });
                let Some(key) = arrived? else { return Ok(None) };
                if key.as_str() != meant {
                    self.audit(key.as_str()).await?;
                }
                key
            }
        };
        let (profile, bucket) = (self.request.profile.clone(), self.request.place.bucket.clone());
        let link = LinkRequest::new(profile, bucket, key, self.request.expiry);
        let link = LinkRequest { disposition: self.request.disposition, ..link };
        let mut waits = Waits::default();
        loop {
            match app.link(&link).await {
                Err(e) if self.run.waits_for_sign_in(&e) => self.run.wait(e, &mut waits).await,
                made => return made.map(Some),
            }
        }
    }

    /// The key that it gets if nothing else has it.
    fn meant(&self) -> String {
        format!("{}{}", self.request.place.prefix.as_str(), self.file().name)
    }

    /// An upload may not be made where it cannot be written down: that is done before, and again for another key.
    async fn audit(&self, key: &str) -> Result<()> {
        let bucket = &self.request.place.bucket;
        self.run.app.audit(&self.request.profile, entry(Act::Upload, bucket, key)).await
    }

    /// Sends it, from the start again where it changed under way, and after a wait where the network was away.
    async fn arrive(&self) -> Result<Option<ObjectKey>> {
        let (app, id) = (self.run.app, self.run.id);
        let (mut restarts, mut waits, mut arrived) = (0, Waits::default(), self.arrived());
        loop {
            let error = match self.put_somewhere().await {
                Ok(Some(key)) => {
                    let (profile, bucket) = (&self.request.profile, &self.request.place.bucket);
                    app.note_new(profile, bucket, &key, self.size.load(Ordering::Relaxed));
                    app.note(id, Entry::File(self.at, KeptFile::Sent(key.clone()))).await;
                    return Ok(Some(key));
                }
                Ok(None) => {
                    app.note(id, Entry::File(self.at, KeptFile::LeftOut)).await;
                    app.transfers.update(id, |transfer| {
                        transfer.left_out.push(self.file().name.clone());
                        let size = self.size.load(Ordering::Relaxed);
                        transfer.bytes_total = transfer.bytes_total.saturating_sub(size);
                    });
                    return Ok(None);
                }
                Err(e) => e,
            };
            if self.arrived() > arrived {
                waits = Waits::default();
            }
            arrived = self.arrived();
            if matches!(error.kind(), Kind::FileChanged { .. }) && restarts < RESTARTS {
                restarts += 1;
                self.give_up_parts().await;
                app.transfers.update(id, |transfer| {
                    transfer.restarted.insert(self.file().name.clone());
                });
            } else if self.run.waits_for(&error, waits) {
                self.run.wait(error, &mut waits).await;
            } else {
                if is_final(&error) {
                    self.give_up_parts().await;
                }
                return Err(error);
            }
        }
    }

    /// Uploads under the file's own name, or under the first of "name (2)", "name (3)" … that is free. `None` where
    /// it is to be left out then.
    async fn put_somewhere(&self) -> Result<Option<ObjectKey>> {
        let name = &self.file().name;
        let begun = self.run.app.transfers.record(self.run.id, |kept| match &kept.files[self.at] {
            KeptFile::Begun(key, multipart) => Some((key.clone(), multipart.clone())),
            _ => None,
        });
        if let Some((key, multipart)) = begun.flatten() {
            if self.put(&key, Some(&multipart)).await? == PutOutcome::Stored {
                return Ok(Some(key));
            }
            self.give_up_parts().await;
        }
        let was_taken = self.request.taken.contains(name);
        if was_taken && self.request.if_taken == IfTaken::Skip {
            return Ok(None);
        }
        for copy in 1..=MAX_COPIES {
            let numbered = numbered(name, copy);
            let invalid = |_| Error::from(Kind::NameInvalid { name: name.clone() });
            let key = self.request.place.prefix.join(&numbered).map_err(invalid)?;
            if !key.is_linkable() {
                return Err(Kind::NameInvalid { name: numbered }.into());
            }
            match self.put(&key, None).await? {
                PutOutcome::Stored => return Ok(Some(key)),
                PutOutcome::Taken => self.give_up_parts().await,
            }
            if self.request.if_taken == IfTaken::Skip {
                return Ok(None);
            }
        }
        Err(Kind::NameInvalid { name: name.clone() }.into())
    }

    async fn put(&self, key: &ObjectKey, begun: Option<&Multipart>) -> Result<PutOutcome> {
        let file = self.file();
        let is_named = key.as_str().strip_prefix(self.request.place.prefix.as_str()) == Some(&file.name);
        let put = Put {
            bucket: &self.request.place.bucket,
            key,
            path: &file.path,
            size: file.size,
            mark: &self.mark,
            replaces: self.request.if_taken == IfTaken::Replace
                && is_named
                && self.request.taken.contains(&file.name),
            begun,
        };
        // What replaces a file need not find its name free.
        let claim = self.run.app.claims.take(put.bucket, key);
        if claim.is_none() && !put.replaces {
            return Ok(PutOutcome::Taken);
        }
        let bystander = Bystander {
            app: self.run.app.clone(),
            running: self.run.running.clone(),
            id: self.run.id,
            at: self.at,
            name: file.name.clone(),
            to: (self.request.profile.clone(), self.request.place.bucket.clone(), key.clone()),
            size: self.size.clone(),
            counted: self.counted.clone(),
            // What is there is found again part by part: nobody needs to see that.
            least: AtomicU64::new(begun.map_or(0, Multipart::arrived)),
        };
        let bystander = Arc::new(bystander);
        // Asked for at each try: whoever signs in again gets another one.
        let store = self.run.app.store(&self.request.profile).await?;
        let outcome = store.put(put, bystander.clone()).await;
        match outcome {
            Ok(PutOutcome::Stored) => bystander.count(self.size.load(Ordering::Relaxed)),
            _ => bystander.count(self.arrived()),
        }
        outcome
    }

    /// How much of it the server has, in bytes.
    fn arrived(&self) -> u64 {
        let arrived = |kept: &KeptTransfer| kept.files[self.at].arrived(self.file().size);
        self.run.app.transfers.record(self.run.id, arrived).unwrap_or_default()
    }

    /// Removes from the server what has begun of it.
    async fn give_up_parts(&self) {
        let (app, id) = (self.run.app, self.run.id);
        let since = app.ports.clock.now();
        let begun = app.transfers.record(id, |kept| kept.begun_at(self.at, since));
        let Some(begun) = begun.flatten() else { return };
        app.abandon(begun).await;
        app.note(id, Entry::File(self.at, KeptFile::Waiting)).await;
    }
}

/// Keeps the figures of a file, and the journal.
struct Bystander {
    app: App,
    /// Of this very run: there may be another one by the time that something is heard.
    running: Running,
    id: TransferId,
    at: usize,
    name: String,
    to: (ProfileId, BucketName, ObjectKey),
    size: Arc<AtomicU64>,
    counted: Arc<AtomicU64>,
    /// What is shown at least, in bytes.
    least: AtomicU64,
}

impl Bystander {
    /// Puts so many bytes of this file into the sum of the transfer.
    fn count(&self, bytes: u64) {
        self.app.transfers.update(self.id, |transfer| {
            // Within the lock of the figures: what is told last is what stands.
            let before = self.counted.swap(bytes, Ordering::Relaxed);
            transfer.bytes_sent = (transfer.bytes_sent + bytes).saturating_sub(before);
            if bytes > before && transfer.state == TransferState::Waiting {
                transfer.state = TransferState::Uploading;
                transfer.trouble = None;
            }
        });
    }

    /// The upload that was asked for at this moment, as one that nobody needs.
    fn left(&self, upload_id: Option<String>, asked_at: Timestamp) -> Leftover {
        let (profile, bucket, key) = self.to.clone();
        Leftover { profile, bucket, key, upload_id, asked_at, since: self.app.ports.clock.now() }
    }
}

#[async_trait]
impl Witness for Bystander {
    fn found(&self, size: u64) {
        let offered = self.size.swap(size, Ordering::Relaxed);
        self.app.transfers.update(self.id, |transfer| {
            transfer.bytes_total = (transfer.bytes_total + size).saturating_sub(offered);
        });
    }

    fn sent(&self, bytes: u64) {
        self.count(bytes.max(self.least.load(Ordering::Relaxed)));
    }

    async fn began(&self, multipart: Multipart) {
        let Some(name) = &multipart.upload_id else {
            if self.least.swap(0, Ordering::Relaxed) > 0 {
                // The server has forgotten what it had.
                self.app.transfers.update(self.id, |transfer| {
                    transfer.restarted.insert(self.name.clone());
                });
            }
            let begun = KeptFile::Begun(self.to.2.clone(), multipart);
            return self.app.note(self.id, Entry::File(self.at, begun)).await;
        };
        let is_wanted = self.running.stopped() != Some(Stop::Cancel)
            && self.app.transfers.give_name(self.id, self.at, &multipart);
        if is_wanted {
            let begun = KeptFile::Begun(self.to.2.clone(), multipart);
            self.app.note(self.id, Entry::File(self.at, begun)).await;
        } else {
            // It was cancelled, or begun anew, while the server was being asked.
            self.app.abandon(self.left(Some(name.clone()), multipart.asked_at)).await;
        }
    }

    async fn refused(&self, asked_at: Timestamp) {
        let is_this = |kept: &KeptTransfer| {
            matches!(&kept.files[self.at], KeptFile::Begun(_, begun)
                if begun.upload_id.is_none() && begun.asked_at == asked_at)
        };
        if self.app.transfers.record(self.id, is_this) == Some(true) {
            self.app.note(self.id, Entry::File(self.at, KeptFile::Waiting)).await;
        }
    }

    fn to_spare(&self, asked_at: Timestamp) -> Option<Vec<String>> {
        // After its run, somebody else may have begun anew, and knows nothing of this one.
        let goes_on = self.running.stopped().is_none();
        goes_on.then(|| self.app.transfers.to_spare(&self.left(None, asked_at)))?
    }

    async fn strayed(&self, asked_at: Timestamp) {
        self.app.keep_leftover(&self.left(None, asked_at)).await;
    }

    async fn arrived(&self, part: Part) {
        self.app.note(self.id, Entry::Part(self.at, part)).await;
    }
}
