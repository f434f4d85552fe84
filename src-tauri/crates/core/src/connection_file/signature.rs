//! The signature at the end of a connection file: the four lines that minisign writes, each behind `# `.
//!
//! ```text
//! # untrusted comment: signature from minisign secret key
//! # RUQf6LRCGA9i559r3g7V1qNyJDApGip8MfqcadIgT9CuhV3EMhHoN1mGTkUidF/…
//! # trusted comment: Acme IT
//! # y/rUw2y8/hOUYjZU71eHp/Wo1KZ40fGy2VJEDl34XMJM+TX48Ss/17u3IvIfbVR1…
//! ```
//!
//! So one file is all that is sent around, and who knows nothing of signatures reads it all the same. It is made with
//! `minisign -Sm acme.guestpass -t "Acme IT"` and `sed 's/^/# /' acme.guestpass.minisig >> acme.guestpass`.

use minisign_verify::{PublicKey, Signature};

use super::values::is_visible;

/// What each line begins with.
const BEGINNINGS: [&str; 4] = ["# untrusted comment:", "# R", "# trusted comment: ", "# "];

/// The most characters of a signer's words that are shown.
const MAX_WORDS: usize = 100;

/// A file in two.
pub(super) struct Signed<'a> {
    /// What is signed, or the whole file.
    pub(super) text: &'a [u8],
    signature: Option<String>,
}

/// Takes the signature off, where the last four lines are one. Only line ends may follow it.
pub(super) fn split(file: &[u8]) -> Signed<'_> {
    let unsigned = Signed { text: file, signature: None };
    let mut rest = file.trim_ascii_end();
    let mut lines = Vec::with_capacity(BEGINNINGS.len());
    for beginning in BEGINNINGS.iter().rev() {
        let start = rest.iter().rposition(|byte| *byte == b'\n').map_or(0, |end| end + 1);
        let line = std::str::from_utf8(&rest[start..]).unwrap_or_default().trim_end_matches('\r');
        if !line.starts_with(beginning) {
            return unsigned;
        }
        lines.push(&line["# ".len()..]);
        rest = &file[..start];
        if lines.len() < BEGINNINGS.len() {
            let Some(above) = rest.strip_suffix(b"\n") else { return unsigned };
            rest = above;
        }
    }
    lines.reverse();
    Signed { text: rest, signature: Some(lines.join("\n")) }
}

impl Signed<'_> {
    /// Which of these keys has signed it; else why it is nobody's.
    pub(super) fn signer(&self, trusted_keys: &[String]) -> Result<String, &'static str> {
        let text = self.signature.as_ref().ok_or("it is not signed")?;
        let signature = Signature::decode(text).map_err(|_| "its signature is damaged")?;
        let has_signed = |text: &&String| {
            // minisign before 0.10 signed the text itself, newer ones its hash.
            PublicKey::from_base64(text).is_ok_and(|key| key.verify(self.text, &signature, true).is_ok())
        };
        let key = trusted_keys.iter().find(has_signed).ok_or("its signature is by none of the trusted keys")?;
        Ok(words(signature.trusted_comment()).unwrap_or_else(|| key.clone()))
    }
}

/// What the signer says, unless it is only what minisign says when it is told nothing (`timestamp:…`).
fn words(comment: &str) -> Option<String> {
    let words: String = comment.chars().filter(|c| is_visible(*c)).take(MAX_WORDS).collect();
    let words = words.trim();
    (!words.is_empty() && !words.starts_with("timestamp:")).then(|| words.to_owned())
}
