//! A server on 127.0.0.1 that answers whole requests with whole answers: what the servers of AWS's services share.

use std::convert::Infallible;
use std::net::SocketAddr;
use std::sync::Arc;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HeaderValue};
use http::request::Parts;
use http_body_util::{BodyExt, Full};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper::{Request, Response};
use hyper_util::rt::TokioIo;
use tokio::net::TcpListener;
use tokio::task::JoinSet;
use tokio_util::task::AbortOnDropHandle;

/// What is answered.
pub(crate) type Answer = Response<Full<Bytes>>;

/// Answers each request on a free port until the handle is dropped.
pub(crate) async fn start<F>(answer: F) -> (SocketAddr, AbortOnDropHandle<()>)
where
    F: Fn(&Parts, &[u8]) -> Answer + Send + Sync + 'static,
{
    let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
    let address = listener.local_addr().unwrap();
    let serving = tokio::spawn(serve(listener, Arc::new(answer)));
    (address, AbortOnDropHandle::new(serving))
}

async fn serve<F>(listener: TcpListener, answer: Arc<F>)
where
    F: Fn(&Parts, &[u8]) -> Answer + Send + Sync + 'static,
{
    let mut connections = JoinSet::new();
    while let Ok((stream, _)) = listener.accept().await {
        let answer = answer.clone();
        connections.spawn(async move {
            let service = service_fn(|request: Request<_>| {
                let answer = answer.clone();
                async move {
                    let (asked, body) = request.into_parts();
                    let body: hyper::body::Incoming = body;
                    let body = body.collect().await.map(http_body_util::Collected::to_bytes);
                    Ok::<_, Infallible>(answer(&asked, &body.unwrap_or_default()))
                }
            });
            // Who hangs up has had enough.
            let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
        });
        while connections.try_join_next().is_some() {}
    }
}

/// An answer with a body of this type.
pub(crate) fn answer(status: u16, kind: &'static str, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = status.try_into().unwrap();
    answer.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(kind));
    answer
}

/// The parameters of a query or of a form.
pub(crate) fn parameters(encoded: &[u8]) -> std::collections::HashMap<String, String> {
    url::form_urlencoded::parse(encoded).into_owned().collect()
}
