//! Child processes that end as a group with the value that holds them.

use std::os::unix::process::CommandExt;
use std::process::{Child, Command, Stdio};

use rustix::process::{Pid, Signal, kill_process_group};

/// A child and all that it starts.
pub(crate) struct Group {
    pub(crate) child: Child,
}

/// A command whose process dies with this one, however this one ends.
pub(crate) fn command(program: &str) -> Command {
    let mut command = Command::new("setpriv");
    command.args(["--pdeathsig", "KILL", "--", installed(program)]);
    command
}

/// The same for a program whose own children would outlive it when it is killed: all of its group ends when this
/// process does.
pub(crate) fn command_with_children(program: &str) -> Command {
    // The pipe's other end closes with this process.
    let watched = r#""$@" </dev/null & read -r _; kill -9 0"#;
    let mut command = Command::new("sh");
    command.args(["-c", watched, "sh", installed(program)]).stdin(Stdio::piped());
    command
}

/// The program's name, if there is such a program. For what is started by another program, which would itself start
/// well and then only be silent.
pub(crate) fn installed(program: &str) -> &str {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let found = std::env::split_paths(&path).any(|folder| folder.join(program).is_file());
    assert!(found, "{program} is not installed: `cargo xtask test` installs it");
    program
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
