//! Profiles over a corpus of AWS files, one folder each in `tests/profiles/`: what an adapter with the SDK's
//! parser makes of them (`expected.txt`: name, kind, region, endpoint, role and account, standing, organisation; with
//! the case's own `.aws/sso/cache`), what botocore 1.44.5 lists (`botocore.txt`, one name a line, made once),
//! and where the two part, why that is so (`why.txt`).

#![allow(clippy::unwrap_used, reason = "that is how a test fails")]

use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use guestpass_core::ports::ProfileBook;
use guestpass_core::{Error, Kind, Profile, ProfileId, ProfileKind, Standing};
use guestpass_local::{Env, ProfileFiles};
use guestpass_testkit::memory::FixedClock;

/// Every case is looked at in this moment.
const NOW: &str = "2026-11-25T12:00:00Z";

/// What the SDK calls the home.
const HOME: &str = if cfg!(windows) { "USERPROFILE" } else { "HOME" };

fn book(env: Env) -> ProfileFiles {
    ProfileFiles::new(env, Arc::new(FixedClock::at(NOW)))
}

fn corpus() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/profiles");
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut cases: Vec<PathBuf> = entries.filter(|path| path.is_dir()).collect();
    cases.sort();
    cases
}

async fn profiles(case: &Path, more: &[(&str, &str)]) -> Result<Vec<Profile>, Error> {
    let (config, credentials) = (case.join("config"), case.join("credentials"));
    let files = [
        (HOME, case.to_str().unwrap()),
        ("AWS_CONFIG_FILE", config.to_str().unwrap()),
        ("AWS_SHARED_CREDENTIALS_FILE", credentials.to_str().unwrap()),
    ];
    book(Env::from_pairs(files.into_iter().chain(more.iter().copied()))).profiles().await
}

/// A line for each profile, or one for the error.
fn shown(case: &Path, found: &Result<Vec<Profile>, Error>) -> String {
    let or_dash = |text: &Option<String>| text.clone().unwrap_or_else(|| "-".to_owned());
    match found {
        Ok(profiles) => profiles
            .iter()
            .map(|p| {
                let role: Vec<&str> = p.role.iter().chain(&p.account).map(String::as_str).collect();
                let role = (!role.is_empty()).then(|| role.join(" · "));
                let organisation = p.organisation.as_ref().map(|o| {
                    format!(" | {} {} {}", o.session.as_deref().unwrap_or("-"), o.region, o.start_url)
                });
                let fields = [or_dash(&p.region), or_dash(&p.endpoint), or_dash(&role)].join(" | ");
                let mark = if p.is_default { " (default)" } else { "" };
                let organisation = organisation.unwrap_or_default();
                format!("{}{mark} | {:?} | {fields} | {:?}{organisation}\n", p.name, p.kind, p.standing)
            })
            .collect(),
        Err(error) => {
            let Kind::ProfilesUnreadable { path } = error.kind() else { panic!("{error}") };
            let file = Path::new(path).strip_prefix(case).unwrap().display();
            format!("error in {file}: {}\n", error.detail().unwrap())
        }
    }
}

#[tokio::test]
async fn every_file_of_the_corpus() {
    let cases = corpus();
    assert!(cases.len() >= 25, "the corpus is there");
    for case in cases {
        let shown = shown(&case, &profiles(&case, &[]).await);
        let expected = fs::read_to_string(case.join("expected.txt")).unwrap_or_default();
        assert_eq!(shown, expected, "{}", case.display());
    }
}

#[tokio::test]
async fn a_difference_from_botocore_has_its_reason() {
    for case in corpus() {
        let botocore = fs::read_to_string(case.join("botocore.txt")).unwrap();
        let mut theirs: Vec<&str> = botocore.lines().collect();
        let found = profiles(&case, &[]).await;
        let mut ours: Vec<&str> = match &found {
            Ok(profiles) => profiles.iter().map(|profile| profile.name.as_str()).collect(),
            Err(_) => vec!["error"],
        };
        if theirs.first().is_some_and(|name| name.starts_with("error ")) {
            theirs = vec!["error"];
        }
        theirs.sort_unstable();
        ours.sort_unstable();
        let explained = case.join("why.txt").exists();
        assert_eq!(ours == theirs, !explained, "{}: {ours:?} and {theirs:?}", case.display());
    }
}

#[tokio::test]
async fn nothing_secret_comes_along() {
    for case in corpus() {
        let found = format!("{:?}", profiles(&case, &[]).await);
        for secret in ["AKIA", "wJalr", "IQoJ", "hush"] {
            assert!(!found.contains(secret), "{}: {found}", case.display());
        }
    }
}

#[tokio::test]
async fn no_files_is_no_profiles() {
    let home = tempfile::tempdir().unwrap();
    assert_eq!(profiles(home.path(), &[]).await.unwrap(), []);
    let nobody = book(Env::from_pairs([(HOME, home.path().to_str().unwrap())]));
    assert_eq!(nobody.profiles().await.unwrap(), []);
}

#[tokio::test]
async fn files_at_home_are_found_and_read_afresh() {
    let home = tempfile::tempdir().unwrap();
    let aws = home.path().join(".aws");
    fs::create_dir(&aws).unwrap();
    let book = book(Env::from_pairs([(HOME, home.path().to_str().unwrap())]));
    for name in ["first", "second"] {
        fs::write(aws.join("config"), format!("[profile {name}]\n")).unwrap();
        assert_eq!(book.profiles().await.unwrap()[0].id, ProfileId::Aws(name.to_owned()));
    }
}

#[tokio::test]
async fn a_file_that_cannot_be_read_is_named() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("credentials");
    fs::create_dir(&path).unwrap();
    let error = profiles(home.path(), &[]).await.unwrap_err();
    assert_eq!(error.kind(), &Kind::ProfilesUnreadable { path: path.display().to_string() });
    assert!(error.detail().is_some(), "IT is told what the system said");
}

#[tokio::test]
async fn the_default_is_what_the_sdk_would_take() {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/profiles/plain");
    let names = async |more: &[(&str, &str)]| -> Vec<(String, bool)> {
        let found = profiles(&case, more).await.unwrap();
        found.into_iter().map(|profile| (profile.name, profile.is_default)).collect()
    };
    let listed = |names: [&str; 4]| names.map(str::to_owned);
    let only_first = |found: Vec<(String, bool)>, names: [&str; 4]| {
        let (found, defaults): (Vec<String>, Vec<bool>) = found.into_iter().unzip();
        assert_eq!((found, defaults), (listed(names).to_vec(), vec![true, false, false, false]));
    };
    only_first(names(&[]).await, ["default", "marketing", "archive", "only-here"]);
    only_first(names(&[("AWS_PROFILE", "archive")]).await, ["archive", "default", "marketing", "only-here"]);
    let gone = names(&[("AWS_PROFILE", "gone")]).await;
    assert!(gone.iter().all(|(_, is_default)| !is_default), "a profile that is not there is nobody's default");
}

#[tokio::test]
async fn variables_come_before_files() {
    let case = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/profiles/plain");
    let keys = [("AWS_ACCESS_KEY_ID", "AKIAIOSFODNN7EXAMPLE"), ("AWS_SECRET_ACCESS_KEY", "wJalr")];
    let more = [("AWS_DEFAULT_REGION", "eu-west-3"), ("AWS_ENDPOINT_URL", "http://127.0.0.1:9000")];
    let found = profiles(&case, &[&keys[..], &more[..]].concat()).await.unwrap();
    let environment = Profile {
        id: ProfileId::Environment,
        name: "environment".to_owned(),
        kind: ProfileKind::Environment,
        region: Some("eu-west-3".to_owned()),
        endpoint: Some("http://127.0.0.1:9000".to_owned()),
        role: None,
        account: None,
        organisation: None,
        standing: Standing::Ready,
        is_default: true,
    };
    assert_eq!(found[0], environment);
    assert_eq!(found.iter().filter(|profile| profile.is_default).count(), 1);
    assert_eq!(found.len(), 5);

    let half = profiles(&case, &keys[..1]).await.unwrap();
    assert_eq!(half[0].name, "default", "the SDK does not take half a key");
}
