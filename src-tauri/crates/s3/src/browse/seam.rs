//! Where our reading of a listing stands in for the SDK's.
//!
//! An operation finds what reads its answer among its settings, and an interceptor may put something else there.
//! Everything before that is the SDK's: transport, signature, repetitions, limits. And what is no plain page is handed
//! to the SDK's own reading, so that refusals and broken answers stay what they were.

use std::sync::{Arc, LazyLock, Mutex, PoisonError};

use aws_sdk_s3::config::interceptors::BeforeSerializationInterceptorContextMut;
use aws_sdk_s3::config::{ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_s3::error::BoxError;
use aws_sdk_s3::operation::list_objects_v2::{ListObjectsV2, ListObjectsV2Output};
use aws_smithy_runtime_api::client::interceptors::context::{Error as Refused, Output};
use aws_smithy_runtime_api::client::orchestrator::{HttpResponse, OrchestratorError};
use aws_smithy_runtime_api::client::runtime_plugin::RuntimePlugin;
use aws_smithy_runtime_api::client::ser_de::{DeserializeResponse, SharedResponseDeserializer};
use aws_smithy_types::config_bag::FrozenLayer;
use guestpass_core::{Listing, Place, Result};

use super::listing;
use super::page::Page;

/// The settings of the operation, with the SDK's own reading among them.
static OPERATION: LazyLock<Option<FrozenLayer>> = LazyLock::new(|| ListObjectsV2::new().config());

/// Reads one answer, for the one who asked for it.
#[derive(Clone, Debug)]
pub(super) struct OurReading {
    place: Arc<Place>,
    recursive: bool,
    /// What was read of the last attempt; none where the SDK has read it.
    read: Arc<Mutex<Option<Result<Listing>>>>,
}

impl OurReading {
    pub(super) fn of(place: &Place, recursive: bool) -> Self {
        Self { place: Arc::new(place.clone()), recursive, read: Arc::default() }
    }

    /// What has been read, with what the SDK has made of the same answer.
    pub(super) fn into_listing(self, theirs: &ListObjectsV2Output) -> Result<Listing> {
        let ours = self.read.lock().unwrap_or_else(PoisonError::into_inner).take();
        ours.unwrap_or_else(|| listing(Page::from(theirs), &self.place, self.recursive))
    }

    fn keep(&self, read: Option<Result<Listing>>) -> bool {
        let mut kept = self.read.lock().unwrap_or_else(PoisonError::into_inner);
        *kept = read;
        kept.is_some()
    }
}

impl Intercept for OurReading {
    fn name(&self) -> &'static str {
        "OurReading"
    }

    fn modify_before_serialization(
        &self,
        _: &mut BeforeSerializationInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        settings: &mut ConfigBag,
    ) -> std::result::Result<(), BoxError> {
        // Without theirs, ours would have nobody to hand on to.
        if theirs().is_some() {
            settings.interceptor_state().store_put(SharedResponseDeserializer::new(self.clone()));
        }
        Ok(())
    }
}

impl DeserializeResponse for OurReading {
    fn deserialize_nonstreaming_with_config(
        &self,
        response: &HttpResponse,
        settings: &ConfigBag,
    ) -> std::result::Result<Output, OrchestratorError<Refused>> {
        let page = response.body().bytes().filter(|_| response.status().as_u16() == 200).and_then(Page::read);
        if self.keep(page.map(|page| listing(page, &self.place, self.recursive))) {
            return Ok(Output::erase(ListObjectsV2Output::builder().build()));
        }
        match theirs() {
            Some(theirs) => theirs.deserialize_nonstreaming_with_config(response, settings),
            None => Err(OrchestratorError::other("nothing reads this answer")),
        }
    }
}

/// The SDK's own reading.
pub(super) fn theirs() -> Option<&'static SharedResponseDeserializer> {
    OPERATION.as_ref()?.load::<SharedResponseDeserializer>()
}

#[cfg(test)]
mod tests {
    use super::*;
    use aws_sdk_s3::config::{BehaviorVersion, Credentials, Region};
    use aws_sdk_s3::error::ProvideErrorMetadata;
    use guestpass_core::{BucketName, Prefix};
    use guestpass_testkit::scripted::{Answer, Scripted};

    const PLAIN: &str =
        "<ListBucketResult><Name>acme-press</Name><Contents><Key>a</Key></Contents></ListBucketResult>";

    fn reading() -> OurReading {
        let bucket = BucketName::parse("acme-press").unwrap();
        OurReading::of(&Place { bucket, prefix: Prefix::default() }, false)
    }

    /// What the SDK makes of an answer, and how many rows we have read; none where we have not.
    async fn asked(answer: Answer) -> (std::result::Result<usize, Option<String>>, Option<usize>) {
        let server = Scripted::start(move |_| answer.clone()).await;
        let config = aws_sdk_s3::Config::builder()
            .behavior_version(BehaviorVersion::latest())
            .endpoint_url(server.endpoint())
            .region(Region::new("eu-west-1"))
            .credentials_provider(Credentials::new("AKIDEXAMPLE", "secret", None, None, "the tests"))
            .force_path_style(true);
        let client = aws_sdk_s3::Client::from_conf(config.build());
        let reading = reading();
        let request = client.list_objects_v2().bucket("acme-press").customize().interceptor(reading.clone());
        let theirs = request.send().await.map_err(|e| e.code().map(str::to_owned));
        let ours = reading.read.lock().unwrap().take().map(|listing| listing.unwrap().entries.len());
        (theirs.map(|page| page.contents().len()), ours)
    }

    #[tokio::test]
    async fn a_plain_page_never_reaches_the_sdk_s_reading() {
        assert_eq!(asked(Answer::document(PLAIN)).await, (Ok(0), Some(1)));
    }

    #[tokio::test]
    async fn all_else_is_read_by_the_sdk() {
        let commented = PLAIN.replace("<Contents>", "<!-- why --><Contents>");
        assert_eq!(asked(Answer::document(commented)).await, (Ok(1), None));
        let denied = (Err(Some("AccessDenied".to_owned())), None);
        assert_eq!(asked(Answer::xml(403, "AccessDenied", "no")).await, denied);
        let late = "<Error><Code>AccessDenied</Code><Message>no</Message></Error>";
        assert_eq!(asked(Answer::document(late)).await, denied, "a refusal behind a 200");
    }

    #[test]
    fn what_the_sdk_has_read_is_listed_where_we_have_not() {
        let object = aws_sdk_s3::types::Object::builder().key("a").build();
        let theirs = ListObjectsV2Output::builder().name("acme-press").contents(object).build();
        assert_eq!(reading().into_listing(&theirs).unwrap().entries.len(), 1);
        let nothing = ListObjectsV2Output::builder().build();
        assert!(reading().into_listing(&nothing).is_err(), "no listing at all");
    }
}
