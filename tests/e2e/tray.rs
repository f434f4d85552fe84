//! The window is closed and the uploads go on: the icon in the tray says how, and brings the window back.

use guestpass_tests::{Desktop, Drag, Keyring, Window, until};

use crate::line::{FILM, Line, SLOW, STEADY};
use crate::screens::DARK;
use crate::store::Store;

/// Uploads a file over a line that is so fast, and closes the window; the question is on the screen.
async fn leaving(desktop: &Desktop, rate: u64, more: &[(&str, &str)]) -> (Window, Store, Line) {
    let film = desktop.home().join("film.mov");
    std::fs::File::create(&film).unwrap().set_len(FILM as u64).unwrap();
    let store = Store::start(desktop).await;
    let line = Line::to(&store, rate).await;
    let window = store.open_bucket(desktop, more).await;
    Drag::hold(desktop, &[&film]).drop();
    window.find("button", "Cancel").await;
    desktop.close_window();
    window.find("button", "Go on in the background").await;
    (window, store, line)
}

#[tokio::test]
async fn the_tray_says_how_it_goes_and_brings_the_window_back() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let panel = desktop.panel().await;
    let (window, _store, _line) = leaving(&desktop, SLOW, &[DARK]).await;
    window.sees("Guestpass stays as an icon in the system tray").await;
    window.screenshot("dark-leaving").await;
    assert_eq!(panel.came(), 0, "no icon beside the window");
    window.click_away("button", "Go on in the background").await;
    desktop.until_shown(false).await;

    let icon = panel.icon().await;
    let says = icon.says("Guestpass: uploading 1 file, ").await;
    assert!(says.ends_with('%'), "how far it is: {says}");
    let menu = icon.menu().await;
    assert!(menu[0].starts_with("[Guestpass: uploading 1 file, "), "GNOME shows only the menu: {menu:?}");
    assert_eq!(menu[1..], ["Open Guestpass", "Stop uploads and quit"]);
    icon.choose("Open Guestpass").await;
    desktop.until_shown(true).await;
    panel.gone(icon).await;

    // Again, with an icon of its own, and a click on that.
    desktop.close_window();
    window.click_away("button", "Go on in the background").await;
    desktop.until_shown(false).await;
    let icon = panel.icon().await;
    icon.click().await;
    desktop.until_shown(true).await;
    panel.gone(icon).await;
    window.click("button", "Cancel").await;
    assert_eq!(panel.came(), 2, "one icon for each time that the window was hidden");
    window.close().await;
}

#[tokio::test]
async fn the_tray_stays_and_says_so_when_the_uploads_have_ended_behind_the_window() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let panel = desktop.panel().await;
    let services = desktop.services().await;
    let (window, _store, _line) = leaving(&desktop, STEADY, &[]).await;
    window.click_away("button", "Go on in the background").await;
    desktop.until_shown(false).await;
    let icon = panel.icon().await;
    assert_eq!(services.asked_to_stay_awake(), 1);
    assert_eq!(icon.says("Guestpass: done").await, "Guestpass: done, 1 file is up");
    assert_eq!(icon.title().await, "Guestpass: done, 1 file is up");
    assert_eq!(icon.menu().await[1..], ["Open Guestpass", "Quit Guestpass"]);
    services.may_sleep().await;
    let said = until("a message of the system", async || services.said().pop()).await;
    assert!(said.contains("film.mov") && said.ends_with("is up: The link is on your clipboard."), "{said}");
    icon.choose("Open Guestpass").await;
    desktop.until_shown(true).await;
    panel.gone(icon).await;
    window.find("row", "film.mov").await;
    window.close().await;
}

#[tokio::test]
async fn quitting_from_the_tray_keeps_the_upload_for_the_next_start() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let panel = desktop.panel().await;
    let (window, store, _line) = leaving(&desktop, SLOW, &[]).await;
    window.screenshot("leaving-tray").await;
    window.click_away("button", "Go on in the background").await;
    desktop.until_shown(false).await;
    let icon = panel.icon().await;
    icon.says("Guestpass: uploading 1 file, ").await;
    icon.choose("Stop uploads and quit").await;
    panel.gone(icon).await;
    drop(window);

    // Waits until the first one's name on the bus is free: that one has ended.
    let window = store.open(&desktop, &[]).await;
    window.find("button", "Uploads, 1 under way").await;
    window.close().await;
}
