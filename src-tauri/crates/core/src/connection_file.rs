//! The file by which an administrator sets up a connection for others: where to sign in, what is there, what may be
//! shared. It holds no secret, and nothing in it can.
//!
//! ```
//! let file = r#"
//! guestpass = 1                            # the version of this format
//! name = "Acme press office"
//! places = ["s3://acme-press/2026/"]       # what is offered first; not a limit
//!
//! [sign-in]                                # one of these three
//! organisation = { start-url = "https://acme.awsapps.com/start", region = "eu-central-1", account = "123456789012", role = "PressOffice" }
//! ## profile = "marketing"                  # a section of the person's AWS files
//! ## access-key = true                      # a key that the person is given apart from this file
//!
//! [storage]                                # AWS itself, unless told otherwise
//! endpoint = "https://s3.acme.example"
//! region = "eu-central-1"
//! addressing = "path"                      # or "virtual", or "auto"
//!
//! [defaults]
//! expiry = "3d"
//!
//! [limits]                                 # as in the policy
//! longest-expiry = "7d"
//! inline = false
//! "#;
//! let connection = guestpass_core::ConnectionFile::parse(file.as_bytes(), "acme.guestpass", &[])?;
//! assert_eq!(connection.usual_seconds, Some(259_200));
//! # Ok::<(), guestpass_core::Error>(())
//! ```
//!
//! A minisign signature may stand at the end, its four lines as comments: see [`signature`]. It covers every byte
//! before them.

mod signature;
#[cfg(test)]
mod tests;
mod values;

use serde::{Deserialize, Serialize};
use toml::Spanned;

use crate::limits::places::addresses;
use crate::written::{Mistake, Seconds, WrittenLimits, WrittenPlace, read};
use crate::{Addressing, Error, Kind, Limits, Organisation, Place, Result, Server};
use values::{AccountId, ConnectionName, Endpoint, Region, RoleName, SectionName, StartUrl};

/// The only version that there is.
const VERSION: i64 = 1;

/// The most bytes that a file may have, and the most that is kept of it: together with an access key it has to fit one
/// item of a keyring, which on Windows holds 2,560.
const MAX_BYTES: usize = 2_000;

/// A connection that somebody else has set up. Its serialised form is what is kept of it, and is compact.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub struct ConnectionFile {
    /// What people call it: 1 to 60 visible characters.
    pub name: String,
    /// How one signs in.
    pub sign_in: SignInWay,
    /// Which server.
    #[serde(default)]
    pub server: Server,
    /// The places that are offered first.
    #[serde(default, skip_serializing_if = "Vec::is_empty", with = "addresses")]
    pub places: Vec<Place>,
    /// How long a link works unless the person says otherwise, in seconds.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub usual_seconds: Option<i64>,
    /// What may be shared. The policy's limits count as well.
    #[serde(default)]
    pub limits: Limits,
    /// Who vouches for it, where the policy says whom to trust: the signer's own words, else the signer's public key.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub signed_by: Option<String>,
}

/// How one signs in for a connection.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum SignInWay {
    /// Through IAM Identity Center. Without account or role the person chooses among theirs.
    Organisation {
        /// Where.
        organisation: Organisation,
        /// The account, by its twelve digits.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        account: Option<String>,
        /// The role in it.
        #[serde(default, skip_serializing_if = "Option::is_none")]
        role: Option<String>,
    },
    /// With an access key, which the file does not hold.
    Key,
    /// With a section of the AWS files, by its name.
    Profile(String),
}

impl ConnectionFile {
    /// Reads a file of this name. Where `trusted_keys` (minisign public keys) is not empty, one of them has to have
    /// signed it; a file that is not trusted is not read any further.
    ///
    /// Errors: [`Kind::ConnectionFileInvalid`], [`Kind::ConnectionFileUntrusted`].
    pub fn parse(bytes: &[u8], name_of_file: &str, trusted_keys: &[String]) -> Result<Self> {
        let invalid = |mistake: Mistake| {
            let kind = Kind::ConnectionFileInvalid { name: name_of_file.to_owned(), line: mistake.line };
            Error::from(kind).with_detail(mistake.what)
        };
        if bytes.len() > MAX_BYTES {
            return Err(invalid(too_long(bytes.len())));
        }
        let signed = signature::split(bytes);
        let signed_by = if trusted_keys.is_empty() {
            None
        } else {
            let signer = signed.signer(trusted_keys);
            Some(signer.map_err(|why| {
                let untrusted = Kind::ConnectionFileUntrusted { name: name_of_file.to_owned() };
                Error::from(untrusted).with_detail(why)
            })?)
        };
        let file = Written::meant(signed.text, signed_by).map_err(invalid)?;
        let kept = serde_json::to_vec(&file).map_err(|e| Error::from(Kind::Internal).with_source(e))?;
        if kept.len() > MAX_BYTES { Err(invalid(too_long(kept.len()))) } else { Ok(file) }
    }
}

fn too_long(bytes: usize) -> Mistake {
    let what = format!("{bytes} bytes: at most {MAX_BYTES} fit one item of a keyring together with a key");
    Mistake { line: None, what }
}

/// The file as it is written.
#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct Written {
    #[expect(dead_code, reason = "looked at before the rest, as a Version")]
    guestpass: i64,
    name: ConnectionName,
    #[serde(default)]
    places: Vec<WrittenPlace>,
    sign_in: Spanned<WrittenSignIn>,
    #[serde(default)]
    storage: WrittenStorage,
    #[serde(default)]
    defaults: WrittenDefaults,
    #[serde(default)]
    limits: WrittenLimits,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenSignIn {
    organisation: Option<WrittenOrganisation>,
    profile: Option<SectionName>,
    access_key: Option<bool>,
}

#[derive(Deserialize)]
#[serde(rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenOrganisation {
    start_url: StartUrl,
    region: Region,
    account: Option<AccountId>,
    role: Option<RoleName>,
}

#[derive(Default, Deserialize)]
#[serde(default, rename_all = "kebab-case", deny_unknown_fields)]
struct WrittenStorage {
    endpoint: Option<Endpoint>,
    region: Option<Region>,
    addressing: Addressing,
}

#[derive(Default, Deserialize)]
#[serde(default, deny_unknown_fields)]
struct WrittenDefaults {
    expiry: Option<Seconds>,
}

impl Written {
    fn meant(text: &[u8], signed_by: Option<String>) -> Result<ConnectionFile, Mistake> {
        // Told before anything else that a later version may have changed.
        if let Ok(Version { guestpass }) = read(text)
            && *guestpass.get_ref() != VERSION
        {
            return Err(Mistake::at(text, guestpass.span().start, "this version of the format is not known"));
        }
        let written: Self = read(text)?;
        let sign_in_at = written.sign_in.span().start;
        let sign_in = written.sign_in.into_inner().meant().ok_or_else(|| {
            Mistake::at(text, sign_in_at, "sign-in is one of organisation, profile, access-key = true")
        })?;
        let endpoint = written.storage.endpoint.map(|endpoint| endpoint.0);
        if sign_in != SignInWay::Key && endpoint.as_deref().is_some_and(values::is_readable_by_all) {
            let what =
                "an endpoint without https needs somebody who insists, which only access-key = true asks for";
            return Err(Mistake { line: None, what: what.to_owned() });
        }
        Ok(ConnectionFile {
            name: written.name.0,
            sign_in,
            server: Server {
                endpoint,
                region: written.storage.region.map(|region| region.0),
                addressing: written.storage.addressing,
            },
            places: written.places.into_iter().map(|WrittenPlace(place)| place).collect(),
            usual_seconds: written.defaults.expiry.map(|Seconds(seconds)| seconds),
            limits: written.limits.meant(text)?,
            signed_by,
        })
    }
}

/// The one line that every version has.
#[derive(Deserialize)]
struct Version {
    guestpass: Spanned<i64>,
}

impl WrittenSignIn {
    fn meant(self) -> Option<SignInWay> {
        match (self.organisation, self.profile, self.access_key) {
            (Some(written), None, None) => Some(SignInWay::Organisation {
                organisation: Organisation {
                    start_url: written.start_url.0,
                    region: written.region.0,
                    session: None,
                },
                account: written.account.map(|account| account.0),
                role: written.role.map(|role| role.0),
            }),
            (None, Some(profile), None) => Some(SignInWay::Profile(profile.0)),
            (None, None, Some(true)) => Some(SignInWay::Key),
            _ => None,
        }
    }
}
