//! A form by which a browser uploads straight into the bucket, under a policy that we sign.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html>

use aws_credential_types::Credentials;
use guestpass_core::ports::Span;
use guestpass_core::{BucketName, Prefix, Secret, UploadForm};
use jiff::SignedDuration;
use serde_json::json;

use super::place::SigningPlace;
use super::query::{ALGORITHM, Scope};

/// Any file below `prefix`, of up to `max_bytes`, until the end of `span`.
pub(super) fn form(
    place: &SigningPlace,
    bucket: &BucketName,
    prefix: &Prefix,
    max_bytes: u64,
    credentials: &Credentials,
    span: Span,
) -> UploadForm {
    let scope = Scope::of(place, span.at);
    let credential = format!("{}/{}", credentials.access_key_id(), scope.text);
    let end = span.at.saturating_add(SignedDuration::from_secs(span.seconds.into())).unwrap_or(span.at);
    let mut conditions = vec![
        json!({ "bucket": bucket.as_str() }),
        json!(["starts-with", "$key", prefix.as_str()]),
        json!(["content-length-range", 0, max_bytes]),
        // A browser may say what a file is; what is not named in a policy is refused.
        json!(["starts-with", "$Content-Type", ""]),
        json!({ "success_action_status": "201" }),
        json!({ "x-amz-algorithm": ALGORITHM }),
        json!({ "x-amz-credential": credential }),
        json!({ "x-amz-date": scope.moment }),
    ];
    if let Some(token) = credentials.session_token() {
        conditions.push(json!({ "x-amz-security-token": token }));
    }
    let expiration = end.strftime("%Y-%m-%dT%H:%M:%S.000Z").to_string();
    let policy = json!({ "expiration": expiration, "conditions": conditions }).to_string();
    let policy = base64_simd::STANDARD.encode_to_string(policy);
    let signature = scope.sign(&policy, credentials);
    let mut fields = vec![
        // The browser puts the file's own name in; a page of ours writes the whole key.
        ("key", format!("{}${{filename}}", prefix.as_str())),
        // The policy names it, so it must be there; a page of ours writes the file's own type.
        ("Content-Type", "application/octet-stream".to_owned()),
        ("success_action_status", "201".to_owned()),
        ("x-amz-algorithm", ALGORITHM.to_owned()),
        ("x-amz-credential", credential),
        ("x-amz-date", scope.moment),
    ];
    fields.extend(credentials.session_token().map(|token| ("x-amz-security-token", token.to_owned())));
    fields.extend([("policy", policy), ("x-amz-signature", signature)]);
    UploadForm {
        action: format!("{}{}", place.origin, place.path),
        prefix: prefix.clone(),
        max_bytes,
        fields: fields.into_iter().map(|(name, value)| (name, Secret::new(value))).collect(),
    }
}
