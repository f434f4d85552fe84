//! Links to many objects by one click.

use futures_util::StreamExt;
use tokio_util::sync::CancellationToken;

use super::App;
use crate::{Error, Kind, Link, LinkRequest, ObjectKey, Result};

/// Links made and tested at the same time; their order stays.
const AT_ONCE: usize = 16;

/// What became of many requests.
#[derive(Debug)]
pub struct ManyLinks {
    /// The links, in the order of their requests.
    pub made: Vec<Link>,
    /// The objects without one, and why.
    pub failed: Vec<(ObjectKey, Error)>,
    /// Whether the links are on the clipboard.
    pub copied: bool,
}

impl App {
    /// Makes a link for each, tests it, and puts all that open on the clipboard. One failure does not lose the
    /// others. `on_done` hears how many are done.
    ///
    /// # Cancellation
    /// Once `stop` is cancelled nothing more is made, and nothing is copied: [`Kind::Cancelled`].
    pub async fn copy_many(
        &self,
        requests: &[LinkRequest],
        on_done: impl Fn(usize),
        stop: &CancellationToken,
    ) -> Result<ManyLinks> {
        let make = async {
            let each: Vec<_> = requests.iter().map(|request| self.link(request)).collect();
            let each = futures_util::stream::iter(each).buffered(AT_ONCE);
            let mut each = each.zip(futures_util::stream::iter(requests));
            let (mut made, mut failed) = (Vec::new(), Vec::new());
            while let Some((link, request)) = each.next().await {
                match link {
                    Ok(link) => made.push(link),
                    Err(error) => failed.push((request.key.clone(), error)),
                }
                on_done(made.len() + failed.len());
            }
            (made, failed)
        };
        let Some((made, failed)) = stop.run_until_cancelled(make).await else {
            return Err(Kind::Cancelled.into());
        };
        let copied = !made.is_empty() && self.copy_links(&made).await.is_ok();
        Ok(ManyLinks { made, failed, copied })
    }
}
