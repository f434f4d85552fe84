use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::{Place, Prefix};

fn place(bucket: &str, prefix: &str) -> Place {
    Place { bucket: BucketName::parse(bucket).unwrap(), prefix: Prefix::parse(prefix).unwrap() }
}

fn only(places: &[(&str, &str)]) -> Places {
    Places::Only(places.iter().map(|(bucket, prefix)| place(bucket, prefix)).collect())
}

fn bucket(name: &str) -> BucketName {
    BucketName::parse(name).unwrap()
}

#[test]
fn nothing_is_forbidden_by_default() {
    let limits = Limits::default();
    assert!(limits.allows(&bucket("any"), "thing") && limits.inline);
    limits.check_upload(&bucket("any"), "").unwrap();
    limits.check_upload_links().unwrap();
    assert_eq!(limits.and(&limits), limits);
}

#[test]
fn a_folder_does_not_reach_beside_itself() {
    let limits = Limits { places: only(&[("b", "a/b/")]), ..Limits::default() };
    for (key, allowed) in [
        ("a/b/", true),
        ("a/b/c", true),
        ("a/b//", true),
        ("a/b", false),
        ("a/bc", false),
        ("a/", false),
        ("", false),
        ("/a/b/c", false),
        ("A/b/c", false),
    ] {
        assert_eq!(limits.allows(&bucket("b"), key), allowed, "{key:?}");
        assert!(!limits.allows(&bucket("B"), key));
    }
    // One name to the eye, two to S3.
    let limits = Limits { places: only(&[("b", "é/")]), ..Limits::default() };
    assert!(!limits.allows(&bucket("b"), "e\u{301}/x"));
}

#[test]
fn an_intersection_of_nothing_is_nothing() {
    let limits =
        Limits { places: only(&[("b", "a/")]), upload_to: only(&[("b", "a/in/")]), ..Limits::default() };
    let other = Limits { places: only(&[("c", "")]), upload_to: only(&[("c", "in/")]), ..Limits::default() };
    let both = limits.and(&other);
    assert_eq!((&both.places, &both.upload_to), (&only(&[]), &only(&[])));
    assert!(!both.allows(&bucket("b"), "a/x") && !both.allows(&bucket("c"), "x"));
    let error = both.check_upload(&bucket("b"), "a/in/x").unwrap_err();
    assert_eq!(error.kind(), &Kind::Forbidden { rule: Rule::UploadPlace, allowed: None });
}

#[test]
fn a_refusal_says_what_is_allowed() {
    let limits = Limits { places: only(&[("b", "a/"), ("c", "")]), ..Limits::default() };
    let allowed = Some("s3://b/a/, s3://c/".to_owned());
    let refused = |rule| Kind::Forbidden { rule, allowed: allowed.clone() };
    assert_eq!(limits.check_place(&bucket("b"), "x").unwrap_err().kind(), &refused(Rule::Place));
    assert_eq!(limits.check_upload(&bucket("b"), "x").unwrap_err().kind(), &refused(Rule::Place));
    let limits = Limits { upload_to: only(&[("b", "a/"), ("c", "")]), ..Limits::default() };
    limits.check_place(&bucket("b"), "x").unwrap();
    assert_eq!(limits.check_upload(&bucket("b"), "x").unwrap_err().kind(), &refused(Rule::UploadPlace));
    let limits = Limits { upload_links: false, ..Limits::default() };
    let refused = Kind::Forbidden { rule: Rule::UploadLinks, allowed: None };
    assert_eq!(limits.check_upload_links().unwrap_err().kind(), &refused);
}

#[test]
fn what_is_kept_is_short_and_comes_back() {
    assert_eq!(serde_json::to_string(&Limits::default()).unwrap(), "{}");
    let limits =
        Limits { places: only(&[("b", "a b/")]), upload_to: only(&[]), inline: false, ..Limits::default() };
    let text = serde_json::to_string(&limits).unwrap();
    assert_eq!(text, r#"{"inline":false,"upload-to":[],"places":["s3://b/a b/"]}"#);
    assert_eq!(serde_json::from_str::<Limits>(&text).unwrap(), limits);
}

fn places() -> impl Strategy<Value = Places> {
    let place = (select(&["b", "c"][..]), select(&["", "a/", "a/b/", "a/bc/", "a//"][..]));
    let only = prop::collection::vec(place, 0..4).prop_map(|places| only(&places));
    prop_oneof![1 => Just(Places::Everywhere), 5 => only]
}

fn limits() -> impl Strategy<Value = Limits> {
    (prop::option::of(1_i64..100), any::<bool>(), any::<bool>(), places(), places()).prop_map(
        |(longest_seconds, inline, upload_links, upload_to, places)| Limits {
            longest_seconds,
            inline,
            upload_links,
            upload_to,
            places,
        },
    )
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 512, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn both_limits_allow_exactly_what_each_allows(
        one in limits(),
        other in limits(),
        name in select(&["b", "c", "d"][..]),
        key in "[abc/]{0,6}",
    ) {
        let (both, bucket) = (one.and(&other), bucket(name));
        prop_assert_eq!(both.allows(&bucket, &key), one.allows(&bucket, &key) && other.allows(&bucket, &key));
        let uploads = |limits: &Limits| limits.check_upload(&bucket, &key).is_ok();
        prop_assert_eq!(uploads(&both), uploads(&one) && uploads(&other));
        prop_assert!(!uploads(&both) || both.allows(&bucket, &key));
        prop_assert_eq!(both.inline, one.inline && other.inline);
        prop_assert_eq!(both.upload_links, one.upload_links && other.upload_links);
        let longest = |limits: &Limits| limits.longest_seconds.unwrap_or(i64::MAX);
        prop_assert_eq!(longest(&both), longest(&one).min(longest(&other)));
    }
}
