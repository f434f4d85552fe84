//! Pictures of files that strangers made, drawn by a process that may be lost.
//!
//! No decoder of documents bounds the memory that a file of a few bytes may ask for, and none can be stopped. So this
//! binary is started once more, with little memory and nothing but the file on standard input (`confined`); one that
//! takes too long, or dies, has found nothing. It stays for a while, because a list asks for many pictures at a time.

mod confined;
mod frame;
mod worker;

use std::io;
use std::path::PathBuf;
use std::process::Stdio;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::{Duration, Instant};

use frame::{Answer, Task};
use guestpass_preview::{NoPicture, Picture};
use tokio::process::{Child, ChildStdin, ChildStdout, Command};
use tokio::sync::Semaphore;
pub(crate) use worker::serve_stdin;

/// The command of the worker, hidden from `--help`.
const COMMAND: &str = "draw-pictures";

/// Workers at a time: one more than the small pictures of a list keep busy.
const WORKERS: usize = 3;

/// How long a picture may take.
const WITHIN: Duration = Duration::from_secs(10);

/// How long a worker stays that has nothing to do.
const IDLE: Duration = Duration::from_secs(10);

/// Pictures that a worker draws at most: one that was taken over sees few files, and has not long to live.
const PICTURES: u32 = 50;

/// What of the app's environment a worker is given: where its libraries are. All else is secrets and addresses.
const ENVIRONMENT: [&str; 2] = ["LD_LIBRARY_PATH", "SystemRoot"];

/// What of a file is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Drawing {
    /// The picture that it is.
    Picture,
    /// Its first page.
    Page,
}

/// Why nothing was drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum NotDrawn {
    /// The file has no picture.
    #[error(transparent)]
    None(#[from] NoPicture),
    /// It took longer than a picture may.
    #[error("it took longer than {WITHIN:?}")]
    TooSlow,
    /// The worker ended over it: it needs more memory than there is, or a decoder has a mistake.
    #[error("the worker ended")]
    Lost,
    /// There is no worker. Of the file, this tells nothing.
    #[error("no worker can be started")]
    NoWorker,
}

/// The workers, started when there is something to draw.
#[derive(Clone)]
pub struct Drawers(Arc<Shared>);

struct Shared {
    program: PathBuf,
    turns: Semaphore,
    idle: Mutex<Vec<(Instant, Worker)>>,
}

impl Drawers {
    /// Workers that this program is started for, which must be this very app.
    pub fn of(program: PathBuf) -> Self {
        Self(Arc::new(Shared { program, turns: Semaphore::new(WORKERS), idle: Mutex::default() }))
    }

    /// Workers of the app that runs; where it is not found, nothing is drawn.
    pub(crate) fn of_this_app() -> Self {
        Self::of(std::env::current_exe().unwrap_or_default())
    }

    /// Draws here, for tests of the library, which have no app to start.
    #[cfg(test)]
    pub(crate) fn here() -> Self {
        Self::of(PathBuf::new())
    }

    /// A picture of which no edge has more than `edge` pixels.
    ///
    /// # Cancellation
    /// Dropping the future ends the worker that was drawing.
    pub async fn draw(&self, drawing: Drawing, edge: u16, file: &[u8]) -> Result<Picture, NotDrawn> {
        let turn = self.0.turns.acquire().await.map_err(|_| NotDrawn::NoWorker)?;
        #[cfg(test)]
        if self.0.program.as_os_str().is_empty() {
            return Ok(worker::drawn(drawing, edge, file.to_vec())?);
        }
        let mut worker = self.worker()?;
        let drawn = async {
            worker.ask(Task { drawing, edge, length: file.len() }, file).await?;
            worker.answer().await
        };
        let answer = match tokio::time::timeout(WITHIN, drawn).await {
            Ok(Ok(answer)) => answer,
            Ok(Err(e)) => {
                tracing::debug!("a worker ended over a picture: {e}");
                return Err(NotDrawn::Lost);
            }
            Err(_) => return Err(NotDrawn::TooSlow),
        };
        worker.drawn += 1;
        if worker.drawn < PICTURES {
            self.keep(worker);
        }
        drop(turn);
        Ok(answer?)
    }

    fn worker(&self) -> Result<Worker, NotDrawn> {
        // One that has ended meanwhile would be taken for the victim of this file.
        while let Some((_, mut worker)) = self.idle().pop() {
            if matches!(worker.process.try_wait(), Ok(None)) {
                return Ok(worker);
            }
        }
        Worker::start(&self.0.program).map_err(|e| {
            tracing::warn!("no worker can be started: {e}");
            NotDrawn::NoWorker
        })
    }

    /// Keeps it for the next picture. Whoever has waited too long for one is let go.
    fn keep(&self, worker: Worker) {
        self.idle().push((Instant::now(), worker));
        let shared = Arc::downgrade(&self.0);
        tokio::spawn(async move {
            tokio::time::sleep(IDLE).await;
            if let Some(shared) = shared.upgrade() {
                Self(shared).idle().retain(|(since, _)| since.elapsed() < IDLE);
            }
        });
    }

    fn idle(&self) -> MutexGuard<'_, Vec<(Instant, Worker)>> {
        self.0.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A process that draws one picture after the other. Dropped, it is killed.
struct Worker {
    input: ChildStdin,
    output: ChildStdout,
    process: Child,
    /// How many pictures it has drawn.
    drawn: u32,
}

impl Worker {
    fn start(program: &PathBuf) -> io::Result<Self> {
        let mut command = Command::new(program);
        command.arg(COMMAND).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
        command.env_clear().envs(ENVIRONMENT.iter().filter_map(|name| Some((name, std::env::var_os(name)?))));
        #[cfg(unix)]
        command.current_dir("/");
        // CREATE_NO_WINDOW: no black window flashes up.
        #[cfg(windows)]
        command.creation_flags(0x0800_0000);
        let mut process = command.kill_on_drop(true).spawn()?;
        let broken = || io::Error::from(io::ErrorKind::BrokenPipe);
        let input = process.stdin.take().ok_or_else(broken)?;
        let output = process.stdout.take().ok_or_else(broken)?;
        Ok(Self { input, output, process, drawn: 0 })
    }

    async fn ask(&mut self, task: Task, file: &[u8]) -> io::Result<()> {
        use tokio::io::AsyncWriteExt;
        self.input.write_all(&task.to_bytes()?).await?;
        self.input.write_all(file).await?;
        self.input.flush().await
    }

    async fn answer(&mut self) -> io::Result<Answer> {
        use tokio::io::AsyncReadExt;
        let mut head = [0; frame::ANSWER_BYTES];
        self.output.read_exact(&mut head).await?;
        let (status, length) = frame::answer_head(head)?;
        let mut bytes = vec![0; length];
        self.output.read_exact(&mut bytes).await?;
        frame::answer(status, bytes)
    }
}
