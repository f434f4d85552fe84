//! What is signed in three ways: by us, by botocore, by the SDK.

use std::time::Duration;

use aws_sdk_s3::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_s3::config::{Config, ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_s3::error::BoxError;
use aws_sdk_s3::presigning::PresigningConfig;
use guestpass_core::ports::{Sign, SignGet, Span};
use guestpass_core::{BucketName, Disposition, ObjectKey, Opening, VersionId};
use serde_json::{Value, json};

use super::Parts;
use super::stub::Keys;
use crate::S3Store;

/// A link to one object; an upload to it where there is no `disposition`.
#[derive(Clone, Debug)]
pub(super) struct Request {
    pub(super) bucket: &'static str,
    pub(super) key: String,
    pub(super) disposition: Option<String>,
    pub(super) content_type: Option<String>,
    pub(super) version: Option<String>,
    pub(super) pays: bool,
    pub(super) keys: Keys,
    pub(super) at: i64,
    pub(super) seconds: u32,
}

impl Request {
    pub(super) fn get(bucket: &'static str, key: &str) -> Self {
        Self {
            bucket,
            key: key.to_owned(),
            disposition: Some("attachment; filename=\"a b.txt\"; filename*=UTF-8''a%20b.txt".to_owned()),
            content_type: None,
            version: None,
            pays: false,
            keys: Keys::plain(),
            at: 1_795_454_400,
            seconds: 3_600,
        }
    }

    pub(super) fn put(bucket: &'static str, key: &str) -> Self {
        Self { disposition: None, ..Self::get(bucket, key) }
    }

    fn span(&self) -> Span {
        Span { at: jiff::Timestamp::from_second(self.at).unwrap(), seconds: self.seconds }
    }

    pub(super) async fn by_us(&self, store: &S3Store) -> Parts {
        let bucket = BucketName::parse(self.bucket).unwrap();
        let key = ObjectKey::parse(&self.key).unwrap();
        let url = match &self.disposition {
            None => store.sign_put(&bucket, &key, self.span()).await,
            Some(disposition) => {
                let opening = Opening {
                    disposition: Disposition::Attachment,
                    content_disposition: disposition.clone(),
                    content_type: self.content_type.clone(),
                };
                let version = self.version.as_deref().map(|version| VersionId::kept(version).unwrap());
                let get = SignGet {
                    bucket: &bucket,
                    key: &key,
                    version: version.as_ref(),
                    pays: self.pays,
                    opening: &opening,
                    span: self.span(),
                };
                store.sign_get(get).await
            }
        };
        Parts::of(url.unwrap().reveal())
    }

    /// As botocore is asked; `settings` say which client of its signs.
    pub(super) fn for_botocore(&self, settings: &Value) -> Value {
        let mut request = settings.clone();
        let params = [
            ("ResponseContentDisposition", &self.disposition),
            ("ResponseContentType", &self.content_type),
            ("VersionId", &self.version),
        ];
        let params = params.into_iter().filter_map(|(name, value)| Some((name, value.clone()?)));
        request["params"] = params.collect();
        request["pays"] = json!(self.pays);
        request["operation"] = json!(if self.disposition.is_some() { "get_object" } else { "put_object" });
        request["bucket"] = json!(self.bucket);
        request["key"] = json!(self.key);
        request["keys"] = json!([self.keys.id, self.keys.secret, self.keys.token]);
        request["at"] = json!(self.span().at.to_string());
        request["seconds"] = json!(self.seconds);
        request
    }

    pub(super) async fn by_the_sdk(&self, store: &S3Store) -> Parts {
        let bucket = BucketName::parse(self.bucket).unwrap();
        let client = store.regions.of(&bucket, "press").await.unwrap().client;
        let presigning = PresigningConfig::builder()
            .start_time(self.span().at.try_into().unwrap())
            .expires_in(Duration::from_secs(self.seconds.into()))
            .build()
            .unwrap();
        let keys = Config::builder().credentials_provider(self.keys.credentials());
        let plain = PlainQuery { pays: self.pays };
        let signed = if let Some(disposition) = &self.disposition {
            let get = client.get_object().bucket(self.bucket).key(&self.key);
            let get = get.response_content_disposition(disposition);
            let get = get.set_response_content_type(self.content_type.clone());
            let get = get.set_version_id(self.version.clone()).customize();
            get.config_override(keys).interceptor(plain).presigned(presigning).await.unwrap()
        } else {
            let put = client.put_object().bucket(self.bucket).key(&self.key).customize();
            put.config_override(keys).interceptor(plain).presigned(presigning).await.unwrap()
        };
        assert_eq!(signed.headers().count(), 0, "nothing but the host is signed");
        Parts::of(signed.uri())
    }
}

/// Drops the `x-id=GetObject` that the SDK adds, which no server needs and no other signer has; and says in the
/// query who pays, where the SDK would sign a header that no browser sends.
#[derive(Debug)]
struct PlainQuery {
    pays: bool,
}

impl Intercept for PlainQuery {
    fn name(&self) -> &'static str {
        "PlainQuery"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        let (path, query) = request.uri().split_once('?').unwrap();
        let mut kept: Vec<&str> = query.split('&').filter(|part| !part.starts_with("x-id=")).collect();
        if self.pays {
            kept.push("x-amz-request-payer=requester");
        }
        let separator = if kept.is_empty() { "" } else { "?" };
        let uri = format!("{path}{separator}{}", kept.join("&"));
        Ok(request.set_uri(uri)?)
    }
}
