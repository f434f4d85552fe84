//! Where requests for a bucket go, and in whose name they are signed: as the SDK's own endpoint rules have it.
//!
//! The SDK is asked once a bucket, by presigning a request that is never sent; every signature of ours is then
//! for the same host, path, region and service as the SDK's own requests.

use std::time::Duration;

use aws_credential_types::Credentials;
use aws_sdk_s3::Client;
use aws_sdk_s3::config::Config;
use aws_sdk_s3::presigning::PresigningConfig;
use guestpass_core::{BucketName, Error, Kind, Result};
use url::Url;

/// A bucket as signatures see it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct SigningPlace {
    /// Scheme, host and port, without a slash at the end.
    pub(crate) origin: String,
    /// The `Host` that clients send: the port only where it is not the scheme's own.
    pub(crate) host: String,
    /// What stands in front of the encoded key; begins and ends with `/`.
    pub(crate) path: String,
    /// The region of the credential scope.
    pub(crate) region: String,
    /// The service of the credential scope: `s3`, or a relative such as `s3express`.
    pub(crate) service: String,
}

/// The one object of the request that is never sent; it needs no encoding.
const KEY: &str = "k";

/// The bucket of requests that are for none.
const NO_BUCKET: &str = "guestpass";

impl SigningPlace {
    /// Asks the SDK. Errors: [`Kind::AddressInvalid`] for a bucket whose requests are signed in another way than
    /// by Signature Version 4 for one region (multi-region access points).
    pub(crate) async fn of(client: &Client, bucket: &BucketName, region: &str) -> Result<Self> {
        let unusable = |why: &str| {
            let address = format!("s3://{bucket}/");
            Error::from(Kind::AddressInvalid { address }).with_detail(why)
        };
        let url =
            probe(client, bucket.as_str()).await.ok_or_else(|| unusable("no endpoint for this bucket"))?;
        let place = Self::read(&url).ok_or_else(|| unusable("not signed by AWS4-HMAC-SHA256"))?;
        // With no region the SDK has been seen to leave out the signature (aws-sdk-rust#861).
        if place.region == region { Ok(place) } else { Err(unusable("signed for another region")) }
    }

    fn read(url: &Url) -> Option<Self> {
        let value = |name: &str| url.query_pairs().find(|(key, _)| key == name).map(|(_, value)| value);
        let scope = value("X-Amz-Credential").filter(|_| {
            value("X-Amz-Algorithm").as_deref() == Some("AWS4-HMAC-SHA256")
                && value("X-Amz-Signature").is_some()
        })?;
        let mut scope = scope.rsplit('/');
        let (Some("aws4_request"), Some(service), Some(region)) = (scope.next(), scope.next(), scope.next())
        else {
            return None;
        };
        let host = Some(host(url)).filter(|host| !host.is_empty())?;
        Some(Self {
            origin: format!("{}://{host}", url.scheme()),
            host,
            path: url.path().strip_suffix(KEY)?.to_owned(),
            region: region.to_owned(),
            service: service.to_owned(),
        })
    }
}

/// The server to which this configuration sends requests.
pub(crate) async fn endpoint(client: &Client) -> Option<Url> {
    probe(client, NO_BUCKET).await
}

/// Where requests go that are for no bucket.
pub(crate) async fn server(client: &Client) -> Option<Url> {
    let mut url = probe(client, NO_BUCKET).await?;
    let host =
        url.host_str()?.strip_prefix(NO_BUCKET).and_then(|host| host.strip_prefix('.')).map(str::to_owned);
    if let Some(host) = host {
        url.set_host(Some(&host)).ok()?;
    }
    Some(url)
}

/// Where requests for a bucket go.
pub(crate) async fn server_of(client: &Client, bucket: &BucketName) -> Option<Url> {
    probe(client, bucket.as_str()).await
}

/// The host of a URL as clients send it: the port only where it is not the scheme's own.
pub(crate) fn host(url: &Url) -> String {
    let host = url.host_str().unwrap_or_default();
    url.port().map_or_else(|| host.to_owned(), |port| format!("{host}:{port}"))
}

/// Signs nothing real: the credentials are nobody's.
async fn probe(client: &Client, bucket: &str) -> Option<Url> {
    let nobody = Credentials::new("nobody", "nothing", None, None, "endpoint lookup");
    let presigning = PresigningConfig::expires_in(Duration::from_secs(1)).ok()?;
    let request = client.get_object().bucket(bucket).key(KEY).customize();
    let request = request.config_override(Config::builder().credentials_provider(nobody));
    Url::parse(request.presigned(presigning).await.ok()?.uri()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(url: &str) -> Option<SigningPlace> {
        SigningPlace::read(&Url::parse(url).unwrap())
    }

    const SIGNED: &str = "X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Signature=ab";

    #[test]
    fn what_the_sdk_decided_is_read_from_its_url() {
        let scope = "X-Amz-Credential=AK%2F20261123%2Feu-west-1%2Fs3%2Faws4_request";
        let place = read(&format!("http://127.0.0.1:9000/base/acme/k?{scope}&{SIGNED}")).unwrap();
        assert_eq!((place.origin.as_str(), place.host.as_str()), ("http://127.0.0.1:9000", "127.0.0.1:9000"));
        assert_eq!((place.path.as_str(), place.region.as_str()), ("/base/acme/", "eu-west-1"));
        let default_port = read(&format!("https://acme.test:443/k?{scope}&{SIGNED}")).unwrap();
        assert_eq!((default_port.host.as_str(), default_port.path.as_str()), ("acme.test", "/"));
    }

    #[test]
    fn what_is_not_signed_for_one_region_is_no_place() {
        let scope = "X-Amz-Credential=AK%2F20261123%2Feu-west-1%2Fs3%2Faws4_request";
        assert_eq!(read("https://acme.test/k"), None);
        assert_eq!(read(&format!("https://acme.test/k?{scope}")), None);
        assert_eq!(
            read(
                "https://acme.test/k?X-Amz-Algorithm=AWS4-ECDSA-P256-SHA256&X-Amz-Signature=ab&X-Amz-Credential=AK%2F20261123%2Fs3%2Faws4_request"
            ),
            None
        );
    }
}
