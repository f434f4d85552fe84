//! The file of a token: the one of AWS CLI v2, in its folder, by its name, with its fields
//! (<https://docs.aws.amazon.com/sdkref/latest/guide/understanding-sso.html>), so that whoever signs in once has signed
//! in everywhere on this computer.

use std::io::{self, ErrorKind};
use std::path::{Path, PathBuf};

use aws_runtime::fs_util::{Os, home_dir};
use aws_types::os_shim_internal::Env;
use guestpass_core::{Error, Kind, Organisation, Result, Secret};
use jiff::Timestamp;
use serde::{Deserialize, Serialize};
use sha1::{Digest, Sha1};
use zeroize::Zeroizing;

use super::internal;
use super::token::{Registration, Token};

/// The longest file that is one, in bytes.
const LONGEST: usize = 64 * 1024;

/// As it is written, in the order of AWS CLI v2.
#[derive(Deserialize, Serialize)]
#[serde(rename_all = "camelCase")]
struct Written {
    #[serde(default)]
    start_url: String,
    #[serde(default)]
    region: String,
    access_token: Zeroizing<String>,
    expires_at: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_id: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    client_secret: Option<Zeroizing<String>>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    registration_expires_at: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    refresh_token: Option<Zeroizing<String>>,
}

impl Written {
    fn of(organisation: &Organisation, token: &Token) -> Self {
        let registration = token.registration.as_ref();
        let secret = |secret: &Secret<String>| Zeroizing::new(secret.reveal().clone());
        Self {
            start_url: organisation.start_url.clone(),
            region: organisation.region.clone(),
            access_token: secret(&token.access),
            expires_at: written(token.ends_at),
            client_id: registration.map(|registration| registration.client_id.clone()),
            client_secret: registration.map(|registration| secret(&registration.client_secret)),
            registration_expires_at: registration.map(|registration| written(registration.ends_at)),
            refresh_token: token.refresh.as_ref().map(secret),
        }
    }

    fn into_token(mut self) -> Option<Token> {
        let secret = |text: &mut Zeroizing<String>| Secret::new(std::mem::take(&mut **text));
        let registration = match (self.client_id.take(), &mut self.client_secret, &self.registration_expires_at)
        {
            (Some(client_id), Some(client_secret), Some(end)) => read(end).map(|ends_at| Registration {
                client_id,
                client_secret: secret(client_secret),
                ends_at,
            }),
            _ => None,
        };
        Some(Token {
            access: secret(&mut self.access_token),
            ends_at: read(&self.expires_at)?,
            refresh: self.refresh_token.as_mut().map(secret),
            registration,
        })
    }
}

fn written(moment: Timestamp) -> String {
    moment.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// Older tools wrote `UTC` for `Z`.
fn read(moment: &str) -> Option<Timestamp> {
    moment.replace("UTC", "Z").parse().ok()
}

/// The token of an organisation. What cannot be read or understood is none: signing in writes it anew.
pub(super) async fn load(organisation: &Organisation) -> Option<Token> {
    let path = path(organisation).ok()?;
    let text = Zeroizing::new(tokio::fs::read(path).await.ok().filter(|text| text.len() <= LONGEST)?);
    serde_json::from_slice::<Written>(&text).ok()?.into_token()
}

/// Keeps a token, whole or not at all, for the person's own eyes.
pub(super) async fn save(organisation: &Organisation, token: &Token) -> Result<()> {
    let path = path(organisation)?;
    let written = Written::of(organisation, token);
    // Without room for all of it, growing would leave pieces in memory.
    let mut text = Zeroizing::new(Vec::with_capacity(LONGEST));
    serde_json::to_writer(&mut *text, &written).map_err(|e| internal("no JSON").with_source(e))?;
    let kept = tokio::task::spawn_blocking(move || replace(&path, &text)).await;
    kept.unwrap_or_else(|e| Err(io::Error::other(e))).map_err(unkept)
}

/// Removes the token of an organisation; that there is none is no error.
pub(super) async fn remove(organisation: &Organisation) -> Result<()> {
    match tokio::fs::remove_file(path(organisation)?).await {
        Err(e) if e.kind() != ErrorKind::NotFound => Err(unkept(e)),
        _ => Ok(()),
    }
}

fn unkept(error: io::Error) -> Error {
    Error::from(Kind::Internal).with_detail(format!("the file of the sign-in: {error}")).with_source(error)
}

fn path(organisation: &Organisation) -> Result<PathBuf> {
    let home = home_dir(&Env::real(), Os::real()).ok_or_else(|| internal("no home folder"))?;
    let name = hex::encode(Sha1::digest(organisation.session_name()));
    Ok(Path::new(&home).join(".aws/sso/cache").join(name + ".json"))
}

/// A temporary file is the person's alone from its first byte on.
fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    let folder = path.parent().unwrap_or(Path::new("."));
    make_folder(folder)?;
    let mut file = tempfile::NamedTempFile::new_in(folder)?;
    io::Write::write_all(&mut file, text)?;
    file.as_file().sync_all()?;
    file.persist(path)?;
    Ok(())
}

#[cfg(unix)]
fn make_folder(folder: &Path) -> io::Result<()> {
    use std::os::unix::fs::DirBuilderExt;
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder)
}

#[cfg(not(unix))]
fn make_folder(folder: &Path) -> io::Result<()> {
    std::fs::create_dir_all(folder)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_of_other_tools_are_read() {
        let read = |text: &str| serde_json::from_str::<Written>(text).ok().and_then(Written::into_token);
        let bare = read(r#"{"accessToken": "a", "expiresAt": "2019-11-14T04:05:45UTC", "more": [1]}"#).unwrap();
        assert_eq!(bare.ends_at.as_second(), 1_573_704_345);
        assert!(bare.renewal(Timestamp::UNIX_EPOCH).is_none());
        let whole = read(
            r#"{"startUrl": "s", "region": "r", "accessToken": "a", "expiresAt": "2026-11-23T12:00:00Z",
            "clientId": "c", "clientSecret": "cs", "registrationExpiresAt": "2027-01-01T00:00:00Z",
            "refreshToken": "r"}"#,
        )
        .unwrap();
        assert!(whole.renewal("2026-12-31T00:00:00Z".parse().unwrap()).is_some());
        assert!(whole.renewal("2027-01-01T00:00:00Z".parse().unwrap()).is_none(), "no longer registered");
        for broken in ["", "[]", "{}", r#"{"accessToken": "a", "expiresAt": "soon"}"#] {
            assert!(read(broken).is_none(), "{broken}");
        }
    }
}
