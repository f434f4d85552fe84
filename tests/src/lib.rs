//! A desktop in small, the real window in it, and the recipient's browser: what the end-to-end tests are written
//! with.
//!
//! Each test has its own display, bus, keyring, home and driver. Everything waits for a condition with a deadline,
//! and every process ends with the value that started it, also when a test fails.
#![cfg(target_os = "linux")]
#![expect(
    clippy::unwrap_used,
    clippy::missing_panics_doc,
    reason = "a test that cannot go on must stop loudly"
)]

mod browser;
mod clipboard;
mod desktop;
mod drag;
mod gate;
mod guest;
mod manager;
mod process;
mod services;
mod tray;
mod wayland;
mod window;

pub use browser::Browser;
pub use desktop::{Desktop, Keyring};
pub use drag::Drag;
pub use fantoccini::key::Key;
pub use gate::Asked;
pub use guest::{Answer, fetch};
pub use manager::PLAIN_EVENTS;
pub use services::Services;
pub use tray::{Icon, Panel};
pub use wayland::Wayland;
pub use window::Window;

use std::time::Duration;

/// How long anything may take before a test gives up; a loaded machine gets its time.
pub(crate) const PATIENCE: Duration = Duration::from_secs(30);

/// How often a condition is looked at that cannot be waited for otherwise.
pub(crate) const BEAT: Duration = Duration::from_millis(30);

/// Looks again and again until there is an answer. `what` is said when there is none in time.
pub async fn until<T>(what: &str, mut look: impl AsyncFnMut() -> Option<T>) -> T {
    let found = async {
        loop {
            if let Some(found) = look().await {
                return found;
            }
            tokio::time::sleep(BEAT).await;
        }
    };
    tokio::time::timeout(PATIENCE, found).await.unwrap_or_else(|_| panic!("not in {PATIENCE:?}: {what}"))
}

/// Saves a picture as `tests/screenshots/NAME.png`.
pub(crate) fn save_screenshot(name: &str, png: &[u8]) -> std::path::PathBuf {
    let folder = std::path::Path::new(env!("CARGO_MANIFEST_DIR")).join("screenshots");
    std::fs::create_dir_all(&folder).unwrap();
    let file = folder.join(format!("{name}.png"));
    std::fs::write(&file, png).unwrap();
    file
}

/// The app that is tested: `GUESTPASS_BIN`, else the one that was built with the tests.
pub fn app_binary() -> std::path::PathBuf {
    let named = std::env::var_os("GUESTPASS_BIN").map(std::path::PathBuf::from);
    let binary = named.unwrap_or_else(|| {
        // …/debug/deps/e2e-123 or …/debug/main-job
        let test = std::env::current_exe().unwrap();
        let folder = test.ancestors().skip(1).find(|folder| folder.join("guestpass").is_file());
        folder.expect("the app is not built: cargo build --package guestpass").join("guestpass")
    });
    assert!(binary.is_file(), "there is no app at {}", binary.display());
    binary
}
