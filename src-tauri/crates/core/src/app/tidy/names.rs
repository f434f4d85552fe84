//! What things are called: in the bucket after a change, and on the disk of this computer. Keys are cut by bytes and
//! never tidied.

use super::super::free_name::numbered;
use crate::{Entry, Error, Kind, Prefix, Result};

/// The longest name that the usual file systems take, in bytes.
const MAX_FILE_NAME: usize = 255;

/// Names that Windows keeps for devices, also with an ending
/// (<https://learn.microsoft.com/windows/win32/fileio/naming-a-file>).
const DEVICES: [&str; 4] = ["CON", "PRN", "AUX", "NUL"];

/// Whether a person may call something so: no part of a path, and nothing that no link can carry.
pub(super) fn checked_name(name: &str) -> Result<()> {
    if name.trim().is_empty() || name.contains('/') || name == "." || name == ".." {
        return Err(Kind::NameInvalid { name: name.to_owned() }.into());
    }
    Ok(())
}

/// What a row is called.
pub(super) fn name_of(entry: &Entry) -> &str {
    match entry {
        Entry::Folder(prefix) => prefix.name(),
        Entry::Object(object) => object.key.name(),
    }
}

/// The key, or prefix, and where its last part begins: `a/b` and `a/b/` at 2, `a//` at 2.
fn parts(entry: &Entry) -> (&str, usize) {
    let whole = match entry {
        Entry::Folder(prefix) => prefix.as_str(),
        Entry::Object(object) => object.key.as_str(),
    };
    let bare = whole.strip_suffix('/').unwrap_or(whole);
    (whole, bare.rfind('/').map_or(0, |slash| slash + 1))
}

/// Where it is under another name.
pub(super) fn renamed(entry: &Entry, name: &str) -> String {
    let (whole, at) = parts(entry);
    let end = if whole.ends_with('/') { "/" } else { "" };
    format!("{}{name}{end}", &whole[..at])
}

/// Where it is in another folder. Errors: [`Kind::IntoItself`], [`Kind::NameTaken`] where it is there already.
pub(super) fn within(entry: &Entry, folder: &Prefix) -> Result<String> {
    let (whole, at) = parts(entry);
    let name = || name_of(entry).to_owned();
    if matches!(entry, Entry::Folder(_)) && folder.as_str().starts_with(whole) {
        return Err(Kind::IntoItself { name: name() }.into());
    }
    let to = format!("{}{}", folder.as_str(), &whole[at..]);
    if to == whole {
        return Err(Error::from(Kind::NameTaken { name: name() }));
    }
    Ok(to)
}

/// What a part of a key is called on a disk, whatever its system: no path, no device, nothing hidden from the eye.
pub(super) fn on_disk(part: &str) -> String {
    let turns = |c| matches!(c, '\u{200e}' | '\u{200f}' | '\u{061c}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    let is_bad = |c: char| c.is_control() || turns(c) || r#"/\<>:"|?*"#.contains(c);
    let mut name: String = part.chars().map(|c| if is_bad(c) { '_' } else { c }).collect();
    // Windows drops them from the end, and would find another file than was meant.
    let kept = name.trim_end_matches(['.', ' ']).len();
    name = format!("{}{}", &name[..kept], "_".repeat(name.len() - kept));
    let stem = name.split('.').next().unwrap_or_default().trim_end().to_ascii_uppercase();
    let numbered = ["COM", "LPT"].iter().any(|device| {
        stem.strip_prefix(device).is_some_and(|rest| rest.chars().count() == 1 && rest.chars().all(is_number))
    });
    if numbered || DEVICES.contains(&stem.as_str()) || name.is_empty() {
        name.insert(0, '_');
    }
    shortened(&name, MAX_FILE_NAME)
}

/// The name on a disk that is tried after so many others, cut so that its number fits.
pub(super) fn numbered_on_disk(name: &str, copy: u32) -> String {
    numbered(&shortened(name, MAX_FILE_NAME - " (1000)".len()), copy)
}

/// The numbers of devices: digits, and the raised ones that Windows takes for them.
fn is_number(c: char) -> bool {
    c.is_ascii_digit() || matches!(c, '¹' | '²' | '³')
}

/// Cut to so many bytes, with its ending.
fn shortened(name: &str, longest: usize) -> String {
    if name.len() <= longest {
        return name.to_owned();
    }
    let ending =
        name.rfind('.').filter(|dot| *dot > 0 && name.len() - dot <= 20).map_or("", |dot| &name[dot..]);
    let room = longest - ending.len();
    let cut = (0..=room).rev().find(|at| name.is_char_boundary(*at)).unwrap_or_default();
    format!("{}{ending}", &name[..cut])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Object, ObjectKey};

    fn file(key: &str) -> Entry {
        let key = ObjectKey::parse(key).unwrap();
        Entry::Object(Object { key, size: 1, modified_at: None, etag: None, storage_class: None })
    }

    fn folder(prefix: &str) -> Entry {
        Entry::Folder(Prefix::parse(prefix).unwrap())
    }

    #[test]
    fn a_new_name_changes_the_last_part_alone() {
        for (entry, expected) in [
            (file("a/b.txt"), "a/new"),
            (file("/x"), "/new"),
            (file("a//b"), "a//new"),
            (file(".."), "new"),
            (file("e\u{301}/%2F+ "), "e\u{301}/new"),
            (folder("a/b/"), "a/new/"),
            (folder("a//"), "a/new/"),
            (folder("/"), "new/"),
            // An object that ends so is a file to S3.
            (file("a/b/"), "a/new/"),
        ] {
            assert_eq!(renamed(&entry, "new"), expected);
        }
    }

    #[test]
    fn what_goes_elsewhere_keeps_its_last_part() {
        let to = |prefix| Prefix::parse(prefix).unwrap();
        for (entry, expected) in [
            (file("a/b.txt"), "to/b.txt"),
            (file("a//b"), "to/b"),
            (folder("a/b/"), "to/b/"),
            (folder("a//"), "to//"),
        ] {
            assert_eq!(within(&entry, &to("to/")).unwrap(), expected);
        }
        assert_eq!(within(&folder("a/b/"), &to("")).unwrap(), "b/");
        for inside in ["a/", "a/b/", "a/b/c/"] {
            let error = within(&folder("a/"), &to(inside)).unwrap_err();
            assert_eq!(error.into_kind(), Kind::IntoItself { name: "a".into() });
        }
        assert!(within(&folder("a/"), &to("ab/")).is_ok(), "beside it, not in it");
        let stays = within(&file("a/b"), &to("a/")).unwrap_err();
        assert_eq!(stays.into_kind(), Kind::NameTaken { name: "b".into() });
    }

    #[test]
    fn names_are_safe_on_every_disk() {
        for (part, expected) in [
            ("film.mp4", "film.mp4"),
            ("Übersicht 新 🎉.txt", "Übersicht 新 🎉.txt"),
            ("e\u{301}", "e\u{301}"),
            ("a/b\\c:d", "a_b_c_d"),
            ("what?*\"<>|", "what______"),
            ("..", "__"),
            (".", "_"),
            ("", "_"),
            ("end. . ", "end____"),
            ("nul", "_nul"),
            ("Com1.txt", "_Com1.txt"),
            ("com¹", "_com¹"),
            ("com10", "com10"),
            ("a\u{202e}4pm.exe", "a_4pm.exe"),
            ("a\u{0}\nb", "a__b"),
            (".env", ".env"),
        ] {
            assert_eq!(on_disk(part), expected, "{part:?}");
        }
        let long = on_disk(&format!("{}.jpeg", "é".repeat(500)));
        assert!(long.len() <= 255 && long.ends_with("é.jpeg"), "{long}");
        let numbered = numbered_on_disk(&long, 1_000);
        assert!(numbered.len() <= 255 && numbered.ends_with("é (1000).jpeg"), "{numbered}");
        assert_eq!(numbered_on_disk("film.mp4", 2), "film (2).mp4");
    }

    #[test]
    fn a_name_is_no_path() {
        for bad in ["", " ", "\t", ".", "..", "a/b", "/"] {
            assert!(checked_name(bad).is_err(), "{bad:?}");
        }
        for good in ["a", "...", " a ", "%2F", "e\u{301}", "\u{1}"] {
            assert!(checked_name(good).is_ok(), "{good:?}");
        }
    }
}
