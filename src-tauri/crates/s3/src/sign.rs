//! Presigned GETs, checked before they leave.
//!
//! Presigning is arithmetic and succeeds for almost anything; with no region set the SDK has handed out a URL
//! without a signature. So what comes back is read once more: signature, scope, host, expiry, signed headers.

use std::time::Duration;

use async_trait::async_trait;
use aws_credential_types::Credentials;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::interceptors::BeforeTransmitInterceptorContextMut;
use aws_sdk_s3::config::{Config, ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_s3::error::BoxError;
use aws_sdk_s3::presigning::PresigningConfig;
use guestpass_core::ports::{Sign, SignGet};
use guestpass_core::{Action, CredentialsEnd, Error, Kind, LinkUrl, Result};
use url::Url;

use crate::S3Store;
use crate::credentials::end_of;
use crate::error::{Asked, of_sdk};

#[async_trait]
impl Sign for S3Store {
    async fn credentials_end(&self) -> Result<CredentialsEnd> {
        Ok(end_of(&self.signer.credentials().await?))
    }

    async fn sign_get(&self, get: SignGet<'_>) -> Result<LinkUrl> {
        let regional = self.regions.of(get.bucket, &self.profile).await?;
        let credentials = self.signer.credentials().await?;
        let presigning = PresigningConfig::builder()
            .start_time(get.at.try_into().map_err(internal)?)
            .expires_in(Duration::from_secs(get.seconds.into()))
            .build()
            .map_err(internal)?;
        let request = regional
            .client
            .get_object()
            .bucket(get.bucket.as_str())
            .key(get.key.as_str())
            .response_content_disposition(&get.opening.content_disposition)
            .set_response_content_type(get.opening.content_type.clone());
        let signed = request
            .customize()
            .config_override(Config::builder().credentials_provider(credentials))
            .interceptor(NoOperationName)
            .presigned(presigning)
            .await
            .map_err(|e| of_sdk(e, Asked::object(Action::Read, &self.profile, get.bucket, get.key)))?;
        let url = LinkUrl::new(signed.uri().to_owned());
        assure(&url, &regional.region, get.seconds)?;
        Ok(url)
    }
}

fn internal(error: impl std::error::Error + Send + Sync + 'static) -> Error {
    Error::from(Kind::Internal).with_source(error)
}

/// Drops the `x-id=GetObject` that the SDK adds: no server needs it, and no other signer has it.
#[derive(Debug)]
struct NoOperationName;

impl Intercept for NoOperationName {
    fn name(&self) -> &'static str {
        "NoOperationName"
    }

    fn modify_before_signing(
        &self,
        context: &mut BeforeTransmitInterceptorContextMut<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let request = context.request_mut();
        if let Some((path, query)) = request.uri().split_once('?') {
            let kept: Vec<&str> = query.split('&').filter(|part| !part.starts_with("x-id=")).collect();
            let separator = if kept.is_empty() { "" } else { "?" };
            let uri = format!("{path}{separator}{}", kept.join("&"));
            request.set_uri(uri)?;
        }
        Ok(())
    }
}

/// Makes sure that the URL carries a signature by header `host` alone, for this region and time.
fn assure(url: &LinkUrl, region: &str, seconds: u32) -> Result<()> {
    let wrong = |what: &str| Err(Error::from(Kind::Internal).with_detail(format!("the link came out {what}")));
    let Ok(parsed) = Url::parse(url.reveal()) else {
        return wrong("unreadable");
    };
    let value = |name: &str| parsed.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value);
    let signature = value("X-Amz-Signature").unwrap_or_default();
    let scope = value("X-Amz-Credential").unwrap_or_default();
    if signature.len() != 64 || !signature.bytes().all(|b| b.is_ascii_hexdigit()) {
        wrong("unsigned")
    } else if !scope.ends_with(&format!("/{region}/s3/aws4_request")) {
        wrong("signed for another region")
    } else if value("X-Amz-Expires").as_deref() != Some(&seconds.to_string()) {
        wrong("with another end")
    } else if value("X-Amz-SignedHeaders").as_deref() != Some("host") {
        wrong("bound to headers that a browser does not send")
    } else if parsed.host_str().is_none_or(str::is_empty) {
        wrong("without a host")
    } else {
        Ok(())
    }
}

/// The host to which this configuration sends requests, as the SDK's own rules resolve it; signs nothing real.
pub(crate) async fn endpoint_host(client: &Client) -> Option<String> {
    let nobody = Credentials::new("nobody", "nothing", None, None, "endpoint lookup");
    let presigning = PresigningConfig::expires_in(Duration::from_secs(1)).ok()?;
    let request = client.get_object().bucket("guestpass").key("x").customize();
    let request = request.config_override(Config::builder().credentials_provider(nobody));
    let url = Url::parse(request.presigned(presigning).await.ok()?.uri()).ok()?;
    url.host_str().map(str::to_owned)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(query: &str) -> Result<()> {
        assure(&LinkUrl::new(format!("https://b.s3.eu-west-1.amazonaws.com/k?{query}")), "eu-west-1", 3600)
    }

    #[test]
    fn only_a_signed_url_passes() {
        let scope = "X-Amz-Credential=AK%2F20261123%2Feu-west-1%2Fs3%2Faws4_request";
        let rest = "X-Amz-Expires=3600&X-Amz-SignedHeaders=host";
        let signature = format!("X-Amz-Signature={}", "a".repeat(64));
        verdict(&format!("{scope}&{rest}&{signature}")).unwrap();
        for bad in [
            String::new(),
            format!("{scope}&{rest}"),
            format!("{scope}&{rest}&X-Amz-Signature=abc"),
            format!("{}&{rest}&{signature}", scope.replace("eu-west-1", "us-east-1")),
            format!("{scope}&{}&{signature}", rest.replace("3600", "3601")),
            format!("{scope}&{rest}%3Bx-amz-acl&{signature}"),
        ] {
            assert_eq!(verdict(&bad).unwrap_err().into_kind(), Kind::Internal, "{bad}");
        }
    }
}
