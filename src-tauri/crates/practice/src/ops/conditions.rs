//! If-Match and its kin: what a reader, or a copier, makes of what is there. RFC 9110, section 13.2.2: an ETag
//! goes before a date.

use s3s::S3Result;
use s3s::dto::{ETag, ETagCondition, Timestamp};
use s3s::s3_error;

use super::timestamp;
use crate::storage::{Condition, Object};

/// The four of a request.
#[derive(Default)]
pub(super) struct Conditions<'a> {
    pub(super) matches: Option<&'a ETagCondition>,
    pub(super) none_match: Option<&'a ETagCondition>,
    pub(super) modified_since: Option<&'a Timestamp>,
    pub(super) unmodified_since: Option<&'a Timestamp>,
}

/// What they say.
#[derive(Debug, PartialEq, Eq)]
pub(super) enum Verdict {
    GoOn,
    Failed,
    NotModified,
}

impl Conditions<'_> {
    pub(super) fn verdict(&self, object: &Object) -> Verdict {
        let etag = ETag::Strong(object.etag.clone());
        let is = |condition: &ETagCondition| condition.as_etag().is_none_or(|wanted| wanted.weak_cmp(&etag));
        let unchanged_since = |at: &Timestamp| timestamp(object.modified_at) <= *at;
        let failed = match self.matches {
            Some(condition) => !is(condition),
            None => self.unmodified_since.is_some_and(|at| !unchanged_since(at)),
        };
        let not_modified = match self.none_match {
            Some(condition) => is(condition),
            None => self.modified_since.is_some_and(unchanged_since),
        };
        match (failed, not_modified) {
            (true, _) => Verdict::Failed,
            (false, true) => Verdict::NotModified,
            (false, false) => Verdict::GoOn,
        }
    }
}

/// What a writer may ask: that nothing is there, or just this.
pub(super) fn of_write(
    if_match: Option<&ETagCondition>,
    if_none_match: Option<&ETagCondition>,
) -> S3Result<Condition> {
    match (if_match, if_none_match) {
        (None, None) => Ok(Condition::None),
        (None, Some(ETagCondition::Any)) => Ok(Condition::Free),
        (Some(ETagCondition::ETag(etag)), None) => Ok(Condition::Is(etag.value().to_owned())),
        _ => Err(s3_error!(NotImplemented, "Only If-None-Match: * or If-Match with an ETag goes with a write")),
    }
}
