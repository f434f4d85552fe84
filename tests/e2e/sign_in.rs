//! Signing in, by somebody who does not know what a credential is: by a file from IT, with the organisation, with a
//! code, with a key. The organisation and the token service are played; the storage behind them is real.

use std::path::{Path, PathBuf};

use guestpass_testkit::identity_center::{self, IdentityCenter, Keys};
use guestpass_testkit::seaweedfs::Identity;
use guestpass_testkit::sts::Sts;
use guestpass_tests::{Browser, Desktop, Drag, Key, Keyring, Window, fetch};

use crate::screens::DARK;
use crate::store::Store;

/// The keys of somebody who may do everything, as an organisation gives them out: for so many seconds.
pub(crate) fn keys(store: &Store, seconds: i64) -> Keys {
    let (id, secret) = store.server.keys(Identity::Admin);
    // The storage knows these two and no token.
    Keys { id: id.into(), secret: secret.into(), token: String::new(), seconds }
}

pub(crate) async fn organisation(store: &Store) -> IdentityCenter {
    let center = IdentityCenter::start().await;
    center.set(|settings| settings.keys = keys(store, 3_600));
    center
}

/// Where the app asks instead of AWS.
pub(crate) fn instead(center: &IdentityCenter) -> [(&'static str, &str); 2] {
    [("AWS_ENDPOINT_URL_SSO_OIDC", center.endpoint()), ("AWS_ENDPOINT_URL_SSO", center.endpoint())]
}

pub(crate) fn write(path: &Path, text: &str) -> PathBuf {
    std::fs::write(path, text).unwrap();
    path.to_owned()
}

async fn type_into(window: &Window, field: &str, text: &str) {
    window.click("textbox", field).await;
    window.press(&[], text).await;
}

/// What a person does with a link in the end.
async fn copies_a_link_that_opens(window: &Window, desktop: &Desktop) {
    window.click("row", "letter.txt").await;
    window.click("button", "Copy link").await;
    window.sees("Link copied and tested").await;
    assert_eq!(fetch(&desktop.clipboard().unwrap()).await.status, 200);
}

#[tokio::test]
async fn a_file_from_it_and_the_organisation_s_sign_in_are_all_it_takes() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    store.put("2026/letter.txt", "x").await;
    let center = organisation(&store).await;
    let file = format!(
        "guestpass = 1\nname = \"Acme press office\"\nplaces = [\"s3://acme-press/2026/\"]\n\n\
         [sign-in]\norganisation = {{ start-url = \"{}\", region = \"eu-central-1\" }}\n\n\
         [storage]\nendpoint = \"{}\"\nregion = \"us-east-1\"\n\n[limits]\nlongest-expiry = \"1d\"\n",
        center.start_url(),
        store.server.endpoint()
    );
    let file = write(&desktop.home().join("acme.guestpass"), &file);
    let window = desktop.open(&[file.to_str().unwrap()], &instead(&center)).await;
    window.find("heading", "Acme press office").await;
    window.screenshot("sign-in-file").await;
    window.click("button", "Use this").await;
    window.sees("Your browser has opened").await;
    window.screenshot("sign-in-waiting").await;
    sign_in_with_chromium(&desktop.opened_page().await).await;

    window.find("heading", "Choose an account").await;
    window.screenshot("sign-in-accounts").await;
    window.click("button", "Press").await;
    window.find("heading", "Choose a role").await;
    window.click("button", "Editor").await;
    window.click("button", "Sign in").await;
    window.click("button", "2026").await;
    copies_a_link_that_opens(&window, &desktop).await;
    window.screenshot("sign-in-done").await;
    let url = desktop.clipboard().unwrap();
    assert!(url.contains("X-Amz-Expires=3") || url.contains("X-Amz-Expires=2"), "it ends with the keys: {url}");
    window.close().await;

    // The next start needs no sign-in, and shares it with other tools by their file.
    let asked = center.asked().len();
    let window = desktop.open(&[], &instead(&center)).await;
    window.find("row", "letter.txt").await;
    window.sees("Signed in until").await;
    assert!(center.asked()[asked..].iter().all(|asked| !asked.contains("authorize")), "{:?}", center.asked());
    let cache = desktop.home().join(".aws/sso/cache");
    assert_eq!(std::fs::read_dir(cache).unwrap().count(), 1);
    assert!(desktop.files_with("letter.txt").is_empty(), "nothing of what was shared is in a file");

    // Removing it takes all of that away, and says so.
    window.click("button", "Acme press office").await;
    window.screenshot("account-menu").await;
    window.click("menuitem", "Remove this connection").await;
    window.screenshot("account-remove").await;
    window.click("button", "Remove it").await;
    window.sees("was removed").await;
    window.screenshot("account-removed").await;
    assert_eq!(std::fs::read_dir(desktop.home().join(".aws/sso/cache")).unwrap().count(), 0);
    for item in ["connections", "selection"] {
        let kept = desktop.keyring_item(item).unwrap_or_default();
        assert!(!kept.contains("own:"), "{item}: {kept}");
    }
    window.close().await;
}

/// Opens the page in a browser, clicks, and looks at where that ends.
async fn sign_in_with_chromium(page: &str) {
    let back = identity_center::redirect_of(page, "Allow access").await;
    let back_at = back.split('?').next().unwrap().trim_end_matches("/oauth/callback");
    let browser = Browser::open(back_at).await;
    browser.go(&back).await;
    browser.sees("document.body.innerText.includes('You are signed in')").await;
    browser.screenshot("sign-in-page").await;
    browser.close().await;
}

/// An AWS profile of an organisation that leads to the store, and one that asks for a code.
fn profiles(desktop: &Desktop, store: &Store, center: &IdentityCenter) -> String {
    let (id, secret) = store.server.keys(Identity::Admin);
    let endpoint = store.server.endpoint();
    let config = format!(
        "[sso-session acme]\nsso_start_url = {}\nsso_region = eu-central-1\nsso_registration_scopes = sso:account:access\n\n\
         [profile Marketing]\nsso_session = acme\nsso_account_id = 222222222222\nsso_role_name = Editor\n\
         region = us-east-1\nendpoint_url = {endpoint}\n\n\
         [profile base]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\nregion = us-east-1\n\n\
         [profile Archive]\nrole_arn = arn:aws:iam::111111111111:role/Archivist\nsource_profile = base\n\
         mfa_serial = arn:aws:iam::111111111111:mfa/kim\nregion = us-east-1\nendpoint_url = {endpoint}\n",
        center.start_url(),
    );
    let path = desktop.home().join("aws/organisation");
    write(&path, &config).display().to_string()
}

#[tokio::test]
async fn a_profile_that_is_signed_out_signs_in_by_one_click_and_out_again() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    store.put("letter.txt", "x").await;
    let center = organisation(&store).await;
    let config = profiles(&desktop, &store, &center);
    let [oidc, portal] = instead(&center);
    let env = [("AWS_CONFIG_FILE", config.as_str()), ("AWS_SHARED_CREDENTIALS_FILE", "/nowhere"), oidc, portal];
    let window = desktop.open(&[], &env).await;
    window.sees("through your organisation").await;
    window.sees("Signed out").await;
    window.screenshot("ways").await;
    window.click("button", "Marketing").await;
    window.click("button", "My browser is on another computer").await;
    window.sees("Code").await;
    window.screenshot("sign-in-device").await;
    let first = desktop.opened_page().await;
    let page = match first.contains("/start/") {
        true => desktop.opened_page().await,
        false => first,
    };
    center.allow(&page).await;
    window.click("button", "acme-press").await;
    copies_a_link_that_opens(&window, &desktop).await;
    window.sees("Signed in until").await;

    // Signed out, the card says so; nothing asks the organisation any more.
    window.click("button", "Marketing").await;
    window.click("menuitem", "Sign out").await;
    window.sees("You are signed out").await;
    window.sees("Signed out").await;
    assert!(center.asked().iter().any(|asked| asked.contains("/logout")));
    window.close().await;
}

#[tokio::test]
async fn a_sign_in_that_is_declined_or_given_up_says_so_and_can_be_tried_again() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    let center = organisation(&store).await;
    let config = profiles(&desktop, &store, &center);
    let [oidc, portal] = instead(&center);
    let env =
        [("AWS_CONFIG_FILE", config.as_str()), ("AWS_SHARED_CREDENTIALS_FILE", "/nowhere"), oidc, portal, DARK];
    let window = desktop.open(&[], &env).await;
    window.click("button", "Marketing").await;
    center.deny(&desktop.opened_page().await).await;
    window.sees("declined in the browser").await;
    window.screenshot("dark-sign-in-declined").await;
    window.click("button", "Try again").await;
    desktop.opened_page().await;
    window.click("button", "Cancel").await;
    window.find("heading", "Choose how to sign in").await;
    window.close().await;
}

#[tokio::test]
async fn a_role_with_a_second_factor_asks_for_six_digits() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    store.put("letter.txt", "x").await;
    let (center, sts) = (organisation(&store).await, Sts::start().await);
    sts.set(|settings| {
        settings.serial = Some("arn:aws:iam::111111111111:mfa/kim".into());
        settings.code = Some("123456".into());
        settings.keys = keys(&store, 3_600);
    });
    let config = profiles(&desktop, &store, &center);
    let env = [
        ("AWS_CONFIG_FILE", config.as_str()),
        ("AWS_SHARED_CREDENTIALS_FILE", "/nowhere"),
        ("AWS_ENDPOINT_URL_STS", sts.endpoint()),
    ];
    let window = desktop.open(&[], &env).await;
    window.sees("Asks for a code").await;
    window.click("button", "Archive").await;
    window.find("heading", "Type your code").await;
    window.press(&[], "000000").await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    window.sees("did not take that code").await;
    window.screenshot("code").await;
    window.press(&[], "123456").await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    window.click("button", "acme-press").await;
    copies_a_link_that_opens(&window, &desktop).await;
    window.close().await;
}

#[tokio::test]
async fn a_pasted_key_is_checked_kept_in_the_keyring_and_never_seen_again() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    store.put("letter.txt", "x").await;
    let window = desktop.open(&[], &[]).await;
    window.click("button", "Use an access key").await;
    window.screenshot("key").await;
    window.click("button", "Amazon Web Services (AWS)").await;
    window.click("option", "Another server").await;
    type_into(&window, "Address of the server", &store.server.endpoint()).await;
    let (id, secret) = store.server.keys(Identity::Admin);
    let mistaken: String = secret.chars().rev().collect();
    let wrong = format!("export AWS_ACCESS_KEY_ID={id}\nexport AWS_SECRET_ACCESS_KEY={mistaken}\n");
    paste(&desktop, &window, &wrong).await;
    window.click("button", "Check and sign in").await;
    window.sees("does not accept").await;
    window.screenshot("key-refused").await;
    assert_eq!(desktop.keyring_item("connections"), None, "what was refused is not kept");

    paste(&desktop, &window, &wrong.replace(&mistaken, secret)).await;
    window.sees("secret found").await;
    window.screenshot("key-pasted").await;
    window.click("button", "Check and sign in").await;
    window.click("button", "acme-press").await;
    copies_a_link_that_opens(&window, &desktop).await;
    assert!(!window.text().await.contains(secret));
    window.close().await;

    let kept = desktop.keyring_item("connections").unwrap();
    let own = kept.trim_matches(['[', ']', '"']).to_owned();
    assert!(desktop.keyring_item(&format!("connection {own}")).unwrap().contains(secret));
    assert!(
        desktop.files_with(secret).trim().is_empty(),
        "only the keyring has it: {}",
        desktop.files_with(secret)
    );
    let window = desktop.open(&[], &[]).await;
    window.find("row", "letter.txt").await;
    window.close().await;
}

/// Copies a text in another program, and pastes it as keys.
async fn paste(desktop: &Desktop, window: &Window, text: &str) {
    let file = write(&desktop.home().join("aws/copied"), text);
    desktop.offer_on_clipboard("UTF8_STRING", &file).await;
    window.click("button", "Paste keys").await;
    window.sees("secret found").await;
}

#[tokio::test]
async fn a_locked_keyring_is_explained_and_a_key_works_for_this_session_only() {
    let desktop = Desktop::start(Keyring::Locked).await;
    let store = Store::start(&desktop).await;
    store.put("letter.txt", "x").await;
    let window = desktop.open(&[], &[]).await;
    window.click("button", "Use an access key").await;
    window.click("button", "Amazon Web Services (AWS)").await;
    window.click("option", "Another server").await;
    let (id, secret) = store.server.keys(Identity::Admin);
    for (field, text) in
        [("Address of the server", store.server.endpoint().as_str()), ("Key ID", id), ("Secret", secret)]
    {
        type_into(&window, field, text).await;
    }
    window.click("button", "Check and sign in").await;
    window.sees("keyring of this computer is locked").await;
    window.screenshot("key-locked").await;
    window.click("button", "Use it for this session only").await;
    window.click("button", "acme-press").await;
    copies_a_link_that_opens(&window, &desktop).await;
    window.close().await;
    assert!(desktop.files_with(secret).trim().is_empty(), "{}", desktop.files_with(secret));
    let window = desktop.open(&[], &[]).await;
    window.find("heading", "Choose how to sign in").await;
    assert!(!window.text().await.contains("Another server"), "it ended with the app");
    window.close().await;
}

/// A file that leads to a profile of this computer.
fn for_press(desktop: &Desktop, name: &str) -> PathBuf {
    let text = format!("guestpass = 1\nname = \"{name}\"\nsign-in = {{ profile = \"press\" }}\n");
    write(&desktop.home().join(format!("{name}.guestpass")), &text)
}

#[tokio::test]
async fn a_connection_file_is_taken_by_a_double_click_or_a_drop_and_two_clicks_lead_to_another_connection() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    let window = store.open_bucket(&desktop, &[]).await;
    // A double click starts the app a second time, which hands the file over.
    let first = for_press(&desktop, "Editors");
    desktop.start_again(&[first.to_str().unwrap()]);
    window.find("heading", "Editors").await;
    window.click("button", "Use this").await;
    window.find("button", "Editors Signed in").await;

    let broken =
        write(&desktop.home().join("broken.guestpass"), "guestpass = 1\nname = \"x\"\nkey = \"AKIA\"\n");
    Drag::hold(&desktop, &[&broken]).drop();
    window.sees("could not be understood").await;
    window.sees("look at line 3").await;
    window.screenshot("file-refused").await;
    Drag::hold(&desktop, &[&for_press(&desktop, "Video")]).drop();
    window.find("heading", "Video").await;
    window.click("button", "Use this").await;
    window.find("button", "Video Signed in").await;
    window.click("button", "acme-press").await;
    window.find("row", "letter.txt").await;

    window.click("button", "Video Signed in").await;
    window.screenshot("account-switch").await;
    window.click("menuitem", "Editors").await;
    window.find("button", "Editors Signed in").await;
    window.sees("Choose a place").await;
    window.close().await;
}
