//! What whoever has signed in may use.

use std::collections::HashMap;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::{State, json_answer, refusal};
use crate::answering::{Answer, answer};

pub(super) fn respond(
    state: &mut State,
    path: &str,
    query: &HashMap<String, String>,
    token: Option<&str>,
) -> Answer {
    let Some(token) = token.filter(|token| state.access_tokens.contains(*token)) else {
        return refusal(401, "UnauthorizedException", "unauthorized", "Session token not found or invalid");
    };
    let settings = &state.settings;
    let value = |name: &str| query.get(name).map(String::as_str).unwrap_or_default();
    let account = settings.accounts.iter().find(|(id, _, _)| id == value("account_id"));
    match path {
        "/assignment/accounts" => {
            let accounts = settings.accounts.iter().map(|(id, name, _)| {
                json!({ "accountId": id, "accountName": name, "emailAddress": "kim@acme.test" })
            });
            page("accountList", accounts.collect(), value("next_token"), settings.page)
        }
        "/assignment/roles" => {
            let Some((id, _, roles)) = account else { return forbidden() };
            let roles = roles.iter().map(|role| json!({ "roleName": role, "accountId": id }));
            page("roleList", roles.collect(), value("next_token"), settings.page)
        }
        "/federation/credentials" => {
            let has_role = |(_, _, roles): &&(String, String, Vec<String>)| {
                roles.iter().any(|role| role == value("role_name"))
            };
            if account.filter(has_role).is_none() {
                return forbidden();
            }
            let keys = &settings.keys;
            json_answer(&json!({ "roleCredentials": {
                "accessKeyId": keys.id,
                "secretAccessKey": keys.secret,
                "sessionToken": (!keys.token.is_empty()).then_some(&keys.token),
                "expiration": (Timestamp::now().as_second() + keys.seconds) * 1_000,
            } }))
        }
        _ => {
            let token = token.to_owned();
            state.access_tokens.remove(&token);
            state.refresh_tokens.clear();
            answer(200, "application/json", "")
        }
    }
}

fn page(name: &str, all: Vec<Value>, from: &str, size: usize) -> Answer {
    let from: usize = from.parse().unwrap_or_default();
    let next = (from + size < all.len()).then(|| (from + size).to_string());
    let page: Vec<Value> = all.into_iter().skip(from).take(size).collect();
    json_answer(&json!({ name: page, "nextToken": next }))
}

fn forbidden() -> Answer {
    refusal(403, "ForbiddenException", "forbidden", "No access")
}
