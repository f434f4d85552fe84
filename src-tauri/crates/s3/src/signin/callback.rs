//! The listener on this computer from which the browser sets out, and to which it comes back, each once.
//!
//! Every program and every web page of this computer can reach it, so it believes only who knows the random state, and
//! goes on waiting for whoever does. It says nothing that was said to it.

use std::convert::Infallible;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use guestpass_core::{Result, Secret};
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::header::{CACHE_CONTROL, CONNECTION, CONTENT_SECURITY_POLICY, CONTENT_TYPE, HOST, HeaderValue};
use hyper::header::{LOCATION, REFERRER_POLICY, X_CONTENT_TYPE_OPTIONS};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Method, Request, Response, StatusCode};
use hyper_util::rt::{TokioIo, TokioTimer};
use sha2::{Digest, Sha256};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::oneshot;
use tokio::task::JoinSet;
use tokio_util::task::AbortOnDropHandle;
use url::form_urlencoded;

use super::internal;

const PATH: &str = "/oauth/callback";

/// How many may talk to it at a time: browsers open some connections in advance.
const CONNECTIONS: usize = 32;

/// How long one may take to say what it wants.
const ASKING: Duration = Duration::from_secs(10);

/// How long the last page may take on its way.
const LEAVING: Duration = Duration::from_secs(2);

/// What the pages may do: nothing but look.
const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; \
                      form-action 'none'; frame-ancestors 'none'";

/// Listens until it is dropped.
pub(super) struct Callback {
    address: String,
    desk: Arc<Desk>,
    arrival: oneshot::Receiver<Arrival>,
    _listening: AbortOnDropHandle<()>,
}

/// The browser is back.
pub(super) struct Arrival {
    pub(super) outcome: Outcome,
    pub(super) browser: Browser,
}

/// What it brings.
pub(super) enum Outcome {
    /// A code for a token.
    Code(Secret<String>),
    /// Somebody said no.
    Denied,
    /// Another error, by its code.
    Failed(String),
}

/// Waits for its page.
pub(super) struct Browser {
    page: oneshot::Sender<String>,
    gone: oneshot::Receiver<()>,
}

impl Browser {
    /// Shows it a page, and returns when that is on its way.
    pub(super) async fn show(self, page: &str) {
        if self.page.send(page.to_owned()).is_ok() {
            // Whoever does not fetch it does not hold up the sign-in.
            let _ = tokio::time::timeout(LEAVING, self.gone).await;
        }
    }
}

/// What is answered to whoever brings nothing.
enum Told {
    Elsewhere(Secret<String>),
    Nothing(StatusCode),
}

/// What the connections share.
struct Desk {
    host: String,
    state: Secret<String>,
    start: Mutex<Option<Start>>,
    arrival: Mutex<Option<oneshot::Sender<Arrival>>>,
}

/// Where the browser sets out.
struct Start {
    path: Secret<String>,
    /// The page of the organisation.
    page: Secret<String>,
}

impl Callback {
    /// Listens on a free port, for whoever knows this state.
    pub(super) async fn listen(state: Secret<String>) -> Result<Self> {
        let unusable = |e| internal("no port to listen on").with_source(e);
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(unusable)?;
        let host = listener.local_addr().map_err(unusable)?.to_string();
        let (sender, arrival) = oneshot::channel();
        let address = format!("http://{host}{PATH}");
        let desk = Arc::new(Desk { host, state, start: Mutex::default(), arrival: Mutex::new(Some(sender)) });
        let listening = AbortOnDropHandle::new(tokio::spawn(listen(listener, desk.clone())));
        Ok(Self { address, desk, arrival, _listening: listening })
    }

    /// An address of this computer that leads to this page, once. A browser is opened by a program whose arguments
    /// every user of the computer can read, and the page's own address holds the state: whoever has that could come
    /// back in the person's place.
    pub(super) fn lead_to(&self, page: Secret<String>, name: &Secret<String>) -> Secret<String> {
        let path = Secret::new(format!("/start/{}", name.reveal()));
        let address = Secret::new(format!("http://{}{}", self.desk.host, path.reveal()));
        *self.desk.start.lock().unwrap_or_else(PoisonError::into_inner) = Some(Start { path, page });
        address
    }

    /// Where it listens, for the browser.
    pub(super) fn address(&self) -> &str {
        &self.address
    }

    /// Waits for the browser.
    pub(super) async fn arrival(&mut self) -> Result<Arrival> {
        (&mut self.arrival).await.map_err(|e| internal("nobody listens any more").with_source(e))
    }
}

async fn listen(listener: TcpListener, desk: Arc<Desk>) {
    let mut connections = JoinSet::new();
    loop {
        let Ok((stream, _)) = listener.accept().await else {
            // Such as too many open files, which passes.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        connections.spawn(converse(stream, desk.clone()));
        while connections.try_join_next().is_some() {}
        while connections.len() >= CONNECTIONS {
            connections.join_next().await;
        }
    }
}

async fn converse(stream: TcpStream, desk: Arc<Desk>) {
    // Dropped when the connection has ended.
    let (_here, gone) = oneshot::channel();
    let gone = Mutex::new(Some(gone));
    let service = service_fn(|request| {
        let outcome = match desk.lead(&request) {
            Some(page) => Err(Told::Elsewhere(page)),
            None => desk.read(&request).map_err(Told::Nothing),
        };
        let gone = gone.lock().unwrap_or_else(PoisonError::into_inner).take();
        answer(desk.clone(), outcome, gone)
    });
    let mut server = http1::Builder::new();
    server.timer(TokioTimer::new()).header_read_timeout(ASKING).keep_alive(false);
    // Who hangs up has nothing more to say.
    let _ = server.serve_connection(TokioIo::new(stream), service).await;
}

impl Desk {
    /// Compared by their hashes, so that the time it takes tells nothing of how much was right.
    fn is_ours(&self, state: &Secret<String>) -> bool {
        Sha256::digest(state.reveal()) == Sha256::digest(self.state.reveal())
    }

    /// The page to which this request is led, if it is the first that asks for that.
    fn lead(&self, request: &Request<Incoming>) -> Option<Secret<String>> {
        let mut start = self.start.lock().unwrap_or_else(PoisonError::into_inner);
        let is_it = start.as_ref().is_some_and(|start| *start.path.reveal() == request.uri().path());
        let may_lead = is_it && request.method() == Method::GET && self.is_for_us(request);
        if may_lead { start.take().map(|start| start.page) } else { None }
    }

    /// Under another name a page elsewhere would read the answer (DNS rebinding).
    fn is_for_us(&self, request: &Request<Incoming>) -> bool {
        request.headers().get(HOST).is_some_and(|host| host.as_bytes() == self.host.as_bytes())
    }

    /// What a request brings, or why it brings nothing.
    fn read(&self, request: &Request<Incoming>) -> Result<Outcome, StatusCode> {
        if request.method() != Method::GET || request.uri().path() != PATH {
            return Err(StatusCode::NOT_FOUND);
        }
        let query = request.uri().query().unwrap_or_default();
        let value = |name: &str| {
            let mut values = form_urlencoded::parse(query.as_bytes()).filter(|(key, _)| key == name);
            values.next().map(|(_, value)| value.into_owned())
        };
        let state = value("state").map(Secret::new);
        if !self.is_for_us(request) || state.is_none_or(|state| !self.is_ours(&state)) {
            return Err(StatusCode::BAD_REQUEST);
        }
        match (value("error"), value("code")) {
            (Some(error), _) if error == "access_denied" => Ok(Outcome::Denied),
            (Some(error), _) => Ok(Outcome::Failed(known_letters(&error))),
            (None, Some(code)) => Ok(Outcome::Code(Secret::new(code))),
            (None, None) => Err(StatusCode::BAD_REQUEST),
        }
    }
}

/// An error code, and nothing that is none (RFC 6749, section 4.1.2.1).
fn known_letters(error: &str) -> String {
    error.chars().filter(|char| char.is_ascii_alphanumeric() || "_-".contains(*char)).take(64).collect()
}

async fn answer(
    desk: Arc<Desk>,
    outcome: Result<Outcome, Told>,
    gone: Option<oneshot::Receiver<()>>,
) -> Result<Response<Full<Bytes>>, Infallible> {
    let (outcome, gone) = match (outcome, gone) {
        (Ok(outcome), Some(gone)) => (outcome, gone),
        (Ok(_), None) => return Ok(page(StatusCode::BAD_REQUEST, String::new())),
        (Err(Told::Nothing(status)), _) => return Ok(page(status, String::new())),
        (Err(Told::Elsewhere(address)), _) => return Ok(led_to(&address)),
    };
    let (sender, shown) = oneshot::channel();
    let arrival = Arrival { outcome, browser: Browser { page: sender, gone } };
    let first = desk.arrival.lock().unwrap_or_else(PoisonError::into_inner).take();
    let told = first.and_then(|first| first.send(arrival).ok());
    match (told, shown.await) {
        (Some(()), Ok(html)) => Ok(page(StatusCode::OK, html)),
        // Somebody was here before.
        _ => Ok(page(StatusCode::BAD_REQUEST, String::new())),
    }
}

fn led_to(address: &Secret<String>) -> Response<Full<Bytes>> {
    let Ok(address) = HeaderValue::from_str(address.reveal()) else {
        return page(StatusCode::BAD_REQUEST, String::new());
    };
    let mut answer = page(StatusCode::SEE_OTHER, String::new());
    answer.headers_mut().insert(LOCATION, address);
    answer
}

fn page(status: StatusCode, html: String) -> Response<Full<Bytes>> {
    let mut page = Response::new(Full::new(Bytes::from(html)));
    *page.status_mut() = status;
    for (name, value) in [
        (CONTENT_TYPE, "text/html; charset=utf-8"),
        (CONTENT_SECURITY_POLICY, POLICY),
        (CACHE_CONTROL, "no-store"),
        (REFERRER_POLICY, "no-referrer"),
        (X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (CONNECTION, "close"),
    ] {
        page.headers_mut().insert(name, HeaderValue::from_static(value));
    }
    page
}
