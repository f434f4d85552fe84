//! The binary in a terminal, against servers that it finds as AWS tools find them.

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use guestpass_practice::{BUCKET, Options, Practice};
use guestpass_testkit::seaweedfs::{Identity, SeaweedFs};
use guestpass_testkit::sts::{Keys, Sts};

fn binary() -> PathBuf {
    // …/debug/deps/it-123 → …/debug/guestpass
    let folder = std::env::current_exe().unwrap().parent().and_then(Path::parent).unwrap().to_owned();
    let binary = folder.join("guestpass");
    assert!(binary.exists(), "build the app first: cargo build --package guestpass");
    binary
}

/// The binary with a home of its own and nothing else of this computer.
pub(crate) fn guestpass(home: &Path) -> Command {
    let mut command = Command::new(binary());
    command.env_clear().env("HOME", home).env("XDG_DATA_HOME", home.join("data")).env("XDG_RUNTIME_DIR", home);
    command
}

fn text(bytes: &[u8]) -> &str {
    std::str::from_utf8(bytes).unwrap().trim_end()
}

pub(crate) fn run(command: &mut Command) -> (String, String, i32) {
    let Output { status, stdout, stderr } = command.stdin(Stdio::null()).output().unwrap();
    (text(&stdout).to_owned(), text(&stderr).to_owned(), status.code().unwrap())
}

#[tokio::test(flavor = "multi_thread")]
async fn link_send_and_ls_work_with_a_profile_of_the_files() {
    let server = SeaweedFs::start();
    let home = tempfile::tempdir().unwrap();
    let (config, credentials) = server.write_profiles(&home.path().join("aws"));
    let press = |arguments: &[&str]| {
        let mut command = guestpass(home.path());
        command.env("AWS_CONFIG_FILE", &config).env("AWS_SHARED_CREDENTIALS_FILE", &credentials);
        // Credentials of the environment do not override a profile that was named.
        command.env("AWS_ACCESS_KEY_ID", "AKOTHER").env("AWS_SECRET_ACCESS_KEY", "other");
        command.args(["--profile", "press"]).args(arguments);
        command
    };
    create_bucket(&server).await;
    let letter = home.path().join("Embargo letter.txt");
    std::fs::write(&letter, "until Thursday").unwrap();

    let sent = run(press(&["send", "--json", "--to", "s3://acme-press/in"]).arg(&letter));
    assert_eq!((sent.1.as_str(), sent.2), ("", 0));
    let line: serde_json::Value = serde_json::from_str(&sent.0).unwrap();
    assert_eq!(line["key"], "in/Embargo letter.txt");
    assert_eq!((&line["checked"], &line["limited_by"]), (&"opens".into(), &"chosen".into()));
    assert_eq!(open(line["url"].as_str().unwrap()).await, "until Thursday");

    let (listed, ..) = run(&mut press(&["ls", "s3://acme-press/in/"]));
    assert!(listed.ends_with("14 s3://acme-press/in/Embargo letter.txt"), "{listed}");
    let (url, _, code) = run(&mut press(&["link", "s3://acme-press/in/Embargo letter.txt", "--expires", "1h"]));
    assert_eq!(code, 0);
    assert!(url.contains("X-Amz-Expires=3600"));
    assert_eq!(open(&url).await, "until Thursday");

    let mut many = press(&["link", "--stdin"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let lines = "s3://acme-press/in/Embargo letter.txt\ns3://acme-press/gone\n\ns3://acme-press/in/Embargo letter.txt\n";
    many.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
    let many = many.wait_with_output().unwrap();
    assert_eq!(text(&many.stdout).lines().count(), 2, "one failure does not lose the rest");
    assert_eq!(
        text(&many.stderr),
        "guestpass: there is no s3://acme-press/gone [NoSuchKey (HTTP 404): The specified key does not exist.]"
    );
    assert_eq!(many.status.code(), Some(5));
}

#[tokio::test(flavor = "multi_thread")]
async fn failures_have_exit_codes_and_one_line_each() {
    let server = SeaweedFs::start();
    let home = tempfile::tempdir().unwrap();
    let (config, credentials) = server.write_profiles(&home.path().join("aws"));
    create_bucket(&server).await;
    let fails = |profile: &str, arguments: &[&str]| {
        let mut command = guestpass(home.path());
        command.env("AWS_CONFIG_FILE", &config).env("AWS_SHARED_CREDENTIALS_FILE", &credentials);
        let (out, error, code) = run(command.args(["--profile", profile]).args(arguments));
        assert_eq!(out, "", "data only on standard output");
        assert_eq!(error.lines().count(), 1, "{error}");
        code
    };
    assert_eq!(fails("press", &["link", "not an address"]), 2);
    assert_eq!(fails("nobody", &["ls"]), 3);
    assert_eq!(fails("reader", &["ls", "s3://legal/"]), 4);
    assert_eq!(fails("press", &["ls", "s3://not-there/"]), 5);
    assert_eq!(fails("press", &["send", "no such file", "--to", "s3://acme-press/"]), 7);
    drop(server);
    assert_eq!(fails("press", &["ls", "s3://acme-press/"]), 6);
}

#[tokio::test(flavor = "multi_thread")]
async fn credentials_with_a_session_token_are_taken_from_the_environment() {
    let folder = tempfile::tempdir().unwrap();
    let options =
        Options { root: folder.path().join("p"), seed: true, session_token: Some("a/token=+".into()) };
    let server = Practice::start(options).await.unwrap();
    let mut command = guestpass(folder.path());
    command
        .env("AWS_ACCESS_KEY_ID", server.access_key_id())
        .env("AWS_SECRET_ACCESS_KEY", server.secret_access_key())
        .env("AWS_SESSION_TOKEN", "a/token=+")
        .env("AWS_REGION", server.region())
        .env("AWS_ENDPOINT_URL_S3", server.endpoint())
        .args(["link", "--json", &format!("s3://{BUCKET}/Welcome to Guestpass.txt")]);
    let (line, error, code) = tokio::task::spawn_blocking(move || run(&mut command)).await.unwrap();
    assert_eq!((error.as_str(), code), ("", 0));
    let line: serde_json::Value = serde_json::from_str(&line).unwrap();
    let url = line["url"].as_str().unwrap();
    assert!(url.contains("X-Amz-Security-Token=a%2Ftoken%3D%2B"));
    assert!(open(url).await.starts_with("Welcome"));
}

#[tokio::test(flavor = "multi_thread")]
async fn a_computer_with_a_wrong_clock_makes_right_links_and_says_so() {
    let server = SeaweedFs::start();
    let home = tempfile::tempdir().unwrap();
    let (config, credentials) = server.write_profiles(&home.path().join("aws"));
    create_bucket(&server).await;
    for (shift, said) in [("-14m", "14 minutes behind"), ("+3y", "days ahead of")] {
        let mut command = Command::new("faketime");
        command.arg("-f").arg(shift).arg(binary()).env_clear().env("HOME", home.path());
        command.env("PATH", std::env::var_os("PATH").unwrap());
        command.env("AWS_CONFIG_FILE", &config).env("AWS_SHARED_CREDENTIALS_FILE", &credentials);
        let letter = home.path().join(format!("letter {shift}.txt"));
        std::fs::write(&letter, "until Thursday").unwrap();
        command.args(["--profile", "press", "send", "--json", "--to", "s3://acme-press/"]).arg(&letter);
        command.args(["--expires", "1h"]);
        let (line, error, code) = tokio::task::spawn_blocking(move || run(&mut command)).await.unwrap();
        assert_eq!(code, 0, "{error}");
        assert!(error.contains(said), "{error}");
        let line: serde_json::Value = serde_json::from_str(&line).unwrap();
        let end: jiff::Timestamp = line["expires_at"].as_str().unwrap().parse().unwrap();
        let off = end.as_second() - jiff::Timestamp::now().as_second() - 3_600;
        assert!(off.abs() < 30, "the end is {off} seconds off");
        assert_eq!(open(line["url"].as_str().unwrap()).await, "until Thursday");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_asked_for_by_a_page_a_form_or_one_put() {
    let server = SeaweedFs::start();
    let home = tempfile::tempdir().unwrap();
    let (config, credentials) = server.write_profiles(&home.path().join("aws"));
    create_bucket(&server).await;
    let request = |arguments: &[&str]| {
        let mut command = guestpass(home.path());
        command.env("AWS_CONFIG_FILE", &config).env("AWS_SHARED_CREDENTIALS_FILE", &credentials);
        command.args(["--profile", "press", "request", "s3://acme-press/in", "--json"]).args(arguments);
        let (line, error, code) = run(&mut command);
        assert_eq!((error.as_str(), code), ("", 0));
        serde_json::from_str::<serde_json::Value>(&line).unwrap()
    };
    let page = request(&["--title", "Photos", "--max-size", "1MB"]);
    assert!(page["arrives_at"].as_str().unwrap().starts_with("in/Photos "));
    assert!(open(page["url"].as_str().unwrap()).await.contains("\"maxBytes\":1000000"));
    let form = request(&["--form"]);
    assert_eq!(form["fields"][0][0], "key");
    let put = request(&["--put", "film.mp4", "--expires", "2h"]);
    assert!(put["arrives_at"].as_str().unwrap().ends_with("/film.mp4"));
    assert!(put["url"].as_str().unwrap().contains("X-Amz-Expires=7200"));
}

#[test]
fn a_server_elsewhere_without_encryption_needs_to_be_insisted_on() {
    let home = tempfile::tempdir().unwrap();
    let link = |more: &[&str]| {
        let mut command = guestpass(home.path());
        command
            .env("AWS_ACCESS_KEY_ID", "AK")
            .env("AWS_SECRET_ACCESS_KEY", "secret")
            .env("AWS_REGION", "eu-west-1");
        command.env("AWS_ENDPOINT_URL_S3", "http://minio.acme.test:9000");
        run(command.args(["link", "--no-check", "s3://acme-press/film.mp4"]).args(more))
    };
    let (nothing, refused, code) = link(&[]);
    assert_eq!((nothing.as_str(), code), ("", 4));
    assert!(refused.contains("minio.acme.test without encryption"), "{refused}");
    let (url, _, code) = link(&["--allow-http"]);
    assert!(code == 0 && url.starts_with("http://minio.acme.test:9000/acme-press/film.mp4?"), "{url}");
}

#[test]
fn the_practice_bucket_is_there_for_commands_and_says_that_its_links_end() {
    let home = tempfile::tempdir().unwrap();
    let (listed, said, code) =
        run(guestpass(home.path()).args(["--practice", "ls", "--recursive", "s3://practice/"]));
    assert_eq!(code, 0);
    assert!(listed.lines().count() >= 12 && listed.contains("Launch film.mp4"), "{listed}");
    assert!(said.contains("these links end with it"), "{said}");
    let (url, _, code) =
        run(guestpass(home.path()).args(["--practice", "link", "s3://practice/Launch film.mp4"]));
    assert!(code == 0 && url.starts_with("http://127.0.0.1:"));
}

async fn open(url: &str) -> String {
    reqwest::get(url).await.unwrap().text().await.unwrap()
}

pub(crate) async fn create_bucket(server: &SeaweedFs) {
    use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};
    use guestpass_testkit::seaweedfs::Identity;
    let (id, secret) = server.keys(Identity::Admin);
    let config = aws_sdk_s3::Config::builder()
        .behavior_version(BehaviorVersion::latest())
        .endpoint_url(server.endpoint())
        .region(Region::new(server.region()))
        .credentials_provider(Credentials::new(id, secret, None, None, "test"))
        .force_path_style(true);
    let client = aws_sdk_s3::Client::from_conf(config.build());
    client.create_bucket().bucket("acme-press").send().await.unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn ways_in_are_listed_and_a_code_opens_the_one_that_asks_for_it() {
    let server = SeaweedFs::start();
    create_bucket(&server).await;
    let sts = Sts::start().await;
    let (id, secret) = server.keys(Identity::Admin);
    sts.set(|settings| {
        settings.serial = Some("arn:aws:iam::111111111111:mfa/kim".into());
        settings.code = Some("123456".into());
        settings.keys = Keys { id: id.into(), secret: secret.into(), token: String::new(), seconds: 3_600 };
    });
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config");
    let text = format!(
        "[profile base]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n\n[profile Archive]\n\
         role_arn = arn:aws:iam::111111111111:role/Archivist\nsource_profile = base\n\
         mfa_serial = arn:aws:iam::111111111111:mfa/kim\nregion = us-east-1\nendpoint_url = {}\n",
        server.endpoint()
    );
    std::fs::write(&config, text).unwrap();
    let with = |arguments: &[&str]| {
        let mut command = guestpass(home.path());
        command.env("AWS_CONFIG_FILE", &config).env("AWS_SHARED_CREDENTIALS_FILE", "/nowhere");
        command.env("AWS_ENDPOINT_URL_STS", sts.endpoint()).args(arguments);
        tokio::task::block_in_place(|| run(&mut command))
    };
    let (listed, _, code) = with(&["profiles"]);
    assert_eq!(code, 0);
    assert!(
        listed.contains("role Archivist in account 111111111111 through another profile; asks for a code"),
        "{listed}"
    );
    let (lines, ..) = with(&["profiles", "--json"]);
    let archive: serde_json::Value = serde_json::from_str(lines.lines().nth(1).unwrap()).unwrap();
    assert_eq!((&archive["name"], &archive["standing"]), (&"Archive".into(), &"needs_code".into()));

    let (_, error, code) = with(&["--profile", "Archive", "ls"]);
    assert!(code == 3 && error.contains("--code DIGITS"), "{error}");
    let (_, error, code) = with(&["--profile", "Archive", "--code", "654321", "ls"]);
    assert!(code == 3 && error.contains("does not take this code"), "{error}");
    let (buckets, error, code) = with(&["--profile", "Archive", "--code", "123456", "ls"]);
    assert!(code == 0 && buckets.contains("s3://acme-press/"), "{error}");
    sts.set(|settings| settings.code = Some("123456".into()));
    let mut unnamed = guestpass(home.path());
    unnamed.env("AWS_CONFIG_FILE", &config).env("AWS_SHARED_CREDENTIALS_FILE", "/nowhere");
    unnamed.env("AWS_ENDPOINT_URL_STS", sts.endpoint()).env("AWS_PROFILE", "Archive");
    let (buckets, error, _) = tokio::task::block_in_place(|| run(unnamed.args(["--code", "123456", "ls"])));
    assert!(buckets.contains("s3://acme-press/"), "the usual profile is meant: {error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_check_names_what_is_missing_and_leaves_nothing_behind() {
    let server = SeaweedFs::start();
    create_bucket(&server).await;
    let home = tempfile::tempdir().unwrap();
    let (config, credentials) = server.write_profiles(&home.path().join("aws"));
    let check = |arguments: &[&str]| {
        let mut command = guestpass(home.path());
        command
            .env("AWS_CONFIG_FILE", &config)
            .env("AWS_SHARED_CREDENTIALS_FILE", &credentials)
            .args(arguments);
        tokio::task::block_in_place(|| run(&mut command))
    };
    let (findings, error, code) =
        check(&["--profile", "press", "check", "s3://acme-press/", "--write", "--json"]);
    assert_eq!((error.as_str(), code), ("", 0), "{findings}");
    let findings: Vec<serde_json::Value> =
        findings.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    let outcome =
        |step: &str| findings.iter().find(|finding| finding["step"] == step).unwrap()["outcome"].clone();
    for step in ["server", "clock", "identity", "list", "read", "link", "write", "copy", "delete"] {
        assert_eq!(outcome(step), "fine", "{step}");
    }
    let (left, ..) = check(&["--profile", "press", "ls", "s3://acme-press/"]);
    assert_eq!(left, "", "what was written is gone");

    let (said, _, code) = check(&["--profile", "reader", "check", "s3://acme-press/", "--write"]);
    assert_eq!(code, 4, "{said}");
    assert!(said.contains("refused  write") && said.contains("s3:PutObject"), "{said}");
}
