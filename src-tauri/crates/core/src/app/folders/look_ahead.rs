//! Asks the server for what somebody types, while the page that has it is still to come.

use std::collections::HashSet;
use std::sync::Arc;

use icu_normalizer::{ComposingNormalizerBorrowed, DecomposingNormalizerBorrowed};

use super::folder::Folder;
use crate::ports::Store;
use crate::{Place, Prefix};

impl Folder {
    /// Looks for names that begin so, in the background, until something else is searched for or all is read. What the
    /// server refuses here it will refuse to the reading as well, which says so.
    pub(super) fn look_ahead(self: Arc<Self>, store: Arc<dyn Store>, search: &str) {
        let beginnings = beginnings(search);
        let stop = self.begin_looking();
        tokio::spawn(stop.clone().run_until_cancelled_owned(async move {
            for beginning in beginnings {
                let Ok(prefix) = Prefix::parse(&format!("{}{beginning}", self.place.prefix.as_str())) else {
                    continue;
                };
                let place = Place { bucket: self.place.bucket.clone(), prefix };
                if let Ok(listing) = store.list(&place, None, false).await {
                    self.take_ahead(listing.entries, &stop);
                }
            }
        }));
    }
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
    use super::beginnings;

    #[test]
    fn asks_for_what_people_may_have_meant_and_for_each_once() {
        assert_eq!(beginnings(" report "), ["report", "Report", "REPORT"]);
        assert_eq!(beginnings("Émile").len(), 6, "three cases, each in two forms");
        assert_eq!(beginnings("42"), ["42"]);
        assert!(beginnings("  ").is_empty());
    }
}
