//! A token, and what renews it. Nothing here prints.

use guestpass_core::Secret;
use jiff::Timestamp;

/// What somebody has who has signed in.
#[derive(Clone, Debug)]
pub(super) struct Token {
    pub(super) access: Secret<String>,
    pub(super) ends_at: Timestamp,
    pub(super) refresh: Option<Secret<String>>,
    /// To whom it was given; needed to renew it.
    pub(super) registration: Option<Registration>,
}

/// This program, as the organisation knows it.
#[derive(Clone, Debug)]
pub(super) struct Registration {
    pub(super) client_id: String,
    pub(super) client_secret: Secret<String>,
    pub(super) ends_at: Timestamp,
}

impl Token {
    /// What renews it, if that is still good.
    pub(super) fn renewal(&self, now: Timestamp) -> Option<(&Registration, &Secret<String>)> {
        let registration = self.registration.as_ref().filter(|registration| registration.ends_at > now)?;
        Some((registration, self.refresh.as_ref()?))
    }
}
