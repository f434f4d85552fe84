//! What is written down of a share, where the policy wants that: who lent what, to when. Never the link itself.

use jiff::Timestamp;
use serde::{Serialize, Serializer};

use crate::{BucketName, Checked};

/// One share, before it is handed over. The names of its members are a format that others read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct AuditEntry<'a> {
    /// When, by this computer's clock.
    pub at: Timestamp,
    /// What was done.
    pub act: Act,
    /// What the person calls the profile.
    pub profile: &'a str,
    /// Who the credentials belong to, as an ARN; `None` where that was not told.
    pub identity: Option<&'a str>,
    /// The bucket.
    pub bucket: &'a BucketName,
    /// The object, or the folder that files are asked for in.
    pub key: &'a str,
    /// The version that the link is bound to, if it is to one.
    pub version: Option<&'a str>,
    /// When what was handed over stops working; `None` for acts that do not end.
    pub expires_at: Option<Timestamp>,
    /// What the test of the link found; `None` where there is none to be tested.
    #[serde(serialize_with = "checked")]
    pub checked: Option<Checked>,
}

/// What was done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub enum Act {
    /// A link to a file.
    Link,
    /// A file was put into a bucket.
    Upload,
    /// A link by which an outsider may put one file.
    UploadLink,
    /// An object was copied to a new name, to be lent under that.
    Copy,
    /// A page on which outsiders may put files.
    RequestFiles,
}

impl AuditEntry<'_> {
    /// The entry as one line of JSON, without the end of the line.
    pub fn line(&self) -> String {
        serde_json::to_string(self).unwrap_or_else(|_| unreachable!("texts and times always are JSON"))
    }
}

#[expect(clippy::ref_option, clippy::trivially_copy_pass_by_ref, reason = "serde passes a reference")]
fn checked<S: Serializer>(checked: &Option<Checked>, serializer: S) -> Result<S::Ok, S::Error> {
    let word = checked.map(|checked| match checked {
        Checked::Opens => "opens",
        Checked::Offline => "offline",
        Checked::TimedOut => "timedOut",
        Checked::ServerBusy => "serverBusy",
        Checked::Skipped => "skipped",
    });
    word.serialize(serializer)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entry_is_one_line_whatever_the_key() {
        let bucket = BucketName::parse("acme").unwrap();
        let entry = AuditEntry {
            at: "2026-11-25T10:00:00Z".parse().unwrap(),
            act: Act::UploadLink,
            profile: "Mar\"keting",
            identity: Some("arn:aws:sts::123456789012:assumed-role/Press/ada"),
            bucket: &bucket,
            key: "a\n\u{2028}é\u{1}",
            version: None,
            expires_at: Some("2026-11-28T10:00:00Z".parse().unwrap()),
            checked: Some(Checked::TimedOut),
        };
        assert_eq!(
            entry.line(),
            concat!(
                r#"{"at":"2026-11-25T10:00:00Z","act":"uploadLink","profile":"Mar\"keting","#,
                r#""identity":"arn:aws:sts::123456789012:assumed-role/Press/ada","bucket":"acme","#,
                "\"key\":\"a\\n\u{2028}é\\u0001\",\"version\":null,",
                r#""expires_at":"2026-11-28T10:00:00Z","checked":"timedOut"}"#
            )
        );
        let copy = AuditEntry { act: Act::Copy, expires_at: None, checked: None, ..entry };
        assert!(copy.line().ends_with(r#""expires_at":null,"checked":null}"#), "{}", copy.line());
    }
}
