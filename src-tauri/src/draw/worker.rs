//! The whole life of a worker: files in, pictures out, until nobody asks any more.

use std::io::{self, Read, Write};

use guestpass_preview::{first_page, picture};

use super::Drawing;
use super::frame::{Answer, TASK_BYTES, Task, answered};

/// Room for what files hold within each other, in bytes.
const STACK: usize = 64 * 1024 * 1024;

/// The most memory that a worker may have, with the libraries of the window that every process of this binary loads:
/// three decoded photographs of the largest kind.
#[cfg(target_os = "linux")]
const MEMORY: u64 = 2 * 1024 * 1024 * 1024;

/// Draws what standard input asks for; answers the exit code.
pub(crate) fn serve_stdin() -> u8 {
    bound_memory();
    let worker = std::thread::Builder::new().stack_size(STACK).spawn(serve);
    match worker.map(std::thread::JoinHandle::join) {
        Ok(Ok(Ok(()))) => 0,
        _ => 1,
    }
}

/// On the other systems a limit like this one is not kept, and a worker is ended by its time alone.
fn bound_memory() {
    #[cfg(target_os = "linux")]
    {
        use rustix::process::{Resource, Rlimit, setrlimit};
        let limit = Rlimit { current: Some(MEMORY), maximum: Some(MEMORY) };
        if let Err(e) = setrlimit(Resource::As, limit) {
            tracing::debug!("the memory of a worker is not bounded: {e}");
        }
    }
}

fn serve() -> io::Result<()> {
    let (mut input, mut output) = (io::stdin().lock(), io::stdout().lock());
    loop {
        let mut head = [0; TASK_BYTES];
        match input.read_exact(&mut head) {
            Err(e) if e.kind() == io::ErrorKind::UnexpectedEof => return Ok(()),
            read => read?,
        }
        let task = Task::of(head)?;
        let mut file = vec![0; task.length];
        input.read_exact(&mut file)?;
        output.write_all(&answered(drawn(task.drawing, task.edge, file))?)?;
        output.flush()?;
    }
}

pub(super) fn drawn(drawing: Drawing, edge: u16, file: Vec<u8>) -> Answer {
    match drawing {
        Drawing::Picture => picture(&file, edge.into()),
        Drawing::Page => first_page(file, edge),
    }
}
