//! What a browser is told: where the file is now, or why it is not.

use hyper::header::{CONTENT_TYPE, ETAG, HeaderValue, LOCATION};
use hyper::{Response, StatusCode};
use s3s::{Body, S3Error};
use url::Url;

use super::Fields;
use crate::ops::encode;
use crate::storage::Object;

/// As `success_action_redirect` or `success_action_status` say; without them, nothing and 204.
pub(super) fn stored(fields: &Fields, host: &str, bucket: &str, object: &Object) -> Response<Body> {
    let location = format!("http://{host}/{bucket}/{}", encode(&object.key));
    let etag = format!("\"{}\"", object.etag);
    let redirect = fields.get("success_action_redirect").or_else(|| fields.get("redirect"));
    let mut response = Response::new(Body::empty());
    *response.status_mut() = StatusCode::NO_CONTENT;
    let mut target = location.clone();
    match (redirect.and_then(|to| Url::parse(to).ok()), fields.get("success_action_status").map(String::as_str))
    {
        (Some(mut to), _) => {
            to.query_pairs_mut()
                .append_pair("bucket", bucket)
                .append_pair("key", &object.key)
                .append_pair("etag", &etag);
            *response.status_mut() = StatusCode::SEE_OTHER;
            target = to.into();
        }
        (None, Some("200")) => *response.status_mut() = StatusCode::OK,
        (None, Some("201")) => {
            *response.status_mut() = StatusCode::CREATED;
            *response.body_mut() = Body::from(post_response(&location, bucket, &object.key, &etag));
            response.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static("application/xml"));
        }
        (None, _) => {}
    }
    for (name, value) in [(LOCATION, target), (ETAG, etag)] {
        if let Ok(value) = HeaderValue::from_str(&value) {
            response.headers_mut().insert(name, value);
        }
    }
    response
}

fn post_response(location: &str, bucket: &str, key: &str, etag: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<PostResponse><Location>{}</Location><Bucket>{}</Bucket>\
         <Key>{}</Key><ETag>{}</ETag></PostResponse>",
        escaped(location),
        escaped(bucket),
        escaped(key),
        escaped(etag)
    )
}

/// Control characters that XML cannot name are left out, as they would break the answer.
fn escaped(text: &str) -> String {
    let mut xml = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\t' | '\n' | '\r' | ' '.. => xml.push(character),
            _ => {}
        }
    }
    xml
}

pub(super) fn refused(mut error: S3Error, id: &str) -> Response<Body> {
    error.set_request_id(id.to_owned());
    error.to_http_response().unwrap_or_else(|_| {
        let mut response = Response::new(Body::empty());
        *response.status_mut() = StatusCode::INTERNAL_SERVER_ERROR;
        response
    })
}
