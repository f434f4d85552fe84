//! The log: standard error, our own crates only.
//!
//! The libraries below us log requests, and a presigned URL is a request; so they never log, whatever level
//! `GUESTPASS_LOG` asks of our own crates.

use tracing::level_filters::LevelFilter;
use tracing_subscriber::filter::Targets;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

const OURS: [&str; 5] =
    ["guestpass_app", "guestpass_core", "guestpass_s3", "guestpass_local", "guestpass_practice"];

/// Starts the log, at the level that `GUESTPASS_LOG` names (error, warn, info, debug), else only errors.
pub(crate) fn start() {
    let asked = std::env::var("GUESTPASS_LOG").ok().and_then(|level| level.parse().ok());
    let level = asked.unwrap_or(LevelFilter::ERROR);
    let ours = Targets::new().with_targets(OURS.map(|name| (name, level)));
    let lines = tracing_subscriber::fmt::layer().with_writer(std::io::stderr);
    tracing_subscriber::registry().with(ours).with(lines).init();
}
