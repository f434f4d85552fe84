//! Signing in to an organisation, and setting up connections.

use guestpass_core::Kind;
use guestpass_core::app::App;
use guestpass_core::ports::Invitation as CoreInvitation;
use tauri::State;
use tauri::ipc::Channel;

use crate::desktop::Desktop;
use crate::ipc::connection::profile_id;
use crate::ipc::{Account, AppError, Invitation, NewKey, NewRole, Organisation, PastedKey, Profile, SignInHow};
use crate::stop::Stoppable;

/// The sign-in that is under way, so that it can be stopped.
#[derive(Default)]
pub(crate) struct SignInRunning(Stoppable);

/// Asks the person to sign in, in a browser; the channel hears where. Answers when they have.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_in(
    app: State<'_, App>,
    running: State<'_, SignInRunning>,
    desktop: State<'_, Desktop>,
    organisation: Organisation,
    how: SignInHow,
    on_invite: Channel<Invitation>,
) -> Result<(), AppError> {
    let invite = |invitation: CoreInvitation| {
        let opened = desktop.open_page(invitation.url.reveal());
        // A window that has gone away hears nothing.
        let _ = on_invite.send(Invitation::of(&invitation, opened));
    };
    let stop = running.0.begin();
    let organisation = organisation.into();
    let signing_in = app.sign_in(&organisation, how.into(), &invite);
    match stop.run_until_cancelled(signing_in).await {
        Some(done) => Ok(done?),
        None => Err(guestpass_core::Error::from(Kind::Cancelled).into()),
    }
}

/// Stops the sign-in that is under way.
#[tauri::command]
#[specta::specta]
pub(crate) async fn stop_sign_in(running: State<'_, SignInRunning>) -> Result<(), AppError> {
    running.0.begin();
    Ok(())
}

/// The accounts that whoever has signed in may use.
#[tauri::command]
#[specta::specta]
pub(crate) async fn accounts(
    app: State<'_, App>,
    organisation: Organisation,
) -> Result<Vec<Account>, AppError> {
    Ok(app.accounts(&organisation.into()).await?.into_iter().map(Into::into).collect())
}

/// Their roles in one account.
#[tauri::command]
#[specta::specta]
pub(crate) async fn roles(
    app: State<'_, App>,
    organisation: Organisation,
    account: String,
) -> Result<Vec<String>, AppError> {
    Ok(app.roles(&organisation.into(), &account).await?)
}

/// Sets up a connection through an organisation.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_role(
    app: State<'_, App>,
    role: NewRole,
    session_only: bool,
) -> Result<Profile, AppError> {
    let profile = app.add_connection(role.into(), session_only, false).await?;
    Ok(Profile::of(&app, profile))
}

/// Ends the sign-in behind a profile.
#[tauri::command]
#[specta::specta]
pub(crate) async fn sign_out(app: State<'_, App>, profile: String) -> Result<(), AppError> {
    Ok(app.sign_out(&profile_id(profile)?).await?)
}

/// Looks for an access key on the clipboard; nothing where there is none. The secret stays on this side.
#[tauri::command]
#[specta::specta]
pub(crate) async fn paste_key(
    app: State<'_, App>,
    desktop: State<'_, Desktop>,
) -> Result<Option<PastedKey>, AppError> {
    let text = desktop.clipboard_text().await?;
    Ok(text.and_then(|text| app.take_pasted(&text)).map(Into::into))
}

/// Forgets what was pasted.
#[tauri::command]
#[specta::specta]
pub(crate) async fn forget_pasted_key(app: State<'_, App>) -> Result<(), AppError> {
    app.forget_pasted();
    Ok(())
}

/// Sets up a connection with an access key, once its server has taken it.
#[tauri::command]
#[specta::specta]
pub(crate) async fn add_key(app: State<'_, App>, key: NewKey, session_only: bool) -> Result<Profile, AppError> {
    let insists_on_http = key.insists_on_http;
    let profile = app.add_key(key.into(), session_only, insists_on_http).await?;
    Ok(Profile::of(&app, profile))
}
