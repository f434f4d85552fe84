//! Every screen, light and dark, wide and narrow: for eyes. What is asserted is that each says what it is.

use guestpass_tests::{Desktop, Drag, Keyring};

use crate::store::Store;

/// GTK's dark theme is how a Linux desktop says that it is dark.
pub(crate) const DARK: (&str, &str) = ("GTK_THEME", "Adwaita:dark");

#[tokio::test]
async fn dark_and_narrow() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let window = desktop.open(&["--practice"], &[DARK]).await;
    window.click("button", "practice").await;
    window.click("row", "Embargo letter.pdf").await;
    let dark = window.script("return matchMedia('(prefers-color-scheme: dark)').matches", vec![]).await;
    assert_eq!(dark.unwrap(), true, "the window follows the desktop");
    window.click("button", "Copy link").await;
    window.sees("Link copied and tested").await;
    window.screenshot("dark-copied").await;
    let drag = Drag::hold(&desktop, &[&desktop.home().join("bus.conf")]);
    window.find("heading", "Drop 1 file into “practice”").await;
    window.screenshot("dark-drop").await;
    drag.leave();
    window.resize(900, 700).await;
    window.screenshot("dark-narrow").await;
    window.close().await;

    let window = desktop.open(&["--practice"], &[]).await;
    window.click("button", "practice").await;
    window.click("row", "Launch film.mp4").await;
    window.click("radio", "Other…").await;
    window.screenshot("other-end").await;
    window.resize(900, 700).await;
    window.screenshot("narrow").await;
    window.open_folder("Incoming").await;
    window.sees("This folder is empty").await;
    window.screenshot("empty").await;
    window.close().await;
}

#[tokio::test]
async fn what_is_denied_or_out_of_reach_says_so() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    store.put("letter.pdf", "x").await;
    let window = store.open(&desktop, &[]).await;
    window.click("button", "listless").await;
    window.find("button", "Add a place").await;

    // A place that may not be looked into is refused in the form, with the reason.
    window.click("button", "Add a place").await;
    window.click("textbox", "").await;
    window.press(&[], "legal").await;
    window.press(&[], &char::from(guestpass_tests::Key::Enter).to_string()).await;
    window.sees("not allowed").await;
    window.screenshot("add-place-denied").await;
    window.press(&[], &char::from(guestpass_tests::Key::Escape).to_string()).await;

    // A file that may be seen but not read has no link.
    window.click("button", "acme-press").await;
    window.click("row", "letter.pdf").await;
    window.click("button", "Copy link").await;
    window.sees("would not open").await;
    window.screenshot("link-denied").await;
    assert_eq!(desktop.clipboard(), None, "a link that does not open is not copied");

    drop(store);
    window.click("button", "Reload").await;
    window.sees("did not answer").await;
    window.screenshot("offline").await;
    window.close().await;
}
