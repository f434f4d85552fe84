//! Uploads that outlive what happens to the app, and what a person is asked and told about them.

use std::path::PathBuf;

use guestpass_tests::{Desktop, Drag, Key, Keyring, Window, fetch};

use crate::line::{FILM, Line, QUICK, SLOW};
use crate::screens::DARK;
use crate::store::Store;

fn film(desktop: &Desktop) -> PathBuf {
    let path = desktop.home().join("film.mov");
    std::fs::File::create(&path).unwrap().set_len(FILM as u64).unwrap();
    path
}

async fn in_practice(desktop: &Desktop, more: &[(&str, &str)]) -> Window {
    let window = desktop.open(&["--practice"], more).await;
    window.click("button", "practice").await;
    window.find("row", "Launch film.mp4").await;
    window
}

#[tokio::test]
async fn an_upload_is_paused_and_outlives_the_app_that_is_killed() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    let line = Line::to(&store, SLOW).await;
    let window = store.open_bucket(&desktop, &[]).await;
    Drag::hold(&desktop, &[&film(&desktop)]).drop();
    window.click("button", "Uploads, 1 under way").await;
    window.click("button", "Pause").await;
    window.find("button", "Resume").await;
    // No part of it is whole, and none goes on by itself.
    window.sees("0 bytes of 50.3 MB").await;
    window.screenshot("uploads-paused").await;
    window.resize(900, 700).await;
    window.screenshot("uploads-paused-narrow").await;
    window.click("button", "Resume").await;
    window.find("button", "Pause").await;
    // Killed, in the middle.
    drop(window);

    line.set(QUICK);
    let window = store.open(&desktop, &[DARK]).await;
    // The places come in above, and move the button away from the pointer.
    window.find("button", "legal").await;
    window.click("button", "Uploads").await;
    window.screenshot("dark-uploads").await;
    window.sees("Uploaded.").await;
    window.sees("The link was not copied").await;
    window.click("button", "Copy link").await;
    window.sees("The link is on your clipboard now").await;
    window.screenshot("dark-uploads-done").await;
    let link = desktop.clipboard().unwrap();
    assert_eq!(fetch(&link).await.bytes.len(), FILM);
    window.close().await;
}

#[tokio::test]
async fn a_name_that_is_taken_is_asked_for_once_and_nothing_is_overwritten_unasked() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let window = in_practice(&desktop, &[DARK]).await;
    let letter = desktop.home().join("letter.txt");
    std::fs::write(&letter, "first").unwrap();
    Drag::hold(&desktop, &[&letter]).drop();
    window.sees("Link copied and tested").await;
    Drag::hold(&desktop, &[&letter]).drop();
    window.find("dialog", "“letter.txt” is already there").await;
    window.screenshot("dark-taken").await;
    assert_eq!(window.focused().await, "button Keep both");
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    window.find("row", "letter (2).txt").await;
    Drag::hold(&desktop, &[&letter]).drop();
    window.find("dialog", "“letter.txt” is already there").await;
    window.press(&[], &char::from(Key::Escape).to_string()).await;
    window.gone("dialog", "").await;
    window.gone("row", "letter (3).txt").await;
    window.close().await;
}

#[tokio::test]
async fn what_was_copied_elsewhere_is_pasted_as_files() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let window = in_practice(&desktop, &[]).await;
    let at = |name: &str| desktop.home().join(name);
    window.press(&[Key::Control.into()], "v").await;
    window.sees("no file and no picture on the clipboard").await;
    window.screenshot("paste-nothing").await;

    std::fs::write(at("from a file manager.txt"), "x").unwrap();
    let uri = format!("file://{}/from%20a%20file%20manager.txt\r\n", desktop.home().display());
    std::fs::write(at("uris"), uri).unwrap();
    desktop.offer_on_clipboard("text/uri-list", &at("uris")).await;
    window.press(&[Key::Control.into()], "v").await;
    window.find("row", "from a file manager.txt").await;
    window.sees("Link copied and tested").await;

    let picture = window.screenshot("paste").await;
    desktop.offer_on_clipboard("image/png", &picture).await;
    window.press(&[Key::Control.into()], "v").await;
    window.find("row", "Screenshot 20").await;
    window.sees("Link copied and tested").await;
    window.screenshot("paste-picture").await;
    window.close().await;
}

#[tokio::test]
async fn closing_asks_and_uploads_go_on_behind_a_window_that_comes_back() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    let line = Line::to(&store, SLOW).await;
    let window = store.open_bucket(&desktop, &[]).await;
    Drag::hold(&desktop, &[&film(&desktop)]).drop();
    window.find("button", "Cancel").await;
    desktop.close_window();
    window.sees("An upload is under way").await;
    // This desktop has no tray, so none is promised.
    window.sees("Start Guestpass again to come back to it.").await;
    window.screenshot("leaving").await;
    window.click_away("button", "Go on in the background").await;
    desktop.until_shown(false).await;
    let shared = desktop.home().join("shared.txt");
    std::fs::write(&shared, "x").unwrap();
    desktop.start_again(&["share", shared.to_str().unwrap()]);
    desktop.until_shown(true).await;
    window.find("row", "shared.txt").await;
    line.set(QUICK);
    window.find("row", "film.mov").await;
    window.close().await;
}
