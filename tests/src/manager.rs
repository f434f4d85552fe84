//! The frame of a window, as the window manager has it
//! (<https://specifications.freedesktop.org/wm-spec/latest/>).

use x11rb::connection::Connection;
use x11rb::protocol::xproto::{
    AtomEnum, ClientMessageEvent, ConnectionExt as _, EventMask, KEY_PRESS_EVENT, KEY_RELEASE_EVENT,
    KeyButMask, KeyPressEvent, Window as XWindow,
};
use x11rb::rust_connection::RustConnection;

use crate::{Desktop, until};

x11rb::atom_manager! {
    Atoms: AtomsCookie {
        _NET_CLIENT_LIST,
        WM_PROTOCOLS,
        WM_DELETE_WINDOW,
    }
}

/// Set for a window, it has GTK take events that other clients send.
pub const PLAIN_EVENTS: (&str, &str) = ("GDK_CORE_DEVICE_EVENTS", "1");

/// The key on the keyboard of Xvfb.
const RETURN: u8 = 36;

struct Manager {
    connection: RustConnection,
    atoms: Atoms,
    root: XWindow,
}

impl Manager {
    fn of(desktop: &Desktop) -> Self {
        let (connection, screen) = RustConnection::connect(Some(desktop.display())).unwrap();
        let atoms = Atoms::new(&connection).unwrap().reply().unwrap();
        let root = connection.setup().roots[screen].root;
        Self { connection, atoms, root }
    }

    /// The windows that are there for a person, minimised ones among them.
    fn windows(&self) -> Vec<XWindow> {
        let list = self.atoms._NET_CLIENT_LIST;
        let list = self.connection.get_property(false, self.root, list, AtomEnum::WINDOW, 0, 64).unwrap();
        list.reply().unwrap().value32().map(Iterator::collect).unwrap_or_default()
    }
}

impl Desktop {
    /// Tells the window what the window manager tells it when its closing button is pressed.
    pub fn close_window(&self) {
        let manager = Manager::of(self);
        let window = manager.windows()[0];
        let message = [manager.atoms.WM_DELETE_WINDOW, x11rb::CURRENT_TIME, 0, 0, 0];
        let message = ClientMessageEvent::new(32, window, manager.atoms.WM_PROTOCOLS, message);
        manager.connection.send_event(false, window, EventMask::NO_EVENT, message).unwrap();
        // An answer means that the server has passed the message on; what is only written may go with the connection.
        manager.connection.get_input_focus().unwrap().reply().unwrap();
    }

    /// Presses Return in the dialog that stands over the window. GTK hears it from another client only where it was
    /// told to listen to plain events: [`PLAIN_EVENTS`].
    pub async fn confirm_dialog(&self) {
        let manager = Manager::of(self);
        let dialog = until("a dialog of the system", async || manager.windows().get(1).copied()).await;
        for response_type in [KEY_PRESS_EVENT, KEY_RELEASE_EVENT] {
            let key = KeyPressEvent {
                response_type,
                detail: RETURN,
                sequence: 0,
                time: x11rb::CURRENT_TIME,
                root: manager.root,
                event: dialog,
                child: x11rb::NONE,
                root_x: 0,
                root_y: 0,
                event_x: 0,
                event_y: 0,
                state: KeyButMask::default(),
                same_screen: true,
            };
            let mask = EventMask::KEY_PRESS | EventMask::KEY_RELEASE;
            manager.connection.send_event(false, dialog, mask, key).unwrap();
        }
        manager.connection.get_input_focus().unwrap().reply().unwrap();
    }

    /// Waits until a window is there, or none.
    pub async fn until_shown(&self, is_shown: bool) {
        let manager = Manager::of(self);
        until(&format!("a window is there: {is_shown}"), async || {
            (manager.windows().is_empty() != is_shown).then_some(())
        })
        .await;
    }
}
