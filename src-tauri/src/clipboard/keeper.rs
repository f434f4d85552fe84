//! Keeps what a command copied after the command has ended.
//!
//! On X11 and Wayland a clipboard's content dies with the process that offered it. So a command starts this
//! binary once more, gives it the text on standard input (never as an argument: those are public), and waits
//! until it is on offer; that process ends when something else is copied.

use std::io::{self, BufRead, BufReader, Write};
use std::process::{Command, Stdio};

use super::Flavours;

/// What the keeper prints when the text is on offer.
const OFFERED: &str = "offered";

/// Starts the keeper, and answers when the clipboard has the text.
pub(super) fn start(flavours: &Flavours) -> io::Result<()> {
    let mut keeper = Command::new(std::env::current_exe()?);
    keeper.arg("keep-on-clipboard").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    #[cfg(unix)]
    std::os::unix::process::CommandExt::process_group(&mut keeper, 0);
    let mut keeper = keeper.spawn()?;
    let broken = || io::Error::from(io::ErrorKind::BrokenPipe);
    let mut input = keeper.stdin.take().ok_or_else(broken)?;
    input.write_all(&serde_json::to_vec(flavours)?)?;
    drop(input);
    let mut said = String::new();
    BufReader::new(keeper.stdout.take().ok_or_else(broken)?).read_line(&mut said)?;
    if said.trim() == OFFERED { Ok(()) } else { Err(io::Error::other("no clipboard on this display")) }
}

/// The keeper's whole life; answers the exit code.
pub(crate) fn keep_from_stdin() -> u8 {
    match keep() {
        Ok(()) => 0,
        Err(e) => {
            tracing::debug!("the clipboard cannot be kept: {e}");
            1
        }
    }
}

#[cfg(target_os = "linux")]
fn keep() -> Result<(), Box<dyn std::error::Error>> {
    use arboard::SetExtLinux;
    let flavours: Flavours = serde_json::from_reader(io::stdin().lock())?;
    if let Some(offer) = offer_on_wayland(&flavours) {
        tell_parent()?;
        return Ok(offer.serve()?);
    }
    let mut clipboard = arboard::Clipboard::new()?;
    // `wait` below only returns when another program takes the clipboard, so the text is offered first. X11 knows
    // the second offer for the same owner's; nobody finds the clipboard empty in between.
    flavours.set_on(&mut clipboard)?;
    tell_parent()?;
    let set = clipboard.set().wait();
    let set = if flavours.is_private { set.exclude_from_history() } else { set };
    match flavours.html {
        Some(html) => set.html(html, Some(flavours.text))?,
        None => set.text(flavours.text)?,
    }
    Ok(())
}

/// The text on offer, once: on Wayland a second offer ends the first, and whoever is reading that gets nothing.
/// `None` where there is no Wayland, or none with a clipboard for programs without a window.
#[cfg(target_os = "linux")]
fn offer_on_wayland(flavours: &Flavours) -> Option<wl_clipboard_rs::copy::PreparedCopy> {
    use wl_clipboard_rs::copy::{MimeSource, MimeType, Options, Source};
    std::env::var_os("WAYLAND_DISPLAY")?;
    let source =
        |text: &str, mime_type| MimeSource { source: Source::Bytes(text.as_bytes().into()), mime_type };
    let mut sources = vec![source(&flavours.text, MimeType::Text)];
    if let Some(html) = &flavours.html {
        sources.push(source(html, MimeType::Specific("text/html".into())));
    }
    let mut options = Options::new();
    options.foreground(true).sensitive(flavours.is_private);
    options.prepare_copy_multi(sources).ok()
}

#[cfg(target_os = "linux")]
#[expect(clippy::print_stdout, reason = "how the parent learns that the text is on offer")]
fn tell_parent() -> io::Result<()> {
    println!("{OFFERED}");
    io::stdout().flush()
}

#[cfg(not(target_os = "linux"))]
fn keep() -> Result<(), Box<dyn std::error::Error>> {
    // Elsewhere the system keeps what was copied, and nobody starts the keeper.
    Ok(())
}
