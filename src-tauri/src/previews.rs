//! Looking at files: hands the window addresses that only it knows, and answers them with pictures, films and sounds.
//!
//! What may be shown is the core's to say; here the bytes are fetched, drawn, kept for a while and streamed. The web
//! view reaches no network for it: pictures come through a scheme of the app (`protocol`), what is played too, or where
//! the web view cannot play that, from this computer (`loopback`).

mod drawn;
mod lately;
#[cfg(target_os = "linux")]
mod loopback;
mod pace;
mod played;
pub(crate) mod protocol;
mod shown;
mod stream;
#[cfg(test)]
mod tests;

#[cfg(target_os = "linux")]
use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Instant;

use drawn::{Drawn, File, Found};
use guestpass_core::app::{App, Look};
use guestpass_core::{
    BucketName, Error, Kind, ObjectKey, PICTURE_BYTES, ProfileId, Result, Sight, TEXT_BYTES, content_type_of,
};
use guestpass_preview::{NoPicture, Picture};
use pace::Pace;
use shown::{Looks, Shown};
use tauri::http::StatusCode;
#[cfg(target_os = "linux")]
use tauri::utils::config::CspDirectiveSources;
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;

use crate::draw::{Drawers, Drawing, NotDrawn};

/// Files that are read for pictures at a time: what is read is in memory.
const READS: usize = 2;

/// The same for the small pictures of a list, which must not keep anybody waiting who has chosen a file.
const SMALL_READS: usize = 2;

/// How large a picture is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Size {
    /// For a row of a list.
    Small,
    /// For the panel beside it.
    Panel,
    /// For a closer look.
    Large,
}

impl Size {
    fn of(name: &str) -> Option<Self> {
        [Self::Small, Self::Panel, Self::Large].into_iter().find(|size| size.name() == name)
    }

    fn name(self) -> &'static str {
        match self {
            Self::Small => "small",
            Self::Panel => "panel",
            Self::Large => "large",
        }
    }

    /// The longest edge, in pixels: of what is shown, on a screen of twice as many.
    fn edge(self) -> u16 {
        match self {
            Self::Small => 96,
            Self::Panel => 720,
            Self::Large => 1_800,
        }
    }
}

/// Where the window finds what is shown of a file; `id` names it, for [`Previews::forget`] and [`Previews::text`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Seen {
    /// A picture, and a larger one.
    Picture { id: String, url: String, large: String },
    /// A picture of the first page, and a larger one.
    Page { id: String, url: String, large: String },
    /// The beginning of a text.
    Text { id: String },
    /// A film.
    Video { id: String, url: String },
    /// A sound.
    Sound { id: String, url: String },
}

/// The beginning of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Beginning {
    /// As far as it is shown; `None` where it is none.
    pub(crate) text: Option<String>,
    /// Whether there is more of it.
    pub(crate) is_cut: bool,
}

/// Where the window finds the small picture of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Thumbnail {
    pub(crate) id: String,
    pub(crate) url: String,
}

/// What a list tells of a file.
#[derive(Clone, Debug)]
pub(crate) struct Row {
    pub(crate) key: ObjectKey,
    pub(crate) size: u64,
    pub(crate) modified_at: Option<i64>,
    pub(crate) storage_class: Option<String>,
}

/// Everything that the window looks at.
#[derive(Clone)]
pub(crate) struct Previews(Arc<Shared>);

struct Shared {
    looks: Looks,
    drawn: Drawn,
    drawers: Drawers,
    reads: Semaphore,
    small_reads: Semaphore,
    #[cfg(target_os = "linux")]
    loopback: loopback::Loopback,
}

impl Previews {
    /// Nothing is looked at yet.
    pub(crate) fn of(drawers: Drawers) -> Self {
        Self(Arc::new(Shared {
            looks: Looks::default(),
            drawn: Drawn::default(),
            drawers,
            reads: Semaphore::new(READS),
            small_reads: Semaphore::new(SMALL_READS),
            #[cfg(target_os = "linux")]
            loopback: loopback::Loopback::bind(),
        }))
    }

    /// Looks at a file; with it, where the window finds what is shown. Error: those of [`App::look`].
    pub(crate) async fn look(
        &self,
        app: &App,
        profile: ProfileId,
        bucket: BucketName,
        key: ObjectKey,
    ) -> Result<(Look, Option<Seen>)> {
        let look = app.look(&profile, &bucket, &key).await?;
        let Ok(sight) = look.sight else { return Ok((look, None)) };
        let by_name = content_type_of(key.name());
        let stored = look.details.content_type.clone().unwrap_or_default();
        let is_played = matches!(sight, Sight::Video | Sight::Sound);
        let is_named = is_played && matches!(by_name.split('/').next(), Some("video" | "audio"));
        let id =
            self.0.looks.add(Shown {
                profile,
                bucket,
                key,
                sight,
                stamp: look.details.etag.clone().unwrap_or_else(|| {
                    stamp(look.details.size, look.details.modified_at.map(|at| at.as_second()))
                }),
                etag: look.details.etag.clone(),
                size: look.details.size,
                content_type: if is_named { by_name } else { stored },
                pace: Pace::default(),
                over: CancellationToken::new(),
                trouble: Mutex::default(),
            })?;
        let seen = match sight {
            Sight::Picture => {
                let (url, large) = (picture_url(Size::Panel, &id), picture_url(Size::Large, &id));
                Seen::Picture { id, url, large }
            }
            Sight::Page => {
                let (url, large) = (picture_url(Size::Panel, &id), picture_url(Size::Large, &id));
                Seen::Page { id, url, large }
            }
            Sight::Text => Seen::Text { id },
            Sight::Video => Seen::Video { url: self.media_url(app, &id).await?, id },
            Sight::Sound => Seen::Sound { url: self.media_url(app, &id).await?, id },
        };
        Ok((look, Some(seen)))
    }

    /// Where the window finds small pictures of the files of a list, in their order; nothing for those without one.
    /// Nothing is read before it asks.
    pub(crate) fn thumbnails(
        &self,
        profile: &ProfileId,
        bucket: &BucketName,
        rows: Vec<Row>,
    ) -> Result<Vec<Option<Thumbnail>>> {
        rows.into_iter().map(|row| self.thumbnail(profile, bucket, row).transpose()).collect()
    }

    fn thumbnail(&self, profile: &ProfileId, bucket: &BucketName, row: Row) -> Option<Result<Thumbnail>> {
        if !Sight::has_thumbnail(row.key.name(), row.size, row.storage_class.as_deref()) {
            return None;
        }
        let id = self.0.looks.add(Shown {
            profile: profile.clone(),
            bucket: bucket.clone(),
            stamp: stamp(row.size, row.modified_at),
            key: row.key,
            sight: Sight::Picture,
            etag: None,
            size: row.size,
            content_type: String::new(),
            pace: Pace::default(),
            over: CancellationToken::new(),
            trouble: Mutex::default(),
        });
        Some(id.map(|id| Thumbnail { url: picture_url(Size::Small, &id), id }))
    }

    /// Nobody looks at these any more: what is done for them stops.
    pub(crate) fn forget(&self, ids: &[String]) {
        self.0.looks.forget(ids);
    }

    /// Why the bytes of a file that is looked at were last not to be had; nothing where they were.
    pub(crate) fn trouble(&self, id: &str) -> Option<Arc<Error>> {
        self.0.looks.find(id)?.trouble().clone()
    }

    /// What is played goes on, or stops; as a whole it takes so many seconds, where that is known.
    pub(crate) fn follow(&self, id: &str, is_playing: bool, seconds: Option<u32>) {
        let Some(shown) = self.played(id) else { return };
        let average =
            seconds.filter(|seconds| *seconds > 0).map(|seconds| shown.size as f64 / f64::from(seconds));
        shown.pace.follow(is_playing, average, Instant::now());
    }

    /// The beginning of a text that is looked at. Error: those of reading; [`Kind::Cancelled`] where it is not.
    pub(crate) async fn text(&self, app: &App, id: &str) -> Result<Beginning> {
        let shown = self.0.looks.find(id).filter(|shown| shown.sight == Sight::Text);
        let shown = shown.ok_or(Kind::Cancelled)?;
        let bytes = stream::open(app, &shown, Some(0..TEXT_BYTES)).await?.within(TEXT_BYTES).await?;
        let is_cut = shown.size > TEXT_BYTES;
        let text = guestpass_preview::text(&bytes, is_cut, charset_of(&shown.content_type));
        Ok(Beginning { text: text.ok(), is_cut })
    }

    async fn picture(&self, app: &App, id: &str, size: Size) -> Result<Arc<Picture>, StatusCode> {
        let shown = self.0.looks.find(id).ok_or(StatusCode::NOT_FOUND)?;
        let drawing = match shown.sight {
            Sight::Picture => Drawing::Picture,
            Sight::Page => Drawing::Page,
            Sight::Text | Sight::Video | Sight::Sound => return Err(StatusCode::NOT_FOUND),
        };
        // What IT allows may have changed since.
        let allowed = app.may_look(&shown.profile, &shown.bucket, &shown.key).await;
        allowed.map_err(|e| shown.refuse(e))?;
        let found = tokio::select! {
            found = self.found(app, &shown, drawing, size) => found?,
            () = shown.over.cancelled() => return Err(StatusCode::GONE),
        };
        found.map_err(|none| match none {
            NotDrawn::None(NoPicture::TooLarge) => StatusCode::PAYLOAD_TOO_LARGE,
            NotDrawn::None(NoPicture::NotUnderstood) | NotDrawn::TooSlow | NotDrawn::Lost => {
                StatusCode::UNSUPPORTED_MEDIA_TYPE
            }
            NotDrawn::NoWorker => StatusCode::SERVICE_UNAVAILABLE,
        })
    }

    async fn found(&self, app: &App, shown: &Shown, drawing: Drawing, size: Size) -> Result<Found, StatusCode> {
        let (drawn, file) = (&self.0.drawn, file_of(shown, shown.stamp.clone()));
        let name = (file.clone(), size.edge());
        if let Some(known) = drawn.find(&name) {
            return Ok(known);
        }
        let turn = drawn.turn(&file);
        let _alone = turn.lock().await;
        if let Some(known) = drawn.find(&name) {
            return Ok(known);
        }
        let turns = if size == Size::Small { &self.0.small_reads } else { &self.0.reads };
        let _turn = turns.acquire().await.map_err(|_| StatusCode::GONE)?;
        let bytes = match drawn.file(&file) {
            Some(known) => known,
            None => self.read(app, shown).await.map_err(|e| shown.refuse(e))?,
        };
        let found = self.0.drawers.draw(drawing, size.edge(), &bytes).await.map(Arc::new);
        drawn.keep(name, &found);
        Ok(found)
    }

    async fn read(&self, app: &App, shown: &Shown) -> Result<Arc<[u8]>> {
        let body = stream::open(app, shown, None).await?;
        // A list knows no ETag, and the panel nothing else: what was read for a row is found by the panel.
        let stamp = body.etag.clone().unwrap_or_else(|| shown.stamp.clone());
        let bytes = body.within(shown.size.min(PICTURE_BYTES)).await?.into();
        self.0.drawn.keep_file(file_of(shown, stamp), &bytes);
        Ok(bytes)
    }

    /// What is played under this name.
    fn played(&self, id: &str) -> Option<Arc<Shown>> {
        self.0.looks.find(id).filter(|shown| matches!(shown.sight, Sight::Video | Sight::Sound))
    }

    /// Lets the window play what comes from here, and from nowhere else.
    #[cfg(target_os = "linux")]
    pub(crate) fn admit(&self, config: &mut tauri::Config) {
        let csp = &mut config.app.security.csp;
        if let (Some(origin), Some(rules)) = (self.0.loopback.origin(), csp.take()) {
            let mut rules = HashMap::from(rules);
            rules.insert("media-src".to_owned(), CspDirectiveSources::List(vec![origin]));
            *csp = Some(rules.into());
        }
    }

    #[cfg(not(target_os = "linux"))]
    pub(crate) fn admit(&self, _: &mut tauri::Config) {}

    #[cfg(target_os = "linux")]
    async fn media_url(&self, app: &App, id: &str) -> Result<String> {
        self.0.loopback.url(self, app, id).await
    }

    #[cfg(not(target_os = "linux"))]
    async fn media_url(&self, _: &App, id: &str) -> Result<String> {
        Ok(protocol::url(&format!("media/{id}")))
    }
}

fn file_of(shown: &Shown, stamp: String) -> File {
    File { profile: shown.profile.clone(), bucket: shown.bucket.clone(), key: shown.key.clone(), stamp }
}

/// The `charset` of a content type.
fn charset_of(content_type: &str) -> Option<&str> {
    content_type.split(';').skip(1).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        name.trim().eq_ignore_ascii_case("charset").then(|| value.trim().trim_matches('"'))
    })
}

/// Tells two objects of one key apart, where there is no ETag.
fn stamp(size: u64, modified_at: Option<i64>) -> String {
    format!("{size}@{}", modified_at.unwrap_or_default())
}

fn picture_url(size: Size, id: &str) -> String {
    protocol::url(&format!("{}/{id}", size.name()))
}
