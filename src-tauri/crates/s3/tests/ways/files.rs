//! What sections of the AWS files say of credentials, and keys that were given to the app.

use std::os::unix::fs::PermissionsExt;

use sha2::{Digest, Sha256};

use crate::house::{Guest, House};

const FILE: &str = "
[profile keys]
aws_access_key_id = AKIDOFKEYS
aws_secret_access_key = never-print-this

[profile other-account]
region = eu-west-1
role_arn = arn:aws:iam::222222222222:role/other
source_profile = keys
external_id = acme-42
role_session_name = kim
services = here

[profile web]
region = eu-west-1
role_arn = arn:aws:iam::111111111111:role/web
web_identity_token_file = {home}/identity
services = here

[profile variables]
region = eu-west-1
role_arn = arn:aws:iam::111111111111:role/variables
credential_source = Environment
services = here

[profile program]
region = eu-west-1
credential_process = {home}/program --for \"the press\"
services = here

[profile login]
region = eu-west-1
login_session = arn:aws:iam::111111111111:user/kim
services = here

[services here]
sts =
  endpoint_url = {sts}
s3 =
  endpoint_url = http://127.0.0.1:9
";

async fn house() -> (House, Guest) {
    let mut house = House::new().await;
    house.configure(FILE);
    house.variables.push(("AWS_ACCESS_KEY_ID", "AKIDOFVARIABLES".into()));
    house.variables.push(("AWS_SECRET_ACCESS_KEY", "never-print-this".into()));
    let guest = house.guest();
    (house, guest)
}

fn signed_by(link: &str) -> &str {
    link.split_once("X-Amz-Credential=").map_or(link, |(_, key)| key.split('%').next().unwrap())
}

#[tokio::test]
async fn a_role_of_another_account_is_told_its_external_id() {
    let (house, mut guest) = house().await;
    house.sts.set(|settings| settings.external_id = Some("acme-42".into()));
    assert_eq!(signed_by(&guest.ask("connect aws other-account").await), "ASIAIOSFODNN7EXAMPLE");
    let asked = house.sts.asked().pop().unwrap();
    let names = ["ExternalId", "RoleSessionName", "signed by"];
    assert_eq!(names.map(|name| asked[name].as_str()), ["acme-42", "kim", "AKIDOFKEYS"]);
    house.sts.set(|settings| settings.external_id = Some("another".into()));
    let said = guest.ask("connect aws other-account").await;
    assert!(said.starts_with("error CredentialsRefused { profile: \"Press\" } |"), "{said}");
    assert!(said.contains("AccessDenied (HTTP 403)"), "{said}");
}

#[tokio::test]
async fn a_web_identity_shows_its_token() {
    let (house, mut guest) = house().await;
    std::fs::write(house.path("identity"), "a-web-identity").unwrap();
    assert_eq!(signed_by(&guest.ask("connect aws web").await), "ASIAIOSFODNN7EXAMPLE");
    assert_eq!(house.sts.asked()[0]["Action"], "AssumeRoleWithWebIdentity");
    std::fs::write(house.path("identity"), "a-forged-one").unwrap();
    let said = guest.ask("connect aws web").await;
    assert!(said.starts_with("error CredentialsRefused"), "{said}");
}

#[tokio::test]
async fn a_role_may_be_taken_on_by_the_variables() {
    let (house, mut guest) = house().await;
    assert_eq!(signed_by(&guest.ask("connect aws variables").await), "ASIAIOSFODNN7EXAMPLE");
    assert_eq!(house.sts.asked()[0]["signed by"], "AKIDOFVARIABLES");
}

#[tokio::test]
async fn a_program_may_tell_the_keys_and_its_failure_is_told_without_its_words() {
    let (house, mut guest) = house().await;
    let write = |lines: &str| {
        std::fs::write(house.path("program"), format!("#!/bin/sh\n{lines}\n")).unwrap();
        std::fs::set_permissions(house.path("program"), std::fs::Permissions::from_mode(0o755)).unwrap();
    };
    write(
        "test \"$2\" = 'the press' && echo '{\"Version\": 1, \"AccessKeyId\": \"AKIDOFPROGRAM\", \"SecretAccessKey\": \"x\"}'",
    );
    assert_eq!(signed_by(&guest.ask("connect aws program").await), "AKIDOFPROGRAM");
    write("echo 'never-print-this' >&2; exit 1");
    let said = guest.ask("connect aws program").await;
    assert!(said.starts_with("error CredentialsEnded"), "{said}");
}

#[tokio::test]
async fn what_aws_login_has_got_is_used() {
    let (house, mut guest) = house().await;
    let said = guest.ask("connect aws login").await;
    assert!(said.starts_with("error CredentialsEnded"), "{said}");
    // As `aws login` keeps it, under the hash of the session's name.
    let name = hex::encode(Sha256::digest("arn:aws:iam::111111111111:user/kim"));
    let folder = house.path(".aws/login/cache");
    std::fs::create_dir_all(&folder).unwrap();
    let token = r#"{"accessToken": {"accessKeyId": "ASIAOFLOGIN", "secretAccessKey": "never-print-this",
        "sessionToken": "never-print-this", "accountId": "111111111111", "expiresAt": "2099-01-01T00:00:00Z"},
        "tokenType": "urn:aws:params:oauth:token-type:access_token_sigv4", "refreshToken": "never-print-this",
        "clientId": "arn:aws:signin:::devtools/same-device", "dpopKey": "never-print-this"}"#;
    std::fs::write(folder.join(format!("{name}.json")), token).unwrap();
    assert_eq!(signed_by(&guest.ask("connect aws login").await), "ASIAOFLOGIN");
}

#[tokio::test]
async fn a_key_of_the_app_is_led_nowhere_by_the_environment() {
    let (mut house, _) = house().await;
    for (name, value) in [
        ("AWS_ENDPOINT_URL", "http://127.0.0.1:1"),
        ("AWS_ENDPOINT_URL_S3", "http://127.0.0.1:2"),
        ("AWS_REGION", "us-gov-west-1"),
        ("AWS_PROFILE", "keys"),
        ("AWS_SESSION_TOKEN", "another's"),
        ("AWS_USE_FIPS_ENDPOINT", "true"),
    ] {
        house.variables.push((name, value.to_owned()));
    }
    let link = house.guest().ask("connect key").await;
    assert!(link.starts_with("http://127.0.0.1:9/acme-press/film.mp4?"), "{link}");
    assert!(
        link.contains("X-Amz-Credential=AKIDOFTHEAPP%2F") && link.contains("%2Feu-west-1%2Fs3%2F"),
        "{link}"
    );
    assert!(!link.contains("Security-Token"), "{link}");
}

#[tokio::test]
async fn no_server_that_hands_out_keys_is_no_end_of_a_sign_in() {
    let (house, mut guest) = house().await;
    house.configure(&FILE.replace("{sts}", "http://127.0.0.1:9"));
    let said = guest.ask("connect aws other-account").await;
    assert!(said.starts_with("error Offline { host: \"127.0.0.1\" } |"), "{said}");
}

#[tokio::test]
async fn an_address_that_is_none_is_told_at_once() {
    for address in ["minio.acme.test:9000", "minio.acme.test", "ftp://minio.acme.test", "https://", "a b"] {
        let mut house = House::new().await;
        house.variables.push((crate::guest::S3, address.into()));
        let said = house.guest().ask("connect key").await;
        assert!(said.starts_with("error AddressInvalid"), "{address}: {said}");
    }
}
