//! A film plays from its link.

use super::Post;

/// Three seconds of H.264 and AAC.
const FILM: &[u8] = include_bytes!("../../../src-tauri/crates/practice/samples/film.mp4");
/// More than Chromium reads ahead.
const GAP: usize = 64 << 20;

#[tokio::test]
async fn a_film_stored_without_a_type_plays_and_can_be_scrubbed() {
    let post = Post::open().await;
    let (film, gap) = with_a_gap(FILM);
    post.put("Launch film.mp4", "application/octet-stream", &film).await;
    let browser = &post.browser;

    browser.go(&post.link("Launch film.mp4", &["--inline"])).await;
    assert_eq!(browser.value("document.contentType").await, "video/mp4");
    browser.sees("document.querySelector('video').readyState >= HTMLMediaElement.HAVE_FUTURE_DATA").await;
    assert_eq!(browser.value("document.querySelector('video').videoWidth").await, 640);
    // A browser that has never been here does not start sound by itself: it waits for a click.
    if browser.value("document.querySelector('video').paused").await == true {
        browser.click("video").await;
    }
    browser.sees("document.querySelector('video').currentTime > 0.2").await;

    browser
        .value("(window.video = document.querySelector('video')).onseeked = () => window.arrived = true")
        .await;
    // On a slow day it has come to its end meanwhile, and stopped.
    browser.value("(video.currentTime = 2.8, video.play(), true)").await;
    browser.sees("window.arrived === true && video.readyState >= HTMLMediaElement.HAVE_CURRENT_DATA").await;
    browser.sees("video.ended && video.error === null").await;

    let asked = browser.asked();
    let start = |range: &str| range.strip_prefix("bytes=")?.split('-').next()?.parse::<usize>().ok();
    let ranges = asked.iter().filter_map(|asked| Some((start(asked.range.as_deref()?)?, asked.status)));
    let ranges: Vec<(usize, u16)> = ranges.collect();
    assert!(ranges.iter().any(|(start, status)| *start >= gap && *status == 206), "{ranges:?}");
    // What it has already it may ask for again on condition that it has changed (304); a 200 would be the whole film.
    assert!(ranges.iter().all(|(_, status)| [206, 304].contains(status)), "{ranges:?}");
    post.browser.close().await;
}

/// The film with its second half far behind its first, as in a film of hours; and where the gap begins. Only a
/// request for a range gets to the second half soon.
fn with_a_gap(film: &[u8]) -> (Vec<u8>, usize) {
    let half = film.len() / 2;
    let mut film = film.to_vec();
    let number = |film: &[u8], at: usize| u32::from_be_bytes(film[at..at + 4].try_into().unwrap()) as usize;
    let widen = |film: &mut [u8], at: usize| {
        let wide = u32::try_from(number(film, at) + GAP).unwrap();
        film[at..at + 4].copy_from_slice(&wide.to_be_bytes());
    };
    let boxes = |film: &[u8], name: &[u8]| -> Vec<usize> {
        film.windows(4).enumerate().filter(|(_, four)| *four == name).map(|(at, _)| at).collect()
    };
    // Each track lists where its chunks are: a count, and as many offsets
    // (https://developer.apple.com/documentation/quicktime-file-format/chunk_offset_atom).
    let mut cut = film.len();
    for list in boxes(&film, b"stco") {
        for chunk in 0..number(&film, list + 8) {
            let entry = list + 12 + 4 * chunk;
            if number(&film, entry) >= half {
                cut = cut.min(number(&film, entry));
                widen(&mut film, entry);
            }
        }
    }
    let data = boxes(&film, b"mdat")[0];
    widen(&mut film, data - 4);
    film.splice(cut..cut, std::iter::repeat_n(0, GAP));
    (film, cut)
}
