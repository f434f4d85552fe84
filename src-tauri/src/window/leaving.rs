//! Closing the window while something is under way: the person is asked, and the window may go without the app.

use std::sync::{Arc, Mutex, PoisonError};

use guestpass_core::app::App;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, Runtime, WebviewWindow, async_runtime};

use super::tray::{Panel, Pressed, Tray};

type Act<T> = Box<dyn Fn() -> T + Send + Sync>;

/// The window from outside, whatever it runs on, and who asks the person.
pub(crate) struct Leaving {
    asker: Mutex<Option<Channel<()>>>,
    is_in_front: Act<bool>,
    show: Act<()>,
    hide: Act<()>,
    exit: Act<()>,
    tray: Arc<Tray>,
}

impl Leaving {
    pub(crate) fn of<R: Runtime>(handle: &AppHandle<R>, panel: Box<dyn Panel>) -> Self {
        let (one, other, third) = (handle.clone(), handle.clone(), handle.clone());
        let (fourth, fifth) = (handle.clone(), handle.clone());
        Self {
            show: Box::new(move || {
                if let Some(Err(e)) = window(&fourth).map(|window| bring_to_front(&window)) {
                    tracing::warn!("the window cannot be brought to the front: {e}");
                }
            }),
            tray: Arc::new(Tray::over(panel, Arc::new(move |pressed| on_press(&fifth, pressed)))),
            asker: Mutex::default(),
            is_in_front: Box::new(move || window(&one).is_some_and(|window| is_in_front(&window))),
            hide: Box::new(move || {
                if let Some(Err(e)) = window(&other).map(|window| window.hide()) {
                    tracing::warn!("the window cannot be hidden: {e}");
                }
            }),
            exit: Box::new(move || third.exit(0)),
        }
    }

    /// Tells this channel from now on, and no other.
    pub(crate) fn listen(&self, channel: Channel<()>) {
        *self.asker.lock().unwrap_or_else(PoisonError::into_inner) = Some(channel);
    }

    /// Has the person asked, where something is under way and somebody can ask. Otherwise the window may go.
    pub(crate) fn asks(&self, app: &App) -> bool {
        let is_sending = app.transfers().watch().borrow().iter().any(|transfer| transfer.state.is_under_way());
        let is_busy = is_sending || app.tasks().watch().borrow().iter().any(|task| task.state.is_under_way());
        let asker = self.asker.lock().unwrap_or_else(PoisonError::into_inner);
        is_busy && asker.as_ref().is_some_and(|asker| asker.send(()).is_ok())
    }

    /// Whether the person is looking at the window, as far as the system knows.
    pub(crate) fn is_in_front(&self) -> bool {
        (self.is_in_front)()
    }

    /// The window goes, and the app goes on: the icon in the tray shows it again, or a second start.
    pub(crate) fn hide(&self) {
        self.tray.want(true, || (self.hide)());
    }

    /// The window comes to the front, wherever it was, and the icon in the tray goes.
    pub(crate) fn show(&self) {
        self.tray.want(false, || (self.show)());
        let tray = self.tray.clone();
        async_runtime::spawn(async move { tray.clear().await });
    }

    /// Ends the app; what is under way goes on at the next start.
    pub(crate) async fn quit(&self, app: &App) {
        app.halt_transfers().await;
        (self.exit)();
    }

    /// The icon that is there while the window is not.
    pub(crate) fn tray(&self) -> &Tray {
        &self.tray
    }
}

/// On a task of its own: who tells of the press waits for nothing.
fn on_press<R: Runtime>(handle: &AppHandle<R>, pressed: Pressed) {
    let handle = handle.clone();
    async_runtime::spawn(async move {
        let leaving = handle.state::<Leaving>();
        match pressed {
            Pressed::Open => leaving.show(),
            Pressed::Quit => leaving.quit(&handle.state::<App>()).await,
        }
    });
}

fn window<R: Runtime>(handle: &AppHandle<R>) -> Option<WebviewWindow<R>> {
    handle.get_webview_window("main")
}

fn bring_to_front<R: Runtime>(window: &WebviewWindow<R>) -> tauri::Result<()> {
    window.unminimize().and_then(|()| window.show()).and_then(|()| window.set_focus())
}

fn is_in_front<R: Runtime>(window: &WebviewWindow<R>) -> bool {
    window.is_visible().unwrap_or_default() && window.is_focused().unwrap_or_default()
}
