//! The running server: its address, its keys, its end.

use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;

use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use s3s::auth::SimpleAuth;
use s3s::config::{S3Config, StaticConfigProvider};
use s3s::service::{S3Service, S3ServiceBuilder};
use tokio::net::TcpListener;
use tokio_util::sync::{CancellationToken, DropGuard};
use zeroize::Zeroizing;

use crate::PracticeError;
use crate::gate::{Gate, SignedOnly};
use crate::ops::PracticeStore;
use crate::samples;
use crate::storage::Storage;

/// The only region there is. Clients that name another are refused, as AWS refuses them.
const REGION: &str = "us-east-1";

/// A client that does not finish its request headers in this time is let go.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);

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

/// A running server. Dropping it stops it.
pub struct Practice {
    endpoint: String,
    access_key_id: String,
    secret_access_key: Zeroizing<String>,
    session_token: Option<String>,
    _stop: DropGuard,
}

impl Practice {
    /// Opens the folder, seeds it if it is new, and listens.
    ///
    /// # Errors
    /// The folder or its index cannot be used, or no port is free.
    pub async fn start(options: Options) -> Result<Self, PracticeError> {
        let storage = Storage::open(options.root).await?;
        if options.seed && storage.is_new() {
            samples::seed(&storage).await?;
        }
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        let address = listener.local_addr()?;
        let access_key_id = format!("PRACTICE{}", random_hex(6)?.to_uppercase());
        let secret_access_key = Zeroizing::new(random_hex(20)?);

        let mut service = S3ServiceBuilder::new(PracticeStore::new(storage, REGION));
        service.set_auth(SimpleAuth::from_single(access_key_id.clone(), secret_access_key.as_str()));
        service.set_access(SignedOnly { region: REGION, has_token: options.session_token.is_some() });
        let mut config = S3Config::default();
        // A POST policy may be as old as its own expiration allows; the gate keeps the 15 minutes for the rest.
        config.presigned_url_max_skew_time_secs = 7 * 24 * 60 * 60;
        service.set_config(Arc::new(StaticConfigProvider::new(Arc::new(config))));
        let gate = Gate::new(service.build(), address, REGION, options.session_token.clone());

        let stop = CancellationToken::new();
        tokio::spawn(serve(listener, gate, stop.clone()));
        Ok(Self {
            endpoint: format!("http://{address}"),
            access_key_id,
            secret_access_key,
            session_token: options.session_token,
            _stop: stop.drop_guard(),
        })
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

async fn serve(listener: TcpListener, gate: Gate<S3Service>, stop: CancellationToken) {
    loop {
        let accepted = tokio::select! {
            accepted = listener.accept() => accepted,
            () = stop.cancelled() => return,
        };
        let Ok((stream, _)) = accepted else {
            // Out of file descriptors, say: others may end meanwhile.
            tokio::task::yield_now().await;
            continue;
        };
        let (gate, stop) = (gate.clone(), stop.clone());
        tokio::spawn(async move {
            let mut http = http1::Builder::new();
            http.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN).max_buf_size(64 * 1024);
            let connection = http.serve_connection(TokioIo::new(stream), gate);
            // A client that breaks off is its own affair.
            let _ = stop.run_until_cancelled(connection).await;
        });
    }
}

fn random_hex(bytes: usize) -> Result<String, PracticeError> {
    let mut random = Zeroizing::new(vec![0; bytes]);
    getrandom::fill(&mut random).map_err(|_| PracticeError::Random)?;
    Ok(hex::encode(&*random))
}
