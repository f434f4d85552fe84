//! Keeps the computer from falling asleep while something is under way, and shows messages of the system.
//!
//! Both talk to other programs and may wait for them, so they have threads of their own.

use std::sync::mpsc;

use guestpass_core::Transfer;
use tokio::sync::watch::Receiver;

/// Watches transfers as long as the app lives.
pub(crate) async fn stay_awake(mut transfers: Receiver<Vec<Transfer>>) {
    let (tell, told) = mpsc::channel();
    std::thread::spawn(move || hold(&told));
    let mut was_busy = false;
    loop {
        let is_busy = transfers.borrow_and_update().iter().any(|transfer| transfer.state.is_under_way());
        if is_busy != was_busy && tell.send(is_busy).is_err() {
            return;
        }
        was_busy = is_busy;
        if transfers.changed().await.is_err() {
            return;
        }
    }
}

fn hold(told: &mpsc::Receiver<bool>) {
    let mut awake = None;
    while let Ok(is_busy) = told.recv() {
        // The lock ends with its value.
        drop(awake.take());
        if is_busy {
            awake = keepawake::Builder::default()
                .idle(true)
                .app_name("Guestpass")
                .app_reverse_domain("org.guestpass.desktop")
                .reason("Uploading")
                .create()
                .inspect_err(|e| tracing::info!("the computer may fall asleep meanwhile: {e}"))
                .ok();
        }
    }
}

/// Shows a message of the system, as far as there is somebody who shows it.
pub(crate) fn notify(title: String, body: String) {
    std::thread::spawn(move || {
        let mut message = notify_rust::Notification::new();
        message.appname("Guestpass").summary(&title).body(&body).icon("guestpass");
        if let Err(e) = message.show() {
            tracing::info!("no message could be shown: {e}");
        }
    });
}
