//! Who may sign the policy of a form: the keys of this run, for our region, with the token that goes with them.
//! <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-UsingHTTPPOST.html>

use hmac::{Hmac, KeyInit, Mac};
use s3s::{S3Result, s3_error};
use sha2::Sha256;
use zeroize::Zeroizing;

use super::Fields;

/// The keys of this run.
pub(crate) struct Signers {
    pub(crate) access_key_id: String,
    pub(crate) secret_access_key: Zeroizing<String>,
    pub(crate) session_token: Option<String>,
    pub(crate) region: &'static str,
}

impl Signers {
    /// Whether the form's policy was signed with our keys.
    pub(super) fn check(&self, fields: &Fields) -> S3Result<()> {
        let field = |name: &str| fields.get(name).map(String::as_str).unwrap_or_default();
        if !fields.contains_key("x-amz-signature") || !fields.contains_key("policy") {
            return Err(s3_error!(AccessDenied, "Access Denied"));
        }
        if field("x-amz-algorithm") != "AWS4-HMAC-SHA256" {
            return Err(s3_error!(InvalidArgument, "X-Amz-Algorithm only supports \"AWS4-HMAC-SHA256\""));
        }
        let scope: Vec<&str> = field("x-amz-credential").split('/').collect();
        let [access_key_id, date, region, service, "aws4_request"] = scope[..] else {
            return Err(s3_error!(InvalidArgument, "The X-Amz-Credential of the form is malformed"));
        };
        if (region, service) != (self.region, "s3") {
            return Err(s3_error!(InvalidArgument, "The X-Amz-Credential of the form names a wrong region"));
        }
        if access_key_id != self.access_key_id {
            let message = "The AWS Access Key Id you provided does not exist in our records.";
            return Err(s3_error!(InvalidAccessKeyId, "{message}"));
        }
        if !field("x-amz-date").starts_with(date) || date.len() != 8 {
            return Err(s3_error!(InvalidArgument, "The dates of the form do not fit each other"));
        }
        if fields.get("x-amz-security-token") != self.session_token.as_ref() {
            let message = "The provided token is malformed or otherwise invalid.";
            return Err(s3_error!(InvalidToken, "{message}"));
        }
        let sent = hex::decode(field("x-amz-signature")).unwrap_or_default();
        // Compares in the same time wherever the difference is.
        self.mac(date, field("policy")).verify_slice(&sent).map_err(|_| {
            s3_error!(
                SignatureDoesNotMatch,
                "The request signature we calculated does not match the signature you provided."
            )
        })
    }

    fn mac(&self, date: &str, policy: &str) -> Hmac<Sha256> {
        let first = Zeroizing::new(format!("AWS4{}", self.secret_access_key.as_str()).into_bytes());
        let key = [date, self.region, "s3", "aws4_request"]
            .iter()
            .fold(first, |key, text| Zeroizing::new(keyed(&key, text).finalize().into_bytes().to_vec()));
        keyed(&key, policy)
    }
}

fn keyed(key: &[u8], text: &str) -> Hmac<Sha256> {
    // HMAC takes keys of any length.
    #[expect(clippy::expect_used, reason = "the error cannot happen")]
    let mut mac = Hmac::<Sha256>::new_from_slice(key).expect("a key of any length");
    mac.update(text.as_bytes());
    mac
}
