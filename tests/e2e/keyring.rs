//! A keyring that is locked or missing: said plainly, and the session works.

use guestpass_tests::{Desktop, Keyring, fetch};

async fn works_without_memory(keyring: Keyring, said: &str, screenshot: &str) {
    let desktop = Desktop::start(keyring).await;
    let window = desktop.open(&[], &[]).await;
    window.sees(said).await;
    window.screenshot(screenshot).await;
    window.click("button", "Practise on this computer").await;
    window.click("button", "practice").await;
    window.click("row", "Launch film.mp4").await;
    window.click("button", "Copy link").await;
    window.sees("Link copied and tested").await;
    assert_eq!(fetch(&desktop.clipboard().unwrap()).await.status, 200);
    window.close().await;
}

#[tokio::test]
async fn locked() {
    works_without_memory(Keyring::Locked, "keyring of this computer is locked", "keyring-locked").await;
}

#[tokio::test]
async fn absent() {
    works_without_memory(Keyring::Absent, "no keyring", "keyring-absent").await;
}
