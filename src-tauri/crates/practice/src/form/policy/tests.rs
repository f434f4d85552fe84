//! Policies against forms: what an author did not allow does not pass.

use super::*;

const SIGNED: &str = "20261120T172000Z";

fn policy(conditions: &str) -> Policy {
    let json = format!(
        "{{\"expiration\": \"2026-11-27T17:20:00Z\", \"conditions\": [{{\"bucket\": \"b\"}}, {conditions}]}}"
    );
    Policy::parse(&base64_simd::STANDARD.encode_to_string(json)).unwrap()
}

fn fields(pairs: &[(&str, &str)]) -> Fields {
    pairs.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect()
}

fn passes(conditions: &str, pairs: &[(&str, &str)]) -> bool {
    policy(conditions).check_fields(&fields(pairs), "b").is_ok()
}

#[test]
fn every_condition_holds_and_every_field_has_one() {
    let starts = r#"["starts-with", "$key", "in/"]"#;
    assert!(passes(starts, &[("key", "in/x")]));
    assert!(!passes(starts, &[("key", "out/x")]), "another folder");
    assert!(!passes(starts, &[("key", "in/x"), ("content-type", "text/html")]), "a field that nobody allowed");
    assert!(passes(
        starts,
        &[("key", "in/x"), ("x-ignore-me", "1"), ("policy", "p"), ("x-amz-signature", "s")]
    ));
    let exact = r#"["eq", "$Key", "k"], {"acl": "private"}"#;
    assert!(passes(exact, &[("key", "k"), ("acl", "private")]));
    assert!(!passes(exact, &[("key", "k")]), "a field that must be there");
    assert!(!passes(exact, &[("key", "kk"), ("acl", "private")]));
    assert!(passes(r#"["starts-with", "$key", ""]"#, &[("key", "anything")]));
    let kinds = r#"{"key": "k"}, ["starts-with", "$Content-Type", "image/"]"#;
    assert!(passes(kinds, &[("key", "k"), ("content-type", "image/png, image/gif")]));
    assert!(!passes(kinds, &[("key", "k"), ("content-type", "image/png, text/html")]));
}

#[test]
fn the_bucket_is_the_one_that_was_signed() {
    let signed = policy(r#"{"key": "k"}"#);
    assert!(signed.check_fields(&fields(&[("key", "k")]), "other").is_err());
    assert!(signed.check_fields(&fields(&[("key", "k"), ("bucket", "other")]), "b").is_err());
    let any = r#"{"expiration": "2026-11-27T17:20:00Z", "conditions": [{"key": "k"}]}"#;
    let any = Policy::parse(&base64_simd::STANDARD.encode_to_string(any)).unwrap();
    assert!(any.check_fields(&fields(&[("key", "k")]), "b").is_err(), "no bucket was signed");
}

#[test]
fn a_policy_lives_until_its_expiration_and_seven_days_at_most() {
    let at = |expiration: &str, now: &str| {
        let json = format!("{{\"expiration\": \"{expiration}\", \"conditions\": []}}");
        let policy = Policy::parse(&base64_simd::STANDARD.encode_to_string(json)).unwrap();
        policy.check_end(&fields(&[("x-amz-date", SIGNED)]), now.parse().unwrap()).is_ok()
    };
    assert!(at("2026-11-26T17:20:00.000Z", "2026-11-26T17:19:59Z"), "six days old");
    assert!(!at("2026-11-26T17:20:00.000Z", "2026-11-26T17:20:00Z"));
    assert!(at("2027-01-01T00:00:00Z", "2026-11-27T17:20:00Z"));
    assert!(!at("2027-01-01T00:00:00Z", "2026-11-27T17:20:01Z"), "no signature is older than seven days");
    assert!(at("2026-11-26T17:20:00Z", "2026-11-20T17:05:00Z"), "a clock that is a little off");
    assert!(!at("2026-11-26T17:20:00Z", "2026-11-20T17:04:59Z"), "from the future");
}

#[test]
fn sizes_are_what_all_ranges_allow() {
    assert_eq!(policy(r#"["content-length-range", 1, 10]"#).sizes(), 1..=10);
    assert_eq!(
        policy(r#"["content-length-range", 1, 10], ["content-length-range", "5", "20"]"#).sizes(),
        5..=10
    );
    assert_eq!(policy(r#"{"key": "k"}"#).sizes(), 0..=u64::MAX);
}

#[test]
fn what_cannot_be_read_is_no_policy() {
    for json in [
        "",
        "{}",
        "[]",
        r#"{"expiration": "tomorrow", "conditions": []}"#,
        r#"{"expiration": "2026-11-27T17:20:00Z", "conditions": [["like", "$key", "k"]]}"#,
        r#"{"expiration": "2026-11-27T17:20:00Z", "conditions": [["eq", "key", "k"]]}"#,
        r#"{"expiration": "2026-11-27T17:20:00Z", "conditions": [["content-length-range", -1, 5]]}"#,
    ] {
        assert!(Policy::parse(&base64_simd::STANDARD.encode_to_string(json)).is_err(), "{json}");
    }
    assert!(Policy::parse("%%%").is_err());
}
