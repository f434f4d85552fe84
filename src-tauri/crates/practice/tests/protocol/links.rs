//! Signatures: what does not fit, has ended, or was never there does not open anything.

use std::time::Duration;

use aws_sdk_s3::error::ProvideErrorMetadata;
use aws_sdk_s3::presigning::PresigningConfig;
use guestpass_practice::BUCKET;
use reqwest::StatusCode;

use crate::server::Server;

#[tokio::test]
async fn nothing_opens_without_a_signature_that_fits() {
    let server = Server::start().await;
    let plain = format!("{}/{BUCKET}/Launch%20film.mp4", server.practice.endpoint());
    let answer = reqwest::get(&plain).await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert!(answer.text().await.unwrap().contains("<Code>AccessDenied</Code>"));

    let link = server.link("Launch film.mp4").await;
    let status = async |url: String| reqwest::get(url).await.unwrap().status().as_u16();
    assert_eq!(status(link.clone()).await, 200);
    assert_eq!(status(link.replace("X-Amz-Expires=3600", "X-Amz-Expires=3601")).await, 403);
    assert_eq!(status(link.replace("X-Amz-Expires=3600", "X-Amz-Expires=604801")).await, 400);
    assert_eq!(status(link.replace("Launch%20film.mp4", "Embargo%20letter.pdf")).await, 403);
    let head = reqwest::Client::new().head(&link).send().await.unwrap();
    assert_eq!(head.status(), StatusCode::FORBIDDEN, "the method is signed");
}

#[tokio::test]
async fn a_link_ends_when_it_says() {
    let server = Server::start().await;
    let started = std::time::SystemTime::now() - Duration::from_secs(3_601);
    let ended =
        PresigningConfig::builder().start_time(started).expires_in(Duration::from_secs(3_600)).build().unwrap();
    let link =
        server.client().get_object().bucket(BUCKET).key("Launch film.mp4").presigned(ended).await.unwrap();
    let answer = reqwest::get(link.uri()).await.unwrap();
    assert_eq!(answer.status(), StatusCode::FORBIDDEN);
    assert!(answer.text().await.unwrap().contains("Request has expired"));
}

#[tokio::test]
async fn another_region_and_another_token_are_refused() {
    let server = Server::with(true, Some("the token".into())).await;
    let code = async |region: &str, token: Option<&str>| {
        let listed = server.client_for(region, token).list_buckets().send().await;
        listed.err().and_then(|e| e.code().map(str::to_owned))
    };
    assert_eq!(code("us-east-1", Some("the token")).await, None);
    assert_eq!(code("us-east-1", Some("another")).await.as_deref(), Some("InvalidToken"));
    assert_eq!(code("us-east-1", None).await.as_deref(), Some("InvalidToken"));
    assert_eq!(code("eu-west-1", Some("the token")).await.as_deref(), Some("AuthorizationHeaderMalformed"));
}

#[tokio::test]
async fn links_name_our_region_and_carry_our_token() {
    let server = Server::with(true, Some("the/token+=".into())).await;
    let code = async |region: &str, token: Option<&str>| {
        let link = server.link_by(&server.client_for(region, token), "Launch film.mp4").await;
        let answer = reqwest::get(link).await.unwrap();
        let status = answer.status().as_u16();
        let text = answer.bytes().await.unwrap();
        let text = String::from_utf8_lossy(&text).into_owned();
        let code = text.split_once("<Code>").and_then(|(_, rest)| rest.split_once("</Code>"));
        (status, code.map(|(code, _)| code.to_owned()).unwrap_or_default())
    };
    assert_eq!(code("us-east-1", Some("the/token+=")).await, (200, String::new()));
    assert_eq!(code("us-east-1", Some("other")).await, (400, "InvalidToken".into()));
    assert_eq!(code("us-east-1", None).await, (400, "InvalidToken".into()));
    let elsewhere = code("eu-west-1", Some("the/token+=")).await;
    assert_eq!(elsewhere, (400, "AuthorizationQueryParametersError".into()));
    let lasting = Server::start().await;
    let link = lasting.link_by(&lasting.client_for("us-east-1", Some("a token")), "Launch film.mp4").await;
    let answer = reqwest::get(link).await.unwrap();
    assert!(answer.text().await.unwrap().contains("InvalidToken"), "keys that last have no token");
}

#[tokio::test]
async fn the_old_signature_does_not_get_round_the_rules() {
    let server = Server::start().await;
    for query in [
        "AWSAccessKeyId=x&Signature=y&Expires=9999999999",
        "AWSAccessKeyI%64=x&Signatur%65=y&Expires=9999999999",
    ] {
        let url = format!("{}/{BUCKET}/Launch%20film.mp4?{query}", server.practice.endpoint());
        let answer = reqwest::get(url).await.unwrap();
        assert_eq!(answer.status(), StatusCode::BAD_REQUEST);
        assert!(answer.text().await.unwrap().contains("AWS4-HMAC-SHA256"));
    }
}
