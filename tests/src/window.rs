//! The app's real window, driven over WebDriver: found by role and name, clicked and typed at as a person does.

mod find;

use std::fs::File;
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::time::Duration;

use fantoccini::actions::{InputSource, KeyAction, KeyActions};
use fantoccini::elements::Element;
use fantoccini::wd::Capabilities;
use fantoccini::{Client, ClientBuilder};
use hyper_util::client::legacy::connect::HttpConnector;
use serde_json::json;

use crate::process::{Group, command, spawn};
use crate::{PATIENCE, until};

/// Under this name a script's answer refers to an element: <https://www.w3.org/TR/webdriver2/#elements>.
const ELEMENT: &str = "element-6066-11e4-a52e-4f735466cecf";

/// How many drivers are tried: each ends at once where its port was taken between our asking for it and its listening.
const DRIVERS: usize = 5;

/// A picture is taken with the next thing that the page paints, which a page at rest never does where no card composes it:
/// one pixel in a corner, of the ground's own colour to anybody's eye, is painted anew until it is taken away.
const KEEP_PAINTING: &str = "
const pixel = document.createElement('i');
pixel.id = 'painted';
pixel.style.cssText = 'position: fixed; inset: 0 auto auto 0; width: 1px; height: 1px; pointer-events: none';
document.documentElement.append(pixel);
let frame = 0;
const paint = () => {
  if (!pixel.isConnected) return;
  frame += 1;
  pixel.style.background = `rgb(128 128 128 / ${0.001 + (frame % 2) * 0.002})`;
  requestAnimationFrame(paint);
};
paint();
";

fn start_driver(env: &[(String, String)], log: &File) -> (u16, Group) {
    let port = TcpListener::bind(("127.0.0.1", 0)).unwrap().local_addr().unwrap().port();
    let mut driver = command("WebKitWebDriver");
    driver.arg(format!("--port={port}")).envs(env.iter().cloned());
    driver.envs([("TAURI_AUTOMATION", "true"), ("TAURI_WEBVIEW_AUTOMATION", "true")]);
    driver.stdout(log.try_clone().unwrap()).stderr(log.try_clone().unwrap());
    (port, spawn(&mut driver, "WebKitWebDriver"))
}

/// An open window. Dropped, it is killed; [`Window::close`] ends it as a person does.
pub struct Window {
    client: Client,
    driver: Group,
}

impl Window {
    /// `log` takes what the app and the driver print.
    pub(crate) async fn open(binary: &Path, arguments: &[&str], env: Vec<(String, String)>, log: File) -> Self {
        let options = json!({ "webkitgtk:browserOptions": { "binary": binary, "args": arguments } });
        let capabilities: Capabilities = serde_json::from_value(options).unwrap();
        for _ in 0..DRIVERS {
            let (port, mut driver) = start_driver(&env, &log);
            let client = until("the driver opens the window", async || {
                if driver.child.try_wait().unwrap().is_some() {
                    return Some(None);
                }
                let mut builder = ClientBuilder::new(HttpConnector::new());
                builder.capabilities(capabilities.clone());
                builder.connect(&format!("http://127.0.0.1:{port}")).await.ok().map(Some)
            });
            if let Some(client) = client.await {
                return Self::shown(client, driver).await;
            }
        }
        panic!("{DRIVERS} drivers ended before they listened");
    }

    async fn shown(client: Client, driver: Group) -> Self {
        let window = Self { client, driver };
        until("the window shows something", async || {
            let ready = window.script("return document.querySelector('#root > *') !== null", vec![]).await?;
            ready.as_bool().filter(|ready| *ready)
        })
        .await;
        window
    }

    /// Closes the window, and answers when the app has ended.
    pub async fn close(self) {
        tokio::time::timeout(PATIENCE, self.client.close()).await.expect("the window closes in time").unwrap();
        drop(self.driver);
    }

    /// The visible element of this role and accessible name (or one that begins so), as soon as it is there.
    pub async fn find(&self, role: &str, name: &str) -> Element {
        until(&format!("{role} “{name}”"), async || self.look(role, name).await).await
    }

    /// Waits until there is no such element.
    pub async fn gone(&self, role: &str, name: &str) {
        until(&format!("no {role} “{name}”"), async || self.look(role, name).await.is_none().then_some(()))
            .await;
    }

    /// Clicks it with the pointer.
    pub async fn click(&self, role: &str, name: &str) {
        until(&format!("a click on {role} “{name}”"), async || {
            self.look(role, name).await?.click().await.ok()
        })
        .await;
    }

    /// Clicks it a moment later, and the window goes: the driver would wait for a hidden page to be drawn.
    pub async fn click_away(&self, role: &str, name: &str) {
        let element = serde_json::to_value(self.find(role, name).await).unwrap();
        self.client.execute("setTimeout(() => arguments[0].click(), 50)", vec![element]).await.unwrap();
    }

    /// Clicks it twice.
    async fn double_click(&self, role: &str, name: &str) {
        use fantoccini::actions::{MOUSE_BUTTON_LEFT, MouseActions, PointerAction};
        let element = self.find(role, name).await;
        let mut mouse = MouseActions::new("mouse".into()).then(PointerAction::MoveToElement {
            element,
            duration: None,
            x: 0.0,
            y: 0.0,
        });
        for _ in 0..2 {
            mouse = mouse.then(PointerAction::Down { button: MOUSE_BUTTON_LEFT });
            mouse = mouse.then(PointerAction::Up { button: MOUSE_BUTTON_LEFT });
        }
        self.client.perform_actions(mouse).await.unwrap();
    }

    /// Clicks it with the other button of the pointer. The driver then lets go of the first one instead, so that the
    /// page takes the other one for held from then on: to be done last.
    pub async fn right_click(&self, role: &str, name: &str) {
        use fantoccini::actions::{MOUSE_BUTTON_RIGHT, MouseActions, PointerAction};
        let element = self.find(role, name).await;
        let to = PointerAction::MoveToElement { element, duration: None, x: 0.0, y: 0.0 };
        let mouse = MouseActions::new("mouse".into()).then(to);
        let mouse = mouse.then(PointerAction::Down { button: MOUSE_BUTTON_RIGHT });
        let mouse = mouse.then(PointerAction::Up { button: MOUSE_BUTTON_RIGHT });
        self.client.perform_actions(mouse).await.unwrap();
    }

    /// Opens a folder of the list by a double click; does it again when the first came too slowly to be one.
    pub async fn open_folder(&self, name: &str) {
        until(&format!("the folder “{name}” opens"), async || {
            self.double_click("row", name).await;
            let opened = async { self.gone("row", name).await };
            tokio::time::timeout(Duration::from_secs(3), opened).await.ok()
        })
        .await;
    }

    /// Presses keys one after the other; those of `held` are down meanwhile.
    pub async fn press(&self, held: &[char], keys: &str) {
        let mut actions = KeyActions::new("keyboard".into());
        for value in held.iter().copied() {
            actions = actions.then(KeyAction::Down { value });
        }
        for value in keys.chars() {
            actions = actions.then(KeyAction::Down { value }).then(KeyAction::Up { value });
        }
        for value in held.iter().rev().copied() {
            actions = actions.then(KeyAction::Up { value });
        }
        self.client.perform_actions(actions).await.unwrap();
    }

    /// Waits until the window's text holds this.
    pub async fn sees(&self, text: &str) {
        until(&format!("the text “{text}”"), async || self.text().await.contains(text).then_some(())).await;
    }

    /// All text that is in the window.
    pub async fn text(&self) -> String {
        let text = self.script("return document.body.innerText", vec![]).await;
        text.and_then(|text| text.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// Role and name of what has the focus.
    pub async fn focused(&self) -> String {
        let focused = self.script(find::FOCUSED, vec![]).await.unwrap();
        focused.as_str().unwrap_or_default().to_owned()
    }

    /// Makes the window this large.
    pub async fn resize(&self, width: u32, height: u32) {
        self.client.set_window_size(width, height).await.unwrap();
        until("the window has its new size", async || {
            let now = self.script("return window.innerWidth", vec![]).await?.as_u64()?;
            (now.abs_diff(width.into()) < 40).then_some(())
        })
        .await;
    }

    /// Saves what the window shows as `tests/screenshots/NAME.png`.
    pub async fn screenshot(&self, name: &str) -> PathBuf {
        // What is sliding or fading has arrived when no animation runs any more, and two frames later it is painted.
        until("nothing moves", async || {
            let script = "return document.getAnimations().every(a => a.playState !== 'running' \
                          || a.effect?.getTiming().iterations === Infinity)";
            self.script(script, vec![]).await?.as_bool().filter(|still| *still)
        })
        .await;
        let painted =
            "const done = arguments[0]; requestAnimationFrame(() => requestAnimationFrame(() => done(1)))";
        self.client.execute_async(painted, vec![]).await.unwrap();
        self.script(KEEP_PAINTING, vec![]).await;
        let picture = self.client.screenshot().await.unwrap();
        self.script("document.getElementById('painted').remove()", vec![]).await;
        crate::save_screenshot(name, &picture)
    }

    /// Runs a script in the page; nothing when the page is between two states.
    pub async fn script(&self, script: &str, arguments: Vec<serde_json::Value>) -> Option<serde_json::Value> {
        let answer = self.client.execute(script, arguments);
        tokio::time::timeout(PATIENCE, answer).await.expect("the page answers in time").ok()
    }

    /// Runs a script in the page whose answer comes later, by a call of its last argument.
    pub async fn script_async(&self, script: &str, arguments: Vec<serde_json::Value>) -> serde_json::Value {
        let answer = self.client.execute_async(script, arguments);
        tokio::time::timeout(PATIENCE, answer).await.expect("the page answers in time").unwrap()
    }

    async fn look(&self, role: &str, name: &str) -> Option<Element> {
        let found = self.script(find::BY_ROLE, vec![json!(role), json!(name)]).await?;
        let id = found.get(ELEMENT)?.as_str()?.to_owned();
        Some(Element::from_element_id(self.client.clone(), id.into()))
    }
}
