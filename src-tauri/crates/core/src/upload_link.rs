//! Upload links: somebody outside may put files into a folder, and see nothing of it.

use crate::{Expiry, LinkEnd, LinkUrl, ObjectKey, Place, Prefix, ProfileId, Secret};

/// What a person asks for when they want files from somebody outside.
#[derive(Clone, Debug)]
pub struct FileRequest {
    /// Who signs.
    pub profile: ProfileId,
    /// The folder in which what arrives is put, in a new folder of its own.
    pub place: Place,
    /// What the request is called: the new folder's name begins with it, and the page shows it.
    pub title: String,
    /// How long files may arrive.
    pub expiry: Expiry,
    /// What is handed out.
    pub kind: RequestKind,
}

/// What is handed out.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum RequestKind {
    /// A page on which a person drops files; it is put into the bucket, beside the new folder.
    Page {
        /// The largest file it takes, in bytes.
        max_bytes: u64,
    },
    /// The fields of a form, for a page or a program of somebody else's.
    Form {
        /// The largest file it takes, in bytes.
        max_bytes: u64,
    },
    /// The URL to which exactly one file of this name is sent, by one PUT.
    Put {
        /// The file's name.
        name: String,
    },
}

/// A form that a browser, or `curl -F`, sends to the bucket itself.
/// <https://docs.aws.amazon.com/AmazonS3/latest/API/sigv4-HTTPPOSTConstructPolicy.html>
#[derive(Clone, Debug)]
pub struct UploadForm {
    /// Where it is posted to.
    pub action: String,
    /// What every key must begin with.
    pub prefix: Prefix,
    /// The largest file it takes, in bytes.
    pub max_bytes: u64,
    /// The fields that stand before the file, in order; whoever has them may upload.
    pub fields: Vec<(&'static str, Secret<String>)>,
}

/// The link to a page on which somebody drops files.
#[derive(Clone, Debug)]
pub struct PageLink {
    /// The link, which is opened in a browser.
    pub url: LinkUrl,
    /// Where the page itself is.
    pub page: ObjectKey,
    /// Where files arrive.
    pub folder: Prefix,
    /// When both the page and the upload end.
    pub end: LinkEnd,
}

/// What was made of a [`FileRequest`].
#[derive(Clone, Debug)]
pub enum UploadLink {
    /// A page: the link to it.
    Page(PageLink),
    /// A form.
    Form {
        /// Its parts.
        form: UploadForm,
        /// When it ends.
        end: LinkEnd,
    },
    /// One PUT.
    Put {
        /// The URL, with which a file is sent and nothing is read.
        url: LinkUrl,
        /// Where the file arrives.
        key: ObjectKey,
        /// When it ends.
        end: LinkEnd,
    },
}

/// The page for outsiders, as the face of the app draws it: self-contained HTML.
pub trait RequestPage: Send + Sync {
    /// The page's bytes, of type `text/html; charset=utf-8`.
    fn draw(&self, title: &str, form: &UploadForm, end: LinkEnd) -> Vec<u8>;
}
