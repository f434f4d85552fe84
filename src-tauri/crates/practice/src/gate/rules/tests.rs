//! Requests that pass and those that do not, by what they say about themselves.

use super::*;

const NOW: &str = "2026-11-23T17:20:00Z";

fn rules() -> Rules {
    Rules { port: 9000, region: "us-east-1", session_token: None }
}

fn verdict(rules: &Rules, request: hyper::http::request::Builder) -> &'static str {
    let request = request.body(()).unwrap();
    let checked = rules.check_host(request.headers());
    let checked = checked.and_then(|()| rules.check(&request, NOW.parse().unwrap()));
    checked.map_or_else(|refusal| refusal.code, |()| "passes")
}

fn presigned(change: impl Fn(String) -> String) -> hyper::http::request::Builder {
    let query = "X-Amz-Credential=AK%2F20261123%2Fus-east-1%2Fs3%2Faws4_request&X-Amz-Date=20261123T172000Z\
                 &X-Amz-Expires=604800&X-Amz-SignedHeaders=host&X-Amz-Signature=abc";
    Request::builder().uri(format!("/b/k?{}", change(query.to_owned()))).header("host", "127.0.0.1:9000")
}

fn signed(region: &str, date: &str) -> hyper::http::request::Builder {
    let credential = format!(
        "AWS4-HMAC-SHA256 Credential=AK/20261123/{region}/s3/aws4_request, \
                 SignedHeaders=host;x-amz-date;x-amz-security-token, Signature=abc"
    );
    Request::builder()
        .header("host", "localhost:9000")
        .header("authorization", credential)
        .header("x-amz-date", date)
}

#[test]
fn a_week_is_the_longest_and_a_second_the_shortest() {
    let with = |expires: &str| {
        verdict(&rules(), presigned(|q| q.replace("Expires=604800", &format!("Expires={expires}"))))
    };
    assert_eq!((with("604800"), with("1")), ("passes", "passes"));
    for wrong in ["604801", "0", "-1", "+5", "", "1e3", "99999999999999999999"] {
        assert_eq!(with(wrong), "AuthorizationQueryParametersError", "{wrong}");
    }
}

#[test]
fn the_region_and_service_must_be_ours() {
    for scope in ["eu-west-1%2Fs3", "us-east-1%2Fsts"] {
        let other = presigned(|q| q.replace("us-east-1%2Fs3", scope));
        assert_eq!(verdict(&rules(), other), "AuthorizationQueryParametersError");
    }
    assert_eq!(verdict(&rules(), signed("us-east-1", "20261123T172000Z")), "passes");
    assert_eq!(verdict(&rules(), signed("eu-west-1", "20261123T172000Z")), "AuthorizationHeaderMalformed");
}

#[test]
fn dates_are_within_a_quarter_of_an_hour() {
    for (date, code) in [
        ("20261123T173459Z", "passes"),
        ("20261123T170501Z", "passes"),
        ("20261123T173501Z", "RequestTimeTooSkewed"),
        ("20261123T170459Z", "RequestTimeTooSkewed"),
        ("yesterday", "RequestTimeTooSkewed"),
    ] {
        assert_eq!(verdict(&rules(), signed("us-east-1", date)), code, "{date}");
    }
    let future = presigned(|q| q.replace("T172000Z", "T180000Z"));
    assert_eq!(verdict(&rules(), future), "AccessDenied");
    let old = presigned(|q| q.replace("20261123T172000Z", "20261118T172000Z"));
    assert_eq!(verdict(&rules(), old), "passes", "how old is X-Amz-Expires' question");
}

#[test]
fn a_session_token_belongs_to_its_keys() {
    let temporary = Rules { session_token: Some("to/ken=".into()), ..rules() };
    let with = |token: &str| presigned(|q| format!("{q}&X-Amz-Security-Token={token}"));
    assert_eq!(verdict(&temporary, with("to%2Fken%3D")), "passes");
    assert_eq!(verdict(&temporary, with("other")), "InvalidToken");
    assert_eq!(verdict(&temporary, presigned(|q| q)), "InvalidToken");
    assert_eq!(verdict(&rules(), with("to%2Fken%3D")), "InvalidToken");
    let now = "20261123T172000Z";
    assert_eq!(verdict(&temporary, signed("us-east-1", now)), "InvalidToken");
    assert_eq!(
        verdict(&temporary, signed("us-east-1", now).header("x-amz-security-token", "to/ken=")),
        "passes"
    );
}

#[test]
fn signature_version_2_is_refused() {
    let v2 = Request::builder().header("host", "localhost:9000").header("authorization", "AWS AK:signature");
    assert_eq!(verdict(&rules(), v2), "InvalidRequest");
    let v2 = Request::builder().uri("/b/k?AWSAccessKeyId=AK&Signature=x&Expires=9999999999");
    assert_eq!(verdict(&rules(), v2.header("host", "localhost:9000")), "InvalidRequest");
}

#[test]
fn only_this_computer_s_names_reach_us() {
    for host in ["evil.test:9000", "127.0.0.1:9001", "127.0.0.1", "localhost.evil.test:9000"] {
        let request = Request::builder().header("host", host);
        assert_eq!(verdict(&rules(), request), "AccessDenied", "{host}");
    }
}

#[test]
fn what_is_not_signed_in_version_4_does_not_pass() {
    let plain = || Request::builder().uri("/b/k").header("host", "localhost:9000");
    assert_eq!(verdict(&rules(), plain()), "AccessDenied");
    assert_eq!(verdict(&rules(), plain().header("authorization", "Bearer x")), "InvalidArgument");
    let both = presigned(|q| q).header("authorization", "AWS4-HMAC-SHA256 Credential=x");
    assert_eq!(verdict(&rules(), both), "InvalidArgument");
}

#[test]
fn names_are_read_as_the_signature_reads_them() {
    let hidden =
        presigned(|q| q.replace("Expires=604800", "Expires=604801").replace("X-Amz-Sig", "X-Amz-Si%67"));
    assert_eq!(verdict(&rules(), hidden), "AuthorizationQueryParametersError");
    let twice = presigned(|q| format!("{q}&X-Amz-Expires=5"));
    assert_eq!(verdict(&rules(), twice), "AuthorizationQueryParametersError");
    let v2 = Request::builder().uri("/b/k?AWSAccessKeyI%64=AK&Signatur%65=x&Expires=9999999999");
    assert_eq!(verdict(&rules(), v2.header("host", "localhost:9000")), "InvalidRequest");
}

#[test]
fn a_link_cannot_be_added_to() {
    let with = |name: &str| verdict(&rules(), presigned(|q| q).header(name, "x"));
    assert_eq!(with("x-amz-acl"), "AccessDenied");
    assert_eq!(with("x-amz-meta-by"), "AccessDenied");
    assert_eq!((with("content-type"), with("range")), ("passes", "passes"));
    let unsigned_host = presigned(|q| q.replace("SignedHeaders=host", "SignedHeaders=range"));
    assert_eq!(verdict(&rules(), unsigned_host), "AccessDenied");
}
