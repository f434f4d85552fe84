//! A server that was not reached, by name: the SDK's own errors do not say which one it was.

use aws_smithy_runtime_api::client::result::ConnectorError;

use crate::error::in_chain;

type Source = Box<dyn std::error::Error + Send + Sync>;

/// No conversation came about with this host, or it broke off.
#[derive(Debug, thiserror::Error)]
#[error("{host} was not reached")]
pub(crate) struct Unreached {
    /// Its host, without port.
    pub(crate) host: String,
    /// Whether it showed a certificate that this computer does not trust.
    pub(crate) is_untrusted: bool,
    source: Source,
}

/// Names the host in an error of a connection.
pub(super) fn named(error: ConnectorError, host: &str) -> ConnectorError {
    let is_untrusted = is_untrusted(&error);
    let (is_io, is_timeout, other) = (error.is_io(), error.is_timeout(), error.as_other());
    if !(is_untrusted || is_io || is_timeout || error.is_other()) {
        return error;
    }
    let source = Box::new(Unreached { host: host.to_owned(), is_untrusted, source: error.into_source() });
    if is_untrusted {
        // Asked again, it would show the same one.
        ConnectorError::user(source)
    } else if is_timeout {
        ConnectorError::timeout(source)
    } else if is_io {
        ConnectorError::io(source)
    } else {
        ConnectorError::other(source, other)
    }
}

/// Whether a certificate was refused, by the type of rustls's error.
pub(crate) fn is_untrusted(error: &(dyn std::error::Error + 'static)) -> bool {
    matches!(in_chain(error), Some(rustls::Error::InvalidCertificate(_)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use rustls::CertificateError;

    #[test]
    fn a_certificate_that_is_refused_is_found_below_errors_of_the_system() {
        let refused =
            |why| std::io::Error::other(std::io::Error::other(rustls::Error::InvalidCertificate(why)));
        for why in
            [CertificateError::UnknownIssuer, CertificateError::Expired, CertificateError::NotValidForName]
        {
            let named = named(ConnectorError::io(refused(why).into()), "acme.test");
            let found = in_chain::<Unreached>(&named).unwrap();
            assert_eq!((found.host.as_str(), found.is_untrusted), ("acme.test", true));
        }
        let reset = ConnectorError::io(std::io::Error::from(std::io::ErrorKind::ConnectionReset).into());
        let named = named(reset, "acme.test");
        assert!(named.is_io() && !in_chain::<Unreached>(&named).unwrap().is_untrusted);
    }
}
