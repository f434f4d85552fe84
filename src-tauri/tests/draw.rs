//! Pictures by the real worker: it draws, it is used again, and it is the only one that a hostile file takes down.
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

use std::io::Write;

use guestpass_app::draw::{Drawers, Drawing, NotDrawn};
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
    assert_eq!(none, Err(NotDrawn::None(NoPicture::NotUnderstood)));
}

/// A PDF of forms of which each draws the next one ten times, and the last of twenty is drawn by these operators.
fn nested(last: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj\n2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj\n\
        3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 9 9]/Contents 4 0 R/Resources<</XObject<</N 5 0 R>>>>>>endobj\n\
        4 0 obj<</Length 5>>stream\n/N Do\nendstream endobj\n"
        .to_vec();
    for number in 5..25 {
        let drawing = if number == 24 { last.to_owned() } else { "/N Do ".repeat(10) };
        writeln!(
            file,
            "{number} 0 obj<</Type/XObject/Subtype/Form/BBox[0 0 9 9]/Resources<</XObject<</N {} 0 R>>>>/Length {}>>\
             stream\n{drawing}\nendstream endobj",
            number + 1,
            drawing.len()
        )
        .unwrap();
    }
    file.extend(b"trailer<</Root 1 0 R>>\n%%EOF");
    file
}

/// Fields without end, each of which is kept until the page is done.
fn bomb() -> Vec<u8> {
    nested(&"0 0 9 9 re f ".repeat(1_000))
}

/// Nothing is ever drawn, and nothing kept.
fn maze() -> Vec<u8> {
    nested("q Q")
}

#[tokio::test]
async fn a_bomb_takes_its_worker_down_and_nothing_else() {
    let drawers = drawers();
    let bomb = bomb();
    assert!(bomb.len() < 20_000, "{} bytes", bomb.len());
    assert_eq!(drawers.draw(Drawing::Page, 200, &bomb).await, Err(NotDrawn::Lost));
    assert!(drawers.draw(Drawing::Page, 200, &sample("letter.pdf")).await.is_ok(), "another worker goes on");
}

#[tokio::test]
async fn a_maze_is_left_in_time() {
    let drawers = drawers();
    assert_eq!(drawers.draw(Drawing::Page, 200, &maze()).await, Err(NotDrawn::TooSlow));
    assert!(drawers.draw(Drawing::Page, 200, &sample("letter.pdf")).await.is_ok(), "another worker goes on");
}

#[cfg(target_os = "linux")]
mod confined {
    use std::io::Read;
    use std::os::unix::fs::PermissionsExt;
    use std::os::unix::process::ExitStatusExt;
    use std::process::{Child, Command, Stdio};
    use std::time::{Duration, Instant};

    use super::*;

    const ABORTED: i32 = 6;

    /// The worker by itself: nobody ends it.
    fn alone() -> Child {
        let mut command = Command::new(env!("CARGO_BIN_EXE_guestpass"));
        command.arg("draw-pictures").stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command.spawn().unwrap()
    }

    /// Asks for the first page of a document.
    fn ask(worker: &mut Child, file: &[u8]) {
        let length = u32::try_from(file.len()).unwrap().to_le_bytes();
        worker.stdin.as_mut().unwrap().write_all(&[&[1, 200, 0][..], &length, file].concat()).unwrap();
    }

    #[test]
    fn a_bomb_grows_until_there_is_no_more_memory() {
        let mut worker = alone();
        ask(&mut worker, &bomb());
        let ended = worker.wait_with_output().unwrap();
        assert_eq!(ended.status.signal(), Some(ABORTED));
        let said = String::from_utf8(ended.stderr).unwrap();
        let wanted = said.strip_prefix("memory allocation of ").and_then(|said| said.split_once(' ')).unwrap();
        let wanted: u64 = wanted.0.parse().unwrap();
        // It grows by doubling, and what it would grow to is not there.
        assert!(((1 << 28)..=(2 << 30)).contains(&wanted), "{said}");
    }

    #[test]
    fn a_worker_that_nobody_waits_for_ends_by_itself() {
        let mut worker = alone();
        ask(&mut worker, &maze());
        let began = Instant::now();
        let ended = worker.wait().unwrap();
        assert_eq!(ended.signal(), Some(ABORTED));
        assert!(began.elapsed() < Duration::from_secs(30));
    }

    #[test]
    fn a_worker_can_take_little_and_reach_nothing() {
        let mut worker = alone();
        ask(&mut worker, &sample("letter.pdf"));
        let mut head = [0; 5];
        worker.stdout.as_mut().unwrap().read_exact(&mut head).unwrap();
        let of_worker = |file| std::fs::read_to_string(format!("/proc/{}/{file}", worker.id())).unwrap();
        let (limits, status) = (of_worker("limits"), of_worker("status"));
        for (limit, most) in [
            ("Max address space", 2_u64 << 30),
            ("Max core file size", 0),
            ("Max file size", 0),
            ("Max open files", 0),
            ("Max cpu time", 600),
        ] {
            let line = limits.lines().find_map(|line| line.strip_prefix(limit)).unwrap();
            let both: Vec<_> = line.split_whitespace().take(2).collect();
            assert_eq!(both, [most.to_string(), most.to_string()], "{limit}");
        }
        for (what, value) in [("NoNewPrivs", "1"), ("Seccomp", "2")] {
            let line = status.lines().find_map(|line| line.strip_prefix(what)?.strip_prefix(":")).unwrap();
            assert_eq!(line.trim(), value, "{what}");
        }
        worker.kill().unwrap();
        worker.wait().unwrap();
    }

    #[tokio::test]
    async fn a_worker_is_given_no_secret_and_no_place() {
        let folder = tempfile::tempdir().unwrap();
        let (program, seen) = (folder.path().join("program"), folder.path().join("seen"));
        let script = format!(
            "#!/bin/sh\n{{ pwd; export -p; }} >'{}'\nexec '{}' \"$@\"\n",
            seen.display(),
            env!("CARGO_BIN_EXE_guestpass")
        );
        std::fs::write(&program, script).unwrap();
        std::fs::set_permissions(&program, std::fs::Permissions::from_mode(0o700)).unwrap();
        Drawers::of(program).draw(Drawing::Picture, 200, &sample("logo.png")).await.unwrap();
        let seen = std::fs::read_to_string(seen).unwrap();
        let mut lines = seen.lines();
        assert_eq!(lines.next(), Some("/"));
        // Those that the shell makes itself, and the one that leads to libraries.
        let given: Vec<_> = lines
            .filter_map(|line| line.strip_prefix("export ").or(line.strip_prefix("declare -x ")))
            .filter(|line| {
                !["PWD", "OLDPWD", "SHLVL", "_", "LD_LIBRARY_PATH"].contains(&line.split('=').next().unwrap())
            })
            .collect();
        assert!(given.is_empty(), "{given:?}");
    }
}
