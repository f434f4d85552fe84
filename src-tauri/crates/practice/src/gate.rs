//! What stands before the S3 protocol: rules of AWS that `s3s` leaves open, and those of a server on a desktop.
//!
//! - Only Signature Version 4 passes, in the query or in a header: what is signed in no way, or in another, is
//!   refused here, so that `s3s` never has to read a signature that these rules have not seen.
//! - `X-Amz-Expires` is 1 to 604,800 seconds; the scope names our region; the token is the one given out; every
//!   `x-amz-*` header is signed.
//! - Forms of browsers go to `form`, which reads them without keeping the file in memory.
//! - The `Host` is this very address: a page elsewhere cannot reach us by rebinding a name to 127.0.0.1.
//! - CORS is answered as by a bucket whose owner allows every origin: a signature is needed all the same.

mod cors;
mod query;
mod rules;

use std::net::SocketAddr;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicU64, Ordering};

use hyper::body::Incoming;
use hyper::header::{CONNECTION, CONTENT_TYPE, HeaderValue, RANGE};
use hyper::service::Service;
use hyper::{Method, Request, Response, StatusCode};
use s3s::{Body, HttpError};

pub(crate) use self::rules::{MAX_EXPIRES, MAX_SKEW, amz_date};
use self::rules::{Refusal, Rules};
use crate::form::Forms;

/// Passes on what the rules let through.
#[derive(Clone)]
pub(crate) struct Gate<S> {
    inner: S,
    rules: Arc<Rules>,
    forms: Arc<Forms>,
    answered: Arc<AtomicU64>,
}

impl<S> Gate<S> {
    pub(crate) fn new(
        inner: S,
        forms: Forms,
        address: SocketAddr,
        region: &'static str,
        session_token: Option<String>,
    ) -> Self {
        let rules = Arc::new(Rules { port: address.port(), region, session_token });
        Self { inner, rules, forms: Arc::new(forms), answered: Arc::default() }
    }
}

type Answer = Pin<Box<dyn Future<Output = Result<Response<Body>, HttpError>> + Send>>;

impl<S> Service<Request<Incoming>> for Gate<S>
where
    S: Service<Request<Incoming>, Response = Response<Body>, Error = HttpError>,
    S::Future: Send + 'static,
{
    type Response = Response<Body>;
    type Error = HttpError;
    type Future = Answer;

    fn call(&self, mut request: Request<Incoming>) -> Answer {
        let id = format!("practice-{}", self.answered.fetch_add(1, Ordering::Relaxed));
        let origin = request.headers().get("origin").cloned();
        let now = jiff::Timestamp::now();
        let answer: Answer = if let Err(refusal) = self.rules.check_host(request.headers()) {
            Box::pin(std::future::ready(Ok(refused(&refusal, &id))))
        } else if request.method() == Method::OPTIONS {
            Box::pin(std::future::ready(Ok(cors::preflight(&request))))
        } else if Forms::is_one(&request) {
            let (forms, id) = (self.forms.clone(), id.clone());
            Box::pin(async move { Ok(forms.take(request, now, &id).await) })
        } else if let Err(refusal) = self.rules.check(&request, now) {
            Box::pin(std::future::ready(Ok(refused(&refusal, &id))))
        } else {
            ignore_odd_ranges(&mut request);
            Box::pin(self.inner.call(request))
        };
        Box::pin(async move {
            let mut answer = answer.await?;
            if let Ok(id) = HeaderValue::from_str(&id) {
                answer.headers_mut().insert("x-amz-request-id", id);
            }
            if let Some(origin) = origin {
                cors::allow(answer.headers_mut(), origin);
            }
            Ok(answer)
        })
    }
}

/// S3 gives one range, and for what it cannot read as one the whole object; `s3s` would refuse.
fn ignore_odd_ranges(request: &mut Request<Incoming>) {
    let Some(range) = request.headers().get(RANGE) else { return };
    if !range.to_str().is_ok_and(|range| s3s::dto::Range::parse(range).is_ok()) {
        request.headers_mut().remove(RANGE);
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
    // Its body, if it has one, is not read.
    response.headers_mut().insert(CONNECTION, HeaderValue::from_static("close"));
    response
}
