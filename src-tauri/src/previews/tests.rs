//! Looking at files of a store in memory, without a window.

use std::io::Cursor;
#[cfg(target_os = "linux")]
use std::time::Duration;

use guestpass_core::Policy;
use guestpass_testkit::memory::World;
use image::{DynamicImage, ImageFormat};
use tauri::http::{Request, Response, StatusCode};

use super::*;
use crate::draw::Drawers;

const BUCKET: &str = "acme";

struct Scene {
    world: World,
    app: App,
    previews: Previews,
}

impl Scene {
    fn new() -> Self {
        let world = World::default();
        let app = world.app(None);
        Self { world, app, previews: Previews::of(Drawers::here()) }
    }

    async fn look(&self, key: &str) -> Result<Option<Seen>> {
        let (profile, bucket) = (marketing(), BucketName::parse(BUCKET).unwrap());
        let key = ObjectKey::parse(key).unwrap();
        Ok(self.previews.look(&self.app, profile, bucket, key).await?.1)
    }

    async fn get(&self, url: &str, range: Option<&str>) -> Response<Vec<u8>> {
        let mut request = Request::builder().uri(url);
        if let Some(range) = range {
            request = request.header("range", range);
        }
        protocol::answer(&self.previews, &self.app, &request.body(Vec::new()).unwrap()).await
    }

    async fn status(&self, url: &str) -> StatusCode {
        self.get(url, None).await.status()
    }

    fn thumbnails(&self, keys: &[&str]) -> Vec<Option<Thumbnail>> {
        let row = |key: &&str| Row {
            key: ObjectKey::parse(key).unwrap(),
            size: 4_000,
            modified_at: Some(1),
            storage_class: None,
        };
        let bucket = BucketName::parse(BUCKET).unwrap();
        self.previews.thumbnails(&marketing(), &bucket, keys.iter().map(row).collect()).unwrap()
    }

    fn reads(&self) -> usize {
        self.world.store.reads.load(std::sync::atomic::Ordering::Relaxed)
    }

    fn allow(&self, place: &str) {
        let text = format!("places = [\"s3://{BUCKET}/{place}\"]");
        self.world.policy.set(Ok(Policy::parse(text.as_bytes(), "policy.toml").unwrap()));
    }
}

fn marketing() -> ProfileId {
    ProfileId::Aws("Marketing".into())
}

fn png(width: u32) -> Vec<u8> {
    let mut bytes = Cursor::new(Vec::new());
    DynamicImage::new_rgb8(width, 10).write_to(&mut bytes, ImageFormat::Png).unwrap();
    bytes.into_inner()
}

fn width(answer: &Response<Vec<u8>>) -> u32 {
    image::load_from_memory(answer.body()).unwrap().width()
}

#[tokio::test]
async fn a_picture_is_drawn_in_the_size_that_is_asked_for() {
    let scene = Scene::new();
    scene.world.store.write(BUCKET, "wide.png", png(3_000));
    let Some(Seen::Picture { url, large, .. }) = scene.look("wide.png").await.unwrap() else { panic!() };
    let answer = scene.get(&url, None).await;
    assert_eq!((answer.status(), width(&answer)), (StatusCode::OK, 720));
    assert_eq!(answer.headers()["content-type"], "image/jpeg");
    assert_eq!(answer.headers()["x-content-type-options"], "nosniff");
    assert_eq!(width(&scene.get(&large, None).await), 1_800);
}

#[tokio::test]
async fn a_list_has_small_pictures_of_its_small_pictures() {
    let scene = Scene::new();
    scene.world.store.write(BUCKET, "a.png", png(200));
    scene.world.store.write(BUCKET, "grown.png", vec![0; 5_000]);
    let found = scene.thumbnails(&["a.png", "letter.pdf", "grown.png"]);
    let [Some(small), None, Some(grown)] = &found[..] else { panic!() };
    assert_eq!(width(&scene.get(&small.url, None).await), 96);
    assert_eq!(scene.status(&grown.url).await, StatusCode::BAD_GATEWAY, "it is larger than the list said");
}

#[tokio::test]
async fn what_changed_since_is_not_shown_and_what_was_forgotten_neither() {
    let scene = Scene::new();
    scene.world.store.write(BUCKET, "a.png", png(20));
    scene.world.store.write(BUCKET, "b.png", png(20));
    let Some(Seen::Picture { id, url, large }) = scene.look("a.png").await.unwrap() else { panic!() };
    let Some(Seen::Picture { url: unread, .. }) = scene.look("b.png").await.unwrap() else { panic!() };
    assert_eq!(width(&scene.get(&url, None).await), 20);
    for key in ["a.png", "b.png"] {
        scene.world.store.write(BUCKET, key, png(30));
    }
    assert_eq!(width(&scene.get(&large, None).await), 20, "what is seen more closely is what was seen");
    assert_eq!(scene.status(&unread).await, StatusCode::GONE, "another object under the same key");
    let Some(Seen::Picture { url: anew, .. }) = scene.look("a.png").await.unwrap() else { panic!() };
    assert_eq!(width(&scene.get(&anew, None).await), 30);
    scene.previews.forget(&[id]);
    assert_eq!(scene.status(&url).await, StatusCode::NOT_FOUND);
    assert_eq!(scene.status(&anew).await, StatusCode::OK);
}

#[tokio::test]
async fn a_file_is_read_once_for_all_of_its_pictures() {
    let scene = Scene::new();
    scene.world.store.write(BUCKET, "a.png", png(2_000));
    let found = scene.thumbnails(&["a.png", "a.png"]);
    let [Some(row), Some(again)] = &found[..] else { panic!() };
    let at_once = tokio::join!(scene.status(&row.url), scene.status(&again.url));
    assert_eq!(at_once, (StatusCode::OK, StatusCode::OK));
    let Some(Seen::Picture { url, large, .. }) = scene.look("a.png").await.unwrap() else { panic!() };
    assert_eq!(width(&scene.get(&url, None).await), 720);
    assert_eq!(width(&scene.get(&large, None).await), 1_800);
    assert_eq!(scene.reads(), 1);
}

#[tokio::test]
async fn what_has_no_picture_is_not_read_again_to_find_that_out() {
    let scene = Scene::new();
    scene.world.store.write(BUCKET, "a.png", "no picture");
    for _ in 0..2 {
        let found = scene.thumbnails(&["a.png"]);
        let [Some(row)] = &found[..] else { panic!() };
        assert_eq!(scene.status(&row.url).await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
        scene.previews.forget(std::slice::from_ref(&row.id));
    }
    assert_eq!(scene.reads(), 1);
}

#[tokio::test]
async fn what_begins_as_a_text_is_shown_as_one_and_not_played() {
    let scene = Scene::new();
    let playlist = "#EXTM3U\n#EXTINF:9,\nhttps://tracker.test/1.ts\n";
    for key in ["film.mp4", "sound.mp3", "news.m3u8", "app.ts"] {
        scene.world.store.write(BUCKET, key, playlist);
        let Some(Seen::Text { id }) = scene.look(key).await.unwrap() else { panic!("{key}") };
        assert_eq!(scene.previews.text(&scene.app, &id).await.unwrap().text.as_deref(), Some(playlist));
        assert_eq!(scene.status(&protocol::url(&format!("media/{id}"))).await, StatusCode::NOT_FOUND);
    }
}

#[test]
fn the_charset_of_a_type_is_found() {
    assert_eq!(charset_of("text/plain; charset=utf-8"), Some("utf-8"));
    assert_eq!(charset_of("text/csv;header=present; Charset = \"Shift_JIS\""), Some("Shift_JIS"));
    assert_eq!(charset_of("text/plain"), None);
    assert_eq!(charset_of(""), None);
}

#[tokio::test]
async fn what_it_does_not_allow_is_not_shown_even_where_it_was() {
    let scene = Scene::new();
    scene.world.store.write(BUCKET, "secret/a.png", png(20));
    scene.world.store.write(BUCKET, "secret/a.txt", "x");
    let Some(Seen::Picture { url, .. }) = scene.look("secret/a.png").await.unwrap() else { panic!() };
    let Some(Seen::Text { id }) = scene.look("secret/a.txt").await.unwrap() else { panic!() };
    let [Some(small)] = &scene.thumbnails(&["secret/a.png"])[..] else { panic!() };
    assert_eq!(scene.status(&url).await, StatusCode::OK);
    scene.allow("open/");
    assert_eq!(scene.status(&url).await, StatusCode::FORBIDDEN);
    assert_eq!(scene.status(&small.url).await, StatusCode::FORBIDDEN);
    assert!(matches!(scene.look("secret/a.png").await.unwrap_err().kind(), Kind::Forbidden { .. }));
    assert!(matches!(scene.previews.text(&scene.app, &id).await.unwrap_err().kind(), Kind::Forbidden { .. }));
}

#[tokio::test]
async fn a_text_is_read_as_far_as_it_is_shown() {
    let scene = Scene::new();
    scene.world.store.write(BUCKET, "short.txt", "Grüße");
    scene.world.store.write(BUCKET, "long.txt", "ü".repeat(100_000));
    scene.world.store.write(BUCKET, "none.txt", "a\0b");
    let read = async |key| {
        let Some(Seen::Text { id }) = scene.look(key).await.unwrap() else { panic!() };
        scene.previews.text(&scene.app, &id).await.unwrap()
    };
    assert_eq!(read("short.txt").await, Beginning { text: Some("Grüße".into()), is_cut: false });
    let long = read("long.txt").await;
    assert_eq!((long.text.unwrap(), long.is_cut), ("ü".repeat(32 * 1024), true));
    assert_eq!(read("none.txt").await.text, None);
    assert_eq!(scene.previews.text(&scene.app, "nobody").await.unwrap_err().into_kind(), Kind::Cancelled);
}

#[tokio::test]
async fn what_is_played_comes_by_ranges_of_bounded_length() {
    let scene = Scene::new();
    let film: Vec<u8> = (0..3_000_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    scene.world.store.write(BUCKET, "film.mp4", film.clone());
    let Some(Seen::Video { id, .. }) = scene.look("film.mp4").await.unwrap() else { panic!() };
    let url = protocol::url(&format!("media/{id}"));
    let answer = scene.get(&url, Some("bytes=2000-")).await;
    assert_eq!(answer.status(), StatusCode::PARTIAL_CONTENT);
    assert_eq!(answer.headers()["content-range"], format!("bytes 2000-{}/3000000", 2_000 + (1 << 20) - 1));
    assert_eq!(answer.headers()["content-type"], "video/mp4");
    assert!(answer.body()[..] == film[2_000..2_000 + (1 << 20)]);
    let end = scene.get(&url, Some("bytes=-5")).await;
    assert_eq!(end.body()[..], film[film.len() - 5..]);
    let behind = scene.get(&url, Some("bytes=3000000-")).await;
    assert_eq!(behind.status(), StatusCode::RANGE_NOT_SATISFIABLE);
    assert_eq!(scene.status(&url).await, StatusCode::BAD_REQUEST, "who asks for all is given no part");
    assert_eq!(scene.status(&protocol::url("media/nobody")).await, StatusCode::NOT_FOUND);
    assert_eq!(scene.status(&protocol::url(&format!("panel/{id}"))).await, StatusCode::NOT_FOUND);
    assert_eq!(scene.status(&protocol::url("elsewhere")).await, StatusCode::NOT_FOUND);
}

#[tokio::test]
async fn why_nothing_is_shown_is_kept_for_who_asks() {
    let scene = Scene::new();
    scene.world.store.write(BUCKET, "a.png", png(20));
    scene.world.store.write(BUCKET, "b.png", "no picture");
    let Some(Seen::Picture { id, url, .. }) = scene.look("a.png").await.unwrap() else { panic!() };
    let Some(Seen::Picture { id: none, url: odd, .. }) = scene.look("b.png").await.unwrap() else { panic!() };
    let trouble = |id: &str| scene.previews.trouble(id).map(|why| why.kind().clone());
    scene.world.store.breaks.lock().unwrap().push_back(10);
    assert_eq!(scene.status(&url).await, StatusCode::BAD_GATEWAY);
    assert_eq!(trouble(&id), Some(Kind::Offline { host: BUCKET.into() }));
    assert_eq!(scene.status(&url).await, StatusCode::OK);
    assert_eq!(trouble(&id), None, "what was in the way is not any more");
    assert_eq!(scene.status(&odd).await, StatusCode::UNSUPPORTED_MEDIA_TYPE);
    assert_eq!(trouble(&none), None, "its bytes came");
    scene.allow("open/");
    assert_eq!(scene.status(&url).await, StatusCode::FORBIDDEN);
    assert!(matches!(trouble(&id), Some(Kind::Forbidden { .. })));
    assert_eq!(trouble("nobody"), None);
}

#[tokio::test]
async fn what_is_played_in_parts_survives_a_broken_connection() {
    let scene = Scene::new();
    let film: Vec<u8> = (0..3_000_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    scene.world.store.write(BUCKET, "film.mp4", film.clone());
    let Some(Seen::Video { id, .. }) = scene.look("film.mp4").await.unwrap() else { panic!() };
    scene.world.store.breaks.lock().unwrap().extend([70_001, 1, 0]);
    let part = scene.get(&protocol::url(&format!("media/{id}")), Some("bytes=7-200006")).await;
    assert!(part.body()[..] == film[7..200_007]);
    scene.world.store.breaks.lock().unwrap().extend([0; 5]);
    let part = scene.get(&protocol::url(&format!("media/{id}")), Some("bytes=7-200006")).await;
    assert_eq!(part.status(), StatusCode::BAD_GATEWAY, "nothing comes, again and again");
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn a_film_waits_for_its_player_and_goes_on_after_a_broken_connection_unless_it_changed() {
    let scene = Scene::new();
    let film: Vec<u8> = (0..20_000_000_u32).map(|n| (n >> 9).to_le_bytes()[0]).collect();
    scene.world.store.write(BUCKET, "film.mp4", film.clone());
    let Some(Seen::Video { id, url }) = scene.look("film.mp4").await.unwrap() else { panic!() };
    scene.world.store.breaks.lock().unwrap().extend([1_000_001, 17_000_000]);
    let mut answer = reqwest::get(&url).await.unwrap();
    let mut came = Vec::new();
    while came.len() < 16 << 20 {
        came.extend_from_slice(&answer.chunk().await.unwrap().unwrap());
    }
    let idle = tokio::time::timeout(Duration::from_millis(300), async {
        while let Some(more) = answer.chunk().await.unwrap() {
            came.extend_from_slice(&more);
        }
    });
    idle.await.expect_err("nobody plays it");
    assert!(came.len() < 17_000_000 && came[..] == film[..came.len()]);

    scene.world.store.write(BUCKET, "film.mp4", "another film");
    scene.previews.follow(&id, true, Some(1));
    while came.len() < 18_000_001 {
        came.extend_from_slice(&answer.chunk().await.unwrap().unwrap());
    }
    assert!(came[..] == film[..18_000_001]);
    assert!(answer.chunk().await.is_err(), "an end would be taken for the film's");
    let why = scene.previews.trouble(&id).unwrap();
    assert_eq!(why.kind(), &Kind::FileChanged { name: "film.mp4".into() });
}

#[cfg(target_os = "linux")]
#[tokio::test]
async fn on_this_computer_a_player_gets_what_it_knows_the_way_to() {
    let scene = Scene::new();
    let film: Vec<u8> = (0..300_000_u32).map(|n| n.to_le_bytes()[0]).collect();
    scene.world.store.write(BUCKET, "film.mp4", film.clone());
    scene.world.store.write(BUCKET, "a.txt", "x");
    let Some(Seen::Video { id, url }) = scene.look("film.mp4").await.unwrap() else { panic!() };
    let Some(Seen::Text { id: text }) = scene.look("a.txt").await.unwrap() else { panic!() };
    let http = reqwest::Client::new();
    let whole = http.get(&url).send().await.unwrap();
    assert_eq!((whole.status().as_u16(), whole.content_length()), (200, Some(300_000)));
    assert!(whole.headers().get("access-control-allow-origin").is_none(), "no page may read it");
    assert!(whole.bytes().await.unwrap()[..] == film[..]);
    let part = http.get(&url).header("range", "bytes=10-19").send().await.unwrap();
    assert_eq!(
        (part.status().as_u16(), part.bytes().await.unwrap()[..].to_vec()),
        (206, film[10..20].to_vec())
    );
    let status = async |request: reqwest::RequestBuilder| request.send().await.unwrap().status().as_u16();
    assert_eq!(status(http.get(&url).header("range", "bytes=300000-")).await, 416);
    assert_eq!(status(http.head(&url)).await, 200);
    assert_eq!(status(http.post(&url)).await, 405);
    assert_eq!(status(http.get(&url).header("host", "guestpass.attacker.test")).await, 404);
    assert_eq!(status(http.get(url.replace(&id, &text))).await, 404, "what is not played is not here");
    let refused = http.get(url.replace(&id, "nobody")).send().await.unwrap();
    assert_eq!((refused.status().as_u16(), &refused.headers()["connection"]), (404, &"close".parse().unwrap()));
    let (base, _) = url.rsplit_once('/').unwrap();
    let (origin, _) = base.rsplit_once('/').unwrap();
    assert_eq!(status(http.get(format!("{origin}/0123456789abcdefghjkmnpqrs/{id}"))).await, 404);
    scene.previews.forget(&[id]);
    assert_eq!(status(http.get(&url)).await, 404);
}
