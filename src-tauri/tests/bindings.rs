//! The window's view of the commands is generated; this holds the file to the code.
//!
//! After a change to a command or a type of the wire: `UPDATE_BINDINGS=1 cargo test -p guestpass --test bindings`.

use std::path::Path;

use guestpass_app::commands;
use specta_typescript::Typescript;

const HEADER: &str = "// Generated from src-tauri/src/commands.rs and src-tauri/src/ipc; src-tauri/tests/bindings.rs says how.\n";

#[test]
fn generated_bindings_are_fresh() {
    let folder = tempfile::tempdir().unwrap();
    let fresh = folder.path().join("bindings.ts");
    let language = Typescript::default().header(HEADER);
    commands::register::<tauri::Wry>().export(language, &fresh).unwrap();
    let fresh = std::fs::read_to_string(fresh).unwrap();

    let kept = Path::new(env!("CARGO_MANIFEST_DIR")).join("../ui/src/ipc/bindings.ts");
    if std::env::var_os("UPDATE_BINDINGS").is_some() {
        std::fs::write(&kept, &fresh).unwrap();
    }
    let kept = std::fs::read_to_string(&kept).unwrap_or_default();
    assert!(
        kept == fresh,
        "ui/src/ipc/bindings.ts is stale: UPDATE_BINDINGS=1 cargo test -p guestpass --test bindings"
    );
}

#[test]
fn every_command_is_permitted_one_by_one() {
    let read = |file: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join(file)).unwrap();
    let bindings = read("../ui/src/ipc/bindings.ts");
    let (build, capability) = (read("build.rs"), read("capabilities/main.json"));
    let invoked = bindings.split("__TAURI_INVOKE<").skip(1);
    let commands: Vec<&str> = invoked.filter_map(|rest| rest.split_once(">(\"")?.1.split('"').next()).collect();
    assert!(commands.len() > 10, "the generated file has another shape than this test reads");
    for command in &commands {
        assert!(build.contains(&format!("\"{command}\"")), "build.rs does not name {command}");
        let permission = format!("\"allow-{}\"", command.replace('_', "-"));
        assert!(capability.contains(&permission), "capabilities/main.json does not allow {command}");
    }
    let allowed = capability.matches("\"allow-").count();
    assert_eq!(allowed, commands.len(), "capabilities/main.json allows what is no command");
}
