//! What stands before the S3 protocol: rules of AWS that `s3s` leaves open, and those of a server on a desktop.
//!
//! - `X-Amz-Expires` is 1 to 604,800 seconds; Signature Version 2, which knows no such cap, is refused.
//! - The credential scope names our region; the session token is the one that was given out.
//! - A request's date is within 15 minutes, except for POST policies, which end by their own expiration.
//! - The `Host` is this very address: a page elsewhere cannot reach us by rebinding a name to 127.0.0.1.
//! - CORS is answered as a bucket whose owner allows every origin: a signature is needed all the same.

mod cors;
mod rules;

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hyper::body::Incoming;
use hyper::header::{CONTENT_TYPE, HeaderValue};
use hyper::service::Service;
use hyper::{Method, Request, Response, StatusCode};
use s3s::access::{S3Access, S3AccessContext};
use s3s::dto::PostObjectInput;
use s3s::{Body, HttpError, S3Request, S3Result, s3_error};

use self::rules::{Refusal, Rules};

/// Every request must be signed: the practice bucket is private, like the real ones.
pub(crate) struct SignedOnly {
    pub(crate) region: &'static str,
    pub(crate) has_token: bool,
}

#[async_trait::async_trait]
impl S3Access for SignedOnly {
    async fn check(&self, request: &mut S3AccessContext<'_>) -> S3Result<()> {
        match request.credentials() {
            Some(_) => Ok(()),
            None => Err(s3_error!(AccessDenied, "Access Denied")),
        }
    }

    /// A form carries its scope and token in its fields, where the gate does not see them.
    async fn post_object(&self, request: &mut S3Request<PostObjectInput>) -> S3Result<()> {
        if request.region.as_ref().map(|region| region.to_string()).as_deref() != Some(self.region) {
            return Err(s3_error!(InvalidRequest, "the region in x-amz-credential is wrong"));
        }
        if self.has_token {
            return Err(s3_error!(InvalidToken, "forms are signed with long-lived keys here"));
        }
        Ok(())
    }
}

/// Passes on what the rules let through.
#[derive(Clone)]
pub(crate) struct Gate<S> {
    inner: S,
    rules: Arc<Rules>,
    answered: Arc<AtomicU64>,
}

impl<S> Gate<S> {
    pub(crate) fn new(
        inner: S,
        address: SocketAddr,
        region: &'static str,
        session_token: Option<String>,
    ) -> Self {
        let rules = Arc::new(Rules { port: address.port(), region, session_token });
        Self { inner, rules, answered: Arc::default() }
    }
}

impl<S> Service<Request<Incoming>> for Gate<S>
where
    S: Service<Request<Incoming>, Response = Response<Body>, Error = HttpError>,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = HttpError;
    type Future = Pin<Box<dyn Future<Output = Result<Response<Body>, HttpError>> + Send>>;

    fn call(&self, request: Request<Incoming>) -> Self::Future {
        let id = format!("practice-{}", self.answered.fetch_add(1, Ordering::Relaxed));
        let origin = request.headers().get("origin").cloned();
        let asks_first = request.method() == Method::OPTIONS;
        let answer: Self::Future = match self.rules.check(&request, jiff::Timestamp::now()) {
            Err(refusal) => Box::pin(std::future::ready(Ok(refused(&refusal, &id)))),
            Ok(()) if asks_first => Box::pin(std::future::ready(Ok(cors::preflight(&request)))),
            Ok(()) => Box::pin(self.inner.call(request)),
        };
        Box::pin(async move {
            let mut answer = answer.await?;
            if let Ok(id) = HeaderValue::from_str(&id) {
                answer.headers_mut().insert("x-amz-request-id", id);
            }
            if origin.is_some() {
                cors::allow(answer.headers_mut());
            }
            Ok(answer)
        })
    }
}

fn refused(refusal: &Refusal, id: &str) -> Response<Body> {
    let Refusal { status, code, message } = refusal;
    let xml = format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
         <Error><Code>{code}</Code><Message>{message}</Message><RequestId>{id}</RequestId></Error>"
    );
    let mut response = Response::new(Body::from(xml));
    *response.status_mut() = StatusCode::from_u16(*status).unwrap_or(StatusCode::BAD_REQUEST);
    response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
    response
}
