//! The end of a sign-in: seen before, renewed in place, and nothing that was under way is lost by it.

use guestpass_testkit::identity_center::IdentityCenter;
use guestpass_tests::{Desktop, Drag, Keyring, Window, fetch, until};

use crate::line::{FILM, Line, QUICK, SLOW};
use crate::sign_in::{instead, keys, organisation, write};
use crate::store::Store;

/// A window that is signed in through the organisation for so many seconds, with the bucket open.
async fn signed_in(
    desktop: &Desktop,
    store: &Store,
    center: &IdentityCenter,
    endpoint: &str,
    seconds: i64,
) -> Window {
    store.put("letter.txt", "x").await;
    last(center, store, seconds);
    center.set(|settings| settings.refreshes = false);
    let config = format!(
        "[sso-session acme]\nsso_start_url = {}\nsso_region = eu-central-1\n\n[profile Marketing]\n\
         sso_session = acme\nsso_account_id = 222222222222\nsso_role_name = Editor\nregion = us-east-1\n\
         endpoint_url = {endpoint}\n",
        center.start_url(),
    );
    let config = write(&desktop.home().join("aws/ending"), &config).display().to_string();
    let [oidc, portal] = instead(center);
    let env = [("AWS_CONFIG_FILE", config.as_str()), ("AWS_SHARED_CREDENTIALS_FILE", "/nowhere"), oidc, portal];
    let window = desktop.open(&[], &env).await;
    window.click("button", "Marketing").await;
    center.allow(&desktop.opened_page().await).await;
    window.click("button", "acme-press").await;
    window.find("row", "letter.txt").await;
    window
}

/// From now on, a sign-in and the keys that it gives last so long.
fn last(center: &IdentityCenter, store: &Store, seconds: i64) {
    center.set(|settings| {
        settings.token_seconds = seconds;
        settings.keys = keys(store, seconds);
    });
}

#[tokio::test]
async fn before_the_end_the_window_offers_to_sign_in_again_in_place() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    let center = organisation(&store).await;
    let window = signed_in(&desktop, &store, &center, &store.server.endpoint(), 240).await;
    window.sees("Your sign-in ends at").await;
    window.screenshot("ending-soon").await;
    last(&center, &store, 3_600);
    window.click("button", "Sign in again").await;
    center.allow(&desktop.opened_page().await).await;
    until("the notice has gone", async || {
        (!window.text().await.contains("Your sign-in ends at")).then_some(())
    })
    .await;
    window.find("row", "letter.txt").await;
    window.close().await;
}

#[tokio::test]
async fn an_upload_over_which_the_sign_in_ends_waits_and_goes_on_after_the_next() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    let center = organisation(&store).await;
    let line = Line::to(&store, QUICK).await;
    let window = signed_in(&desktop, &store, &center, line.endpoint(), 12).await;
    line.set(SLOW);
    let film = desktop.home().join("film.mov");
    std::fs::write(&film, vec![7; FILM]).unwrap();
    Drag::hold(&desktop, &[&film]).drop();
    window.sees("Waiting for your sign-in").await;
    window.sees("Your sign-in ended at").await;
    window.screenshot("ending-over").await;
    last(&center, &store, 3_600);
    line.set(QUICK);
    window.click("button", "Sign in again").await;
    center.allow(&desktop.opened_page().await).await;
    window.sees("Link copied and tested").await;
    assert_eq!(fetch(&desktop.clipboard().unwrap()).await.bytes.len(), FILM);
    window.close().await;
}
