//! What whoever has signed in may use, asked of the organisation's portal.

use std::time::Duration;

use aws_config::{BehaviorVersion, Region, SdkConfig};
use aws_runtime::env_config::file::{EnvConfigFileKind, EnvConfigFiles};
use aws_sdk_sso::{Client, config};
use guestpass_core::{Account, Organisation, Result};

use super::token::Token;
use super::{oidc, refusal};
use crate::Limits;
use crate::transport::Transport;

/// The most accounts or roles that are read: ten times what an organisation may have
/// (<https://docs.aws.amazon.com/organizations/latest/userguide/orgs_reference_limits.html>).
const MOST: usize = 100_000;

/// How long a portal may take to end a session: a person waits, and here it has ended already.
const LOG_OUT: Duration = Duration::from_secs(10);

/// One organisation's portal.
pub(super) struct Portal {
    client: Client,
    organisation: Organisation,
}

/// The organisation's servers, as the environment has them (`AWS_ENDPOINT_URL_SSO_OIDC`, `AWS_ENDPOINT_URL_SSO`). No
/// profile is chosen here, so none is read.
pub(super) async fn shared(organisation: &Organisation, transport: &Transport) -> SdkConfig {
    aws_config::defaults(BehaviorVersion::latest())
        .profile_files(EnvConfigFiles::builder().with_contents(EnvConfigFileKind::Config, "").build())
        .region(Region::new(organisation.region.clone()))
        .http_client(transport.clone())
        .no_credentials()
        .load()
        .await
}

impl Portal {
    pub(super) async fn of(organisation: &Organisation, transport: &Transport, limits: Limits) -> Self {
        let shared = shared(organisation, transport).await;
        let config = config::Builder::from(&shared).timeout_config(limits.for_one_answer()).interceptor(limits);
        Self { client: Client::from_conf(config.build()), organisation: organisation.clone() }
    }

    pub(super) async fn accounts(&self, token: &Token) -> Result<Vec<Account>> {
        let mut pages =
            self.client.list_accounts().access_token(token.access.reveal()).into_paginator().items().send();
        let mut accounts = Vec::new();
        while let Some(account) = pages.next().await {
            let account = account.map_err(|e| refusal::of(e, &self.organisation))?;
            let Some(id) = account.account_id else { continue };
            let name = account.account_name.filter(|name| !name.is_empty()).unwrap_or_else(|| id.clone());
            accounts.push(Account { id, name });
            assure_end(accounts.len())?;
        }
        accounts.sort_by_cached_key(|account| (account.name.to_lowercase(), account.id.clone()));
        Ok(accounts)
    }

    pub(super) async fn roles(&self, token: &Token, account: &str) -> Result<Vec<String>> {
        let request = self.client.list_account_roles().access_token(token.access.reveal()).account_id(account);
        let mut pages = request.into_paginator().items().send();
        let mut roles = Vec::new();
        while let Some(role) = pages.next().await {
            roles.extend(role.map_err(|e| refusal::of(e, &self.organisation))?.role_name);
            assure_end(roles.len())?;
        }
        roles.sort_by_cached_key(|role| role.to_lowercase());
        Ok(roles)
    }

    /// Ends the session. Whether the portal hears it changes nothing here.
    pub(super) async fn log_out(&self, token: &Token) {
        let request = self.client.logout().access_token(token.access.reveal());
        match tokio::time::timeout(LOG_OUT, request.send()).await {
            Ok(Ok(_)) => (),
            Ok(Err(e)) => {
                tracing::warn!("the portal did not end the session: {:?}", refusal::of(e, &self.organisation));
            }
            Err(_) => tracing::warn!("the portal did not end the session in time"),
        }
    }
}

fn assure_end(rows: usize) -> Result<()> {
    if rows > MOST { Err(oidc::nonsense("the list does not end")) } else { Ok(()) }
}
