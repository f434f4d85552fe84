//! Files dragged from the desktop onto the window.

use std::path::PathBuf;

use guestpass_tests::{Desktop, Drag, Key, Keyring, fetch, until};

fn write(desktop: &Desktop, name: &str, bytes: &[u8]) -> PathBuf {
    let file = desktop.home().join(name);
    std::fs::write(&file, bytes).unwrap();
    file
}

#[tokio::test]
async fn one_file_is_uploaded_and_its_link_is_on_the_clipboard() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let window = desktop.open(&["--practice"], &[]).await;
    window.click("button", "practice").await;
    window.click("row", "Autumn launch").await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    window.find("row", "Photos").await;
    let bytes: Vec<u8> = (0..200_000_u32).map(|n| (n % 251) as u8).collect();
    let file = write(&desktop, "Plan + Übersicht 100%.bin", &bytes);

    let drag = Drag::hold(&desktop, &[&file]);
    window.find("heading", "Drop 1 file into “Autumn launch”").await;
    window.screenshot("drop-one").await;
    drag.drop();
    window.sees("Link copied and tested").await;
    window.find("row", "Plan + Übersicht 100%.bin").await;
    window.screenshot("drop-done").await;
    let arrived = fetch(&desktop.clipboard().unwrap()).await;
    assert_eq!(arrived.status, 200);
    assert!(arrived.bytes == bytes, "byte for byte");
    window.close().await;
}

#[tokio::test]
async fn several_files_give_one_link_a_line_in_their_order() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let window = desktop.open(&["--practice"], &[]).await;
    window.click("button", "practice").await;
    window.find("row", "Launch film.mp4").await;
    let names = ["zebra.txt", "apple.txt", "mango 新.txt"];
    let files = names.map(|name| write(&desktop, name, name.as_bytes()));
    let folder = desktop.home().join("a folder");
    std::fs::create_dir_all(folder.join("to come")).unwrap();
    std::fs::write(folder.join("inside.txt"), "inside").unwrap();

    let drag = Drag::hold(&desktop, &[&files[0], &files[1], &folder, &files[2]]);
    window.find("heading", "Drop 4").await;
    drag.drop();
    window.sees("4 links copied").await;
    window.sees("1 empty folder").await;
    window.screenshot("drop-several").await;
    let copied = desktop.clipboard().unwrap();
    let links: Vec<&str> = copied.lines().collect();
    let contents = [names[0], names[1], "inside", names[2]];
    assert_eq!(links.len(), contents.len(), "{copied}");
    for (link, content) in links.iter().zip(contents) {
        assert_eq!(fetch(link).await.bytes, content.as_bytes());
    }
    assert!(links[2].contains("/a%20folder/inside.txt?"), "{copied}");
    window.click("button", "Create").await;
    window.open_folder("a folder").await;
    window.find("row", "to come").await;
    window.close().await;
}

#[tokio::test]
async fn files_taken_away_again_change_nothing() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let window = desktop.open(&["--practice"], &[]).await;
    window.click("button", "practice").await;
    window.find("row", "Launch film.mp4").await;
    let file = write(&desktop, "letter.txt", b"x");
    let drag = Drag::hold(&desktop, &[&file]);
    window.find("heading", "Drop 1 file into “practice”").await;
    drag.leave();
    window.gone("heading", "Drop 1 file").await;
    assert_eq!(desktop.clipboard(), None);
    // The same file is taken at the second try.
    Drag::hold(&desktop, &[&file]).drop();
    window.sees("Link copied and tested").await;
    until("the link on the clipboard", async || desktop.clipboard()).await;
    window.close().await;
}
