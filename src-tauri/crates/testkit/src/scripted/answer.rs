//! What a scripted server answers.

use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, LOCATION};
use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};

use super::body::Content;

/// One answer: of an honest server, of a broken one, or of one that means harm.
#[derive(Clone, Debug)]
pub struct Answer {
    pub(super) status: StatusCode,
    pub(super) headers: HeaderMap,
    pub(super) manner: Manner,
    pub(super) after: Duration,
}

#[derive(Clone, Debug)]
pub(super) enum Manner {
    Speaking(Content),
    Silent,
    Reset,
}

impl Answer {
    /// A status and nothing else. Panics when it is none: 100–999.
    pub fn status(status: u16) -> Self {
        Self {
            status: StatusCode::from_u16(status).unwrap(),
            headers: HeaderMap::new(),
            manner: Manner::Speaking(Content::Whole(Bytes::new())),
            after: Duration::ZERO,
        }
    }

    /// A document with status 200, as the answer to a listing.
    pub fn document(xml: impl Into<Bytes>) -> Self {
        Self::error_document(200, xml)
    }

    /// A recorded error, byte for byte.
    pub fn error_document(status: u16, xml: impl Into<Bytes>) -> Self {
        Self::status(status).header(CONTENT_TYPE, "application/xml").body(xml)
    }

    /// An error as S3 writes it
    /// (<https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html>). Code and message are written
    /// into the XML as they are: a test may want them broken.
    pub fn xml(status: u16, code: &str, message: &str) -> Self {
        let error = format!("<Error><Code>{code}</Code><Message>{message}</Message></Error>");
        Self::error_document(status, format!("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n{error}"))
    }

    /// A redirect: 301, 302, 307 and the like.
    pub fn redirect(status: u16, location: &str) -> Self {
        Self::status(status).header(LOCATION, location)
    }

    /// No answer: the connection stays open and nothing comes.
    pub fn silence() -> Self {
        Self { manner: Manner::Silent, ..Self::status(200) }
    }

    /// No answer: the connection is reset.
    pub fn reset() -> Self {
        Self { manner: Manner::Reset, ..Self::status(200) }
    }

    /// Lets the client wait for all of the answer.
    #[must_use]
    pub fn after(mut self, wait: Duration) -> Self {
        self.after = wait;
        self
    }

    /// Adds a header. A `content-length` is sent as it is given, whatever the body is. Panics when the value
    /// cannot be one.
    #[must_use]
    pub fn header(mut self, name: HeaderName, value: &str) -> Self {
        self.headers.append(name, HeaderValue::from_str(value).unwrap());
        self
    }

    /// Answers with this body.
    #[must_use]
    pub fn body(self, body: impl Into<Bytes>) -> Self {
        self.with(Content::Whole(body.into()))
    }

    /// Answers with `start` and then with `again`, for ever and as fast as it is taken. Many bytes at a time
    /// cost the server less.
    #[must_use]
    pub fn endless(self, start: impl Into<Bytes>, again: impl Into<Bytes>) -> Self {
        self.with(Content::Endless { start: start.into(), again: again.into() })
    }

    /// Answers with `start` and then with a space every 100 ms, for ever.
    #[must_use]
    pub fn drip(self, start: impl Into<Bytes>) -> Self {
        self.with(Content::Drip { start: start.into() })
    }

    fn with(mut self, content: Content) -> Self {
        self.manner = Manner::Speaking(content);
        self
    }
}
