//! The window: builds it, gives the commands what they need, and hands over at the end.

mod awake;
mod chooser;
#[cfg(target_os = "linux")]
mod drawing;
mod folders;
mod leaving;
mod task_watchers;
mod tray;
mod watchers;

use std::path::PathBuf;
use std::process::ExitCode;
use std::sync::Arc;

pub(crate) use awake::notify;
pub(crate) use chooser::{Chooser, Wanted};
use clap::Parser;
pub(crate) use folders::watch_folder;
use guestpass_core::ProfileId;
use guestpass_core::app::App;
pub(crate) use leaving::Leaving;
pub(crate) use task_watchers::TaskWatchers;
use tauri::webview::PageLoadEvent;
use tauri::{AppHandle, DragDropEvent, Manager, RunEvent, Runtime, WindowEvent, async_runtime};
#[cfg(test)]
pub(crate) use tray::NoPanel;
use tray::{Panel, SystemTray};
pub(crate) use watchers::Watchers;

use crate::cli::Arguments;
use crate::clipboard::SystemClipboard;
use crate::connection_files::{ConnectionFiles, is_one};
use crate::desktop::Desktop;
use crate::draw::Drawers;
use crate::drops::Drops;
use crate::previews::{Previews, protocol};
use crate::{commands, compose};

/// Opens the window and stays until it is closed; these files are offered to it as if they had been dropped. A second
/// start shows the first one's window instead, and hands its files over.
pub(crate) fn run(forced: Option<ProfileId>, files: Vec<PathBuf>) -> ExitCode {
    let clipboard = Arc::new(SystemClipboard::default());
    let app = match compose::app(clipboard.clone(), forced, Some(compose::journal())) {
        Ok(app) => app,
        Err(e) => {
            tracing::error!("{e}");
            return ExitCode::FAILURE;
        }
    };
    let (dialogs, pasting) = (clipboard.clone(), clipboard.clone());
    let previews = Previews::of(Drawers::of_this_app());
    let mut context = tauri::generate_context!();
    previews.admit(context.config_mut());
    let built = tauri::Builder::default()
        .plugin(tauri_plugin_single_instance::init(|handle, arguments, folder| {
            handle.state::<Leaving>().show();
            if let Ok(second) = Arguments::try_parse_from(arguments) {
                offer(handle, second.shared(folder.as_ref()));
            }
        }))
        .register_asynchronous_uri_scheme_protocol(protocol::SCHEME, |window, request, responder| {
            let handle = window.app_handle().clone();
            async_runtime::spawn(async move {
                let (previews, app) = (handle.state::<Previews>(), handle.state::<App>());
                responder.respond(protocol::answer(&previews, &app, &request).await);
            });
        })
        .plugin(tauri_plugin_dialog::init())
        .plugin(tauri_plugin_window_state::Builder::default().build())
        .invoke_handler(commands::register::<tauri::Wry>().invoke_handler())
        .setup(|tauri| {
            let handle = tauri.handle().clone();
            async_runtime::spawn(awake::stay_awake(app.transfers().watch()));
            let panel = Box::new(SystemTray::of(&handle));
            let desktop = Desktop::system(pasting);
            manage(tauri, app, Chooser::system(handle.clone(), dialogs), desktop, panel, previews);
            #[cfg(target_os = "linux")]
            tauri.webview_windows().values().for_each(drawing::suit_this_computer);
            offer(&handle, files);
            Ok(())
        })
        .on_page_load(|view, load| {
            // A page that begins knows nothing of the folders that the one before had open.
            if let (PageLoadEvent::Started, Some(app)) = (load.event(), view.try_state::<App>()) {
                app.close_folders();
            }
        })
        .on_window_event(|window, event| {
            let handle = window.app_handle();
            match event {
                WindowEvent::DragDrop(drag) => on_drag(handle, drag),
                WindowEvent::CloseRequested { api, .. }
                    if handle.state::<Leaving>().asks(&handle.state::<App>()) =>
                {
                    api.prevent_close();
                }
                _ => {}
            }
        })
        .build(context);
    match built {
        Ok(tauri) => {
            tauri.run(move |_handle, event| match event {
                RunEvent::Exit => clipboard.close(),
                // A double click in the Finder comes in this way, and in no other.
                #[cfg(target_os = "macos")]
                RunEvent::Opened { urls } => {
                    offer(_handle, urls.iter().filter_map(|url| url.to_file_path().ok()).collect());
                }
                _ => {}
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
pub(crate) fn manage<R: Runtime>(
    tauri: &impl Manager<R>,
    app: App,
    chooser: Chooser,
    desktop: Desktop,
    panel: Box<dyn Panel>,
    previews: Previews,
) {
    tauri.manage(app);
    tauri.manage(Drops::default());
    tauri.manage(Watchers::default());
    tauri.manage(TaskWatchers::default());
    tauri.manage(Leaving::of(tauri.app_handle(), panel));
    tauri.manage(commands::share::ManyRunning::default());
    tauri.manage(commands::signing_in::SignInRunning::default());
    tauri.manage(ConnectionFiles::default());
    tauri.manage(desktop);
    tauri.manage(previews);
    tauri.manage(chooser);
}

/// Files that came from elsewhere: some set up a connection, all others are to be uploaded.
fn offer<R: Runtime>(handle: &AppHandle<R>, files: Vec<PathBuf>) {
    let others = handle.state::<ConnectionFiles>().sort_out(&handle.state::<App>(), files);
    if !others.is_empty() {
        handle.state::<Drops>().offer_from_elsewhere(others);
    }
}

fn on_drag<R: Runtime>(handle: &AppHandle<R>, drag: &DragDropEvent) {
    let drops = handle.state::<Drops>();
    let sets_up = |paths: &[PathBuf]| paths.iter().all(|path| is_one(path));
    match drag {
        // Nothing of it is uploaded, so nothing is said of that.
        DragDropEvent::Enter { paths, .. } if sets_up(paths) => {}
        DragDropEvent::Drop { paths, .. } if sets_up(paths) => offer(handle, paths.clone()),
        drag => drops.on_drag(drag),
    }
}
