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

#[tokio::test]
async fn a_file_is_found_by_search_by_order_and_by_address() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    for (key, body) in [
        ("2026/Autumn launch/Übersicht 2.txt", "22"),
        ("2026/Autumn launch/Übersicht 10.txt", "1"),
        ("2026/Spring/overview.txt", "333"),
        ("2026/Spring/plan.txt", "4"),
        ("zebra.txt", "55555"),
    ] {
        store.put(key, body).await;
    }
    let window = store.open(&desktop, &[]).await;
    window.click("button", "press").await;
    window.click("button", "acme-press").await;
    window.find("row", "zebra.txt").await;

    // In all subfolders, without the dots of the letter; each with the folder in which it lies.
    window.press(&[char::from(Key::Control)], "f").await;
    window.press(&[], "ubersicht").await;
    window.sees("Nothing with").await;
    window.click("button", "Look in all subfolders").await;
    window.find("row", "Übersicht 10.txt").await;
    window.sees("2026/Autumn launch/").await;
    window.screenshot("search-below").await;
    window.resize(900, 700).await;
    window.screenshot("search-below-narrow").await;
    window.resize(1180, 760).await;
    let rows = window.script(ROWS, vec![]).await.unwrap();
    assert_eq!(rows, serde_json::json!(["Übersicht 2.txt", "Übersicht 10.txt"]), "2 before 10");
    window.press(&[], &char::from(Key::Escape).to_string()).await;
    window.find("row", "zebra.txt").await;

    // By an address that somebody has sent, from anywhere; the file is chosen, and the keys go on from it.
    let address = desktop.home().join("address");
    std::fs::write(&address, "s3://acme-press/2026/Spring/plan.txt").unwrap();
    desktop.offer_on_clipboard("UTF8_STRING", &address).await;
    window.press(&[char::from(Key::Control)], "k").await;
    window.find("dialog", "Go to a place or folder").await;
    window.screenshot("palette").await;
    window.press(&[char::from(Key::Control)], "v").await;
    window.find("option", "Go to").await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    window.find("heading", "plan.txt").await;
    until("the focus is on the file", async || {
        window.focused().await.starts_with("row plan.txt").then_some(())
    })
    .await;
    window.screenshot("palette-led-here").await;

    window.click("button", "Size").await;
    let order = async || {
        let rows = window.script(ROWS, vec![]).await?;
        (rows == serde_json::json!(["plan.txt", "overview.txt"])).then_some(())
    };
    until("the least comes first", order).await;
    window.screenshot("sorted").await;
    window.close().await;
}

/// The names of the rows that are drawn.
const ROWS: &str =
    "return [...document.querySelectorAll('[role=rowheader]')].map(e => e.querySelector('bdi').textContent)";
