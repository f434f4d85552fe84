//! The table of the keyring's errors: by variant and D-Bus error name, never by text.

use ::keyring::Error;
use guestpass_core::ports::VaultRefusal;

/// What the error means for a person.
pub(super) fn of(error: &Error) -> VaultRefusal {
    let refusal = match error {
        Error::NoDefaultStore => VaultRefusal::Missing,
        Error::NoStorageAccess(cause) => by_cause(&**cause).unwrap_or(VaultRefusal::Locked),
        Error::PlatformFailure(cause) => by_cause(&**cause).unwrap_or(VaultRefusal::Refused),
        _ => VaultRefusal::Refused,
    };
    // Displayed and never debugged: some variants carry the bytes of the item.
    tracing::warn!(%refusal, %error, "the keyring did not answer");
    refusal
}

type Cause = dyn std::error::Error + Send + Sync;

#[cfg(any(windows, target_os = "macos"))]
fn by_cause(_: &Cause) -> Option<VaultRefusal> {
    None
}

/// The library tells a locked ring from other trouble only in some calls; its cause tells always.
#[cfg(not(any(windows, target_os = "macos")))]
fn by_cause(cause: &Cause) -> Option<VaultRefusal> {
    use secret_service::Error as Cause;
    match cause.downcast_ref()? {
        Cause::Locked | Cause::Prompt => Some(VaultRefusal::Locked),
        // No result: there is a service, and no keyring in it that new items would go to.
        Cause::NoResult | Cause::Unavailable | Cause::PromptDisconnected => Some(VaultRefusal::Missing),
        Cause::Zbus(error) => by_bus(error),
        Cause::ZbusFdo(zbus::fdo::Error::ZBus(error)) => by_bus(error),
        Cause::ZbusFdo(error) => by_name(zbus::DBusError::name(error).as_str()),
        _ => None,
    }
}

#[cfg(not(any(windows, target_os = "macos")))]
fn by_bus(error: &zbus::Error) -> Option<VaultRefusal> {
    match error {
        zbus::Error::MethodError(name, ..) => by_name(name.as_str()),
        zbus::Error::FDO(error) => by_name(zbus::DBusError::name(&**error).as_str()),
        zbus::Error::InputOutput(_) | zbus::Error::Connection(..) => Some(VaultRefusal::Missing),
        _ => None,
    }
}

/// Names from the Secret Service and D-Bus specifications.
#[cfg(not(any(windows, target_os = "macos")))]
fn by_name(name: &str) -> Option<VaultRefusal> {
    match name {
        "org.freedesktop.Secret.Error.IsLocked" => Some(VaultRefusal::Locked),
        "org.freedesktop.DBus.Error.ServiceUnknown"
        | "org.freedesktop.DBus.Error.NameHasNoOwner"
        | "org.freedesktop.DBus.Error.NoReply"
        | "org.freedesktop.DBus.Error.Disconnected" => Some(VaultRefusal::Missing),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_library_by_variant() {
        for (error, refusal) in [
            (Error::NoDefaultStore, VaultRefusal::Missing),
            (Error::NoStorageAccess("x".into()), VaultRefusal::Locked),
            (Error::PlatformFailure("x".into()), VaultRefusal::Refused),
            (Error::TooLong("password".into(), 2_560), VaultRefusal::Refused),
            (Error::BadEncoding(vec![0xff]), VaultRefusal::Refused),
            (Error::Ambiguous(vec![]), VaultRefusal::Refused),
        ] {
            assert_eq!(of(&error), refusal, "{error:?}");
        }
    }

    #[cfg(not(any(windows, target_os = "macos")))]
    #[test]
    fn the_secret_service_by_cause() {
        use secret_service::Error as Cause;
        use zbus::fdo;
        let gone = || std::io::Error::from(std::io::ErrorKind::BrokenPipe);
        for (cause, refusal) in [
            (Cause::Locked, VaultRefusal::Locked),
            (Cause::Prompt, VaultRefusal::Locked),
            (Cause::Zbus(method_error("org.freedesktop.Secret.Error.IsLocked")), VaultRefusal::Locked),
            (Cause::NoResult, VaultRefusal::Missing),
            (Cause::Unavailable, VaultRefusal::Missing),
            (Cause::PromptDisconnected, VaultRefusal::Missing),
            (Cause::Zbus(gone().into()), VaultRefusal::Missing),
            (Cause::Zbus(method_error("org.freedesktop.DBus.Error.ServiceUnknown")), VaultRefusal::Missing),
            (Cause::Zbus(method_error("org.freedesktop.DBus.Error.NoReply")), VaultRefusal::Missing),
            (Cause::Zbus(fdo::Error::NameHasNoOwner(String::new()).into()), VaultRefusal::Missing),
            (Cause::ZbusFdo(fdo::Error::Disconnected(String::new())), VaultRefusal::Missing),
            (Cause::ZbusFdo(fdo::Error::AccessDenied(String::new())), VaultRefusal::Refused),
            (Cause::Zbus(method_error("org.freedesktop.Secret.Error.NoSession")), VaultRefusal::Refused),
            (Cause::Crypto("x"), VaultRefusal::Refused),
        ] {
            let error = Error::PlatformFailure(Box::new(cause));
            assert_eq!(of(&error), refusal, "{error:?}");
        }
        assert_eq!(
            of(&Error::NoStorageAccess(Box::new(Cause::NoResult))),
            VaultRefusal::Missing,
            "no keyring to put things in is not a locked one"
        );
    }

    #[cfg(not(any(windows, target_os = "macos")))]
    fn method_error(name: &'static str) -> zbus::Error {
        let call = zbus::Message::method_call("/", "Call").unwrap().build(&()).unwrap();
        zbus::Error::MethodError(zbus::names::ErrorName::from_static_str(name).unwrap().into(), None, call)
    }
}
