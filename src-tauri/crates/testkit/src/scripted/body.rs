//! The body of a scripted answer, which knows whether it was taken to its end.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::sync::watch;
use tokio::time::{Interval, interval};

/// Between two bytes of a drip: far more than any limit on throughput asks for.
const DRIP: Duration = Duration::from_millis(100);

#[derive(Clone, Debug)]
pub(super) enum Content {
    Whole(Bytes),
    Endless { start: Bytes, again: Bytes },
    Drip { start: Bytes },
}

#[derive(Debug)]
pub(super) struct ScriptedBody {
    /// What goes out next; empty: nothing does.
    next: Bytes,
    again: Again,
    /// How many bytes have gone out.
    out: u64,
    broken_off: Arc<watch::Sender<Option<u64>>>,
}

#[derive(Debug)]
enum Again {
    Never,
    AtOnce(Bytes),
    Slowly(Interval),
}

impl ScriptedBody {
    pub(super) fn new(content: Content, broken_off: Arc<watch::Sender<Option<u64>>>) -> Self {
        let (next, again) = match content {
            Content::Whole(whole) => (whole, Again::Never),
            Content::Endless { start, again } => (start, Again::AtOnce(again)),
            Content::Drip { start } => (start, Again::Slowly(interval(DRIP))),
        };
        Self { next, again, out: 0, broken_off }
    }

    fn poll_next(&mut self, cx: &mut Context<'_>) -> Poll<Bytes> {
        if !self.next.is_empty() {
            return Poll::Ready(std::mem::take(&mut self.next));
        }
        match &mut self.again {
            Again::Never => Poll::Ready(Bytes::new()),
            Again::AtOnce(again) => Poll::Ready(again.clone()),
            Again::Slowly(interval) => {
                ready!(interval.poll_tick(cx));
                Poll::Ready(Bytes::from_static(b" "))
            }
        }
    }
}

impl Body for ScriptedBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let bytes = ready!(self.poll_next(cx));
        if bytes.is_empty() {
            return Poll::Ready(None);
        }
        self.out += bytes.len() as u64;
        Poll::Ready(Some(Ok(Frame::data(bytes))))
    }

    fn is_end_stream(&self) -> bool {
        self.next.is_empty() && matches!(self.again, Again::Never)
    }

    fn size_hint(&self) -> SizeHint {
        match self.again {
            Again::Never => SizeHint::with_exact(self.next.len() as u64),
            Again::AtOnce(_) | Again::Slowly(_) => SizeHint::default(),
        }
    }
}

impl Drop for ScriptedBody {
    fn drop(&mut self) {
        if !self.is_end_stream() {
            self.broken_off.send_replace(Some(self.out));
        }
    }
}
