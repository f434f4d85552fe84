//! An S3 server on 127.0.0.1 that does next to nothing: it swallows what is uploaded and counts it, so that a
//! measurement shows what the client costs.
//!
//! It checks no signature and keeps no byte; of an object it knows the size, because some clients look after an upload
//! what has become of it. It lists nothing, or as many keys as it is told ([`Catalogue`]). The program `sink` of this crate runs it by itself, for `cargo xtask bench`.

mod catalogue;
mod objects;

use std::io;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use bytes::Bytes;
pub use catalogue::Catalogue;
use http::HeaderMap;
use http::request::Parts;
use http_body_util::{BodyExt, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use objects::{Objects, document, is_listing};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinSet;
use tokio_util::task::AbortOnDropHandle;

/// The most that is read at a time, in bytes: large, so that reading costs little.
const READ: usize = 1024 * 1024;

type Taste = dyn Fn(&Parts, &[u8]) + Send + Sync;

/// What arrived.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Taken {
    /// Of files and their parts, in bytes, without what was wrapped around them on the way.
    pub bytes: u64,
    /// Objects that came to be.
    pub objects: u64,
    /// Requests of every kind.
    pub requests: u64,
}

/// A running server. It ends when it is dropped.
#[derive(Debug)]
pub struct Sink {
    endpoint: String,
    objects: Arc<Mutex<Objects>>,
    _serving: AbortOnDropHandle<()>,
}

impl Sink {
    /// Listens on a free port.
    pub async fn start() -> Self {
        Self::start_with(|_, _| ()).await
    }

    /// The same; `taste` gets every piece of every body before it is swallowed, those of one request in their order.
    pub async fn start_with(taste: impl Fn(&Parts, &[u8]) + Send + Sync + 'static) -> Self {
        Self::serving(Catalogue::default(), Arc::new(taste)).await
    }

    /// The same, with these keys in every bucket.
    pub async fn listing(catalogue: Catalogue) -> Self {
        Self::serving(catalogue, Arc::new(|_: &Parts, _: &[u8]| ())).await
    }

    async fn serving(catalogue: Catalogue, taste: Arc<Taste>) -> Self {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let endpoint = format!("http://{}", listener.local_addr().unwrap());
        let objects = Arc::default();
        let serving = tokio::spawn(serve(listener, Arc::clone(&objects), catalogue, taste));
        Self { endpoint, objects, _serving: AbortOnDropHandle::new(serving) }
    }

    /// Where it listens, such as `http://127.0.0.1:54321`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// What arrived since the last time. All objects are forgotten.
    pub fn reset(&self) -> Taken {
        std::mem::take(&mut *locked(&self.objects)).taken
    }
}

fn locked(objects: &Mutex<Objects>) -> MutexGuard<'_, Objects> {
    objects.lock().unwrap_or_else(PoisonError::into_inner)
}

async fn serve(listener: TcpListener, objects: Arc<Mutex<Objects>>, catalogue: Catalogue, taste: Arc<Taste>) {
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        connections.spawn(converse(stream, Arc::clone(&objects), catalogue, Arc::clone(&taste)));
        while connections.try_join_next().is_some() {}
    }
}

async fn converse(stream: TcpStream, objects: Arc<Mutex<Objects>>, catalogue: Catalogue, taste: Arc<Taste>) {
    // An answer that waits for another one to travel with would be measured as the client's.
    let _ = stream.set_nodelay(true);
    let service = service_fn(|request| answer(request, &objects, catalogue, &*taste));
    // A client that hangs up is none of our business: what was not read to its end is not counted.
    let _ = http1::Builder::new().max_buf_size(READ).serve_connection(TokioIo::new(stream), service).await;
}

async fn answer(
    request: Request<Incoming>,
    objects: &Mutex<Objects>,
    catalogue: Catalogue,
    taste: &Taste,
) -> io::Result<Response<Full<Bytes>>> {
    let (asked, mut body) = request.into_parts();
    let mut received = 0;
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(io::Error::other)?;
        if let Some(piece) = frame.data_ref() {
            taste(&asked, piece);
            received += piece.len() as u64;
        }
    }
    let payload = payload(&asked.headers, received).ok_or(io::ErrorKind::InvalidData)?;
    if catalogue.keys > 0 && is_listing(&asked) {
        locked(objects).taken.requests += 1;
        tokio::time::sleep(catalogue.delay).await;
        return Ok(document(&catalogue.page(&asked.uri)));
    }
    Ok(locked(objects).answer(&asked, payload))
}

/// How many bytes of a file a body of so many bytes carried; `None` where it cannot have held them.
///
/// A body in chunks with signatures or a checksum between them is longer than what it carries, and tells the length of
/// that (<https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-streaming.html>).
fn payload(headers: &HeaderMap, received: u64) -> Option<u64> {
    let Some(told) = headers.get("x-amz-decoded-content-length") else { return Some(received) };
    let told = told.to_str().ok()?.parse().ok()?;
    (told <= received).then_some(told)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt, AsyncWriteExt};

    #[test]
    fn what_is_wrapped_around_a_body_does_not_count() {
        let mut headers = HeaderMap::new();
        assert_eq!(payload(&headers, 70), Some(70));
        headers.insert("x-amz-decoded-content-length", "5".parse().unwrap());
        assert_eq!(payload(&headers, 70), Some(5));
        assert_eq!(payload(&headers, 4), None, "fewer than it was to carry");
        headers.insert("x-amz-decoded-content-length", "five".parse().unwrap());
        assert_eq!(payload(&headers, 70), None);
    }

    #[tokio::test]
    async fn it_counts_what_arrives_whole() {
        let sink = Sink::start().await;
        let ask = async |request: &str| {
            let mut stream = TcpStream::connect(sink.endpoint().trim_start_matches("http://")).await.unwrap();
            stream.write_all(request.as_bytes()).await.unwrap();
            stream.shutdown().await.unwrap();
            let mut answer = String::new();
            stream.read_to_string(&mut answer).await.unwrap();
            answer
        };
        let put =
            |length: u32| format!("PUT /b/k HTTP/1.1\r\nhost: x\r\ncontent-length: {length}\r\n\r\nhello");
        assert!(ask(&put(5)).await.starts_with("HTTP/1.1 200 OK\r\n"));
        assert!(!ask(&put(6)).await.starts_with("HTTP/1.1 200"), "its last byte is missing");
        assert_eq!(sink.reset(), Taken { bytes: 5, objects: 1, requests: 1 });
        assert_eq!(sink.reset(), Taken::default());
    }
}
