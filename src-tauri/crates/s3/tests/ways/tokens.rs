//! What a token opens, how long, and who else uses it.

use guestpass_testkit::identity_center::click;
use guestpass_testkit::tools;

use crate::house::{Guest, House};

const ROLE: &str = "[profile press]\nsso_session = acme\nsso_account_id = 222222222222\nsso_role_name = Editor\n\
                    region = eu-west-1\nservices = here\n[sso-session acme]\nsso_region = eu-west-1\nsso_start_url = {start_url}\n\
                    sso_registration_scopes = sso:account:access\n\
                    [services here]\ns3 =\n  endpoint_url = http://127.0.0.1:9\n";

/// What botocore signs with.
const BOTOCORE: &str = "import botocore.session as s\n\
                        c = s.Session(profile='press').get_credentials().get_frozen_credentials()\n\
                        print(c.access_key, c.secret_key, c.token)";

async fn sign_in(house: &House, guest: &mut Guest) {
    guest.tell("sign-in browser").await;
    let (page, _) = guest.invitation().await;
    house.identity.allow(&page).await;
    assert_eq!(guest.answer().await, "signed in");
}

fn renewals(house: &House) -> usize {
    house.identity.asked().iter().filter(|asked| asked.ends_with(" refresh_token")).count()
}

async fn botocore(house: &House) -> String {
    let output = house.command(tools::botocore()).args(["-c", BOTOCORE]).output().await.unwrap();
    let said = String::from_utf8_lossy(&output.stdout).into_owned();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    said
}

#[tokio::test]
async fn accounts_and_roles_are_told_by_name_from_all_pages() {
    let house = House::new().await;
    let mut guest = house.guest();
    assert!(guest.ask("accounts").await.starts_with("error CredentialsEnded { profile: \"acme\" } |"));
    sign_in(&house, &mut guest).await;
    let accounts = "[Account { id: \"111111111111\", name: \"Archive\" }, Account { id: \"222222222222\", name: \"Press\" }]";
    assert_eq!(guest.ask("accounts").await, accounts);
    assert_eq!(guest.ask("roles 222222222222").await, "[\"Editor\", \"Reader\"]");
    let said = guest.ask("roles 333333333333").await;
    assert!(said.starts_with("error CredentialsRefused { profile: \"acme\" } |"), "{said}");
}

#[tokio::test]
async fn a_role_is_gone_in_by_and_another_s_is_refused() {
    let house = House::new().await;
    let mut guest = house.guest();
    let said = guest.ask("connect role 222222222222 Editor").await;
    assert!(said.starts_with("error CredentialsEnded { profile: \"Press\" } |"), "{said}");
    house.configure(ROLE);
    let said = guest.ask("connect aws press").await;
    assert!(said.starts_with("error CredentialsEnded { profile: \"Press\" } |"), "{said}");
    sign_in(&house, &mut guest).await;
    let link = guest.ask("connect role 222222222222 Editor").await;
    assert!(link.contains("X-Amz-Credential=ASIAIOSFODNN7EXAMPLE%2F"), "{link}");
    assert!(link.starts_with("http://127.0.0.1:9/acme-press/"), "{link}");
    let said = guest.ask("connect role 222222222222 Owner").await;
    assert!(said.starts_with("error CredentialsRefused { profile: \"Press\" } |"), "{said}");
    // The same by the section of a file, which names the session.
    let link = guest.ask("connect aws press").await;
    assert!(link.contains("X-Amz-Credential=ASIAIOSFODNN7EXAMPLE%2F"), "{link}");
}

#[tokio::test]
async fn a_token_that_is_about_to_end_is_renewed_in_silence() {
    let house = House::new().await;
    let mut guest = house.guest();
    house.identity.set(|settings| settings.token_seconds = 200);
    sign_in(&house, &mut guest).await;
    let before = std::fs::read_to_string(house.token_file()).unwrap();
    house.identity.set(|settings| settings.token_seconds = 7_200);
    let until = guest.ask("until").await;
    let text = std::fs::read_to_string(house.token_file()).unwrap();
    let token: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(until, format!("Some({})", token["expiresAt"].as_str().unwrap()));
    assert_ne!(before, text, "and the new one is kept");
    assert_eq!(renewals(&house), 1);
    assert_eq!(guest.ask("until").await, until);
    assert!(guest.ask("accounts").await.contains("Archive"));
    assert_eq!(renewals(&house), 1, "a good one is not renewed");
}

#[tokio::test]
async fn a_refresh_token_that_is_not_told_again_is_kept() {
    let house = House::new().await;
    let mut guest = house.guest();
    house.identity.set(|settings| (settings.token_seconds, settings.rotates) = (200, false));
    sign_in(&house, &mut guest).await;
    for _ in 0..3 {
        assert!(guest.ask("until").await.starts_with("Some("));
    }
    assert_eq!(renewals(&house), 3, "each of these lasts too short to be kept");
}

#[tokio::test]
async fn a_role_outlives_the_token_it_began_with() {
    let house = House::new().await;
    let mut guest = house.guest();
    house.identity.set(|settings| settings.token_seconds = 200);
    sign_in(&house, &mut guest).await;
    house.identity.set(|settings| settings.token_seconds = 7_200);
    assert!(guest.ask("connect role 222222222222 Editor").await.starts_with("http"));
    assert_eq!(renewals(&house), 1, "the SDK does it by the same file");
    assert!(guest.ask("accounts").await.contains("Archive"), "and we read what it wrote");
    assert_eq!(renewals(&house), 1);
}

#[tokio::test]
async fn a_session_that_was_ended_elsewhere_has_ended() {
    let house = House::new().await;
    let mut guest = house.guest();
    sign_in(&house, &mut guest).await;
    house.identity.end_sessions();
    for line in ["accounts", "connect role 222222222222 Editor"] {
        let said = guest.ask(line).await;
        assert!(said.starts_with("error CredentialsEnded"), "{said}");
    }
    house.identity.set(|settings| settings.token_seconds = -1);
    sign_in(&house, &mut guest).await;
    house.identity.end_sessions();
    assert_eq!(guest.ask("until").await, "None", "ended, and not to be renewed");
}

#[tokio::test]
async fn whoever_signs_out_is_out_here_and_there() {
    let mut house = House::new().await;
    let mut guest = house.guest();
    assert_eq!(guest.ask("sign-out").await, "signed out", "nobody was in");
    sign_in(&house, &mut guest).await;
    let token = std::fs::read(house.token_file()).unwrap();
    assert_eq!(guest.ask("sign-out").await, "signed out");
    assert!(!house.token_file().exists());
    assert_eq!(guest.ask("until").await, "None");
    std::fs::write(house.token_file(), token).unwrap();
    let said = guest.ask("accounts").await;
    assert!(said.starts_with("error CredentialsEnded"), "a copy of the token is good for nothing: {said}");

    sign_in(&house, &mut guest).await;
    house.variables.retain(|(name, _)| *name != "AWS_ENDPOINT_URL_SSO");
    house.variables.push(("AWS_ENDPOINT_URL_SSO", "http://127.0.0.1:9".into()));
    assert_eq!(house.guest().ask("sign-out").await, "signed out", "without a portal too");
    assert!(!house.token_file().exists());
}

#[tokio::test]
async fn one_sign_in_is_for_all_tools_on_this_computer() {
    let house = House::new().await;
    house.configure(ROLE);
    let mut guest = house.guest();
    house.identity.set(|settings| settings.token_seconds = 600);
    sign_in(&house, &mut guest).await;
    house.identity.set(|settings| settings.token_seconds = 7_200);
    assert_eq!(botocore(&house).await.trim(), "ASIAIOSFODNN7EXAMPLE wJalrXUtnFEMI/K7MDENG FwoGZXIvYXdz");
    assert_eq!(renewals(&house), 1, "botocore renews a quarter of an hour before the end, with what we wrote");
    // Now the file is botocore's.
    assert!(guest.ask("connect role 222222222222 Editor").await.starts_with("http"));
    assert!(guest.ask("accounts").await.contains("Archive"));
    let until = guest.ask("until").await;
    assert!(until.starts_with("Some("), "{until}");
    assert_eq!(guest.ask("sign-out").await, "signed out");
}

#[tokio::test]
async fn without_a_session_the_start_url_names_the_token() {
    let mut house = House::new().await;
    house.variables.retain(|(name, _)| *name != crate::guest::SESSION);
    house.configure(
        "[profile press]\nsso_start_url = {start_url}\nsso_region = eu-west-1\n\
         sso_account_id = 222222222222\nsso_role_name = Editor\nregion = eu-west-1\nservices = here\n\
         [services here]\ns3 =\n  endpoint_url = http://127.0.0.1:9\n",
    );
    let mut guest = house.guest();
    guest.tell("sign-in device").await;
    let (page, _) = guest.invitation().await;
    click(&page, "Allow access").await;
    assert_eq!(guest.answer().await, "signed in");
    assert!(guest.ask("connect role 222222222222 Editor").await.starts_with("http"));
    assert!(guest.ask("connect aws press").await.starts_with("http"));
    assert!(botocore(&house).await.starts_with("ASIAIOSFODNN7EXAMPLE "));
}
