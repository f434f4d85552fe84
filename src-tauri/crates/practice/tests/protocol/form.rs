//! Forms of browsers: taken as long as their policy lives, for what it allows, and for nothing else.

use aws_sdk_s3::primitives::{DateTime, DateTimeFormat};
use guestpass_practice::BUCKET;
use reqwest::StatusCode;

use crate::server::{Server, get, mac};

/// A form as a page writes it.
struct Form {
    signed_at: i64,
    ends_at: i64,
    /// More conditions, as JSON.
    conditions: String,
    fields: Vec<(&'static str, String)>,
    region: &'static str,
    token: Option<&'static str>,
    file_name: &'static str,
    file: Vec<u8>,
}

impl Form {
    fn new(key: &str) -> Self {
        Self {
            signed_at: now(),
            ends_at: now() + 3_600,
            conditions: r#", ["starts-with", "$key", "in/"]"#.to_owned(),
            fields: vec![("key", key.to_owned())],
            region: "us-east-1",
            token: None,
            file_name: "näme.txt",
            file: b"the file".to_vec(),
        }
    }

    fn allow(mut self, condition: &str) -> Self {
        self.conditions += &format!(", {condition}");
        self
    }

    fn field(mut self, name: &'static str, value: &str) -> Self {
        self.fields.push((name, value.to_owned()));
        self
    }

    async fn post(self, server: &Server) -> reqwest::Response {
        let key_id = server.practice.access_key_id();
        let date = DateTime::from_secs(self.signed_at).fmt(DateTimeFormat::DateTime).unwrap();
        let date = date.replace(['-', ':'], "");
        let day = &date[..8];
        let ends = DateTime::from_secs(self.ends_at).fmt(DateTimeFormat::DateTime).unwrap();
        let credential = format!("{key_id}/{day}/{}/s3/aws4_request", self.region);
        let token = self.token.map(|token| format!(r#", {{"x-amz-security-token": "{token}"}}"#));
        let policy = format!(
            r#"{{"expiration": "{ends}", "conditions": [{{"bucket": "{BUCKET}"}},
                {{"x-amz-algorithm": "AWS4-HMAC-SHA256"}}, {{"x-amz-credential": "{credential}"}},
                {{"x-amz-date": "{date}"}}{}{}]}}"#,
            self.conditions,
            token.unwrap_or_default()
        );
        let policy = base64_simd::STANDARD.encode_to_string(policy);
        let secret = format!("AWS4{}", server.practice.secret_access_key()).into_bytes();
        let key = [day, self.region, "s3", "aws4_request"].iter().fold(secret, |key, text| mac(&key, text));
        let mut fields = self.fields;
        fields.extend([
            ("policy", policy.clone()),
            ("x-amz-algorithm", "AWS4-HMAC-SHA256".to_owned()),
            ("X-Amz-Credential", credential),
            ("x-amz-date", date),
            ("x-amz-signature", hex::encode(mac(&key, &policy))),
        ]);
        fields.extend(self.token.map(|token| ("x-amz-security-token", token.to_owned())));
        send(server, &fields, self.file_name, &self.file).await
    }
}

async fn send(server: &Server, fields: &[(&str, String)], name: &str, file: &[u8]) -> reqwest::Response {
    let mut body = Vec::new();
    for (name, value) in fields {
        let field = format!("--line\r\nContent-Disposition: form-data; name=\"{name}\"\r\n\r\n{value}\r\n");
        body.extend_from_slice(field.as_bytes());
    }
    let head = format!("--line\r\nContent-Disposition: form-data; name=\"file\"; filename=\"{name}\"\r\n\r\n");
    body.extend_from_slice(head.as_bytes());
    body.extend_from_slice(file);
    body.extend_from_slice(
        b"\r\n--line\r\nContent-Disposition: form-data; name=\"submit\"\r\n\r\nSend\r\n--line--\r\n",
    );
    let http = reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap();
    let post = http.post(format!("{}/{BUCKET}", server.practice.endpoint()));
    post.header("content-type", "multipart/form-data; boundary=line").body(body).send().await.unwrap()
}

fn now() -> i64 {
    DateTime::from(std::time::SystemTime::now()).secs()
}

async fn code(response: reqwest::Response) -> (u16, String) {
    let status = response.status().as_u16();
    let text = response.text().await.unwrap();
    let code = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
    (status, code.map(|(code, _)| code.to_owned()).unwrap_or_default())
}

#[tokio::test]
async fn a_file_arrives_under_the_key_of_its_form() {
    let (server, client) = Server::empty().await;
    let form = Form::new("in/a//b ${filename}").allow(r#"["starts-with", "$Content-Type", "text/"]"#);
    let form = form
        .allow(r#"{"x-amz-meta-by": "us"}"#)
        .field("Content-Type", "text/plain")
        .field("x-amz-meta-by", "us");
    let answer = form.post(&server).await;
    assert_eq!(answer.status(), StatusCode::NO_CONTENT);
    assert_eq!(answer.headers()["etag"], format!("\"{MD5}\""));
    assert_eq!(get(&client, "in/a//b näme.txt").await, b"the file");
    let head = client.head_object().bucket(BUCKET).key("in/a//b näme.txt").send().await.unwrap();
    assert_eq!((head.content_type(), head.metadata().unwrap()["by"].as_str()), (Some("text/plain"), "us"));
}

/// Of "the file".
const MD5: &str = "9144da26b6b58c823799dd4a8a884f26";

#[tokio::test]
async fn a_policy_of_six_days_ago_is_good_and_one_that_ended_is_not() {
    let (server, _client) = Server::empty().await;
    let day = 24 * 3_600;
    let posted = async |signed_at: i64, ends_at: i64| {
        code(Form { signed_at, ends_at, ..Form::new("in/k") }.post(&server).await).await.0
    };
    assert_eq!(posted(now() - 6 * day, now() + day).await, 204);
    assert_eq!(posted(now() - 6 * day, now() - 1).await, 403);
    assert_eq!(posted(now() - 8 * day, now() + day).await, 403, "no signature is older than seven days");
    assert_eq!(posted(now() + 3_600, now() + day).await, 403, "from the future");
}

#[tokio::test]
async fn what_the_policy_does_not_allow_is_refused() {
    let (server, client) = Server::empty().await;
    let refused = async |form: Form| code(form.post(&server).await).await;
    let denied = (403, "AccessDenied".to_owned());
    assert_eq!(refused(Form::new("out/k")).await, denied, "another folder");
    assert_eq!(refused(Form::new("in/k").field("Content-Type", "text/html")).await, denied, "another field");
    assert_eq!(
        refused(Form::new("in/k").allow(r#"{"acl": "private"}"#)).await,
        denied,
        "a field that is missing"
    );
    let large =
        Form { file: vec![b'x'; 3_000_000], ..Form::new("in/k").allow(r#"["content-length-range", 1, 10]"#) };
    assert_eq!(refused(large).await, (400, "EntityTooLarge".into()));
    let small = Form { file: Vec::new(), ..Form::new("in/k").allow(r#"["content-length-range", 1, 10]"#) };
    assert_eq!(refused(small).await, (400, "EntityTooSmall".into()));
    assert_eq!(refused(Form::new(&format!("in/{}", "k".repeat(1_022)))).await, (400, "KeyTooLongError".into()));
    let elsewhere = Form { region: "eu-west-1", ..Form::new("in/k") };
    assert_eq!(refused(elsewhere).await.0, 400);
    let with_token = Form { token: Some("token"), ..Form::new("in/k") };
    assert_eq!(refused(with_token).await, (400, "InvalidToken".into()), "keys that last have no token");
    let anonymous = send(&server, &[("key", "in/k".to_owned())], "x", b"x").await;
    assert_eq!(code(anonymous).await, denied);
    let forged = [
        ("key", "in/k"),
        ("policy", "e30="),
        ("x-amz-algorithm", "AWS4-HMAC-SHA256"),
        ("x-amz-date", "20261120T000000Z"),
        ("x-amz-signature", "00"),
    ];
    let mut forged: Vec<_> = forged.iter().map(|(name, value)| (*name, (*value).to_owned())).collect();
    forged.push((
        "x-amz-credential",
        format!("{}/20261120/us-east-1/s3/aws4_request", server.practice.access_key_id()),
    ));
    assert_eq!(code(send(&server, &forged, "x", b"x").await).await, (403, "SignatureDoesNotMatch".into()));
    let listed = client.list_objects_v2().bucket(BUCKET).send().await.unwrap();
    assert_eq!(listed.key_count(), Some(0), "nothing of all this is kept");
}

#[tokio::test]
async fn temporary_keys_sign_forms_with_their_token() {
    let server = Server::with(true, Some("the token".into())).await;
    assert_eq!(Form { token: Some("the token"), ..Form::new("in/k") }.post(&server).await.status(), 204);
    assert_eq!(code(Form::new("in/k").post(&server).await).await.1, "InvalidToken");
    assert_eq!(
        code(Form { token: Some("other"), ..Form::new("in/k") }.post(&server).await).await.1,
        "InvalidToken"
    );
}

#[tokio::test]
async fn the_page_is_answered_as_it_asked() {
    let (server, _client) = Server::empty().await;
    let form =
        Form::new("in/<k>&").allow(r#"{"success_action_status": "201"}"#).field("success_action_status", "201");
    let created = form.post(&server).await;
    assert_eq!(created.status(), StatusCode::CREATED);
    assert!(created.text().await.unwrap().contains("<Key>in/&lt;k&gt;&amp;</Key>"));
    let to = "https://press.test/thanks?a=b";
    let form = Form::new("in/k").allow(&format!(r#"{{"success_action_redirect": "{to}"}}"#));
    let moved = form.field("success_action_redirect", to).post(&server).await;
    assert_eq!(moved.status(), StatusCode::SEE_OTHER);
    let location = moved.headers()["location"].to_str().unwrap();
    assert!(
        location.starts_with("https://press.test/thanks?a=b&bucket=practice&key=in%2Fk&etag="),
        "{location}"
    );
}
