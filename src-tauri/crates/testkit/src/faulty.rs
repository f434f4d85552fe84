//! A bad line: real TCP between a client and a server, on which requests go wrong as a script says.
//!
//! It changes nothing of what it passes on, the `Host` included, so that signatures stay good. Every answer goes out
//! whole or not at all, unless it is to be cut.

mod line;

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use bytes::Bytes;
use http::request::Parts;
use http::{HeaderValue, StatusCode, header};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use line::{Answer, Metered};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::task::AbortOnDropHandle;

/// What goes wrong with a request. Bytes are counted in its body.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// It never reaches the server; somebody on the way answers with this status and S3 code.
    Refuse {
        /// Such as 503.
        status: u16,
        /// Such as `SlowDown`.
        code: &'static str,
        /// Whether the answer comes before the body was read.
        is_early: bool,
    },
    /// It never reaches the server; the connection is reset after so many bytes.
    Reset(u64),
    /// It never reaches the server; after so many bytes nothing moves any more.
    Stall(u64),
    /// So many bytes of it reach the server, and then the end of the connection.
    Truncate(u64),
    /// So many bytes a second.
    Throttle(u64),
    /// The server is so far away.
    Late(Duration),
    /// The server carries it out; the connection is reset instead of an answer.
    LoseAnswer,
    /// The server carries it out; its answer breaks off in the middle.
    CutAnswer,
    /// The server carries it out; its answer never comes.
    StallAnswer,
}

type Script = dyn Fn(&Parts) -> Option<Fault> + Send + Sync;

/// A line to one server. It ends when it is dropped, with all that is on it.
#[derive(Debug)]
pub struct FaultyLine {
    endpoint: String,
    told: Told,
    _passing: AbortOnDropHandle<()>,
}

/// A request that came to its end, as far as the line could see.
#[derive(Clone, Debug)]
pub struct Passed {
    /// Method, path and query, headers.
    pub asked: Parts,
    /// What the server answered, whether or not that reached the client; `None` where it was not asked, or said nothing.
    pub status: Option<StatusCode>,
}

impl FaultyLine {
    /// Listens on a free port for a client of the server at this address. `script` is asked about each request.
    pub async fn start(
        server: SocketAddr,
        script: impl Fn(&Parts) -> Option<Fault> + Send + Sync + 'static,
    ) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let told = Told::default();
        let passing = tokio::spawn(pass_all(listener, server, Arc::new(script), told.clone()));
        Self { endpoint, told, _passing: AbortOnDropHandle::new(passing) }
    }

    /// Where it listens, such as `http://127.0.0.1:54321`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// What has come to its end so far, in this order.
    pub fn passed(&self) -> Vec<Passed> {
        self.told.passed.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Changes whenever bytes of bodies have gone on to the server: their number.
    pub fn bytes(&self) -> watch::Receiver<u64> {
        self.told.bytes.subscribe()
    }

    /// How many requests are on the line.
    pub fn under_way(&self) -> watch::Receiver<u32> {
        self.told.under_way.subscribe()
    }

    /// Waits until nothing is on the line.
    pub async fn quiet(&self) {
        // The sender lives as long as `self`.
        self.told.under_way.subscribe().wait_for(|count| *count == 0).await.unwrap();
    }
}

/// What the connections have to tell.
#[derive(Clone, Debug, Default)]
struct Told {
    passed: Arc<Mutex<Vec<Passed>>>,
    bytes: Arc<watch::Sender<u64>>,
    under_way: Arc<watch::Sender<u32>>,
}

/// Counts one request as under way as long as it lives.
struct UnderWay(Arc<watch::Sender<u32>>);

impl UnderWay {
    fn new(told: &Told) -> Self {
        told.under_way.send_modify(|count| *count += 1);
        Self(told.under_way.clone())
    }
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

async fn pass_all(listener: TcpListener, server: SocketAddr, script: Arc<Script>, told: Told) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let (script, told) = (script.clone(), told.clone());
        connections.spawn(async move {
            let service = service_fn(|request| pass(request, server, script.clone(), told.clone()));
            let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
            let ended = (&mut connection).await;
            if ended.is_err_and(|error| error.is_user()) {
                // Without lingering, closing sends a reset.
                let _ = connection.into_parts().io.into_inner().set_zero_linger();
            }
        });
        while connections.try_join_next().is_some() {}
    }
}

async fn pass(
    request: Request<Incoming>,
    server: SocketAddr,
    script: Arc<Script>,
    told: Told,
) -> io::Result<Response<Answer>> {
    let _under_way = UnderWay::new(&told);
    let (asked, body) = request.into_parts();
    let fault = script(&asked);
    let mut body = Metered::new(body, fault, told.bytes.clone());
    let seen = asked.clone();
    let note = |status| {
        let passed = Passed { asked: seen, status };
        told.passed.lock().unwrap_or_else(PoisonError::into_inner).push(passed);
    };
    match fault {
        Some(Fault::Refuse { status, code, is_early }) => {
            if !is_early {
                body.drain(u64::MAX).await;
            }
            note(None);
            return Ok(refusal(status, code));
        }
        Some(Fault::Reset(after)) => {
            body.drain(after).await;
            note(None);
            return Err(io::ErrorKind::ConnectionReset.into());
        }
        Some(Fault::Stall(after)) => {
            body.drain(after).await;
            note(None);
            return std::future::pending().await;
        }
        _ => {}
    }
    if let Some(Fault::Late(pause)) = fault {
        tokio::time::sleep(pause).await;
    }
    let answer = forward(asked, body, server).await;
    note(answer.as_ref().ok().map(Response::status));
    let answer = answer?;
    match fault {
        Some(Fault::LoseAnswer) => Err(io::ErrorKind::ConnectionReset.into()),
        Some(Fault::StallAnswer) => std::future::pending().await,
        Some(Fault::CutAnswer) if answer.body().is_empty() => Err(io::ErrorKind::ConnectionReset.into()),
        Some(Fault::CutAnswer) => Ok(answer.map(Answer::cut)),
        _ => Ok(answer.map(Answer::whole)),
    }
}

/// Lets the server answer, and takes all of its answer.
async fn forward(asked: Parts, body: Metered, server: SocketAddr) -> io::Result<Response<Bytes>> {
    let stream = TcpStream::connect(server).await?;
    let handshake = hyper::client::conn::http1::handshake(TokioIo::new(stream)).await;
    let (mut sender, connection) = handshake.map_err(io::Error::other)?;
    let _talking = AbortOnDropHandle::new(tokio::spawn(connection));
    let answer = sender.send_request(Request::from_parts(asked, body)).await.map_err(io::Error::other)?;
    let (head, body) = answer.into_parts();
    let body = body.collect().await.map_err(io::Error::other)?;
    Ok(Response::from_parts(head, body.to_bytes()))
}

fn refusal(status: u16, code: &str) -> Response<Answer> {
    let xml = format!("<Error><Code>{code}</Code><Message>on a bad line</Message></Error>");
    let mut answer = Response::new(Answer::whole(xml.into()));
    *answer.status_mut() = StatusCode::from_u16(status).unwrap();
    answer.headers_mut().insert(header::CONTENT_TYPE, HeaderValue::from_static("application/xml"));
    answer
}
