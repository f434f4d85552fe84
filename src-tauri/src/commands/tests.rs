//! Every command through Tauri's mock runtime: the window's side of the wire, without a window.

use std::path::PathBuf;
use std::sync::mpsc;
use std::time::Duration;

use guestpass_core::Kind;
use guestpass_core::app::App;
use guestpass_testkit::memory::World;
use serde_json::{Value, json};
use tauri::ipc::{CallbackFn, Channel, InvokeBody, InvokeResponseBody};
use tauri::test::{INVOKE_KEY, MockRuntime, get_ipc_response, mock_builder, mock_context, noop_assets};
use tauri::webview::InvokeRequest;
use tauri::{Manager, WebviewWindow, WebviewWindowBuilder};

use crate::desktop::Desktop;
use crate::draw::Drawers;
use crate::drops::Drops;
use crate::ipc::TransferEvent;
use crate::previews::Previews;
use crate::window::{Chooser, NoPanel, Watchers, manage};

struct Shell {
    window: WebviewWindow<MockRuntime>,
    _tauri: tauri::App<MockRuntime>,
}

impl Shell {
    fn over(world: &World, chosen: Option<Vec<PathBuf>>) -> Self {
        let tauri = mock_builder()
            .invoke_handler(super::register::<MockRuntime>().invoke_handler())
            .build(mock_context(noop_assets()))
            .unwrap();
        let (chooser, desktop) = (Chooser::always(chosen), Desktop::bare(Some(BLOCK)));
        let previews = Previews::of(Drawers::of_this_app());
        manage(&tauri, world.app(None), chooser, desktop, Box::new(NoPanel), previews);
        let window = WebviewWindowBuilder::new(&tauri, "main", Default::default()).build().unwrap();
        Self { window, _tauri: tauri }
    }

    fn call(&self, command: &str, arguments: Value) -> Result<Value, Value> {
        let request = InvokeRequest {
            cmd: command.into(),
            callback: CallbackFn(0),
            error: CallbackFn(1),
            url: "tauri://localhost".parse().unwrap(),
            body: InvokeBody::Json(arguments),
            headers: Default::default(),
            invoke_key: INVOKE_KEY.to_owned(),
        };
        get_ipc_response(&self.window, request).map(|body| body.deserialize().unwrap())
    }
}

fn world() -> World {
    let world = World::default();
    world.store.fill("acme", &["2026/film.mp4", "letter.pdf"]);
    world
}

const MARKETING: &str = "aws:Marketing";
/// What is on the clipboard.
const BLOCK: &str = "export AWS_ACCESS_KEY_ID=AKIAIOSFODNN7EXAMPLE\nexport AWS_SECRET_ACCESS_KEY=wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY";

#[test]
fn a_profile_is_found_taken_and_recalled() {
    let shell = Shell::over(&world(), None);
    assert_eq!(shell.call("profiles", json!({})).unwrap()["profiles"][0]["id"], MARKETING);
    let connection =
        shell.call("connect", json!({ "profile": MARKETING, "insistsOnHttp": false, "code": null })).unwrap();
    assert_eq!(connection["credentialsEnd"], json!({ "kind": "never" }));
    assert_eq!(connection["memory"], "kept");
    let place = json!({ "bucket": "acme", "prefix": "2026/" });
    assert_eq!(shell.call("remember_place", json!({ "profile": MARKETING, "place": place })).unwrap(), "kept");
    let recalled = shell.call("recall", json!({})).unwrap();
    assert_eq!(recalled, json!({ "profile": MARKETING, "place": place, "memory": "kept" }));
}

#[test]
fn a_folder_is_opened_looked_through_and_closed() {
    let shell = Shell::over(&world(), None);
    let shown = |search| json!({ "sort": "name", "descending": false, "search": search, "locale": "en" });
    let place = json!({ "bucket": "acme", "prefix": "" });
    let opening = json!({ "profile": MARKETING, "place": place, "depth": "here", "arrangement": shown(""),
        "onState": CHANNEL });
    let id = shell.call("open_folder", opening).unwrap();
    let arrange = || shell.call("arrange_folder", json!({ "id": id, "arrangement": shown("") })).unwrap();
    let read = std::iter::repeat_with(arrange).take(10_000).find(|state| state["isComplete"] == true);
    assert_eq!(read.expect("the folder is read")["shown"], 2);
    let rows = shell.call("folder_rows", json!({ "id": id, "from": 0, "count": 10 })).unwrap();
    assert_eq!(
        rows["rows"][0],
        json!({ "entry": { "kind": "folder", "prefix": "2026/", "name": "2026" }, "isSelected": false })
    );
    assert_eq!(rows["rows"][1]["entry"]["size"], 7);
    let file = json!({ "kind": "object", "key": rows["rows"][1]["entry"]["key"] });
    let chosen = shell.call("select_rows", json!({ "id": id, "act": { "act": "only", "row": file } })).unwrap();
    assert_eq!((&chosen["selection"]["files"], &chosen["selection"]["bytes"]), (&json!(1), &json!(7)));
    assert_eq!(
        shell.call("selected_rows", json!({ "id": id })).unwrap()["entries"],
        json!([rows["rows"][1]["entry"]])
    );
    assert_eq!(shell.call("find_row", json!({ "id": id, "row": file })).unwrap(), 1);
    assert_eq!(shell.call("type_ahead", json!({ "id": id, "text": "20", "from": 1 })).unwrap(), 0);
    shell.call("reload_folder", json!({ "id": id })).unwrap();
    shell.call("stop_folder", json!({ "id": id })).unwrap();
    shell.call("close_folder", json!({ "id": id })).unwrap();
    assert!(shell.call("folder_rows", json!({ "id": id, "from": 0, "count": 10 })).is_err());
    let led = shell.call("destination", json!({ "profile": MARKETING, "address": "s3://acme/2026/" })).unwrap();
    assert_eq!(led, json!({ "place": { "bucket": "acme", "prefix": "2026/" }, "key": null }));
}

#[test]
fn places_are_listed_added_and_removed() {
    let shell = Shell::over(&world(), None);
    let places = || shell.call("places", json!({ "profile": MARKETING })).unwrap();
    assert_eq!(
        places(),
        json!({ "places": [{ "place": { "bucket": "acme", "prefix": "" }, "origin": "listed" }], "mayList": true })
    );
    let added = shell.call("add_place", json!({ "profile": MARKETING, "address": "s3://acme/2026/film.mp4" }));
    assert_eq!(added.unwrap(), json!({ "bucket": "acme", "prefix": "2026/" }));
    let folder = json!({ "bucket": "acme", "prefix": "2026/" });
    shell.call("pin_place", json!({ "profile": MARKETING, "place": folder })).unwrap();
    assert_eq!(places()["places"][1], json!({ "place": folder, "origin": "added" }));
    shell.call("remove_place", json!({ "profile": MARKETING, "place": folder })).unwrap();
    assert_eq!(places()["places"].as_array().unwrap().len(), 1);
}

#[test]
fn an_error_crosses_as_a_code_with_parameters() {
    let shell = Shell::over(&world(), None);
    let refused = shell.call("add_place", json!({ "profile": MARKETING, "address": "no such place" }));
    let expected = json!({
        "code": "addressInvalid", "params": { "address": "no such place" }, "detail": null, "reference": null,
    });
    assert_eq!(refused.unwrap_err(), expected);
    let unknown = shell
        .call("connect", json!({ "profile": "nonsense", "insistsOnHttp": false, "code": null }))
        .unwrap_err();
    assert_eq!(unknown["code"], "profileMissing");
    let past =
        shell.call("link_end", json!({ "profile": MARKETING, "expiry": { "kind": "for", "seconds": 0 } }));
    assert_eq!(past.unwrap_err()["code"], "expiryPast");
}

#[test]
fn files_are_asked_for_and_settings_are_kept() {
    let world = world();
    let shell = Shell::over(&world, None);
    let request = json!({
        "profile": MARKETING, "place": { "bucket": "acme", "prefix": "in/" }, "title": "Photos",
        "expiry": { "kind": "for", "seconds": 3600 }, "maxBytes": 1_000_000,
    });
    let link = shell.call("copy_upload_link", json!({ "request": request })).unwrap();
    assert!(link["folder"]["prefix"].as_str().unwrap().starts_with("in/Photos "));
    assert_eq!(world.clipboard.text().unwrap(), link["url"].as_str().unwrap());
    shell.call("set_private_clipboard", json!({ "privateClipboard": true })).unwrap();
    assert_eq!(shell.call("settings", json!({})).unwrap(), json!({ "privateClipboard": true }));
}

#[test]
fn a_file_is_looked_at_under_a_name_that_is_given_back() {
    let world = world();
    world.store.write("acme", "note.txt", "hello");
    let shell = Shell::over(&world, None);
    let file = json!({ "profile": MARKETING, "bucket": "acme", "key": "note.txt" });
    let look = shell.call("look", file).unwrap();
    assert_eq!(
        (&look["details"]["size"], &look["details"]["address"]),
        (&json!(5), &json!("s3://acme/note.txt"))
    );
    assert_eq!(look["sight"]["kind"], "text");
    let id = json!({ "id": look["sight"]["id"] });
    let beginning = json!({ "text": "hello", "isCut": false });
    assert_eq!(shell.call("preview_text", id.clone()).unwrap(), beginning);
    assert_eq!(shell.call("preview_trouble", id.clone()).unwrap(), Value::Null);
    let playing = json!({ "id": look["sight"]["id"], "isPlaying": true, "seconds": null });
    shell.call("follow_playing", playing).unwrap();
    let row = |key: &str| json!({ "key": key, "size": 5, "modifiedAt": null, "storageClass": null });
    let rows = json!({ "profile": MARKETING, "bucket": "acme", "files": [row("a.png"), row("note.txt")] });
    let small = shell.call("thumbnails", rows).unwrap();
    assert!(small[0]["url"].as_str().unwrap().ends_with(small[0]["id"].as_str().unwrap()));
    assert_eq!(small[1], Value::Null);
    shell.call("forget_previews", json!({ "ids": [look["sight"]["id"]] })).unwrap();
    assert_eq!(shell.call("preview_text", id).unwrap_err()["code"], "cancelled");
    let other = json!({ "profile": MARKETING, "bucket": "acme", "key": "letter.pdf" });
    assert_eq!(shell.call("look", other).unwrap()["sight"]["kind"], "page");
}

#[test]
fn a_click_makes_a_link_and_copies_it() {
    let world = world();
    let shell = Shell::over(&world, None);
    let expiry = json!({ "kind": "for", "seconds": 3600 });
    let end = shell.call("link_end", json!({ "profile": MARKETING, "expiry": expiry })).unwrap();
    assert_eq!(end["limitedBy"], "chosen");
    let options = json!({
        "expiry": expiry, "disposition": "inline", "showsActive": false, "pinned": false, "pays": false,
    });
    let request = json!({ "profile": MARKETING, "bucket": "acme", "key": "letter.pdf", "options": options });
    let link = shell.call("copy_link", json!({ "request": request })).unwrap();
    assert_eq!((&link["copied"], &link["checked"], &link["end"]), (&json!(true), &json!("opens"), &end));
    assert_eq!(world.clipboard.text().unwrap(), link["url"].as_str().unwrap());

    let many = json!({
        "profile": MARKETING, "bucket": "acme", "keys": ["letter.pdf", "..", "2026/film.mp4"], "options": options,
    });
    let links = shell.call("copy_links", json!({ "request": many, "onDone": "__CHANNEL__:7" })).unwrap();
    assert_eq!((links["made"].as_array().unwrap().len(), &links["copied"]), (2, &json!(true)));
    assert_eq!(links["failed"][0]["error"]["code"], "keyNotLinkable");
    assert_eq!(world.clipboard.text().unwrap().lines().count(), 2);
    shell.call("stop_links", json!({})).unwrap();

    shell.call("copy_link_to_copy", json!({ "request": request })).unwrap();
    assert!(world.store.keys("acme").contains(&"letter (2).pdf".to_owned()));
    shell.call("bring_back", json!({ "request": request })).unwrap();
    shell.call("copy_text", json!({ "text": "for IT" })).unwrap();
    assert_eq!(world.clipboard.text().unwrap(), "for IT");
}

#[test]
fn chosen_files_are_sent_by_id_and_never_twice() {
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("new.txt");
    std::fs::write(&file, "hello").unwrap();
    let world = world();
    let shell = Shell::over(&world, Some(vec![file]));
    let (tell, told) = mpsc::channel();
    let channel = Channel::<TransferEvent>::new(move |body| {
        let InvokeResponseBody::Json(text) = body else { panic!("not JSON") };
        tell.send(serde_json::from_str::<Value>(&text).unwrap()).unwrap();
        Ok(())
    });
    shell.window.state::<Watchers>().watch(shell.window.state::<App>().transfers().watch(), channel);
    let next = || told.recv_timeout(Duration::from_secs(10)).unwrap();
    assert_eq!(next(), json!({ "kind": "snapshot", "transfers": [] }));

    let drop = shell.call("choose_files", json!({})).unwrap();
    assert_eq!(drop["files"], json!([{ "name": "new.txt", "size": 5 }]));
    let place = json!({ "bucket": "acme", "prefix": "" });
    let taken =
        shell.call("taken", json!({ "profile": MARKETING, "place": place, "drop": drop["id"] })).unwrap();
    assert_eq!(taken, json!({ "count": 0, "names": [] }));
    let request = json!({
        "drop": drop["id"], "ifTaken": "keepBoth", "profile": MARKETING, "place": { "bucket": "acme", "prefix": "" },
        "expiry": { "kind": "for", "seconds": 3600 }, "disposition": "attachment",
    });
    let id = shell.call("send", json!({ "request": request })).unwrap();
    let ended = std::iter::repeat_with(next).find(|event| event["transfer"]["state"] == "finished").unwrap();
    assert_eq!(ended["transfer"]["id"], id);
    assert_eq!(ended["transfer"]["sent"][0]["name"], "new.txt");
    assert!(!ended.to_string().contains("memory://"), "the URL stays in the app");
    assert_eq!(world.store.keys("acme"), ["2026/film.mp4", "letter.pdf", "new.txt"]);
    for command in ["cancel_transfer", "pause_transfer", "resume_transfer"] {
        shell.call(command, json!({ "id": id })).unwrap();
    }
    shell.call("forget_transfer", json!({ "id": id })).unwrap();
    std::iter::repeat_with(next).find(|event| event["transfers"] == json!([])).unwrap();

    assert_eq!(shell.call("send", json!({ "request": request })).unwrap_err()["code"], "dropGone");
}

#[test]
fn folders_are_made_and_nothing_is_left_over() {
    let world = world();
    let shell = Shell::over(&world, Some(Vec::new()));
    let place = json!({ "bucket": "acme", "prefix": "2026/" });
    shell.call("make_folders", json!({ "profile": MARKETING, "place": place, "names": ["to come"] })).unwrap();
    assert!(world.store.keys("acme").contains(&"2026/to come/".to_owned()));
    assert_eq!(shell.call("leftovers", json!({})).unwrap(), 0);
    assert!(shell.call("remove_leftovers", json!({})).unwrap().is_null());
    assert_eq!(shell.call("choose_folder", json!({})).unwrap()["files"], json!([]));
    assert_eq!(shell.call("paste", json!({ "pictureName": "x.png" })).unwrap()["files"], json!([]));
    shell.call("leave", json!({ "how": "background" })).unwrap();
    assert_eq!(shell.call("has_tray", json!({})).unwrap(), false);
    let words = json!({ "tooltip": "Guestpass: uploading", "open": "Open", "quit": "Quit" });
    assert_eq!(shell.call("tell_tray", json!({ "words": words })).unwrap(), false);
}

#[test]
fn a_closed_dialog_offers_nothing() {
    let shell = Shell::over(&world(), None);
    assert_eq!(shell.call("choose_files", json!({})).unwrap(), Value::Null);
    assert_eq!(shell.window.state::<Drops>().take(1).unwrap_err().into_kind(), Kind::DropGone);
}

/// A channel of the window. Nobody listens here: the window's own script would.
const CHANNEL: &str = "__CHANNEL__:1";

fn organisation() -> Value {
    json!({ "startUrl": "https://acme.awsapps.com/start", "region": "eu-central-1", "session": null })
}

#[test]
fn a_pasted_key_becomes_a_connection_without_its_secret_crossing() {
    let shell = Shell::over(&world(), None);
    let pasted = shell.call("paste_key", json!({})).unwrap();
    let nothing = Value::Null;
    let shown = json!({ "accessKeyId": "AKIA…MPLE", "hasSecret": true, "hasToken": false,
        "region": nothing, "endpoint": nothing });
    assert_eq!(pasted, shown);
    let key = json!({ "name": "Press", "accessKeyId": "", "secretAccessKey": "", "sessionToken": "",
        "usesPasted": true, "endpoint": "", "region": nothing, "addressing": "auto",
        "insistsOnHttp": false, "offer": nothing });
    let profile = shell.call("add_key", json!({ "key": key, "sessionOnly": false })).unwrap();
    assert_eq!(
        (&profile["name"], &profile["isOwn"], &profile["standing"]["kind"]),
        (&json!("Press"), &json!(true), &json!("ready"))
    );
    assert!(!profile.to_string().contains("wJalr"));
    let forgotten = shell.call("forget_connection", json!({ "profile": profile["id"] })).unwrap();
    assert_eq!(forgotten, json!({ "keyringItems": 1, "transfers": 0, "signedOut": false }));
}

#[test]
fn a_sign_in_leads_to_a_role() {
    let shell = Shell::over(&world(), None);
    let request = json!({ "organisation": organisation(), "how": "device", "onInvite": CHANNEL });
    shell.call("sign_in", request).unwrap();
    let accounts = shell.call("accounts", json!({ "organisation": organisation() })).unwrap();
    assert_eq!(accounts, json!([{ "id": "123456789012", "name": "Press" }]));
    let roles = json!({ "organisation": organisation(), "account": "123456789012" });
    assert_eq!(shell.call("roles", roles).unwrap(), json!(["PressOffice", "ReadOnly"]));
    let role = json!({ "name": "Press", "organisation": organisation(), "account": "123456789012",
        "role": "PressOffice", "region": "eu-west-1" });
    let profile = shell.call("add_role", json!({ "role": role, "sessionOnly": false })).unwrap();
    assert_eq!(profile["standing"]["kind"], "until");
    let signed_in = shell.call("signed_in", json!({ "profile": profile["id"] })).unwrap();
    assert_eq!(signed_in["until"], json!({ "kind": "never" }), "the store behind it has keys that do not end");
    shell.call("sign_out", json!({ "profile": profile["id"] })).unwrap();
    shell.call("stop_sign_in", json!({})).unwrap();
}

#[test]
fn a_file_of_it_is_shown_before_it_is_taken() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("acme.guestpass");
    let text = "guestpass = 1\nname = \"Acme\"\nplaces = [\"s3://acme/2026/\"]\nsign-in = { profile = \"Marketing\" }\n";
    std::fs::write(&path, text).unwrap();
    let shell = Shell::over(&world(), Some(vec![path.clone()]));
    let offer = shell.call("choose_connection_file", json!({})).unwrap();
    assert_eq!(offer["signIn"], json!({ "kind": "profile", "profile": "Marketing" }));
    assert_eq!(offer["places"], json!([{ "bucket": "acme", "prefix": "2026/" }]));
    let taken = json!({ "offer": offer["id"], "account": null, "role": null, "sessionOnly": false });
    let profile = shell.call("accept_connection", taken).unwrap();
    assert_eq!(profile["name"], "Acme");
    std::fs::write(&path, "guestpass = 1\nname = 3\n").unwrap();
    let refused = shell.call("choose_connection_file", json!({})).unwrap_err();
    assert_eq!(refused["code"], "connectionFileInvalid");
    assert_eq!(refused["params"], json!({ "name": "acme.guestpass", "line": 2 }));
}

#[test]
fn an_examination_comes_to_its_end_and_the_policy_is_told() {
    let shell = Shell::over(&world(), None);
    let place = json!({ "bucket": "acme", "prefix": "" });
    let request = json!({ "profile": MARKETING, "place": place, "writes": false, "onFinding": CHANNEL });
    shell.call("examine", request).unwrap();
    let policy = shell.call("policy", json!({})).unwrap();
    assert_eq!((&policy["isSet"], &policy["accessKeys"]), (&json!(false), &json!(true)));
}

#[test]
fn files_are_renamed_moved_deleted_and_saved() {
    let world = world();
    let shell = Shell::over(&world, Some(vec![PathBuf::from("/home/Film.mp4")]));
    let (tell, told) = mpsc::channel();
    let channel = Channel::<crate::ipc::TaskEvent>::new(move |body| {
        let InvokeResponseBody::Json(json) = body else { panic!("an event is JSON") };
        tell.send(serde_json::from_str::<Value>(&json).unwrap()).unwrap();
        Ok(())
    });
    let app = shell.window.state::<App>();
    shell.window.state::<crate::window::TaskWatchers>().watch(app.tasks().watch(), channel);
    let ends = |state: &str| {
        while told.recv_timeout(Duration::from_secs(10)).unwrap()["task"]["state"] != state {}
    };
    let row =
        |key: &str| json!({ "kind": "object", "key": key, "size": 7, "modifiedAt": 0, "storageClass": null });
    let here = |more: Value| {
        let mut all = json!({ "profile": MARKETING, "bucket": "acme" });
        all.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        all
    };
    let rows = |key: &str| json!({ "kind": "rows", "rows": [row(key)] });

    let place = json!({ "bucket": "acme", "prefix": "" });
    let made = shell.call("new_folder", json!({ "profile": MARKETING, "place": place, "name": "in" }));
    assert_eq!(made.unwrap(), json!({ "bucket": "acme", "prefix": "in/" }));
    shell.call("rename_row", here(json!({ "row": row("letter.pdf"), "name": "new.pdf" }))).unwrap();
    ends("finished");
    let to = json!({ "bucket": "acme", "prefix": "in/" });
    shell.call("move_rows", here(json!({ "chosen": rows("new.pdf"), "to": to }))).unwrap();
    ends("finished");
    assert_eq!(world.store.keys("acme"), ["2026/film.mp4", "in/", "in/new.pdf"]);

    let id = shell.call("delete_rows", here(json!({ "chosen": rows("in/new.pdf") }))).unwrap();
    ends("asking");
    shell.call("consent_task", json!({ "id": id })).unwrap();
    ends("finished");
    assert_eq!(world.store.keys("acme"), ["2026/film.mp4", "in/"]);

    shell.call("save_rows", here(json!({ "chosen": rows("2026/film.mp4") }))).unwrap();
    ends("finished");
    assert_eq!(world.disk.bytes("/home/Film.mp4").unwrap().len(), 7);
    for steering in ["pause_task", "resume_task", "cancel_task", "undo_task", "forget_task"] {
        shell.call(steering, json!({ "id": id })).unwrap();
    }
    let closed = shell.call("save_rows", here(json!({ "chosen": { "kind": "selected", "folder": 99 } })));
    assert_eq!(closed.unwrap_err()["code"], "internal");
}
