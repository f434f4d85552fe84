//! What the links do where they are opened: in the browser of somebody who has nothing but the link.

mod film;
mod pages;
mod saved;

use guestpass_tests::Browser;
use tempfile::TempDir;

use crate::store::Store;

/// Somebody who sends links from a store, and the browser of somebody who receives them.
struct Post {
    store: Store,
    home: TempDir,
    browser: Browser,
}

impl Post {
    async fn open() -> Self {
        let home = tempfile::tempdir().unwrap();
        let store = Store::start_below(home.path()).await;
        let browser = Browser::open(&store.server.endpoint()).await;
        Self { store, home, browser }
    }

    /// Stores a file under this type.
    async fn put(&self, key: &str, content_type: &str, bytes: &[u8]) {
        let put = self.store.admin().put_object().bucket("acme-press").key(key).content_type(content_type);
        put.body(bytes.to_vec().into()).send().await.unwrap();
    }

    /// A link as the command makes it, with these options.
    fn link(&self, key: &str, options: &[&str]) -> String {
        let address = format!("s3://acme-press/{key}");
        let line = self.store.run(self.home.path(), &[&["link", "--json", &address], options].concat(), &[]);
        let line: serde_json::Value = serde_json::from_str(&line).unwrap();
        assert_eq!(line["checked"], "opens");
        line["url"].as_str().unwrap().to_owned()
    }
}
