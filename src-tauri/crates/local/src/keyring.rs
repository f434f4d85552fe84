//! The operating system's keyring: Secret Service, Keychain or Credential Manager.
//!
//! A keyring may wait for a person: a locked one opens a prompt of the system's, which may stay unanswered for
//! ever. So one thread of its own asks, and whoever waits for it has a deadline. Not one of the runtime's
//! threads: the runtime would wait for that prompt when the app ends.

mod refusal;

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::mpsc;
use std::time::Duration;

use ::keyring::{Entry, Error};
use async_trait::async_trait;
use guestpass_core::Secret;
use guestpass_core::ports::{Vault, VaultRefusal};
use tokio::sync::oneshot;

/// Under which all items of the app are found in the keyring; the item's name is the user name there.
const SERVICE: &str = "guestpass";
/// An item that is written and deleted to learn whether "nothing there" is true. No item may be named so.
const PROBE: &str = "probe";
/// Long enough for a keyring that is open, short enough for somebody who looks at a window.
const PATIENCE: Duration = Duration::from_secs(3);
/// The most that Credential Manager keeps in one item, and therefore any system here.
const MAX_BYTES: usize = 2_560;

/// The keyring of whoever runs the app. Texts are kept as UTF-8, at most 2,560 bytes each.
///
/// [`VaultRefusal::Locked`] is also the answer when the keyring asks the person for a password and gets none
/// within three seconds. The prompt stays open, and later questions are answered when it has been.
///
/// [`VaultRefusal::Missing`] lasts: a keyring that was not there at the first question is not looked for again,
/// so a person who starts one must start the app again too. The session goes on without memory meanwhile.
///
/// # Cancellation
/// A question whose asker has gone is not asked. One that already waits for the person is: a text that could
/// not be saved in time may be saved after all, when the keyring is unlocked.
#[derive(Debug)]
pub struct Keyring {
    questions: mpsc::Sender<Question>,
    connected: Arc<AtomicBool>,
}

type Question = Box<dyn FnOnce() + Send>;

impl Default for Keyring {
    fn default() -> Self {
        Self::new()
    }
}

impl Keyring {
    /// Starts the thread. The system's keyring is looked for at the first question.
    pub fn new() -> Self {
        let (questions, asked) = mpsc::channel::<Question>();
        let thread = std::thread::Builder::new().name("keyring".to_owned());
        if let Err(error) = thread.spawn(move || asked.into_iter().for_each(|question| question())) {
            // The channel's other end is gone then: every question is refused.
            tracing::error!(%error, "no thread for the keyring");
        }
        Self { questions, connected: Arc::default() }
    }

    async fn ask<T: Send + 'static>(
        &self,
        question: impl FnOnce() -> Result<T, Error> + Send + 'static,
    ) -> Result<T, VaultRefusal> {
        let (reply, answer) = oneshot::channel();
        let connected = Arc::clone(&self.connected);
        let asked = self.questions.send(Box::new(move || {
            if reply.is_closed() {
                return;
            }
            let answer = connect(&connected).and_then(|()| question().map_err(|error| refusal::of(&error)));
            // Nobody to tell: the deadline has passed.
            let _ = reply.send(answer);
        }));
        asked.map_err(|_| VaultRefusal::Refused)?;
        match tokio::time::timeout(PATIENCE, answer).await {
            Ok(answer) => answer.unwrap_or(Err(VaultRefusal::Refused)),
            Err(_) if self.connected.load(Ordering::Acquire) => Err(VaultRefusal::Locked),
            Err(_) => Err(VaultRefusal::Missing),
        }
    }
}

#[async_trait]
impl Vault for Keyring {
    async fn load(&self, item: &str) -> Result<Option<Secret<String>>, VaultRefusal> {
        let item = item.to_owned();
        let bytes = self.ask(move || load(&item)).await?;
        // What is no text was not put there by us.
        bytes.map(text_of).transpose()
    }

    async fn save(&self, item: &str, text: &Secret<String>) -> Result<(), VaultRefusal> {
        if text.reveal().len() > MAX_BYTES {
            return Err(VaultRefusal::TooLong);
        }
        let (item, text) = (item.to_owned(), text.clone());
        self.ask(move || Entry::new(SERVICE, &item)?.set_secret(text.reveal().as_bytes())).await
    }

    async fn remove(&self, item: &str) -> Result<bool, VaultRefusal> {
        let item = item.to_owned();
        self.ask(move || remove(&item)).await
    }

    fn limit(&self) -> usize {
        MAX_BYTES
    }
}

/// Nothing of the keyring is of use before the library has found it, and what it found first is what it keeps.
fn connect(connected: &AtomicBool) -> Result<(), VaultRefusal> {
    match Entry::store_status() {
        Ok(()) => connected.store(true, Ordering::Release),
        Err(error) => {
            tracing::warn!(%error, "no keyring");
            return Err(VaultRefusal::Missing);
        }
    }
    Ok(())
}

/// Secrets and not the library's passwords: those are UTF-16 in Credential Manager, where half as much fits.
fn load(item: &str) -> Result<Option<Secret<Vec<u8>>>, Error> {
    match Entry::new(SERVICE, item)?.get_secret() {
        Ok(bytes) => Ok(Some(Secret::new(bytes))),
        Err(Error::NoEntry) => prove_unlocked().map(|()| None),
        Err(error) => Err(error),
    }
}

fn text_of(bytes: Secret<Vec<u8>>) -> Result<Secret<String>, VaultRefusal> {
    let text = std::str::from_utf8(bytes.reveal()).map_err(|_| VaultRefusal::Refused)?;
    Ok(Secret::new(text.to_owned()))
}

fn remove(item: &str) -> Result<bool, Error> {
    match Entry::new(SERVICE, item)?.delete_credential() {
        Ok(()) => Ok(true),
        Err(Error::NoEntry) => prove_unlocked().map(|()| false),
        Err(error) => Err(error),
    }
}

/// A locked Secret Service may say that there is no such item. Only one that is unlocked takes a new one.
fn prove_unlocked() -> Result<(), Error> {
    if cfg!(any(windows, target_os = "macos")) {
        // These tell the two apart.
        return Ok(());
    }
    let probe = Entry::new(SERVICE, PROBE)?;
    probe.set_secret(PROBE.as_bytes())?;
    if let Err(error) = probe.delete_credential() {
        tracing::debug!(%error, "the keyring's probe stays");
    }
    Ok(())
}
