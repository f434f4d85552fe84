//! The panel of a desktop, as far as it shows icons of apps: it collects them on the session's bus and asks them what
//! a person would see (<https://www.freedesktop.org/wiki/Specifications/StatusNotifierItem/>).

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use zbus::message::Header;
use zbus::zvariant::{OwnedObjectPath, OwnedValue, Structure, Value};
use zbus::{Connection, Proxy, interface};

use crate::{Desktop, until};

const WATCHER: &str = "org.kde.StatusNotifierWatcher";
const ITEM: &str = "org.kde.StatusNotifierItem";
const MENU: &str = "com.canonical.dbusmenu";

/// An entry of a menu: id, properties, entries below it.
type Entry = (i32, HashMap<String, OwnedValue>, Vec<OwnedValue>);

/// Who collects the icons. Each is the name of its owner on the bus.
struct Watcher(Arc<Mutex<Vec<String>>>);

#[interface(name = "org.kde.StatusNotifierWatcher")]
impl Watcher {
    fn register_status_notifier_item(&self, _service: &str, #[zbus(header)] header: Header<'_>) {
        self.0.lock().unwrap().push(header.sender().unwrap().to_string());
    }

    #[zbus(property)]
    fn is_status_notifier_host_registered(&self) -> bool {
        true
    }

    #[zbus(property)]
    fn protocol_version(&self) -> i32 {
        0
    }
}

/// A panel; gone from the bus with its value.
pub struct Panel {
    bus: Connection,
    items: Arc<Mutex<Vec<String>>>,
}

impl Desktop {
    /// Starts a panel.
    pub async fn panel(&self) -> Panel {
        let items = Arc::default();
        let watcher = Watcher(Arc::clone(&items));
        let bus = zbus::connection::Builder::address(self.bus().as_str()).unwrap();
        let bus = bus.serve_at("/StatusNotifierWatcher", watcher).unwrap().name(WATCHER).unwrap();
        Panel { bus: bus.build().await.unwrap(), items }
    }
}

impl Panel {
    /// The icon, as soon as there is one.
    pub async fn icon(&self) -> Icon {
        until("an icon in the tray", async || {
            let owner = self.items.lock().unwrap().last()?.clone();
            self.has(&owner).await.then(|| Icon { bus: self.bus.clone(), owner })
        })
        .await
    }

    /// Waits until this icon is gone.
    pub async fn gone(&self, icon: Icon) {
        until("no icon in the tray", async || (!self.has(&icon.owner).await).then_some(())).await;
    }

    /// How many icons ever came.
    pub fn came(&self) -> usize {
        self.items.lock().unwrap().len()
    }

    async fn has(&self, owner: &str) -> bool {
        let bus = zbus::fdo::DBusProxy::new(&self.bus).await.unwrap();
        bus.name_has_owner(owner.try_into().unwrap()).await.unwrap()
    }
}

/// An icon in the tray.
pub struct Icon {
    bus: Connection,
    owner: String,
}

impl Icon {
    /// What the panel shows when the pointer rests on it, as soon as it begins so.
    pub async fn says(&self, beginning: &str) -> String {
        until(&format!("the tray says “{beginning}”"), async || {
            let tooltip: Structure<'static> = self.item().await.get_property("ToolTip").await.ok()?;
            let title: String = tooltip.fields().get(2)?.try_clone().ok()?.try_into().ok()?;
            title.starts_with(beginning).then_some(title)
        })
        .await
    }

    /// The name that others call it by.
    pub async fn title(&self) -> String {
        self.item().await.get_property("Title").await.unwrap()
    }

    /// A click on the icon itself.
    pub async fn click(&self) {
        self.item().await.call_method("Activate", &(0, 0)).await.unwrap();
    }

    /// What its menu has, from above; what cannot be chosen is in brackets.
    pub async fn menu(&self) -> Vec<String> {
        self.entries().await.into_iter().map(|(_, words)| words).collect()
    }

    /// Chooses an entry of its menu.
    pub async fn choose(&self, words: &str) {
        let entries = self.entries().await;
        let (id, _) = entries.into_iter().find(|(_, entry)| entry == words).unwrap();
        let event = (id, "clicked", Value::from(0), 0_u32);
        self.menu_proxy().await.call_method("Event", &event).await.unwrap();
    }

    async fn entries(&self) -> Vec<(i32, String)> {
        let asked = (0, -1, Vec::<String>::new());
        let (_, (_, _, entries)): (u32, Entry) =
            self.menu_proxy().await.call("GetLayout", &asked).await.unwrap();
        entries.into_iter().filter_map(entry).collect()
    }

    async fn item(&self) -> Proxy<'static> {
        self.proxy("/StatusNotifierItem".try_into().unwrap(), ITEM).await
    }

    async fn menu_proxy(&self) -> Proxy<'static> {
        self.proxy(self.item().await.get_property("Menu").await.unwrap(), MENU).await
    }

    async fn proxy(&self, path: OwnedObjectPath, interface: &'static str) -> Proxy<'static> {
        // What was read before is not believed: the icon changes.
        let proxy = zbus::proxy::Builder::new(&self.bus).destination(self.owner.clone()).unwrap();
        let proxy = proxy.path(path).unwrap().interface(interface).unwrap();
        proxy.cache_properties(zbus::proxy::CacheProperties::No).build().await.unwrap()
    }
}

/// Its id and words; a line between entries has none.
fn entry(value: OwnedValue) -> Option<(i32, String)> {
    let structure: Structure<'static> = value.try_into().ok()?;
    let (id, mut properties, _): Entry = structure.try_into().ok()?;
    let words: String = properties.remove("label")?.try_into().ok()?;
    let is_enabled = properties.remove("enabled").is_none_or(|enabled| enabled.try_into().unwrap_or(true));
    Some((id, if is_enabled { words } else { format!("[{words}]") }))
}
