//! What a player asks for, by ranges, and how it is answered.

use std::ops::Range;

use guestpass_core::app::App;
use guestpass_core::ports::Body;
use guestpass_core::{Kind, Result};
use tauri::http::header::{
    ACCEPT_RANGES, CACHE_CONTROL, CONTENT_LENGTH, CONTENT_RANGE, CONTENT_TYPE, ETAG, X_CONTENT_TYPE_OPTIONS,
};
use tauri::http::response::Builder;
use tauri::http::{HeaderValue, Response, StatusCode};

use super::shown::Shown;

/// What a player asks for.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Wanted {
    /// All of it.
    Whole,
    /// These bytes; at least one.
    Part(Range<u64>),
    /// What it does not have.
    Nothing,
}

impl Wanted {
    /// Reads a `Range` header for an object of so many bytes. What is no single range asks for all
    /// (<https://www.rfc-editor.org/rfc/rfc9110#section-14.2>).
    pub(super) fn of(header: Option<&HeaderValue>, size: u64) -> Self {
        let Some(range) = header.and_then(|value| value.to_str().ok()?.strip_prefix("bytes=")) else {
            return Self::Whole;
        };
        let number = |text: &str| text.trim().parse::<u64>().ok();
        let (start, end) = match range.split_once('-') {
            Some(("", last)) => match number(last) {
                Some(last) => (size.saturating_sub(last), size),
                None => return Self::Whole,
            },
            Some((first, "")) => match number(first) {
                Some(first) => (first, size),
                None => return Self::Whole,
            },
            Some((first, last)) => match (number(first), number(last)) {
                (Some(first), Some(last)) if first <= last => (first, last.saturating_add(1).min(size)),
                _ => return Self::Whole,
            },
            None => return Self::Whole,
        };
        if start < end { Self::Part(start..end) } else { Self::Nothing }
    }

    /// As many bytes of a part as are given in one answer.
    pub(super) fn within(self, most: u64) -> Self {
        match self {
            Self::Part(range) => Self::Part(range.start..range.end.min(range.start + most)),
            wanted => wanted,
        }
    }

    /// The bytes that are read for it.
    pub(super) fn range(&self) -> Option<Range<u64>> {
        match self {
            Self::Part(range) => Some(range.clone()),
            Self::Whole | Self::Nothing => None,
        }
    }
}

/// The head of an answer.
pub(super) fn head(shown: &Shown, wanted: &Wanted) -> Builder {
    let head = Response::builder()
        .header(CONTENT_TYPE, &shown.content_type)
        .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(CACHE_CONTROL, "no-store")
        .header(ACCEPT_RANGES, "bytes");
    let head = match &shown.etag {
        Some(etag) => head.header(ETAG, etag),
        None => head,
    };
    let size = shown.size;
    match wanted {
        Wanted::Whole => head.header(CONTENT_LENGTH, size),
        Wanted::Part(range) => head
            .status(StatusCode::PARTIAL_CONTENT)
            .header(CONTENT_RANGE, format!("bytes {}-{}/{size}", range.start, range.end - 1))
            .header(CONTENT_LENGTH, range.end - range.start),
        Wanted::Nothing => {
            head.status(StatusCode::RANGE_NOT_SATISFIABLE).header(CONTENT_RANGE, format!("bytes */{size}"))
        }
    }
}

/// The bytes, as they come from the server. Over when nobody looks any more.
pub(super) async fn open(app: &App, shown: &Shown, range: Option<Range<u64>>) -> Result<Body> {
    let read = app.read(&shown.profile, &shown.bucket, &shown.key, range, shown.etag.as_deref());
    let body = tokio::select! {
        body = read => body?,
        () = shown.over.cancelled() => return Err(Kind::Cancelled.into()),
    };
    // What was in the way is not any more.
    *shown.trouble() = None;
    Ok(body)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn wanted(header: &str) -> Wanted {
        Wanted::of(Some(&HeaderValue::from_str(header).unwrap()), 10)
    }

    #[test]
    fn a_range_is_understood_as_servers_understand_it() {
        for (header, expected) in [
            ("bytes=0-", Wanted::Part(0..10)),
            ("bytes=2-4", Wanted::Part(2..5)),
            ("bytes=2-99", Wanted::Part(2..10)),
            ("bytes=-3", Wanted::Part(7..10)),
            ("bytes=-99", Wanted::Part(0..10)),
            ("bytes=10-", Wanted::Nothing),
            ("bytes=-0", Wanted::Nothing),
            ("bytes=4-2", Wanted::Whole),
            ("bytes=0-1,4-5", Wanted::Whole),
            ("bytes=x-", Wanted::Whole),
            ("lines=0-1", Wanted::Whole),
            ("bytes=0-18446744073709551615", Wanted::Part(0..10)),
        ] {
            assert_eq!(wanted(header), expected, "{header}");
        }
        assert_eq!(Wanted::of(None, 10), Wanted::Whole);
        assert_eq!(Wanted::of(Some(&HeaderValue::from_static("bytes=0-")), 0), Wanted::Nothing);
    }

    #[test]
    fn one_answer_is_bounded() {
        assert_eq!(wanted("bytes=2-").within(4), Wanted::Part(2..6));
        assert_eq!(wanted("bytes=2-3").within(4), Wanted::Part(2..4));
        assert_eq!(Wanted::Whole.within(4), Wanted::Whole, "who asks for no part is given none");
    }
}
