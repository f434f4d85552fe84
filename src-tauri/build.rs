//! Generates a permission for each command, so that `capabilities/main.json` can allow them one by one.

/// The commands of `src/commands.rs`; a test there holds the two lists together.
const COMMANDS: &[&str] = &[
    "profiles",
    "recall",
    "connect",
    "signed_in",
    "forget_connection",
    "policy",
    "sign_in",
    "stop_sign_in",
    "accounts",
    "roles",
    "add_role",
    "sign_out",
    "paste_key",
    "forget_pasted_key",
    "add_key",
    "choose_connection_file",
    "watch_connection_files",
    "accept_connection",
    "examine",
    "places",
    "add_place",
    "pin_place",
    "remove_place",
    "remember_place",
    "open_folder",
    "arrange_folder",
    "folder_rows",
    "select_rows",
    "selected_rows",
    "find_row",
    "type_ahead",
    "reload_folder",
    "stop_folder",
    "close_folder",
    "destination",
    "recent_places",
    "new_folder",
    "rename_row",
    "move_rows",
    "delete_rows",
    "save_rows",
    "consent_task",
    "undo_task",
    "pause_task",
    "resume_task",
    "cancel_task",
    "forget_task",
    "watch_tasks",
    "look",
    "preview_text",
    "thumbnails",
    "forget_previews",
    "preview_trouble",
    "follow_playing",
    "link_end",
    "copy_link",
    "copy_link_to_copy",
    "copy_links",
    "stop_links",
    "bring_back",
    "copy_text",
    "copy_upload_link",
    "settings",
    "set_private_clipboard",
    "choose_files",
    "choose_folder",
    "paste",
    "taken",
    "make_folders",
    "send",
    "cancel_transfer",
    "pause_transfer",
    "resume_transfer",
    "forget_transfer",
    "leftovers",
    "remove_leftovers",
    "notify",
    "watch_leaving",
    "leave",
    "has_tray",
    "tell_tray",
    "watch_transfers",
    "watch_drops",
];

fn main() {
    // Rust tools must work before the UI is built; such a binary has an empty window, so it is said.
    if !std::path::Path::new("../ui/dist/index.html").exists() {
        println!(
            "cargo::warning=ui/dist is not built: the window will be empty. `cargo xtask run` builds both."
        );
        std::fs::create_dir_all("../ui/dist").expect("ui/ can be written");
    }
    println!("cargo::rerun-if-changed=../ui/dist");
    embed_page();
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .expect("the app's manifest is sound");
}

/// The page for outsiders goes into the binary; like the window's, it may not be built yet.
fn embed_page() {
    let built = "../ui/dist-recipient/request.html";
    println!("cargo::rerun-if-changed={built}");
    let page = std::fs::read_to_string(built).unwrap_or_default();
    if page.is_empty() {
        println!("cargo::warning={built} is not built: pages for uploads will be empty.");
    }
    let out = std::env::var("OUT_DIR").expect("cargo names the folder for what is generated");
    std::fs::write(format!("{out}/request.html"), page).expect("the folder can be written");
}
