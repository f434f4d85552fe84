//! The next start comes back to the profile and the place, from the keyring.

use guestpass_tests::{Desktop, Key, Keyring, fetch};

use crate::store::Store;

#[tokio::test]
async fn the_selection_is_found_back_from_the_keyring() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    store.put("2026/Autumn launch/Embargo letter.txt", "until Thursday").await;

    let window = store.open(&desktop, &[]).await;
    window.find("heading", "Choose how to sign in").await;
    window.screenshot("connect").await;
    window.click("button", "press").await;
    window.click("button", "acme-press").await;
    for folder in ["2026", "Autumn launch"] {
        // Two double clicks on one spot would count as four clicks.
        window.click("row", folder).await;
        window.press(&[], &char::from(Key::Enter).to_string()).await;
    }
    window.click("row", "Embargo letter.txt").await;
    window.click("button", "Copy link").await;
    window.sees("Link copied and tested").await;
    window.screenshot("store-copied").await;
    let letter = fetch(&desktop.clipboard().unwrap()).await;
    assert_eq!((letter.status, letter.bytes.as_slice()), (200, &b"until Thursday"[..]));
    window.close().await;

    let kept = desktop.keyring_item("selection").expect("the keyring has the selection");
    assert!(kept.contains("aws:press") && kept.contains("2026/Autumn launch/"), "{kept}");
    assert_eq!(desktop.files_with(store.secret()), "", "a secret lies in a plain file");

    let window = store.open(&desktop, &[]).await;
    window.find("row", "Embargo letter.txt").await;
    window.find("navigation", "Breadcrumb").await;
    window.close().await;
}
