//! "Can I share from here?", as the window sees it.

use guestpass_core::app;
use serde::Serialize;
use specta::Type;

use super::AppError;

/// What is tried.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "mirrors guestpass_core::app::Step")]
pub enum Step {
    Server,
    Certificate,
    Clock,
    Identity,
    Region,
    List,
    Read,
    Link,
    Encryption,
    Write,
    Copy,
    Delete,
}

/// What came out.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Type)]
#[serde(rename_all = "camelCase")]
#[expect(missing_docs, reason = "mirrors guestpass_core::app::Outcome")]
pub enum Outcome {
    Fine,
    Refused,
    Failed,
    Skipped,
}

/// One step, and what came out.
#[derive(Clone, Debug, Serialize, Type)]
#[serde(rename_all = "camelCase")]
pub struct Finding {
    /// What was tried.
    pub step: Step,
    /// What came out.
    pub outcome: Outcome,
    /// What was found; technical.
    pub fact: Option<String>,
    /// Why not.
    pub error: Option<AppError>,
    /// The IAM statement that is missing, in JSON.
    pub statement: Option<String>,
}

impl From<app::Step> for Step {
    fn from(step: app::Step) -> Self {
        match step {
            app::Step::Server => Self::Server,
            app::Step::Certificate => Self::Certificate,
            app::Step::Clock => Self::Clock,
            app::Step::Identity => Self::Identity,
            app::Step::Region => Self::Region,
            app::Step::List => Self::List,
            app::Step::Read => Self::Read,
            app::Step::Link => Self::Link,
            app::Step::Encryption => Self::Encryption,
            app::Step::Write => Self::Write,
            app::Step::Copy => Self::Copy,
            app::Step::Delete => Self::Delete,
        }
    }
}

impl From<app::Outcome> for Outcome {
    fn from(outcome: app::Outcome) -> Self {
        match outcome {
            app::Outcome::Fine => Self::Fine,
            app::Outcome::Refused => Self::Refused,
            app::Outcome::Failed => Self::Failed,
            app::Outcome::Skipped => Self::Skipped,
        }
    }
}

impl From<app::Finding> for Finding {
    fn from(finding: app::Finding) -> Self {
        Self {
            step: finding.step.into(),
            outcome: finding.outcome.into(),
            fact: finding.fact,
            error: finding.error.map(Into::into),
            statement: finding.statement,
        }
    }
}
