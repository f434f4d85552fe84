//! `guestpass link`: one line per link, in the order of the addresses.

use futures_util::{FutureExt, StreamExt};
use guestpass_core::address::Address;
use guestpass_core::{Error, Link, LinkRequest};

use super::{Session, arguments, output};

/// Links made and tested at the same time; their order stays.
const AT_ONCE: usize = 16;

pub(super) async fn run(session: &Session, asked: arguments::Link) -> Result<u8, Error> {
    let addresses: Box<dyn Iterator<Item = String>> = if asked.stdin {
        let lines = std::io::stdin().lines().map_while(Result::ok);
        Box::new(lines.filter(|line| !line.trim().is_empty()))
    } else {
        Box::new(asked.addresses.clone().into_iter())
    };
    let made = addresses.map(|address| make(session, &asked, address));
    let mut made = futures_util::stream::iter(made).buffered(AT_ONCE);
    let mut links = Vec::new();
    let mut code = 0;
    let mut clock_offset = 0;
    loop {
        // What is there at once is printed together; whoever waits for the next one sees all before it.
        let next = match made.next().now_or_never() {
            Some(next) => next,
            None => {
                output::flush();
                made.next().await
            }
        };
        let Some(link) = next else { break };
        match link {
            Ok(link) => {
                clock_offset = link.end.clock_offset_seconds;
                output::print_link(&link, asked.output.json);
                if asked.output.copy {
                    links.push(link);
                }
            }
            Err(e) => code = first(code, output::fail(&e)),
        }
    }
    output::clock(clock_offset);
    copy(session, &links).await?;
    Ok(code)
}

/// The exit code of the first failure.
pub(super) fn first(code: u8, next: u8) -> u8 {
    if code == 0 { next } else { code }
}

/// Puts links on the clipboard, when there are any to put.
pub(super) async fn copy(session: &Session, links: &[Link]) -> Result<(), Error> {
    output::flush();
    if links.is_empty() { Ok(()) } else { session.app.copy_links(links).await }
}

async fn make(session: &Session, asked: &arguments::Link, address: String) -> Result<Link, Error> {
    let address = Address::parse(&address)?;
    let key = address.key()?;
    let request = LinkRequest {
        disposition: asked.opening.disposition(),
        shows_active: asked.opening.show_active,
        name: asked.name.clone(),
        version: asked.version(),
        pays: asked.requester_pays,
        check: !asked.no_check,
        ..LinkRequest::new(session.profile.clone(), address.bucket, key, asked.end.expiry())
    };
    session.app.link(&request).await
}
