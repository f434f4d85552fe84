//! Finding a file in a long folder.

use futures_util::StreamExt;
use guestpass_tests::{Desktop, Key, Keyring, until};

use crate::store::Store;

#[tokio::test]
async fn a_long_folder_is_read_as_it_is_scrolled() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    let puts = (0..1_030).map(|n| store.put_owned(format!("many/file {n:04}.txt")));
    futures_util::stream::iter(puts).buffer_unordered(32).count().await;
    let window = store.open(&desktop, &[]).await;
    window.click("button", "press").await;
    window.click("button", "acme-press").await;
    window.click("row", "many").await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    window.click("row", "file 0000.txt").await;
    until("the last file", async || {
        window.press(&[char::from(Key::Control)], &char::from(Key::End).to_string()).await;
        window.text().await.contains("file 1029.txt").then_some(())
    })
    .await;
    window.screenshot("long-folder").await;
    window.click("row", "file 1029.txt").await;
    window.click("button", "Copy link").await;
    window.sees("Link copied and tested").await;
    assert!(desktop.clipboard().unwrap().contains("file%201029.txt"));
    window.close().await;
}
