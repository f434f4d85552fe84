//! The process that signs with botocore, one line in and one line out.

use std::cell::RefCell;
use std::env;
use std::ffi::OsStr;
use std::io::{BufRead as _, BufReader, Write as _};
use std::process::{Child, ChildStdin, ChildStdout, Command, Stdio};

use serde_json::Value;

/// Ends with its value: its input ends then.
pub(super) struct Botocore {
    process: Child,
    pipes: RefCell<(ChildStdin, BufReader<ChildStdout>)>,
}

impl Botocore {
    /// With nothing of what this computer has for AWS.
    pub(super) fn start() -> Self {
        let mut python = Command::new(guestpass_testkit::tools::botocore());
        for (name, _) in env::vars_os().filter(|(name, _)| is_for_aws(name)) {
            python.env_remove(name);
        }
        python.env("AWS_CONFIG_FILE", "none").env("AWS_SHARED_CREDENTIALS_FILE", "none");
        Self::run(python)
    }

    /// With the variables of this process.
    pub(super) fn start_as_we_are() -> Self {
        Self::run(Command::new(guestpass_testkit::tools::botocore()))
    }

    fn run(mut python: Command) -> Self {
        python.args(["-c", include_str!("signer.py")]).stdin(Stdio::piped()).stdout(Stdio::piped());
        let mut process = python.spawn().unwrap();
        let pipes = (process.stdin.take().unwrap(), BufReader::new(process.stdout.take().unwrap()));
        Self { process, pipes: RefCell::new(pipes) }
    }

    /// What botocore signs, or its refusal.
    pub(super) fn ask(&self, request: &Value) -> Result<Value, String> {
        let (requests, answers) = &mut *self.pipes.borrow_mut();
        writeln!(requests, "{request}").unwrap();
        let mut line = String::new();
        answers.read_line(&mut line).unwrap();
        let mut answer: Value = serde_json::from_str(&line).unwrap();
        match answer.get("refused") {
            Some(why) => Err(why.to_string()),
            None => Ok(answer["said"].take()),
        }
    }

    /// A URL that botocore signs.
    pub(super) fn url(&self, request: &Value) -> String {
        self.ask(request).unwrap().as_str().unwrap().to_owned()
    }
}

/// Whether a variable leads AWS's tools somewhere.
pub(super) fn is_for_aws(variable: &OsStr) -> bool {
    variable.to_string_lossy().starts_with("AWS_")
}

impl Drop for Botocore {
    fn drop(&mut self) {
        // In a drop during a panic there is nobody to tell that the process was already gone.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}
