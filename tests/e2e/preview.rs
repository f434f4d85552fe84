//! Seeing what a file is before it is lent.

use guestpass_tests::{Desktop, Key, Keyring, Window, until};
use serde_json::{Value, json};

use crate::screens::DARK;
use crate::store::Store;

/// The picture in the button whose name begins so, once it is drawn: its width in pixels.
async fn picture(window: &Window, name: &str) -> u64 {
    let script = "const image = document.querySelector(`button[aria-label^='${arguments[0]}'] img`); \
                  return image?.complete ? image.naturalWidth : null";
    until(&format!("the picture “{name}”"), async || {
        window.script(script, vec![json!(name)]).await?.as_u64().filter(|width| *width > 0)
    })
    .await
}

/// Waits until the player has come this far, in seconds.
async fn played(window: &Window, seconds: f64) {
    let script = "return document.querySelector('video, audio')?.currentTime ?? null";
    until("something is played", async || {
        window.script(script, vec![]).await?.as_f64().filter(|at| *at >= seconds)
    })
    .await;
}

#[tokio::test]
async fn a_file_is_seen_heard_and_read_before_it_is_lent() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let window = desktop.open(&["--practice"], &[]).await;
    window.click("button", "practice").await;

    window.click("row", "Embargo letter.pdf").await;
    picture(&window, "First page of").await;
    window.screenshot("preview-page").await;
    window.click("row", "Welcome to Guestpass.txt").await;
    window.sees("Welcome to the practice bucket").await;
    window.screenshot("preview-text").await;

    window.click("row", "Launch film.mp4").await;
    window.click("button", "Play").await;
    played(&window, 0.3).await;
    window.screenshot("preview-film").await;
    let address = window.script("return document.querySelector('video').src", vec![]).await.unwrap();
    let address = address.as_str().unwrap().to_owned();
    assert!(address.starts_with("http://127.0.0.1:"), "{address}");
    assert_eq!(status(&address).await, 200);

    window.open_folder("Autumn launch").await;
    until("what is not looked at any more is not there", async || {
        (status(&address).await == 404).then_some(())
    })
    .await;
    window.click("row", "Jingle").await;
    window.click("button", "Play").await;
    played(&window, 0.3).await;
    window.screenshot("preview-sound").await;
    window.click("row", "Budget.xlsx").await;
    window.gone("button", "Play").await;
    window.screenshot("preview-none").await;

    window.open_folder("Photos").await;
    window.click("row", "Héro image").await;
    assert_eq!(picture(&window, "Picture: ").await, 720);
    let small = "return [...document.querySelectorAll('[role=row] img')].map(one => one.naturalWidth)";
    until("small pictures in the list", async || {
        (window.script(small, vec![]).await? == json!([96, 96])).then_some(())
    })
    .await;
    window.screenshot("preview-picture").await;
    window.click("button", "Picture: ").await;
    window.find("dialog", "Héro image").await;
    window.screenshot("preview-larger").await;
    window.press(&[], &char::from(Key::Escape).to_string()).await;
    window.gone("dialog", "Héro image").await;
    window.close().await;
}

async fn status(address: &str) -> u16 {
    reqwest::get(address).await.unwrap().status().as_u16()
}

#[tokio::test]
async fn details_are_read_and_copied() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    store.put("a note.txt", "Dear press, here it is.").await;
    let window = store.open(&desktop, &[DARK]).await;
    window.click("button", "press").await;
    window.click("button", "acme-press").await;
    window.click("row", "a note.txt").await;
    window.sees("Dear press, here it is.").await;
    window.screenshot("preview-text-dark").await;
    let open = "for (const fold of document.querySelectorAll('details')) \
                if (fold.querySelector('dl')) { fold.open = true; fold.scrollIntoView() }";
    until("the details", async || {
        window.script(open, vec![]).await;
        window.text().await.contains("s3://acme-press/a note.txt").then_some(())
    })
    .await;
    window.screenshot("preview-details-dark").await;
    window.click("button", "Copy: Address").await;
    window.sees("Copied.").await;
    assert_eq!(desktop.clipboard().as_deref(), Some("s3://acme-press/a note.txt"));
    window.resize(900, 700).await;
    window.screenshot("preview-dark-narrow").await;
    window.close().await;
}

/// Whether this page may load something from there: `null` where its rules forbid even trying.
async fn loads(window: &Window, tag: &str, url: &str) -> Value {
    let script = "const [tag, url, done] = arguments; const element = document.createElement(tag); \
                  document.addEventListener('securitypolicyviolation', () => done(null), { once: true }); \
                  element.onerror = () => setTimeout(() => done('failed'), 200); \
                  element.onload = element.onloadedmetadata = () => done('loaded'); element.src = url";
    window.script_async(script, vec![json!(tag), json!(url)]).await
}

#[tokio::test]
async fn the_window_loads_nothing_but_what_it_was_given() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let window = desktop.open(&["--practice"], &[]).await;
    // Another program of this computer, at another port.
    let outside = std::net::TcpListener::bind(("127.0.0.1", 0)).unwrap();
    outside.set_nonblocking(true).unwrap();
    let elsewhere = format!("http://{}/film.mp4", outside.local_addr().unwrap());
    for tag in ["video", "audio", "img"] {
        assert_eq!(loads(&window, tag, &elsewhere).await, Value::Null, "{tag}");
    }
    assert!(outside.accept().is_err(), "somebody outside was called");
    let guessed = "preview://localhost/panel/0123456789abcdefghjkmnpqrs";
    assert_eq!(loads(&window, "img", guessed).await, json!("failed"), "nobody guesses what is looked at");
    let read = "const [url, done] = arguments; fetch(url).then(() => done('read'), () => done('blocked'))";
    assert_eq!(window.script_async(read, vec![json!(guessed)]).await, json!("blocked"));
    window.close().await;
}

/// A sound of 60 MB, of which a second takes 176 kB.
fn long_sound() -> Vec<u8> {
    let (rate, length) = (44_100_u32, 60_000_000_u32);
    let mut sound = b"RIFF".to_vec();
    sound.extend((length + 36).to_le_bytes());
    sound.extend(b"WAVEfmt \x10\0\0\0\x01\0\x02\0");
    sound.extend(rate.to_le_bytes());
    sound.extend((rate * 4).to_le_bytes());
    sound.extend(b"\x04\0\x10\0data");
    sound.extend(length.to_le_bytes());
    sound.extend((0..length).map(|n| (n / 900).to_le_bytes()[0] >> 2));
    sound
}

#[tokio::test]
async fn a_long_sound_goes_on_after_a_pause_and_a_jump() {
    let desktop = Desktop::start(Keyring::Unlocked).await;
    let store = Store::start(&desktop).await;
    let body = aws_sdk_s3::primitives::ByteStream::from(long_sound());
    store.admin().put_object().bucket("acme-press").key("long.wav").body(body).send().await.unwrap();
    let window = store.open(&desktop, &[]).await;
    window.click("button", "press").await;
    window.click("button", "acme-press").await;
    window.click("row", "long.wav").await;
    window.click("button", "Play").await;
    played(&window, 1.0).await;
    window.click("button", "Pause").await;
    // Far behind what has come, and back to shortly before its end.
    let jump = "const [to, done] = arguments, player = document.querySelector('audio, video'); \
                player.addEventListener('seeked', () => done(player.currentTime), { once: true }); \
                player.currentTime = to";
    for to in [300, 66] {
        assert_eq!(window.script_async(jump, vec![json!(to)]).await.as_f64(), Some(f64::from(to)));
    }
    window.click("button", "Play").await;
    played(&window, 74.0).await;
    window.close().await;
}
