//! The way out for an object that no link can carry: a copy under a name that a link can.

use super::App;
use super::free_name::{MAX_COPIES, numbered};
use super::rules::entry;
use crate::ports::PutOutcome;
use crate::{Act, Error, Kind, Link, LinkRequest, ObjectKey, Result};

impl App {
    /// Copies the object to a free key beside it that a link can carry, and makes the link to that; tested, and
    /// on the clipboard. The object itself stays as it is.
    ///
    /// Errors: [`Kind::FileTooLarge`], and those of reading, writing and [`App::link`].
    pub async fn copy_link_to_copy(&self, request: &LinkRequest) -> Result<(Link, bool)> {
        let store = self.store(&request.profile).await?;
        let limits = self.limits(&request.profile).await?;
        limits.check_place(&request.bucket, request.key.as_str())?;
        let facts = store.facts(&request.bucket, &request.key, None).await?;
        if facts.size > store.copy_limit() {
            let (name, limit) = (request.key.name().to_owned(), store.copy_limit());
            return Err(Kind::FileTooLarge { name, limit }.into());
        }
        for copy in 1..=MAX_COPIES {
            let key = safe_key(&request.key, copy)?;
            limits.check_upload(&request.bucket, key.as_str())?;
            let Some(_claim) = self.claims.take(&request.bucket, &key) else { continue };
            self.audit(&request.profile, entry(Act::Copy, &request.bucket, key.as_str())).await?;
            if store.copy_new(&request.bucket, &request.key, &key).await? == PutOutcome::Stored {
                self.note_new(&request.profile, &request.bucket, &key, facts.size);
                return self.copy_link(&LinkRequest { key, ..request.clone() }).await;
            }
        }
        Err(Kind::NameInvalid { name: request.key.as_str().to_owned() }.into())
    }
}

fn safe_key(key: &ObjectKey, copy: u32) -> Result<ObjectKey> {
    let invalid = |_| Error::from(Kind::NameInvalid { name: key.as_str().to_owned() });
    let safe = key.safe().map_err(invalid)?;
    let (folder, name) = safe
        .as_str()
        .rsplit_once('/')
        .map_or(("", safe.as_str()), |(_, name)| (&safe.as_str()[..safe.as_str().len() - name.len()], name));
    ObjectKey::parse(&format!("{folder}{}", numbered(name, copy))).map_err(invalid)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_stands_beside_what_it_is_a_copy_of() {
        let safe = |key: &str, copy| safe_key(&ObjectKey::parse(key).unwrap(), copy).unwrap();
        assert_eq!(safe("a/../film.mp4", 1).as_str(), "a/__/film.mp4");
        assert_eq!(safe("a/../film.mp4", 2).as_str(), "a/__/film (2).mp4");
        assert_eq!(safe("..", 3).as_str(), "__ (3)");
        assert!(safe_key(&ObjectKey::parse(&format!("../{}", "x".repeat(1_021))).unwrap(), 1).is_ok());
        assert!(safe_key(&ObjectKey::parse(&format!("../{}", "x".repeat(1_021))).unwrap(), 2).is_err());
    }
}
