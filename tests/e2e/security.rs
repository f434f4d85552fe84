//! What the window cannot do, whatever a bucket holds.

use std::net::TcpListener;

use guestpass_tests::{Desktop, Keyring};
use serde_json::{Value, json};

use crate::store::Store;

/// Names that try to be markup, to turn around, or to break out of their row.
const HOSTILE: [&str; 6] = [
    "<img src=x onerror=\"window.ran='name'\">.txt",
    "<svg onload=\"window.ran='name'\">.txt",
    "javascript:window.ran='name'",
    "invoice\u{202e}fdp.exe",
    "tab\tand\u{1b}[31m escape.txt",
    "{{constructor.constructor('window.ran=1')()}}.txt",
];

#[tokio::test]
async fn hostile_names_are_text_and_nothing_but_text() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    for name in HOSTILE {
        store.put(name, "x").await;
    }
    store.put(&format!("{}.txt", "long".repeat(62)), "x").await;
    let window = store.open(&desktop, &[]).await;
    window.click("button", "press").await;
    window.click("button", "acme-press").await;
    window.find("row", "<img src=x").await;
    let beyond = "return [...document.querySelectorAll('[role=rowheader]')].filter(cell => \
                  [...cell.querySelectorAll('bdi, bdi *')].some(part => \
                  part.getBoundingClientRect().right > cell.getBoundingClientRect().right)).length";
    assert_eq!(window.script(beyond, vec![]).await.unwrap(), json!(0), "names that run into the next column");
    window.screenshot("hostile-names").await;
    for name in ["<img src=x", "<svg onload", "javascript:"] {
        window.click("row", name).await;
        window.click("button", "Copy link").await;
        window.sees("Link copied and tested").await;
    }
    let markup = "return document.querySelectorAll('#root img[src=x], #root svg[onload]').length";
    assert_eq!(window.script(markup, vec![]).await.unwrap(), json!(0));
    assert_eq!(window.script("return window.ran ?? null", vec![]).await.unwrap(), Value::Null);
    let text = window.text().await;
    assert!(!text.contains('\u{202e}'), "a name turns the text around");
    window.close().await;
}

#[tokio::test]
async fn the_window_runs_no_script_but_its_own_and_reaches_no_network() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let window = desktop.open(&["--practice"], &[]).await;
    let outside = TcpListener::bind(("127.0.0.1", 0)).unwrap();
    outside.set_nonblocking(true).unwrap();
    let url = format!("http://{}/", outside.local_addr().unwrap());

    let inline = "const script = document.createElement('script'); script.textContent = 'window.ran = 1'; \
                  document.body.append(script); return window.ran ?? null";
    assert_eq!(window.script(inline, vec![]).await.unwrap(), Value::Null, "an inline script ran");
    let handler = "const image = document.createElement('div'); image.setAttribute('onclick', 'window.ran = 2'); \
                   document.body.append(image); image.click(); return window.ran ?? null";
    assert_eq!(window.script(handler, vec![]).await.unwrap(), Value::Null, "an inline handler ran");
    let eval = "try { return (0, eval)('1') } catch (e) { return e.name }";
    assert_eq!(window.script(eval, vec![]).await.unwrap(), json!("EvalError"));
    for reach in [
        "fetch(URL).then(() => done('reached'), () => done('blocked'))",
        "const x = new XMLHttpRequest(); x.onload = () => done('reached'); x.onerror = () => done('blocked'); \
         x.open('GET', URL); x.send()",
        "const i = new Image(); i.onload = () => done('reached'); i.onerror = () => done('blocked'); i.src = URL",
        "const s = new WebSocket(URL.replace('http', 'ws')); s.onopen = () => done('reached'); \
         s.onerror = () => done('blocked')",
    ] {
        let script = format!(
            "const URL = arguments[0], done = arguments[1]; try {{ {reach} }} catch {{ done('blocked') }}"
        );
        let outcome = window.script_async(&script, vec![json!(url)]).await;
        assert_eq!(outcome, json!("blocked"), "{reach}");
    }
    assert!(outside.accept().is_err(), "somebody outside was called");
    window.close().await;
}

#[tokio::test]
async fn the_window_calls_our_commands_and_no_others() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let window = desktop.open(&["--practice"], &[]).await;
    let call = "const [command, parameters, done] = arguments; \
                window.__TAURI_INTERNALS__.invoke(command, parameters).then(() => done('done'), e => done(String(e)))";
    let open = window.script_async(call, vec![json!("recall"), json!({})]).await;
    assert_eq!(open, json!("done"));
    for command in [
        "plugin:dialog|open",
        "plugin:window|close",
        "plugin:webview|create_webview",
        "plugin:event|listen",
        "plugin:path|resolve_directory",
        "plugin:shell|execute",
        "plugin:fs|read_text_file",
    ] {
        let refused = window.script_async(call, vec![json!(command), json!({})]).await;
        let refused = refused.as_str().unwrap_or_default();
        assert!(refused.contains("not allowed") || refused.contains("not found"), "{command}: {refused}");
    }
    window.close().await;
}
