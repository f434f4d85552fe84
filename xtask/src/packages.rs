//! What the system must have, and how it gets there: by apt where that is, by hand elsewhere.

use std::{collections::BTreeSet, process::Stdio};

use crate::step::{Failure, answers, command, run, say};

/// Debian package names with one purpose.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Set {
    /// What they are for, to finish the sentence "needed …".
    pub(crate) purpose: &'static str,
    /// The packages.
    pub(crate) names: &'static [&'static str],
}

/// Compiler, linker and the web view's headers.
pub(crate) const BUILD: Set =
    Set { purpose: "to build", names: &["gcc", "libc6-dev", "pkg-config", "libwebkit2gtk-4.1-dev"] };

/// What the window asks for when it is open: video and sound.
pub(crate) const RUN: Set =
    Set { purpose: "to run", names: &["gstreamer1.0-plugins-good", "gstreamer1.0-libav"] };

/// A whole desktop for one test: display, window manager, bus, keyring, clipboard, fonts; the same for Wayland; the
/// browser of somebody who receives a link; and Python for the S3 server and for botocore.
pub(crate) const TEST: Set = Set {
    purpose: "to test in a real window",
    names: &[
        "webkit2gtk-driver",
        "xvfb",
        "openbox",
        "dbus", // brings dbus-daemon, a package of its own or not
        "gnome-keyring",
        "libsecret-tools",
        "xclip",
        "curl",
        "faketime",
        "sway",
        "wl-clipboard",
        "chromium",
        "chromium-driver",
        "fonts-noto-color-emoji",
        "fonts-noto-cjk",
        "python3-venv",
    ],
};

/// Installs what is missing of `sets`. Where there is no apt, names what the system must have and goes on: the
/// build will tell.
pub(crate) fn ensure(sets: &[Set]) -> Result<(), Failure> {
    if !cfg!(target_os = "linux") {
        say(
            "system packages: none to install here (Xcode's command line tools or the MSVC build tools are assumed)",
        );
        return Ok(());
    }
    if !answers("dpkg-query", &["--version"]) || !answers("apt-get", &["--version"]) {
        for set in sets {
            say(format_args!(
                "no apt here: please see that your system has, under its own names, what is needed {}: {}",
                set.purpose,
                set.names.join(" ")
            ));
        }
        return Ok(());
    }
    let mut wanted = Vec::new();
    for set in sets {
        let lacking = missing(set.names, &installed(set.names)?);
        if !lacking.is_empty() {
            say(format_args!("missing {}: {}", set.purpose, lacking.join(" ")));
        }
        wanted.extend(lacking);
    }
    if wanted.is_empty() {
        say("system packages: all there");
        return Ok(());
    }
    install(&wanted)
}

fn install(wanted: &[&str]) -> Result<(), Failure> {
    apt(&["update", "-qq"], "the list of packages may be old", "see that the package sources can be reached")?;
    let (known, unknown): (Vec<&str>, Vec<&str>) =
        wanted.iter().partition(|name| answers("apt-cache", &["show", name]));
    if !unknown.is_empty() {
        say(format_args!("this system has no package {}: what needs it will say so", unknown.join(" ")));
    }
    if known.is_empty() {
        return Ok(());
    }
    let next = format!("sudo apt-get install {}", known.join(" "));
    let args = [&["install", "-y", "-qq", "--no-install-recommends"], known.as_slice()].concat();
    apt(&args, "system packages", &next)
}

/// `apt-get`, through sudo when this is not root; without a question, waiting for another apt to end.
fn apt(args: &[&str], why: &str, next: &str) -> Result<(), Failure> {
    let root = command("id").arg("-u").output().is_ok_and(|out| out.stdout.trim_ascii() == b"0");
    let mut apt = command(if root { "env" } else { "sudo" });
    if !root {
        apt.arg("env");
    }
    apt.args(["DEBIAN_FRONTEND=noninteractive", "apt-get", "-o", "DPkg::Lock::Timeout=300"]).args(args);
    run(why, &mut apt, next)
}

/// What dpkg says about `names`: one line each, `name status`. Names that it has never heard of are left out.
fn installed(names: &[&str]) -> Result<String, Failure> {
    let mut query = command("dpkg-query");
    query.args(["-W", "-f", "${Package} ${db:Status-Abbrev}\n"]).args(names).stderr(Stdio::null());
    let said =
        query.output().map_err(|e| Failure::new(format!("dpkg-query -W ({e})"), "see that dpkg works"))?;
    Ok(String::from_utf8_lossy(&said.stdout).into_owned())
}

/// Those of `names` that `listing` does not call installed (`ii`, or `hi` when held).
fn missing<'a>(names: &[&'a str], listing: &str) -> Vec<&'a str> {
    let there: BTreeSet<&str> = listing
        .lines()
        .filter_map(|line| line.split_once(' '))
        .filter(|(_, status)| status.as_bytes().get(1) == Some(&b'i'))
        .map(|(name, _)| name)
        .collect();
    names.iter().copied().filter(|name| !there.contains(name)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_an_installed_package_is_there() {
        let listing = "gcc ii \nxvfb rc \nopenbox un \nxclip hi \nchromium iU \n";
        let names = ["gcc", "xvfb", "openbox", "xclip", "chromium", "never-heard-of"];
        assert_eq!(
            missing(&names, listing),
            ["xvfb", "openbox", "chromium", "never-heard-of"],
            "removed, known only by name, half installed and unknown packages are all missing; a held one is there"
        );
    }

    #[test]
    fn nothing_is_missing_when_another_architecture_is_there_too() {
        assert_eq!(missing(&["gcc"], "gcc ii \ngcc un \n"), Vec::<&str>::new());
    }

    #[test]
    fn no_package_is_asked_for_twice() {
        let all: Vec<&str> = [BUILD, RUN, TEST].iter().flat_map(|set| set.names).copied().collect();
        let once: BTreeSet<&str> = all.iter().copied().collect();
        assert_eq!(all.len(), once.len());
    }
}
