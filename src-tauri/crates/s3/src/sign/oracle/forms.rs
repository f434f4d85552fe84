//! Upload forms, beside those of botocore.
//!
//! The texts of two policies need not be equal, only what they say: a server reads the JSON, in whatever order and
//! with whatever spaces, and checks the signature of the very text that was sent. So the policies are compared as
//! values, and botocore signs the text of ours.

use guestpass_core::ports::{Sign, Span};
use guestpass_core::{BucketName, Prefix, UploadForm};
use jiff::Timestamp;
use serde_json::{Map, Value, json};

use super::botocore::Botocore;
use super::stub::{Keys, store};

const BUCKET: &str = "acme-press";

/// What botocore puts in by itself, which is everything that tells who signs, when and for what.
fn is_botocores_own(condition: &Value) -> bool {
    let text = condition.to_string();
    ["\"bucket\"", "\"$key\"", "\"x-amz-"].iter().any(|name| text.contains(name))
}

/// A policy's end, and its conditions in one order.
fn policy(fields: &Map<String, Value>) -> (Timestamp, Vec<String>) {
    let text = base64_simd::STANDARD.decode_to_vec(fields["policy"].as_str().unwrap()).unwrap();
    let policy: Value = serde_json::from_slice(&text).unwrap();
    assert_eq!(policy.as_object().unwrap().len(), 2, "{policy}");
    // Ours has the milliseconds that AWS's own examples have.
    let end = policy["expiration"].as_str().unwrap().parse().unwrap();
    let mut conditions: Vec<String> =
        policy["conditions"].as_array().unwrap().iter().map(Value::to_string).collect();
    conditions.sort();
    (end, conditions)
}

fn fields(form: &UploadForm) -> Map<String, Value> {
    let fields: Map<String, Value> =
        form.fields.iter().map(|(name, value)| ((*name).to_owned(), json!(value.reveal()))).collect();
    assert_eq!(fields.len(), form.fields.len(), "no field is there twice");
    fields
}

async fn compare(
    botocore: &Botocore,
    keys: &Keys,
    region: &str,
    endpoint: Option<&str>,
    prefix: &str,
    span: Span,
) {
    let store = store(keys, region, endpoint).await;
    let bucket = BucketName::parse(BUCKET).unwrap();
    let max_bytes = 5 * 1024 * 1024 * 1024;
    let form = store.sign_form(&bucket, &Prefix::parse(prefix).unwrap(), max_bytes, span).await.unwrap();
    let mut ours = fields(&form);
    let name = format!("{prefix:?} at {} for {} s", span.at, span.seconds);

    // Botocore is told what to want, and finds everything else itself.
    let wanted = [
        json!(["content-length-range", 0, max_bytes]),
        json!(["starts-with", "$Content-Type", ""]),
        json!({ "success_action_status": "201" }),
    ];
    assert!(!wanted.iter().any(is_botocores_own));
    let signer = json!([keys.id, keys.secret, keys.token]);
    // Asked for nothing, botocore writes `s3.amazonaws.com` for every region, which only redirects.
    let s3 = if endpoint.is_none() { json!({ "addressing_style": "virtual" }) } else { json!({}) };
    let theirs = botocore.ask(&json!({
        "operation": "form",
        "region": region,
        "endpoint_url": endpoint,
        "s3": s3,
        "keys": &signer,
        "bucket": BUCKET,
        "key": format!("{prefix}${{filename}}"),
        "fields": { "Content-Type": "application/octet-stream", "success_action_status": "201" },
        "conditions": wanted,
        "at": span.at.to_string(),
        "seconds": span.seconds,
    }));
    let mut theirs = theirs.unwrap();
    // Behind a bucket in the path botocore leaves out the last slash; it means the same bucket.
    let their_action = theirs["url"].as_str().unwrap();
    assert_eq!(form.action.trim_end_matches('/'), their_action.trim_end_matches('/'), "{name}");
    let mut theirs = theirs["fields"].as_object_mut().unwrap().clone();
    assert_eq!(policy(&ours), policy(&theirs), "{name}");

    let own = botocore.ask(&json!({
        "operation": "policy",
        "policy": &ours["policy"],
        "moment": &ours["x-amz-date"],
        "region": region,
        "service": "s3",
        "keys": &signer,
    }));
    assert_eq!(ours["x-amz-signature"], own.unwrap(), "{name}");
    for field in ["policy", "x-amz-signature"] {
        ours.remove(field).unwrap();
        theirs.remove(field).unwrap();
    }
    assert_eq!(ours, theirs, "{name}: the other fields");
}

#[tokio::test]
async fn forms_say_what_those_of_botocore_say_and_are_signed_alike() {
    let botocore = Botocore::start();
    let at = |text: &str, seconds| Span { at: text.parse().unwrap(), seconds };
    let week_over_leap_day = at("2028-02-24T23:59:59Z", 604_800);
    let second_over_midnight = at("2026-12-31T23:59:59Z", 1);
    let base = Some("https://s3.acme.test/base/");
    for keys in [Keys::plain(), Keys::temporary()] {
        for span in [week_over_leap_day, second_over_midnight] {
            for prefix in ["", "in/", "von außen/新製品 \"1\"/", "a\\b/\u{1}/<&'>/%2F+/", "👩\u{200d}🚀/שלום/"]
            {
                compare(&botocore, &keys, "eu-west-1", None, prefix, span).await;
                compare(&botocore, &keys, "us-east-1", None, prefix, span).await;
                compare(&botocore, &keys, "garage", base, prefix, span).await;
            }
        }
    }
}
