use proptest::prelude::*;
use proptest::sample::select;

use super::*;

const ID: &str = "AKIAIOSFODNN7EXAMPLE";
const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const TOKEN: &str = "IQoJb3JpZ2luX2VjEJr//////////wEaCXVzLWVhc3QtMSJHMEUCIQD==";

fn read(text: &str) -> Option<PastedKey> {
    PastedKey::read(&Secret::new(text.to_owned()))
}

/// The id, the secret, the token, the region and the endpoint.
type Shown = (String, String, Option<String>, Option<String>, Option<String>);

fn shown(text: &str) -> Option<Shown> {
    let PastedKey { key, region, endpoint } = read(text)?;
    let token = key.session_token.map(|token| token.reveal().clone());
    Some((key.access_key_id.reveal().clone(), key.secret_access_key.reveal().clone(), token, region, endpoint))
}

/// With `ID`, `SECRET` and `TOKEN` in place of `{i}`, `{s}` and `{t}`.
fn filled(form: &str) -> String {
    form.replace("{i}", ID).replace("{s}", SECRET).replace("{t}", TOKEN)
}

/// Holds for every line end, and with blank space around it.
fn is_read(form: &str, token: Option<&str>, region: Option<&str>, endpoint: Option<&str>) {
    let text = filled(form);
    let expected = (
        ID.to_owned(),
        SECRET.to_owned(),
        token.map(str::to_owned),
        region.map(str::to_owned),
        endpoint.map(str::to_owned),
    );
    for text in [text.clone(), text.replace('\n', "\r\n"), format!("\u{feff}\n  {text}\n\n")] {
        assert_eq!(shown(&text), Some(expected.clone()), "{text}");
    }
}

#[test]
fn variables_of_every_shell() {
    for form in [
        "export AWS_ACCESS_KEY_ID={i}\nexport AWS_SECRET_ACCESS_KEY={s}",
        "export AWS_ACCESS_KEY_ID=\"{i}\"\nexport AWS_SECRET_ACCESS_KEY=\"{s}\"",
        "export AWS_ACCESS_KEY_ID='{i}'; export AWS_SECRET_ACCESS_KEY='{s}';",
        "export AWS_ACCESS_KEY_ID={i} AWS_SECRET_ACCESS_KEY={s}",
        "AWS_ACCESS_KEY_ID={i} AWS_SECRET_ACCESS_KEY={s} aws s3 ls s3://acme",
        "$ export AWS_ACCESS_KEY_ID={i} && export AWS_SECRET_ACCESS_KEY={s}",
        "AWS_ACCESS_KEY_ID={i}\n# AWS_SECRET_ACCESS_KEY=old\nAWS_SECRET_ACCESS_KEY={s}",
        "declare -x AWS_ACCESS_KEY_ID=\"{i}\"\ndeclare -x AWS_SECRET_ACCESS_KEY=\"{s}\"",
        "set -gx AWS_ACCESS_KEY_ID {i}\nset -gx AWS_SECRET_ACCESS_KEY {s}",
        "set AWS_ACCESS_KEY_ID={i}\nset AWS_SECRET_ACCESS_KEY={s}",
        "SET \"AWS_ACCESS_KEY_ID={i}\"\nSET \"AWS_SECRET_ACCESS_KEY={s}\"",
        "setx AWS_ACCESS_KEY_ID {i}\nsetx AWS_SECRET_ACCESS_KEY \"{s}\"",
        "setx /M AWS_ACCESS_KEY_ID {i}\nsetx /M AWS_SECRET_ACCESS_KEY {s}",
        "$env:AWS_ACCESS_KEY_ID = \"{i}\"\n$env:AWS_SECRET_ACCESS_KEY = \"{s}\"",
        "$Env:AWS_ACCESS_KEY_ID='{i}'; $Env:AWS_SECRET_ACCESS_KEY='{s}'",
        "setenv AWS_ACCESS_KEY_ID {i}\nsetenv AWS_SECRET_ACCESS_KEY {s}",
    ] {
        is_read(form, None, None, None);
    }
    is_read(
        "export AWS_ACCESS_KEY_ID={i}\nexport AWS_SECRET_ACCESS_KEY={s}\nexport AWS_SESSION_TOKEN={t}\nexport AWS_DEFAULT_REGION=eu-west-3\nexport AWS_ENDPOINT_URL_S3=http://10.0.0.5:9000",
        Some(TOKEN),
        Some("eu-west-3"),
        Some("http://10.0.0.5:9000"),
    );
}

#[test]
fn sections_of_files() {
    is_read("[default]\naws_access_key_id = {i}\naws_secret_access_key = {s}", None, None, None);
    is_read(
        "[profile empty]\nregion = us-west-2\n\n[123456789012_Reader]\naws_access_key_id={i}\naws_secret_access_key={s}\naws_session_token={t}\nregion=eu-west-3\n[other]\naws_access_key_id=AKIAOTHER\naws_secret_access_key=x",
        Some(TOKEN),
        Some("eu-west-3"),
        None,
    );
    is_read(
        "[acme]\ntype = s3\nprovider = Minio\naccess_key_id = {i}\nsecret_access_key = {s}\nregion = garage\nendpoint = s3.acme.test",
        None,
        Some("garage"),
        Some("https://s3.acme.test"),
    );
    is_read(
        "[default]\naccess_key = {i}\nhost_base = s3.acme.test\nsecret_key = {s}\nuse_https = True",
        None,
        None,
        Some("https://s3.acme.test"),
    );
    is_read(
        "[a]\naws_access_key_id = {i}\naws_secret_access_key = {s}\ns3 =\n    endpoint_url = https://x.test\n",
        None,
        None,
        Some("https://x.test"),
    );
}

#[test]
fn json_of_tools() {
    let pair = r#""AccessKeyId": "{i}", "SecretAccessKey": "{s}""#;
    let session = format!(r#"{{{pair}, "SessionToken": "{{t}}", "Expiration": "2026-11-25T00:00:00Z"}}"#);
    for form in [
        format!(r#"{{"Credentials": {session}, "AssumedRoleUser": {{"AssumedRoleId": "A:b", "Arn": "c"}}}}"#),
        format!(r#"{{"Version": 1, {}"#, &session[1..]),
        format!(r#"[{{"x": [1, 2.5, -1, null, true]}}, {session}]"#),
        format!(r#"{{"Code": "Success", {pair}, "Token": "{{t}}"}}"#),
        r#"{"roleCredentials": {"accessKeyId": "{i}", "secretAccessKey": "{s}", "sessionToken": "{t}", "expiration": 1}}"#.to_owned(),
    ] {
        is_read(&form, Some(TOKEN), None, None);
    }
    is_read(
        &format!(r#"{{"AccessKey": {{"UserName": "ada", {pair}, "Status": "Active"}}}}"#),
        None,
        None,
        None,
    );
    is_read(
        r#"{"url":"https://minio.acme.test","accessKey":"{i}","secretKey":"{s}","api":"s3v4","path":"auto"}"#,
        None,
        None,
        Some("https://minio.acme.test"),
    );
    is_read(
        "\"AccessKeyId\": \"{i}\",\n\"SecretAccessKey\": \"{s}\",\n\"SessionToken\": \"{t}\"",
        Some(TOKEN),
        None,
        None,
    );
    is_read(
        r#"{"AccessKeyId": "{i}", "SecretAccessKey": "wJalrXUtnFEMI\/K7MDENG\/bPxRfiCYEXAMPLEKEY"}"#,
        None,
        None,
        None,
    );
}

#[test]
fn tables_of_consoles() {
    for form in [
        "Access key ID,Secret access key\n{i},{s}",
        "User name,Password,Access key ID,Secret access key,Console login link\nada,\"a,\"\"b\",{i},{s},https://x",
        "\"Access key ID\",\"Secret access key\"\n\"{i}\",\"{s}\"",
        "User Name;Access Key Id;Secret Access Key\n\nada;{i};{s}",
        "Access key ID\tSecret access key\n{i}\t{s}",
    ] {
        is_read(form, None, None, None);
    }
}

#[test]
fn what_other_providers_show() {
    for form in [
        "Access Key ID: {i}\nSecret Access Key: {s}\nEndpoint: https://x.r2.cloudflarestorage.com",
        "Access Key ID\n{i}\nSecret Access Key\n{s}\nEndpoint\nhttps://x.r2.cloudflarestorage.com",
        "Access Key ID:\n\n{i}\nSecret Access Key:\n{s}\nEndpoint:\nx.r2.cloudflarestorage.com",
        "keyID:\t{i}\napplicationKey:\t{s}\nS3 Endpoint:\tx.r2.cloudflarestorage.com",
        "Access key\t{i}\nSecret key\t{s}\nEndpoint\tx.r2.cloudflarestorage.com",
        "access key   {i}\nsecret key   {s}\nendpoint   https://x.r2.cloudflarestorage.com",
    ] {
        is_read(form, None, None, Some("https://x.r2.cloudflarestorage.com"));
    }
    let (id, secret) = ("0123456789abcdef0123456789abcdef", "minio-123");
    let key = shown(&format!("Access Key ID: {id}\nSecret Access Key: {secret}")).unwrap();
    assert_eq!((key.0.as_str(), key.1.as_str()), (id, secret));
}

#[test]
fn what_the_aws_command_line_asks_for() {
    is_read(
        "$ aws configure\nAWS Access Key ID [****************ABCD]: {i}\nAWS Secret Access Key [None]: {s}\nDefault region name [None]: eu-west-3\nDefault output format [None]: json",
        None,
        Some("eu-west-3"),
        None,
    );
}

#[test]
fn an_id_above_a_secret() {
    for form in ["{i}\n{s}", "{i} {s}", "{i}\t{s}"] {
        is_read(form, None, None, None);
    }
}

#[test]
fn what_is_no_whole_key_is_none() {
    for form in [
        "",
        "{i}",
        "{s}\n{i}",
        "{i}\n{s}\nmore",
        "hello world",
        "AWS_ACCESS_KEY_ID={i}",
        "AWS_ACCESS_KEY_ID={i}\nAWS_SECRET_ACCESS_KEY=",
        "AWS_ACCESS_KEY_ID={i}\nAWS_SECRET_ACCESS_KEY=\"\"",
        "Access Key ID: {i}\nSecret Access Key: ****************",
        "Access Key ID: {i}\nSecret Access Key: ••••••••",
        "AWS_ACCESS_KEY_ID={i}\nAWS_SECRET_ACCESS_KEY=$SECRET",
        "[a]\naws_access_key_id={i}\n[b]\naws_secret_access_key={s}",
        "{\"AccessKeyId\": \"{i}\"}",
        "{\"AccessKeyId\": \"{i}\", \"SecretAccessKey\": 7}",
        "{\"a\": {\"AccessKeyId\": \"{i}\"}, \"b\": {\"SecretAccessKey\": \"{s}\"}}",
        "Access key ID,Secret access key",
        "Access key ID,Secret access key\n{i}",
        "AWS_ACCESS_KEY_ID={i}\nAWS_SECRET_ACCESS_KEY={s}\nAWS_SESSION_TOKEN=\"<your token>\"",
    ] {
        assert_eq!(shown(&filled(form)), None, "{form}");
    }
    let long = format!("AWS_ACCESS_KEY_ID={ID}\nAWS_SECRET_ACCESS_KEY={SECRET}\n{}", "#".repeat(MAX_BYTES));
    assert_eq!(shown(&long), None);
}

#[test]
fn where_it_leads_is_an_address_or_nothing() {
    let endpoint = |text: &str| {
        shown(&filled(&format!(
            "AWS_ACCESS_KEY_ID={{i}}\nAWS_SECRET_ACCESS_KEY={{s}}\nAWS_ENDPOINT_URL={text}\nAWS_REGION=a/b"
        )))
    };
    for (text, expected) in [
        ("http://127.0.0.1:9000/base/", Some("http://127.0.0.1:9000/base/")),
        ("s3.acme.test:9000", Some("https://s3.acme.test:9000")),
        ("ftp://x.test", None),
        ("https://u:p@x.test", None),
        ("https://x.test/?a", None),
        ("https://", None),
    ] {
        let (.., region, found) = endpoint(text).unwrap();
        assert_eq!((region, found.as_deref()), (None, expected), "{text}");
    }
}

#[test]
fn nothing_prints() {
    let key =
        read(&filled("export AWS_ACCESS_KEY_ID={i}\nexport AWS_SECRET_ACCESS_KEY={s}\nAWS_SESSION_TOKEN={t}"))
            .unwrap();
    let shown = format!("{key:?}");
    for part in ["AKIA", "wJalr", "IQoJ"] {
        assert!(!shown.contains(part), "{shown}");
    }
    assert_eq!(key.shortened(), "AKIA…MPLE");
    assert_eq!(read("access key: abc\nsecret key: defg").unwrap().shortened(), "…");
}

const PIECES: [&str; 40] = [
    "export ",
    "set ",
    "setx ",
    "$env:",
    "AWS_ACCESS_KEY_ID",
    "AWS_SECRET_ACCESS_KEY",
    "aws_session_token",
    "region",
    "endpoint",
    "=",
    " = ",
    ": ",
    ":",
    "\"",
    "'",
    "`",
    "\n",
    "\r\n",
    "\t",
    " ",
    ",",
    ";",
    "[",
    "]",
    "{",
    "}",
    "#",
    "//",
    "\\",
    "é",
    "新",
    "\u{feff}",
    "\u{0}",
    "AccessKeyId",
    "Access key ID",
    "AKIAIOSFODNN7EXAMPLE",
    SECRET,
    "https://",
    "null",
    "1e999",
];

proptest! {
    #![proptest_config(ProptestConfig { cases: 2_000, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn whatever_is_pasted_is_a_key_or_none(pieces in prop::collection::vec(select(&PIECES[..]), 0..40)) {
        if let Some(key) = read(&pieces.concat()) {
            prop_assert!(!key.key.access_key_id.reveal().is_empty() && !key.key.secret_access_key.reveal().is_empty());
            key.shortened();
        }
    }

    #[test]
    fn any_text_is_a_key_or_none(text in any::<String>()) {
        read(&text);
    }
}
