//! The use cases over real servers, each test with a server of its own: the practice bucket and SeaweedFS, which
//! judges signatures, ends and rights without knowing us. The same bodies run against both. In `hostile` the server
//! means harm.
#![cfg(unix)]
#![expect(clippy::unwrap_used, reason = "a test that cannot go on must stop loudly")]

mod browse;
mod changing;
mod clock;
mod command_line;
mod faults;
mod hostile;
mod huge;
mod keys;
mod killed;
mod listing;
mod looking;
mod many;
mod outcomes;
mod outward;
mod reading;
mod share;
mod tidy;
mod upload;
mod upload_link;
mod versions;
mod world;

/// Makes a test of each body for each server.
macro_rules! on_every_server {
    ($($(#[$meta:meta])* $body:ident),* $(,)?) => {
        mod practice {
            $(#[tokio::test] $(#[$meta])* async fn $body() {
                super::$body(crate::world::World::practice().await).await;
            })*
        }
        mod seaweedfs {
            $(#[tokio::test] $(#[$meta])* async fn $body() {
                super::$body(crate::world::World::seaweedfs().await).await;
            })*
        }
    };
}
use on_every_server;
