//! Generates a permission for each command, so that `capabilities/main.json` can allow them one by one.

/// The commands of `src/commands.rs`; a test there holds the two lists together.
const COMMANDS: &[&str] = &[
    "profiles",
    "recall",
    "connect",
    "places",
    "add_place",
    "remove_place",
    "remember_place",
    "list",
    "link_end",
    "copy_link",
    "copy_text",
    "choose_files",
    "send",
    "cancel_transfer",
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
    let manifest = tauri_build::AppManifest::new().commands(COMMANDS);
    tauri_build::try_build(tauri_build::Attributes::new().app_manifest(manifest))
        .expect("the app's manifest is sound");
}
