//! PostObject: the form with which a browser uploads, under a policy that its author signed.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/RESTObjectPOST.html>
//!
//! `s3s` has this too, but keeps the whole file in memory, refuses policies that are older than fifteen minutes
//! and does not see the session token. Here the file goes to disk as it comes, and nothing of it is kept unless
//! the policy holds. The gate calls; what happens to the object is `storage`'s.

mod answer;
mod policy;
mod signature;

use std::collections::BTreeMap;
use std::pin::pin;

use http_body_util::BodyDataStream;
use hyper::body::Incoming;
use hyper::header::CONTENT_TYPE;
use hyper::{Method, Request, Response};
use jiff::Timestamp;
use multer::{Constraints, Field, Multipart, SizeLimit};
use percent_encoding::percent_decode_str;
use s3s::{Body, S3Result, s3_error};
use tokio::time::timeout;

use self::policy::Policy;
pub(crate) use self::signature::Signers;
use crate::ops::body::{MAX_BYTES, PATIENCE};
use crate::ops::fault;
use crate::ops::headers::DEFAULT_TYPE;
use crate::storage::{Condition, Headers, Staged, Storage};

/// The most bytes of one field that is not the file.
const MAX_FIELD: u64 = 20 * 1024;

/// The most fields of a form.
const MAX_FIELDS: usize = 100;

/// Longest key, in bytes of UTF-8.
const MAX_KEY_BYTES: usize = 1024;

/// An answer that comes before the end of the form is not seen by a browser: so much is read on, and dropped.
const MAX_DROPPED: u64 = 64 * 1024 * 1024;

/// Takes forms for the bucket that their address names.
pub(crate) struct Forms {
    storage: Storage,
    signers: Signers,
}

/// The fields in front of the file, by their names in small letters.
pub(crate) type Fields = BTreeMap<String, String>;

impl Forms {
    pub(crate) fn new(storage: Storage, signers: Signers) -> Self {
        Self { storage, signers }
    }

    /// Whether a request is a form.
    pub(crate) fn is_one<B>(request: &Request<B>) -> bool {
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        request.method() == Method::POST
            && kind.trim_start().to_ascii_lowercase().starts_with("multipart/form-data")
    }

    pub(crate) async fn take(&self, request: Request<Incoming>, now: Timestamp, id: &str) -> Response<Body> {
        match self.read(request, now).await {
            Ok(response) => response,
            Err(error) => answer::refused(error, id),
        }
    }

    async fn read(&self, request: Request<Incoming>, now: Timestamp) -> S3Result<Response<Body>> {
        let path = percent_decode_str(request.uri().path()).decode_utf8_lossy().into_owned();
        let bucket = path.trim_matches('/').to_owned();
        if bucket.is_empty() || bucket.contains('/') {
            return Err(s3_error!(MethodNotAllowed, "A form is posted to a bucket"));
        }
        let kind = request.headers().get(CONTENT_TYPE).and_then(|kind| kind.to_str().ok()).unwrap_or_default();
        let boundary = multer::parse_boundary(kind)
            .map_err(|e| s3_error!(e, MalformedPOSTRequest, "The form has no boundary"))?;
        let host =
            request.headers().get("host").and_then(|host| host.to_str().ok()).unwrap_or_default().to_owned();
        // Which field is the file is known only when its name has been read in small letters.
        let limits = SizeLimit::new().for_field("file", u64::MAX).per_field(u64::MAX);
        let stream = BodyDataStream::new(request.into_body());
        let mut form = Multipart::with_constraints(stream, boundary, Constraints::new().size_limit(limits));
        let taken = self.take_fields(&mut form, bucket, &host, now).await;
        drop_rest(form).await;
        taken
    }

    async fn take_fields(
        &self,
        form: &mut Multipart<'static>,
        bucket: String,
        host: &str,
        now: Timestamp,
    ) -> S3Result<Response<Body>> {
        let mut fields = Fields::new();
        let file = loop {
            let field =
                timeout(PATIENCE, form.next_field()).await.map_err(|_| silence())?.map_err(malformed)?;
            let Some(field) = field else {
                return Err(s3_error!(InvalidArgument, "POST requires exactly one file upload per request."));
            };
            let name = field.name().unwrap_or_default().to_ascii_lowercase();
            if name == "file" {
                break field;
            }
            if fields.len() == MAX_FIELDS {
                return Err(s3_error!(MaxPostPreDataLengthExceededError));
            }
            let value = value_of(field).await?;
            if fields.insert(name, value).is_some() {
                return Err(s3_error!(InvalidArgument, "POST requires each field to be there once"));
            }
        };
        let key = fields
            .get_mut("key")
            .ok_or_else(|| s3_error!(InvalidArgument, "Bucket POST must contain a field named 'key'."))?;
        *key = key.replace("${filename}", file_name(&file));
        if key.is_empty() || key.len() > MAX_KEY_BYTES {
            return Err(s3_error!(KeyTooLongError, "Your key is too long"));
        }
        let key = key.clone();

        // Who signed comes before what was signed: a policy is read only when it is known to be ours.
        self.signers.check(&fields)?;
        let policy = Policy::parse(fields.get("policy").map(String::as_str).unwrap_or_default())?;
        policy.check_end(&fields, now)?;
        policy.check_fields(&fields, &bucket)?;
        if !self.storage.has_bucket(&bucket).await.map_err(fault)? {
            return Err(s3_error!(NoSuchBucket, "The specified bucket does not exist"));
        }
        let staged = self.receive(file, &policy).await?;
        let stored = self.storage.store(&bucket, &key, staged, headers_of(&fields), Condition::None).await;
        let object = stored.map_err(fault)?;
        Ok(answer::stored(&fields, host, &bucket, &object))
    }

    async fn receive(&self, mut file: Field<'static>, policy: &Policy) -> S3Result<Staged> {
        let sizes = policy.sizes();
        let mut staging = self.storage.stage().await.map_err(fault)?;
        let mut size = 0;
        while let Some(chunk) =
            timeout(PATIENCE, file.chunk()).await.map_err(|_| silence())?.map_err(malformed)?
        {
            size += chunk.len() as u64;
            if size > MAX_BYTES.min(*sizes.end()) {
                return Err(s3_error!(EntityTooLarge, "Your proposed upload exceeds the maximum allowed size"));
            }
            staging.write(&chunk).await.map_err(|e| fault(e.into()))?;
        }
        if size < *sizes.start() {
            return Err(s3_error!(
                EntityTooSmall,
                "Your proposed upload is smaller than the minimum allowed size"
            ));
        }
        staging.finish().await.map_err(|e| fault(e.into()))
    }
}

async fn value_of(mut field: Field<'static>) -> S3Result<String> {
    let mut value = Vec::new();
    while let Some(chunk) = timeout(PATIENCE, field.chunk()).await.map_err(|_| silence())?.map_err(malformed)? {
        value.extend_from_slice(&chunk);
        if value.len() as u64 > MAX_FIELD {
            return Err(s3_error!(MaxPostPreDataLengthExceededError));
        }
    }
    String::from_utf8(value).map_err(|e| s3_error!(e, InvalidArgument, "A field is not UTF-8"))
}

/// The last part of a name that may be a path.
fn file_name<'a>(file: &'a Field<'static>) -> &'a str {
    let name = file.file_name().unwrap_or_default();
    name.rsplit(['/', '\\']).next().unwrap_or_default()
}

fn headers_of(fields: &Fields) -> Headers {
    let field = |name: &str| fields.get(name).cloned();
    let metadata = fields.iter().filter_map(|(name, value)| {
        let name = name.strip_prefix("x-amz-meta-")?;
        Some((name.to_owned(), value.clone()))
    });
    Headers {
        content_type: field("content-type").or_else(|| Some(DEFAULT_TYPE.to_owned())),
        content_disposition: field("content-disposition"),
        content_encoding: field("content-encoding"),
        content_language: field("content-language"),
        cache_control: field("cache-control"),
        expires: field("expires"),
        metadata: metadata.collect(),
    }
}

async fn drop_rest(mut form: Multipart<'static>) {
    let mut dropped = 0;
    let mut rest = pin!(async {
        while let Ok(Some(mut field)) = form.next_field().await {
            while let Ok(Some(chunk)) = field.chunk().await {
                dropped += chunk.len() as u64;
                if dropped > MAX_DROPPED {
                    return;
                }
            }
        }
    });
    // Whoever sends slowly, too, waits no longer for the answer.
    let _ = timeout(PATIENCE, &mut rest).await;
}

fn silence() -> s3s::S3Error {
    s3_error!(RequestTimeout, "Nothing was sent for too long")
}

fn malformed(error: multer::Error) -> s3s::S3Error {
    s3_error!(error, MalformedPOSTRequest, "The form is not well-formed multipart/form-data")
}
