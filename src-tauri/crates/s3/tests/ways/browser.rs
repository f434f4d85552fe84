//! Signing in with the browser of this computer.

use std::os::unix::fs::PermissionsExt;

use guestpass_testkit::identity_center::{get, led_on, redirect_of};
use jiff::Timestamp;
use tokio::net::TcpStream;
use url::Url;

use crate::guest::HURRY;
use crate::house::House;

fn parameter(page: &str, name: &str) -> String {
    let url = Url::parse(page).unwrap();
    url.query_pairs().find(|(key, _)| key == name).unwrap().1.into_owned()
}

#[tokio::test]
async fn whoever_allows_it_has_signed_in_and_the_token_is_where_the_other_tools_look() {
    let house = House::new().await;
    let mut guest = house.guest();
    assert_eq!(guest.ask("until").await, "None");
    guest.tell("sign-in browser").await;
    let (page, code) = guest.invitation().await;
    assert_eq!(code, "", "there is nothing to compare");
    assert_eq!(parameter(&page, "code_challenge_method"), "S256");
    let shown = house.identity.allow(&page).await;
    assert_eq!(shown, "<h1>Signed in</h1>");
    assert_eq!(guest.answer().await, "signed in");

    let text = std::fs::read_to_string(house.token_file()).unwrap();
    let fields: Vec<&str> = text.split('"').skip(1).step_by(4).collect();
    let of_aws_cli = [
        "startUrl",
        "region",
        "accessToken",
        "expiresAt",
        "clientId",
        "clientSecret",
        "registrationExpiresAt",
        "refreshToken",
    ];
    assert_eq!(fields, of_aws_cli);
    let token: serde_json::Value = serde_json::from_str(&text).unwrap();
    assert_eq!(token["startUrl"], house.identity.start_url());
    let ends_at: Timestamp = token["expiresAt"].as_str().unwrap().parse().unwrap();
    let left = ends_at.as_second() - Timestamp::now().as_second();
    assert!((3_500..=3_600).contains(&left), "{left}");
    assert_eq!(guest.ask("until").await, format!("Some({ends_at})"));

    let mode = |path| std::fs::metadata(path).unwrap().permissions().mode() & 0o777;
    assert_eq!(mode(house.token_file()), 0o600);
    assert_eq!(mode(house.path(".aws/sso/cache")), 0o700);
    let beside = std::fs::read_dir(house.path(".aws/sso/cache")).unwrap().count();
    assert_eq!(beside, 1, "no temporary file stays");
}

#[tokio::test]
async fn whoever_says_no_has_not() {
    let house = House::new().await;
    let mut guest = house.guest();
    guest.tell("sign-in browser").await;
    let (page, _) = guest.invitation().await;
    assert_eq!(house.identity.deny(&page).await, "<h1>Not signed in</h1>");
    assert!(guest.answer().await.starts_with("error SignInRefused |"));
    assert!(!house.token_file().exists());
}

#[tokio::test]
async fn a_stranger_s_answer_is_none_and_the_person_s_still_counts() {
    let house = House::new().await;
    let mut guest = house.guest();
    guest.tell("sign-in browser").await;
    let (page, _) = guest.invitation().await;
    let (back, state) = (parameter(&page, "redirect_uri"), parameter(&page, "state"));
    let elsewhere = back.replace("/oauth/callback", "/");
    for (attack, status) in [
        (format!("{back}?code=stolen"), 400),
        (format!("{back}?code=stolen&state="), 400),
        (format!("{back}?code=stolen&state=guessed"), 400),
        (format!("{back}?code=stolen&state={}", &state[..20]), 400),
        (format!("{back}?error=access_denied&state=guessed"), 400),
        (format!("{back}?state={state}"), 400),
        (format!("{elsewhere}?code=stolen&state={state}"), 404),
        (format!("{}?code=stolen&state={state}", back.replace("127.0.0.1", "localhost")), 400),
    ] {
        let (was, shown) = get(&attack).await;
        assert_eq!((was, shown.as_str()), (status, ""), "{attack}");
    }
    assert_eq!(house.identity.asked().iter().filter(|asked| asked.contains("/token")).count(), 0);
    // Browsers open connections on which they say nothing.
    let _silent = TcpStream::connect(back[7..].trim_end_matches("/oauth/callback")).await.unwrap();
    assert_eq!(house.identity.allow(&page).await, "<h1>Signed in</h1>");
    assert_eq!(guest.answer().await, "signed in");
}

#[tokio::test]
async fn a_code_that_was_not_given_to_us_is_no_good() {
    let house = House::new().await;
    let (mut guest, mut thief) = (house.guest(), house.guest());
    guest.tell("sign-in browser").await;
    thief.tell("sign-in browser").await;
    let ((page, _), (stolen, _)) = (guest.invitation().await, thief.invitation().await);
    // The thief's code, in the person's own answer: the proof (PKCE) and the client are others.
    let code = parameter(&redirect_of(&stolen, "Allow access").await, "code");
    let back = format!("{}?code={code}&state={}", parameter(&page, "redirect_uri"), parameter(&page, "state"));
    assert_eq!(get(&back).await.1, "<h1>Not signed in</h1>");
    assert!(guest.answer().await.starts_with("error ServerFault |"));
    assert!(!house.token_file().exists());
}

#[tokio::test]
async fn what_the_program_that_opens_browsers_is_told_leads_to_the_page_once_and_holds_nothing_of_it() {
    let house = House::new().await;
    let mut guest = house.guest();
    guest.tell("sign-in browser").await;
    let start = guest.start().await;
    assert!(start.starts_with("http://127.0.0.1:") && !start.contains("state"), "{start}");
    assert_eq!(led_on(&start.replace("127.0.0.1", "localhost")).await, None, "not under another name");
    let page = led_on(&start).await.unwrap();
    assert!(!parameter(&page, "state").is_empty());
    assert_eq!((led_on(&start).await, get(&start).await.0), (None, 404), "whoever comes second is turned away");
    assert_eq!(house.identity.allow(&page).await, "<h1>Signed in</h1>");
    assert_eq!(guest.answer().await, "signed in");
}

#[tokio::test]
async fn nobody_is_waited_for_without_end() {
    let mut house = House::new().await;
    house.variables.push((HURRY, "300".into()));
    let mut guest = house.guest();
    guest.tell("sign-in browser").await;
    let (page, _) = guest.invitation().await;
    assert!(
        guest.answer().await.starts_with("error SignInUnanswered |"),
        "ten minutes, at 300 times the speed"
    );
    assert_nobody_listens(&page).await;
}

#[tokio::test]
async fn giving_up_leaves_nobody_listening_and_no_token() {
    let house = House::new().await;
    let mut guest = house.guest();
    guest.tell("turn-away").await;
    let (page, _) = guest.invitation().await;
    assert_eq!(guest.answer().await, "true");
    assert_nobody_listens(&page).await;
    assert!(!house.token_file().exists());
}

async fn assert_nobody_listens(page: &str) {
    let back = Url::parse(&parameter(page, "redirect_uri")).unwrap();
    let port = back.port().unwrap();
    // The listener is told to end, and does so when its task runs next.
    for _ in 0..50 {
        if TcpStream::connect(("127.0.0.1", port)).await.is_err() {
            return;
        }
        tokio::time::sleep(std::time::Duration::from_millis(20)).await;
    }
    panic!("somebody listens on {port}");
}

#[tokio::test]
async fn an_address_of_no_organisation_is_told() {
    let mut house = House::new().await;
    let other = house.identity.start_url().replace("/start", "/other");
    house.variables[0].1 = other;
    for how in ["browser", "device"] {
        let said = house.guest().ask(&format!("sign-in {how}")).await;
        assert!(said.starts_with("error ServerFault |"), "{said}");
    }
    house.variables[0].1 = "http://acme.test/start".into();
    let said = house.guest().ask("sign-in browser").await;
    assert!(said.starts_with("error AddressInvalid"), "{said}");
}
