//! What a client says about an object beside its bytes, from requests of three shapes to one of ours, and back.

use s3s::dto::{
    CopyObjectInput, CreateMultipartUploadInput, Metadata, PutObjectInput, Timestamp, TimestampFormat,
};
use s3s::{S3Result, s3_error};

use crate::storage::Headers;

/// All names and values of metadata together, as on AWS.
const MAX_METADATA: usize = 2 * 1024;

macro_rules! headers {
    ($input:expr) => {{
        let input = $input;
        of_parts(
            Headers {
                content_type: input.content_type.clone(),
                content_disposition: input.content_disposition.clone(),
                content_encoding: input.content_encoding.clone(),
                content_language: input.content_language.clone(),
                cache_control: input.cache_control.clone(),
                ..Headers::default()
            },
            input.expires.as_ref(),
            input.metadata.as_ref(),
        )
    }};
}

pub(super) fn of_put(input: &PutObjectInput) -> S3Result<Headers> {
    headers!(input)
}

pub(super) fn of_copy(input: &CopyObjectInput) -> S3Result<Headers> {
    headers!(input)
}

pub(super) fn of_upload(input: &CreateMultipartUploadInput) -> S3Result<Headers> {
    headers!(input)
}

/// When it becomes stale, for the answer.
pub(super) fn expires(headers: &Headers) -> Option<Timestamp> {
    Timestamp::parse(TimestampFormat::HttpDate, headers.expires.as_deref()?).ok()
}

/// AWS gives objects a type when the client gave none.
pub(crate) const DEFAULT_TYPE: &str = "binary/octet-stream";

fn of_parts(
    mut headers: Headers,
    expires: Option<&Timestamp>,
    metadata: Option<&Metadata>,
) -> S3Result<Headers> {
    headers.content_type = headers.content_type.or_else(|| Some(DEFAULT_TYPE.to_owned()));
    headers.content_encoding = headers.content_encoding.as_deref().and_then(without_chunks);
    headers.expires = expires.and_then(|at| {
        let mut text = Vec::new();
        at.format(TimestampFormat::HttpDate, &mut text).ok()?;
        String::from_utf8(text).ok()
    });
    headers.metadata =
        metadata.into_iter().flatten().map(|(name, value)| (name.clone(), value.clone())).collect();
    let length: usize = headers.metadata.iter().map(|(name, value)| name.len() + value.len()).sum();
    if length > MAX_METADATA {
        return Err(s3_error!(
            MetadataTooLarge,
            "Your metadata headers exceed the maximum allowed metadata size"
        ));
    }
    Ok(headers)
}

/// `aws-chunked` is how the bytes travelled, not what they are.
fn without_chunks(codings: &str) -> Option<String> {
    let kept: Vec<&str> = codings.split(',').map(str::trim).filter(|coding| *coding != "aws-chunked").collect();
    Some(kept.join(", ")).filter(|kept| !kept.is_empty())
}
