//! A folder with a million files, in the real window.

use std::time::Duration;

use guestpass_testkit::sink::{Catalogue, Sink};
use guestpass_tests::{Desktop, Key, Keyring, Window, until};
use serde_json::{Value, json};

/// So long each page is waited for: a thousand of them, one after the other, would take half a minute.
const DELAY: Duration = Duration::from_millis(30);

const FOLDER: &str = "s3://acme-press/2026/Autumn-launch/";

/// Once a frame does what stands in place of `STEP`, and looks for a row within the view that shows nothing. Answers how long each
/// frame took, in milliseconds, and how many of them showed such a row.
const FRAMES: &str = "
const [count, done] = arguments;
const grid = document.querySelector('[role=grid]');
const times = [];
let blank = 0, last = null;
const isBlank = () => {
  const view = grid.getBoundingClientRect();
  const head = grid.querySelector('[role=columnheader]').getBoundingClientRect().bottom;
  const rows = [...grid.querySelectorAll('[role=row]')].map(row => [row, row.getBoundingClientRect()]);
  const seen = rows.filter(([, box]) => box.top < view.bottom && box.bottom > head);
  const filled = seen.filter(([row]) => /photo-\\d/.test(row.textContent));
  const height = filled.reduce((sum, [, box]) => sum + Math.min(box.bottom, view.bottom) - Math.max(box.top, head), 0);
  return height < view.bottom - head - 2;
};
const frame = now => {
  if (last !== null) { times.push(now - last); blank += isBlank() ? 1 : 0; }
  last = now;
  if (times.length === count) { done({ times, blank }); return; }
  STEP
  requestAnimationFrame(frame);
};
requestAnimationFrame(frame);
";

const WHEEL: &str =
    "grid.dispatchEvent(new WheelEvent('wheel', { deltaY: 120, bubbles: true, cancelable: true }));";
const ARROW: &str = "document.activeElement.dispatchEvent(\
    new KeyboardEvent('keydown', { key: 'ArrowDown', repeat: true, bubbles: true, cancelable: true }));";

/// Does so for this many frames; prints how long they took, and answers how many showed a blank row.
#[expect(clippy::print_stdout, reason = "figures for a person to read, which no test depends on")]
async fn frames(window: &Window, what: &str, step: &str, count: usize) -> u64 {
    // Written into the script: the page allows no text to become one.
    let answer = window.script_async(&FRAMES.replace("STEP", step), vec![json!(count)]).await;
    let mut times: Vec<f64> = answer["times"].as_array().unwrap().iter().filter_map(Value::as_f64).collect();
    times.sort_by(f64::total_cmp);
    let at = |part: usize| times[(times.len() - 1) * part / 100];
    println!(
        "{what}: {} frames, half within {:.1} ms, 95 % within {:.1} ms, all within {:.1} ms",
        times.len(),
        at(50),
        at(95),
        at(100)
    );
    answer["blank"].as_u64().unwrap()
}

async fn opened(desktop: &Desktop, sink: &Sink) -> Window {
    let config = desktop.home().join("million.ini");
    let text = format!(
        "[profile press]\nregion = us-east-1\nendpoint_url = {}\naws_access_key_id = GPTESTANYBODY0000001\n\
         aws_secret_access_key = any\n",
        sink.endpoint()
    );
    std::fs::write(&config, text).unwrap();
    let none = desktop.home().join("none");
    let env = [
        ("AWS_CONFIG_FILE", config.to_str().unwrap()),
        ("AWS_SHARED_CREDENTIALS_FILE", none.to_str().unwrap()),
    ];
    let window = desktop.open(&[], &env).await;
    window.click("button", "press").await;
    window.click("button", "Go to").await;
    window.find("dialog", "Go to a place or folder").await;
    window.press(&[], FOLDER).await;
    window.find("option", "Go to").await;
    window.press(&[], &char::from(Key::Enter).to_string()).await;
    window
}

#[tokio::test(flavor = "multi_thread")]
async fn a_million_files_are_shown_searched_and_gone_through() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let catalogue = Catalogue { keys: 1_000_000, delay: DELAY, is_flat: true, ..Catalogue::default() };
    let sink = Sink::listing(catalogue).await;
    let window = opened(&desktop, &sink).await;

    // The first rows are there while the rest is on its way, and that is said.
    window.find("row", "batch-000000-photo-00000000.jpg").await;
    window.sees("items so far").await;
    window.screenshot("million-loading").await;
    window.sees("1,000,000 items.").await;
    let count = "return document.querySelector('[role=grid]').getAttribute('aria-rowcount')";
    assert_eq!(window.script(count, vec![]).await.unwrap(), "1000001", "with the row of the heads");
    let drawn = "return document.querySelectorAll('[role=row]').length";
    assert!(window.script(drawn, vec![]).await.unwrap().as_u64().unwrap() < 100);

    window.click("row", "batch-000000-photo-00000000.jpg").await;
    assert_eq!(frames(&window, "wheel", WHEEL, 300).await, 0, "blank rows under the wheel");
    window.press(&[], &char::from(Key::Home).to_string()).await;
    window.find("row", "batch-000000-photo-00000000.jpg").await;
    assert_eq!(frames(&window, "a key held down", ARROW, 300).await, 0, "blank rows under a key");
    window.find("row", "batch-000003-photo-00000300.jpg").await;

    window.press(&[], &char::from(Key::End).to_string()).await;
    window.find("row", "batch-009999-photo-00999999.jpg").await;
    window.screenshot("million-end").await;

    // Typed at the keyboard: what matches is all that is shown.
    window.press(&[char::from(Key::Control)], "f").await;
    window.press(&[], "PHOTO-0077777").await;
    until("ten rows", async || (window.script(count, vec![]).await.unwrap() == "11").then_some(())).await;
    window.find("row", "batch-007777-photo-00777770.jpg").await;
    window.screenshot("million-searched").await;
    window.close().await;
}
