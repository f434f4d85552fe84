//! Credentials of a role that asks for the code of a device (`mfa_serial`), and of the roles behind it.
//!
//! A code works once. What it opened is kept until its end, so that the roles behind it are taken on anew without
//! another; after that, only a person helps.

use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::SystemTime;

use aws_credential_types::Credentials;
use aws_credential_types::provider::error::CredentialsError;
use aws_credential_types::provider::{self, ProvideCredentials, SharedCredentialsProvider, future};
use aws_sdk_sts::Client;
use aws_sdk_sts::config::Builder;
use aws_sdk_sts::error::{ProvideErrorMetadata, SdkError};
use aws_sdk_sts::operation::assume_role::AssumeRoleError;
use guestpass_core::Secret;

use super::coded_chain::{Chain, Step};

/// What is the matter with the code.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CodeError {
    /// There is none, or it was used.
    #[error("a code is needed")]
    Needed,
    /// It was wrong, used already, or too old; or the device is not the person's, of which only the words tell.
    #[error("the code was refused")]
    Refused {
        /// What STS says, unless that may repeat the code.
        why: Option<String>,
    },
}

/// Takes on the roles of a chain, one after the other.
#[derive(Debug)]
pub(super) struct Coded {
    steps: Vec<Step>,
    source: SharedCredentialsProvider,
    sts: Builder,
    code: Mutex<Option<Secret<String>>>,
    /// What the code opened.
    opened: Mutex<Option<Credentials>>,
}

impl Coded {
    pub(super) fn new(
        chain: Chain,
        source: SharedCredentialsProvider,
        sts: Builder,
        code: Option<Secret<String>>,
    ) -> Self {
        Self { steps: chain.steps, source, sts, code: Mutex::new(code), opened: Mutex::default() }
    }

    async fn credentials(&self) -> provider::Result {
        let last_asking = self.steps.iter().rposition(|step| step.mfa_serial.is_some()).unwrap_or_default();
        let opened = locked(&self.opened).clone().filter(is_good);
        let (mut credentials, code, from) = match opened {
            Some(opened) => (opened, None, last_asking + 1),
            None => {
                let code = locked(&self.code).take();
                let code = code.ok_or_else(|| CredentialsError::provider_error(CodeError::Needed))?;
                (self.source.provide_credentials().await?, Some(code), 0)
            }
        };
        for (number, step) in self.steps.iter().enumerate().skip(from) {
            credentials = self.take_on(step, credentials, code.as_ref()).await?;
            if number == last_asking {
                *locked(&self.opened) = Some(credentials.clone());
            }
        }
        Ok(credentials)
    }

    async fn take_on(&self, step: &Step, by: Credentials, code: Option<&Secret<String>>) -> provider::Result {
        let client = Client::from_conf(self.sts.clone().credentials_provider(by).build());
        let code = code.filter(|_| step.mfa_serial.is_some());
        let session = || format!("guestpass-{}", jiff::Timestamp::now().as_second());
        let request = client
            .assume_role()
            .role_arn(&step.role_arn)
            .role_session_name(step.session_name.clone().unwrap_or_else(session))
            .set_external_id(step.external_id.clone())
            .set_duration_seconds(step.seconds)
            .set_serial_number(step.mfa_serial.clone())
            .set_token_code(code.map(|code| code.reveal().clone()));
        let answer = request.send().await.map_err(|refused| match about_the_code(&refused) {
            Some(error) if code.is_some() => CredentialsError::provider_error(error),
            _ => CredentialsError::provider_error(refused),
        })?;
        let given = answer.credentials.ok_or_else(|| CredentialsError::unhandled("STS gave no credentials"))?;
        let end = SystemTime::try_from(given.expiration).map_err(CredentialsError::unhandled)?;
        let token = Some(given.session_token);
        Ok(Credentials::new(given.access_key_id, given.secret_access_key, token, Some(end), "AssumeRole"))
    }
}

/// STS has one code for every refusal; of a wrong code its message says `MultiFactorAuthentication failed with invalid
/// MFA one time pass code`, of one that is no code that `tokenCode` does not satisfy its constraint
/// (<https://repost.aws/knowledge-center/authenticate-mfa-cli>).
fn about_the_code(refused: &SdkError<AssumeRoleError>) -> Option<CodeError> {
    let message = refused.message().unwrap_or_default();
    match refused.code() {
        Some("AccessDenied") if message.contains("MultiFactorAuthentication failed") => {
            Some(CodeError::Refused { why: Some(message.trim().to_owned()) })
        }
        Some("ValidationError") if message.contains("tokenCode") => Some(CodeError::Refused { why: None }),
        _ => None,
    }
}

fn is_good(credentials: &Credentials) -> bool {
    credentials.expiry().is_none_or(|end| end > SystemTime::now())
}

fn locked<T>(shared: &Mutex<T>) -> MutexGuard<'_, T> {
    shared.lock().unwrap_or_else(PoisonError::into_inner)
}

impl ProvideCredentials for Coded {
    fn provide_credentials<'a>(&'a self) -> future::ProvideCredentials<'a>
    where
        Self: 'a,
    {
        future::ProvideCredentials::new(self.credentials())
    }
}
