//! Every key that can be stored, against servers that judge the signature byte for byte.

use guestpass_core::{Kind, LinkRequest};
use reqwest::StatusCode;

use crate::on_every_server;
use crate::world::{World, link_to};

/// Keys that have broken one tool or another.
const ODD: [&str; 30] = [
    "a b",
    " lead and trail ",
    "a+b",
    "a%2Fb",
    "a%20b",
    "100%",
    "%",
    "?x=1&y#z",
    "X-Amz-Signature=abc?versionId=1",
    "'\"",
    "`$(touch x)`",
    "~",
    "Ü",
    "U\u{308}",
    "新製品 🎉.txt",
    "👩\u{200d}🚀.png",
    "a;b=c:d,e@f",
    "<script>alert(1)</script>",
    "\u{202e}cod.exe",
    "שלום עולם.pdf",
    "$!*()[]{}|^",
    "a\tb",
    "a\u{a0}b",
    "\u{feff}bom",
    "\u{1f}",
    "line\nbreak",
    "\u{7f}",
    "...",
    "a..b/.c/d.",
    "https://acme.test/x",
];

/// Keys that SeaweedFS changes or refuses, as its documentation says: it keeps objects as files.
const NOT_ON_SEAWEEDFS: [&str; 8] =
    ["\\", "/lead", "a//b", "//", "folder/", "a/", "https://acme.test/x", "\u{feff}bom"];

async fn every_odd_key_has_a_link_that_opens(world: World) {
    let long = format!("{}/{}", "ü".repeat(255), "x".repeat(513));
    assert_eq!(long.len(), 1_024);
    let others = NOT_ON_SEAWEEDFS.into_iter().chain([long.as_str()]);
    for key in ODD.into_iter().chain(others.filter(|_| !world.is_seaweedfs())) {
        if world.is_seaweedfs() && NOT_ON_SEAWEEDFS.contains(&key) {
            continue;
        }
        world.put(key, key).await;
        let link = world.app.link(&link_to(key)).await.unwrap_or_else(|e| panic!("{key:?}: {e}"));
        let answer = reqwest::get(link.url.reveal()).await.unwrap();
        assert_eq!(answer.status(), StatusCode::OK, "{key:?}");
        assert_eq!(answer.bytes().await.unwrap(), key.as_bytes(), "{key:?}");
    }
}

async fn what_a_client_would_rewrite_is_refused(world: World) {
    for key in ["..", ".", "a/../b", "a/./b", "../x", "a/.."] {
        let refused = world.app.copy_link(&link_to(key)).await.unwrap_err();
        assert_eq!(refused.into_kind(), Kind::KeyNotLinkable { key: key.into() });
    }
    assert_eq!(world.clipboard.text(), None);
}

on_every_server!(every_odd_key_has_a_link_that_opens, what_a_client_would_rewrite_is_refused);

#[tokio::test]
async fn what_a_client_would_rewrite_is_lent_as_a_copy() {
    let world = World::practice().await;
    world.put("a/../b +%2F?.txt", "the very bytes").await;
    world.put("a/__/b +%2F?.txt", "another file").await;
    let (link, copied) = world.app.copy_link_to_copy(&link_to("a/../b +%2F?.txt")).await.unwrap();
    assert_eq!((link.key.as_str(), copied), ("a/__/b +%2F? (2).txt", true));
    assert_eq!(reqwest::get(link.url.reveal()).await.unwrap().text().await.unwrap(), "the very bytes");
    assert_eq!(world.body("a/__/b +%2F?.txt").await, b"another file", "nothing is overwritten");
    let again = LinkRequest { check: false, ..link_to("a/../b +%2F?.txt") };
    let (again, _) = world.app.copy_link_to_copy(&again).await.unwrap();
    assert_eq!(again.key.as_str(), "a/__/b +%2F? (3).txt");
}
