//! Films and sounds over HTTP on 127.0.0.1, on Linux alone: WebKitGTK hands what is played to GStreamer, which reads no
//! scheme of ours (<https://bugs.webkit.org/show_bug.cgi?id=146351>). The port is the system's choice, and the path
//! holds a secret of this run and the name of a file that the window looks at; whoever does not know both gets nothing.

use std::convert::Infallible;
use std::net::SocketAddr;
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
use tauri::http::header::{HOST, RANGE};
use tauri::http::{Method, Request, Response, StatusCode};
use tokio::net::TcpListener;
use tokio::sync::{OnceCell, Semaphore};

use super::Previews;
use super::stream::{Wanted, head, open, paced, status_of};

/// Connections at a time: a player has a few.
const CONNECTIONS: usize = 32;

/// A client that does not finish its request headers in this time is let go.
const HEADERS_WITHIN: Duration = Duration::from_secs(10);

type Answer = Response<UnsyncBoxBody<Bytes, Error>>;

/// The server; it listens from the first film on.
#[derive(Default)]
pub(super) struct Loopback(OnceCell<Here>);

/// Where it listens.
struct Here {
    address: SocketAddr,
    secret: String,
}

impl Loopback {
    /// Where a player finds a file that is looked at.
    pub(super) async fn url(&self, previews: &Previews, app: &App, id: &str) -> Result<String> {
        let here = self.0.get_or_try_init(|| listen(previews.clone(), app.clone())).await?;
        Ok(format!("http://{}/{}/{id}", here.address, here.secret))
    }
}

async fn listen(previews: Previews, app: App) -> Result<Here> {
    let unavailable = |e: std::io::Error| Error::from(Kind::Internal).with_source(e);
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.map_err(unavailable)?;
    let address = listener.local_addr().map_err(unavailable)?;
    let secret = guestpass_core::unguessable()?;
    let door = Arc::new(Door { previews, app, host: address.to_string(), secret: secret.clone() });
    tokio::spawn(serve(listener, door));
    Ok(Here { address, secret })
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
            Method::GET if wanted != Wanted::Nothing => match open(&self.app, &shown, wanted.range()).await {
                Ok(body) => StreamBody::new(paced(body, shown).map_ok(Frame::data)).boxed_unsync(),
                Err(refused) => return bare(status_of(refused.kind())),
            },
            Method::GET | Method::HEAD => nothing(),
            _ => return bare(StatusCode::METHOD_NOT_ALLOWED),
        };
        // An ETag that is no header's value is the server's mistake.
        answer.body(body).unwrap_or_else(|_| bare(StatusCode::BAD_GATEWAY))
    }
}

fn bare(status: StatusCode) -> Answer {
    let mut answer = Response::new(nothing());
    *answer.status_mut() = status;
    answer
}

fn nothing() -> UnsyncBoxBody<Bytes, Error> {
    Empty::new().map_err(|never| match never {}).boxed_unsync()
}
