//! Keys in JSON: `aws sts …`, `aws iam create-access-key`, a `credential_process`, the download of MinIO's console.

use std::fmt;

use serde::de::{Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, de};

use super::{Field, Found};
use crate::Secret;

/// Every object that has values of its own, outermost first; `None` where the text is no JSON.
pub(super) fn read(text: &str) -> Option<Vec<Found>> {
    if !text.starts_with(['{', '[']) {
        return None;
    }
    let value: Value = serde_json::from_str(text).ok()?;
    let mut found = Vec::new();
    collect(value, &mut found);
    Some(found)
}

/// What matters of a value. Not `serde_json::Value`, which would leave secrets in memory.
enum Value {
    Text(Secret<String>),
    Object(Vec<(String, Value)>),
    List(Vec<Value>),
    Other,
}

fn collect(value: Value, found: &mut Vec<Found>) {
    match value {
        Value::Object(members) => {
            let mut own = Found::default();
            let mut inner = Vec::new();
            for (name, value) in members {
                match (Field::of(&name), value) {
                    (Some(field), Value::Text(text)) => own.put(field, text.reveal()),
                    (_, Value::Text(_) | Value::Other) => {}
                    (_, nested) => inner.push(nested),
                }
            }
            found.push(own);
            inner.into_iter().for_each(|value| collect(value, found));
        }
        Value::List(values) => values.into_iter().for_each(|value| collect(value, found)),
        Value::Text(_) | Value::Other => {}
    }
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(Walk)
    }
}

struct Walk;

impl<'de> Visitor<'de> for Walk {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_str<E: de::Error>(self, text: &str) -> Result<Value, E> {
        Ok(Value::Text(Secret::new(text.to_owned())))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_i64<E>(self, _: i64) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_u64<E>(self, _: u64) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_f64<E>(self, _: f64) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Other)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut values = Vec::new();
        while let Some(value) = list.next_element()? {
            values.push(value);
        }
        Ok(Value::List(values))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut members = Vec::new();
        while let Some(name) = object.next_key::<String>()? {
            if name.len() > 60 {
                object.next_value::<IgnoredAny>()?;
            } else {
                members.push((name, object.next_value()?));
            }
        }
        Ok(Value::Object(members))
    }
}
