//! Connections that a person sets up: what is kept of them, where, and what is left when they are removed.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

use std::collections::BTreeSet;

use guestpass_core::app::{Given, KeyForm, NewConnection, Origin};
use guestpass_core::ports::{Journal, SignInBy, Vault, VaultRefusal};
use guestpass_core::{
    BucketName, CredentialsEnd, Disposition, Entry, Expiry, IfTaken, Kind, Limits, OfferedFile, Organisation,
    Place, Policy, Prefix, ProfileId, ProfileKind, Rule, Secret, SendRequest, Server, Standing, TaskState,
    Transfer, TransferState, Way,
};
use guestpass_testkit::memory::World;

const SECRET: &str = "wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";
const FILE: &str = r#"
guestpass = 1
name = "Acme press office"
places = ["s3://acme/2026/"]
sign-in = { access-key = true }
[storage]
endpoint = "https://s3.acme.test"
[defaults]
expiry = "12h"
[limits]
longest-expiry = "1d"
"#;

fn place(bucket: &str, prefix: &str) -> Place {
    Place { bucket: BucketName::parse(bucket).unwrap(), prefix: Prefix::parse(prefix).unwrap() }
}

fn form(name: &str) -> KeyForm {
    KeyForm {
        name: name.into(),
        access_key_id: "AKIAIOSFODNN7EXAMPLE".into(),
        secret_access_key: Secret::new(SECRET.into()),
        session_token: Secret::new(String::new()),
        uses_pasted: false,
        server: Server::default(),
        offer: None,
    }
}

fn upload_to(profile: &ProfileId) -> SendRequest {
    SendRequest {
        profile: profile.clone(),
        place: place("acme", ""),
        files: vec![OfferedFile { name: "b".into(), size: 10, path: "b".into() }],
        if_taken: IfTaken::KeepBoth,
        taken: BTreeSet::new(),
        expiry: Expiry::For(60),
        disposition: Disposition::Attachment,
    }
}

fn organisation() -> Organisation {
    Organisation {
        start_url: "https://acme.awsapps.com/start".into(),
        region: "eu-central-1".into(),
        session: None,
    }
}

fn role(name: &str) -> NewConnection {
    let way = Way::Role {
        organisation: organisation(),
        account: "123456789012".into(),
        role: "PressOffice".into(),
        server: Server::default(),
    };
    NewConnection { name: name.into(), way, given: Given::default() }
}

#[tokio::test]
async fn a_key_is_checked_by_one_call_kept_in_one_item_and_found_at_the_next_start() {
    let world = World::default();
    let app = world.app(None);
    let profile = app.add_key(form(" Press "), false, false).await.unwrap();
    assert_eq!((profile.name.as_str(), profile.kind), ("Press", ProfileKind::AccessKey));
    assert_eq!(world.connect.ways.lock().unwrap().len(), 1, "connected once, to see whether it works");

    let items = world.vault.items();
    let holding: Vec<_> = items.values().filter(|text| text.contains(SECRET)).collect();
    assert_eq!(holding.len(), 1);
    assert_eq!(items.len(), 2, "the connection, and the list of all: {:?}", items.keys());

    let later = world.app(None);
    let found = later.profiles().await.0;
    assert_eq!(found[0].id, profile.id);
    later.connect(&profile.id, false, None).await.unwrap();
    let (way, name) = world.connect.ways.lock().unwrap().last().cloned().unwrap();
    let Way::Key { key, .. } = way else { panic!("a key") };
    assert_eq!((key.secret_access_key.reveal().as_str(), name.as_str()), (SECRET, "Press"));
}

#[tokio::test]
async fn a_key_that_the_server_refuses_is_not_kept() {
    let world = World::default();
    *world.store.identity.lock().unwrap() = Err(Kind::CredentialsRefused { profile: "Press".into() });
    let app = world.app(None);
    let refused = app.add_key(form("Press"), false, false).await.unwrap_err().into_kind();
    assert_eq!(refused, Kind::CredentialsRefused { profile: "Press".into() });
    assert!(world.vault.items().is_empty());
    assert_eq!(app.profiles().await.0.len(), 1, "only that of the files");
}

#[tokio::test]
async fn a_keyring_that_does_not_keep_is_told_apart_and_the_session_goes_on_without() {
    for (refusal, kind) in [
        (VaultRefusal::Locked, Kind::KeyringLocked),
        (VaultRefusal::Missing, Kind::KeyringMissing),
        (VaultRefusal::Refused, Kind::KeyringRefused),
    ] {
        let world = World::default();
        world.vault.refuse(refusal);
        let app = world.app(None);
        assert_eq!(app.add_key(form("Press"), false, false).await.unwrap_err().into_kind(), kind);
        assert_eq!(app.profiles().await.0.len(), 1, "what is not kept is not there");
        let profile = app.add_key(form("Press"), true, false).await.unwrap();
        assert!(app.is_for_session(&profile.id));
        app.connect(&profile.id, false, None).await.unwrap();
        world.vault.open();
        app.remember(&profile.id, None).await;
        assert!(world.vault.items().is_empty(), "for this session means nowhere");
        assert_eq!(world.app(None).profiles().await.0.len(), 1);
    }
}

#[tokio::test]
async fn a_token_that_no_item_holds_is_refused_whole() {
    let world = World::default();
    let app = world.app(None);
    let long = KeyForm { session_token: Secret::new("t".repeat(2_500)), ..form("Press") };
    let refused = app.add_key(long.clone(), false, false).await.unwrap_err().into_kind();
    assert_eq!(refused, Kind::TooLongToKeep { limit: 2_560 });
    assert!(world.vault.items().is_empty());
    assert!(app.add_key(long, true, false).await.is_ok(), "for this session it does");
}

#[tokio::test]
async fn a_pasted_key_fills_what_is_not_typed_and_is_used_once() {
    let world = World::default();
    let app = world.app(None);
    let block =
        format!("export AWS_ACCESS_KEY_ID=ASIAIOSFODNN7EXAMPLE\nexport AWS_SECRET_ACCESS_KEY={SECRET}\n");
    let token = format!("{block}export AWS_SESSION_TOKEN=IQoJtoken\n");
    assert!(app.take_pasted(&Secret::new("nothing of the kind".into())).is_none());
    assert!(app.take_pasted(&Secret::new(token)).is_some());
    let empty = KeyForm {
        access_key_id: String::new(),
        secret_access_key: Secret::new(String::new()),
        uses_pasted: true,
        ..form("Press")
    };
    let profile = app.add_key(empty.clone(), false, false).await.unwrap();
    assert_eq!(profile.kind, ProfileKind::Session);
    let again = app.add_key(empty, false, false).await.unwrap_err().into_kind();
    assert_eq!(again, Kind::KeyIncomplete, "what was pasted is gone once it is used");
}

#[tokio::test]
async fn names_stay_apart_and_show_what_they_are() {
    let world = World::default();
    let app = world.app(None);
    app.add_key(form("Press"), false, false).await.unwrap();
    assert_eq!(app.add_key(form("Press"), false, false).await.unwrap().name, "Press (2)");
    for name in ["", "  ", "a\u{202e}b", &"x".repeat(61)] {
        let refused = app.add_key(form(name), false, false).await.unwrap_err();
        assert!(matches!(refused.kind(), Kind::NameInvalid { .. }), "{name:?}");
    }
}

#[tokio::test]
async fn a_sign_in_is_seen_on_the_connection_and_ends_with_it() {
    let world = World::default();
    let app = world.app(None);
    app.sign_in(&organisation(), SignInBy::Browser, &|_| ()).await.unwrap();
    let profile = app.add_connection(role("Press"), false, false).await.unwrap();
    let end = "2026-11-23T21:04:00Z".parse().unwrap();
    assert_eq!(profile.standing, Standing::Until(end));

    let soon = "2026-11-23T18:00:00Z".parse().unwrap();
    *world.store.credentials_end.lock().unwrap() = CredentialsEnd::At(soon);
    let connection = app.connect(&profile.id, false, None).await.unwrap();
    assert_eq!(connection.signed_in.until, CredentialsEnd::At(end), "the role is renewed silently until then");
    assert_eq!(connection.signed_in.credentials_end, CredentialsEnd::At(soon), "links are not");

    app.sign_out(&profile.id).await.unwrap();
    assert_eq!(app.profiles().await.0[0].standing, Standing::SignedOut);
}

#[tokio::test]
async fn a_removed_connection_leaves_nothing() {
    let world = World::default();
    world.store.fill("acme", &["a"]);
    let app = world.app(None);
    app.sign_in(&organisation(), SignInBy::Device, &|_| ()).await.unwrap();
    let profile = app.add_connection(role("Press"), false, true).await.unwrap().id;
    app.connect(&profile, false, None).await.unwrap();
    app.add_place(&profile, "acme").await.unwrap();
    app.remember(&profile, Some(&place("acme", ""))).await;
    world.store.gate.forget_permits(1_000);
    app.send(upload_to(&profile)).await.unwrap();

    let forgotten = app.forget_connection(&profile).await.unwrap();
    assert_eq!(forgotten.keyring_items, 2, "the connection with its places, and the selection");
    assert_eq!((forgotten.transfers, forgotten.signed_out), (1, true));
    let items = world.vault.items();
    assert!(!items.values().any(|text| text.contains(&profile.to_string())), "{items:?}");
    assert!(world.journal.transfers().await.unwrap().is_empty(), "no upload is written down");
    assert!(app.transfers().watch().borrow().is_empty());
    let gone = app.connect(&profile, false, None).await.unwrap_err().into_kind();
    assert!(matches!(gone, Kind::ProfileMissing { .. }));
}

#[tokio::test]
async fn a_removed_connection_has_its_tasks_stopped_before_they_lose_their_way() {
    let world = World::default();
    world.store.fill("acme", &["a/1", "a/2", "a/3"]);
    world.store.tending.gate.forget_permits(1_000_000);
    let app = world.app(None);
    let profile = app.add_key(form("Press"), false, false).await.unwrap().id;
    let bucket = BucketName::parse("acme").unwrap();
    let folder = Entry::Folder(Prefix::parse("a/").unwrap());
    app.rename(&profile, &bucket, folder, "b").await.unwrap();
    let mut tasks = app.tasks().watch();
    tasks.wait_for(|all| all[0].state == TaskState::Running).await.unwrap();
    let forgetting = app.forget_connection(&profile);
    let copying = async { world.store.tending.gate.add_permits(3) };
    let (forgotten, ()) = tokio::join!(forgetting, copying);
    forgotten.unwrap();
    assert!(app.tasks().watch().borrow().is_empty());
    let mut names: Vec<_> = world.store.keys("acme").iter().map(|key| key[2..].to_owned()).collect();
    names.sort();
    assert_eq!(names, ["1", "2", "3"], "each file once: {:?}", world.store.keys("acme"));
}

#[tokio::test]
async fn a_sign_in_that_something_else_uses_stays() {
    let world = World::default();
    let app = world.app(None);
    app.sign_in(&organisation(), SignInBy::Browser, &|_| ()).await.unwrap();
    let first = app.add_connection(role("Press"), false, false).await.unwrap().id;
    let second = app.add_connection(role("Video"), false, false).await.unwrap().id;
    assert!(!app.forget_connection(&first).await.unwrap().signed_out);
    assert!(app.forget_connection(&second).await.unwrap().signed_out);
}

#[tokio::test]
async fn a_locked_keyring_keeps_the_connection_that_was_to_go() {
    let world = World::default();
    let app = world.app(None);
    let profile = app.add_key(form("Press"), false, false).await.unwrap().id;
    world.store.fill("acme", &[]);
    world.store.gate.forget_permits(1_000);
    app.send(upload_to(&profile)).await.unwrap();
    world.vault.refuse(VaultRefusal::Locked);
    let refused = app.forget_connection(&profile).await.unwrap_err().into_kind();
    assert_eq!(refused, Kind::KeyringLocked);
    assert_eq!(app.transfers().watch().borrow().len(), 1, "its uploads go on");
    world.vault.open();
    assert_eq!(world.app(None).profiles().await.0[0].id, profile, "and it can be tried again");
}

#[tokio::test]
async fn a_file_of_it_gives_places_and_limits_and_its_key_is_asked_for() {
    let world = World::default();
    world.store.fill("acme", &["2026/a", "b"]);
    let app = world.app(None);
    let offer = app.offer_connection(FILE.as_bytes(), "acme.guestpass").unwrap();
    let refused = app.accept_connection(offer.id, None, None, false).await.unwrap_err().into_kind();
    assert_eq!(refused, Kind::KeyIncomplete);
    let with_offer = KeyForm { offer: Some(offer.id), server: offer.file.server, ..form(&offer.file.name) };
    let profile = app.add_key(with_offer, false, false).await.unwrap();

    let later = world.app(None);
    let connection = later.connect(&profile.id, false, None).await.unwrap();
    assert_eq!(connection.usual_seconds, Some(43_200));
    assert_eq!(connection.limits.longest_seconds, Some(86_400));
    let places = later.places(&profile.id).await.unwrap().places;
    assert_eq!((&places[0].place, places[0].origin), (&place("acme", "2026/"), Origin::Given));
    let end = later.link_end(&profile.id, Expiry::For(604_800)).await.unwrap();
    assert_eq!(end.limited_by, guestpass_core::LimitedBy::Policy);
    assert_eq!(
        later.accept_connection(offer.id, None, None, false).await.unwrap_err().into_kind(),
        Kind::DropGone
    );
}

#[tokio::test]
async fn the_policy_s_limits_hold_besides_those_of_the_file() {
    let world = World::default();
    let limits = Limits { longest_seconds: Some(3_600), ..Limits::default() };
    world.policy.set(Ok(Policy { limits, ..Policy::default() }));
    let app = world.app(None);
    let offer = app.offer_connection(FILE.as_bytes(), "acme.guestpass").unwrap();
    let with_offer = KeyForm { offer: Some(offer.id), ..form("Press") };
    let profile = app.add_key(with_offer, false, false).await.unwrap().id;
    assert_eq!(app.limits(&profile).await.unwrap().longest_seconds, Some(3_600));
}

#[tokio::test]
async fn where_it_allows_no_access_keys_none_signs_wherever_it_comes_from() {
    let world = World::default();
    world.policy.set(Ok(Policy { access_keys: false, ..Policy::default() }));
    let app = world.app(None);
    let forbidden = Kind::Forbidden { rule: Rule::AccessKeys, allowed: None };
    assert_eq!(app.add_key(form("Press"), false, false).await.unwrap_err().into_kind(), forbidden);
    let marketing = ProfileId::Aws("Marketing".into());
    assert_eq!(app.connect(&marketing, false, None).await.unwrap_err().into_kind(), forbidden);
    let end = "2026-11-23T18:00:00Z".parse().unwrap();
    *world.store.credentials_end.lock().unwrap() = CredentialsEnd::At(end);
    app.connect(&marketing, false, None).await.unwrap();
}

#[tokio::test]
async fn files_that_cannot_be_read_do_not_lock_out_what_was_set_up_here() {
    let world = World::default();
    let press = world.app(None).add_key(form("Press"), false, false).await.unwrap().id;
    world.files_trouble.set(Kind::ProfilesUnreadable { path: "~/.aws/config".into() });
    let later = world.app(None);
    let (found, files) = later.profiles().await;
    assert!(found.iter().any(|profile| profile.id == press) && files.is_err(), "and that is told");
    later.connect(&press, false, None).await.unwrap();
}

#[tokio::test]
async fn a_name_on_the_command_line_means_the_files_first() {
    let world = World::default();
    let app = world.app(None);
    let press = app.add_key(form("Press"), false, false).await.unwrap().id;
    app.add_key(form("Marketing"), false, false).await.unwrap();
    assert_eq!(app.meant_by(&ProfileId::Aws("Press".into())).await, press);
    for name in ["Marketing", "nobody"] {
        assert_eq!(app.meant_by(&ProfileId::Aws(name.into())).await, ProfileId::Aws(name.into()));
    }
}

#[tokio::test]
async fn an_upload_waits_for_a_sign_in_that_has_ended_and_goes_on_after_the_next() {
    let world = World::default();
    world.store.fill("acme", &[]);
    let marketing = ProfileId::Aws("Marketing".into());
    for kind in [
        Kind::CredentialsEnded { profile: "Marketing".into() },
        Kind::CodeNeeded { profile: "Marketing".into() },
    ] {
        *world.store.put_refusal.lock().unwrap() = Some(("b".into(), kind, 1));
        let app = world.app(None);
        app.connect(&marketing, false, None).await.unwrap();
        let mut watch = app.transfers().watch();
        let again = (IfTaken::Replace, BTreeSet::from(["b".to_owned()]));
        let upload = SendRequest { if_taken: again.0, taken: again.1, ..upload_to(&marketing) };
        app.send(upload).await.unwrap();
        let waits = |all: &Vec<Transfer>| all.iter().any(|one| one.state == TransferState::Waiting);
        watch.wait_for(waits).await.unwrap();
        app.connect(&marketing, false, None).await.unwrap();
        let done = |all: &Vec<Transfer>| all.iter().any(|one| one.state == TransferState::Finished);
        watch.wait_for(done).await.unwrap();
    }
}

#[tokio::test]
async fn a_list_that_is_not_known_is_never_written_over() {
    let world = World::default();
    world.app(None).add_key(form("Press"), false, false).await.unwrap();
    let before = world.vault.items();
    world.vault.refuse(VaultRefusal::Locked);
    let later = world.app(None);
    assert_eq!(later.profiles().await.0.len(), 1, "it is not known");
    let refused = later.add_key(form("Video"), false, false).await.unwrap_err().into_kind();
    assert_eq!(refused, Kind::KeyringLocked);
    world.vault.open();
    assert_eq!(world.vault.items(), before);
    later.add_key(form("Video"), false, false).await.unwrap();
    assert_eq!(world.app(None).profiles().await.0.len(), 3, "both, and that of the files");

    let nonsense = Secret::new("[\"of a later version\"]".to_owned());
    world.vault.save("connections", &nonsense).await.unwrap();
    let refused = world.app(None).add_key(form("Third"), false, false).await.unwrap_err().into_kind();
    assert_eq!(refused, Kind::KeyringRefused);
    assert_eq!(world.vault.items()["connections"], *nonsense.reveal());
}

#[tokio::test]
async fn a_policy_that_forbids_access_keys_counts_for_what_is_connected_already() {
    let world = World::default();
    world.store.fill("acme", &["a"]);
    let app = world.app(None);
    let press = app.add_key(form("Press"), false, false).await.unwrap().id;
    app.connect(&press, false, None).await.unwrap();
    world.policy.set(Ok(Policy { access_keys: false, ..Policy::default() }));
    let forbidden = Kind::Forbidden { rule: Rule::AccessKeys, allowed: None };
    let refused = app.list(&press, &place("acme", ""), None, false).await.unwrap_err().into_kind();
    assert_eq!(refused, forbidden);
}

#[tokio::test]
async fn what_is_for_the_session_is_written_down_nowhere() {
    let world = World::default();
    world.store.fill("acme", &[]);
    world.store.gate.forget_permits(1_000);
    let app = world.app(None);
    let press = app.add_key(form("Press"), true, true).await.unwrap().id;
    app.set_private_clipboard(true).await;
    app.send(upload_to(&press)).await.unwrap();
    assert!(world.journal.transfers().await.unwrap().is_empty());
    assert!(!world.vault.items().values().any(|text| text.contains("own:")), "{:?}", world.vault.items());
}

#[tokio::test]
async fn who_signs_in_next_does_not_go_on_as_the_one_before() {
    let world = World::default();
    let app = world.app(None);
    app.sign_in(&organisation(), SignInBy::Browser, &|_| ()).await.unwrap();
    let press = app.add_connection(role("Press"), false, false).await.unwrap().id;
    app.connect(&press, false, None).await.unwrap();
    let connected = world.connect.ways.lock().unwrap().len();
    app.sign_in(&organisation(), SignInBy::Browser, &|_| ()).await.unwrap();
    app.signed_in(&press).await.unwrap();
    assert_eq!(world.connect.ways.lock().unwrap().len(), connected + 1, "with the new sign-in");
}
