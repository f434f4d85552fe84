//! The server's time, learnt from every answer of the SDK.

use std::sync::Arc;

use aws_sdk_s3::config::interceptors::BeforeDeserializationInterceptorContextRef;
use aws_sdk_s3::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_s3::error::BoxError;
use guestpass_core::ServerClock;
use guestpass_core::ports::Clock;
use jiff::Timestamp;
use jiff::fmt::rfc2822;

/// This computer's clock, and how far the server's is from it.
pub(crate) struct StoreClock {
    here: Arc<dyn Clock>,
    pub(crate) server: ServerClock,
}

impl StoreClock {
    pub(crate) fn new(here: Arc<dyn Clock>) -> Self {
        Self { here, server: ServerClock::default() }
    }

    /// The server's time now.
    pub(crate) fn now(&self) -> Timestamp {
        self.server.at(self.here.now())
    }

    fn learn(&self, date: &str) {
        if let Some(server) = http_date(date) {
            self.server.learn(server, self.here.now());
        }
    }
}

impl std::fmt::Debug for StoreClock {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("StoreClock").field("server", &self.server).finish_non_exhaustive()
    }
}

/// A `Date` header: `Mon, 23 Nov 2026 17:20:00 GMT`.
pub(crate) fn http_date(date: &str) -> Option<Timestamp> {
    rfc2822::parse(date).ok().map(|date| date.timestamp())
}

/// Reads the `Date` of each answer. The SDK does so too, for its own requests alone.
#[derive(Debug)]
pub(crate) struct LearnTime(pub(crate) Arc<StoreClock>);

impl Intercept for LearnTime {
    fn name(&self) -> &'static str {
        "LearnTime"
    }

    fn read_before_deserialization(
        &self,
        context: &BeforeDeserializationInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let headers = context.response().headers();
        // An answer with an age comes from a cache, and its date is old.
        if let (Some(date), None) = (headers.get("date"), headers.get("age")) {
            self.0.learn(date);
        }
        Ok(())
    }
}
