//! A drag from a file manager, as the window sees it: an XDND 5 source
//! (<https://www.freedesktop.org/wiki/Specifications/XDND/>). No pointer moves, so nothing depends on timing.

use std::path::Path;
use std::time::Instant;

use percent_encoding::{AsciiSet, CONTROLS, utf8_percent_encode};
use x11rb::connection::Connection;
use x11rb::protocol::Event;
use x11rb::protocol::xproto::{
    Atom, AtomEnum, ClientMessageEvent, ConnectionExt as _, CreateWindowAux, EventMask, PropMode,
    SELECTION_NOTIFY_EVENT, SelectionNotifyEvent, SelectionRequestEvent, Window as XWindow, WindowClass,
};
use x11rb::rust_connection::RustConnection;
use x11rb::wrapper::ConnectionExt as _;

use crate::{BEAT, Desktop, PATIENCE};

x11rb::atom_manager! {
    Atoms: AtomsCookie {
        XdndAware, XdndEnter, XdndPosition, XdndStatus, XdndLeave, XdndDrop, XdndFinished, XdndSelection,
        XdndActionCopy, TARGETS, UriList: b"text/uri-list",
    }
}

const NOT_IN_A_PATH: &AsciiSet =
    &CONTROLS.add(b' ').add(b'%').add(b'?').add(b'#').add(b'"').add(b'<').add(b'>');

/// Files held over the app's window.
pub struct Drag {
    connection: RustConnection,
    atoms: Atoms,
    source: XWindow,
    target: XWindow,
    root: XWindow,
    uris: Vec<u8>,
}

impl Drag {
    /// Holds files over the middle of the window, and answers when the window would take them.
    pub fn hold(desktop: &Desktop, files: &[&Path]) -> Self {
        let (connection, screen) = RustConnection::connect(Some(desktop.display())).unwrap();
        let atoms = Atoms::new(&connection).unwrap().reply().unwrap();
        let root = connection.setup().roots[screen].root;
        let source = connection.generate_id().unwrap();
        let plain = CreateWindowAux::new();
        connection.create_window(0, source, root, 0, 0, 1, 1, 0, WindowClass::INPUT_ONLY, 0, &plain).unwrap();
        connection.set_selection_owner(source, atoms.XdndSelection, x11rb::CURRENT_TIME).unwrap();
        let target = aware(&connection, root, atoms.XdndAware).expect("a window that takes files");
        let uri =
            |path: &&Path| format!("file://{}\r\n", utf8_percent_encode(path.to_str().unwrap(), NOT_IN_A_PATH));
        let uris = files.iter().map(uri).collect::<String>().into_bytes();
        let drag = Self { connection, atoms, source, target, root, uris };
        drag.tell(atoms.XdndEnter, [drag.source, 5 << 24, atoms.UriList, 0, 0]);
        drag.position();
        drag
    }

    /// Lets go; answers when the window has taken the files.
    pub fn drop(self) {
        self.position();
        self.tell(self.atoms.XdndDrop, [self.source, 0, x11rb::CURRENT_TIME, 0, 0]);
        self.serve("the window takes the files", |message| message.type_ == self.atoms.XdndFinished);
    }

    /// Takes the files away again.
    pub fn leave(self) {
        self.tell(self.atoms.XdndLeave, [self.source, 0, 0, 0, 0]);
        self.connection.sync().unwrap();
    }

    /// Moves over the window until it says that it would take the files.
    fn position(&self) {
        let shape = self.connection.get_geometry(self.target).unwrap().reply().unwrap();
        let middle = (i16::try_from(shape.width / 2).unwrap(), i16::try_from(shape.height / 2).unwrap());
        let on_root = self
            .connection
            .translate_coordinates(self.target, self.root, middle.0, middle.1)
            .unwrap()
            .reply()
            .unwrap();
        let at = (u32::from(on_root.dst_x.unsigned_abs()) << 16) | u32::from(on_root.dst_y.unsigned_abs());
        let deadline = Instant::now() + PATIENCE;
        loop {
            let copy = self.atoms.XdndActionCopy;
            self.tell(self.atoms.XdndPosition, [self.source, 0, at, x11rb::CURRENT_TIME, copy]);
            let status =
                self.serve("the window says whether it takes files", |m| m.type_ == self.atoms.XdndStatus);
            if status.data.as_data32()[1] & 1 == 1 {
                return;
            }
            assert!(Instant::now() < deadline, "the window does not take files");
        }
    }

    fn tell(&self, kind: Atom, data: [u32; 5]) {
        let message = ClientMessageEvent::new(32, self.target, kind, data);
        self.connection.send_event(false, self.target, EventMask::NO_EVENT, message).unwrap();
        self.connection.flush().unwrap();
    }

    /// Answers questions for the files until a message comes that is waited for.
    fn serve(&self, what: &str, wanted: impl Fn(&ClientMessageEvent) -> bool) -> ClientMessageEvent {
        let deadline = Instant::now() + PATIENCE;
        loop {
            match self.connection.poll_for_event().unwrap() {
                Some(Event::ClientMessage(message)) if wanted(&message) => return message,
                Some(Event::SelectionRequest(request)) => self.answer(&request),
                Some(_) => {}
                None => std::thread::sleep(BEAT),
            }
            assert!(Instant::now() < deadline, "not in {PATIENCE:?}: {what}");
        }
    }

    fn answer(&self, request: &SelectionRequestEvent) {
        let (window, property) = (request.requestor, request.property);
        if request.target == self.atoms.TARGETS {
            let offered = [self.atoms.UriList];
            self.connection
                .change_property32(PropMode::REPLACE, window, property, AtomEnum::ATOM, &offered)
                .unwrap();
        } else {
            self.connection
                .change_property8(PropMode::REPLACE, window, property, request.target, &self.uris)
                .unwrap();
        }
        let told = SelectionNotifyEvent {
            response_type: SELECTION_NOTIFY_EVENT,
            sequence: 0,
            time: request.time,
            requestor: window,
            selection: request.selection,
            target: request.target,
            property,
        };
        self.connection.send_event(false, window, EventMask::NO_EVENT, told).unwrap();
        self.connection.flush().unwrap();
    }
}

/// The first viewable window below this one that says it takes drops.
fn aware(connection: &RustConnection, below: XWindow, property: Atom) -> Option<XWindow> {
    let tree = connection.query_tree(below).ok()?.reply().ok()?;
    tree.children.into_iter().find_map(|window| {
        let held = connection.get_property(false, window, property, AtomEnum::ANY, 0, 1).ok()?.reply().ok()?;
        let shape = connection.get_geometry(window).ok()?.reply().ok()?;
        if held.value_len > 0 && shape.width > 100 { Some(window) } else { aware(connection, window, property) }
    })
}
