//! The pages that a person sees, and a browser without eyes.

use std::collections::HashMap;

use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::TcpStream;
use url::Url;

use super::State;
use super::oidc::Grant;
use crate::answering::{Answer, answer};

pub(super) fn authorize(state: &mut State, query: &HashMap<String, String>) -> Answer {
    let value = |name: &str| query.get(name).cloned().unwrap_or_default();
    let Some((_, redirects)) = state.clients.get(&value("client_id")) else { return bad("client_id") };
    let Ok(mut back) = Url::parse(&value("redirect_uri")) else { return bad("redirect_uri") };
    let is_known = {
        // The port of a program on the person's own computer is not known beforehand (RFC 8252, section 7.3).
        let mut without_port = back.clone();
        without_port.set_port(None).is_ok() && redirects.iter().any(|known| *known == without_port.as_str())
    };
    if !is_known || back.host_str() != Some("127.0.0.1") {
        return bad("redirect_uri");
    }
    for (name, expected) in
        [("response_type", "code"), ("code_challenge_method", "S256"), ("scopes", "sso:account:access")]
    {
        if value(name) != expected {
            return bad(name);
        }
    }
    if value("state").len() < 16 || value("code_challenge").len() != 43 {
        return bad("state or code_challenge");
    }
    let code = state.name("code");
    let grant = Grant {
        client: value("client_id"),
        redirect_uri: back.to_string(),
        challenge: value("code_challenge"),
    };
    state.codes.insert(code.clone(), grant);
    let mut no = back.clone();
    no.query_pairs_mut().append_pair("error", "access_denied").append_pair("state", &value("state"));
    back.query_pairs_mut().append_pair("code", &code).append_pair("state", &value("state"));
    question("", back.as_str(), no.as_str())
}

pub(super) fn device(state: &mut State, query: &HashMap<String, String>) -> Answer {
    let code = query.get("user_code").cloned().unwrap_or_default();
    let Some(device) = state.devices.values_mut().find(|device| device.user_code == code) else {
        return bad("user_code");
    };
    match query.get("decided").map(String::as_str) {
        Some(decided) => {
            device.decided = Some(decided == "yes");
            answer(200, "text/html", "<!doctype html><title>Done</title>You can close this page.")
        }
        None => {
            let page = format!("{}/device?user_code={code}&decided=", state.endpoint);
            question(&code, &format!("{page}yes"), &format!("{page}no"))
        }
    }
}

fn question(code: &str, yes: &str, no: &str) -> Answer {
    let (yes, no) = (yes.replace('&', "&amp;"), no.replace('&', "&amp;"));
    answer(
        200,
        "text/html; charset=utf-8",
        format!(
            "<!doctype html><html lang=\"en\"><title>Sign in</title><h1>Allow access to your data?</h1>\
             <p>{code}</p><p><a role=\"button\" href=\"{yes}\">Allow access</a></p>\
             <p><a role=\"button\" href=\"{no}\">Deny</a></p></html>"
        ),
    )
}

fn bad(parameter: &str) -> Answer {
    answer(400, "text/plain", format!("bad {parameter}"))
}

/// Opens a page, clicks the link of this name, and returns the page behind it.
pub async fn click(page: &str, link: &str) -> String {
    get(&redirect_of(page, link).await).await.1
}

/// Where the link of this name on a page leads.
pub async fn redirect_of(page: &str, link: &str) -> String {
    let (status, page) = get(page).await;
    assert_eq!(status, 200, "{page}");
    let before = page.split_once(&format!("\">{link}<")).unwrap_or_else(|| panic!("no link {link}: {page}")).0;
    before.rsplit_once("href=\"").unwrap().1.replace("&amp;", "&")
}

/// Where an address leads that is one of this computer and leads on at once, as a browser that sets out from there.
pub async fn led_on(page: &str) -> Option<String> {
    let (head, _) = ask(page).await;
    let location = head.lines().find_map(|line| line.strip_prefix("location: "));
    location.map(|location| location.trim().to_owned())
}

/// Status and body of a page on this computer, or of that to which it leads.
pub async fn get(page: &str) -> (u16, String) {
    let (mut head, mut body) = ask(page).await;
    let location = head.lines().find_map(|line| line.strip_prefix("location: ")).map(|to| to.trim().to_owned());
    if let Some(location) = location {
        (head, body) = ask(&location).await;
    }
    (head.split(' ').nth(1).unwrap().parse().unwrap(), body)
}

/// Head and body of what a page answers.
async fn ask(page: &str) -> (String, String) {
    let url = Url::parse(page).unwrap();
    let host = format!("{}:{}", url.host_str().unwrap(), url.port().unwrap());
    let mut stream = TcpStream::connect(&host).await.unwrap();
    let target = &url[url::Position::BeforePath..url::Position::AfterQuery];
    let request = format!("GET {target} HTTP/1.1\r\nHost: {host}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).await.unwrap();
    let (head, body) = answer.split_once("\r\n\r\n").unwrap();
    (head.to_owned(), body.to_owned())
}
