//! Signing in with a browser anywhere.

use guestpass_testkit::identity_center::click;

use crate::guest::HURRY;
use crate::house::House;

async fn house() -> House {
    let mut house = House::new().await;
    house.variables.push((HURRY, "100".into()));
    house
}

#[tokio::test]
async fn whoever_compares_the_code_and_allows_it_has_signed_in() {
    let house = house().await;
    house.identity.set(|settings| settings.slow_downs = 2);
    let mut guest = house.guest();
    guest.tell("sign-in device").await;
    let (page, code) = guest.invitation().await;
    assert!(page.ends_with(&format!("?user_code={code}")) && code.starts_with("ABCD-"), "{page} {code}");
    // Long enough to be asked some times in vain.
    tokio::time::sleep(std::time::Duration::from_millis(500)).await;
    click(&page, "Allow access").await;
    assert_eq!(guest.answer().await, "signed in");
    assert!(house.token_file().exists());
    let asked = house.identity.asked().iter().filter(|asked| asked.starts_with("POST /token")).count();
    // One second, six, eleven, eleven, …: 60 seconds pass in 600 ms.
    assert!((3..=12).contains(&asked), "{asked}: it slows down when it is told to");
    let registered = house.identity.asked().iter().filter(|asked| asked.contains("register")).count();
    assert_eq!(registered, 1);
}

#[tokio::test]
async fn whoever_says_no_or_nothing_has_not() {
    let house = house().await;
    let mut guest = house.guest();
    guest.tell("sign-in device").await;
    let (page, _) = guest.invitation().await;
    click(&page, "Deny").await;
    assert!(guest.answer().await.starts_with("error SignInRefused |"));
    assert!(guest.ask("sign-in device").await.starts_with("error SignInUnanswered |"), "after ten minutes");
    house.identity.set(|settings| settings.device_seconds = 0);
    assert!(guest.ask("sign-in device").await.starts_with("error SignInUnanswered |"), "after the code's end");
    assert!(!house.token_file().exists());
}
