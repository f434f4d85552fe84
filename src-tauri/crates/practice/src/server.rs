//! The running server: its address, its keys, its end. Who may pass is the gate's to say.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use s3s::auth::SimpleAuth;
use s3s::service::{S3Service, S3ServiceBuilder};
use tokio::net::TcpListener;
use tokio::sync::Semaphore;
use tokio::task::JoinHandle;
use tokio_util::sync::{CancellationToken, DropGuard};
use zeroize::Zeroizing;

use crate::PracticeError;
use crate::form::{Forms, Signers};
use crate::gate::Gate;
use crate::ops::PracticeStore;
use crate::samples;
use crate::storage::Storage;

/// The only region there is. Clients that name another are refused, as AWS refuses them.
const REGION: &str = "us-east-1";

/// A client that does not finish its request headers in this time is let go.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);

/// Longest request line and headers together, in bytes: what AWS takes, several times over.
const MAX_HEADERS: usize = 64 * 1024;

/// Connections at a time, well below what a process may have open on any system.
const MAX_CONNECTIONS: usize = 200;

/// How long requests under way may take when the server stops.
const FINISH_WITHIN: Duration = Duration::from_secs(5);

/// How the practice bucket is started.
#[derive(Clone, Debug, Default)]
pub struct Options {
    /// The folder that holds everything; created if it is not there.
    pub root: PathBuf,
    /// Whether a new folder gets the sample files.
    pub seed: bool,
    /// For tests: a session token that every request must then carry.
    pub session_token: Option<String>,
}

/// A running server. Dropping it stops it, with whatever it is doing; [`Practice::stop`] lets it finish.
pub struct Practice {
    endpoint: String,
    access_key_id: String,
    secret_access_key: Zeroizing<String>,
    session_token: Option<String>,
    closing: CancellationToken,
    serving: JoinHandle<()>,
    _stop: DropGuard,
}

impl Practice {
    /// Opens the folder, seeds it if it is new, and listens.
    ///
    /// # Errors
    /// The folder or its index cannot be used, or no port is free.
    ///
    /// # Cancellation
    /// A start that is given up leaves a folder that is as new as before, or whole.
    pub async fn start(options: Options) -> Result<Self, PracticeError> {
        let storage = Storage::open(options.root).await?;
        if options.seed && storage.is_new().await? {
            samples::seed(&storage).await?;
        }
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let signers = Signers {
            access_key_id: format!("PRACTICE{}", random_hex(6)?.to_uppercase()),
            secret_access_key: Zeroizing::new(random_hex(20)?),
            session_token: options.session_token.clone(),
            region: REGION,
        };
        let (access_key_id, secret_access_key) =
            (signers.access_key_id.clone(), signers.secret_access_key.clone());

        let mut service = S3ServiceBuilder::new(PracticeStore::new(storage.clone(), REGION));
        service.set_auth(SimpleAuth::from_single(access_key_id.clone(), secret_access_key.as_str()));
        let forms = Forms::new(storage.clone(), signers);
        let gate = Gate::new(service.build(), forms, address, REGION, options.session_token.clone());

        let (closing, stop) = (CancellationToken::new(), CancellationToken::new());
        let serving = tokio::spawn(serve(listener, gate, closing.clone(), stop.clone()));
        tokio::spawn(stop.clone().run_until_cancelled_owned(async move {
            if let Err(error) = storage.tidy().await {
                tracing::warn!("the practice folder was not tidied: {error}");
            }
        }));
        Ok(Self {
            endpoint: format!("http://{address}"),
            access_key_id,
            secret_access_key,
            session_token: options.session_token,
            closing,
            serving,
            _stop: stop.drop_guard(),
        })
    }

    /// Takes no more requests, lets those under way finish for a few seconds, and ends.
    ///
    /// # Cancellation
    /// Given up while it waits, it ends at once.
    pub async fn stop(mut self) {
        self.closing.cancel();
        // Whoever is not finished by now is broken off when `self` is dropped.
        let _ = tokio::time::timeout(FINISH_WITHIN, &mut self.serving).await;
    }

    /// Where it listens, such as `http://127.0.0.1:54321`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The region for which requests must be signed.
    pub fn region(&self) -> &str {
        REGION
    }

    /// The access key id of this run.
    pub fn access_key_id(&self) -> &str {
        &self.access_key_id
    }

    /// The secret access key of this run.
    pub fn secret_access_key(&self) -> &str {
        &self.secret_access_key
    }

    /// The session token, if it was started with one.
    pub fn session_token(&self) -> Option<&str> {
        self.session_token.as_deref()
    }
}

impl std::fmt::Debug for Practice {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Practice").field("endpoint", &self.endpoint).finish_non_exhaustive()
    }
}

/// Accepts connections until `closing`, then waits for their ends; `stop` breaks off everything.
async fn serve(
    listener: TcpListener,
    gate: Gate<S3Service>,
    closing: CancellationToken,
    stop: CancellationToken,
) {
    let graceful = GracefulShutdown::new();
    let places = Arc::new(Semaphore::new(MAX_CONNECTIONS));
    let accept = async {
        loop {
            // The semaphore is never closed.
            let Ok(place) = places.clone().acquire_owned().await else { return };
            let Ok((stream, _)) = listener.accept().await else {
                // Out of file descriptors, say: others may end meanwhile.
                tokio::time::sleep(Duration::from_millis(50)).await;
                continue;
            };
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN).max_buf_size(MAX_HEADERS);
            let connection = graceful.watch(http.serve_connection(TokioIo::new(stream), gate.clone()));
            // A client that breaks off is its own affair.
            let connection = stop.clone().run_until_cancelled_owned(connection);
            tokio::spawn(async move {
                let _ = connection.await;
                drop(place);
            });
        }
    };
    tokio::select! {
        () = accept => {}
        () = closing.cancelled() => {}
        () = stop.cancelled() => return,
    }
    drop(listener);
    stop.run_until_cancelled(graceful.shutdown()).await;
}

fn random_hex(bytes: usize) -> Result<String, PracticeError> {
    let mut random = Zeroizing::new(vec![0; bytes]);
    getrandom::fill(&mut random).map_err(|_| PracticeError::Random)?;
    Ok(hex::encode(&*random))
}
