//! Bodies in both directions.

use std::io;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use http_body_util::BodyExt;
use hyper::body::Incoming;
use tokio::sync::watch;
use tokio::time::{Sleep, sleep};

use super::Fault;

/// A request's body on its way to the server.
pub(super) struct Metered {
    body: Incoming,
    /// How much of it may pass before the line breaks, in bytes.
    left: Option<u64>,
    /// In bytes a second.
    rate: Option<u64>,
    rest: Option<Pin<Box<Sleep>>>,
    bytes: Arc<watch::Sender<u64>>,
}

impl Metered {
    pub(super) fn new(body: Incoming, fault: Option<Fault>, bytes: Arc<watch::Sender<u64>>) -> Self {
        let (left, rate) = match fault {
            Some(Fault::Truncate(after)) => (Some(after), None),
            Some(Fault::Throttle(rate)) => (None, Some(rate)),
            _ => (None, None),
        };
        Self { body, left, rate, rest: None, bytes }
    }

    /// Takes so many bytes, or all that there are, and gives them to nobody.
    pub(super) async fn drain(&mut self, bytes: u64) {
        let mut taken = 0;
        while taken < bytes
            && let Some(Ok(frame)) = self.body.frame().await
        {
            taken += frame.data_ref().map_or(0, |data| data.len() as u64);
        }
    }
}

impl Body for Metered {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if let Some(rest) = &mut self.rest {
            ready!(rest.as_mut().poll(cx));
            self.rest = None;
        }
        if self.left == Some(0) {
            return Poll::Ready(Some(Err(io::ErrorKind::BrokenPipe.into())));
        }
        let Some(frame) = ready!(Pin::new(&mut self.body).poll_frame(cx)) else { return Poll::Ready(None) };
        let mut data = frame.map_err(io::Error::other)?.into_data().unwrap_or_default();
        if let Some(left) = &mut self.left {
            data.truncate(usize::try_from(*left).unwrap_or(usize::MAX));
            *left -= data.len() as u64;
        }
        if let Some(rate) = self.rate {
            self.rest = Some(Box::pin(sleep(Duration::from_secs_f64(data.len() as f64 / rate as f64))));
        }
        self.bytes.send_modify(|bytes| *bytes += data.len() as u64);
        Poll::Ready(Some(Ok(Frame::data(data))))
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream() && self.left.is_none()
    }

    fn size_hint(&self) -> SizeHint {
        Body::size_hint(&self.body)
    }
}

/// An answer on its way to the client.
pub(super) struct Answer {
    left: Bytes,
    is_cut: bool,
}

impl Answer {
    pub(super) fn whole(left: Bytes) -> Self {
        Self { left, is_cut: false }
    }

    /// Half of it, and then a reset.
    pub(super) fn cut(whole: Bytes) -> Self {
        Self { left: whole.slice(..whole.len() / 2), is_cut: true }
    }
}

impl Body for Answer {
    type Data = Bytes;
    type Error = io::Error;

    fn poll_frame(mut self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Option<io::Result<Frame<Bytes>>>> {
        if !self.left.is_empty() {
            return Poll::Ready(Some(Ok(Frame::data(std::mem::take(&mut self.left)))));
        }
        Poll::Ready(self.is_cut.then(|| Err(io::ErrorKind::ConnectionReset.into())))
    }

    fn is_end_stream(&self) -> bool {
        self.left.is_empty() && !self.is_cut
    }
}
