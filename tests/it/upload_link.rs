//! Upload links, used as people outside use them: by `curl -T`, `curl -F`, and without any account.

use std::path::Path;
use std::process::Command;

use guestpass_core::{Expiry, FileRequest, Kind, LinkEnd, RequestKind, RequestPage, UploadForm, UploadLink};

use crate::on_every_server;
use crate::world::{World, place, profile};

/// A page that says where its form leads; the real one is the shell's.
struct Plain;

impl RequestPage for Plain {
    fn draw(&self, title: &str, form: &UploadForm, _: LinkEnd) -> Vec<u8> {
        format!("<!doctype html><title>{title}</title><form action=\"{}\">", form.action).into_bytes()
    }
}

fn asked(kind: RequestKind) -> FileRequest {
    FileRequest {
        profile: profile("press"),
        place: place("in & out/"),
        title: "Photos für Kim".into(),
        expiry: Expiry::For(3_600),
        kind,
    }
}

/// Runs `curl` and answers the HTTP status.
async fn curl(arguments: Vec<String>) -> String {
    let run = move || {
        let mut curl = Command::new("curl");
        curl.args(["--silent", "--show-error", "--max-time", "20", "--output", "/dev/null"]);
        curl.args(["--write-out", "%{http_code}"]).args(arguments);
        let output = curl.output().expect("curl is installed by `cargo xtask test`");
        String::from_utf8(output.stdout).unwrap()
    };
    tokio::task::spawn_blocking(run).await.unwrap()
}

fn form_arguments(form: &UploadForm, file: &Path) -> Vec<String> {
    let fields = form
        .fields
        .iter()
        .flat_map(|(name, value)| ["--form-string".to_owned(), format!("{name}={}", value.reveal())]);
    let file = ["--form".to_owned(), format!("file=@{}", file.display())];
    fields.chain(file).chain([form.action.clone()]).collect()
}

async fn one_file_is_put_by_a_plain_client(world: World) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("film.mp4");
    std::fs::write(&file, "moving pictures").unwrap();
    let name = "Ünï & film.mp4".to_owned();
    let link = world.app.request_files(&asked(RequestKind::Put { name }), &Plain).await.unwrap();
    let UploadLink::Put { url, key, .. } = link else { panic!("not a PUT") };
    let file = file.display().to_string();
    assert_eq!(curl(vec!["-T".into(), file.clone(), url.reveal().into()]).await, "200");
    assert_eq!(world.body(key.as_str()).await, b"moving pictures");

    let tampered = url.reveal().replace("film.mp4?", "other.mp4?");
    assert_eq!(curl(vec!["-T".into(), file, tampered]).await, "403");
    assert_eq!(curl(vec![url.reveal().into()]).await, "403", "the link puts, and reads nothing");
}

async fn any_file_into_a_folder_by_a_form(world: World) {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("photo 1.jpg");
    std::fs::write(&file, "ten bytes!").unwrap();
    let link = world.app.request_files(&asked(RequestKind::Form { max_bytes: 10 }), &Plain).await.unwrap();
    let UploadLink::Form { form, .. } = link else { panic!("not a form") };
    assert_eq!(curl(form_arguments(&form, &file)).await, "201");
    let key = format!("{}photo 1.jpg", form.prefix.as_str());
    assert_eq!(world.body(&key).await, b"ten bytes!");

    std::fs::write(&file, "eleven bytes").unwrap();
    assert_eq!(curl(form_arguments(&form, &file)).await, "400", "larger than was allowed");
    let mut elsewhere = form.clone();
    elsewhere.fields[0].1 = guestpass_core::Secret::new("in & out/other.jpg".into());
    std::fs::write(&file, "x").unwrap();
    assert_eq!(curl(form_arguments(&elsewhere, &file)).await, "403", "not below its own folder");
    let mut longer = form.clone();
    let policy = longer.fields.iter_mut().find(|(name, _)| *name == "policy").unwrap();
    policy.1 = guestpass_core::Secret::new(policy.1.reveal().replacen('e', "f", 1));
    assert_eq!(curl(form_arguments(&longer, &file)).await, "403", "not under another policy");
    assert_eq!(world.body(&key).await, b"ten bytes!");
}

async fn the_page_opens_without_an_account_and_shares_its_form_s_origin(world: World) {
    let link = world.app.request_files(&asked(RequestKind::Page { max_bytes: 10 }), &Plain).await.unwrap();
    let UploadLink::Page(page) = link else { panic!("not a page") };
    let answer = reqwest::get(page.url.reveal()).await.unwrap();
    assert_eq!(answer.headers()["content-type"], "text/html; charset=utf-8");
    assert!(answer.headers()["content-disposition"].to_str().unwrap().starts_with("inline"));
    let origin = answer.url().origin().ascii_serialization();
    let html = answer.text().await.unwrap();
    assert!(html.contains("<title>Photos für Kim</title>") && html.contains(&format!("action=\"{origin}/")));
}

async fn whoever_may_not_write_makes_no_page(world: World) {
    let mut request = asked(RequestKind::Page { max_bytes: 10 });
    request.profile = profile("stranger");
    let refused = world.app.request_files(&request, &Plain).await.unwrap_err();
    assert_eq!(refused.into_kind(), Kind::CredentialsRefused { profile: "stranger".into() });
}

on_every_server!(
    one_file_is_put_by_a_plain_client,
    any_file_into_a_folder_by_a_form,
    the_page_opens_without_an_account_and_shares_its_form_s_origin,
    whoever_may_not_write_makes_no_page,
);
