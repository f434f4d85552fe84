//! How the process was started: the variables that decide which files are read and what is the default.
//!
//! Read once and passed on, so that nothing below depends on the process and a test says what it means.
//! Not a copy of the environment: only the variables named here are kept, and none of them is a secret.

use std::collections::HashMap;

use aws_types::os_shim_internal::Env as SdkEnv;

/// Variables that are kept. A key id, a secret or a token must never be among them.
const KEPT: [&str; 13] = [
    "AWS_CONFIG_FILE",
    "AWS_SHARED_CREDENTIALS_FILE",
    "AWS_PROFILE",
    "AWS_REGION",
    "AWS_DEFAULT_REGION",
    "AWS_ENDPOINT_URL_S3",
    "AWS_ENDPOINT_URL",
    "AWS_IGNORE_CONFIGURED_ENDPOINT_URLS",
    "HOME",
    "USERPROFILE",
    "HOMEDRIVE",
    "HOMEPATH",
    crate::policy_file::VARIABLE,
];

/// The variables that this crate asks for, as they were at one moment.
#[derive(Clone, Debug, Default)]
pub struct Env {
    kept: HashMap<String, String>,
    holds_access_key: bool,
}

impl Env {
    /// What this process was started with. A value that is not Unicode counts as not set, as in the SDK.
    pub fn from_process() -> Self {
        Self::from_lookup(|name| std::env::var(name).ok())
    }

    /// An environment of exactly these variables.
    pub fn from_pairs<'a>(pairs: impl IntoIterator<Item = (&'a str, &'a str)>) -> Self {
        let pairs: HashMap<&str, &str> = pairs.into_iter().collect();
        Self::from_lookup(|name| pairs.get(name).map(|value| (*value).to_owned()))
    }

    fn from_lookup(lookup: impl Fn(&str) -> Option<String>) -> Self {
        let holds = |name| lookup(name).is_some_and(|value| !value.trim().is_empty());
        let kept = KEPT.iter().filter_map(|name| Some(((*name).to_owned(), lookup(name)?))).collect();
        Self {
            kept,
            holds_access_key: holds("AWS_ACCESS_KEY_ID")
                && (holds("AWS_SECRET_ACCESS_KEY") || holds("SECRET_ACCESS_KEY")),
        }
    }

    pub(crate) fn get(&self, name: &str) -> Option<&str> {
        self.kept.get(name).map(String::as_str)
    }

    /// Whether the SDK, told nothing, signs with an access key from variables: it wants both halves, not blank.
    pub(crate) fn holds_access_key(&self) -> bool {
        self.holds_access_key
    }

    /// The same variables for the SDK's own functions.
    pub(crate) fn for_sdk(&self) -> SdkEnv {
        SdkEnv::from(self.kept.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_noticed_and_not_kept() {
        let env = Env::from_pairs([
            ("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"),
            ("AWS_SECRET_ACCESS_KEY", "hush"),
            ("AWS_SESSION_TOKEN", "hush"),
            ("AWS_REGION", "eu-central-1"),
        ]);
        assert!(env.holds_access_key());
        assert_eq!(env.get("AWS_REGION"), Some("eu-central-1"));
        let shown = format!("{env:?}{:?}", env.for_sdk());
        assert!(!shown.contains("hush") && !shown.contains("AKID"), "{shown}");
    }

    #[test]
    fn half_a_key_is_none() {
        for pairs in [
            [("AWS_ACCESS_KEY_ID", "AKIDEXAMPLE"), ("AWS_SECRET_ACCESS_KEY", " ")],
            [("AWS_ACCESS_KEY_ID", ""), ("AWS_SECRET_ACCESS_KEY", "hush")],
        ] {
            assert!(!Env::from_pairs(pairs).holds_access_key(), "the SDK goes on to the files here");
        }
    }
}
