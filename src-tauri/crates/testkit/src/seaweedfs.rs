//! SeaweedFS: an S3 server that checks signatures, ends of links and rights, on 127.0.0.1, for one test.
//!
//! `cargo xtask test` installs it; `GUESTPASS_WEED` names another program. It is not strict about keys: it folds
//! `//` and refuses `..`. The server ends with its value, and also when the test process is killed.

use std::{
    collections::hash_map::RandomState,
    env, fs,
    hash::BuildHasher as _,
    io::{Read as _, Write as _},
    net::{Ipv4Addr, SocketAddr, TcpListener, TcpStream},
    os::unix::process::CommandExt as _,
    path::{Path, PathBuf},
    process::{Child, Command, Stdio},
    thread,
    time::{Duration, Instant},
};

use rustix::process::{Pid, Signal, kill_process_group};
use tempfile::TempDir;

use crate::tools;

/// The region that every link to it is signed for.
const REGION: &str = "us-east-1";
/// Ready takes a second; a machine under load gets much more.
const PATIENCE: Duration = Duration::from_secs(30);
/// Runs the server until standard input ends, which it does when the test process ends, in whatever way.
const WATCHED: &str = r#"{ "$@"; echo "weed has ended: $?"; } & read -r _; kill -9 0"#;

/// Someone with keys to the server.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity {
    /// May do everything. The profile is called `press`.
    Admin,
    /// May list and read the bucket `acme-press`, and nothing else.
    Reader,
    /// May list the bucket `acme-press` but read nothing in it: its links are dead from the start.
    Listless,
}

impl Identity {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Admin, Self::Reader, Self::Listless];

    /// The name of its profile in the files of [`SeaweedFs::write_profiles`].
    pub fn profile(self) -> &'static str {
        match self {
            Self::Admin => "press",
            Self::Reader => "reader",
            Self::Listless => "listless",
        }
    }

    fn keys(self) -> (&'static str, &'static str) {
        match self {
            Self::Admin => ("GPTESTADMIN000000001", "test-only-secret-of-the-admin-0000000001"),
            Self::Reader => ("GPTESTREADER00000001", "test-only-secret-of-the-reader-000000001"),
            Self::Listless => ("GPTESTLISTLESS000001", "test-only-secret-of-the-listless-0000001"),
        }
    }

    fn rights(self) -> &'static str {
        match self {
            Self::Admin => r#""Admin", "Read", "Write", "List", "Tagging""#,
            Self::Reader => r#""Read:acme-press", "List:acme-press""#,
            Self::Listless => r#""List:acme-press""#,
        }
    }
}

/// A running server, empty at first.
#[derive(Debug)]
pub struct SeaweedFs {
    process: Child,
    ports: Ports,
    dir: TempDir,
}

impl SeaweedFs {
    /// Starts a server and returns when S3 answers.
    pub fn start() -> Self {
        let program = tools::weed();
        let mut last = String::new();
        for _ in 0..5 {
            let server = Self::spawn(&program, Ports::free());
            match server.ready() {
                Ok(()) => return server,
                Err(log) => last = log,
            }
        }
        panic!("{} did not start, five times. Its last words:\n{last}", program.display());
    }

    /// The address for path-style requests, without a slash at its end.
    pub fn endpoint(&self) -> String {
        format!("http://{}", self.ports.address(Ports::S3))
    }

    /// The region to sign for.
    pub fn region(&self) -> &'static str {
        REGION
    }

    /// Access key id and secret of `identity`.
    pub fn keys(&self, identity: Identity) -> (&'static str, &'static str) {
        identity.keys()
    }

    /// Writes the two files in which AWS tools look for profiles, with one profile for each identity; returns the
    /// paths of the config file and of the credentials file.
    pub fn write_profiles(&self, dir: &Path) -> (PathBuf, PathBuf) {
        let (mut config, mut credentials) = (String::new(), String::new());
        for identity in Identity::ALL {
            let (profile, endpoint, (id, secret)) = (identity.profile(), self.endpoint(), identity.keys());
            config += &format!("[profile {profile}]\nregion = {REGION}\nendpoint_url = {endpoint}\n\n");
            credentials +=
                &format!("[{profile}]\naws_access_key_id = {id}\naws_secret_access_key = {secret}\n\n");
        }
        let paths = (dir.join("config"), dir.join("credentials"));
        fs::create_dir_all(dir).unwrap();
        fs::write(&paths.0, config).unwrap();
        fs::write(&paths.1, credentials).unwrap();
        paths
    }

    fn spawn(program: &Path, ports: Ports) -> Self {
        let dir = TempDir::with_prefix("guestpass-seaweedfs-").unwrap();
        let at = |name: &str| dir.path().join(name).display().to_string();
        fs::write(at("s3.json"), identities()).unwrap();
        fs::create_dir(at("data")).unwrap();
        let log = fs::File::create(at("log")).unwrap();

        let mut command = Command::new("sh");
        command.args(["-c", WATCHED, "sh"]).arg(program).args(["-logtostderr", "mini"]);
        // The S3 tables and Lance ports are fixed unless switched off; telemetry is on unless switched off.
        command.args(["-ip=127.0.0.1", "-ip.bind=127.0.0.1", "-master.telemetry=false", "-webdav=false"]);
        command.args(["-admin.ui=false", "-s3.port.iceberg=0", "-s3.port.lance=0"]);
        // A bucket takes seven volumes; what the free disk allows can be fewer than three buckets need.
        command.args(["-volume.max=200", "-master.volumeSizeLimitMB=64"]);
        command.arg(format!("-dir={}", at("data"))).arg(format!("-s3.config={}", at("s3.json")));
        command.arg(format!("-filer.localSocket={}", at("filer.sock")));
        command.arg(format!("-s3.localSocket={}", at("s3.sock")));
        command.args(ports.flags());
        // It reads AWS_ACCESS_KEY_ID as one more admin, and settings from the home folder: neither is the test's.
        command.env_clear().env("PATH", env::var_os("PATH").unwrap_or_default()).env("HOME", dir.path());
        command.current_dir(dir.path()).process_group(0);
        command.stdin(Stdio::piped()).stdout(log.try_clone().unwrap()).stderr(log);
        Self { process: command.spawn().unwrap(), ports, dir }
    }

    /// Waits until the server says that S3 is there, on the port that it was given (it takes another when that is in
    /// use), and S3 answers. The error is its log.
    fn ready(&self) -> Result<(), String> {
        let deadline = Instant::now() + PATIENCE;
        let ours = format!("at http port {}", self.ports.address(Ports::S3).port());
        loop {
            let log = String::from_utf8_lossy(&fs::read(self.dir.path().join("log")).unwrap()).into_owned();
            let said = log.lines().find(|line| line.contains("Start Seaweed S3 API Server"));
            let lost = said.is_some_and(|line| !line.ends_with(&ours)) || log.contains("weed has ended");
            if lost || Instant::now() > deadline {
                return Err(log);
            }
            if said.is_some() && self.get("/").is_ok_and(|answer| answer.contains("AccessDenied")) {
                return Ok(());
            }
            thread::sleep(Duration::from_millis(20));
        }
    }

    /// Asks S3 without any signature; returns the whole answer.
    fn get(&self, path: &str) -> std::io::Result<String> {
        let address = self.ports.address(Ports::S3);
        let mut stream = TcpStream::connect_timeout(&address, Duration::from_secs(1))?;
        stream.set_read_timeout(Some(Duration::from_secs(5)))?;
        write!(stream, "GET {path} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n")?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    }
}

impl Drop for SeaweedFs {
    fn drop(&mut self) {
        // In a drop during a panic there is nobody to tell that a process was already gone.
        let _ = kill_process_group(Pid::from_child(&self.process), Signal::KILL);
        let _ = self.process.wait();
        // That was the shell. The server itself is waited for by its port, as it is not our child.
        let deadline = Instant::now() + Duration::from_secs(5);
        while TcpStream::connect(self.ports.address(Ports::S3)).is_ok() && Instant::now() < deadline {
            thread::sleep(Duration::from_millis(5));
        }
        for (role, _, grpc) in Ports::ROLES {
            let port = self.ports.address(grpc).port();
            let _ = fs::remove_file(format!("/tmp/seaweedfs-{role}-grpc-{port}.sock"));
        }
    }
}

/// A block of ports below those that the system gives to outgoing connections. Each server has its gRPC port next
/// to it, except the admin server, whose worker insists on 10,000 more.
#[derive(Clone, Copy, Debug)]
struct Ports(u16);

impl Ports {
    const S3: u16 = 6;
    /// Each server inside the server, with its HTTP and its gRPC port.
    const ROLES: [(&str, u16, u16); 5] =
        [("master", 0, 1), ("volume", 2, 3), ("filer", 4, 5), ("s3", Self::S3, 7), ("admin", 8, 10_008)];

    fn free() -> Self {
        loop {
            let block = u16::try_from(RandomState::new().hash_one(()) % 1_200).unwrap();
            let ports = Self(10_000 + 10 * block);
            let is_free = |port| TcpListener::bind(ports.address(port)).is_ok();
            if Self::ROLES.into_iter().all(|(_, http, grpc)| is_free(http) && is_free(grpc)) {
                return ports;
            }
        }
    }

    fn address(self, port: u16) -> SocketAddr {
        (Ipv4Addr::LOCALHOST, self.0 + port).into()
    }

    fn flags(self) -> impl Iterator<Item = String> {
        Self::ROLES.into_iter().flat_map(move |(role, http, grpc)| {
            [format!("-{role}.port={}", self.0 + http), format!("-{role}.port.grpc={}", self.0 + grpc)]
        })
    }
}

fn identities() -> String {
    let each = Identity::ALL.map(|identity| {
        let (name, (id, secret), rights) = (identity.profile(), identity.keys(), identity.rights());
        format!(
            r#"{{"name": "{name}", "credentials": [{{"accessKey": "{id}", "secretKey": "{secret}"}}], "actions": [{rights}]}}"#
        )
    });
    format!(r#"{{"identities": [{}]}}"#, each.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_server_is_ready_refuses_strangers_and_is_gone_at_the_end() {
        let server = SeaweedFs::start();
        let answer = server.get("/").unwrap();
        assert!(answer.starts_with("HTTP/1.1 403 "), "listing buckets wants a signature: {answer}");
        assert!(answer.contains("<Code>AccessDenied</Code>"), "S3's own answer: {answer}");
        let address = server.ports.address(Ports::S3);
        drop(server);
        assert!(TcpStream::connect(address).is_err(), "nobody listens at {address} any more");
    }

    #[test]
    fn two_servers_do_not_meet() {
        let (one, two) = (SeaweedFs::start(), SeaweedFs::start());
        assert_ne!(one.endpoint(), two.endpoint());
        let dir = TempDir::new().unwrap();
        let (config, credentials) = two.write_profiles(dir.path());
        let config = fs::read_to_string(config).unwrap();
        assert_eq!(config.matches(&two.endpoint()).count(), Identity::ALL.len(), "{config}");
        let reader = format!("[reader]\naws_access_key_id = {}\n", two.keys(Identity::Reader).0);
        assert!(fs::read_to_string(credentials).unwrap().contains(&reader));
    }
}
