//! What a command copies, in a session that has Wayland and nothing else.

use std::fs;

use guestpass_tests::{Wayland, fetch, until};

use crate::store::Store;

#[tokio::test]
async fn a_copied_link_is_on_the_clipboard_after_the_command_and_until_the_next_copy() {
    let wayland = Wayland::start().await;
    let home = tempfile::tempdir().unwrap();
    let store = Store::start_below(home.path()).await;
    store.put("Büro/Preise & \"Daten\".txt", "until Thursday").await;

    let address = "s3://acme-press/Büro/Preise & \"Daten\".txt";
    let printed = store.run(home.path(), &["link", address, "--copy"], &wayland.env());
    let url = printed.trim_end();

    assert_eq!(wayland.clipboard().as_deref(), Some(url), "the URL and nothing else");
    let hyperlink = format!("<a href=\"{}\">Preise &amp; &quot;Daten&quot;.txt</a>", url.replace('&', "&amp;"));
    assert_eq!(wayland.clipboard_html(), Some(hyperlink));
    assert_eq!(fetch(&wayland.clipboard().unwrap()).await.bytes, b"until Thursday");

    let keepers = || keepers(wayland.env()[0].1);
    assert_eq!(keepers(), 1, "the command itself has ended; one process keeps what it copied");
    wayland.copy("something else");
    until("the keeper ends when its text is no longer wanted", async || (keepers() == 0).then_some(())).await;
    assert_eq!(wayland.clipboard().as_deref(), Some("something else"));
}

/// How many processes of the app there are in the session with this folder.
fn keepers(session: &str) -> usize {
    let of_session = |process: &fs::DirEntry| {
        // A process may end while it is looked at.
        let read = |name| fs::read(process.path().join(name)).unwrap_or_default();
        let holds = |bytes: Vec<u8>, text: &str| String::from_utf8_lossy(&bytes).contains(text);
        holds(read("cmdline"), "keep-on-clipboard") && holds(read("environ"), session)
    };
    fs::read_dir("/proc").unwrap().filter(|process| process.as_ref().is_ok_and(of_session)).count()
}
