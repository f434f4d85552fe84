use std::io::Cursor;

use minisign::KeyPair;
use proptest::prelude::*;
use proptest::sample::select;

use super::*;
use crate::{Places, Prefix};

const SMALL: &str = "guestpass = 1\nname = \"Acme\"\n[sign-in]\naccess-key = true\n";
const NAME: &str = "acme.guestpass";

fn parse(text: impl AsRef<[u8]>) -> Result<ConnectionFile> {
    ConnectionFile::parse(text.as_ref(), NAME, &[])
}

fn mistake(text: impl AsRef<[u8]>) -> (Option<u32>, String) {
    let error = parse(text).expect_err("a mistake");
    let Kind::ConnectionFileInvalid { name, line } = error.kind() else { panic!("{error}") };
    assert_eq!(name, NAME);
    (*line, error.detail().unwrap().to_owned())
}

const WHOLE: &str = r#"guestpass = 1
name = "Acme Pressebüro 新"
places = ["s3://acme-press/2026/", "s3://acme-video"]

[sign-in]
organisation = { start-url = "https://acme.awsapps.com/start#/", region = "eu-central-1", account = "123456789012", role = "PressOffice" }

[storage]
endpoint = "https://s3.acme.example:9000"
region = "RegionOne"
addressing = "path"

[defaults]
expiry = "3d"

[limits]
longest-expiry = "7d"
inline = false
places = ["s3://acme-press/"]
"#;

fn whole() -> ConnectionFile {
    let place = |bucket: &str, prefix| Place {
        bucket: crate::BucketName::parse(bucket).unwrap(),
        prefix: Prefix::parse(prefix).unwrap(),
    };
    ConnectionFile {
        name: "Acme Pressebüro 新".to_owned(),
        sign_in: SignInWay::Organisation {
            organisation: Organisation {
                start_url: "https://acme.awsapps.com/start#/".to_owned(),
                region: "eu-central-1".to_owned(),
                session: None,
            },
            account: Some("123456789012".to_owned()),
            role: Some("PressOffice".to_owned()),
        },
        server: Server {
            endpoint: Some("https://s3.acme.example:9000".to_owned()),
            region: Some("RegionOne".to_owned()),
            addressing: Addressing::Path,
        },
        places: vec![place("acme-press", "2026/"), place("acme-video", "")],
        usual_seconds: Some(259_200),
        limits: Limits {
            longest_seconds: Some(604_800),
            inline: false,
            places: Places::Only(vec![place("acme-press", "")]),
            ..Limits::default()
        },
        signed_by: None,
    }
}

#[test]
fn everything_is_understood_and_comes_back_from_a_keyring() {
    for text in [WHOLE.to_owned(), WHOLE.replace('\n', "\r\n"), format!("\u{feff}{WHOLE}")] {
        assert_eq!(parse(&text).unwrap(), whole());
    }
    for file in [whole(), parse(SMALL).unwrap()] {
        let kept = serde_json::to_string(&file).unwrap();
        assert_eq!(serde_json::from_str::<ConnectionFile>(&kept).unwrap(), file);
    }
    assert_eq!(
        serde_json::to_string(&parse(SMALL).unwrap()).unwrap(),
        r#"{"name":"Acme","sign-in":"key","server":{"addressing":"auto"},"limits":{}}"#
    );
}

#[test]
fn there_are_three_ways_to_sign_in() {
    let way = |text: &str| parse(SMALL.replace("access-key = true", text)).map(|file| file.sign_in);
    assert_eq!(way("access-key = true").unwrap(), SignInWay::Key);
    assert_eq!(way("profile = 'mar keting'").unwrap(), SignInWay::Profile("mar keting".to_owned()));
    let organisation = "organisation = { start-url = 'http://127.0.0.1:9/', region = 'us-east-1' }";
    assert!(matches!(way(organisation).unwrap(), SignInWay::Organisation { account: None, role: None, .. }));
    for none in ["", "access-key = false", "access-key = true\nprofile = 'x'"] {
        let (line, what) = mistake(SMALL.replace("access-key = true", none));
        assert_eq!(what, "sign-in is one of organisation, profile, access-key = true");
        assert_eq!(line, Some(3), "{none}");
    }
}

#[test]
fn every_mistake_has_its_line() {
    for (old, new, line, beginning) in [
        ("guestpass = 1", "guestpass = 2\nnew-in-two = 1", 1, "this version of the format is not known"),
        ("guestpass = 1", "", 1, "missing field `guestpass`"),
        ("name = \"Acme\"", "", 1, "missing field `name`"),
        ("\"Acme\"", "\"\"", 2, "a name has 1 to 60"),
        ("\"Acme\"", "\" Acme\"", 2, "a name has 1 to 60"),
        ("\"Acme\"", "\"A\\u202Ecme\"", 2, "a name has 1 to 60"),
        ("\"Acme\"", "\"A\\ncme\"", 2, "a name has 1 to 60"),
        ("\"Acme\"", "\"A\\u200Bcme\"", 2, "a name has 1 to 60"),
        ("\"Acme\"", "'1234567890123456789012345678901234567890123456789012345678901'", 2, "a name"),
        ("access-key = true", "profile = ''", 4, "the name of a profile"),
        ("access-key = true", "access-key = 'wJalrXUtn'", 4, "invalid type: string, expected a boolean"),
        ("[sign-in]", "[storage]\nendpoint = 'ftp://x'\n[sign-in]", 4, "an endpoint is"),
        ("[sign-in]", "[storage]\nendpoint = 'https://u:p@x'\n[sign-in]", 4, "an endpoint is"),
        ("[sign-in]", "[storage]\nendpoint = 'https://x?y'\n[sign-in]", 4, "an endpoint is"),
        ("[sign-in]", "[storage]\nendpoint = 's3.example.org'\n[sign-in]", 4, "an endpoint is"),
        ("[sign-in]", "[storage]\nregion = 'evil.test/'\n[sign-in]", 4, "a region has"),
        ("[sign-in]", "[storage]\naddressing = 'dns'\n[sign-in]", 4, "unknown variant `dns`"),
        ("[sign-in]", "places = [\n 's3://b/',\n 's3://b/x']\n[sign-in]", 5, "a place is"),
        ("[sign-in]", "[limits]\nlongest-expiry = '30d'\n[sign-in]", 4, "a time is"),
        ("[sign-in]", "[limits]\nplaces = []\n[sign-in]", 4, "places names none"),
        ("[sign-in]", "[defaults]\nexpiry = '1y'\n[sign-in]", 4, "a time is"),
    ] {
        let (found, what) = mistake(SMALL.replace(old, new));
        assert!(found == Some(line) && what.starts_with(beginning), "{new}: {found:?} {what}");
    }
    let organisation = |fields: &str| {
        mistake(SMALL.replace("access-key = true", &format!("[sign-in.organisation]\n{fields}"))).1
    };
    for (fields, beginning) in [
        ("start-url = 'http://acme.awsapps.com/start'\nregion = 'x'", "a start URL begins"),
        ("start-url = 'http://127.0.0.1.evil.test/'\nregion = 'x'", "a start URL begins"),
        ("start-url = 'https://u@acme.test/'\nregion = 'x'", "a start URL begins"),
        ("start-url = 'javascript:alert(1)'\nregion = 'x'", "a start URL begins"),
        ("start-url = 'https:acme.test'\nregion = 'x'", "a start URL begins"),
        ("start-url = 'https://acme.test/ '\nregion = 'x'", "a start URL begins"),
        ("start-url = 'https://acme.test/'", "missing field `region`"),
        ("start-url = 'https://acme.test/'\nregion = 'evil.test#'", "a region has"),
        ("start-url = 'https://acme.test/'\nregion = 'x'\naccount = '12345678901a'", "an account has"),
        ("start-url = 'https://acme.test/'\nregion = 'x'\naccount = 123456789012", "invalid type: integer"),
        ("start-url = 'https://acme.test/'\nregion = 'x'\nrole = 'a/b'", "a role has"),
    ] {
        let what = organisation(fields);
        assert!(what.starts_with(beginning), "{fields}: {what}");
    }
    assert_eq!(mistake(b"guestpass = 1\n\xff"), (Some(2), "this line is not UTF-8".to_owned()));
}

#[test]
fn there_is_no_room_for_a_secret() {
    let names =
        ["secret", "token", "secret-access-key", "aws_secret_access_key", "session-token", "access_key_id"];
    for name in names {
        let line = format!("{name} = 'wJalrXUtnFEMI'\n");
        let places = [
            SMALL.replace("[sign-in]", &format!("{line}[sign-in]")),
            format!("{SMALL}{line}"),
            format!("{SMALL}[storage]\n{line}"),
            format!("{SMALL}[defaults]\n{line}"),
            format!("{SMALL}[limits]\n{line}"),
            format!("{SMALL}[credentials]\n{line}"),
        ];
        for text in places {
            let (_, what) = mistake(&text);
            assert!(what.starts_with("unknown field") && !what.contains("wJalr"), "{text}: {what}");
        }
    }
}

#[test]
fn a_file_fits_a_keyring() {
    let fill = |bytes: usize| format!("{SMALL}{}", "#".repeat(bytes - SMALL.len()));
    parse(fill(2_000)).unwrap();
    let (line, what) = mistake(fill(2_001));
    assert_eq!(line, None);
    assert_eq!(what, "2001 bytes: at most 2000 fit one item of a keyring together with a key");
    // Short to write, long to keep.
    let places = vec!["'a/'"; 380].join(",");
    let (_, what) = mistake(SMALL.replace("[sign-in]", &format!("places=[{places}]\n[sign-in]")));
    assert!(what.ends_with("at most 2000 fit one item of a keyring together with a key"), "{what}");
}

fn sign(keys: &KeyPair, text: &str, comment: Option<&str>) -> String {
    let lines = minisign::sign(None, &keys.sk, Cursor::new(text), comment, None).unwrap().into_string();
    format!(
        "{text}{}\n",
        lines.trim_end().lines().map(|line| format!("# {line}\n")).collect::<String>().trim_end()
    )
}

#[test]
fn a_signature_says_who_vouches() {
    let (keys, others) =
        (KeyPair::generate_unencrypted_keypair().unwrap(), KeyPair::generate_unencrypted_keypair().unwrap());
    let (trusted, other) = (keys.pk.to_base64(), others.pk.to_base64());
    let signer = |text: &str, trusted: &[String]| {
        ConnectionFile::parse(text.as_bytes(), NAME, trusted).map(|file| file.signed_by)
    };
    let both = [other.clone(), trusted.clone()];

    let signed = sign(&keys, SMALL, Some("Acme IT\u{202e}"));
    assert_eq!(signer(&signed, &both).unwrap().as_deref(), Some("Acme IT"));
    assert_eq!(signer(&format!("{signed}\r\n\n"), &both).unwrap().as_deref(), Some("Acme IT"));
    assert_eq!(signer(&sign(&keys, SMALL, None), &both).unwrap(), Some(trusted.clone()), "it says only when");
    let ends = SMALL.replace('\n', "\r\n");
    let crlf = sign(&keys, &ends, Some("Acme IT"));
    let (text, signature) = crlf.split_at(ends.len());
    let crlf = format!("{text}{}", signature.replace('\n', "\r\n"));
    assert_eq!(signer(&crlf, &both).unwrap().as_deref(), Some("Acme IT"));
    assert_eq!(signer(&signed, &[]).unwrap(), None, "where nobody is trusted, nobody vouches");
    assert_eq!(signer(&sign(&others, &signed, Some("twice")), &both).unwrap().as_deref(), Some("twice"));

    let old = r#"guestpass = 1"#;
    assert!(signed.contains(old));
    for (text, why) in [
        (SMALL.to_owned(), "it is not signed"),
        (signed.replace("Acme\"", "Acne\""), "its signature is by none of the trusted keys"),
        (signed.replace("Acme IT", "Acme AG"), "its signature is by none of the trusted keys"),
        (crlf.replace("\r\n", "\n"), "its signature is by none of the trusted keys"),
        (format!("{signed}name = 'x'\n"), "it is not signed"),
        (signed.replace("# trusted comment: ", "# trusted comment:"), "it is not signed"),
        (signed.replace("# RU", "# RX"), "its signature is damaged"),
        (sign(&others, SMALL, None), ""),
        ("# untrusted comment: \n# R\n# trusted comment: \n# \n".to_owned(), "it is not signed"),
        (String::new(), "it is not signed"),
    ] {
        let trusted = [trusted.clone()];
        let error = signer(&text, &trusted).expect_err(&text);
        assert_eq!(error.kind(), &Kind::ConnectionFileUntrusted { name: NAME.to_owned() }, "{text}");
        assert!(error.detail().unwrap().starts_with(why), "{text}: {error}");
    }
    assert!(signer(&signed, &["nonsense".to_owned()]).is_err());
}

const PIECES: [&[u8]; 20] = [
    SMALL.as_bytes(),
    b"[limits]\n",
    b"places = ['s3://b/']\n",
    b"upload-to = 's3://b/c/'\n",
    b"longest-expiry = '3d'\n",
    b"[storage]\nendpoint = 'https://",
    b"'",
    b"\"",
    b"\n",
    b"\r\n",
    b"\xff",
    b"\xc3",
    "é\u{2028}".as_bytes(),
    b"[[",
    b"= {",
    b"# untrusted comment: x\n",
    b"# RU",
    b"# trusted comment: \n",
    b"# ",
    b"\0",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 1_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_opened_is_a_file_or_an_error(pieces in prop::collection::vec(select(&PIECES[..]), 0..12)) {
        let bytes = pieces.concat();
        let keys = ["RWQf6LRCGA9i53mlYecO4IzT51TGPpvWucNSCh1CBM0QTaLn73Y7GFO3".to_owned()];
        prop_assert!(ConnectionFile::parse(&bytes, NAME, &keys).is_err(), "nobody has signed it");
        if let Ok(file) = parse(&bytes) {
            let kept = serde_json::to_string(&file).unwrap();
            prop_assert_eq!(serde_json::from_str::<ConnectionFile>(&kept).unwrap(), file);
        }
        let _ = crate::Policy::parse(&bytes, "");
    }
}

#[test]
fn only_who_types_a_key_can_insist_on_a_server_without_encryption() {
    let at = |way: &str, endpoint: &str| {
        let text = format!("{}\n[storage]\nendpoint = '{endpoint}'\n", SMALL.replace("access-key = true", way));
        parse(&text).is_ok()
    };
    assert!(at("access-key = true", "http://minio.acme.example:9000"));
    assert!(!at("profile = 'press'", "http://minio.acme.example:9000"));
    assert!(at("profile = 'press'", "http://127.0.0.1:9000"));
}
