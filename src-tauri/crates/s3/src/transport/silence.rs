//! How long nothing has moved.

use std::pin::Pin;
use std::sync::{Arc, Mutex, PoisonError};
use std::task::{Context, Poll, ready};
use std::time::Duration;

use aws_sdk_s3::primitives::SdkBody;
use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};
use tokio::time::Instant;

/// When something moved first and last.
#[derive(Clone, Debug)]
pub(super) struct Pulse(Arc<Mutex<(Instant, Instant)>>);

impl Default for Pulse {
    fn default() -> Self {
        let now = Instant::now();
        Self(Arc::new(Mutex::new((now, now))))
    }
}

impl Pulse {
    fn beat(&self) {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).1 = Instant::now();
    }

    /// Returns when nothing has moved for so long, and for as long as it has moved before: behind the last piece that
    /// was taken there are others in the system's buffers, which move unseen, as slowly as those before.
    pub(super) async fn silence(&self, limit: Duration) {
        loop {
            let (first, last) = *self.0.lock().unwrap_or_else(PoisonError::into_inner);
            let end = last + limit + (last - first);
            if end <= Instant::now() {
                return;
            }
            tokio::time::sleep_until(end).await;
        }
    }
}

/// The same body; each piece that the connection takes is a beat.
pub(super) fn watched(body: SdkBody, pulse: Pulse) -> SdkBody {
    SdkBody::from_body_1_x(Watched { body, pulse })
}

struct Watched {
    body: SdkBody,
    pulse: Pulse,
}

impl Body for Watched {
    type Data = Bytes;
    type Error = aws_sdk_s3::error::BoxError;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Self::Error>>> {
        let frame = ready!(Pin::new(&mut self.body).poll_frame(cx));
        self.pulse.beat();
        Poll::Ready(frame)
    }

    fn is_end_stream(&self) -> bool {
        self.body.is_end_stream()
    }

    fn size_hint(&self) -> SizeHint {
        Body::size_hint(&self.body)
    }
}
