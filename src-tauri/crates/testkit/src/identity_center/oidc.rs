//! Clients, codes and tokens.

use base64_simd::URL_SAFE_NO_PAD;
use jiff::Timestamp;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{State, json_answer, refusal};
use crate::answering::Answer;

/// What a code was given for.
#[derive(Clone, Debug)]
pub(super) struct Grant {
    pub(super) client: String,
    pub(super) redirect_uri: String,
    pub(super) challenge: String,
}

/// A device that waits for a person.
#[derive(Clone, Debug)]
pub(super) struct Device {
    client: String,
    pub(super) user_code: String,
    ends_at: i64,
    polls: u32,
    /// Whether the person said yes.
    pub(super) decided: Option<bool>,
}

pub(super) fn register(state: &mut State, sent: &Value) -> Answer {
    if sent["clientType"] != "public" || sent["clientName"].as_str().is_none_or(str::is_empty) {
        return refusal(400, "InvalidClientMetadataException", "invalid_client_metadata", "Invalid client");
    }
    let texts = |field: &str| -> Vec<String> {
        let all = sent[field].as_array().into_iter().flatten();
        all.filter_map(|text| text.as_str().map(str::to_owned)).collect()
    };
    if !texts("scopes").iter().any(|scope| scope == "sso:account:access") {
        return refusal(400, "InvalidScopeException", "invalid_scope", "Invalid scope");
    }
    let redirects = texts("redirectUris");
    if texts("grantTypes").iter().any(|grant| grant == "authorization_code") {
        // https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/API_RegisterClient.html
        if redirects.is_empty() || sent["issuerUrl"] != json!(format!("{}/start", state.endpoint)) {
            return refusal(
                400,
                "InvalidRequestException",
                "invalid_request",
                "issuerUrl and redirectUris needed",
            );
        }
    }
    let (id, secret) = (state.name("client"), state.name("client-secret"));
    state.clients.insert(id.clone(), (secret.clone(), redirects));
    let now = Timestamp::now().as_second();
    json_answer(&json!({
        "clientId": id,
        "clientSecret": secret,
        "clientIdIssuedAt": now,
        "clientSecretExpiresAt": now + state.settings.registration_seconds,
    }))
}

pub(super) fn start_device(state: &mut State, sent: &Value) -> Answer {
    let Some(client) = client(state, sent) else { return unknown_client() };
    if sent["startUrl"] != json!(format!("{}/start", state.endpoint)) {
        return refusal(400, "InvalidRequestException", "invalid_request", "Invalid start url");
    }
    let code = state.name("device");
    let user_code = format!("ABCD-{:04}", state.names);
    let seconds = state.settings.device_seconds;
    let ends_at = Timestamp::now().as_second() + seconds;
    let device = Device { client, user_code: user_code.clone(), ends_at, polls: 0, decided: None };
    state.devices.insert(code.clone(), device);
    let page = format!("{}/device", state.endpoint);
    json_answer(&json!({
        "deviceCode": code,
        "userCode": user_code,
        "verificationUri": page,
        "verificationUriComplete": format!("{page}?user_code={user_code}"),
        "expiresIn": seconds,
        "interval": state.settings.interval,
    }))
}

pub(super) fn token(state: &mut State, sent: &Value) -> Answer {
    let Some(client) = client(state, sent) else { return unknown_client() };
    let text = |field: &str| sent[field].as_str().unwrap_or_default();
    let invalid = |why| refusal(400, "InvalidGrantException", "invalid_grant", why);
    match text("grantType") {
        "authorization_code" => {
            // Whatever comes of it, a code works once.
            let Some(grant) = state.codes.remove(text("code")) else { return invalid("unknown code") };
            let challenge = URL_SAFE_NO_PAD.encode_to_string(Sha256::digest(text("codeVerifier")));
            if grant.client != client || grant.redirect_uri != text("redirectUri") {
                return invalid("of another client or address");
            }
            if grant.challenge != challenge {
                return invalid("code verifier does not match");
            }
            tokens(state, client)
        }
        "refresh_token" => match state.refresh_tokens.remove(text("refreshToken")) {
            Some(owner) if owner == client && state.settings.rotates => tokens(state, client),
            Some(owner) if owner == client => {
                state.refresh_tokens.insert(text("refreshToken").to_owned(), owner);
                json_answer(&access(state))
            }
            _ => invalid("unknown refresh token"),
        },
        "urn:ietf:params:oauth:grant-type:device_code" => poll(state, text("deviceCode"), &client),
        _ => refusal(400, "UnsupportedGrantTypeException", "unsupported_grant_type", "Unsupported grant type"),
    }
}

fn poll(state: &mut State, code: &str, client: &str) -> Answer {
    let settings = state.settings.clone();
    let device = state.devices.get_mut(code).filter(|device| device.client == client);
    let Some(device) = device else {
        return refusal(400, "InvalidGrantException", "invalid_grant", "unknown device");
    };
    device.polls += 1;
    if device.ends_at <= Timestamp::now().as_second() {
        return refusal(400, "ExpiredTokenException", "expired_token", "the device code has expired");
    }
    if device.polls <= settings.slow_downs {
        return refusal(400, "SlowDownException", "slow_down", "slow down");
    }
    if settings.allows_after.is_some_and(|polls| device.polls > polls + settings.slow_downs) {
        device.decided = Some(!settings.denies);
    }
    match device.decided {
        None => refusal(400, "AuthorizationPendingException", "authorization_pending", "pending"),
        Some(false) => refusal(400, "AccessDeniedException", "access_denied", "denied"),
        Some(true) => {
            state.devices.remove(code);
            tokens(state, client.to_owned())
        }
    }
}

fn tokens(state: &mut State, client: String) -> Answer {
    let mut given = access(state);
    if state.settings.refreshes {
        let refresh = state.name("refresh-token");
        given["refreshToken"] = json!(refresh);
        state.refresh_tokens.insert(refresh, client);
    }
    json_answer(&given)
}

fn access(state: &mut State) -> Value {
    let access = state.name("access-token");
    state.access_tokens.insert(access.clone());
    json!({ "accessToken": access, "tokenType": "Bearer", "expiresIn": state.settings.token_seconds })
}

fn client(state: &State, sent: &Value) -> Option<String> {
    let id = sent["clientId"].as_str()?;
    let (secret, _) = state.clients.get(id)?;
    (sent["clientSecret"].as_str()? == secret).then(|| id.to_owned())
}

fn unknown_client() -> Answer {
    refusal(401, "InvalidClientException", "invalid_client", "Invalid client")
}
