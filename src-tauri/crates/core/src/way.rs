//! What it takes to go in: the answer to "how", where a [`crate::ProfileId`] is the answer to "which".

use serde::{Deserialize, Serialize};

use crate::Secret;

/// How one profile signs in, with all that it takes. Lives as long as the connecting takes, and does not print what is
/// secret in it.
#[derive(Clone, Debug)]
pub enum Way {
    /// The practice bucket on this computer.
    Practice,
    /// Whatever the AWS SDK takes when it is told nothing.
    Environment,
    /// A section of the AWS files.
    Aws {
        /// Its name.
        profile: String,
        /// The six digits that a role with `mfa_serial` asks for. They work once; what they open lasts an hour or so.
        code: Option<Secret<String>>,
    },
    /// An access key that was given to the app.
    Key {
        /// The key.
        key: AccessKey,
        /// Where it leads.
        server: Server,
    },
    /// A role through IAM Identity Center, as somebody who has signed in there.
    Role {
        /// Where one signs in.
        organisation: Organisation,
        /// The account, by its twelve digits.
        account: String,
        /// The role (permission set) in it.
        role: String,
        /// Where it leads.
        server: Server,
    },
}

/// An access key, long-lived or with a session token. Does not print.
#[derive(Clone, Debug)]
pub struct AccessKey {
    /// Its id. Not secret by itself, and nobody's business all the same.
    pub access_key_id: Secret<String>,
    /// Its secret half.
    pub secret_access_key: Secret<String>,
    /// The token of a temporary key.
    pub session_token: Option<Secret<String>>,
}

/// Which S3 server, and how it is spoken to.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
pub struct Server {
    /// Its address; AWS itself where there is none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub endpoint: Option<String>,
    /// The region to sign for; where there is none, it is found out.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub region: Option<String>,
    /// How a bucket is named in a URL.
    pub addressing: Addressing,
}

/// How a bucket is named in a URL.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Addressing {
    /// As the server would like it: in the host for AWS, in the path for all others.
    #[default]
    Auto,
    /// In the path.
    Path,
    /// In the host.
    Virtual,
}

/// An IAM Identity Center, by what AWS tools call its session.
#[derive(Clone, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
pub struct Organisation {
    /// Its start URL, such as `https://acme.awsapps.com/start`.
    pub start_url: String,
    /// The region that it is in.
    pub region: String,
    /// The name of its `sso-session` section in the AWS files, where it has one. The token is kept under this name,
    /// else under the start URL, exactly where AWS CLI v2 keeps it:
    /// <https://docs.aws.amazon.com/sdkref/latest/guide/feature-sso-credentials.html>.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub session: Option<String>,
}

impl Organisation {
    /// What the token is kept under.
    pub fn session_name(&self) -> &str {
        self.session.as_deref().unwrap_or(&self.start_url)
    }
}

/// An account that somebody who has signed in may use.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Account {
    /// Its twelve digits.
    pub id: String,
    /// What the organisation calls it.
    pub name: String,
}
