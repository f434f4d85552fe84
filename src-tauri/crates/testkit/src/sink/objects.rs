//! What the sink answers: as S3 would, as far as a client that uploads is interested.

use std::collections::HashMap;

use bytes::Bytes;
use http::header::{CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, LAST_MODIFIED};
use http::request::Parts;
use http::{Method, StatusCode, Uri};
use http_body_util::Full;
use hyper::Response;

use super::Taken;

/// Not the MD5 of anything, so that no client compares it with one.
const E_TAG: &str = "\"swallowed-1\"";

/// Objects by their paths, and uploads in parts by their ids: how many bytes each has.
#[derive(Debug, Default)]
pub(super) struct Objects {
    pub(super) taken: Taken,
    sizes: HashMap<String, u64>,
    uploads: HashMap<String, u64>,
}

impl Objects {
    /// Notes what a request with so many bytes of a file has done, and answers it.
    pub(super) fn answer(&mut self, asked: &Parts, payload: u64) -> Response<Full<Bytes>> {
        self.taken.requests += 1;
        let path = asked.uri.path();
        let is_object = path.trim_start_matches('/').split_once('/').is_some_and(|(_, key)| !key.is_empty());
        let upload = query(&asked.uri, "uploadId");
        match (&asked.method, upload) {
            _ if !is_object => document(&bucket_answer(&asked.uri)),
            (&Method::PUT, upload) => {
                self.taken.bytes += payload;
                match upload {
                    Some(id) => *self.uploads.entry(id.to_owned()).or_default() += payload,
                    None => self.add(path, payload),
                }
                empty(StatusCode::OK)
            }
            (&Method::POST, Some(id)) => {
                let size = self.uploads.remove(id).unwrap_or_default();
                self.add(path, size);
                let tag = E_TAG.replace('"', "&quot;");
                document(&format!(
                    "<CompleteMultipartUploadResult><ETag>{tag}</ETag></CompleteMultipartUploadResult>"
                ))
            }
            (&Method::POST, None) => {
                let id = format!("upload-{}", self.taken.requests);
                document(&format!(
                    "<InitiateMultipartUploadResult><UploadId>{id}</UploadId></InitiateMultipartUploadResult>"
                ))
            }
            (&Method::DELETE, _) => empty(StatusCode::NO_CONTENT),
            (_, Some(id)) => document(&format!("<ListPartsResult><UploadId>{id}</UploadId></ListPartsResult>")),
            (method, None) => self.object(method, path),
        }
    }

    fn add(&mut self, path: &str, size: u64) {
        self.taken.objects += 1;
        self.sizes.insert(path.to_owned(), size);
    }

    /// A look at an object, or its first byte: nobody reads more of one here.
    fn object(&self, method: &Method, path: &str) -> Response<Full<Bytes>> {
        let Some(size) = self.sizes.get(path) else {
            let mut missing = document("<Error><Code>NoSuchKey</Code><Message>not here</Message></Error>");
            *missing.status_mut() = StatusCode::NOT_FOUND;
            if method == Method::HEAD {
                *missing.body_mut() = Full::default();
            }
            return missing;
        };
        let mut found = empty(StatusCode::OK);
        let headers = found.headers_mut();
        headers.insert(LAST_MODIFIED, "Wed, 25 Nov 2026 12:00:00 GMT".parse().unwrap());
        if method == Method::HEAD {
            headers.insert(CONTENT_LENGTH, (*size).into());
        } else {
            headers.insert(CONTENT_RANGE, format!("bytes 0-0/{size}").parse().unwrap());
            *found.status_mut() = StatusCode::PARTIAL_CONTENT;
            *found.body_mut() = Full::from(&b"x"[..]);
        }
        found
    }
}

/// Whether a page of ListObjectsV2 is asked for.
pub(super) fn is_listing(asked: &Parts) -> bool {
    asked.method == Method::GET && query(&asked.uri, "list-type") == Some("2")
}

/// Every bucket is there, and empty.
fn bucket_answer(uri: &Uri) -> String {
    let root = match uri.query().unwrap_or_default().split(['&', '=']).next() {
        Some("location") => "LocationConstraint",
        Some("uploads") => "ListMultipartUploadsResult",
        _ => "ListBucketResult",
    };
    let is_cut = if root == "LocationConstraint" { "" } else { "<IsTruncated>false</IsTruncated>" };
    format!("<{root}>{is_cut}</{root}>")
}

pub(super) fn query<'a>(uri: &'a Uri, name: &str) -> Option<&'a str> {
    let pairs = uri.query()?.split('&').map(|pair| pair.split_once('=').unwrap_or((pair, "")));
    pairs.into_iter().find_map(|(known, value)| (known == name).then_some(value))
}

fn empty(status: StatusCode) -> Response<Full<Bytes>> {
    let mut answer = Response::new(Full::default());
    *answer.status_mut() = status;
    answer.headers_mut().insert(ETAG, E_TAG.parse().unwrap());
    answer
}

pub(super) fn document(xml: &str) -> Response<Full<Bytes>> {
    let xml = format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>{xml}");
    let mut answer = Response::new(Full::from(xml));
    answer.headers_mut().insert(CONTENT_TYPE, "application/xml".parse().unwrap());
    answer
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::Request;

    fn ask(objects: &mut Objects, method: Method, uri: &str, payload: u64) -> Response<Full<Bytes>> {
        let (asked, ()) = Request::builder().method(method).uri(uri).body(()).unwrap().into_parts();
        objects.answer(&asked, payload)
    }

    #[test]
    fn parts_make_an_object_of_their_size() {
        let mut objects = Objects::default();
        assert_eq!(ask(&mut objects, Method::HEAD, "/b/k", 0).status(), 404);
        assert_eq!(ask(&mut objects, Method::POST, "/b/k?uploads=", 0).status(), 200);
        ask(&mut objects, Method::PUT, "/b/k?partNumber=1&uploadId=upload-2", 8);
        ask(&mut objects, Method::PUT, "/b/k?partNumber=2&uploadId=upload-2", 3);
        assert_eq!(ask(&mut objects, Method::HEAD, "/b/k", 0).status(), 404, "not before it is put together");
        ask(&mut objects, Method::POST, "/b/k?uploadId=upload-2", 200);
        assert_eq!(ask(&mut objects, Method::HEAD, "/b/k", 0).headers()[CONTENT_LENGTH], "11");
        let first = ask(&mut objects, Method::GET, "/b/k?X-Amz-Expires=60", 0);
        assert_eq!(
            (first.status().as_u16(), &first.headers()[CONTENT_RANGE]),
            (206, &"bytes 0-0/11".parse().unwrap())
        );
        assert_eq!((objects.taken.bytes, objects.taken.objects), (11, 1));
    }

    #[test]
    fn a_bucket_is_there_and_takes_no_bytes() {
        let mut objects = Objects::default();
        for (method, uri) in [(Method::HEAD, "/b"), (Method::PUT, "/b"), (Method::GET, "/b/?list-type=2")] {
            assert_eq!(ask(&mut objects, method, uri, 9).status(), 200, "{uri}");
        }
        assert_eq!(objects.taken, Taken { bytes: 0, objects: 0, requests: 3 });
    }
}
