//! Pictures by the real worker: it draws, it is used again, and it is the only one that a hostile file takes down.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

use std::io::Write;
use std::time::{Duration, Instant};

use flate2::write::ZlibEncoder;
use flate2::{Compress, Compression, FlushCompress};
use guestpass_app::draw::{Drawers, Drawing};
use guestpass_preview::NoPicture;

fn drawers() -> Drawers {
    Drawers::of(env!("CARGO_BIN_EXE_guestpass").into())
}

fn sample(name: &str) -> Vec<u8> {
    let samples = concat!(env!("CARGO_MANIFEST_DIR"), "/crates/practice/samples/");
    std::fs::read(format!("{samples}{name}")).unwrap()
}

#[tokio::test]
async fn what_is_drawn_is_a_picture() {
    let drawers = drawers();
    for (name, drawing) in
        [("hero.jpg", Drawing::Picture), ("letter.pdf", Drawing::Page), ("logo.png", Drawing::Picture)]
    {
        let drawn = drawers.draw(drawing, 200, &sample(name)).await.unwrap();
        assert!(drawn.content_type.starts_with("image/") && drawn.bytes.len() > 500, "{name}");
    }
    let none = drawers.draw(Drawing::Picture, 200, b"no picture").await;
    assert_eq!(none, Err(NoPicture::NotUnderstood));
}

/// A PDF whose page is drawn by operators that are packed twice, and unpack to 8 GiB.
fn bomb() -> Vec<u8> {
    // Packed by itself to a whole number of bytes, a block can stand behind itself as often as one likes.
    let mut block = Vec::with_capacity(1 << 16);
    let spaces = vec![b' '; 1 << 20];
    Compress::new(Compression::best(), false).compress_vec(&spaces, &mut block, FlushCompress::Full).unwrap();
    let once = [b"\x78\x9c", &block.repeat(8 << 10)[..]].concat();
    let mut twice = ZlibEncoder::new(Vec::new(), Compression::fast());
    twice.write_all(&once).unwrap();
    let twice = twice.finish().unwrap();
    let mut file = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R>>endobj\n"
        .to_vec();
    writeln!(file, "4 0 obj<</Filter[/FlateDecode/FlateDecode]/Length {}>>stream", twice.len()).unwrap();
    file.extend(&twice);
    file.extend(b"\nendstream endobj\ntrailer<</Root 1 0 R>>\n%%EOF");
    file
}

#[tokio::test]
async fn a_bomb_takes_its_worker_down_and_nothing_else() {
    let drawers = drawers();
    let bomb = bomb();
    assert!(bomb.len() < 500_000, "{} bytes", bomb.len());
    let began = Instant::now();
    assert_eq!(drawers.draw(Drawing::Page, 200, &bomb).await, Err(NoPicture::NotUnderstood));
    assert!(began.elapsed() < Duration::from_secs(30));
    assert!(drawers.draw(Drawing::Page, 200, &sample("letter.pdf")).await.is_ok(), "another worker goes on");
}
