//! Lending more than one file, and with more than the usual choices.

use guestpass_tests::{Desktop, Key, Keyring, fetch};

use crate::screens::DARK;
use crate::store::Store;

#[tokio::test]
async fn five_hundred_files_by_one_key() {
    use futures_util::StreamExt;
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    let puts = (0..500).map(|n| store.put_owned(format!("photos/photo {n:03}.jpg")));
    futures_util::stream::iter(puts).buffer_unordered(32).count().await;
    // The app will list it, and find it gone when the link is made.
    store.put("photos/album/cover.jpg", "x").await;
    let window = store.open(&desktop, &[]).await;
    window.click("button", "press").await;
    window.click("button", "acme-press").await;
    window.click("row", "photos").await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    window.click("row", "photo 000.jpg").await;
    window.press(&[char::from(Key::Control)], "a").await;
    window.sees("500 files").await;
    window.sees("1 folder is left out").await;
    window.screenshot("many-chosen").await;
    let gone = store.admin().delete_object().bucket("acme-press").key("photos/photo 007.jpg");
    gone.send().await.unwrap();

    window.press(&[char::from(Key::Control)], "c").await;
    window.sees("499 links copied and tested").await;
    window.sees("1 file has no link").await;
    window.screenshot("many-copied").await;
    window.resize(900, 700).await;
    window.screenshot("many-narrow").await;
    let text = desktop.clipboard().unwrap();
    let links: Vec<&str> = text.lines().collect();
    assert_eq!(links.len(), 499);
    assert!(links[0].contains("photo%20000.jpg") && links[498].contains("photo%20499.jpg"), "in order");
    assert_eq!(fetch(links[250]).await.status, 200);
    let html = desktop.clipboard_html().unwrap();
    assert_eq!(html.matches("<li><a href=").count(), 499);
    window.close().await;
}

#[tokio::test]
async fn a_link_that_stays_with_today_s_version_by_keys_and_out_of_the_history() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    store.put("report.txt", "first").await;
    let window = store.open(&desktop, &[DARK]).await;
    window.click("button", "press").await;
    window.click("button", "acme-press").await;
    window.click("row", "report.txt").await;
    window.click("summary", "More choices").await;
    window.click("checkbox", "Keep today’s version").await;
    window.click("checkbox", "Keep links out of the clipboard history").await;
    window.screenshot("more-choices-dark").await;
    window.click("button", "Copy link").await;
    window.sees("Link copied and tested").await;
    window.sees("This place keeps no earlier versions").await;
    let targets = desktop.selection("TARGETS").unwrap();
    assert!(targets.contains("x-kde-passwordManagerHint"), "{targets}");
    window.close().await;
    assert!(desktop.keyring_item("settings").unwrap().contains("\"private_clipboard\":true"));
}
