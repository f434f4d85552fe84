//! What IT allows, and whether sharing works: told in the window, and not to be passed by a command either.

use std::path::PathBuf;
use std::process::{Command, Stdio};

use guestpass_testkit::seaweedfs::Identity;
use guestpass_tests::{Desktop, Drag, Keyring, app_binary};

use crate::screens::DARK;
use crate::store::Store;

/// A policy of this computer, and where shares are written down.
struct Policy {
    file: PathBuf,
    audit: PathBuf,
}

impl Policy {
    fn of(desktop: &Desktop, text: &str) -> Self {
        let (file, audit) = (desktop.home().join("policy.toml"), desktop.home().join("shares.jsonl"));
        let policy = Self { file, audit };
        policy.write(text);
        policy
    }

    fn write(&self, text: &str) {
        let text = text.replace("AUDIT", &self.audit.display().to_string());
        std::fs::write(&self.file, text).unwrap();
    }

    fn env(&self) -> (&'static str, &str) {
        ("GUESTPASS_POLICY", self.file.to_str().unwrap())
    }
}

const STRICT: &str = r#"longest-expiry = "1d"
places = ["s3://acme-press/"]
inline = false
upload-links = false
upload-to = "s3://acme-press/incoming/"
audit-log = "AUDIT"
"#;

#[tokio::test]
async fn limits_are_shown_before_the_click_hold_after_it_and_are_written_down() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    let policy = Policy::of(&desktop, STRICT);
    let window = store.open_bucket(&desktop, &[policy.env()]).await;
    window.gone("button", "acme-video").await;
    window.click("row", "letter.txt").await;
    window.sees("Your organisation allows links of up to").await;
    window.sees("Your organisation allows downloads only").await;
    window.screenshot("limits").await;
    window.click("button", "Copy link").await;
    window.sees("Link copied and tested").await;
    let url = desktop.clipboard().unwrap();
    assert!(url.contains("X-Amz-Expires=86400") && url.contains("attachment"), "{url}");

    // What is dropped goes where IT wants it, wherever one stands.
    let file = desktop.home().join("report.pdf");
    std::fs::write(&file, "%PDF-1.7").unwrap();
    let drag = Drag::hold(&desktop, &[&file]);
    window.find("heading", "Drop 1 file into “incoming”").await;
    window.screenshot("limits-drop").await;
    drag.drop();
    window.sees("The file is up").await;
    assert_eq!(store.body("incoming/report.pdf").await, b"%PDF-1.7");

    let lines = std::fs::read_to_string(&policy.audit).unwrap();
    let acts: Vec<_> =
        lines.lines().map(|line| serde_json::from_str::<serde_json::Value>(line).unwrap()).collect();
    assert_eq!(acts[0]["act"], "link");
    assert_eq!(acts[0]["key"], "letter.txt");
    assert!(acts.iter().any(|act| act["act"] == "upload" && act["key"] == "incoming/report.pdf"), "{lines}");
    assert!(!lines.contains("Signature"), "{lines}");

    // A place that is not allowed stays shut, also to a command.
    let command = |address: &str| {
        let mut command = Command::new(app_binary());
        command.envs(desktop.env()).env("GUESTPASS_POLICY", &policy.file).args(["--profile", "press", "link"]);
        command.env("AWS_CONFIG_FILE", desktop.home().join("aws/config"));
        command.env("AWS_SHARED_CREDENTIALS_FILE", desktop.home().join("aws/credentials"));
        command.args([address, "--expires", "7d"]).stdin(Stdio::null()).output().unwrap()
    };
    let refused = command("s3://legal/contract.pdf");
    assert_eq!(refused.status.code(), Some(4), "{}", String::from_utf8_lossy(&refused.stderr));
    assert!(String::from_utf8_lossy(&refused.stderr).contains("IT does not allow"));
    let cut = String::from_utf8(command("s3://acme-press/letter.txt").stdout).unwrap();
    assert!(cut.contains("X-Amz-Expires=86400"), "{cut}");
    window.close().await;
}

#[tokio::test]
async fn a_broken_policy_shuts_the_window_until_it_is_mended() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    let policy = Policy::of(&desktop, "longest-expiry = \"3d\"\nlongest-expire = \"1d\"\n");
    let window = store.open(&desktop, &[policy.env(), DARK]).await;
    window.sees("Nothing may be shared from this computer").await;
    window.sees("line 2").await;
    window.screenshot("dark-policy-broken").await;
    policy.write("longest-expiry = \"3d\"\n");
    window.click("button", "Look again").await;
    window.click("button", "press").await;
    window.find("button", "acme-press").await;
    // It breaks again while the window is open.
    policy.write("longest-expiry = 3\n");
    window.click("button", "acme-press").await;
    window.sees("could not be understood").await;
    window.close().await;
}

#[tokio::test]
async fn what_is_missing_for_sharing_is_named_for_it() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    store.put("2026/letter.txt", "x").await;
    let window = store.open(&desktop, &[]).await;
    window.click("button", "listless").await;
    window.click("button", "Add a place").await;
    window.click("textbox", "").await;
    window.press(&[], "s3://acme-press/2026/").await;
    window.press(&[], &char::from(guestpass_tests::Key::Enter).to_string()).await;
    window.find("row", "letter.txt").await;
    window.click("button", "listless").await;
    window.click("menuitem", "Can I share from here?").await;
    window.sees("You may not read files").await;
    window.sees("Not quite").await;
    window.screenshot("check-denied").await;
    window.click("summary", "What IT could allow").await;
    window.sees("arn:aws:s3:::acme-press/2026/*").await;
    window.screenshot("check-statement").await;
    window.close().await;

    let window = store.open(&desktop, &[]).await;
    window.find("row", "letter.txt").await;
    window.click("button", "listless").await;
    window.click("menuitem", "press").await;
    window.find("button", "press Signed in").await;
    window.find("button", "acme-video").await;
    window.click("button", "acme-press").await;
    window.find("row", "2026").await;
    window.click("button", "press").await;
    window.click("menuitem", "Can I share from here?").await;
    window.sees("Yes: everything that was tried works").await;
    window.click("button", "Also try to write").await;
    window.sees("You may delete").await;
    window.screenshot("check-writes").await;
    window.resize(800, 700).await;
    window.screenshot("check-narrow").await;
    let left =
        store.admin().list_objects_v2().bucket("acme-press").prefix("guestpass-check-").send().await.unwrap();
    assert_eq!(left.key_count(), Some(0), "what was written is gone again");
    window.close().await;
    assert_eq!(store.server.keys(Identity::Admin).1, store.secret());
}
