//! The main job: choose a file, choose how long, copy the link, open it somewhere else.

use guestpass_tests::{Desktop, Key, Keyring, fetch, until};

#[tokio::test]
async fn by_mouse() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let window = desktop.open(&["--practice"], &[]).await;
    window.click("button", "practice").await;
    window.open_folder("Autumn launch").await;
    window.find("row", "Photos").await;
    window.click("button", "Back").await;
    window.click("row", "Launch film.mp4").await;
    window.click("radio", "7 days").await;
    window.click("radio", "Play in the browser").await;
    window.screenshot("main-chosen").await;
    window.click("button", "Copy link").await;
    window.sees("Link copied and tested").await;
    window.screenshot("main-copied").await;

    let url = desktop.clipboard().unwrap();
    assert!(url.starts_with("http://127.0.0.1:") && url.contains("X-Amz-Expires=604800"), "{url}");
    let html = desktop.clipboard_html().unwrap();
    assert!(html.contains(">Launch film.mp4</a>") && html.contains("<a href=\"http://127.0.0.1:"), "{html}");
    let film = fetch(&url).await;
    assert_eq!((film.status, film.content_type.as_str()), (200, "video/mp4"));
    assert_eq!(&film.bytes[4..8], b"ftyp", "the film itself");
    assert!(film.content_disposition.starts_with("inline"));
    window.close().await;
}

#[tokio::test]
async fn by_keyboard_alone() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let window = desktop.open(&["--practice"], &[]).await;
    window.find("button", "practice").await;
    let tab_to = async |what: &str| {
        until(&format!("the focus on {what}"), async || {
            if window.focused().await.contains(what) {
                return Some(());
            }
            window.press(&[], &char::from(Key::Tab).to_string()).await;
            None
        })
        .await;
    };
    let enter = char::from(Key::Enter).to_string();
    tab_to("button practice").await;
    window.press(&[], &enter).await;
    window.find("row", "Welcome to Guestpass.txt").await;
    tab_to("row").await;
    // Typing a name finds it; the selection follows the focus.
    window.press(&[], "Welc").await;
    until("the file has the focus", async || window.focused().await.contains("Welcome").then_some(())).await;
    window.press(&[], &enter).await;
    window.press(&[char::from(Key::Control)], "c").await;
    window.sees("Link copied and tested").await;
    let note = fetch(&desktop.clipboard().unwrap()).await;
    assert_eq!(note.status, 200);
    assert!(note.bytes.starts_with(b"Welcome to the practice bucket"));
    window.close().await;
}
