//! What a person gives and gets when they sign in or set up a connection.

use guestpass_core::ports::{Invitation as CoreInvitation, SignInBy};
use guestpass_core::{Secret, Server, SignInWay, app};
use serde::{Deserialize, Serialize};
use specta::Type;
use specta_typescript::Number;

use super::{AppError, Limits, Place};

/// An IAM Identity Center.
#[derive(Clone, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Organisation {
    /// Its start URL.
    pub start_url: String,
    /// The region that it is in.
    pub region: String,
    /// The name of its session in the AWS files, where it has one.
    pub session: Option<String>,
}

/// Whether a way in can be used now.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase", tag = "kind")]
pub enum Standing {
    /// Yes.
    Ready,
    /// Yes, until this moment at least.
    Until {
        /// Unix seconds.
        #[specta(type = Number)]
        at: i64,
    },
    /// After signing in.
    SignedOut,
    /// With a code of six digits, each time.
    NeedsCode,
    /// Only trying it tells.
    Untried,
    /// No.
    Broken,
}

/// How a person signs in to an organisation.
#[derive(Clone, Copy, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub enum SignInHow {
    /// In the browser of this computer.
    Browser,
    /// In a browser anywhere, with a code.
    Device,
}

/// Where a person is to go to sign in.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Invitation {
    /// The page.
    pub url: String,
    /// The code that the page shows too.
    pub code: Option<String>,
    /// When it is too late, in Unix seconds.
    #[specta(type = Number)]
    pub ends_at: i64,
    /// Whether a browser has opened.
    pub opened: bool,
}

/// An account that somebody who has signed in may use.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Account {
    /// Its twelve digits.
    pub id: String,
    /// What the organisation calls it.
    pub name: String,
}

/// A connection through an organisation.
#[derive(Clone, Debug, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewRole {
    /// What it is to be called.
    pub name: String,
    /// Where one signs in.
    pub organisation: Organisation,
    /// The account.
    pub account: String,
    /// The role in it.
    pub role: String,
    /// The region of the buckets, where it is known.
    pub region: Option<String>,
}

/// What was found of an access key on the clipboard. Its secret stays here.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct PastedKey {
    /// Its id, shortened.
    pub access_key_id: Option<String>,
    /// Whether the secret half is there.
    pub has_secret: bool,
    /// Whether a session token is there.
    pub has_token: bool,
    /// The region that stands beside it.
    pub region: Option<String>,
    /// The endpoint that stands beside it.
    pub endpoint: Option<String>,
}

/// How a bucket is named in a URL.
#[derive(Clone, Copy, Debug, Serialize, Deserialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "mirrors guestpass_core::Addressing")]
pub enum Addressing {
    Auto,
    Path,
    Virtual,
}

/// An access key as a person gives it.
#[derive(Deserialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct NewKey {
    /// What the connection is to be called.
    pub name: String,
    /// Empty where the pasted one is meant.
    pub access_key_id: String,
    /// Empty where the pasted one is meant.
    pub secret_access_key: String,
    /// Empty where there is none, or the pasted one is meant.
    pub session_token: String,
    /// Whether what was pasted fills what is empty.
    pub uses_pasted: bool,
    /// The server's address; AWS itself where there is none.
    pub endpoint: Option<String>,
    /// The region to sign for.
    pub region: Option<String>,
    /// How a bucket is named in a URL.
    pub addressing: Addressing,
    /// Whether the server may be spoken to without encryption.
    pub insists_on_http: bool,
    /// The file of IT that asks for the key.
    pub offer: Option<u32>,
}

/// How a connection of a file signs in.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum OfferedSignIn {
    /// Through an organisation.
    Organisation {
        /// Which.
        organisation: Organisation,
        /// The account, unless the person chooses.
        account: Option<String>,
        /// The role, unless the person chooses.
        role: Option<String>,
        /// The server's address, where the files are not with AWS.
        endpoint: Option<String>,
    },
    /// With an access key that the person has.
    Key {
        /// The server's address.
        endpoint: Option<String>,
        /// The region.
        region: Option<String>,
        /// How a bucket is named in a URL.
        addressing: Addressing,
    },
    /// With a profile of this computer.
    Profile {
        /// Its name.
        profile: String,
    },
}

/// A file that sets up a connection.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct ConnectionOffer {
    /// By this it is taken.
    pub id: u32,
    /// What the connection is called.
    pub name: String,
    /// How it signs in.
    pub sign_in: OfferedSignIn,
    /// The places that it shows.
    pub places: Vec<Place>,
    /// What it does not allow.
    pub limits: Limits,
    /// Who signed it, as far as the policy names who may.
    pub signed_by: Option<String>,
}

/// A file that was double-clicked, or dropped on the window.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase", rename_all_fields = "camelCase", tag = "kind")]
pub enum ConnectionFileEvent {
    /// It sets up a connection.
    Offered {
        /// What it says.
        offer: ConnectionOffer,
    },
    /// It cannot be used.
    Refused {
        /// Why.
        error: AppError,
    },
}

/// What was removed with a connection.
#[derive(Clone, Copy, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Forgotten {
    /// Items of the keyring.
    pub keyring_items: u32,
    /// Uploads.
    pub transfers: u32,
    /// Whether its sign-in was ended.
    pub signed_out: bool,
}

impl From<guestpass_core::Organisation> for Organisation {
    fn from(organisation: guestpass_core::Organisation) -> Self {
        let guestpass_core::Organisation { start_url, region, session } = organisation;
        Self { start_url, region, session }
    }
}

impl From<Organisation> for guestpass_core::Organisation {
    fn from(organisation: Organisation) -> Self {
        let Organisation { start_url, region, session } = organisation;
        Self { start_url, region, session }
    }
}

impl From<guestpass_core::Standing> for Standing {
    fn from(standing: guestpass_core::Standing) -> Self {
        match standing {
            guestpass_core::Standing::Ready => Self::Ready,
            guestpass_core::Standing::Until(at) => Self::Until { at: at.as_second() },
            guestpass_core::Standing::SignedOut => Self::SignedOut,
            guestpass_core::Standing::NeedsCode => Self::NeedsCode,
            guestpass_core::Standing::Untried => Self::Untried,
            guestpass_core::Standing::Broken => Self::Broken,
        }
    }
}

impl From<SignInHow> for SignInBy {
    fn from(how: SignInHow) -> Self {
        match how {
            SignInHow::Browser => Self::Browser,
            SignInHow::Device => Self::Device,
        }
    }
}

impl Invitation {
    pub(crate) fn of(invitation: &CoreInvitation, opened: bool) -> Self {
        Self {
            url: invitation.url.reveal().clone(),
            code: invitation.code.clone(),
            ends_at: invitation.ends_at.as_second(),
            opened,
        }
    }
}

impl From<guestpass_core::Account> for Account {
    fn from(account: guestpass_core::Account) -> Self {
        Self { id: account.id, name: account.name }
    }
}

impl From<NewRole> for app::NewConnection {
    fn from(new: NewRole) -> Self {
        let way = guestpass_core::Way::Role {
            organisation: new.organisation.into(),
            account: new.account,
            role: new.role,
            server: Server { region: new.region, ..Server::default() },
        };
        Self { name: new.name, way, given: app::Given::default() }
    }
}

impl From<guestpass_core::PastedKey> for PastedKey {
    fn from(key: guestpass_core::PastedKey) -> Self {
        Self {
            access_key_id: Some(key.shortened()),
            has_secret: true,
            has_token: key.key.session_token.is_some(),
            region: key.region,
            endpoint: key.endpoint,
        }
    }
}

impl From<Addressing> for guestpass_core::Addressing {
    fn from(addressing: Addressing) -> Self {
        match addressing {
            Addressing::Auto => Self::Auto,
            Addressing::Path => Self::Path,
            Addressing::Virtual => Self::Virtual,
        }
    }
}

impl From<guestpass_core::Addressing> for Addressing {
    fn from(addressing: guestpass_core::Addressing) -> Self {
        match addressing {
            guestpass_core::Addressing::Auto => Self::Auto,
            guestpass_core::Addressing::Path => Self::Path,
            guestpass_core::Addressing::Virtual => Self::Virtual,
        }
    }
}

impl From<NewKey> for app::KeyForm {
    fn from(key: NewKey) -> Self {
        let filled = |text: Option<String>| text.filter(|text| !text.trim().is_empty());
        Self {
            name: key.name,
            access_key_id: key.access_key_id,
            secret_access_key: Secret::new(key.secret_access_key),
            session_token: Secret::new(key.session_token),
            uses_pasted: key.uses_pasted,
            server: Server {
                endpoint: filled(key.endpoint),
                region: filled(key.region),
                addressing: key.addressing.into(),
            },
            offer: key.offer,
        }
    }
}

impl From<app::ConnectionOffer> for ConnectionOffer {
    fn from(offer: app::ConnectionOffer) -> Self {
        let app::ConnectionOffer { id, file } = offer;
        let sign_in = match file.sign_in {
            SignInWay::Organisation { organisation, account, role } => {
                let endpoint = file.server.endpoint;
                OfferedSignIn::Organisation { organisation: organisation.into(), account, role, endpoint }
            }
            SignInWay::Key => OfferedSignIn::Key {
                endpoint: file.server.endpoint,
                region: file.server.region,
                addressing: file.server.addressing.into(),
            },
            SignInWay::Profile(profile) => OfferedSignIn::Profile { profile },
        };
        let places = file.places.into_iter().map(Into::into).collect();
        Self { id, name: file.name, sign_in, places, limits: file.limits.into(), signed_by: file.signed_by }
    }
}

impl From<app::Forgotten> for Forgotten {
    fn from(forgotten: app::Forgotten) -> Self {
        Self {
            keyring_items: super::count(forgotten.keyring_items),
            transfers: super::count(forgotten.transfers),
            signed_out: forgotten.signed_out,
        }
    }
}
