//! Asking somebody outside for files: from the window to their browser, and into the bucket.

use guestpass_tests::{Browser, Desktop, Keyring, until};

use crate::screens::DARK;
use crate::store::Store;

#[tokio::test]
async fn files_of_somebody_outside_arrive_in_a_folder_of_their_own() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    store.put("in/Embargo letter.txt", "until Thursday").await;
    let window = store.open(&desktop, &[DARK]).await;
    window.click("button", "press").await;
    window.click("button", "acme-press").await;
    window.open_folder("in").await;
    window.click("button", "Request files").await;
    window.find("textbox", "Title").await;
    window.screenshot("request").await;
    window.click("button", "Copy upload link").await;
    window.sees("Upload link copied and tested").await;
    window.find("row", "Files for us").await;
    window.resize(900, 700).await;
    window.screenshot("request-copied").await;
    let url = desktop.clipboard().unwrap();
    window.close().await;

    let files = tempfile::tempdir().unwrap();
    let names = ["Ünï & 新製品 🎉.jpg", "notes.txt"];
    for name in names {
        std::fs::write(files.path().join(name), format!("the bytes of {name}")).unwrap();
    }
    let browser = Browser::open(&store.server.endpoint()).await;
    browser.go(&url).await;
    browser.sees("document.querySelector('h1')?.textContent === 'Files for us'").await;
    browser.screenshot("page").await;
    browser.choose_files("input[type=file]", &names.map(|name| files.path().join(name))).await;
    browser
        .sees("document.querySelector('[role=status]').textContent.startsWith('2 files have arrived')")
        .await;
    browser.screenshot("page-arrived").await;
    browser.close().await;

    let mut arrived = until("both files in the bucket", async || {
        let listed =
            store.admin().list_objects_v2().bucket("acme-press").prefix("in/Files for us ").send().await;
        let keys: Vec<String> =
            listed.ok()?.contents().iter().filter_map(|o| o.key().map(str::to_owned)).collect();
        (keys.len() == 3).then_some(keys)
    })
    .await;
    arrived.retain(|key| !key.ends_with(".html"));
    assert!(arrived.iter().all(|key| key.contains('/')));
    for name in names {
        let (stem, ending) = name.rsplit_once('.').unwrap();
        let is_it = |key: &&String| key.contains(&format!("/{stem} ")) && key.ends_with(ending);
        let key = arrived.iter().find(is_it).unwrap_or_else(|| panic!("{name} is not among {arrived:?}"));
        let object = store.admin().get_object().bucket("acme-press").key(key).send().await.unwrap();
        let bytes = object.body.collect().await.unwrap().to_vec();
        assert_eq!(String::from_utf8(bytes).unwrap(), format!("the bytes of {name}"));
    }
}
