//! `guestpass check`: can I share from here?

use std::sync::atomic::{AtomicU8, Ordering};

use guestpass_core::Error;
use guestpass_core::address::Address;
use guestpass_core::app::{Finding, Outcome, Step};
use serde::Serialize;

use super::output::{flush, json_line, line, visible};
use super::{Session, arguments, words};

/// Field names that scripts read.
#[derive(Serialize)]
struct FindingLine<'a> {
    step: &'static str,
    outcome: &'static str,
    fact: Option<&'a str>,
    error: Option<String>,
    statement: Option<&'a str>,
}

pub(super) async fn run(session: &Session, asked: arguments::Check) -> Result<u8, Error> {
    let place = asked.address.as_deref().map(|address| Address::parse(address)?.place()).transpose()?;
    let code = AtomicU8::new(0);
    let tell = |finding: Finding| {
        print(&finding, asked.json);
        flush();
        let worse = finding.error.as_ref().map_or(0, |error| words::exit_code(error.kind()));
        // The first that is not fine is what the rest follows from.
        let _ = code.compare_exchange(0, worse, Ordering::Relaxed, Ordering::Relaxed);
    };
    session.app.examine(&session.profile, place.as_ref(), asked.write, &tell).await?;
    Ok(code.into_inner())
}

fn print(finding: &Finding, json: bool) {
    let error = finding.error.as_ref().map(|error| {
        let detail = error.detail().map(|detail| format!(" [{detail}]")).unwrap_or_default();
        format!("{}{detail}", words::sentence(error.kind()))
    });
    if json {
        return json_line(&FindingLine {
            step: step(finding.step),
            outcome: outcome(finding.outcome),
            fact: finding.fact.as_deref(),
            error,
            statement: finding.statement.as_deref(),
        });
    }
    let said = error.or_else(|| finding.fact.clone()).map(|said| format!(" {said}")).unwrap_or_default();
    line(&format!("{:8} {:12}{}", outcome(finding.outcome), step(finding.step), visible(&said)));
    if let Some(statement) = &finding.statement {
        line(&format!("missing IAM statement:\n{statement}"));
    }
}

fn step(step: Step) -> &'static str {
    match step {
        Step::Server => "server",
        Step::Certificate => "certificate",
        Step::Clock => "clock",
        Step::Identity => "identity",
        Step::Region => "region",
        Step::List => "list",
        Step::Read => "read",
        Step::Link => "link",
        Step::Encryption => "encryption",
        Step::Write => "write",
        Step::Copy => "copy",
        Step::Delete => "delete",
    }
}

fn outcome(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Fine => "fine",
        Outcome::Refused => "refused",
        Outcome::Failed => "failed",
        Outcome::Skipped => "skipped",
    }
}
