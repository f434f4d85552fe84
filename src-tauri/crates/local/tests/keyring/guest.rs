//! What the child process does: the adapter, asked under one condition of the keyring.

use std::io::BufRead;
use std::time::{Duration, Instant};

use guestpass_core::Secret;
use guestpass_core::ports::{Vault, VaultRefusal};
use guestpass_local::Keyring;

/// Says to the child which role it has.
pub(crate) const ROLE: &str = "GUESTPASS_TEST_ROLE";
/// What the child prints when the parent is to do its part; the parent answers with a line.
pub(crate) const YOUR_TURN: &str = "your turn";
/// How long the adapter waits for a keyring.
const DEADLINE: Duration = Duration::from_secs(3);
pub(crate) const ITEM: &str = "connection";
pub(crate) const UNICODE: &str = "aws:Mörketing / 営業 🎬 \"quoted\"\n\ttwo lines";

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Role {
    RoundTrip,
    FindsWhatWasKept,
    Locked,
    Unanswered,
    Silent,
    Missing,
    GoesAway,
    ComesLate,
}

const ROLES: [Role; 8] = [
    Role::RoundTrip,
    Role::FindsWhatWasKept,
    Role::Locked,
    Role::Unanswered,
    Role::Silent,
    Role::Missing,
    Role::GoesAway,
    Role::ComesLate,
];

/// Not a test by itself: the tests start it as a process of its own.
#[tokio::test]
#[ignore = "a role that the other tests start in a child process"]
async fn guest() {
    let Ok(name) = std::env::var(ROLE) else { return };
    let role = ROLES.into_iter().find(|role| format!("{role:?}") == name).unwrap();
    let keyring = Keyring::new();
    match role {
        Role::RoundTrip => round_trip(&keyring).await,
        Role::FindsWhatWasKept => assert_eq!(found(&keyring).await.as_deref(), Some(UNICODE)),
        Role::Locked => refuses_at_once(&keyring, VaultRefusal::Locked).await,
        Role::Unanswered => unanswered(&keyring).await,
        Role::Silent => refuses_in_the_end(&keyring, VaultRefusal::Missing).await,
        Role::Missing => refuses_at_once(&keyring, VaultRefusal::Missing).await,
        Role::GoesAway => goes_away(&keyring).await,
        Role::ComesLate => comes_late(&keyring).await,
    }
}

async fn found(keyring: &Keyring) -> Option<String> {
    keyring.load(ITEM).await.unwrap().map(|text| text.reveal().clone())
}

fn text(text: &str) -> Secret<String> {
    Secret::new(text.to_owned())
}

async fn round_trip(keyring: &Keyring) {
    assert_eq!(found(keyring).await, None);
    assert_eq!(keyring.remove(ITEM).await, Ok(false));
    for kept in ["practice", "", &"é".repeat(1_280), UNICODE] {
        keyring.save(ITEM, &text(kept)).await.unwrap();
        assert_eq!(found(keyring).await.as_deref(), Some(kept));
    }
    assert!(keyring.load("another").await.unwrap().is_none());
    assert_eq!(keyring.save(ITEM, &text(&"x".repeat(keyring.limit() + 1))).await, Err(VaultRefusal::TooLong));
    assert_eq!(found(keyring).await.as_deref(), Some(UNICODE), "a refused text changes nothing");
    assert_eq!(keyring.remove(ITEM).await, Ok(true));
    assert_eq!(found(keyring).await, None, "what was removed is gone");
    keyring.save(ITEM, &text(UNICODE)).await.unwrap();
}

/// What is there, what is not, and a new text: all three are answered alike, and without a wait for the deadline.
async fn refuses_at_once(keyring: &Keyring, refusal: VaultRefusal) {
    for item in [ITEM, "never-saved"] {
        let asked = Instant::now();
        assert_eq!(keyring.load(item).await.unwrap_err(), refusal, "{item}");
        assert_eq!(keyring.remove(item).await, Err(refusal), "{item}");
        assert!(asked.elapsed() < DEADLINE);
    }
    let asked = Instant::now();
    assert_eq!(keyring.save("new", &text("text")).await, Err(refusal));
    assert!(asked.elapsed() < DEADLINE);
}

async fn refuses_in_the_end(keyring: &Keyring, refusal: VaultRefusal) {
    let asked = Instant::now();
    assert_eq!(keyring.load(ITEM).await.unwrap_err(), refusal);
    assert!(asked.elapsed() >= DEADLINE, "a person had the time to type a password");
    assert!(asked.elapsed() < 2 * DEADLINE, "and then the app went on");
}

async fn unanswered(keyring: &Keyring) {
    refuses_in_the_end(keyring, VaultRefusal::Locked).await;
    parents_turn();
    // The prompt was closed meanwhile, and the next question is asked at once.
    refuses_at_once(keyring, VaultRefusal::Locked).await;
}

async fn goes_away(keyring: &Keyring) {
    keyring.save(ITEM, &text("practice")).await.unwrap();
    parents_turn();
    refuses_at_once(keyring, VaultRefusal::Missing).await;
}

async fn comes_late(keyring: &Keyring) {
    assert_eq!(keyring.load(ITEM).await.unwrap_err(), VaultRefusal::Missing);
    parents_turn();
    assert_eq!(
        keyring.load(ITEM).await.unwrap_err(),
        VaultRefusal::Missing,
        "as the library does it, until the next start"
    );
}

fn parents_turn() {
    println!("\n{YOUR_TURN}");
    std::io::stdin().lock().lines().next().unwrap().unwrap();
}
