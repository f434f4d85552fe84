//! What is found below a folder: the files that match, and the folders on the way to them that do.

use std::collections::HashSet;

use super::{Query, text_of};
use crate::{Entry, Prefix};

/// Looks at every key below a folder and keeps what is searched for.
#[derive(Default)]
pub(super) struct Below {
    /// Folders that were found: a listing without folders only tells of them by their files.
    found: HashSet<String>,
    /// The folder of the key before: keys of one folder come together, so most of the time it is this one again.
    last_folder: String,
}

impl Below {
    /// What of this entry is kept. `base` is what all keys begin with; no query keeps every file.
    pub(super) fn sift(&mut self, base: &str, query: Option<&Query>, entry: Entry, kept: &mut Vec<Entry>) {
        let Some(path) = text_of(&entry).strip_prefix(base) else {
            return;
        };
        let Some(query) = query else {
            kept.push(entry);
            return;
        };
        let folder = &path[..path.rfind('/').map_or(0, |slash| slash + 1)];
        if folder != self.last_folder {
            for (slash, _) in folder.match_indices('/') {
                let above = &folder[..=slash];
                if !self.last_folder.starts_with(above) && query.finds(above) && !self.found.contains(above) {
                    self.found.insert(above.to_owned());
                    kept.extend(Prefix::parse(&format!("{base}{above}")).map(Entry::Folder));
                }
            }
            folder.clone_into(&mut self.last_folder);
        }
        // A folder's own marker is that folder, which was looked at above.
        if !path.ends_with('/') && query.finds(path) {
            kept.push(entry);
        }
    }
}
