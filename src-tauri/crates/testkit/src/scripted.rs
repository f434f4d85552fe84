//! A server on 127.0.0.1 that answers by a script: recorded refusals, and what no decent server would send.
//!
//! It knows nothing of S3: it checks no signature and keeps no object. It tells what it was asked, and how much
//! of an answer was taken.
//!
//! ```no_run
//! # async fn example() {
//! use guestpass_testkit::scripted::{Answer, Scripted};
//!
//! let server = Scripted::start(|asked| match asked.uri.path() {
//!     "/" => Answer::document("<ListAllMyBucketsResult/>"),
//!     _ => Answer::xml(403, "AccessDenied", "Access Denied"),
//! })
//! .await;
//! // … point a client at server.endpoint() …
//! assert_eq!(server.requests().len(), 1);
//! # }
//! ```

mod answer;
mod body;

use std::future::pending;
use std::io;
use std::sync::{Arc, Mutex, PoisonError};

pub use answer::Answer;
use answer::Manner;
use body::ScriptedBody;
use http::request::Parts;
use http_body_util::BodyExt;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio_util::task::AbortOnDropHandle;

type Script = dyn Fn(&Parts) -> Answer + Send + Sync;

/// A running server. It ends when it is dropped, in the middle of whatever it is sending.
#[derive(Debug)]
pub struct Scripted {
    endpoint: String,
    told: Told,
    _serving: AbortOnDropHandle<()>,
}

impl Scripted {
    /// Listens on a free port and answers each request as `script` says, from several tasks at a time. The
    /// request's body is read to its end first.
    pub async fn start(script: impl Fn(&Parts) -> Answer + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let told = Told::default();
        let serving = tokio::spawn(serve(listener, Arc::new(script), told.clone()));
        Self { endpoint, told, _serving: AbortOnDropHandle::new(serving) }
    }

    /// Where it listens, such as `http://127.0.0.1:54321`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// What it was asked so far, in this order: method, path and query, headers.
    pub fn requests(&self) -> Vec<Parts> {
        self.told.requests.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// Waits until a client has hung up in the middle of an answer's body. Returns how many bytes of that body had
    /// gone out by then, what lies in the buffers of the system among them: they can be megabytes.
    pub async fn broken_off(&self) -> u64 {
        let mut broken_off = self.told.broken_off.subscribe();
        // The sender lives as long as `self`.
        broken_off.wait_for(Option::is_some).await.unwrap().unwrap_or_default()
    }
}

/// What the connections have to tell.
#[derive(Clone, Debug, Default)]
struct Told {
    requests: Arc<Mutex<Vec<Parts>>>,
    /// The bytes of the last body that a client did not take to its end.
    broken_off: Arc<watch::Sender<Option<u64>>>,
}

async fn serve(listener: TcpListener, script: Arc<Script>, told: Told) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(converse(stream, script.clone(), told.clone()));
        while connections.try_join_next().is_some() {}
    }
}

async fn converse(stream: TcpStream, script: Arc<Script>, told: Told) {
    let service = service_fn(|request| answer(request, script.clone(), told.clone()));
    let mut connection = http1::Builder::new().serve_connection(TokioIo::new(stream), service);
    let ended = (&mut connection).await;
    if ended.is_err_and(|error| error.is_user()) {
        // Without lingering, closing sends a reset.
        let _ = connection.into_parts().io.into_inner().set_zero_linger();
    }
}

async fn answer(
    request: Request<Incoming>,
    script: Arc<Script>,
    told: Told,
) -> io::Result<Response<ScriptedBody>> {
    let (asked, mut sent) = request.into_parts();
    while let Some(Ok(_)) = sent.frame().await {}
    told.requests.lock().unwrap_or_else(PoisonError::into_inner).push(asked.clone());
    let answer = script(&asked);
    tokio::time::sleep(answer.after).await;
    match answer.manner {
        Manner::Silent => pending().await,
        Manner::Reset => Err(io::ErrorKind::ConnectionReset.into()),
        Manner::Speaking(body) => {
            let mut response = Response::new(ScriptedBody::new(body, told.broken_off));
            (*response.status_mut(), *response.headers_mut()) = (answer.status, answer.headers);
            Ok(response)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    /// Sends a request by hand and reads until the connection ends.
    async fn ask(server: &Scripted, request: &str) -> io::Result<String> {
        let mut stream = TcpStream::connect(server.endpoint().trim_start_matches("http://")).await?;
        stream.write_all(request.as_bytes()).await?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer).await?;
        Ok(answer)
    }

    #[tokio::test]
    async fn it_answers_by_the_script_and_tells_what_it_was_asked() {
        let server = Scripted::start(|asked| match asked.uri.path() {
            "/reset" => Answer::reset(),
            _ => Answer::xml(404, "NoSuchKey", "gone"),
        })
        .await;
        let request = "PUT /a%2Fb?x=1 HTTP/1.1\r\nhost: x\r\nconnection: close\r\ncontent-length: 2\r\n\r\nhi";
        let answer = ask(&server, request).await.unwrap();
        assert!(answer.starts_with("HTTP/1.1 404 Not Found\r\ncontent-type: application/xml\r\n"), "{answer}");
        assert!(answer.ends_with("<Error><Code>NoSuchKey</Code><Message>gone</Message></Error>"), "{answer}");
        let reset = ask(&server, "GET /reset HTTP/1.1\r\nhost: x\r\n\r\n").await.unwrap_err();
        assert_eq!(reset.kind(), io::ErrorKind::ConnectionReset);
        let asked = server.requests();
        assert_eq!((asked[0].method.as_str(), asked[0].uri.to_string().as_str()), ("PUT", "/a%2Fb?x=1"));
        assert_eq!(asked[0].headers["content-length"], "2");
        assert_eq!(asked.len(), 2);
    }
}
