//! The questions of a sign-in (SSO-OIDC), through the official client.

use std::sync::{Arc, Mutex, PoisonError};

use aws_sdk_ssooidc::Client;
use aws_sdk_ssooidc::config::interceptors::BeforeTransmitInterceptorContextRef;
use aws_sdk_ssooidc::config::{self, ConfigBag, Intercept, RuntimeComponents};
use aws_sdk_ssooidc::error::{BoxError, SdkError};
use aws_sdk_ssooidc::operation::create_token::builders::CreateTokenFluentBuilder;
use aws_sdk_ssooidc::operation::create_token::{CreateTokenError, CreateTokenOutput};
use aws_sdk_ssooidc::operation::start_device_authorization::StartDeviceAuthorizationOutput;
use guestpass_core::{Error, Kind, Organisation, Result, Secret};
use jiff::Timestamp;
use url::Url;

use super::token::{Registration, Token};
use super::{internal, portal, refusal};
use crate::Limits;
use crate::transport::Transport;

/// What the organisation's page calls this program.
const CLIENT_NAME: &str = "Guestpass";

/// What is asked for: accounts and roles
/// (<https://docs.aws.amazon.com/singlesignon/latest/userguide/customermanagedapps-saml2-oauth2.html>).
pub(super) const SCOPE: &str = "sso:account:access";

/// Where a browser is led back to. The port is not known beforehand, and need not be (RFC 8252, section 7.3).
const REDIRECT: &str = "http://127.0.0.1/oauth/callback";

pub(super) const BY_CODE: &str = "authorization_code";
pub(super) const BY_DEVICE: &str = "urn:ietf:params:oauth:grant-type:device_code";
const BY_REFRESH: &str = "refresh_token";

/// One organisation's sign-in.
pub(super) struct Oidc {
    client: Client,
    pub(super) organisation: Organisation,
}

impl Oidc {
    pub(super) async fn of(organisation: &Organisation, transport: &Transport, limits: Limits) -> Self {
        let shared = portal::shared(organisation, transport).await;
        let config = config::Builder::from(&shared).timeout_config(limits.for_one_answer()).interceptor(limits);
        Self { client: Client::from_conf(config.build()), organisation: organisation.clone() }
    }

    /// Makes this program known. Also tells the page on which a person allows it.
    pub(super) async fn register(&self, grant: &str) -> Result<(Registration, Url)> {
        let seen = Seen::default();
        let by_code = grant == BY_CODE;
        let request = self
            .client
            .register_client()
            .client_name(CLIENT_NAME)
            .client_type("public")
            .scopes(SCOPE)
            .grant_types(grant)
            .grant_types(BY_REFRESH)
            .set_redirect_uris(by_code.then(|| vec![REDIRECT.to_owned()]))
            .set_issuer_url(by_code.then(|| self.organisation.start_url.clone()));
        let answer = request.customize().interceptor(seen.clone()).send().await;
        let answer = answer.map_err(|e| refusal::of(e, &self.organisation))?;
        let ends_at = Timestamp::from_second(answer.client_secret_expires_at).ok();
        let (Some(client_id), Some(client_secret), Some(ends_at)) =
            (answer.client_id, answer.client_secret.map(Secret::new), ends_at)
        else {
            return Err(nonsense("a registration without its parts"));
        };
        let page = seen.page().ok_or_else(|| internal("no address of the sign-in"))?;
        Ok((Registration { client_id, client_secret, ends_at }, page))
    }

    pub(super) async fn start_device(
        &self,
        registration: &Registration,
    ) -> Result<StartDeviceAuthorizationOutput> {
        let request = self
            .client
            .start_device_authorization()
            .client_id(&registration.client_id)
            .client_secret(registration.client_secret.reveal())
            .start_url(&self.organisation.start_url);
        request.send().await.map_err(|e| refusal::of(e, &self.organisation))
    }

    /// Asks for a token, by what `proof` adds to the question.
    pub(super) async fn token(
        &self,
        registration: &Registration,
        grant: &str,
        proof: impl FnOnce(CreateTokenFluentBuilder) -> CreateTokenFluentBuilder + Send,
    ) -> Result<CreateTokenOutput, SdkError<CreateTokenError>> {
        let request = self
            .client
            .create_token()
            .client_id(&registration.client_id)
            .client_secret(registration.client_secret.reveal())
            .grant_type(grant);
        proof(request).send().await
    }

    /// A new token for one that ends.
    pub(super) async fn renew(
        &self,
        registration: &Registration,
        refresh: &Secret<String>,
        now: Timestamp,
    ) -> Result<Token> {
        let given = self.token(registration, BY_REFRESH, |by| by.refresh_token(refresh.reveal())).await;
        let given = given.map_err(|e| refusal::of(e, &self.organisation))?;
        let mut token = token_of(given, registration.clone(), now)?;
        // It is told again only where it has changed.
        token.refresh.get_or_insert_with(|| refresh.clone());
        Ok(token)
    }
}

/// What was given. It ends by the clock of this computer, as for every tool that reads it.
pub(super) fn token_of(given: CreateTokenOutput, registration: Registration, now: Timestamp) -> Result<Token> {
    // Whole seconds, as the file keeps it.
    let ends_at = Timestamp::from_second(now.as_second().saturating_add(given.expires_in.into()));
    let (Some(access), Ok(ends_at)) = (given.access_token.map(Secret::new), ends_at) else {
        return Err(nonsense("a token without its parts"));
    };
    let refresh = given.refresh_token.map(Secret::new);
    Ok(Token { access, ends_at, refresh, registration: Some(registration) })
}

pub(super) fn nonsense(what: &str) -> Error {
    Error::from(Kind::ServerFault).with_detail(what)
}

/// Where a question went: the page to allow it is beside it, and the SDK does not tell its address otherwise.
#[derive(Clone, Debug, Default)]
struct Seen(Arc<Mutex<Option<String>>>);

impl Seen {
    fn page(&self) -> Option<Url> {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner).clone()?;
        Url::parse(&format!("{}/authorize", seen.strip_suffix("/client/register")?)).ok()
    }
}

impl Intercept for Seen {
    fn name(&self) -> &'static str {
        "Seen"
    }

    fn read_before_transmit(
        &self,
        context: &BeforeTransmitInterceptorContextRef<'_>,
        _: &RuntimeComponents,
        _: &mut ConfigBag,
    ) -> Result<(), BoxError> {
        let uri = context.request().uri().to_owned();
        *self.0.lock().unwrap_or_else(PoisonError::into_inner) = Some(uri);
        Ok(())
    }
}
