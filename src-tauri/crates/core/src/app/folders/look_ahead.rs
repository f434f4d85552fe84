//! Asks the server for what somebody types, while the page that has it is still to come.

use std::collections::HashSet;
use std::sync::Arc;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use super::folder::Folder;
use crate::ports::Store;
use crate::{Place, Prefix, Result};

impl Folder {
    /// Looks for names that begin so, in the background, until something else is searched for or all is read. What the
    /// server refuses here it will refuse to the reading as well, which says so.
    pub(super) fn look_ahead(
        self: Arc<Self>,
        store: impl Future<Output = Result<Arc<dyn Store>>> + Send + 'static,
        search: &str,
    ) {
        let prefixes = prefixes(&self.place.prefix, search);
        let stop = self.begin_looking();
        tokio::spawn(stop.clone().run_until_cancelled_owned(async move {
            let Ok(store) = store.await else { return };
            for prefix in prefixes {
                let place = Place { bucket: self.place.bucket.clone(), prefix };
                if let Ok(listing) = store.list(&place, None, false).await {
                    self.take_ahead(listing.entries, &stop).await;
                }
            }
        }));
    }
}

/// What of a place begins as somebody types. A place may end within its names, which are typed from where people see
/// them begin. Behind a `/` are the names of another folder.
fn prefixes(place: &Prefix, search: &str) -> Vec<Prefix> {
    let place = place.as_str();
    let folder = &place[..place.rfind('/').map_or(0, |slash| slash + 1)];
    let names = beginnings(search).into_iter().filter(|name| !name.contains('/'));
    let keys = names.map(|name| format!("{folder}{name}"));
    let narrower = keys.filter(|key| key.len() > place.len() && key.starts_with(place));
    narrower.filter_map(|key| Prefix::parse(&key).ok()).collect()
}

/// The server knows but the very bytes of a name: so those are asked for that people are likely to have meant.
fn beginnings(search: &str) -> Vec<String> {
    let typed = search.trim();
    let mut letters = typed.chars();
    let first_upper: String = letters
        .next()
        .into_iter()
        .flat_map(char::to_uppercase)
        .chain(letters.flat_map(char::to_lowercase))
        .collect();
    let cases = [typed.to_owned(), typed.to_lowercase(), first_upper, typed.to_uppercase()];
    let (composing, decomposing) =
        (ComposingNormalizerBorrowed::new_nfc(), DecomposingNormalizerBorrowed::new_nfd());
    let forms = cases.iter().flat_map(|text| {
        [text.clone(), composing.normalize(text).into_owned(), decomposing.normalize(text).into_owned()]
    });
    let mut seen = HashSet::new();
    forms.filter(|text| !text.is_empty() && seen.insert(text.clone())).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn asks_for_what_people_may_have_meant_and_for_each_once() {
        assert_eq!(beginnings(" report "), ["report", "Report", "REPORT"]);
        assert_eq!(beginnings("Émile").len(), 6, "three cases, each in two forms");
        assert_eq!(beginnings("42"), ["42"]);
        assert!(beginnings("  ").is_empty());
    }

    #[test]
    fn asks_for_names_of_this_place_alone() {
        let asked = |place, search| {
            let place = Prefix::parse(place).unwrap();
            prefixes(&place, search).iter().map(|prefix| prefix.as_str().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(asked("", "42"), ["42"]);
        assert_eq!(asked("photos/", "2024-r"), ["photos/2024-r", "photos/2024-R"]);
        assert!(asked("photos/", "2024/rep").is_empty(), "that would be another folder's");
        assert_eq!(asked("photos/2024-", "2024-r"), ["photos/2024-r", "photos/2024-R"]);
        assert!(asked("photos/2024-", "r").is_empty(), "no name here begins so");
        assert!(asked("photos/2024-", "2024-").is_empty(), "all names here do");
    }
}
