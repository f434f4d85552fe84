//! What is shown is shown right, and what could run does not.

use std::time::Duration;

use aws_sdk_s3::presigning::PresigningConfig;
use guestpass_tests::until;

use super::Post;

const LETTER: &[u8] = include_bytes!("../../../src-tauri/crates/practice/samples/letter.pdf");
const TEXT: &str = "Grüße aus Köln: 新製品 🎉 für 10 €";
/// Asks for an address of its own when it runs.
const PAGE: &str = "<title>Not yet</title><script>document.title = 'ran'; fetch('/ran')</script>Grüße";
/// The same as a picture.
const PICTURE: &str = "<svg xmlns='http://www.w3.org/2000/svg'><script>fetch('/ran')</script></svg>";

#[tokio::test]
async fn text_and_documents_are_shown_whatever_their_stored_type() {
    let post = Post::open().await;
    post.put("Grüße.txt", "application/octet-stream", TEXT.as_bytes()).await;
    post.put("letter.pdf", "binary/octet-stream", LETTER).await;
    let browser = &post.browser;

    browser.go(&post.link("Grüße.txt", &["--inline"])).await;
    assert_eq!(browser.value("document.body.innerText").await, TEXT);
    assert_eq!(browser.value("document.contentType").await, "text/plain");

    // A browser that saves a file stays where it was: the document that it has is the one that it shows.
    let letter = post.link("letter.pdf", &["--inline"]);
    browser.go(&letter).await;
    assert_eq!(browser.place().await, letter);
    assert_eq!(browser.value("document.contentType").await, "application/pdf");
    post.browser.close().await;
}

#[tokio::test]
async fn what_could_run_is_a_download_even_where_it_was_to_be_shown() {
    let post = Post::open().await;
    let browser = &post.browser;
    let ran = || browser.asked().iter().any(|asked| asked.url.ends_with("/ran"));

    let before = browser.place().await;
    for (key, content_type, text) in [
        ("Überblick.html", "text/html", PAGE),
        ("Überblick.xhtml", "application/xhtml+xml", PAGE),
        ("Logo.svg", "image/svg+xml", PICTURE),
        // Names that tell nothing: the stored type decides.
        ("Seite", "text/html", PAGE),
        ("Logo.neu", "image/svg+xml", PICTURE),
    ] {
        post.put(key, content_type, text.as_bytes()).await;
        browser.go(&post.link(key, &["--inline"])).await;
        assert_eq!(browser.downloaded().await, (key.to_owned(), text.as_bytes().to_vec()));
        assert_eq!(browser.place().await, before);
    }
    post.put("Quelltext.txt", "text/html", PAGE.as_bytes()).await;
    browser.go(&post.link("Quelltext.txt", &["--inline"])).await;
    assert_eq!(browser.value("document.body.innerText").await, PAGE);
    assert!(!ran(), "a script ran: {:#?}", browser.asked());

    // Another signer's link shows that a script would have been seen to run.
    let hour = PresigningConfig::expires_in(Duration::from_secs(3_600)).unwrap();
    let get = post.store.admin().get_object().bucket("acme-press").key("Überblick.html");
    browser.go(get.presigned(hour).await.unwrap().uri()).await;
    browser.sees("document.title === 'ran'").await;
    until("the script's request", async || ran().then_some(())).await;
    post.browser.close().await;
}
