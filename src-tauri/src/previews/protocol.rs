//! `preview://localhost/…`: pictures for the window, and on macOS and Windows films and sounds, without a network.

use guestpass_core::app::App;
use tauri::http::header::{CACHE_CONTROL, CONTENT_TYPE, RANGE, X_CONTENT_TYPE_OPTIONS};
use tauri::http::{Request, Response, StatusCode};

use super::played::Played;
use super::stream::{Wanted, head};
use super::{Previews, Size};

/// The scheme of these addresses; Windows has a host of this name instead.
pub(crate) const SCHEME: &str = "preview";

/// The most of a film that is in memory for one answer, in bytes: the player asks for the rest.
const PART: u64 = 1024 * 1024;

/// Where the window finds something by its path.
pub(super) fn url(path: &str) -> String {
    if cfg!(windows) {
        format!("http://{SCHEME}.localhost/{path}")
    } else {
        format!("{SCHEME}://localhost/{path}")
    }
}

/// The answer to a request of the window.
pub(crate) async fn answer(previews: &Previews, app: &App, request: &Request<Vec<u8>>) -> Response<Vec<u8>> {
    let path = request.uri().path().trim_start_matches('/');
    let answered = match path.split_once('/') {
        Some(("media", id)) => media(previews, app, id, request).await,
        Some((size, id)) => match Size::of(size) {
            Some(size) => picture(previews, app, id, size).await,
            None => Err(StatusCode::NOT_FOUND),
        },
        None => Err(StatusCode::NOT_FOUND),
    };
    answered.unwrap_or_else(|status| {
        let mut refused = Response::new(Vec::new());
        *refused.status_mut() = status;
        refused
    })
}

async fn picture(
    previews: &Previews,
    app: &App,
    id: &str,
    size: Size,
) -> Result<Response<Vec<u8>>, StatusCode> {
    let picture = previews.picture(app, id, size).await?;
    let answer = Response::builder()
        .header(CONTENT_TYPE, picture.content_type)
        .header(X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(CACHE_CONTROL, "no-store");
    answer.body(picture.bytes.clone()).map_err(|_| StatusCode::INTERNAL_SERVER_ERROR)
}

async fn media(
    previews: &Previews,
    app: &App,
    id: &str,
    request: &Request<Vec<u8>>,
) -> Result<Response<Vec<u8>>, StatusCode> {
    let shown = previews.played(id).ok_or(StatusCode::NOT_FOUND)?;
    let wanted = Wanted::of(request.headers().get(RANGE), shown.size).within(PART);
    let bytes = match wanted {
        // More than fits, and a part is no answer to it: https://www.rfc-editor.org/rfc/rfc9110#section-15.3.7
        Wanted::Whole if shown.size > PART => return Err(StatusCode::BAD_REQUEST),
        Wanted::Nothing => Vec::new(),
        Wanted::Whole | Wanted::Part(_) => Played::open(app, &shown, wanted.range()).await?.whole().await?,
    };
    head(&shown, &wanted).body(bytes).map_err(|_| StatusCode::BAD_GATEWAY)
}
