//! The one register of commands: what the window may ask. Each converts in, makes one call, converts out.

use tauri::Runtime;
use tauri_specta::{Builder, ErrorHandlingMode, collect_commands};

pub(crate) mod browse;
pub(crate) mod examine;
pub(crate) mod files;
pub(crate) mod folder;
pub(crate) mod leave;
pub(crate) mod preview;
pub(crate) mod profiles;
pub(crate) mod request;
pub(crate) mod settings;
pub(crate) mod share;
pub(crate) mod signing_in;
pub(crate) mod tidy;
pub(crate) mod upload;

#[cfg(test)]
mod tests;

/// All commands, with their types. `ui/src/ipc/bindings.ts` is exported from here.
pub fn register<R: Runtime>() -> Builder<R> {
    Builder::<R>::new()
        .commands(collect_commands![
            profiles::profiles,
            profiles::recall,
            profiles::connect,
            profiles::signed_in,
            profiles::forget_connection,
            profiles::policy,
            signing_in::sign_in,
            signing_in::stop_sign_in,
            signing_in::accounts,
            signing_in::roles,
            signing_in::add_role,
            signing_in::sign_out,
            signing_in::paste_key,
            signing_in::forget_pasted_key,
            signing_in::add_key,
            files::choose_connection_file,
            files::watch_connection_files,
            files::accept_connection,
            examine::examine,
            browse::places,
            browse::add_place,
            browse::pin_place,
            browse::remove_place,
            browse::remember_place,
            folder::open_folder,
            folder::arrange_folder,
            folder::folder_rows,
            folder::select_rows,
            folder::selected_rows,
            folder::find_row,
            folder::type_ahead,
            folder::reload_folder,
            folder::stop_folder,
            folder::close_folder,
            folder::destination,
            folder::recent_places,
            tidy::new_folder,
            tidy::rename_row,
            tidy::move_rows,
            tidy::delete_rows,
            tidy::save_rows,
            tidy::consent_task,
            tidy::undo_task,
            tidy::pause_task,
            tidy::resume_task,
            tidy::cancel_task,
            tidy::forget_task,
            tidy::watch_tasks,
            preview::look,
            preview::preview_text,
            preview::thumbnails,
            preview::forget_previews,
            preview::preview_trouble,
            preview::follow_playing,
            share::link_end,
            share::copy_link,
            share::copy_link_to_copy,
            share::copy_links,
            share::stop_links,
            share::bring_back,
            share::copy_text,
            request::copy_upload_link,
            settings::settings,
            settings::set_private_clipboard,
            upload::choose_files,
            upload::choose_folder,
            upload::paste,
            upload::taken,
            upload::make_folders,
            upload::send,
            upload::cancel_transfer,
            upload::pause_transfer,
            upload::resume_transfer,
            upload::forget_transfer,
            upload::leftovers,
            upload::remove_leftovers,
            leave::notify,
            leave::watch_leaving,
            leave::leave,
            leave::has_tray,
            leave::tell_tray,
            upload::watch_transfers,
            upload::watch_drops,
        ])
        .error_handling(ErrorHandlingMode::Throw)
        // One type serves both directions, so that an Option is `T | null` in TypeScript.
        .disable_serde_phases()
}
