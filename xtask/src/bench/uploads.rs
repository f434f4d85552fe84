//! A large file and many small ones into a server that does next to nothing, so that the client is what is measured.

use std::{
    env, fs,
    fs::File,
    io::Write as _,
    path::{Path, PathBuf},
};

use super::{
    Work, alternate, build_sink, built, in_a_folder, installed, no_room, say_cost, say_head, say_ratio,
    sink::{Sink, Taken},
};
use crate::step::{Failure, command, say};

const MIB: u64 = 1024 * 1024;

/// The large file.
const LARGE: u64 = 2 * 1024 * MIB;

/// The small ones.
const SMALL: (u64, u64) = (1_000, 64 * 1024);

/// The most memory that the app may hold while it sends the large file, in MiB.
const PEAK_GOAL: u64 = 160;

const OURS: &str = "guestpass";

/// How much faster than s5cmd.
const GOAL: f64 = 1.5;

/// What is sent, and how often by each.
struct Load {
    title: String,
    /// A file, or a folder full of them.
    path: PathBuf,
    files: Vec<PathBuf>,
    bytes: u64,
    rounds: usize,
}

pub(super) fn measure() -> Result<(), Failure> {
    build_sink()?;
    let (parent, size) = place(LARGE + SMALL.0 * SMALL.1, &[Path::new("/dev/shm"), &env::temp_dir()]);
    let large = size.saturating_sub(SMALL.0 * SMALL.1) / MIB * MIB;
    if large < LARGE {
        say(format_args!("{} has little room: the large file has {} MiB", parent.display(), large / MIB));
    }
    in_a_folder(&parent, |folder| {
        let mut sink = Sink::start()?;
        say_head();
        compare(&large_file(folder, large)?, &mut sink)?;
        compare(&small_files(folder)?, &mut sink)
    })
}

fn compare(load: &Load, sink: &mut Sink) -> Result<(), Failure> {
    let title = &load.title;
    let mut names = vec![OURS];
    let mut sides = vec![ours(load).at(&sink.endpoint)];
    for (name, args) in peers(load, &sink.endpoint) {
        let Some(program) = installed(title, name) else { continue };
        names.push(name);
        sides.push(Work::new(program, args).at(&sink.endpoint));
    }
    let sides: Vec<&Work> = sides.iter().collect();
    let mut requests = vec![0; sides.len()];
    let files = load.files.len();
    let measured = alternate(&sides, load.rounds, |at, run| {
        let Taken { bytes, objects, requests: asked } = sink.reset()?;
        requests[at] = asked;
        if (bytes, objects) != (load.bytes, files as u64) {
            return Err(sides[at].failed(&format!("{bytes} bytes in {objects} objects arrived of {title}")));
        }
        if at == 0 && run.links() != files {
            return Err(sides[at].failed(&format!("{} links of {files}", run.links())));
        }
        Ok(())
    })?;
    for (name, them) in names.iter().zip(&measured).skip(1) {
        let goal = (*name == "s5cmd").then_some(GOAL);
        say_ratio(&format!("{title}, beside {name}"), &measured[0], them, goal);
    }
    for ((name, side), requests) in names.iter().zip(&measured).zip(requests) {
        say_cost(title, name, side, requests, (*name == OURS).then_some(PEAK_GOAL));
    }
    Ok(())
}

/// Each link is tested, as always.
fn ours(load: &Load) -> Work {
    let words = ["send", "--to", "s3://acme-press/in/"].map(str::to_owned);
    let files = load.files.iter().map(|file| file.display().to_string());
    Work::new(built("guestpass"), words.into_iter().chain(files))
}

fn peers(load: &Load, endpoint: &str) -> [(&'static str, Vec<String>); 3] {
    let is_folder = load.files.len() > 1;
    let from = load.path.display().to_string();
    let words = |words: &[&str]| words.iter().map(|word| (*word).to_owned()).collect::<Vec<_>>();
    let folder = format!("{from}/");
    let s5cmd =
        words(&["--log", "error", "cp", if is_folder { &folder } else { &from }, "s3://acme-press/in/"]);
    let mut aws = words(&["s3", "cp", "--quiet", &from, "s3://acme-press/in/"]);
    if is_folder {
        aws.push("--recursive".to_owned());
    }
    let remote = format!(":s3,provider=Other,env_auth,endpoint='{endpoint}':acme-press/in");
    // Its default is 4 files at once, and its manual says to take more for small ones: as many as we take.
    let options = ["--quiet", "--config=", "--s3-no-check-bucket", "--transfers=16"];
    let rclone = [words(&["copy", &from, &remote]), words(&options)].concat();
    [("s5cmd", s5cmd), ("rclone", rclone), ("aws", aws)]
}

/// Written, not only made long: pages that were never written come from one page of zeros, which stays in the
/// processor's cache, and would be read faster than any file.
fn write(path: &Path, bytes: u64) -> std::io::Result<()> {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let block: Vec<u8> = std::iter::repeat_with(|| {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        state.to_le_bytes()
    })
    .take(MIB as usize / 8)
    .flatten()
    .collect();
    let mut file = File::create(path)?;
    for start in (0..bytes).step_by(block.len()) {
        let length = (bytes - start).min(MIB);
        file.write_all(&block[..length as usize])?;
    }
    Ok(())
}

fn large_file(folder: &Path, bytes: u64) -> Result<Load, Failure> {
    let path = folder.join("film.mov");
    write(&path, bytes).map_err(no_room)?;
    Ok(Load { title: format!("{} MiB", bytes / MIB), files: vec![path.clone()], path, bytes, rounds: 5 })
}

fn small_files(folder: &Path) -> Result<Load, Failure> {
    let (count, bytes) = SMALL;
    let path = folder.join("photos");
    fs::create_dir(&path).map_err(no_room)?;
    let files: Vec<PathBuf> = (0..count).map(|n| path.join(format!("photo-{n:04}.jpg"))).collect();
    for file in &files {
        write(file, bytes).map_err(no_room)?;
    }
    Ok(Load { title: format!("{count} × {} KiB", bytes / 1024), path, files, bytes: count * bytes, rounds: 7 })
}

/// The first folder that has twice the room, with what is wanted; else the one with the most room, with half of that.
fn place(wanted: u64, folders: &[&Path]) -> (PathBuf, u64) {
    let rooms = folders.iter().filter(|folder| folder.is_dir()).map(|folder| (*folder, room(folder)));
    let (folder, room) = roomiest(wanted, rooms).unwrap_or((Path::new("."), wanted * 2));
    (folder.to_owned(), wanted.min(room / 2))
}

fn roomiest<'a>(wanted: u64, rooms: impl Iterator<Item = (&'a Path, u64)>) -> Option<(&'a Path, u64)> {
    let rooms: Vec<_> = rooms.collect();
    let enough = rooms.iter().find(|(_, room)| *room >= wanted * 2).copied();
    enough.or_else(|| rooms.into_iter().max_by_key(|(_, room)| *room))
}

/// In bytes; without end where the system does not tell. What lies in `/dev/shm` lies in the memory.
fn room(folder: &Path) -> u64 {
    let told = command("df").arg("-Pk").arg(folder).output().ok();
    let disk = told.and_then(|df| available(&String::from_utf8_lossy(&df.stdout))).unwrap_or(u64::MAX);
    if !folder.starts_with("/dev/shm") {
        return disk;
    }
    let memory = fs::read_to_string("/proc/meminfo").ok().and_then(|told| free_memory(&told));
    disk.min(memory.unwrap_or_default())
}

/// From the one line of `df -Pk`, whose layout POSIX fixes: the fourth column has it in KiB.
fn available(df: &str) -> Option<u64> {
    let kib: u64 = df.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()?;
    Some(kib * 1024)
}

fn free_memory(meminfo: &str) -> Option<u64> {
    let line = meminfo.lines().find_map(|line| line.strip_prefix("MemAvailable:"))?;
    let kib: u64 = line.trim().strip_suffix("kB")?.trim().parse().ok()?;
    Some(kib * 1024)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn room_is_read_and_the_first_folder_with_enough_is_taken() {
        let df =
            "Filesystem 1024-blocks Used Available Capacity Mounted on\ntmpfs 12344 100 12244 1% /dev/shm\n";
        assert_eq!(available(df), Some(12_244 * 1024));
        assert_eq!(available("df: no such file\n"), None);
        assert_eq!(free_memory("MemTotal: 9 kB\nMemAvailable:    7 kB\n"), Some(7 * 1024));
        let (shm, tmp) = (Path::new("/dev/shm"), Path::new("/tmp"));
        assert_eq!(roomiest(5, [(shm, 10), (tmp, 99)].into_iter()), Some((shm, 10)));
        assert_eq!(roomiest(5, [(shm, 9), (tmp, 99)].into_iter()), Some((tmp, 99)));
        assert_eq!(
            roomiest(50, [(shm, 9), (tmp, 99)].into_iter()),
            Some((tmp, 99)),
            "the larger of two small ones"
        );
    }

    #[test]
    fn peers_get_a_file_or_a_folder() {
        let load = |files: usize| Load {
            title: String::new(),
            path: "/t/x".into(),
            files: vec![PathBuf::new(); files],
            bytes: 0,
            rounds: 1,
        };
        let args = |files, name| {
            let found = peers(&load(files), "http://127.0.0.1:9").into_iter().find(|(peer, _)| *peer == name);
            found.map(|(_, args)| args.join(" ")).unwrap_or_default()
        };
        assert_eq!(args(1, "aws"), "s3 cp --quiet /t/x s3://acme-press/in/");
        assert_eq!(args(2, "aws"), "s3 cp --quiet /t/x s3://acme-press/in/ --recursive");
        assert_eq!(args(2, "s5cmd"), "--log error cp /t/x/ s3://acme-press/in/");
        assert!(
            args(1, "rclone")
                .starts_with("copy /t/x :s3,provider=Other,env_auth,endpoint='http://127.0.0.1:9':")
        );
    }
}
