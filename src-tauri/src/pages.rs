//! The pages that browsers show: those for outsiders, built in `ui/recipient`, and the one after a sign-in. All are
//! self-contained, embedded here and filled with their facts.

use guestpass_core::{LinkEnd, RequestPage, UploadForm};
use serde::Serialize;

/// The page on which somebody drops files, without its facts.
const REQUEST: &str = include_str!(concat!(env!("OUT_DIR"), "/request.html"));

/// Where the facts go.
const FACTS: &str = "<!--facts-->";

/// The page on which a browser ends after a sign-in, without its words.
const SIGNED_IN: &str = include_str!("pages/signed_in.html");

/// The page after a sign-in that was granted.
pub(crate) fn sign_in_done() -> String {
    signed_in("You are signed in", "You can close this page and go back to Guestpass.")
}

/// The page after a sign-in that was not.
pub(crate) fn sign_in_refused() -> String {
    signed_in("You are not signed in", "Close this page, go back to Guestpass and try again, or ask IT.")
}

fn signed_in(title: &str, next: &str) -> String {
    SIGNED_IN.replace("<!--title-->", title).replace("<!--next-->", next)
}

/// Draws the pages.
pub(crate) struct Pages;

/// What the page reads; `ui/recipient/facts.ts` mirrors it.
#[derive(Serialize)]
#[serde(rename_all = "camelCase")]
struct Facts<'a> {
    title: &'a str,
    /// Where the form is posted to.
    action: &'a str,
    /// What every key begins with.
    prefix: &'a str,
    /// The largest file, in bytes.
    max_bytes: u64,
    /// Unix seconds.
    expires_at: i64,
    /// The fields that stand before the file, in order; a `key` that the page writes anew for each file.
    fields: Vec<(&'a str, &'a str)>,
}

impl RequestPage for Pages {
    fn draw(&self, title: &str, form: &UploadForm, end: LinkEnd) -> Vec<u8> {
        let facts = Facts {
            title,
            action: &form.action,
            prefix: form.prefix.as_str(),
            max_bytes: form.max_bytes,
            expires_at: end.expires_at.as_second(),
            fields: form.fields.iter().map(|(name, value)| (*name, value.reveal().as_str())).collect(),
        };
        REQUEST.replacen(FACTS, &element(&facts), 1).into_bytes()
    }
}

/// Data for a script: `<` is written so that no text can end the element.
fn element(facts: &Facts<'_>) -> String {
    // Our own struct of texts and numbers always serialises.
    let json = serde_json::to_string(facts).unwrap_or_default().replace('<', "\\u003c");
    format!("<script type=\"application/json\" id=\"facts\">{json}</script>")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_title_cannot_end_the_script() {
        let facts = Facts {
            title: "</script><script>alert(1)</script>",
            action: "https://acme.test/",
            prefix: "in/",
            max_bytes: 1,
            expires_at: 0,
            fields: vec![("policy", "ab")],
        };
        let drawn = element(&facts);
        assert_eq!(drawn.matches("</script>").count(), 1);
        assert!(drawn.contains("\\u003c/script>"));
        assert!(drawn.contains("\"expiresAt\":0"));
    }
}
