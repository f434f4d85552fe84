//! Child processes that end as a group with the value that holds them.

use std::ffi::OsStr;
use std::os::unix::process::CommandExt;
use std::process::{Child, Command};

use rustix::process::{Pid, Signal, kill_process_group};

/// A child and all that it starts.
pub(crate) struct Group {
    pub(crate) child: Child,
}

/// A command whose process dies with this one, however this one ends.
pub(crate) fn command(program: impl AsRef<OsStr>) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--"]).arg(program);
    command
}

/// Starts it in a group of its own.
pub(crate) fn spawn(command: &mut Command, what: &str) -> Group {
    let spawned = command.process_group(0).spawn();
    Group {
        child: spawned
            .unwrap_or_else(|e| panic!("{what} cannot be started ({e}): `cargo xtask test` installs it")),
    }
}

impl Drop for Group {
    fn drop(&mut self) {
        if let Some(group) = i32::try_from(self.child.id()).ok().and_then(Pid::from_raw) {
            // Gone already is as good.
            let _ = kill_process_group(group, Signal::KILL);
        }
        let _ = self.child.wait();
    }
}
