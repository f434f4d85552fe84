//! The same use cases for a terminal: `link`, `send`, `request`, `ls`, `check`, `profiles`.
//!
//! Data goes to standard output, one line each; errors to standard error, one line each. One failure does not
//! stop the rest; the exit code is that of the first.

mod arguments;
mod check;
mod link;
mod list;
mod output;
mod profiles;
mod request;
mod send;
mod words;

use std::process::ExitCode;
use std::sync::Arc;

use arguments::WayIn;
pub(crate) use arguments::{Arguments, Command};
use guestpass_core::app::App;
use guestpass_core::{Error, ProfileId, Secret};

use crate::clipboard::SystemClipboard;
use crate::{clipboard, compose, draw};

/// What every command works with.
struct Session {
    app: App,
    profile: ProfileId,
}

/// Runs one command to its end.
pub(crate) fn run(way_in: WayIn, command: Command) -> ExitCode {
    // Before there are threads, which would lose what they need.
    if let Command::DrawPictures = command {
        return ExitCode::from(draw::serve_stdin());
    }
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(e) => {
            output::error_line(&format!("Guestpass cannot start: {e}"));
            return ExitCode::FAILURE;
        }
    };
    let code = runtime.block_on(async {
        if let Command::KeepOnClipboard = command {
            return clipboard::keep_from_stdin();
        }
        let practice = way_in.practice;
        let code = execute(way_in, command).await.unwrap_or_else(|e| output::fail(&e));
        output::flush();
        if practice {
            output::error_line(words::PRACTICE_CLOSES);
        }
        code
    });
    ExitCode::from(code)
}

async fn execute(way_in: WayIn, command: Command) -> Result<u8, Error> {
    let app = compose::app(Arc::new(SystemClipboard::for_a_command()), None, None)?;
    let profile = match way_in.is_named() {
        true => app.meant_by(&way_in.profile_id()).await,
        false => way_in.profile_id(),
    };
    if way_in.allow_http {
        app.allow_http(&profile).await;
    }
    if let Some(code) = way_in.code {
        app.connect_for_now(&profile, Secret::new(code)).await?;
    }
    let session = Session { app, profile };
    match command {
        Command::Link(link) => link::run(&session, link).await,
        Command::Send(send) => send::run(&session, send).await,
        Command::Request(request) => request::run(&session, request).await,
        Command::Ls(ls) => list::run(&session, ls).await,
        Command::Check(check) => check::run(&session, check).await,
        Command::Profiles { json } => profiles::run(&session, json).await,
        // Answered before, by the window or without an app.
        Command::Share { .. } | Command::KeepOnClipboard | Command::DrawPictures => Ok(0),
    }
}
