//! Roles that ask for a code of six digits.

use std::collections::HashMap;

use crate::house::{Guest, House};

const SERIAL: &str = "arn:aws:iam::111111111111:mfa/kim";

const FILE: &str = "
[profile keys]
aws_access_key_id = AKIDOFKEYS
aws_secret_access_key = never-print-this

[profile coded]
region = eu-west-1
role_arn = arn:aws:iam::111111111111:role/coded
source_profile = keys
mfa_serial = arn:aws:iam::111111111111:mfa/kim
external_id = acme-42
duration_seconds = 900
role_session_name = kim
services = here

[profile itself]
aws_access_key_id = AKIDOFITSELF
aws_secret_access_key = never-print-this
region = eu-west-1
role_arn = arn:aws:iam::111111111111:role/itself
source_profile = itself
mfa_serial = arn:aws:iam::111111111111:mfa/kim
services = here

[profile behind]
region = eu-west-1
role_arn = arn:aws:iam::222222222222:role/behind
source_profile = itself-coded
services = here

[profile itself-coded]
role_arn = arn:aws:iam::111111111111:role/first
source_profile = keys
mfa_serial = arn:aws:iam::111111111111:mfa/kim

[profile by-variables]
region = eu-west-1
role_arn = arn:aws:iam::111111111111:role/variables
credential_source = Environment
mfa_serial = arn:aws:iam::111111111111:mfa/kim
services = here

[profile by-process]
region = eu-west-1
role_arn = arn:aws:iam::111111111111:role/process
source_profile = by-process
credential_process = /bin/cat {home}/keys.json
mfa_serial = arn:aws:iam::111111111111:mfa/kim
services = here

[profile loop]
role_arn = arn:aws:iam::111111111111:role/loop
source_profile = loop2
mfa_serial = arn:aws:iam::111111111111:mfa/kim
[profile loop2]
role_arn = arn:aws:iam::111111111111:role/loop
source_profile = loop

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
    house.sts.set(|settings| {
        settings.serial = Some(SERIAL.into());
        settings.code = Some("314159".into());
    });
    let guest = house.guest();
    (house, guest)
}

fn last(house: &House) -> HashMap<String, String> {
    house.sts.asked().pop().unwrap()
}

#[tokio::test]
async fn the_right_code_opens_a_role_with_all_that_the_section_says() {
    let (house, mut guest) = house().await;
    house.sts.set(|settings| settings.external_id = Some("acme-42".into()));
    let said = guest.ask("connect aws coded").await;
    assert!(said.starts_with("error CodeNeeded { profile: \"Press\" } |"), "{said}");
    assert_eq!(house.sts.asked().len(), 0, "nobody is asked without a code");
    let link = guest.ask("connect aws coded 314159").await;
    assert!(link.contains("X-Amz-Credential=ASIAIOSFODNN7EXAMPLE%2F"), "{link}");
    let asked = last(&house);
    for (name, value) in [
        ("RoleArn", "arn:aws:iam::111111111111:role/coded"),
        ("SerialNumber", SERIAL),
        ("TokenCode", "314159"),
        ("ExternalId", "acme-42"),
        ("DurationSeconds", "900"),
        ("RoleSessionName", "kim"),
        ("signed by", "AKIDOFKEYS"),
    ] {
        assert_eq!(asked[name], value, "{name}");
    }
}

#[tokio::test]
async fn a_code_that_is_wrong_used_or_none_is_refused() {
    let (house, mut guest) = house().await;
    for code in ["271828", "27182", "abcdef"] {
        let said = guest.ask(&format!("connect aws itself {code}")).await;
        assert!(said.starts_with("error CodeRefused { profile: \"Press\" } |"), "{code}: {said}");
        assert!(!said.contains(code), "{said}");
    }
    assert!(guest.ask("connect aws itself 314159").await.starts_with("http"));
    let said = guest.ask("connect aws itself 314159").await;
    assert!(said.starts_with("error CodeRefused"), "it works once: {said}");
    house.sts.set(|settings| {
        settings.code = Some("314159".into());
        settings.external_id = Some("unknown to the file".into());
    });
    let said = guest.ask("connect aws itself 314159").await;
    assert!(said.starts_with("error CredentialsRefused"), "that is not about the code: {said}");
}

#[tokio::test]
async fn the_first_credentials_may_be_beside_the_role() {
    let (house, mut guest) = house().await;
    let keys = r#"{"Version": 1, "AccessKeyId": "AKIDOFPROCESS", "SecretAccessKey": "never-print-this"}"#;
    std::fs::write(house.path("keys.json"), keys).unwrap();
    for (profile, by) in
        [("itself", "AKIDOFITSELF"), ("by-variables", "AKIDOFVARIABLES"), ("by-process", "AKIDOFPROCESS")]
    {
        house.sts.set(|settings| settings.code = Some("314159".into()));
        let said = guest.ask(&format!("connect aws {profile} 314159")).await;
        assert!(said.starts_with("http"), "{profile}: {said}");
        assert_eq!(last(&house)["signed by"], by, "{profile}");
    }
}

#[tokio::test]
async fn a_role_behind_another_is_taken_on_anew_without_another_code() {
    let (house, mut guest) = house().await;
    house.sts.set(|settings| settings.keys.seconds = 400);
    assert!(guest.ask("connect aws behind").await.starts_with("error CodeNeeded"), "somewhere below");
    assert!(guest.ask("connect aws behind 314159").await.starts_with("http"));
    let asked = house.sts.asked();
    assert_eq!(asked.len(), 2);
    assert!(asked[1]["RoleArn"].ends_with("/behind") && !asked[1].contains_key("SerialNumber"));
    house.sts.set(|settings| settings.serial = None);
    // A connection whose first role lasts, and whose second is about to end.
    house.sts.set(|settings| {
        settings.serial = Some(SERIAL.into());
        settings.code = Some("314159".into());
        settings.keys.seconds = 250;
    });
    assert!(guest.ask("connect aws behind 314159").await.starts_with("http"));
    let before = house.sts.asked().len();
    house.sts.set(|settings| settings.serial = None);
    assert!(guest.ask("link").await.starts_with("http"));
    let after = house.sts.asked();
    assert!(after.len() > before, "the second role is asked for again");
    assert!(after[before..].iter().all(|asked| asked["RoleArn"].ends_with("/behind")));
}

#[tokio::test]
async fn what_a_code_opened_ends_and_another_is_needed() {
    let (house, mut guest) = house().await;
    house.sts.set(|settings| settings.keys.seconds = 1);
    assert!(guest.ask("connect aws itself 314159").await.starts_with("http"));
    tokio::time::sleep(std::time::Duration::from_millis(1_500)).await;
    let said = guest.ask("link").await;
    assert!(said.starts_with("error CodeNeeded { profile: \"Press\" } |"), "{said}");
}

#[tokio::test]
async fn sections_that_lead_in_a_circle_are_left_to_the_sdk_to_refuse() {
    let (_house, mut guest) = house().await;
    let said = guest.ask("connect aws loop 314159").await;
    assert!(said.starts_with("error CredentialsMissing"), "{said}");
}
