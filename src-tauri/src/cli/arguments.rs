//! The command line's grammar. `--help` is the reference that people read, so the words here are for them.

use std::path::{Path, PathBuf};

use clap::{Args, Parser, Subcommand};
use guestpass_core::{Disposition, Expiry, ProfileId, VersionChoice, VersionId};
use jiff::civil::DateTime;
use jiff::tz::TimeZone;

use crate::connection_files::is_one;

const EXIT_CODES: &str = "Exit codes:
  0  done
  1  failed for another reason
  2  the command line is wrong
  3  not signed in, or the sign-in has ended
  4  not allowed
  5  not found
  6  the server cannot be reached, or is busy
  7  a file on this computer cannot be read";

/// Lend files from private S3 buckets by links that end by themselves. Without a command, opens the window.
#[derive(Debug, Parser)]
#[command(name = "guestpass", version, after_help = EXIT_CODES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    pub(crate) way_in: WayIn,
    /// Open a file from IT that sets up a connection
    #[arg(value_name = "FILE.guestpass", value_parser = connection_file)]
    file: Option<PathBuf>,
    #[command(subcommand)]
    pub(crate) command: Option<Command>,
}

impl Arguments {
    /// The files that the window is to upload or to open; relative ones lie in `folder`.
    pub(crate) fn shared(&self, folder: &Path) -> Vec<PathBuf> {
        match &self.command {
            Some(Command::Share { files }) => files.iter().map(|file| folder.join(file)).collect(),
            _ => self.file.iter().map(|file| folder.join(file)).collect(),
        }
    }
}

/// Who signs.
#[derive(Debug, Args)]
pub(crate) struct WayIn {
    /// Use the practice bucket on this computer
    #[arg(long, global = true, conflicts_with = "profile")]
    pub(crate) practice: bool,
    /// Use this profile of the AWS files instead of the default one
    #[arg(long, global = true, value_name = "NAME")]
    profile: Option<String>,
    /// Speak to the profile's server although it does not encrypt: everybody on the way can read along
    #[arg(long, global = true)]
    pub(crate) allow_http: bool,
    /// The six digits that the profile's role asks for (`mfa_serial`)
    #[arg(long, global = true, value_name = "DIGITS")]
    pub(crate) code: Option<String>,
}

impl WayIn {
    /// The profile that was named, if one was.
    pub(crate) fn forced(&self) -> Option<ProfileId> {
        let named = || self.profile.clone().map(ProfileId::Aws);
        if self.practice { Some(ProfileId::Practice) } else { named() }
    }

    /// Whether a name was given, which may be that of a connection of the app.
    pub(crate) fn is_named(&self) -> bool {
        self.profile.is_some()
    }

    /// The profile that was named, else what AWS tools would take. A code is for a profile of the files, so with one that
    /// is meant by its name.
    pub(crate) fn profile_id(&self) -> ProfileId {
        let usual = || std::env::var("AWS_PROFILE").unwrap_or_else(|_| "default".to_owned());
        let unnamed = || match self.code {
            Some(_) => ProfileId::Aws(usual()),
            None => ProfileId::Environment,
        };
        self.forced().unwrap_or_else(unnamed)
    }
}

#[derive(Debug, Subcommand)]
pub(crate) enum Command {
    /// Make links to objects, each tested before it is printed
    Link(Link),
    /// Upload files and print their links
    Send(Send),
    /// Ask somebody outside for files: an upload link to a folder
    Request(Request),
    /// List buckets, a folder, or everything below it
    Ls(Ls),
    /// Find out what can be shared from here, and what is missing for it
    Check(Check),
    /// List the ways in that this computer knows
    Profiles {
        /// Print one JSON object a line
        #[arg(long)]
        json: bool,
    },
    /// Open the window and upload files or folders into the place that is open there; for file managers
    Share {
        /// Files and folders
        #[arg(required = true, value_name = "FILE")]
        files: Vec<PathBuf>,
    },
    /// Offers standard input to other programs until something else is copied
    #[command(hide = true)]
    KeepOnClipboard,
    /// Draws the files on standard input, for the window
    #[command(hide = true)]
    DrawPictures,
}

#[derive(Debug, Args)]
pub(crate) struct Link {
    /// Objects: s3://bucket/key, or any other S3 address
    #[arg(required_unless_present = "stdin", value_name = "ADDRESS")]
    pub(crate) addresses: Vec<String>,
    /// Read addresses from standard input, one a line
    #[arg(long, conflicts_with = "addresses")]
    pub(crate) stdin: bool,
    #[command(flatten)]
    pub(crate) end: End,
    #[command(flatten)]
    pub(crate) opening: OpeningChoice,
    /// The file name that the recipient sees
    #[arg(long, value_name = "NAME")]
    pub(crate) name: Option<String>,
    /// Stay with the version that is there now, also when the object is replaced
    #[arg(long, conflicts_with = "version_id")]
    pin: bool,
    /// Open this version of the object
    #[arg(long, value_name = "ID")]
    version_id: Option<String>,
    /// Pay for what the recipient reads, as a requester-pays bucket demands
    #[arg(long)]
    pub(crate) requester_pays: bool,
    /// Do not open the links before printing them
    #[arg(long)]
    pub(crate) no_check: bool,
    #[command(flatten)]
    pub(crate) output: Output,
}

impl Link {
    pub(crate) fn version(&self) -> VersionChoice {
        match self.version_id.as_deref().and_then(VersionId::kept) {
            Some(version) => VersionChoice::Exact(version),
            None if self.pin => VersionChoice::Current,
            None => VersionChoice::Latest,
        }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Request {
    /// The folder in which what arrives gets a new folder of its own: s3://bucket/prefix/
    #[arg(value_name = "ADDRESS")]
    pub(crate) address: String,
    /// What the request is called; the new folder's name begins with it, and the page shows it
    #[arg(long, value_name = "TEXT", default_value = "Files")]
    pub(crate) title: String,
    /// The largest file that is taken: 200MB, 5GB (5 GiB at most)
    #[arg(long, value_name = "SIZE", default_value = "5GiB", value_parser = size)]
    pub(crate) max_size: u64,
    /// Print the URL to which exactly one file of this name is sent: curl -T FILE URL
    #[arg(long, value_name = "NAME")]
    pub(crate) put: Option<String>,
    /// Print the fields of a form instead of the link to a page: for curl -F, or a page of your own
    #[arg(long, conflicts_with_all = ["put", "copy"])]
    pub(crate) form: bool,
    #[command(flatten)]
    pub(crate) end: End,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Send {
    /// Files to upload
    #[arg(required = true, value_name = "FILE")]
    pub(crate) files: Vec<PathBuf>,
    /// Where to: s3://bucket/prefix/ [default: the place that was last open in the window]
    #[arg(long, value_name = "ADDRESS")]
    pub(crate) to: Option<String>,
    #[command(flatten)]
    pub(crate) end: End,
    #[command(flatten)]
    pub(crate) opening: OpeningChoice,
    #[command(flatten)]
    pub(crate) output: Output,
}

#[derive(Debug, Args)]
pub(crate) struct Ls {
    /// s3://bucket/prefix/; without it, the buckets
    #[arg(value_name = "ADDRESS")]
    pub(crate) address: Option<String>,
    /// List everything below, not only this folder
    #[arg(long, short)]
    pub(crate) recursive: bool,
    /// Print one JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct Check {
    /// The place to share from: s3://bucket/prefix/
    #[arg(value_name = "ADDRESS")]
    pub(crate) address: Option<String>,
    /// Write two small files there, copy and delete them
    #[arg(long, requires = "address")]
    pub(crate) write: bool,
    /// Print one JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
}

#[derive(Debug, Args)]
pub(crate) struct End {
    /// How long the links work: 90m, 12h, 3d, 1w (7 days at most)
    #[arg(long, value_name = "TIME", default_value = "3d", value_parser = duration, conflicts_with = "until")]
    expires: i64,
    /// When the links end, in local time: 2026-11-26T17:20
    #[arg(long, value_name = "WHEN", value_parser = moment)]
    until: Option<jiff::Timestamp>,
}

impl End {
    pub(crate) fn expiry(&self) -> Expiry {
        self.until.map_or(Expiry::For(self.expires), Expiry::Until)
    }
}

#[derive(Debug, Args)]
pub(crate) struct OpeningChoice {
    /// Show or play in the browser instead of downloading
    #[arg(long)]
    inline: bool,
    /// Show also what can carry scripts, such as HTML and SVG, which is a download otherwise
    #[arg(long, requires = "inline")]
    pub(crate) show_active: bool,
}

impl OpeningChoice {
    pub(crate) fn disposition(&self) -> Disposition {
        if self.inline { Disposition::Inline } else { Disposition::Attachment }
    }
}

#[derive(Debug, Args)]
pub(crate) struct Output {
    /// Put the links on the clipboard as well
    #[arg(long)]
    pub(crate) copy: bool,
    /// Print one JSON object a line
    #[arg(long)]
    pub(crate) json: bool,
}

/// Anything else is a command that is not known.
fn connection_file(text: &str) -> Result<PathBuf, String> {
    let path = PathBuf::from(text);
    if is_one(&path) {
        Ok(path)
    } else {
        Err("no such command, and no file that ends in .guestpass".to_owned())
    }
}

/// A number and one of s, m, h, d, w; in seconds.
fn duration(text: &str) -> Result<i64, String> {
    let wrong = || format!("“{text}” is not a time such as 90m, 12h, 3d or 1w");
    let unit = text.chars().last().ok_or_else(wrong)?;
    let seconds = match unit {
        's' => 1,
        'm' => 60,
        'h' => 3_600,
        'd' => 86_400,
        'w' => 604_800,
        _ => return Err(wrong()),
    };
    let number: u32 = text[..text.len() - 1].parse().map_err(|_| wrong())?;
    Ok(i64::from(number) * seconds)
}

/// A number and one of B, KB, MB, GB, KiB, MiB, GiB; in bytes.
fn size(text: &str) -> Result<u64, String> {
    let wrong = || format!("“{text}” is not a size such as 200MB or 5GiB");
    let digits = text.bytes().take_while(u8::is_ascii_digit).count();
    let (number, unit) = text.split_at(digits);
    let bytes: u64 = match unit.trim().to_ascii_lowercase().as_str() {
        "" | "b" => 1,
        "kb" => 1_000,
        "mb" => 1_000_000,
        "gb" => 1_000_000_000,
        "kib" => 1 << 10,
        "mib" => 1 << 20,
        "gib" => 1 << 30,
        _ => return Err(wrong()),
    };
    let number: u64 = number.parse().map_err(|_| wrong())?;
    number.checked_mul(bytes).filter(|bytes| *bytes > 0).ok_or_else(wrong)
}

/// A date and time of this computer's zone, or one with an offset of its own.
fn moment(text: &str) -> Result<jiff::Timestamp, String> {
    if let Ok(exact) = text.parse::<jiff::Timestamp>() {
        return Ok(exact);
    }
    let wrong = |_| format!("“{text}” is not a date and time such as 2026-11-26T17:20");
    let local: DateTime = text.parse().map_err(wrong)?;
    TimeZone::system().to_timestamp(local).map_err(wrong)
}

#[cfg(test)]
mod tests {
    use super::*;
    use clap::CommandFactory;

    #[test]
    fn the_grammar_is_sound() {
        Arguments::command().debug_assert();
    }

    #[test]
    fn times_are_read() {
        for (text, seconds) in [("90m", 5_400), ("12h", 43_200), ("3d", 259_200), ("1w", 604_800), ("5s", 5)] {
            assert_eq!(duration(text), Ok(seconds));
        }
        for text in ["", "3", "d", "-1d", "3 d", "3é", "9999999999d"] {
            assert!(duration(text).is_err(), "{text:?}");
        }
        assert_eq!(moment("2026-11-26T17:20Z").unwrap().to_string(), "2026-11-26T17:20:00Z");
        assert!(moment("2026-11-26T17:20").is_ok());
        assert!(moment("tomorrow").is_err());
    }

    #[test]
    fn sizes_are_read() {
        for (text, bytes) in [("1", 1), ("200MB", 200_000_000), ("5 GiB", 5 << 30), ("10kib", 10_240)] {
            assert_eq!(size(text), Ok(bytes));
        }
        for text in ["", "0", "GB", "-1", "5 TB", "1.5GB", "99999999999999999999"] {
            assert!(size(text).is_err(), "{text:?}");
        }
    }

    #[test]
    fn one_end_and_one_way_in() {
        let parse = |line: &str| Arguments::try_parse_from(line.split(' '));
        assert!(parse("guestpass link s3://b/k --expires 1d --until 2026-11-26T17:20").is_err());
        assert!(parse("guestpass --practice --profile x ls").is_err());
        assert!(parse("guestpass link").is_err());
        assert!(parse("guestpass link --stdin").is_ok());
    }
}
