//! AWS's Security Token Service on 127.0.0.1, as far as profiles use it: roles, with and without a code, roles by a web
//! identity, and whose credentials these are (<https://docs.aws.amazon.com/STS/latest/APIReference/>).
//!
//! It checks no signature. A code works once, as with AWS.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use jiff::{SignedDuration, Timestamp};
use tokio_util::task::AbortOnDropHandle;

use crate::answering::{self, Answer, answer};
pub use crate::identity_center::Keys;

/// What it does, for a test to change at any time.
#[derive(Clone, Debug)]
pub struct Settings {
    /// The device whose code it asks for, unless the keys that it handed out ask; `None`: any role goes without.
    pub serial: Option<String>,
    /// The code that the device shows now. It is taken away by its use.
    pub code: Option<String>,
    /// What a role's owner wants to hear of whoever takes it on.
    pub external_id: Option<String>,
    /// The token that a web identity shows.
    pub web_identity_token: String,
    /// The keys that it hands out.
    pub keys: Keys,
    /// Whose credentials all are.
    pub arn: String,
}

impl Default for Settings {
    fn default() -> Self {
        Self {
            serial: None,
            code: None,
            external_id: None,
            web_identity_token: "a-web-identity".into(),
            keys: Keys::default(),
            arn: "arn:aws:sts::111111111111:assumed-role/Reader/kim".into(),
        }
    }
}

/// A running server. It ends when it is dropped.
#[derive(Debug)]
pub struct Sts {
    endpoint: String,
    state: Arc<Mutex<State>>,
    _serving: AbortOnDropHandle<()>,
}

#[derive(Debug, Default)]
struct State {
    settings: Settings,
    asked: Vec<HashMap<String, String>>,
}

impl Sts {
    /// Listens on a free port.
    pub async fn start() -> Self {
        let state = Arc::<Mutex<State>>::default();
        let answers = state.clone();
        let (address, serving) = answering::start(move |asked, body| {
            let mut sent = answering::parameters(body);
            let by = asked.headers.get("authorization").and_then(|by| by.to_str().ok());
            let by = by.and_then(|by| by.split_once("Credential=")).map(|(_, by)| by.split('/').next());
            sent.insert("signed by".into(), by.flatten().unwrap_or_default().to_owned());
            respond(&mut locked(&answers), sent)
        })
        .await;
        Self { endpoint: format!("http://{address}"), state, _serving: serving }
    }

    /// Where it listens: for `AWS_ENDPOINT_URL_STS` or a profile's `services`.
    pub fn endpoint(&self) -> &str {
        &self.endpoint
    }

    /// Changes what it does from now on.
    pub fn set(&self, change: impl FnOnce(&mut Settings)) {
        change(&mut locked(&self.state).settings);
    }

    /// The parameters of each request so far, and under `signed by` the access key id that signed it.
    pub fn asked(&self) -> Vec<HashMap<String, String>> {
        locked(&self.state).asked.clone()
    }
}

fn locked(state: &Mutex<State>) -> MutexGuard<'_, State> {
    state.lock().unwrap_or_else(PoisonError::into_inner)
}

fn respond(state: &mut State, sent: HashMap<String, String>) -> Answer {
    let answer = answer_to(&mut state.settings, &sent);
    state.asked.push(sent);
    answer
}

fn answer_to(settings: &mut Settings, sent: &HashMap<String, String>) -> Answer {
    let value = |name: &str| sent.get(name).map(String::as_str).unwrap_or_default();
    match value("Action") {
        "GetCallerIdentity" => document(
            "GetCallerIdentity",
            &format!("<Arn>{}</Arn><UserId>AIDA</UserId><Account>111111111111</Account>", settings.arn),
        ),
        "AssumeRole" => match refused(settings, sent) {
            Some(refusal) => refusal,
            None => document("AssumeRole", &credentials(settings, value("DurationSeconds"))),
        },
        "AssumeRoleWithWebIdentity" if value("WebIdentityToken") == settings.web_identity_token => {
            document("AssumeRoleWithWebIdentity", &credentials(settings, value("DurationSeconds")))
        }
        "AssumeRoleWithWebIdentity" => {
            refusal(400, "InvalidIdentityToken", "No OpenIDConnect provider found in your account")
        }
        _ => refusal(400, "InvalidAction", "Could not find operation"),
    }
}

fn refused(settings: &mut Settings, sent: &HashMap<String, String>) -> Option<Answer> {
    let role = sent.get("RoleArn").cloned().unwrap_or_default();
    let no = || {
        let text = format!(
            "User: arn:aws:iam::111111111111:user/kim is not authorized to perform: sts:AssumeRole on resource: {role}"
        );
        Some(refusal(403, "AccessDenied", &text))
    };
    if settings.external_id != sent.get("ExternalId").cloned() {
        return no();
    }
    let Some(code) = sent.get("TokenCode") else {
        // Whoever has come in by a code brings that along.
        let is_in = sent.get("signed by") == Some(&settings.keys.id);
        return if settings.serial.is_some() && !is_in { no() } else { None };
    };
    if code.len() != 6 || !code.bytes().all(|digit| digit.is_ascii_digit()) {
        let text = format!(
            "1 validation error detected: Value '{code}' at 'tokenCode' failed to satisfy constraint: Member must \
             satisfy regular expression pattern: [\\d]*"
        );
        return Some(refusal(400, "ValidationError", &text));
    }
    let is_right = settings.serial == sent.get("SerialNumber").cloned() && settings.code.as_ref() == Some(code);
    if !is_right {
        let text = "MultiFactorAuthentication failed with invalid MFA one time pass code. ";
        return Some(refusal(403, "AccessDenied", text));
    }
    settings.code = None;
    None
}

fn credentials(settings: &Settings, seconds: &str) -> String {
    let Keys { id, secret, token, seconds: usual } = &settings.keys;
    let end = Timestamp::now() + SignedDuration::from_secs(seconds.parse().unwrap_or(*usual));
    format!(
        "<Credentials><AccessKeyId>{id}</AccessKeyId><SecretAccessKey>{secret}</SecretAccessKey>\
         <SessionToken>{token}</SessionToken><Expiration>{}</Expiration></Credentials>\
         <AssumedRoleUser><Arn>{}</Arn><AssumedRoleId>AROA:kim</AssumedRoleId></AssumedRoleUser>",
        end.strftime("%Y-%m-%dT%H:%M:%SZ"),
        settings.arn
    )
}

fn document(action: &str, result: &str) -> Answer {
    let xml = format!(
        "<{action}Response xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><{action}Result>{result}</{action}Result>\
         <ResponseMetadata><RequestId>r-1</RequestId></ResponseMetadata></{action}Response>"
    );
    answer(200, "text/xml", xml)
}

fn refusal(status: u16, code: &str, message: &str) -> Answer {
    let xml = format!(
        "<ErrorResponse xmlns=\"https://sts.amazonaws.com/doc/2011-06-15/\"><Error><Type>Sender</Type>\
         <Code>{code}</Code><Message>{message}</Message></Error><RequestId>r-1</RequestId></ErrorResponse>"
    );
    answer(status, "text/xml", xml)
}
