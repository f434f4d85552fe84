//! Which names are taken where files are to go: asked once, before anything is sent.

use std::collections::{BTreeMap, BTreeSet};

use futures_util::StreamExt;

use super::App;
use crate::ports::Store;
use crate::{Entry, Place, Prefix, ProfileId, Result};

/// Names that are looked at at the same time.
const LOOKS_AT_ONCE: usize = 16;

/// Pages of a folder that are read before its names are looked at one by one: a folder may hold a million objects.
const PAGES: usize = 20;

impl App {
    /// Those of these names under which something is already there.
    ///
    /// Errors: those of signing in. What may not be looked at counts as free; the upload itself never overwrites.
    pub async fn taken(
        &self,
        profile: &ProfileId,
        place: &Place,
        names: &[String],
    ) -> Result<BTreeSet<String>> {
        let store = self.store(profile).await?;
        self.limits(profile).await?.check_upload(&place.bucket, place.prefix.as_str())?;
        let mut folders: BTreeMap<&str, Vec<&String>> = BTreeMap::new();
        let mut singles = Vec::new();
        for name in names {
            match name.split_once('/') {
                Some((folder, _)) => folders.entry(folder).or_default().push(name),
                None => singles.push(name),
            }
        }
        let mut taken = BTreeSet::new();
        for (folder, names) in folders {
            match keys_below(store.as_ref(), place, folder).await {
                Some(keys) => {
                    let is_taken = |name: &&&String| keys.contains(&format!("{}{name}", place.prefix.as_str()));
                    taken.extend(names.iter().filter(is_taken).map(|name| (*name).clone()));
                }
                None => singles.extend(names),
            }
        }
        let looks = singles.into_iter().map(|name| {
            let store = store.clone();
            async move {
                let key = place.prefix.join(name).ok()?;
                store.is_taken(&place.bucket, &key).await.then(|| name.clone())
            }
        });
        let looks: Vec<_> = looks.collect();
        let found: Vec<_> = futures_util::stream::iter(looks).buffer_unordered(LOOKS_AT_ONCE).collect().await;
        taken.extend(found.into_iter().flatten());
        Ok(taken)
    }

    /// Makes empty folders below a place.
    pub async fn make_folders(&self, profile: &ProfileId, place: &Place, names: &[String]) -> Result<()> {
        let store = self.store(profile).await?;
        self.limits(profile).await?.check_upload(&place.bucket, place.prefix.as_str())?;
        for name in names {
            let invalid = |_| crate::Kind::NameInvalid { name: name.clone() };
            let prefix = Prefix::parse(&format!("{}{name}/", place.prefix.as_str())).map_err(invalid)?;
            // One that is there is as good.
            store.make_folder(&place.bucket, &prefix).await?;
            self.note_folder(profile, Place { bucket: place.bucket.clone(), prefix });
        }
        Ok(())
    }
}

/// All keys of a folder; `None` where it has too many, or may not be listed.
async fn keys_below(store: &dyn Store, place: &Place, folder: &str) -> Option<BTreeSet<String>> {
    let prefix = Prefix::parse(&format!("{}{folder}/", place.prefix.as_str())).ok()?;
    let folder = Place { bucket: place.bucket.clone(), prefix };
    let mut keys = BTreeSet::new();
    let mut page = None;
    for _ in 0..PAGES {
        let listing = store.list(&folder, page.as_ref(), true).await.ok()?;
        keys.extend(listing.entries.into_iter().filter_map(|entry| match entry {
            Entry::Object(object) => Some(object.key.as_str().to_owned()),
            Entry::Folder(_) => None,
        }));
        page = listing.next;
        if page.is_none() {
            return Some(keys);
        }
    }
    None
}
