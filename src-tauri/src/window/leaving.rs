//! Closing the window while something is under way: the person is asked, and the window may go without the app.

use std::sync::{Mutex, PoisonError};

use guestpass_core::app::App;
use tauri::ipc::Channel;
use tauri::{AppHandle, Manager, Runtime, WebviewWindow};

type Act<T> = Box<dyn Fn() -> T + Send + Sync>;

/// The window from outside, whatever it runs on, and who asks the person.
pub(crate) struct Leaving {
    asker: Mutex<Option<Channel<()>>>,
    is_in_front: Act<bool>,
    hide: Act<()>,
    exit: Act<()>,
}

impl Leaving {
    pub(crate) fn of<R: Runtime>(handle: &AppHandle<R>) -> Self {
        let (one, other, third) = (handle.clone(), handle.clone(), handle.clone());
        Self {
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
        let is_busy = app.transfers().watch().borrow().iter().any(|transfer| transfer.state.is_under_way());
        let asker = self.asker.lock().unwrap_or_else(PoisonError::into_inner);
        is_busy && asker.as_ref().is_some_and(|asker| asker.send(()).is_ok())
    }

    /// Whether the person is looking at the window, as far as the system knows.
    pub(crate) fn is_in_front(&self) -> bool {
        (self.is_in_front)()
    }

    /// The window goes, and the app goes on: a second start shows it again.
    pub(crate) fn hide(&self) {
        (self.hide)();
    }

    /// Ends the app.
    pub(crate) fn exit(&self) {
        (self.exit)();
    }
}

fn window<R: Runtime>(handle: &AppHandle<R>) -> Option<WebviewWindow<R>> {
    handle.get_webview_window("main")
}

fn is_in_front<R: Runtime>(window: &WebviewWindow<R>) -> bool {
    window.is_visible().unwrap_or_default() && window.is_focused().unwrap_or_default()
}
