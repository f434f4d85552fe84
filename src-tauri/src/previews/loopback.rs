//! Films and sounds over HTTP on 127.0.0.1, on Linux alone: WebKitGTK hands what is played to GStreamer, which reads no
//! scheme of ours (<https://bugs.webkit.org/show_bug.cgi?id=146351>). The port is the system's choice, and the path
//! holds a secret of this run and the name of a file that the window looks at; whoever does not know both gets nothing.

use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::TryStreamExt;
use guestpass_core::app::App;
use guestpass_core::{Error, Kind, Result};
use http_body_util::combinators::UnsyncBoxBody;
use http_body_util::{BodyExt, Empty, StreamBody};
use hyper::body::{Frame, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use tauri::http::header::{CONNECTION, HOST, RANGE};
use tauri::http::{HeaderValue, Method, Request, Response, StatusCode};
use tokio::net::TcpListener;
use tokio::sync::{OnceCell, Semaphore};

use super::Previews;
use super::played::Played;
use super::stream::{Wanted, head};

/// Connections at a time: a player has a few.
const CONNECTIONS: usize = 32;

/// A client that does not finish its request headers in this time is let go.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);

type Answer = Response<UnsyncBoxBody<Bytes, io::Error>>;

/// The server. Its port is taken before there is a window, which may play from no other; it answers from the first film
/// on.
pub(super) struct Loopback {
    port: Option<std::net::TcpListener>,
    secret: OnceCell<String>,
}

impl Loopback {
    /// Takes a port.
    pub(super) fn bind() -> Self {
        let port = std::net::TcpListener::bind(("127.0.0.1", 0));
        if let Err(e) = &port {
            tracing::warn!("nothing can be played: {e}");
        }
        Self { port: port.ok(), secret: OnceCell::new() }
    }

    /// What the window may play from.
    pub(super) fn origin(&self) -> Option<String> {
        Some(format!("http://{}", self.port.as_ref()?.local_addr().ok()?))
    }

    /// Where a player finds a file that is looked at.
    pub(super) async fn url(&self, previews: &Previews, app: &App, id: &str) -> Result<String> {
        let secret =
            self.secret.get_or_try_init(|| async { self.listen(previews.clone(), app.clone()) }).await?;
        Ok(format!("{}/{secret}/{id}", self.origin().ok_or(Kind::Internal)?))
    }

    fn listen(&self, previews: Previews, app: App) -> Result<String> {
        let port = self.port.as_ref().ok_or(Kind::Internal)?;
        let (listener, host) = listening(port).map_err(|e| Error::from(Kind::Internal).with_source(e))?;
        let secret = guestpass_core::unguessable()?;
        tokio::spawn(serve(listener, Arc::new(Door { previews, app, host, secret: secret.clone() })));
        Ok(secret)
    }
}

fn listening(port: &std::net::TcpListener) -> io::Result<(TcpListener, String)> {
    let port = port.try_clone()?;
    port.set_nonblocking(true)?;
    let host = port.local_addr()?.to_string();
    Ok((TcpListener::from_std(port)?, host))
}

async fn serve(listener: TcpListener, door: Arc<Door>) {
    let turns = Arc::new(Semaphore::new(CONNECTIONS));
    loop {
        let Ok(turn) = turns.clone().acquire_owned().await else { return };
        let Ok((stream, _)) = listener.accept().await else {
            // Too many files are open, as a rule; that passes.
            tokio::time::sleep(Duration::from_millis(100)).await;
            continue;
        };
        let door = door.clone();
        tokio::spawn(async move {
            let service = service_fn(|request| {
                let door = door.clone();
                async move { Ok::<_, Infallible>(door.answer(request).await) }
            });
            let mut server = http1::Builder::new();
            server.timer(TokioTimer::new()).header_read_timeout(HEADERS_WITHIN);
            // A player that has enough goes away in the middle of an answer.
            let _ = server.serve_connection(TokioIo::new(stream), service).await;
            drop(turn);
        });
    }
}

/// Who may come in.
struct Door {
    previews: Previews,
    app: App,
    host: String,
    secret: String,
}

impl Door {
    async fn answer(&self, request: Request<Incoming>) -> Answer {
        // Another name that leads here is a page of somebody else's.
        let is_here = request.headers().get(HOST).is_some_and(|host| host.as_bytes() == self.host.as_bytes());
        let mut path = request.uri().path().strip_prefix('/').unwrap_or_default().split('/');
        let (secret, id, rest) = (path.next(), path.next(), path.next());
        if !is_here || secret != Some(self.secret.as_str()) || rest.is_some() {
            return bare(StatusCode::NOT_FOUND);
        }
        let Some(shown) = id.and_then(|id| self.previews.played(id)) else {
            return bare(StatusCode::NOT_FOUND);
        };
        let wanted = Wanted::of(request.headers().get(RANGE), shown.size);
        let answer = head(&shown, &wanted);
        let body = match *request.method() {
            Method::GET if wanted != Wanted::Nothing => {
                match Played::open(&self.app, &shown, wanted.range()).await {
                    Ok(played) => StreamBody::new(played.paced().map_ok(Frame::data)).boxed_unsync(),
                    Err(status) => return bare(status),
                }
            }
            Method::GET | Method::HEAD => nothing(),
            _ => return bare(StatusCode::METHOD_NOT_ALLOWED),
        };
        // An ETag that is no header's value is the server's mistake.
        answer.body(body).unwrap_or_else(|_| bare(StatusCode::BAD_GATEWAY))
    }
}

/// Nothing, and no more on this connection: who does not know the way is not to hold a turn.
fn bare(status: StatusCode) -> Answer {
    let mut answer = Response::new(nothing());
    *answer.status_mut() = status;
    answer.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    answer
}

fn nothing() -> UnsyncBoxBody<Bytes, io::Error> {
    Empty::new().map_err(|never| match never {}).boxed_unsync()
}
