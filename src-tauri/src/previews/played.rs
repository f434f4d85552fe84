//! The bytes of a film or a sound, as its player takes them: at its pace, and unbroken. A connection that breaks off is
//! opened anew at the same place, of the very same object.

use std::io;
use std::ops::Range;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bytes::Bytes;
use futures_util::stream::{self, BoxStream};
use futures_util::{Stream, StreamExt};
use guestpass_core::app::App;
use guestpass_core::{Error, Kind, Result};
use tauri::http::StatusCode;
use tokio::time::timeout;

use super::shown::Shown;
use super::stream::open;

/// How often in a row nothing may come of a connection before it is told.
const BREAKS: u32 = 4;

/// The pause before it is opened anew; the next ones grow.
const PAUSE: Duration = Duration::from_millis(250);

/// A server hangs up on whoever takes nothing for long, so we do first.
const UNREAD: Duration = Duration::from_secs(20);

/// A file that is being read for a player.
pub(super) struct Played {
    app: App,
    shown: Arc<Shown>,
    /// What is still to come.
    left: Range<u64>,
    bytes: Option<BoxStream<'static, Result<Bytes>>>,
    breaks: u32,
}

impl Played {
    /// Begins to read. Error: the status that the player is answered.
    pub(super) async fn open(
        app: &App,
        shown: &Arc<Shown>,
        range: Option<Range<u64>>,
    ) -> Result<Self, StatusCode> {
        let body = open(app, shown, range).await.map_err(|e| shown.refuse(e))?;
        let (app, shown, left, bytes) = (app.clone(), shown.clone(), body.range, Some(body.bytes));
        Ok(Self { app, shown, left, bytes, breaks: 0 })
    }

    /// All of it, at once.
    pub(super) async fn whole(mut self) -> Result<Vec<u8>, StatusCode> {
        let mut all = Vec::new();
        while let Some(chunk) = self.next().await.map_err(|e| self.shown.refuse(e))? {
            all.extend_from_slice(&chunk);
        }
        Ok(all)
    }

    /// All of it, at the pace of the player.
    pub(super) fn paced(self) -> impl Stream<Item = io::Result<Bytes>> + Send {
        self.shown.pace.begin(Instant::now());
        stream::try_unfold(self, |mut played| async move {
            let next = played.next_in_turn().await.map_err(|e| {
                played.shown.refuse(e);
                io::ErrorKind::ConnectionAborted
            })?;
            Ok(next.map(|chunk| (chunk, played)))
        })
    }

    async fn next_in_turn(&mut self) -> Result<Option<Bytes>> {
        let shown = self.shown.clone();
        let turn = async {
            if timeout(UNREAD, shown.pace.turn()).await.is_err() {
                self.bytes = None;
                shown.pace.turn().await;
            }
        };
        tokio::select! {
            () = turn => {}
            () = shown.over.cancelled() => return Err(Kind::Cancelled.into()),
        }
        let next = self.next().await?;
        shown.pace.take(next.as_ref().map_or(0, Bytes::len), Instant::now());
        Ok(next)
    }

    async fn next(&mut self) -> Result<Option<Bytes>> {
        let shown = self.shown.clone();
        tokio::select! {
            next = self.read() => next,
            () = shown.over.cancelled() => Err(Kind::Cancelled.into()),
        }
    }

    async fn read(&mut self) -> Result<Option<Bytes>> {
        while !self.left.is_empty() {
            let bytes = match &mut self.bytes {
                Some(bytes) => bytes,
                none => none.insert(open(&self.app, &self.shown, Some(self.left.clone())).await?.bytes),
            };
            match bytes.next().await {
                Some(Ok(chunk)) => {
                    self.left.start += chunk.len() as u64;
                    self.breaks = 0;
                    return Ok(Some(chunk));
                }
                Some(Err(broken)) => self.rest(broken).await?,
                None => self.rest(Kind::ServerFault.into()).await?,
            }
        }
        Ok(None)
    }

    /// Lets go of a connection that broke off. Error: why, where another would not help, or would read who knows what.
    async fn rest(&mut self, broken: Error) -> Result<()> {
        self.bytes = None;
        self.breaks += 1;
        if self.breaks > BREAKS || self.shown.etag.is_none() {
            return Err(broken);
        }
        tokio::time::sleep(PAUSE * self.breaks).await;
        Ok(())
    }
}
