//! The icon over a panel that writes down what it shows.

use std::sync::{Arc, Mutex};

use async_trait::async_trait;

use super::{Icon, OnPress, Panel, Tray};
use crate::ipc::TrayWords;

type Shown = Arc<Mutex<Vec<String>>>;

/// A panel on which everything is written down; or none.
struct Paper {
    is_there: bool,
    shown: Shown,
}

struct Written(Shown);

/// A desktop without a tray.
pub(crate) struct NoPanel;

#[async_trait]
impl Panel for NoPanel {
    async fn is_there(&self) -> bool {
        false
    }

    async fn put(&self, _: TrayWords, _: OnPress) -> Option<Box<dyn Icon>> {
        None
    }
}

#[async_trait]
impl Panel for Paper {
    async fn is_there(&self) -> bool {
        self.is_there
    }

    async fn put(&self, words: TrayWords, _: OnPress) -> Option<Box<dyn Icon>> {
        self.shown.lock().unwrap().push(format!("put: {}", words.tooltip));
        let icon = Written(self.shown.clone());
        self.is_there.then(|| Box::new(icon) as Box<dyn Icon>)
    }
}

#[async_trait]
impl Icon for Written {
    async fn tell(&self, words: TrayWords) {
        self.0.lock().unwrap().push(words.tooltip);
    }

    async fn remove(self: Box<Self>) {
        self.0.lock().unwrap().push("removed".into());
    }
}

fn tray(is_there: bool) -> (Tray, Shown) {
    let shown = Shown::default();
    let panel = Paper { is_there, shown: shown.clone() };
    (Tray::over(Box::new(panel), Arc::new(|_| ())), shown)
}

fn words(tooltip: &str) -> TrayWords {
    TrayWords { tooltip: tooltip.into(), open: "Open".into(), quit: "Quit".into() }
}

#[tokio::test]
async fn the_icon_is_there_only_while_the_window_is_not() {
    let (tray, shown) = tray(true);
    assert!(!tray.tell(words("too early")).await, "the window is there");
    tray.want(true, || ());
    assert!(tray.tell(words("1 %")).await);
    assert!(tray.tell(words("2 %")).await);
    tray.clear().await;
    assert!(tray.tell(words("done")).await, "it stays for as long as it is wanted");
    tray.want(false, || ());
    tray.clear().await;
    assert!(!tray.tell(words("too late")).await, "a late word does not bring it back");
    tray.clear().await;
    assert_eq!(*shown.lock().unwrap(), ["put: 1 %", "2 %", "done", "removed"]);
}

#[tokio::test]
async fn without_a_tray_the_window_is_told_so() {
    let (tray, shown) = tray(false);
    assert!(!tray.is_there().await);
    tray.want(true, || ());
    assert!(!tray.tell(words("1 %")).await, "nobody reads it");
    tray.want(false, || ());
    tray.clear().await;
    assert_eq!(*shown.lock().unwrap(), ["put: 1 %"]);
}
