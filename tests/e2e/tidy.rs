//! Tidying, as a person does it: by pointer and by keys, with a way back where there is one.

use aws_sdk_s3::types::{BucketVersioningStatus, VersioningConfiguration};
use guestpass_tests::{Desktop, Key, Keyring, PLAIN_EVENTS, Window};

use crate::screens::DARK;
use crate::store::Store;

async fn key(window: &Window, key: Key) {
    window.press(&[], &char::from(key).to_string()).await;
}

/// Opens the menu of the row that has the focus.
async fn open_menu(window: &Window) {
    window.press(&[char::from(Key::Shift)], &char::from(Key::F10).to_string()).await;
}

#[tokio::test]
async fn files_get_other_names_and_places_and_go_only_after_a_word() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let window = desktop.open(&["--practice"], &[]).await;
    window.click("button", "practice").await;
    window.click("row", "Embargo letter.pdf").await;
    open_menu(&window).await;
    window.find("menuitem", "Rename").await;
    window.click("menuitem", "Rename").await;
    window.find("dialog", "Rename “Embargo letter.pdf”").await;
    window.screenshot("tidy-rename").await;
    // What stands before the ending is marked.
    window.press(&[], "letter").await;
    key(&window, Key::Enter).await;
    window.find("row", "letter.pdf").await;
    window.gone("row", "Embargo letter.pdf").await;
    window.sees("is called").await;

    window.press(&[char::from(Key::Control), char::from(Key::Shift)], "n").await;
    window.find("dialog", "New folder").await;
    window.press(&[], "archive").await;
    window.screenshot("tidy-new-folder").await;
    key(&window, Key::Enter).await;
    window.find("row", "archive").await;

    window.click("row", "letter.pdf").await;
    open_menu(&window).await;
    window.click("menuitem", "Move to").await;
    window.find("option", "archive").await;
    window.screenshot("tidy-move").await;
    window.click("option", "archive").await;
    window.click("button", "Move to “archive”").await;
    window.gone("row", "letter.pdf").await;
    window.sees("was moved").await;
    window.open_folder("archive").await;
    window.click("row", "letter.pdf").await;

    key(&window, Key::Delete).await;
    window.find("dialog", "Delete “letter.pdf” for good?").await;
    window.find("button", "Delete 1 file").await;
    window.screenshot("tidy-delete").await;
    key(&window, Key::Escape).await;
    window.gone("dialog", "Delete").await;
    window.find("row", "letter.pdf").await;
    key(&window, Key::Delete).await;
    window.click("button", "Delete 1 file").await;
    window.gone("row", "letter.pdf").await;
    window.sees("was deleted").await;

    window.click("button", "practice").await;
    window.find("row", "Launch film.mp4").await;
    window.right_click("row", "Launch film.mp4").await;
    window.find("menuitem", "Rename").await;
    window.screenshot("tidy-menu").await;
    window.close().await;
}

#[tokio::test]
async fn what_the_storage_keeps_is_deleted_at_once_and_brought_back() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    let on = VersioningConfiguration::builder().status(BucketVersioningStatus::Enabled).build();
    let admin = store.admin();
    admin.put_bucket_versioning().bucket("acme-press").versioning_configuration(on).send().await.unwrap();
    for key in ["2026/a.txt", "2026/b.txt"] {
        store.put(key, "x").await;
    }
    let window = store.open_bucket(&desktop, &[DARK]).await;
    window.click("row", "2026").await;
    key(&window, Key::Delete).await;
    window.gone("row", "2026").await;
    window.sees("2 files were deleted").await;
    window.screenshot("dark-tidy-undo").await;
    window.resize(900, 700).await;
    window.screenshot("dark-tidy-undo-narrow").await;
    window.click("button", "Undo").await;
    window.find("row", "2026").await;
    window.sees("2 files are back").await;
    assert_eq!(store.body("2026/b.txt").await, b"x");
    window.click("row", "letter.txt").await;
    open_menu(&window).await;
    window.find("menuitem", "Move to").await;
    window.screenshot("dark-tidy-menu-narrow").await;
    window.close().await;
}

#[tokio::test]
async fn a_file_is_saved_where_the_dialog_says() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    let window = store.open_bucket(&desktop, &[PLAIN_EVENTS]).await;
    window.click("row", "letter.txt").await;
    window.press(&[char::from(Key::Control)], "s").await;
    desktop.confirm_dialog().await;
    window.sees("was saved on this computer").await;
    window.screenshot("tidy-saved").await;
    assert_eq!(std::fs::read(desktop.home().join("letter.txt")).unwrap(), b"x");
    window.close().await;
}
