//! A bucket's region is asked of AWS once, and its refusals tell it too.

use guestpass_core::BucketName;

use super::requests::Request;
use super::stub::{Keys, Network, store_in};

#[tokio::test]
async fn the_region_is_asked_for_once_and_told_by_refusals_too() {
    for status in [200, 301, 400, 403] {
        let network = Network::answering(status, Some("eu-central-1"));
        let store = store_in(&Keys::plain(), "us-east-1", None, network.clone()).await;
        let get = Request::get("acme-press", "film.mp4").by_us(&store).await;
        let put = Request::put("acme-press", "film.mp4").by_us(&store).await;
        for link in [get, put] {
            assert_eq!(link.origin, "https://acme-press.s3.eu-central-1.amazonaws.com", "after {status}");
            assert!(link.query["X-Amz-Credential"].contains("%2Feu-central-1%2Fs3%2F"), "after {status}");
        }
        assert_eq!(network.asked(), ["HEAD https://acme-press.s3.us-east-1.amazonaws.com/"], "after {status}");
    }
}

#[tokio::test]
async fn buckets_do_not_share_what_was_found() {
    let network = Network::answering(301, Some("eu-central-1"));
    let store = store_in(&Keys::plain(), "us-east-1", None, network.clone()).await;
    Request::get("acme-press", "k").by_us(&store).await;
    Request::get("acme-films", "k").by_us(&store).await;
    assert_eq!(network.asked().len(), 2, "{:?}", network.asked());
}

#[tokio::test]
async fn a_bucket_without_a_region_is_no_place() {
    let network = Network::answering(404, None);
    let store = store_in(&Keys::plain(), "us-east-1", None, network.clone()).await;
    let bucket = BucketName::parse("acme-press").unwrap();
    store.regions.signing_place(&bucket, "press").await.unwrap_err();
    store.regions.signing_place(&bucket, "press").await.unwrap_err();
    assert_eq!(network.asked().len(), 2, "a failure is not remembered: {:?}", network.asked());
}

#[tokio::test]
async fn other_servers_are_not_asked() {
    let network = Network::answering(403, Some("eu-central-1"));
    let store = store_in(&Keys::plain(), "garage", Some("https://s3.acme.test"), network.clone()).await;
    let link = Request::get("acme-press", "k").by_us(&store).await;
    assert!(link.query["X-Amz-Credential"].contains("%2Fgarage%2Fs3%2F"));
    assert_eq!(network.asked(), <[&str; 0]>::default());
}
