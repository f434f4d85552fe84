//! A download has the right name and the right bytes.

use super::Post;

/// Names of objects, and as what Chromium saves them: it has its own word for what a file system may not like.
const NAMES: [(&str, &str); 5] = [
    ("Launch film, final cut.mp4", "Launch film, final cut.mp4"),
    ("Ünïcode \"quotes\" 新製品 🎉.pdf", "Ünïcode _quotes_ 新製品 🎉.pdf"),
    ("100% final + approved #2 & 'signed'; v=2.pdf", "100% final + approved #2 & 'signed'; v=2.pdf"),
    ("価格表 2026%20.xlsx", "価格表 2026%20.xlsx"),
    ("Überblick.html", "Überblick.html"),
];

#[tokio::test]
async fn a_file_is_saved_under_its_own_name() {
    let post = Post::open().await;
    for (n, (name, saved)) in NAMES.into_iter().enumerate() {
        let bytes = [name.as_bytes(), &[0, 255, 13, 10, u8::try_from(n).unwrap()]].concat();
        post.put(&format!("Büro & Verträge/{name}"), "text/html", &bytes).await;
        post.browser.go(&post.link(&format!("Büro & Verträge/{name}"), &[])).await;
        assert_eq!(post.browser.downloaded().await, (saved.to_owned(), bytes));
    }
    post.browser.close().await;
}

#[tokio::test]
async fn a_file_is_saved_under_the_name_that_it_was_given() {
    let post = Post::open().await;
    post.put("raw/0001", "application/octet-stream", b"until Thursday").await;
    post.browser.go(&post.link("raw/0001", &["--name", "Größen & \"Preise\" 🎉.txt"])).await;
    let (name, bytes) = post.browser.downloaded().await;
    assert_eq!((name.as_str(), bytes.as_slice()), ("Größen & _Preise_ 🎉.txt", &b"until Thursday"[..]));
    post.browser.close().await;
}
