//! IAM Identity Center on 127.0.0.1: the sign-in (SSO-OIDC) and the portal that hands out keys, as far as clients use
//! them, written from their public API models
//! (<https://docs.aws.amazon.com/singlesignon/latest/OIDCAPIReference/> and
//! <https://docs.aws.amazon.com/singlesignon/latest/PortalAPIReference/>).
//!
//! It checks what the real one checks: the client, the redirect address, PKCE, that a code and a refresh token work
//! once. Its pages have a link "Allow access" and a link "Deny", for a browser or for [`IdentityCenter::click`].

mod oidc;
mod pages;
mod portal;

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use http::request::Parts;
pub use pages::{click, get, led_on, redirect_of};
use serde_json::{Value, json};
use tokio_util::task::AbortOnDropHandle;

use crate::answering::{self, Answer, answer};

/// What it does, for a test to change at any time.
#[derive(Clone, Debug)]
pub struct Settings {
    /// How long an access token is good, in seconds.
    pub token_seconds: i64,
    /// How long a client is known, in seconds.
    pub registration_seconds: i64,
    /// Whether it gives refresh tokens.
    pub refreshes: bool,
    /// Whether a refresh token works once, and a new one is given for it.
    pub rotates: bool,
    /// How long a person has to type a device's code, in seconds.
    pub device_seconds: i64,
    /// How long a client is to wait between two questions, in seconds.
    pub interval: i64,
    /// How many questions about a device are answered with `slow_down`, before all others.
    pub slow_downs: u32,
    /// After how many questions about a device a person allows it; `None`: when somebody clicks.
    pub allows_after: Option<u32>,
    /// Whether whoever is asked says no.
    pub denies: bool,
    /// The keys that the portal hands out.
    pub keys: Keys,
    /// Accounts: their id, their name, their roles.
    pub accounts: Vec<(String, String, Vec<String>)>,
    /// How many accounts and roles it tells at a time.
    pub page: usize,
}

/// Temporary keys.
#[derive(Clone, Debug)]
pub struct Keys {
    /// The access key id.
    pub id: String,
    /// The secret access key.
    pub secret: String,
    /// The session token; empty for servers that know none.
    pub token: String,
    /// How long they are good, in seconds.
    pub seconds: i64,
}

impl Default for Keys {
    fn default() -> Self {
        Self {
            id: "ASIAIOSFODNN7EXAMPLE".into(),
            secret: "wJalrXUtnFEMI/K7MDENG".into(),
            token: "FwoGZXIvYXdz".into(),
            seconds: 3_600,
        }
    }
}

impl Default for Settings {
    fn default() -> Self {
        let account = |id: &str, name: &str, roles: &[&str]| {
            (id.to_owned(), name.to_owned(), roles.iter().map(|&role| role.to_owned()).collect())
        };
        Self {
            token_seconds: 3_600,
            registration_seconds: 7_776_000,
            refreshes: true,
            rotates: true,
            device_seconds: 600,
            interval: 1,
            slow_downs: 0,
            allows_after: None,
            denies: false,
            keys: Keys::default(),
            accounts: vec![
                account("222222222222", "Press", &["Reader", "Editor"]),
                account("111111111111", "Archive", &["Reader"]),
            ],
            page: 1,
        }
    }
}

/// A running server. It ends when it is dropped.
#[derive(Debug)]
pub struct IdentityCenter {
    endpoint: String,
    state: Arc<Mutex<State>>,
    _serving: AbortOnDropHandle<()>,
}

#[derive(Debug, Default)]
struct State {
    endpoint: String,
    settings: Settings,
    /// The secret of each client, and where it is led back to.
    clients: HashMap<String, (String, Vec<String>)>,
    /// What each code was given for.
    codes: HashMap<String, oidc::Grant>,
    devices: HashMap<String, oidc::Device>,
    /// The client of each refresh token.
    refresh_tokens: HashMap<String, String>,
    access_tokens: HashSet<String>,
    /// How many names were given out.
    names: u64,
    asked: Vec<String>,
}

impl IdentityCenter {
    /// Listens on a free port.
    pub async fn start() -> Self {
        let state = Arc::<Mutex<State>>::default();
        let answers = state.clone();
        let (address, serving) = answering::start(move |asked, body| respond(&answers, asked, body)).await;
        let endpoint = format!("http://{address}");
        locked(&state).endpoint.clone_from(&endpoint);
        Self { endpoint, state, _serving: serving }
    }

    /// Where it listens: for `AWS_ENDPOINT_URL_SSO_OIDC` and `AWS_ENDPOINT_URL_SSO`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// The start URL of its one organisation.
    pub fn start_url(&self) -> String {
        format!("{}/start", self.endpoint)
    }

    /// Changes what it does from now on.
    pub fn set(&self, change: impl FnOnce(&mut Settings)) {
        change(&mut locked(&self.state).settings);
    }

    /// Ends all that anybody has signed in to: no token is good any more.
    pub fn end_sessions(&self) {
        let mut state = locked(&self.state);
        state.access_tokens.clear();
        state.refresh_tokens.clear();
    }

    /// What it was asked so far: the path, and behind `POST /token` the kind of grant.
    pub fn asked(&self) -> Vec<String> {
        locked(&self.state).asked.clone()
    }

    /// Opens an invitation like a browser, clicks "Allow access", and returns the page that one ends on.
    pub async fn allow(&self, invitation: &str) -> String {
        click(invitation, "Allow access").await
    }

    /// The same with "Deny".
    pub async fn deny(&self, invitation: &str) -> String {
        click(invitation, "Deny").await
    }
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn respond(state: &Mutex<State>, asked: &Parts, body: &[u8]) -> Answer {
    let mut state = locked(state);
    let path = asked.uri.path();
    let query = answering::parameters(asked.uri.query().unwrap_or_default().as_bytes());
    let sent: Value = serde_json::from_slice(body).unwrap_or_default();
    let grant = sent["grantType"].as_str().map(|grant| format!(" {grant}")).unwrap_or_default();
    state.asked.push(format!("{} {path}{grant}", asked.method));
    let token = asked.headers.get("x-amz-sso_bearer_token").and_then(|token| token.to_str().ok());
    match (asked.method.as_str(), path) {
        ("POST", "/client/register") => oidc::register(&mut state, &sent),
        ("GET", "/authorize") => pages::authorize(&mut state, &query),
        ("POST", "/device_authorization") => oidc::start_device(&mut state, &sent),
        ("GET", "/device") => pages::device(&mut state, &query),
        ("POST", "/token") => oidc::token(&mut state, &sent),
        ("GET", "/assignment/accounts" | "/assignment/roles" | "/federation/credentials")
        | ("POST", "/logout") => portal::respond(&mut state, path, &query, token),
        _ => answer(404, "text/plain", "no such page"),
    }
}

/// An error as these services write it.
fn refusal(status: u16, kind: &str, error: &str, why: &str) -> Answer {
    let body = json!({ "error": error, "error_description": why, "message": why }).to_string();
    let mut answer = answer(status, "application/json", body);
    answer.headers_mut().insert("x-amzn-errortype", kind.parse().unwrap());
    answer
}

fn json_answer(body: &Value) -> Answer {
    answer(200, "application/json", body.to_string())
}

impl State {
    /// A name that was never given out.
    fn name(&mut self, of: &str) -> String {
        self.names += 1;
        format!("{of}-{}", self.names)
    }
}
