//! The window: builds it, gives the commands what they need, and hands over at the end.

mod chooser;
mod watchers;

use std::process::ExitCode;
use std::sync::Arc;

pub(crate) use chooser::Chooser;
use guestpass_core::ProfileId;
use guestpass_core::app::App;
use tauri::{AppHandle, DragDropEvent, Manager, RunEvent, Runtime, WindowEvent};
pub(crate) use watchers::Watchers;

use crate::clipboard::SystemClipboard;
use crate::drops::Drops;
use crate::{commands, compose};

/// Opens the window and stays until it is closed. A second start shows the first one's window instead.
pub(crate) fn run(forced: Option<ProfileId>) -> ExitCode {
    let clipboard = Arc::new(SystemClipboard::default());
    let app = match compose::app(clipboard.clone(), forced) {
        Ok(app) => app,
        Err(e) => {
            tracing::error!("{e}");
            return ExitCode::FAILURE;
        }
    };
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|handle, _, _| show(handle)))
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .invoke_handler(commands::register::<tauri::Wry>().invoke_handler())
        .setup(|tauri| {
            let handle = tauri.handle().clone();
            manage(tauri, app, Chooser::system(handle));
            Ok(())
        })
        .on_window_event(|window, event| {
            if let WindowEvent::DragDrop(drag) = event {
                on_drag(window.app_handle(), drag);
            }
        })
        .build(tauri::generate_context!());
    match built {
        Ok(tauri) => {
            tauri.run(move |_, event| {
                if let RunEvent::Exit = event {
                    clipboard.close();
                }
            });
            ExitCode::SUCCESS
        }
        Err(e) => {
            tracing::error!("the window cannot be opened: {e}");
            ExitCode::FAILURE
        }
    }
}

/// Gives the commands what they ask for.
pub(crate) fn manage<R: Runtime>(tauri: &impl Manager<R>, app: App, chooser: Chooser) {
    tauri.manage(app);
    tauri.manage(Drops::default());
    tauri.manage(Watchers::default());
    tauri.manage(commands::share::ManyRunning::default());
    tauri.manage(chooser);
}

fn on_drag<R: Runtime>(handle: &AppHandle<R>, drag: &DragDropEvent) {
    handle.state::<Drops>().on_drag(drag);
}

fn show<R: Runtime>(handle: &AppHandle<R>) {
    if let Some(window) = handle.get_webview_window("main") {
        let shown = window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus());
        if let Err(e) = shown {
            tracing::warn!("the window cannot be brought to the front: {e}");
        }
    }
}
