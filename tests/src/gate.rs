//! A browser's one way out: a proxy that passes requests on to one server, keeps what was asked and refuses the
//! rest of the world. The server sees the host that the browser asked for, so signatures hold.

use std::io;
use std::net::SocketAddr;
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::{AsyncBufReadExt, AsyncReadExt, AsyncWriteExt, BufReader};
use tokio::net::{TcpListener, TcpStream};
use tokio::task::JoinHandle;

/// One request of the browser.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The whole URL.
    pub url: String,
    /// Its `Range`, such as `bytes=100-`.
    pub range: Option<String>,
    /// The server's answer; 403 where the gate refused to ask.
    pub status: u16,
}

/// An open gate; it closes with its value.
pub(crate) struct Gate {
    address: SocketAddr,
    kept: Kept,
    door: JoinHandle<()>,
}

type Kept = Arc<Mutex<Vec<Asked>>>;

impl Gate {
    /// Opens a gate to the server of this endpoint, such as `http://127.0.0.1:8333`.
    pub(crate) async fn to(endpoint: &str) -> Self {
        let endpoint = endpoint.trim_end_matches('/').to_owned();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await.unwrap();
        let address = listener.local_addr().unwrap();
        let kept = Kept::default();
        let keeping = kept.clone();
        let door = tokio::spawn(async move {
            while let Ok((browser, _)) = listener.accept().await {
                // An error is a browser that has heard enough: it ends a transfer by hanging up.
                tokio::spawn(pass(browser, endpoint.clone(), keeping.clone()));
            }
        });
        Self { address, kept, door }
    }

    /// Where a browser finds it.
    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Everything that was asked so far.
    pub(crate) fn asked(&self) -> Vec<Asked> {
        self.kept.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }
}

impl Drop for Gate {
    fn drop(&mut self) {
        self.door.abort();
    }
}

/// Passes one request on, and the answer back. A connection is for one request, so what follows a head is its body.
async fn pass(browser: TcpStream, endpoint: String, kept: Kept) -> io::Result<()> {
    let mut browser = BufReader::new(browser);
    let head = read_head(&mut browser).await?;
    let mut words = head[0].split(' ');
    let (method, url) = (words.next().unwrap_or_default(), words.next().unwrap_or_default());
    let mut asked = Asked { url: url.to_owned(), range: field(&head, "range"), status: 403 };
    let keep = |asked| kept.lock().unwrap_or_else(PoisonError::into_inner).push(asked);
    let Some(target) = url.strip_prefix(&endpoint).filter(|target| target.starts_with('/')) else {
        keep(asked);
        let refusal = b"HTTP/1.1 403 Forbidden\r\nContent-Length: 0\r\nConnection: close\r\n\r\n";
        return browser.write_all(refusal).await;
    };
    let mut request = format!("{method} {target} HTTP/1.1\r\nConnection: close\r\n");
    for line in head[1..].iter().filter(|line| !is(line, "connection") && !is(line, "proxy-connection")) {
        request += &format!("{line}\r\n");
    }
    let server = TcpStream::connect(endpoint.trim_start_matches("http://")).await?;
    let mut server = BufReader::new(server);
    server.write_all(format!("{request}\r\n").as_bytes()).await?;
    let length = field(&head, "content-length").and_then(|length| length.parse().ok()).unwrap_or_default();
    tokio::io::copy_buf(&mut (&mut browser).take(length), &mut server).await?;
    let answer = read_head(&mut server).await?;
    asked.status = answer[0].split(' ').nth(1).and_then(|status| status.parse().ok()).unwrap_or_default();
    keep(asked);
    browser.write_all(format!("{}\r\n\r\n", answer.join("\r\n")).as_bytes()).await?;
    tokio::io::copy_buf(&mut server, &mut browser).await?;
    browser.shutdown().await
}

/// The lines before the first empty one; there is at least one.
async fn read_head(stream: &mut BufReader<TcpStream>) -> io::Result<Vec<String>> {
    let mut lines = Vec::new();
    loop {
        let mut line = String::new();
        stream.read_line(&mut line).await?;
        match line.trim_end() {
            "" if lines.is_empty() => return Err(io::ErrorKind::UnexpectedEof.into()),
            "" => return Ok(lines),
            line => lines.push(line.to_owned()),
        }
    }
}

fn is(line: &str, name: &str) -> bool {
    line.split_once(':').is_some_and(|(field, _)| field.eq_ignore_ascii_case(name))
}

fn field(head: &[String], name: &str) -> Option<String> {
    let line = head.iter().find(|line| is(line, name))?;
    line.split_once(':').map(|(_, value)| value.trim().to_owned())
}
