//! The icon on Linux: a `StatusNotifierItem` on the session's bus, which KDE, Xfce, Cinnamon, Ubuntu's GNOME and most
//! panels show (<https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/>).
//!
//! Not through Tauri: its Linux side loads a library at run time and panics without it, has no tooltip, and hears no
//! click on the icon.

use std::time::Duration;

use async_trait::async_trait;
use ksni::menu::StandardItem;
use ksni::{Handle, MenuItem, ToolTip, TrayMethods};
use tauri::{AppHandle, Runtime};

use super::{Icon, OnPress, PICTURE, Panel, Pressed};
use crate::ipc::TrayWords;

/// Who has this name collects the icons of the session.
const WATCHER: &str = "org.kde.StatusNotifierWatcher";

/// A bus that takes longer does not answer; a person waits for this.
const PATIENCE: Duration = Duration::from_secs(1);

/// The panel of the session, if it has one.
pub(crate) struct Notifier;

impl Notifier {
    pub(crate) fn of<R: Runtime>(_: &AppHandle<R>) -> Self {
        Self
    }
}

#[async_trait]
impl Panel for Notifier {
    async fn is_there(&self) -> bool {
        matches!(tokio::time::timeout(PATIENCE, has_host()).await, Ok(Ok(true)))
    }

    async fn put(&self, words: TrayWords, on_press: OnPress) -> Option<Box<dyn Icon>> {
        let item = Item { words, on_press };
        let why = match tokio::time::timeout(PATIENCE, item.spawn()).await {
            Ok(Ok(handle)) => return Some(Box::new(Put(handle))),
            Ok(Err(e)) => e.to_string(),
            Err(late) => late.to_string(),
        };
        tracing::info!("no tray shows the icon, a second start brings the window back: {why}");
        None
    }
}

/// Somebody collects icons, and somebody shows what is collected.
async fn has_host() -> zbus::Result<bool> {
    let bus = zbus::Connection::session().await?;
    let watcher = zbus::Proxy::new(&bus, WATCHER, "/StatusNotifierWatcher", WATCHER).await?;
    watcher.get_property("IsStatusNotifierHostRegistered").await
}

struct Put(Handle<Item>);

#[async_trait]
impl Icon for Put {
    async fn tell(&self, words: TrayWords) {
        self.0.update(|item| item.words = words).await;
    }

    async fn remove(self: Box<Self>) {
        self.0.shutdown().await;
    }
}

/// What the panel asks for.
struct Item {
    words: TrayWords,
    on_press: OnPress,
}

impl ksni::Tray for Item {
    fn id(&self) -> String {
        "org.guestpass.desktop".into()
    }

    // Some panels show the title where others show the tooltip, and both are read by screen readers.
    fn title(&self) -> String {
        self.words.tooltip.clone()
    }

    fn tool_tip(&self) -> ToolTip {
        ToolTip { title: self.words.tooltip.clone(), ..ToolTip::default() }
    }

    fn icon_pixmap(&self) -> Vec<ksni::Icon> {
        let side = |pixels| i32::try_from(pixels).unwrap_or_default();
        let mut data = PICTURE.rgba().to_vec();
        for pixel in data.chunks_exact_mut(4) {
            // The other order of the same bytes: ARGB.
            pixel.rotate_right(1);
        }
        vec![ksni::Icon { width: side(PICTURE.width()), height: side(PICTURE.height()), data }]
    }

    fn activate(&mut self, _x: i32, _y: i32) {
        (self.on_press)(Pressed::Open);
    }

    /// The first line says how it goes: GNOME shows neither title nor tooltip.
    fn menu(&self) -> Vec<MenuItem<Self>> {
        vec![
            StandardItem { label: label(&self.words.tooltip), enabled: false, ..StandardItem::default() }
                .into(),
            MenuItem::Separator,
            entry(&self.words.open, Pressed::Open),
            entry(&self.words.quit, Pressed::Quit),
        ]
    }
}

fn entry(words: &str, pressed: Pressed) -> MenuItem<Item> {
    let activate = Box::new(move |item: &mut Item| (item.on_press)(pressed));
    StandardItem { label: label(words), activate, ..StandardItem::default() }.into()
}

/// In a menu a single underscore marks a key.
fn label(words: &str) -> String {
    words.replace('_', "__")
}
