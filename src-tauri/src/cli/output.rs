//! What a terminal command prints: the only place that writes to standard output and error.
#![expect(clippy::print_stderr, reason = "a command line prints")]

use std::borrow::Cow;
use std::io::{self, BufWriter, Stdout, Write};
use std::sync::{LazyLock, Mutex, MutexGuard, PoisonError};

use guestpass_core::{Checked, Error, LimitedBy, Link, LinkEnd, LinkUrl, UploadForm};
use serde::Serialize;

use super::words;

/// Standard output, a few lines at a time: a system call for each of ten thousand links costs as much as the links.
static OUT: LazyLock<Mutex<BufWriter<Stdout>>> = LazyLock::new(|| Mutex::new(BufWriter::new(io::stdout())));

/// One line of data; it is seen at the next [`flush`].
pub(super) fn line(text: &str) {
    ended_by_reader(writeln!(out(), "{text}"));
}

/// Lines of data, each with its end.
pub(super) fn lines(text: &[u8]) {
    ended_by_reader(out().write_all(text));
}

/// Shows what was printed so far.
pub(super) fn flush() {
    ended_by_reader(out().flush());
}

fn out() -> MutexGuard<'static, BufWriter<Stdout>> {
    OUT.lock().unwrap_or_else(PoisonError::into_inner)
}

/// A reader that has gone away (`| head`) is no error.
fn ended_by_reader(written: io::Result<()>) {
    if written.is_err_and(|e| e.kind() == io::ErrorKind::BrokenPipe) {
        std::process::exit(0);
    }
}

/// One JSON object as a line.
pub(super) fn json_line(value: &impl Serialize) {
    // Our own structs of texts and numbers always serialise.
    if let Ok(text) = serde_json::to_string(value) {
        line(&text);
    }
}

/// One line for the person.
pub(super) fn error_line(text: &str) {
    flush();
    eprintln!("{text}");
}

/// Tells an error, and answers its exit code.
pub(super) fn fail(error: &Error) -> u8 {
    let detail = error.detail().map(|detail| format!(" [{detail}]")).unwrap_or_default();
    error_line(&format!("guestpass: {}{detail}", words::sentence(error.kind())));
    words::exit_code(error.kind())
}

/// Tells of a clock that is wrong, if it is.
pub(super) fn clock(offset_seconds: i64) {
    if let Some(said) = words::clock_is_off(offset_seconds) {
        error_line(&format!("guestpass: {said}"));
    }
}

/// A name for a terminal: control characters could rewrite what a person sees.
pub(super) fn visible(text: &str) -> Cow<'_, str> {
    // A million names are printed, and hardly any has one. What is not ASCII may be one.
    if text.bytes().all(|byte| matches!(byte, b' '..=b'~')) || !text.chars().any(char::is_control) {
        return Cow::Borrowed(text);
    }
    text.chars().flat_map(|c| if c.is_control() { c.escape_default().collect() } else { vec![c] }).collect()
}

/// A link as JSON; the field names are promised in `--help`'s sense: scripts read them.
#[derive(Serialize)]
struct LinkLine<'a> {
    url: &'a str,
    expires_at: String,
    limited_by: &'static str,
    checked: &'static str,
    bucket: &'a str,
    key: &'a str,
    version_id: Option<&'a str>,
}

/// Prints a link as asked.
pub(super) fn print_link(link: &Link, json: bool) {
    if !json {
        line(link.url.reveal());
        if link.checked != Checked::Opens && link.checked != Checked::Skipped {
            error_line(&format!(
                "guestpass: {} was not tested: {}",
                visible(&link.name),
                checked(link.checked)
            ));
        }
        return;
    }
    json_line(&LinkLine {
        url: link.url.reveal(),
        expires_at: link.end.expires_at.to_string(),
        limited_by: limited_by(link.end),
        checked: checked(link.checked),
        bucket: link.bucket.as_str(),
        key: link.key.as_str(),
        version_id: link.version.as_ref().map(|version| version.as_str()),
    });
}

/// An upload link as JSON.
#[derive(Serialize)]
struct UploadLine<'a> {
    url: &'a str,
    expires_at: String,
    limited_by: &'static str,
    /// Where files arrive: the key of the one, or the folder of many.
    arrives_at: &'a str,
}

/// Prints a URL by which files come in.
pub(super) fn print_upload_url(url: &LinkUrl, arrives_at: &str, end: LinkEnd, json: bool) {
    if !json {
        return line(url.reveal());
    }
    let (expires_at, limited_by) = (end.expires_at.to_string(), limited_by(end));
    json_line(&UploadLine { url: url.reveal(), expires_at, limited_by, arrives_at });
}

/// A form as JSON.
#[derive(Serialize)]
struct FormLine<'a> {
    url: &'a str,
    expires_at: String,
    limited_by: &'static str,
    arrives_at: &'a str,
    max_bytes: u64,
    /// Name and value, in the order in which they must stand before the file.
    fields: Vec<(&'a str, &'a str)>,
}

/// Prints a form: as the arguments of `curl`, one a line, to which `-F file=@NAME` is added; or as JSON.
pub(super) fn print_form(form: &UploadForm, end: LinkEnd, json: bool) {
    let fields = || form.fields.iter().map(|(name, value)| (*name, value.reveal().as_str()));
    if json {
        return json_line(&FormLine {
            url: &form.action,
            expires_at: end.expires_at.to_string(),
            limited_by: limited_by(end),
            arrives_at: form.prefix.as_str(),
            max_bytes: form.max_bytes,
            fields: fields().collect(),
        });
    }
    line(&form.action);
    for (name, value) in fields() {
        line(&format!("--form-string\n{name}={value}"));
    }
}

fn limited_by(end: LinkEnd) -> &'static str {
    match end.limited_by {
        LimitedBy::Chosen => "chosen",
        LimitedBy::Maximum => "maximum",
        LimitedBy::Credentials => "credentials",
        LimitedBy::Policy => "policy",
    }
}

fn checked(checked: Checked) -> &'static str {
    match checked {
        Checked::Opens => "opens",
        Checked::Offline => "offline",
        Checked::TimedOut => "timed_out",
        Checked::ServerBusy => "server_busy",
        Checked::Skipped => "not_tested",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_cannot_rewrite_the_terminal() {
        assert_eq!(visible("a b é"), "a b é");
        assert_eq!(visible("a\u{1b}[2Jb\r\nc é"), "a\\u{1b}[2Jb\\r\\nc é");
    }
}
