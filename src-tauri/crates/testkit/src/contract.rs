//! What every store must do alike: those in memory, the practice bucket, real servers.

use guestpass_core::app::App;
use guestpass_core::{Entry, PageStart, Place, ProfileId};

/// What must lie in the place before [`begins_behind_any_text`], below its prefix. No folder has a neighbour that begins
/// like it: between `a/` and `a-b`, servers that keep objects in folders have another order.
pub const KEYS: [&str; 12] =
    ["100%", "a b", "a+b", "aa", "b/\u{1}", "c/1", "c/2", "k&<>", "z", "Ü", "新製品/1", "🎉"];

/// A listing begins behind any text: one that is a key, lies between two, before or behind all.
pub async fn begins_behind_any_text(app: &App, profile: &ProfileId, place: &Place) {
    let texts =
        KEYS.into_iter().chain(["", " ", "a", "c/1~", "b/", "k&", "z~", "é", "新", "新製品/~", "\u{3134a}"]);
    for text in texts {
        for recursive in [true, false] {
            let after = format!("{}{text}", place.prefix.as_str());
            let listed = behind(app, profile, place, &after, recursive).await;
            let mut expected: Vec<String> = KEYS.into_iter().map(|key| row(place, key, recursive)).collect();
            expected.dedup();
            expected.retain(|row| *row > after);
            assert_eq!(listed, expected, "behind {text:?}, recursive: {recursive}");
        }
    }
}

/// The rows behind a text. A folder in which it lies may be named or not: both is seen, and it stands before the text.
async fn behind(app: &App, profile: &ProfileId, place: &Place, after: &str, recursive: bool) -> Vec<String> {
    let (mut rows, mut start) = (Vec::new(), Some(PageStart::After(after.to_owned())));
    while start.is_some() {
        let page = app.list(profile, place, start.as_ref(), recursive).await.unwrap();
        rows.extend(page.entries.iter().map(|entry| match entry {
            Entry::Folder(prefix) => prefix.as_str().to_owned(),
            Entry::Object(object) => object.key.as_str().to_owned(),
        }));
        start = page.next;
    }
    // Folders and objects come apart, each in order.
    rows.sort_unstable();
    rows.retain(|row| !(row.ends_with('/') && after.starts_with(row.as_str())));
    rows
}

fn row(place: &Place, key: &str, recursive: bool) -> String {
    let end = key.find('/').filter(|_| !recursive).map_or(key.len(), |slash| slash + 1);
    format!("{}{}", place.prefix.as_str(), &key[..end])
}
