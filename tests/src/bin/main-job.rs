//! The main job by itself, for somebody without a display: a real window on a virtual one, on the practice bucket.
//! Prints the link that landed on the clipboard and what an anonymous GET of it returned.

#[cfg(target_os = "linux")]
#[tokio::main(flavor = "current_thread")]
#[expect(
    clippy::print_stdout,
    clippy::unwrap_used,
    reason = "a demonstration tells what it does, and stops loudly"
)]
async fn main() {
    use guestpass_tests::{Desktop, Keyring, fetch};

    let desktop = Desktop::start(Keyring::Unlocked).await;
    let window = desktop.open(&["--practice"], &[]).await;
    println!("A real window is open on the practice bucket.");
    window.click("button", "practice").await;
    window.click("row", "Launch film.mp4").await;
    window.click("radio", "1 day").await;
    let chosen = window.screenshot("main-job-chosen").await;
    println!("“Launch film.mp4” is chosen, for 1 day: {}", chosen.display());
    window.click("button", "Copy link").await;
    window.sees("Link copied and tested").await;
    let copied = window.screenshot("main-job-copied").await;
    println!("The link is copied and tested: {}", copied.display());
    let url = desktop.clipboard().unwrap();
    println!("On the clipboard:\n{url}");
    let answer = fetch(&url).await;
    println!(
        "An anonymous GET returned HTTP {}, {} bytes of {}.",
        answer.status,
        answer.bytes.len(),
        answer.content_type
    );
    window.close().await;
}

#[cfg(not(target_os = "linux"))]
fn main() {}
