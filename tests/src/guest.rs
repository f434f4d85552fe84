//! The guest: an HTTP client that knows no credentials.

/// What a URL returned.
#[derive(Debug)]
pub struct Answer {
    /// The HTTP status.
    pub status: u16,
    /// `Content-Type`.
    pub content_type: String,
    /// `Content-Disposition`.
    pub content_disposition: String,
    /// The body.
    pub bytes: Vec<u8>,
}

/// Opens a URL as somebody without an account does.
pub async fn fetch(url: &str) -> Answer {
    let answer = reqwest::get(url).await.unwrap();
    let header = |name: &str| {
        answer.headers().get(name).map(|value| value.to_str().unwrap().to_owned()).unwrap_or_default()
    };
    Answer {
        status: answer.status().as_u16(),
        content_type: header("content-type"),
        content_disposition: header("content-disposition"),
        bytes: answer.bytes().await.unwrap().to_vec(),
    }
}
