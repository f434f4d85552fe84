//! What a desktop does for its apps: it shows their messages, and stays awake while they ask for it.

use std::collections::HashMap;
use std::io::{PipeReader, Read};
use std::os::fd::OwnedFd;
use std::sync::{Arc, Mutex};

use zbus::zvariant::OwnedValue;
use zbus::{Connection, fdo, interface};

use crate::Desktop;

/// <https://specifications.freedesktop.org/notification-spec/latest/protocol.html>
struct Notifications(Arc<Mutex<Vec<String>>>);

#[interface(name = "org.freedesktop.Notifications")]
impl Notifications {
    #[expect(clippy::too_many_arguments, reason = "as the specification has it")]
    fn notify(
        &self,
        _app: &str,
        _replaces: u32,
        _icon: &str,
        summary: &str,
        body: &str,
        _actions: Vec<String>,
        _hints: HashMap<String, OwnedValue>,
        _timeout: i32,
    ) -> u32 {
        self.0.lock().unwrap().push(format!("{summary}: {body}"));
        1
    }
}

/// <https://www.freedesktop.org/wiki/Software/systemd/inhibit/>
struct Login(Arc<Mutex<Vec<PipeReader>>>);

#[interface(name = "org.freedesktop.login1.Manager")]
impl Login {
    /// Awake for as long as the other end of the pipe is open.
    fn inhibit(
        &self,
        _what: &str,
        _who: &str,
        _why: &str,
        _mode: &str,
    ) -> fdo::Result<zbus::zvariant::OwnedFd> {
        let (reader, writer) = std::io::pipe().unwrap();
        self.0.lock().unwrap().push(reader);
        Ok(OwnedFd::from(writer).into())
    }
}

/// Both services; gone from the bus with their value.
pub struct Services {
    said: Arc<Mutex<Vec<String>>>,
    awake: Arc<Mutex<Vec<PipeReader>>>,
    _bus: Connection,
}

impl Desktop {
    /// Starts them.
    pub async fn services(&self) -> Services {
        let (said, awake) = (Arc::default(), Arc::default());
        let bus = zbus::connection::Builder::address(self.bus().as_str()).unwrap();
        let bus = bus.serve_at("/org/freedesktop/Notifications", Notifications(Arc::clone(&said))).unwrap();
        let bus = bus.serve_at("/org/freedesktop/login1", Login(Arc::clone(&awake))).unwrap();
        let bus = bus.name("org.freedesktop.Notifications").unwrap().name("org.freedesktop.login1").unwrap();
        Services { said, awake, _bus: bus.build().await.unwrap() }
    }
}

impl Services {
    /// The messages that were shown, each as `title: text`.
    pub fn said(&self) -> Vec<String> {
        self.said.lock().unwrap().clone()
    }

    /// How often the computer was asked to stay awake.
    pub fn asked_to_stay_awake(&self) -> usize {
        self.awake.lock().unwrap().len()
    }

    /// Waits until the latest who asked does not need it any more.
    pub async fn may_sleep(&self) {
        let mut latest = self.awake.lock().unwrap().pop().unwrap();
        let end = tokio::task::spawn_blocking(move || latest.read(&mut [0]).unwrap());
        let end = tokio::time::timeout(crate::PATIENCE, end).await;
        assert_eq!(end.expect("it is not held for ever").unwrap(), 0);
    }
}
