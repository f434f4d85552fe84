//! The recipient's browser: a real Chromium without a screen, new and empty, that can reach one server only.

use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::time::Duration;

use fantoccini::error::NewSessionError;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder, Locator};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::{Value, json};
use tempfile::TempDir;

use crate::gate::{Asked, Gate};
use crate::process::{Group, command_with_children, spawn};
use crate::{PATIENCE, until};

/// An open browser; it ends with its value.
pub struct Browser {
    client: Client,
    gate: Gate,
    // Ended before its folder is removed.
    _driver: Group,
    folder: TempDir,
}

impl Browser {
    /// Opens a browser that reaches the server of this endpoint, such as `http://127.0.0.1:8333`.
    pub async fn open(endpoint: &str) -> Self {
        let gate = Gate::to(endpoint).await;
        let folder = tempfile::tempdir().unwrap();
        let capabilities = capabilities(&gate, &folder);
        let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
        let mut driver = command_with_children("chromedriver");
        driver.arg(format!("--port={port}")).env("HOME", folder.path()).env("LANG", "C.UTF-8");
        driver.env_remove("DISPLAY").env_remove("WAYLAND_DISPLAY");
        let driver = spawn(driver.stdout(Stdio::null()).stderr(Stdio::null()), "chromedriver");
        let client = until("the driver opens the browser", async || {
            let mut builder = ClientBuilder::new(HttpConnector::new());
            builder.capabilities(capabilities.clone());
            match builder.connect(&format!("http://127.0.0.1:{port}")).await {
                Ok(client) => Some(client),
                // It listens, and has no browser to open.
                Err(NewSessionError::SessionNotCreated(e)) => {
                    panic!("Chromium does not start; `cargo xtask test` installs it: {e}")
                }
                Err(_) => None,
            }
        })
        .await;
        Self { client, gate, _driver: driver, folder }
    }

    /// Goes to a URL as if it had been typed in, and answers when that has loaded or become a download.
    pub async fn go(&self, url: &str) {
        let went = tokio::time::timeout(PATIENCE, self.client.goto(url)).await;
        went.unwrap_or_else(|_| panic!("not in {PATIENCE:?}: the browser goes to {url}")).unwrap();
    }

    /// Where it is.
    pub async fn place(&self) -> String {
        self.client.current_url().await.unwrap().into()
    }

    /// What an expression of the page's own language is.
    pub async fn value(&self, expression: &str) -> Value {
        let script = format!("return {expression}");
        let answer = self.client.execute(&script, vec![]);
        let answer = tokio::time::timeout(PATIENCE, answer).await.expect("the page answers in time");
        answer.unwrap_or_else(|e| panic!("{expression}: {e}"))
    }

    /// Waits until an expression is true.
    pub async fn sees(&self, expression: &str) {
        until(expression, async || self.value(expression).await.as_bool().filter(|yes| *yes)).await;
    }

    /// Clicks in the middle of the first element that this CSS selector finds.
    pub async fn click(&self, selector: &str) {
        self.client.find(Locator::Css(selector)).await.unwrap().click().await.unwrap();
    }

    /// Chooses files on the field that this CSS selector finds, as the system's dialog would.
    pub async fn choose_files(&self, selector: &str, files: &[PathBuf]) {
        let paths: Vec<&str> = files.iter().map(|file| file.to_str().unwrap()).collect();
        let field = self.client.find(Locator::Css(selector)).await.unwrap();
        field.send_keys(&paths.join("\n")).await.unwrap();
    }

    /// Saves what it shows as `tests/screenshots/NAME.png`.
    pub async fn screenshot(&self, name: &str) {
        crate::save_screenshot(name, &self.client.screenshot().await.unwrap());
    }

    /// Waits for the end of the next download, which must not be empty, and takes it away: its name and its bytes.
    pub async fn downloaded(&self) -> (String, Vec<u8>) {
        until("a download ends", async || {
            let files = std::fs::read_dir(self.folder.path().join("downloads")).ok()?;
            files.flatten().find_map(|file| take(&file.path()))
        })
        .await
    }

    /// Everything that it asked for so far.
    pub fn asked(&self) -> Vec<Asked> {
        self.gate.asked()
    }

    /// Closes the browser, and answers when it has ended.
    pub async fn close(self) {
        let closed = tokio::time::timeout(Duration::from_secs(10), self.client.close()).await;
        closed.expect("the browser closes in time").unwrap();
    }
}

/// Name and bytes of a file that has come in; the file is gone after that.
fn take(file: &Path) -> Option<(String, Vec<u8>)> {
    let name = file.file_name()?.to_str()?.to_owned();
    // While it comes in it has another name, and an empty file keeps the place of its own.
    if name.ends_with(".crdownload") || name.starts_with('.') {
        return None;
    }
    let bytes = std::fs::read(file).ok().filter(|bytes| !bytes.is_empty())?;
    std::fs::remove_file(file).unwrap();
    Some((name, bytes))
}

fn capabilities(gate: &Gate, folder: &TempDir) -> Capabilities {
    let at = |name: &str| folder.path().join(name).display().to_string();
    let arguments = [
        "--headless=new".to_owned(),
        "--no-sandbox".into(), // which root cannot have
        "--disable-gpu".into(),
        "--disable-background-networking".into(),
        "--disable-component-update".into(),
        "--no-first-run".into(),
        format!("--user-data-dir={}", at("chromium")),
        // Everything goes through the gate; without the second flag this computer's own servers would not.
        format!("--proxy-server={}", gate.address()),
        "--proxy-bypass-list=<-loopback>".into(),
    ];
    let settings = json!({
        "download.default_directory": at("downloads"),
        "download.prompt_for_download": false,
    });
    let options = json!({
        "browserName": "chrome",
        "goog:chromeOptions": { "args": arguments, "prefs": settings },
    });
    serde_json::from_value(options).unwrap()
}
