//! How the web view draws, on Linux.
//!
//! `WebKitGTK` composes pages with OpenGL. Where a computer has no graphics card, as remote desktops and virtual machines
//! often have none, OpenGL is emulated by the processor, and each frame takes twice as long as one that the processor
//! draws by itself. There that is turned off.

use std::path::Path;

use tauri::WebviewWindow;
use webkit2gtk::{HardwareAccelerationPolicy, SettingsExt, WebViewExt};

/// What speaks for a card: the kernel's render nodes, NVIDIA's own driver, and Windows' behind its Linux.
const CARDS: [&str; 2] = ["nvidiactl", "dxg"];
const RENDER_NODE: &str = "renderD";

/// Has the processor draw where nothing else can. Best before the page is there.
pub(crate) fn suit_this_computer(window: &WebviewWindow) {
    if has_card(Path::new("/dev")) {
        return;
    }
    let told = window.with_webview(|view| {
        if let Some(settings) = view.inner().settings() {
            settings.set_hardware_acceleration_policy(HardwareAccelerationPolicy::Never);
        }
    });
    if let Err(e) = told {
        tracing::info!("the window may be slow without a graphics card: {e}");
    }
}

fn has_card(devices: &Path) -> bool {
    let mut nodes = devices.join("dri").read_dir().into_iter().flatten().filter_map(Result::ok);
    let has_node = nodes.any(|node| node.file_name().to_string_lossy().starts_with(RENDER_NODE));
    has_node || CARDS.iter().any(|card| devices.join(card).exists())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_can_draw_is_taken_for_a_card() {
        let devices = tempfile::tempdir().unwrap();
        let put = |name: &str| {
            let file = devices.path().join(name);
            std::fs::create_dir_all(file.parent().unwrap()).unwrap();
            std::fs::write(file, "").unwrap();
        };
        assert!(!has_card(devices.path()), "no devices");
        put("dri/card0");
        assert!(!has_card(devices.path()), "a screen alone");
        put("dri/renderD128");
        assert!(has_card(devices.path()));
        std::fs::remove_dir_all(devices.path().join("dri")).unwrap();
        put("nvidiactl");
        assert!(has_card(devices.path()));
    }
}
