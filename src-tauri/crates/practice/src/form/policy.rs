//! What a form's author allowed: until when, which fields with which values, how many bytes.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html>

use std::ops::RangeInclusive;

use jiff::Timestamp;
use s3s::{S3Error, S3Result, s3_error};
use serde::Deserialize;
use serde_json::Value;

use super::Fields;
use crate::gate::{MAX_EXPIRES, MAX_SKEW, amz_date};

/// These need no condition: they are the proof, or the bytes.
const FREE: [&str; 3] = ["policy", "x-amz-signature", "file"];

/// A policy as its author wrote it.
pub(super) struct Policy {
    expiration: Timestamp,
    conditions: Vec<Condition>,
}

#[derive(Debug, PartialEq, Eq)]
enum Condition {
    Is { field: String, value: String },
    StartsWith { field: String, start: String },
    Size(RangeInclusive<u64>),
}

#[derive(Deserialize)]
struct Document {
    expiration: String,
    conditions: Vec<Value>,
}

impl Policy {
    pub(super) fn parse(base64: &str) -> S3Result<Self> {
        let invalid = || s3_error!(InvalidPolicyDocument, "Invalid Policy: it cannot be read");
        let json = base64_simd::STANDARD.decode_to_vec(base64).map_err(|_| invalid())?;
        let document: Document = serde_json::from_slice(&json).map_err(|_| invalid())?;
        let expiration = document.expiration.parse().map_err(|_| invalid())?;
        let conditions: Option<Vec<Vec<Condition>>> = document.conditions.iter().map(conditions).collect();
        let conditions = conditions.ok_or_else(invalid)?.into_iter().flatten().collect();
        Ok(Self { expiration, conditions })
    }

    /// A policy ends by its own expiration, and with the signature's seven days at the latest.
    pub(super) fn check_end(&self, fields: &Fields, now: Timestamp) -> S3Result<()> {
        let Some(signed) = fields.get("x-amz-date").and_then(|date| amz_date(date)) else {
            return Err(s3_error!(InvalidArgument, "The X-Amz-Date of the form is malformed"));
        };
        if signed.as_second() - now.as_second() > MAX_SKEW {
            return Err(s3_error!(AccessDenied, "Invalid according to Policy: it is not valid yet"));
        }
        let age = u64::try_from(now.as_second() - signed.as_second()).unwrap_or_default();
        if now >= self.expiration || age > MAX_EXPIRES {
            return Err(s3_error!(AccessDenied, "Invalid according to Policy: Policy expired."));
        }
        Ok(())
    }

    /// Every condition holds, and every field has one.
    pub(super) fn check_fields(&self, fields: &Fields, bucket: &str) -> S3Result<()> {
        let value =
            |field: &str| if field == "bucket" { Some(bucket) } else { fields.get(field).map(String::as_str) };
        for condition in &self.conditions {
            let (field, holds) = match condition {
                Condition::Is { field, value: wanted } => (field, value(field) == Some(wanted)),
                Condition::StartsWith { field, start } => (field, starts_with(field, value(field), start)),
                Condition::Size(_) => continue,
            };
            if !holds {
                return Err(denied(&format!("Policy Condition failed for \"{field}\"")));
            }
        }
        if fields.get("bucket").is_some_and(|named| named != bucket) {
            return Err(denied("the form names another bucket than its address"));
        }
        let names = fields.keys().map(String::as_str).chain(["bucket"]);
        let mut free = names.filter(|name| !FREE.contains(name) && !name.starts_with("x-ignore-"));
        match free.find(|name| !self.conditions.iter().any(|condition| condition.is_about(name))) {
            Some(name) => Err(denied(&format!("Extra input fields: {name}"))),
            None => Ok(()),
        }
    }

    /// How many bytes the file may have.
    pub(super) fn sizes(&self) -> RangeInclusive<u64> {
        self.conditions.iter().fold(0..=u64::MAX, |all, condition| match condition {
            Condition::Size(range) => *all.start().max(range.start())..=*all.end().min(range.end()),
            _ => all,
        })
    }
}

impl Condition {
    fn is_about(&self, name: &str) -> bool {
        match self {
            Self::Is { field, .. } | Self::StartsWith { field, .. } => field == name,
            Self::Size(_) => false,
        }
    }
}

/// An empty start allows anything, even nothing. Types may be several, and each must start so.
fn starts_with(field: &str, value: Option<&str>, start: &str) -> bool {
    let Some(value) = value else { return start.is_empty() };
    match field {
        "content-type" => value.split(',').all(|kind| kind.trim_start().starts_with(start)),
        _ => value.starts_with(start),
    }
}

fn denied(reason: &str) -> S3Error {
    s3_error!(AccessDenied, "Invalid according to Policy: {reason}")
}

/// `{"bucket": "b"}`, `["eq", "$key", "k"]`, `["starts-with", "$key", "k"]`, `["content-length-range", 0, 9]`
fn conditions(written: &Value) -> Option<Vec<Condition>> {
    match written {
        Value::Object(pairs) => pairs
            .iter()
            .map(|(field, value)| Some(Condition::Is { field: name(field), value: value.as_str()?.to_owned() }))
            .collect(),
        Value::Array(items) => {
            let [operator, one, other] = &items[..] else { return None };
            let condition = match operator.as_str()?.to_ascii_lowercase().as_str() {
                "eq" => Condition::Is { field: variable(one)?, value: other.as_str()?.to_owned() },
                "starts-with" => {
                    Condition::StartsWith { field: variable(one)?, start: other.as_str()?.to_owned() }
                }
                "content-length-range" => Condition::Size(number(one)?..=number(other)?),
                _ => return None,
            };
            Some(vec![condition])
        }
        _ => None,
    }
}

fn name(field: &str) -> String {
    field.to_ascii_lowercase()
}

fn variable(written: &Value) -> Option<String> {
    written.as_str()?.strip_prefix('$').map(name)
}

/// Some authors write numbers as texts.
fn number(written: &Value) -> Option<u64> {
    written.as_u64().or_else(|| written.as_str()?.parse().ok())
}

#[cfg(test)]
mod tests;
