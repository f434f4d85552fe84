//! The icon on Windows and macOS, through Tauri.

use async_trait::async_trait;
use tauri::menu::{Menu, MenuItem};
use tauri::tray::{MouseButton, MouseButtonState, TrayIcon, TrayIconBuilder, TrayIconEvent};
use tauri::{AppHandle, Runtime};

use super::{Icon, OnPress, PICTURE, Panel, Pressed};
use crate::ipc::TrayWords;

const ID: &str = "tray";
const OPEN: &str = "open";
const QUIT: &str = "quit";

/// The notification area, or the menu bar.
pub(crate) struct Native<R: Runtime>(AppHandle<R>);

impl<R: Runtime> Native<R> {
    pub(crate) fn of(handle: &AppHandle<R>) -> Self {
        Self(handle.clone())
    }

    fn put(&self, words: &TrayWords, on_press: OnPress) -> tauri::Result<Put<R>> {
        let open = MenuItem::with_id(&self.0, OPEN, &words.open, true, None::<&str>)?;
        let quit = MenuItem::with_id(&self.0, QUIT, &words.quit, true, None::<&str>)?;
        let menu = Menu::with_items(&self.0, &[&open, &quit])?;
        let on_click = on_press.clone();
        let icon = TrayIconBuilder::with_id(ID)
            .icon(PICTURE)
            .tooltip(&words.tooltip)
            .menu(&menu)
            // On macOS a click opens the menu, as it does with every icon there.
            .show_menu_on_left_click(cfg!(target_os = "macos"))
            .on_menu_event(move |_, event| match event.id().as_ref() {
                OPEN => on_press(Pressed::Open),
                QUIT => on_press(Pressed::Quit),
                _ => {}
            })
            .on_tray_icon_event(move |_, event| {
                if !cfg!(target_os = "macos") && is_click(&event) {
                    on_click(Pressed::Open);
                }
            })
            .build(&self.0)?;
        Ok(Put { icon, quit })
    }
}

fn is_click(event: &TrayIconEvent) -> bool {
    let (button, state) = (MouseButton::Left, MouseButtonState::Up);
    matches!(event, TrayIconEvent::Click { button: b, button_state: s, .. } if (*b, *s) == (button, state))
}

#[async_trait]
impl<R: Runtime> Panel for Native<R> {
    async fn is_there(&self) -> bool {
        true
    }

    async fn put(&self, words: TrayWords, on_press: OnPress) -> Option<Box<dyn Icon>> {
        match Self::put(self, &words, on_press) {
            Ok(put) => Some(Box::new(put)),
            Err(e) => {
                tracing::warn!("no icon in the tray, a second start brings the window back: {e}");
                None
            }
        }
    }
}

struct Put<R: Runtime> {
    icon: TrayIcon<R>,
    quit: MenuItem<R>,
}

#[async_trait]
impl<R: Runtime> Icon for Put<R> {
    async fn tell(&self, words: TrayWords) {
        let told = self.icon.set_tooltip(Some(&words.tooltip)).and_then(|()| self.quit.set_text(&words.quit));
        if let Err(e) = told {
            tracing::warn!("the icon in the tray does not say how it goes: {e}");
        }
    }

    async fn remove(self: Box<Self>) {
        // Tauri keeps one of its own, too; the icon goes with the last.
        drop(self.icon.app_handle().remove_tray_by_id(ID));
    }
}
