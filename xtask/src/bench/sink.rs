//! The server of uploads and listings, as a process of its own: what it costs is not the client's.

use std::{
    io::{BufRead as _, BufReader, Write as _},
    process::{Child, ChildStdin, ChildStdout, Stdio},
};

use super::built;
use crate::step::{Failure, command};

/// What one run brought.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Taken {
    pub(super) bytes: u64,
    pub(super) objects: u64,
    pub(super) requests: u64,
}

/// Ends when it is dropped.
pub(super) struct Sink {
    child: Child,
    asking: Option<ChildStdin>,
    told: BufReader<ChildStdout>,
    pub(super) endpoint: String,
}

impl Sink {
    pub(super) fn start() -> Result<Self, Failure> {
        Self::start_with([])
    }

    /// With arguments: how many keys it lists, and after how many milliseconds each page.
    pub(super) fn start_with<const N: usize>(args: [String; N]) -> Result<Self, Failure> {
        let mut sink = command(built("sink"));
        sink.args(args);
        let mut child =
            sink.stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().map_err(|e| silent(&e.to_string()))?;
        let asking = child.stdin.take();
        let told = BufReader::new(child.stdout.take().ok_or_else(|| silent("no output"))?);
        let mut sink = Self { child, asking, told, endpoint: String::new() };
        sink.endpoint = sink.line()?;
        Ok(sink)
    }

    /// What came since the last time; the objects are gone then.
    pub(super) fn reset(&mut self) -> Result<Taken, Failure> {
        let asking = self.asking.as_mut().ok_or_else(|| silent("no input"))?;
        writeln!(asking).map_err(|e| silent(&e.to_string()))?;
        let line = self.line()?;
        parse(&line).ok_or_else(|| silent(&format!("it said “{line}”")))
    }

    fn line(&mut self) -> Result<String, Failure> {
        let mut line = String::new();
        match self.told.read_line(&mut line) {
            Ok(0) => Err(silent("it has ended")),
            Ok(_) => Ok(line.trim_end().to_owned()),
            Err(e) => Err(silent(&e.to_string())),
        }
    }
}

impl Drop for Sink {
    fn drop(&mut self) {
        self.asking = None;
        // It ends with its input; there is nobody to tell when it does not.
        let _ = self.child.wait();
    }
}

fn silent(why: &str) -> Failure {
    Failure::new(format!("the server that is measured against: {why}"), "run target/release/sink by hand")
}

fn parse(line: &str) -> Option<Taken> {
    let mut numbers = line.split(' ').map(|word| word.parse().ok());
    let mut next = || numbers.next().flatten();
    let taken = Taken { bytes: next()?, objects: next()?, requests: next()? };
    numbers.next().is_none().then_some(taken)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn three_numbers_are_an_answer() {
        assert_eq!(parse("11 2 5"), Some(Taken { bytes: 11, objects: 2, requests: 5 }));
        for line in ["", "11", "11 2", "11 2 5 7", "11 two 5"] {
            assert_eq!(parse(line), None, "{line:?}");
        }
    }
}
