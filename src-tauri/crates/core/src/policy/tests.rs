use super::*;
use crate::Places;

const KEY: &str = "RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3";

fn broken(text: impl AsRef<[u8]>) -> (Option<u32>, String) {
    let error = Policy::parse(text.as_ref(), "p.toml").expect_err("a mistake");
    let Kind::PolicyBroken { path, line } = error.kind() else { panic!("{error}") };
    assert_eq!(path, "p.toml");
    (*line, error.detail().unwrap_or_default().to_owned())
}

#[test]
fn no_line_is_no_limit() {
    for text in ["", "\n\n", "# nothing\r\n", "\u{feff}"] {
        assert_eq!(Policy::parse(text.as_bytes(), "").unwrap(), Policy::default(), "{text:?}");
    }
    Policy::default().check_access_keys().unwrap();
}

#[test]
fn every_setting_is_understood() {
    let log = if cfg!(windows) { "C:/log.jsonl" } else { "/log.jsonl" };
    let text = format!(
        "longest-expiry = '12h'\r\ninline = false\nupload-links = false\naccess-keys = false\n\
         places = ['s3://b/', 's3://c/ü x/']\nupload-to = 's3://c/ü x/in/'\naudit-log = '{log}'\n\
         trusted-keys = ['{KEY}']\n"
    );
    let policy = Policy::parse(text.as_bytes(), "").unwrap();
    let limits = &policy.limits;
    assert_eq!((limits.longest_seconds, limits.inline, limits.upload_links), (Some(43_200), false, false));
    assert_eq!(limits.places.text().unwrap(), "s3://b/, s3://c/ü x/");
    assert_eq!(limits.upload_to.text().unwrap(), "s3://c/ü x/in/");
    assert_eq!((policy.audit_log.as_deref(), policy.trusted_keys), (Some(log), vec![KEY.to_owned()]));
    assert!(!policy.access_keys);
    let whole = Policy::parse(b"places = ['acme']", "").unwrap().limits.places;
    assert!(matches!(whole, Places::Only(places) if places[0].prefix.as_str().is_empty()));
}

#[test]
fn every_mistake_has_its_line() {
    let place = "a place is s3://bucket/ or s3://bucket/folder/";
    let time = "a time is a number and one of s, m, h, d, w: from 1s to 7d";
    let key = "not a minisign public key: the second line of minisign.pub";
    for (text, line, what) in [
        ("longest-expiry = '8d'", 1, time),
        ("\n\nlongest-expiry = ''", 3, time),
        ("inline = true\r\nplaces = [\r\n 's3://b/',\r\n 's3://b/key.txt',\r\n]", 4, place),
        ("places = ['']", 1, place),
        ("\nplaces = []", 2, "places names none: nothing could be shared"),
        ("places = ['s3://b/a/']\nupload-to = 's3://b/'", 2, "upload-to is outside of places"),
        ("upload-to = 's3://b/'\nplaces = ['s3://c/']", 1, "upload-to is outside of places"),
        ("audit-log = 'guestpass.log'", 1, "not an absolute path"),
        ("inline = true\ntrusted-keys = ['RWQ']", 2, key),
        ("trusted-keys = ['untrusted comment: x']", 1, key),
        ("inline = 'wJalrXUtnFEMI'", 1, "invalid type: string, expected a boolean"),
        ("inline = 0", 1, "invalid type: integer `0`, expected a boolean"),
        ("inline = true\ninline = false", 2, "duplicate key"),
    ] {
        assert_eq!(broken(text), (Some(line), what.to_owned()), "{text}");
    }
    for (text, line, beginning) in [
        ("\nplace = []", 2, "unknown field `place`"),
        ("inline = true\n[limits]\ninline = true", 2, "unknown field `limits`"),
        ("inline = true\nlongest-expiry 3d", 2, ""),
        ("inline = true\n\n= 3", 3, ""),
        ("inline = yes", 1, ""),
    ] {
        let (found, what) = broken(text);
        assert_eq!(found, Some(line), "{text}: {what}");
        assert!(what.starts_with(beginning) && !what.contains('\n'), "{text}: {what}");
    }
    assert_eq!(broken(b"inline = true\n# \xff\n"), (Some(2), "this line is not UTF-8".to_owned()));
}

#[test]
fn a_refused_key_has_its_rule() {
    let policy = Policy::parse(b"access-keys = false", "").unwrap();
    let refused = Kind::Forbidden { rule: Rule::AccessKeys, allowed: None };
    assert_eq!(policy.check_access_keys().unwrap_err().kind(), &refused);
}
