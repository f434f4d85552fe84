//! The keyring against a real Secret Service: a private bus and a gnome-keyring of the test's own.
//!
//! The library keeps one connection for the life of a process, and the bus is named by the environment. So each
//! case runs the adapter in a child process: this very program again, as its ignored test `guest`.
#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stdout, reason = "that is how tests fail and a child answers")]

#[path = "keyring/guest.rs"]
mod guest;
#[path = "keyring/session.rs"]
mod session;

use guest::Role;
use session::{Ring, Session};

#[tokio::test]
async fn an_open_keyring_keeps_texts() {
    let session = Session::start(Ring::Unlocked).await;
    session.run(Role::RoundTrip).await;
    assert_eq!(
        session.secret_tool_lookup(guest::ITEM).await.as_deref(),
        Some(guest::UNICODE),
        "other programs of the person see it, and the last text won"
    );
    assert_eq!(session.secret_tool_lookup("probe").await, None, "nothing is left behind by the question");
}

#[tokio::test]
async fn texts_outlive_the_keyrings_daemon() {
    let mut session = Session::start(Ring::Unlocked).await;
    session.run(Role::RoundTrip).await;
    session.restart(Ring::Unlocked).await;
    session.run(Role::FindsWhatWasKept).await;
}

#[tokio::test]
async fn a_locked_keyring_is_not_an_empty_one() {
    let mut session = Session::start(Ring::Unlocked).await;
    session.run(Role::RoundTrip).await;
    session.restart(Ring::Locked).await;
    session.run(Role::Locked).await;
}

#[tokio::test]
async fn a_prompt_that_nobody_answers_is_waited_for_only_so_long() {
    let mut session = Session::start(Ring::Unlocked).await;
    session.run(Role::RoundTrip).await;
    session.restart(Ring::Locked).await;
    let prompter = session.prompter_that_never_answers().await;
    session.run_across(Role::Unanswered, async |_| prompter.close().await.unwrap()).await;
}

#[tokio::test]
async fn no_keyring_in_the_service_is_missing() {
    // A daemon that was never given a password has made no keyring yet.
    let session = Session::start(Ring::Locked).await;
    session.run(Role::Missing).await;
}

#[tokio::test]
async fn a_bus_without_a_keyring_is_missing() {
    let session = Session::start(Ring::None).await;
    session.run(Role::Missing).await;
}

#[tokio::test]
async fn no_bus_is_missing() {
    let mut session = Session::start(Ring::None).await;
    session.stop_bus().await;
    session.run(Role::Missing).await;
}

#[tokio::test]
async fn a_bus_that_does_not_answer_is_missing() {
    let mut session = Session::start(Ring::None).await;
    let silence = session.silent_bus();
    session.run(Role::Silent).await;
    drop(silence);
}

#[tokio::test]
async fn a_keyring_that_goes_away_is_missing() {
    let mut session = Session::start(Ring::Unlocked).await;
    session.run_across(Role::GoesAway, async |session| session.stop_ring().await).await;
}

#[tokio::test]
async fn a_keyring_that_comes_late_is_not_seen() {
    let mut session = Session::start(Ring::None).await;
    session.run_across(Role::ComesLate, async |session| session.start_ring(Ring::Unlocked).await).await;
}
