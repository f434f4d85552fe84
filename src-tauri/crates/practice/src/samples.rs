//! The files that a new practice bucket holds: what a press office shares, in small.
//!
//! All are our own: pictures, film and sound are computed shapes and tones, the documents are made-up text. The
//! keys are the awkward ones that real people have: spaces, umlauts, kanji, emoji, `+`, `%`, `#`, `&`, quotes.

use crate::PracticeError;
use crate::storage::{Headers, Storage};

/// The bucket that is there from the start.
pub const BUCKET: &str = "practice";

struct Sample {
    key: &'static str,
    content_type: &'static str,
    bytes: &'static [u8],
}

macro_rules! samples {
    ($($key:literal, $content_type:literal, $file:literal;)*) => {
        &[$(Sample {
            key: $key,
            content_type: $content_type,
            bytes: include_bytes!(concat!("../samples/", $file)),
        }),*]
    };
}

static SAMPLES: &[Sample] = samples![
    "Welcome to Guestpass.txt", "text/plain; charset=utf-8", "welcome.txt";
    "Launch film.mp4", "video/mp4", "film.mp4";
    "Embargo letter.pdf", "application/pdf", "letter.pdf";
    "100% final + approved #2 & \"signed\".pdf", "application/pdf", "agreement.pdf";
    "Autumn launch/Contacts.csv", "text/csv; charset=utf-8", "contacts.csv";
    "Autumn launch/Jingle – it's short.mp3", "audio/mpeg", "jingle.mp3";
    "Autumn launch/Photos/Héro image 4000×2250.jpg", "image/jpeg", "hero.jpg";
    "Autumn launch/Photos/Evening #2.jpg", "image/jpeg", "evening.jpg";
    "Autumn launch/Press kit/Logo.png", "image/png", "logo.png";
    "Autumn launch/Press kit/Raw material.zip", "application/zip", "raw.zip";
    "Büro & Verträge/価格表 2026.txt", "text/plain; charset=utf-8", "notes.txt";
    "Büro & Verträge/Opening hours?.txt", "text/plain; charset=utf-8", "hours.txt";
    "Autumn launch/Budget.xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", "budget.xlsx";
    "Übersicht – 新製品 🎉.docx", "application/vnd.openxmlformats-officedocument.wordprocessingml.document", "overview.docx";
    // An object whose key ends in a slash is how consoles keep an empty folder.
    "Incoming/", "application/x-directory", "empty";
];

/// Fills a new storage, all at once: a start that is killed half-way leaves it new.
pub(crate) async fn seed(storage: &Storage) -> Result<(), PracticeError> {
    let mut objects = Vec::with_capacity(SAMPLES.len());
    for sample in SAMPLES {
        let mut staging = storage.stage().await?;
        staging.write(sample.bytes).await?;
        let headers = Headers { content_type: Some(sample.content_type.to_owned()), ..Headers::default() };
        objects.push((sample.key, staging.finish().await?, headers));
    }
    Ok(storage.found(BUCKET, objects).await?)
}
