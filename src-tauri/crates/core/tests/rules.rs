//! What IT forbids is not done, by whatever door it is asked for.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

use std::collections::BTreeSet;
use std::sync::Mutex;
use std::sync::atomic::Ordering;

use guestpass_core::app::{App, Finding, Origin, Outcome, Step};
use guestpass_core::{
    Action, BucketName, DeniedBy, Disposition, Expiry, FileRequest, IfTaken, Kind, LinkEnd, LinkRequest,
    ObjectKey, OfferedFile, Place, Policy, Prefix, ProfileId, RequestKind, RequestPage, Rule, SendRequest,
    UploadForm,
};
use guestpass_testkit::memory::World;

const POLICY: &str = r#"
longest-expiry = "1h"
places = ["s3://acme/out/"]
inline = false
upload-links = false
upload-to = "s3://acme/out/in/"
audit-log = "AUDIT"
"#;

fn marketing() -> ProfileId {
    ProfileId::Aws("Marketing".into())
}

fn place(prefix: &str) -> Place {
    Place { bucket: BucketName::parse("acme").unwrap(), prefix: Prefix::parse(prefix).unwrap() }
}

fn link_to(key: &str) -> LinkRequest {
    let (bucket, key) = (BucketName::parse("acme").unwrap(), ObjectKey::parse(key).unwrap());
    let plain = LinkRequest::new(marketing(), bucket, key, Expiry::For(604_800));
    LinkRequest { disposition: Disposition::Inline, ..plain }
}

fn send(prefix: &str) -> SendRequest {
    SendRequest {
        profile: marketing(),
        place: place(prefix),
        files: vec![OfferedFile { name: "a.pdf".into(), size: 10, path: "a.pdf".into() }],
        if_taken: IfTaken::KeepBoth,
        taken: BTreeSet::new(),
        expiry: Expiry::For(60),
        disposition: Disposition::Attachment,
    }
}

struct NoPage;

impl RequestPage for NoPage {
    fn draw(&self, _: &str, _: &UploadForm, _: LinkEnd) -> Vec<u8> {
        Vec::new()
    }
}

fn request(prefix: &str) -> FileRequest {
    FileRequest {
        profile: marketing(),
        place: place(prefix),
        title: "Files".into(),
        expiry: Expiry::For(60),
        kind: RequestKind::Form { max_bytes: 1 },
    }
}

fn world(policy: &str) -> World {
    let world = World::default();
    world.store.fill("acme", &["out/film.mp4", "secret.pdf"]);
    let audit = if cfg!(windows) { "C:/audit.jsonl" } else { "/audit.jsonl" };
    let policy = policy.replace("AUDIT", audit);
    world.policy.set(Ok(Policy::parse(policy.as_bytes(), "policy.toml").unwrap()));
    world
}

fn rule(kind: &Kind) -> Option<Rule> {
    match kind {
        Kind::Forbidden { rule, .. } => Some(*rule),
        _ => None,
    }
}

#[tokio::test]
async fn links_are_cut_to_what_it_allows() {
    let app = world(POLICY).app(None);
    let link = app.link(&link_to("out/film.mp4")).await.unwrap();
    assert_eq!(link.disposition, Disposition::Attachment, "nothing is shown in the browser");
    assert_eq!(link.end.limited_by, guestpass_core::LimitedBy::Policy);
    assert_eq!(link.end.expires_at, "2026-11-23T18:20:00Z".parse().unwrap());
    let elsewhere = app.link(&link_to("secret.pdf")).await.unwrap_err().into_kind();
    assert_eq!(rule(&elsewhere), Some(Rule::Place));
}

#[tokio::test]
async fn nothing_outside_is_listed_copied_written_or_asked_for() {
    let app = world(POLICY).app(None);
    let profile = marketing();
    let kinds = [
        app.list(&profile, &place(""), None, false).await.map(drop),
        app.list(&profile, &place("ou"), None, true).await.map(drop),
        app.add_place(&profile, "acme").await.map(drop),
        app.copy_link_to_copy(&link_to("secret.pdf")).await.map(drop),
        app.copy_link_to_copy(&link_to("out/film.mp4")).await.map(drop),
        app.bring_back(&link_to("secret.pdf")).await,
        app.send(send("out/")).await.map(drop),
        app.send_and_wait(send("out/"), |_| ()).await.map(drop),
        app.taken(&profile, &place(""), &["a".into()]).await.map(drop),
        app.make_folders(&profile, &place("out/"), &["a".into()]).await,
        app.request_files(&request("out/in/"), &NoPage).await.map(drop),
        app.examine(&profile, Some(&place("")), true, &|_| ()).await,
        app.examine(&profile, Some(&place("out/")), true, &|_| ()).await,
    ];
    for (at, kind) in kinds.into_iter().enumerate() {
        assert!(rule(kind.unwrap_err().kind()).is_some(), "door {at} is open");
    }
    let places = app.places(&profile).await.unwrap().places;
    assert_eq!(places.iter().map(|known| &known.place).collect::<Vec<_>>(), [&place("out/")]);
}

#[tokio::test]
async fn who_may_see_only_a_part_of_a_bucket_adds_that_part() {
    let world = world("places = [\"s3://acme/out/\"]");
    let app = world.app(None);
    let opened = app.add_place(&marketing(), "s3://acme/out/film.mp4").await.unwrap();
    assert_eq!(opened, place("out/"));
    world.policy.set(Ok(Policy::default()));
    let known = app.places(&marketing()).await.unwrap().places;
    let added: Vec<_> = known.iter().filter(|known| known.origin == Origin::Added).collect();
    assert_eq!(added.len(), 1);
    assert_eq!(added[0].place, place("out/"), "not the bucket, which would not open");
    app.pin(&marketing(), place("out/")).await;
    assert_eq!(app.places(&marketing()).await.unwrap().places, known, "once is enough");
    app.remove_place(&marketing(), &place("out/")).await;
    assert!(app.places(&marketing()).await.unwrap().places.iter().all(|known| known.origin != Origin::Added));
}

#[tokio::test]
async fn a_request_for_files_goes_where_uploads_go() {
    let app = world(&POLICY.replace("upload-links = false", "")).app(None);
    let elsewhere = app.request_files(&request("out/"), &NoPage).await.unwrap_err().into_kind();
    assert_eq!(rule(&elsewhere), Some(Rule::UploadPlace));
    app.request_files(&request("out/in/"), &NoPage).await.unwrap();
}

#[tokio::test]
async fn an_upload_of_an_earlier_run_stops_where_it_is_not_allowed_any_more() {
    let world = World::default();
    world.store.fill("acme", &[]);
    world.store.gate.forget_permits(1_000);
    let first = world.app(None);
    first.send(send("elsewhere/")).await.unwrap();
    first.halt_transfers().await;
    let limited = Policy::parse(b"places = [\"s3://acme/out/\"]", "policy.toml").unwrap();
    world.policy.set(Ok(limited));
    let second = world.app(None);
    second.restore_transfers().await;
    let mut watch = second.transfers().watch();
    let all = watch.wait_for(|all| all.iter().any(|one| one.trouble.is_some())).await.unwrap();
    assert_eq!(rule(all[0].trouble.as_ref().unwrap().kind()), Some(Rule::Place));
}

#[tokio::test]
async fn every_share_is_written_down_before_it_is_handed_over() {
    let world = world(POLICY);
    let app = world.app(None);
    app.copy_link(&link_to("out/film.mp4")).await.unwrap();
    app.send_and_wait(send("out/in/"), |_| ()).await.unwrap().remove(0).unwrap();
    let lines = world.audit.lines.lock().unwrap().join("\n");
    for part in [
        r#""act":"link""#,
        r#""act":"upload""#,
        r#""profile":"Marketing""#,
        "user/kim",
        "out/film.mp4",
        "out/in/a.pdf",
    ] {
        assert!(lines.contains(part), "{part} in {lines}");
    }
    assert!(!lines.contains("memory://"), "never a URL");

    world.audit.is_full.store(true, Ordering::Relaxed);
    let refused = app.copy_link(&link_to("out/film.mp4")).await.unwrap_err();
    assert!(matches!(refused.kind(), Kind::AuditUnwritable { .. }));
    let before = world.store.keys("acme").len();
    let failed = app.send_and_wait(send("out/in/"), |_| ()).await.unwrap().remove(0).unwrap_err();
    assert!(matches!(failed.error.kind(), Kind::AuditUnwritable { .. }));
    assert_eq!(world.store.keys("acme").len(), before, "nothing was sent either");
}

#[tokio::test]
async fn a_broken_policy_closes_every_door_but_practice() {
    let world = world("");
    world.policy.set(Err(Kind::PolicyBroken { path: "policy.toml".into(), line: Some(3) }));
    let app = world.app(None);
    let profile = marketing();
    let broken = |result: guestpass_core::Result<()>| {
        assert!(matches!(result.unwrap_err().into_kind(), Kind::PolicyBroken { line: Some(3), .. }));
    };
    broken(app.connect(&profile, false, None).await.map(drop));
    broken(app.places(&profile).await.map(drop));
    broken(app.list(&profile, &place("out/"), None, false).await.map(drop));
    broken(app.link(&link_to("out/film.mp4")).await.map(drop));
    broken(app.link_end(&profile, Expiry::For(60)).await.map(drop));
    broken(app.send(send("out/in/")).await.map(drop));
    broken(app.request_files(&request("out/in/"), &NoPage).await.map(drop));
    broken(app.offer_connection(b"", "x.guestpass").map(drop));
    broken(app.examine(&profile, None, false, &|_| ()).await);
    app.connect(&ProfileId::Practice, false, None).await.unwrap();
}

async fn examined(app: &App, writes: bool) -> Vec<Finding> {
    let findings = Mutex::new(Vec::new());
    let tell = |finding| findings.lock().unwrap().push(finding);
    app.examine(&marketing(), Some(&place("out/")), writes, &tell).await.unwrap();
    findings.into_inner().unwrap()
}

fn outcome(findings: &[Finding], step: Step) -> Outcome {
    findings.iter().find(|finding| finding.step == step).unwrap().outcome
}

#[tokio::test]
async fn an_examination_changes_nothing_unless_it_is_asked_to() {
    let world = World::default();
    world.store.fill("acme", &["out/film.mp4"]);
    let app = world.app(None);
    let findings = examined(&app, false).await;
    assert_eq!(findings.len(), 12, "every step is told once: {findings:?}");
    for step in [Step::Identity, Step::List, Step::Read, Step::Link] {
        assert_eq!(outcome(&findings, step), Outcome::Fine, "{step:?}");
    }
    assert_eq!(outcome(&findings, Step::Write), Outcome::Skipped);
    assert_eq!(world.store.keys("acme"), ["out/film.mp4"]);

    let findings = examined(&app, true).await;
    for step in [Step::Write, Step::Copy, Step::Delete] {
        assert_eq!(outcome(&findings, step), Outcome::Fine, "{step:?}");
    }
    assert_eq!(world.store.keys("acme"), ["out/film.mp4"], "what was written is gone again");
}

#[tokio::test]
async fn where_there_is_nothing_to_read_what_is_written_is_read() {
    let world = World::default();
    world.store.fill("acme", &[]);
    let app = world.app(None);
    assert_eq!(outcome(&examined(&app, false).await, Step::Link), Outcome::Skipped);
    let findings = examined(&app, true).await;
    assert_eq!(outcome(&findings, Step::Link), Outcome::Fine);
    assert_eq!(findings.len(), 12, "every step is told once: {findings:?}");
    assert!(world.store.keys("acme").is_empty());
}

#[tokio::test]
async fn what_is_missing_is_named_as_a_statement() {
    let world = World::default();
    world.store.fill("acme", &["out/film.mp4"]);
    let denied = |by| Kind::AccessDenied {
        action: Action::Read,
        by,
        profile: "Marketing".into(),
        bucket: Some("acme".into()),
        key: None,
    };
    *world.store.facts.lock().unwrap() = Err(denied(DeniedBy::Identity));
    *world.store.delete_refusal.lock().unwrap() = Some(denied(DeniedBy::BucketPolicy));
    let app = world.app(None);
    let findings = examined(&app, true).await;
    let read = findings.iter().find(|finding| finding.step == Step::Read).unwrap();
    assert_eq!(read.outcome, Outcome::Refused);
    let statement = read.statement.as_ref().unwrap();
    assert!(statement.contains("s3:GetObject") && statement.contains("arn:aws:s3:::acme/out/*"), "{statement}");
    let delete = findings.iter().find(|finding| finding.step == Step::Delete).unwrap();
    assert_eq!(
        (delete.outcome, &delete.statement),
        (Outcome::Refused, &None),
        "no statement helps against a rule"
    );
}

#[tokio::test]
async fn a_server_that_cannot_be_reached_ends_the_examination() {
    let world = World::default();
    *world.store.identity.lock().unwrap() = Err(Kind::Untrusted { host: "s3.test".into() });
    let findings = examined(&world.app(None), true).await;
    let told: Vec<_> = findings.iter().map(|finding| (finding.step, finding.outcome)).collect();
    assert_eq!(told, [(Step::Server, Outcome::Fine), (Step::Certificate, Outcome::Failed)]);
}
