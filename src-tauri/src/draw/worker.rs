//! The whole life of a worker: files in, pictures out, until nobody asks any more.

use std::io::{self, Read, Write};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError, Sender};
use std::sync::{Arc, Barrier};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use guestpass_preview::{first_page, picture};

use super::frame::{Answer, TASK_BYTES, Task, answered};
use super::{Drawing, PICTURES, WITHIN, confined};

/// Room for what files hold within each other, in bytes.
const STACK: usize = 64 * 1024 * 1024;

/// How long a picture may take that nobody waits for any more, because the app has ended: somewhat longer than the app
/// would wait.
const ALONE: Duration = WITHIN.saturating_add(Duration::from_secs(2));

/// Draws what standard input asks for; answers the exit code. Where it cannot be confined, it draws nothing.
pub(crate) fn serve_stdin() -> u8 {
    match start().map(JoinHandle::join) {
        Ok(Ok(Ok(()))) => 0,
        _ => 1,
    }
}

fn start() -> io::Result<JoinHandle<io::Result<()>>> {
    confined::bound(ALONE.saturating_mul(PICTURES))?;
    let (tell, told) = mpsc::channel();
    // A thread that is still being made asks the system for what none of them may ask for after that.
    let made = Arc::new(Barrier::new(2));
    let both = made.clone();
    thread::Builder::new().spawn(move || {
        both.wait();
        // Not by an orderly exit: the thread that loses its way may hold what that waits for.
        watch(&told, ALONE, || std::process::abort());
    })?;
    thread::Builder::new().stack_size(STACK).spawn(move || {
        made.wait();
        confined::close()?;
        serve(&tell)
    })
}

/// Is told when a picture is begun and when it is done, in turn; calls `end` where the second takes longer.
fn watch(told: &Receiver<()>, within: Duration, end: impl FnOnce()) {
    while let Ok(()) = told.recv() {
        if told.recv_timeout(within) == Err(RecvTimeoutError::Timeout) {
            return end();
        }
    }
}

fn serve(tell: &Sender<()>) -> io::Result<()> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    let next = || tell.send(()).map_err(io::Error::other);
    loop {
        let mut head = [0; TASK_BYTES];
        match input.read_exact(&mut head) {
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            read => read?,
        }
        let task = Task::of(head)?;
        let mut file = vec![0; task.length];
        input.read_exact(&mut file)?;
        next()?;
        output.write_all(&answered(drawn(task.drawing, task.edge, file))?)?;
        output.flush()?;
        next()?;
    }
}

pub(super) fn drawn(drawing: Drawing, edge: u16, file: Vec<u8>) -> Answer {
    match drawing {
        Drawing::Picture => picture(&file, edge.into()),
        Drawing::Page => first_page(file, edge),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_picture_that_takes_too_long_ends_the_worker() {
        let (tell, told) = mpsc::channel();
        tell.send(()).unwrap();
        let mut has_ended = false;
        watch(&told, Duration::from_millis(1), || has_ended = true);
        assert!(has_ended, "it was begun and is not done");
        for _ in 0..4 {
            tell.send(()).unwrap();
        }
        drop(tell);
        watch(&told, Duration::from_millis(1), || panic!("two were begun and done"));
    }
}
